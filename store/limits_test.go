package store_test

import (
	"errors"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"batan.go.id/layanan/store"
)

func TestSendersAreCounted(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		count := func(tx *store.Tx, sender string, since time.Time, want int) {
			t.Helper()
			if n := must(tx.Handled(sender, since))(t); n != want {
				t.Errorf("%d mails of %q since %v, want %d", n, sender, since.Sub(noon), want)
			}
		}
		record := func(tx *store.Tx, uid uint32, sender string) {
			e := handled(uid, "", "", "")
			e.Sender = sender
			tx.Record(e)
		}
		do(t, s, func(tx *store.Tx) error {
			count(tx, "ani@x", noon.Add(-time.Hour), 0)
			record(tx, 1, "ani@x")
			record(tx, 2, "ani@x dmarc")
			record(tx, 3, "")
			count(tx, "ani@x", noon.Add(-time.Hour), 1)
			return nil
		})
		do(t, s, func(tx *store.Tx) error {
			record(tx, 4, "ani@x")
			count(tx, "ani@x", noon.Add(-time.Hour), 2)
			count(tx, "ani@x", noon.Add(-time.Hour), 2) // asked again
			count(tx, "ani@x", noon, 1)                 // what is being recorded is of now
			count(tx, "ani@x dmarc", noon.Add(-time.Hour), 1)
			count(tx, "budi@x", noon.Add(-time.Hour), 0)
			return nil
		})
		do(t, s, func(tx *store.Tx) error {
			if err := tx.LoadHandled(noon.Add(-time.Hour), "ani@x", "", "candra@x", "ani@x dmarc", "ani@x"); err != nil {
				return err
			}
			count(tx, "ani@x", noon.Add(-time.Hour), 2)
			count(tx, "candra@x", noon.Add(-time.Hour), 0)
			count(tx, "ani@x dmarc", noon.Add(-time.Hour), 1)
			return nil
		})
	})
}

func TestAllAnswersAreCounted(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		answer := func(recipient string, n int) store.Mail {
			m := mail("A", recipient, n)
			m.Answer = true
			return m
		}
		do(t, s, func(tx *store.Tx) error {
			tx.Enqueue(answer("ani@x", 1))
			tx.Enqueue(mail("A", "ani@x", 2)) // no answer
			return nil
		})
		do(t, s, func(tx *store.Tx) error {
			tx.Enqueue(answer("budi@x", 3))
			if n := must(tx.AllAnswers(noon.Add(-time.Hour)))(t); n != 2 {
				t.Errorf("%d answers", n)
			}
			return nil
		})
		if n := must(s.AllAnswers(t.Context(), noon.Add(-time.Hour)))(t); n != 2 {
			t.Errorf("%d answers", n)
		}
		if n := must(s.AllAnswers(t.Context(), noon))(t); n != 0 {
			t.Errorf("%d answers since they were made", n)
		}
	})
}

// Of all daemons that set a mark at once, one does.
func TestMarksAreSetOnce(t *testing.T) {
	const daemons = 4
	both(t, func(t *testing.T, b *bed) {
		stores := b.daemons(t, daemons)
		if at := must(stores[0].Marked(t.Context(), "fuse"))(t); !at.IsZero() {
			t.Errorf("a mark that nobody set: %v", at)
		}
		for day := range 3 {
			now := noon.AddDate(0, 0, day)
			set := make([]bool, daemons)
			var g errgroup.Group
			for i, s := range stores {
				g.Go(func() error {
					return s.InTx(t.Context(), func(tx *store.Tx) (err error) {
						set[i], err = tx.Mark("fuse", now, now.Add(-time.Hour))
						return err
					})
				})
			}
			if err := g.Wait(); err != nil {
				t.Fatal(err)
			}
			n := 0
			for _, did := range set {
				if did {
					n++
				}
			}
			if n != 1 {
				t.Errorf("day %d: set %d times", day, n)
			}
			do(t, stores[1], func(tx *store.Tx) error {
				at, err := tx.Marked("fuse")
				other, errOther := tx.Marked("other")
				if !at.Equal(now) || !other.IsZero() {
					t.Errorf("day %d: %v, %v", day, at, other)
				}
				return errors.Join(err, errOther)
			})
		}
	})
}
