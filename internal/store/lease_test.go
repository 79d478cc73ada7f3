package store_test

import (
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"batan.go.id/layanan/internal/store"
)

const ttl = 30 * time.Second

func acquire(t testing.TB, s *store.Store, holder string, now time.Time) (int64, bool) {
	t.Helper()
	epoch, held, err := s.Acquire(t.Context(), "inbox", holder, now, ttl)
	if err != nil {
		t.Fatal(err)
	}
	return epoch, held
}

func TestLease(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		for i, c := range []struct {
			holder string
			after  time.Duration
			epoch  int64 // 0: not held
		}{
			{"a", 0, 1},
			{"b", 0, 0},
			{"a", 20 * time.Second, 1}, // renewed
			{"b", 40 * time.Second, 0}, // the first term would be over
			{"b", 50 * time.Second, 0}, // at the very end it still runs
			{"b", 50*time.Second + time.Microsecond, 2},
			{"a", 51 * time.Second, 0},
			{"a", 90 * time.Second, 3},
			{"a", 300 * time.Second, 3}, // late, but nobody wanted it
		} {
			epoch, held := acquire(t, s, c.holder, noon.Add(c.after))
			if epoch != c.epoch || held != (c.epoch != 0) {
				t.Errorf("%d: %s after %v: epoch %d, held %v", i, c.holder, c.after, epoch, held)
			}
		}
		if epoch, held, err := s.Acquire(t.Context(), "another", "b", noon, ttl); epoch != 1 || !held || err != nil {
			t.Errorf("another lease: %d, %v, %v", epoch, held, err)
		}
	})
}

func TestFencedAndReleased(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		fenced := func(epoch int64) error {
			return s.InTx(t.Context(), func(tx *store.Tx) error { return tx.Fenced("inbox", epoch) })
		}
		if err := fenced(1); !errors.Is(err, store.ErrConflict) {
			t.Errorf("no lease: %v", err)
		}
		acquire(t, s, "a", noon)
		if err := fenced(1); err != nil {
			t.Error(err)
		}
		if err := s.Release(t.Context(), "inbox", "b"); err != nil {
			t.Fatal(err)
		}
		if _, held := acquire(t, s, "b", noon); held {
			t.Error("b released what a held")
		}
		if err := s.Release(t.Context(), "inbox", "a"); err != nil {
			t.Fatal(err)
		}
		if epoch, held := acquire(t, s, "b", noon); epoch != 2 || !held {
			t.Errorf("after the release: %d, %v", epoch, held)
		}
		if err := fenced(1); !errors.Is(err, store.ErrConflict) {
			t.Errorf("old epoch: %v", err)
		}
		if err := fenced(2); err != nil {
			t.Error(err)
		}
	})
}

func TestLeaseHasOneHolder(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		stores := b.daemons(t, 4)
		for round := range int64(5) {
			var holders atomic.Int64
			var g errgroup.Group
			for i := range 8 {
				g.Go(func() error {
					holder := fmt.Sprint(round, " ", i)
					epoch, held, err := stores[i%4].Acquire(t.Context(), "inbox", holder, noon.Add(time.Duration(round)*time.Hour),
						ttl)
					if held {
						holders.Add(1)
						if epoch != round+1 {
							t.Errorf("round %d has epoch %d", round, epoch)
						}
					}
					return err
				})
			}
			if err := g.Wait(); err != nil {
				t.Fatal(err)
			}
			if holders.Load() != 1 {
				t.Errorf("round %d: %d holders", round, holders.Load())
			}
		}
	})
}
