package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sync/errgroup"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

var errStop = errors.New("stop")

// everything tells a transaction something for every table.
func everything(tx *store.Tx) error {
	number, err := tx.NextNumber("VC", 2026)
	if err != nil {
		return err
	}
	r := request(number, 1)
	r.Alarm = noon
	tx.Enqueue(mail(number, "ka@batan.go.id", 1))
	tx.Record(store.LedgerEntry{Mailbox: "INBOX", UIDValidity: 1, UID: 7, MessageID: "<7@x>", Digest: "d7",
		BodyDigest: "b7", Handled: noon})
	tx.Bury(store.DeadLetter{At: noon, Reason: "unreadable", Raw: []byte("x")})
	_, err = tx.Delegate(workflow.Delegation{Role: "ka_ppiksn"})
	return errors.Join(tx.Save(r, []workflow.Entry{entry("registered")}), err)
}

var tables = []string{"counters", "requests", "history", "ledger", "outbox", "dead_letters", "delegations"}

func TestRollbackLeavesNothing(t *testing.T) {
	ends := map[string]func(context.CancelFunc) error{
		"error":        func(context.CancelFunc) error { return errStop },
		"cancellation": func(cancel context.CancelFunc) error { cancel(); return nil },
		"panic":        func(context.CancelFunc) error { panic(errStop) },
	}
	both(t, func(t *testing.T, b *bed) {
		s, raw := b.open(t), b.raw(t)
		for name, end := range ends {
			ctx, cancel := context.WithCancel(t.Context())
			err := func() (err error) {
				defer func() {
					if r := recover(); r != nil {
						err = r.(error)
					}
				}()
				return s.InTx(ctx, func(tx *store.Tx) error { return errors.Join(everything(tx), end(cancel)) })
			}()
			if cancel(); !errors.Is(err, errStop) && !errors.Is(err, context.Canceled) {
				t.Errorf("%s: %v", name, err)
			}
			for _, table := range tables {
				if n := raw.count(t, `SELECT count(*) FROM `+table); n != 0 {
					t.Errorf("%s: %d rows in %s", name, n, table)
				}
			}
		}
		do(t, s, everything)
		for _, table := range tables {
			if n := raw.count(t, `SELECT count(*) FROM `+table); n != 1 {
				t.Errorf("after the commit: %d rows in %s", n, table)
			}
		}
	})
}

// A fault in the last of what is written takes the first with it.
func TestConflictAtCommitLeavesNothing(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s, raw := b.open(t), b.raw(t)
		do(t, s, everything)
		if err := s.InTx(t.Context(), everything); !errors.Is(err, store.ErrConflict) {
			t.Errorf("the same mail again: %v", err)
		}
		if n := raw.count(t, `SELECT count(*) FROM requests`); n != 1 {
			t.Errorf("%d requests", n)
		}
		if last := raw.count(t, `SELECT last FROM counters`); last != 1 {
			t.Errorf("the counter is at %d", last)
		}
	})
}

// A writer that waits for its turn gives up when it is told to.
func TestWaitingWriterHearsCancellation(t *testing.T) {
	s := sqliteBed(t).open(t)
	do(t, s, func(*store.Tx) error {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		defer cancel()
		err := s.InTx(ctx, func(*store.Tx) error { return errors.New("two writers at once") })
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("waiting writer: %v", err)
		}
		return nil
	})
	register(t, s, 1) // the turn was not lost
}

// A transaction that hangs is given up after a while, and leaves nothing; the
// next has its turn.
func TestHangingTransactionIsGivenUp(t *testing.T) {
	path := sqliteBed(t)
	synctest.Test(t, func(t *testing.T) {
		s := path.open(t)
		err := s.InTx(t.Context(), func(tx *store.Tx) error {
			<-time.After(time.Hour)
			return everything(tx)
		})
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		register(t, s, 1)
		if all := must(s.Requests(t.Context(), store.Filter{}))(t); len(all) != 1 {
			t.Errorf("%d requests", len(all))
		}
	})
}

func TestNumbersNeitherSkipNorRepeat(t *testing.T) {
	const workers, turns = 8, 25
	both(t, func(t *testing.T, b *bed) {
		stores := b.daemons(t, 3)
		var g errgroup.Group
		for w := range workers {
			g.Go(func() error {
				for i := range turns {
					err := stores[w%len(stores)].InTx(t.Context(), func(tx *store.Tx) error {
						for range 1 + (w+i)%3 {
							number, err := tx.NextNumber("VC", 2026)
							if err != nil {
								return err
							}
							if err := tx.Save(request(number, 1), []workflow.Entry{entry("registered")}); err != nil {
								return err
							}
						}
						if (w+i)%4 == 0 {
							return errStop
						}
						return nil
					})
					if err != nil && !errors.Is(err, errStop) {
						return err
					}
				}
				return nil
			})
		}
		if err := g.Wait(); err != nil {
			t.Fatal(err)
		}
		all := must(stores[0].Requests(t.Context(), store.Filter{}))(t)
		if len(all) < workers*turns/2 {
			t.Fatalf("%d requests", len(all))
		}
		for i, r := range all {
			if want := fmt.Sprintf("VC-2026-%04d", i+1); r.Number != want {
				t.Fatalf("request %d is %s", i+1, r.Number)
			}
		}
	})
}

func TestNumbersCountPerPrefixAndYear(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		var got []string
		do(t, b.open(t), func(tx *store.Tx) error {
			for _, k := range []struct {
				prefix string
				year   int
			}{{"VC", 2026}, {"VC", 2027}, {"VC", 2026}, {"IT", 2026}} {
				n, err := tx.NextNumber(k.prefix, k.year)
				if err != nil {
					return err
				}
				got = append(got, n)
			}
			return nil
		})
		if s := strings.Join(got, " "); s != "VC-2026-0001 VC-2027-0001 VC-2026-0002 IT-2026-0001" {
			t.Error(s)
		}
	})
}

// Text that PostgreSQL can't keep is refused on SQLite too, and nothing stays.
func TestTextMustBeUTF8WithoutNUL(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		for _, bad := range []string{"a\x00b", "a\xffb", "\xed\xa0\x80"} {
			writes := map[string]func(tx *store.Tx) error{
				"history": func(tx *store.Tx) error {
					e := entry("registered")
					e.Note = bad
					return tx.Save(request("VC-2026-0001", 1), []workflow.Entry{e})
				},
				"outbox":      func(tx *store.Tx) error { tx.Enqueue(mail("", bad, 0)); return nil },
				"ledger":      func(tx *store.Tx) error { tx.Record(store.LedgerEntry{MessageID: bad}); return nil },
				"dead letter": func(tx *store.Tx) error { tx.Bury(store.DeadLetter{Subject: bad}); return nil },
				"lookup":      func(tx *store.Tx) error { _, err := tx.Request(bad); return err },
			}
			for name, write := range writes {
				err := s.InTx(t.Context(), write)
				if err == nil || !strings.Contains(err.Error(), "not UTF-8") {
					t.Errorf("%s with %q: %v", name, bad, err)
				}
			}
			if _, err := s.Request(t.Context(), bad); err == nil || !strings.Contains(err.Error(), "not UTF-8") {
				t.Errorf("request %q: %v", bad, err)
			}
		}
		e := entry("registered")
		e.Note = "Yth. “Bapak” 🙂 \u0001\u200f\r\n'; DROP TABLE history; --"
		do(t, s, func(tx *store.Tx) error { return tx.Save(request("VC-2026-0001", 1), []workflow.Entry{e}) })
		if got := must(s.History(t.Context(), "VC-2026-0001"))(t); got[0].Note != e.Note {
			t.Errorf("%q", got[0].Note)
		}
	})
}
