package store_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"golang.org/x/sync/errgroup"

	"batan.go.id/layanan/internal/store"
)

func handled(uid uint32, messageID, digest, body string) store.LedgerEntry {
	return store.LedgerEntry{Mailbox: "INBOX", UIDValidity: 1, UID: uid, MessageID: messageID, Digest: digest,
		BodyDigest: body, Outcome: "file", Handled: noon}
}

func TestKnown(t *testing.T) {
	old := handled(7, "<7@x>", "d7", "b7")
	elsewhere := func(e store.LedgerEntry, mailbox string, validity uint32) store.LedgerEntry {
		e.Mailbox, e.UIDValidity = mailbox, validity
		return e
	}
	cases := []struct {
		name string
		mail store.LedgerEntry
		want bool
	}{
		{"the same place", handled(7, "<other@x>", "other", "other"), true},
		{"the same UID after a change of UIDVALIDITY", elsewhere(handled(7, "<other@x>", "other", "other"), "INBOX", 2),
			false},
		{"the same UID in another mailbox", elsewhere(handled(7, "<other@x>", "other", "other"), "Lain", 1), false},
		{"the same bytes", handled(8, "<other@x>", "d7", "other"), true},
		{"the same bytes under a new UIDVALIDITY", elsewhere(handled(1, "<7@x>", "d7", "b7"), "INBOX", 2), true},
		{"the same bytes in another mailbox", elsewhere(handled(1, "<7@x>", "d7", "b7"), "Lain", 9), true},
		{"by another route", handled(8, "<7@x>", "other", "b7"), true},
		{"the same Message-ID, another body", handled(8, "<7@x>", "other", "other"), false},
		{"the same body, another Message-ID", handled(8, "<8@x>", "other", "b7"), false},
		{"the same body, no Message-ID", handled(8, "", "other", "b7"), false},
		{"nothing in common", handled(8, "<8@x>", "d8", "b8"), false},
		{"nothing to compare by but its place", handled(8, "", "", ""), false},
		{"a large UID", handled(1<<32-1, "<8@x>", "d8", "b8"), false},
	}
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		record := func(tx *store.Tx) error {
			tx.Record(old)
			tx.Record(handled(9, "", "", ""))
			return nil
		}
		check := func(tx *store.Tx, when string) error {
			for _, c := range cases {
				got, err := tx.Known([]store.LedgerEntry{handled(100, "<100@x>", "d100", "b100"), c.mail})
				if err != nil {
					return err
				}
				if got[0] || got[1] != c.want {
					t.Errorf("%s, %s: %v", c.name, when, got)
				}
			}
			return nil
		}
		do(t, s, func(tx *store.Tx) error { return errors.Join(record(tx), check(tx, "in the transaction")) })
		do(t, s, func(tx *store.Tx) error { return check(tx, "after the commit") })
	})
}

func TestKnownWithinOneBatch(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		do(t, b.open(t), func(tx *store.Tx) error {
			got, err := tx.Known([]store.LedgerEntry{
				handled(1, "<1@x>", "d1", "b1"),
				handled(2, "<2@x>", "d1", "b2"), // the bytes of the first
				handled(3, "<1@x>", "d3", "b1"), // the first by another route
				handled(4, "<1@x>", "d4", "b4"),
				handled(4, "<5@x>", "d5", "b5"), // the place of the one before
			})
			if want := []bool{false, true, true, false, true}; !slices.Equal(got, want) {
				t.Errorf("%v", got)
			}
			if got, err := tx.Known(nil); len(got) != 0 || err != nil {
				t.Errorf("no mails: %v, %v", got, err)
			}
			return err
		})
	})
}

// Daemons that handle the same mail at once: one wins, nothing is done twice.
func TestDoubleHandlingConflicts(t *testing.T) {
	const daemons, mails = 3, 20
	both(t, func(t *testing.T, b *bed) {
		stores := b.daemons(t, daemons)
		for uid := range uint32(mails) {
			var g errgroup.Group
			results := make([]error, daemons)
			for i, s := range stores {
				g.Go(func() error {
					results[i] = s.InTx(t.Context(), func(tx *store.Tx) error {
						known, err := tx.Known([]store.LedgerEntry{handled(uid, "", fmt.Sprint("d", uid), "")})
						if err != nil || known[0] {
							return errors.Join(err, errStop)
						}
						number, err := tx.NextNumber("VC", 2026)
						if err != nil {
							return err
						}
						tx.Record(handled(uid, "", fmt.Sprint("d", uid), ""))
						return tx.Save(request(number, 1), nil)
					})
					return nil
				})
			}
			_ = g.Wait()
			won := 0
			for _, err := range results {
				if err == nil {
					won++
				} else if !errors.Is(err, store.ErrConflict) && !errors.Is(err, errStop) {
					t.Error(err)
				}
			}
			if won != 1 {
				t.Errorf("mail %d was handled %d times", uid, won)
			}
		}
		if all := must(stores[0].Requests(t.Context(), store.Filter{}))(t); len(all) != mails ||
			all[mails-1].Number != "VC-2026-0020" {
			t.Errorf("%d requests", len(all))
		}
	})
}
