package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"batan.go.id/layanan/internal/store"
)

func TestMailboxStart(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		for i, c := range []struct {
			mailbox  string
			validity uint32
			proposed store.Start
			want     store.Start
		}{
			{"INBOX", 5, store.Start{FirstUID: 101, Since: noon}, store.Start{FirstUID: 101}},
			{"INBOX", 5, store.Start{FirstUID: 200, Since: noon.Add(time.Hour)}, store.Start{FirstUID: 101}},
			{"INBOX", 6, store.Start{FirstUID: 300, Since: noon.Add(time.Hour)}, store.Start{FirstUID: 1, Since: noon}},
			// after a restart, too
			{"INBOX", 6, store.Start{FirstUID: 300, Since: noon.Add(time.Hour)}, store.Start{FirstUID: 1, Since: noon}},
			{"INBOX", 7, store.Start{FirstUID: 1}, store.Start{FirstUID: 1, Since: noon}},
			{"INBOX", 5, store.Start{FirstUID: 1}, store.Start{FirstUID: 101}}, // a backup was put back
			{"Lain", 1<<32 - 1, store.Start{FirstUID: 1}, store.Start{FirstUID: 1}},
			// its backlog was ours from the first
			{"Lain", 2, store.Start{FirstUID: 77, Since: noon}, store.Start{FirstUID: 1}},
		} {
			s := b.open(t) // every time a new life
			got := must(s.MailboxStart(t.Context(), c.mailbox, c.validity, c.proposed))(t)
			if got != c.want {
				t.Errorf("%d: %s %d: %+v, want %+v", i, c.mailbox, c.validity, got, c.want)
			}
		}
	})
}

func TestMailboxStartIsOneForAllDaemons(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		stores := b.daemons(t, 4)
		got := make([]store.Start, len(stores))
		var g errgroup.Group
		for i, s := range stores {
			g.Go(func() (err error) {
				got[i], err = s.MailboxStart(t.Context(), "INBOX", 1, store.Start{FirstUID: uint32(i) + 1})
				return err
			})
		}
		if err := g.Wait(); err != nil {
			t.Fatal(err)
		}
		for _, start := range got {
			if start != got[0] {
				t.Errorf("%+v", got)
			}
		}
	})
}

func TestDeadLetters(t *testing.T) {
	raw := make([]byte, 1<<20)
	for i := range raw {
		raw[i] = byte(i * i >> 7)
	}
	letters := []store.DeadLetter{
		{At: noon, Reason: "unreadable", Detail: "no end", Sender: "ani@x", Subject: "Halo “VC”", MessageID: "<1@x>",
			Mailbox: "INBOX", UIDValidity: 1<<32 - 1, UID: 1<<32 - 2, Raw: raw},
		{At: noon.Add(-time.Second), Reason: "too-large"}, // not even fetched
	}
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		do(t, s, func(tx *store.Tx) error {
			for _, d := range letters {
				tx.Bury(d)
			}
			return nil
		})
		list := must(s.DeadLetters(t.Context(), store.DeadFilter{}))(t)
		if len(list) != 2 || list[0].Reason != "too-large" || list[0].State != "waiting" || list[1].Raw != nil {
			t.Fatalf("%+v", list)
		}
		first, second := list[1], list[0]
		want := letters[0]
		want.ID, want.State = first.ID, "waiting"
		for _, id := range []string{want.ID, want.ID[24:], strings.ToUpper(want.ID)} {
			if got := must(s.DeadLetter(t.Context(), id))(t); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s comes back different", id)
			}
		}
		if got := must(s.DeadLetter(t.Context(), second.ID))(t); len(got.Raw) != 0 {
			t.Errorf("%d bytes", len(got.Raw))
		}
		for _, id := range []string{"", "%", "_", first.ID[:1], first.ID + "0", "zz", "' OR 1=1 --", "\x00"} {
			if _, err := s.DeadLetter(t.Context(), id); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("%q: %v", id, err)
			}
		}

		for _, f := range []store.DeadFilter{{Reason: "unreadable"}, {Sender: "ANI@x"},
			{Reason: "unreadable", Sender: "ani@x", Settled: true}} {
			if got := must(s.DeadLetters(t.Context(), f))(t); len(got) != 1 || got[0].ID != first.ID {
				t.Errorf("%+v picks %d", f, len(got))
			}
		}
		if got := must(s.DeadLetters(t.Context(), store.DeadFilter{Sender: "ani@x",
			Reason: "too-large"}))(t); len(got) != 0 {
			t.Errorf("%+v", got)
		}
		waits := func(tx *store.Tx, want ...string) error {
			found, err := tx.DeadWaiting()
			var got []string
			for reason, n := range found {
				got = append(got, fmt.Sprint(n, " ", reason))
			}
			if slices.Sort(got); !slices.Equal(got, want) {
				t.Errorf("%q wait, want %q", got, want)
			}
			any, errAny := tx.AnyDead()
			if any != (len(want) > 0) {
				t.Errorf("any: %v", any)
			}
			return errors.Join(err, errAny)
		}
		errUndo := errors.New("undo")
		err := s.InTx(t.Context(), func(tx *store.Tx) error {
			if err := waits(tx, "1 too-large", "1 unreadable"); err != nil {
				return err
			}
			tx.Bury(store.DeadLetter{At: noon, Reason: "too-large"})
			return errors.Join(waits(tx, "1 unreadable", "2 too-large"), errUndo)
		})
		if !errors.Is(err, errUndo) {
			t.Fatal(err)
		}

		do(t, s, func(tx *store.Tx) error { return tx.Settle(first.ID, "discarded", "sampah") })
		do(t, s, func(tx *store.Tx) error { return waits(tx, "1 too-large") })
		for _, id := range []string{first.ID, "none"} {
			err := s.InTx(t.Context(), func(tx *store.Tx) error { return tx.Settle(id, "retried", "") })
			if !errors.Is(err, store.ErrConflict) {
				t.Errorf("settle %s: %v", id, err)
			}
		}
		if waiting := must(s.DeadLetters(t.Context(), store.DeadFilter{}))(t); len(waiting) != 1 ||
			waiting[0].ID != second.ID {
			t.Errorf("%+v", waiting)
		}
		if all := must(s.DeadLetters(t.Context(), store.DeadFilter{Settled: true}))(t); len(all) != 2 ||
			all[1].State != "discarded" || all[1].Why != "sampah" {
			t.Errorf("%+v", all)
		}
	})
}
