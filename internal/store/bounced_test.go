package store_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

// leave moves a request to its next visit.
func leave(t testing.TB, s *store.Store, number string) {
	t.Helper()
	do(t, s, func(tx *store.Tx) error {
		r, err := tx.Request(number)
		if err != nil {
			return err
		}
		r.Visits = append(slices.Clone(r.Visits), "disposisi")
		return tx.Save(r, []workflow.Entry{entry("advance")})
	})
}

func TestRemindersOfALeftStepAreDropped(t *testing.T) {
	const number, other = "VC-2026-0001", "VC-2026-0002"
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		register(t, s, 2)
		kind := func(m store.Mail, kind string, visit int) store.Mail {
			m.Kind, m.Visit = kind, visit
			return m
		}
		enqueue(t, s,
			kind(mail(number, "x", 1), "task", 1), kind(mail(number, "x", 2), "reminder", 1),
			kind(mail(number, "x", 3), "escalation", 1),
			kind(mail(number, "y", 4), "reminder", 1), kind(mail(number, "z", 5), "reminder", 2),
			kind(mail(other, "x", 1), "reminder", 1))
		inHand := claim(t, s, "a", 0, 2)
		expect(t, "in hand", inHand, number+".x.1 "+number+".y.4")
		do(t, s, func(tx *store.Tx) error { // nothing is left: the same visit
			r, err := tx.Request(number)
			return errors.Join(err, tx.Save(r, []workflow.Entry{entry("reminder")}))
		})
		if n := len(must(s.Mails(t.Context(), number))(t)); n != 5 {
			t.Errorf("%d mails before the step is left", n)
		}
		leave(t, s, number)
		expect(t, "queued ones are gone", must(s.Mails(t.Context(), number))(t), number+".x.1 "+number+".y.4 "+number+".z.5")
		expect(t, "others stay", claim(t, s, "b", 0, 9), number+".z.5 "+other+".x.1")

		// One was under way when the step was left: its retry is dropped.
		for _, m := range inHand {
			finish(t, s, "a", store.Finish{ID: m.ID, State: "queued", Due: noon})
		}
		expect(t, "the task is tried again, the reminder is not", claim(t, s, "c", 0, 9), number+".x.1")
		if next := must(s.NextDue(t.Context(), store.MainLane))(t); !next.IsZero() {
			t.Errorf("next due %v", next)
		}
		expect(t, "in the end", must(s.Mails(t.Context(), number))(t), number+".x.1 "+number+".z.5")
	})
}

func TestBounced(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		enqueue(t, s, mail("A", "x", 1), mail("A", "x", 2))
		m := claim(t, s, "a", 0, 9)[0]
		finish(t, s, "a", store.Finish{ID: m.ID, State: "sent"})
		do(t, s, func(tx *store.Tx) error {
			got, err := tx.Bounced(m.MessageID, "5.1.1")
			if err == nil && (got.Number != "A" || got.Recipient != "x" || got.Kind != "task" || got.N != 1) {
				t.Errorf("%+v", got)
			}
			_, unknown := tx.Bounced("<nobody@x>", "5.1.1")
			if !errors.Is(unknown, store.ErrNotFound) {
				t.Errorf("unknown: %v", unknown)
			}
			return err
		})
		after := must(s.Mails(t.Context(), "A"))(t)
		if after[0].State != "bounced" || after[0].Error != "5.1.1" || !after[0].Sent.Equal(noon.Add(time.Hour)) ||
			after[1].State != "queued" {
			t.Errorf("%+v", after)
		}
		// A bounce may be quicker than our own record of the sending.
		two := claim(t, s, "a", 0, 9)[0]
		do(t, s, func(tx *store.Tx) error { _, err := tx.Bounced(two.MessageID, "5.1.1"); return err })
		finish(t, s, "a", store.Finish{ID: two.ID, State: "sent"})
		if m := must(s.Mails(t.Context(), "A"))(t)[1]; m.State != "bounced" {
			t.Errorf("%+v", m)
		}
	})
}

func TestMailsOfNoRequest(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		if m := must(s.Mails(t.Context(), "A"))(t); len(m) != 0 {
			t.Error(names(m))
		}
		if next := must(s.NextDue(t.Context(), store.MainLane))(t); !next.IsZero() {
			t.Errorf("next due %v", next)
		}
		finish(t, s, "a", store.Finish{ID: "none", State: "sent"})
		finish(t, s, "a")
	})
}

func TestBouncedTo(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		enqueue(t, s, mail("VC-2026-0001", "ka@x", 1), mail("VC-2026-0001", "ka@x", 2))
		for range 2 {
			for _, m := range claim(t, s, "a", 0, 10) {
				finish(t, s, "a", store.Finish{ID: m.ID, State: "sent"})
			}
		}
		do(t, s, func(tx *store.Tx) error {
			if m, err := tx.BouncedTo("VC-2026-0001", "KA@x", "5.1.1"); err != nil || m.N != 2 {
				t.Errorf("%+v, %v", m, err)
			}
			if _, err := tx.BouncedTo("VC-2026-0001", "orang@x", "5.1.1"); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("a mail that was never sent: %v", err)
			}
			return nil
		})
	})
}
