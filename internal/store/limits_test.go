package store_test

import (
	"errors"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"batan.go.id/layanan/internal/store"
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

func TestUnprovenRequestsAreCounted(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		stores := b.daemons(t, 2)
		count := func(s *store.Store, since time.Time, want int) {
			t.Helper()
			if n := must(s.Unproven(t.Context(), since))(t); n != want {
				t.Errorf("%d unproven requests since %v, want %d", n, since.Sub(noon), want)
			}
		}
		record := func(tx *store.Tx, uid uint32, unproven bool, want int) {
			t.Helper()
			e := handled(uid, "", "", "")
			e.Unproven = unproven
			tx.Record(e)
			if n := must(tx.Unproven(noon.Add(-time.Hour)))(t); n != want {
				t.Errorf("%d unproven requests as the transaction sees it, want %d", n, want)
			}
		}
		do(t, stores[0], func(tx *store.Tx) error {
			record(tx, 1, true, 1)
			record(tx, 2, false, 1)
			record(tx, 3, true, 2)
			return nil
		})
		if err := stores[0].InTx(t.Context(),
			func(tx *store.Tx) error { record(tx, 4, true, 3); return errStop }); !errors.Is(err, errStop) {
			t.Fatal(err)
		}
		count(stores[0], noon.Add(-time.Hour), 2)
		do(t, stores[1], func(tx *store.Tx) error { record(tx, 5, true, 3); return nil })
		count(stores[1], noon.Add(-time.Hour), 3) // of all daemons
		count(stores[0], noon, 0)                 // an hour later
	})
}

// Of the mails on one topic so many leave in any hour, however many are made
// when; those on another wait for none of them.
func TestPaced(t *testing.T) {
	const most = 3
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		var leave []time.Time
		now, n := noon, 0
		for _, made := range []int{1, 1, 0, 3, 0, 0, 4, 1, 0, 0, 0, 0, 0, 2} { // every twenty minutes
			do(t, s, func(tx *store.Tx) error {
				for range made {
					due := must(tx.Paced("talk", most, time.Hour, now))(t)
					if due.Before(now) {
						t.Errorf("a mail of %v is to leave at %v", now.Sub(noon), due.Sub(noon))
					}
					leave = append(leave, due)
					n++
					m := mail("", "x", n)
					m.Topic, m.Due, m.Created = "talk", due, now
					tx.Enqueue(m)
				}
				if due := must(tx.Paced("other", most, time.Hour, now))(t); !due.Equal(now) {
					t.Errorf("another topic waits until %v", due.Sub(noon))
				}
				return nil
			})
			now = now.Add(20 * time.Minute)
		}
		for i := range leave {
			if i >= most && leave[i].Sub(leave[i-most]) < time.Hour {
				t.Errorf("mails %d to %d leave within %v", i-most, i, leave[i].Sub(leave[i-most]))
			}
			if i > 0 && leave[i].Before(leave[i-1]) {
				t.Errorf("mail %d leaves before the one ahead of it", i)
			}
		}
		if last := leave[len(leave)-1]; !last.Equal(noon.Add(260 * time.Minute)) {
			t.Errorf("after a pause the next leaves at %v, not at once", last.Sub(noon))
		}
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
