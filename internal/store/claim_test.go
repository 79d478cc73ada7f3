package store_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"golang.org/x/sync/errgroup"

	"batan.go.id/layanan/internal/store"
)

// Many claimants, of several daemons, empty one outbox: every mail is given to
// exactly one, each thread in its order, and never more at once than asked for.
func TestClaimantsShareTheOutbox(t *testing.T) {
	const mails, threads, claimants, limit = 2000, 500, 4, 20
	both(t, func(t *testing.T, b *bed) {
		stores := b.daemons(t, 2)
		var all []store.Mail
		for i := range mails {
			all = append(all, mail(fmt.Sprintf("VC-2026-%04d", i%threads), "x", i/threads))
		}
		enqueue(t, stores[0], all...)

		var mu sync.Mutex
		order := map[string][]int{} // N as claimed, by request
		given := 0
		var g errgroup.Group
		for c := range claimants {
			s, name := stores[c%2], fmt.Sprint("claimant ", c)
			g.Go(func() error {
				for {
					batch, err := s.Claim(t.Context(), store.MainLane, name, noon, noon.Add(1), limit)
					if err != nil {
						return err
					}
					var ends []store.Finish
					mu.Lock()
					for _, m := range batch {
						order[m.Number] = append(order[m.Number], m.N)
						ends = append(ends, store.Finish{ID: m.ID, State: "sent"})
					}
					given += len(batch)
					done := given >= mails
					mu.Unlock()
					if len(batch) > limit {
						t.Errorf("%d mails claimed", len(batch))
					}
					if err := s.InTx(t.Context(), func(tx *store.Tx) error { return tx.Finish(name, noon, ends) }); err != nil ||
						done {
						return err
					}
				}
			})
		}
		if err := g.Wait(); err != nil {
			t.Fatal(err)
		}
		if given != mails || len(order) != threads {
			t.Errorf("%d mails of %d threads were given", given, len(order))
		}
		for number, n := range order {
			if !slices.Equal(n, []int{0, 1, 2, 3}) {
				t.Errorf("%s came as %v", number, n)
			}
		}
	})
}
