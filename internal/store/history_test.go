package store_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/sync/errgroup"
	"pgregory.net/rapid"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

const tampered = "VC-2026-0001"

// chained saves a request with n entries, in several transactions.
func chained(t testing.TB, s *store.Store, n int) {
	t.Helper()
	register(t, s, 2)
	for i := 1; i < n; i++ {
		do(t, s, func(tx *store.Tx) error {
			r, err := tx.Request(tampered)
			if err != nil {
				return err
			}
			e := entry("advance")
			e.Note = fmt.Sprint("catatan ", i)
			return tx.Save(r, []workflow.Entry{e})
		})
	}
}

func TestHistoryIsAChain(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		chained(t, s, 4)
		h := must(s.History(t.Context(), tampered))(t)
		seen := map[string]bool{}
		for i, e := range h {
			if e.Seq != int64(i)+1 || len(e.Hash) != 64 || seen[e.Hash] {
				t.Errorf("entry %d: %+v", i+1, e)
			}
			seen[e.Hash] = true
		}
		if h[0].Entry != entry("registered") || h[0].Salt == h[1].Salt || len(h[0].Salt) < 26 || len(h[0].Personal) != 64 {
			t.Errorf("%+v", h[0].Entry)
		}
		if n := must(s.Verify(t.Context(), tampered))(t); n != 4 || len(h) != 4 {
			t.Errorf("%d entries verified, %d read", n, len(h))
		}
		if _, err := s.Verify(t.Context(), "VC-2026-0009"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("no such request: %v", err)
		}
	})
}

// The hash is the same on either database, and will be in later versions.
func TestHashStaysWhatItIs(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		chained(t, s, 2)
		previous := ""
		for _, h := range must(s.History(t.Context(), tampered))(t) {
			personal := sha256sum(`{"salt":"` + h.Salt + `","by":"ani@batan.go.id","note":"` + h.Note +
				`","message_id":"\u003c1@x\u003e","proof":"token","form":""}`)
			hash := sha256sum(previous +
				fmt.Sprintf(`{"version":3,"number":"VC-2026-0001","seq":%d,"at":"2026-11-23 05:00:00.123456+00:00","event":"%s","step":"permohonan","visit":1,"word":"SETUJU","rule":"holder ka_ppiksn","mail":"%s","personal":"%s"}`,
					h.Seq, h.Event, h.Mail, personal))
			if h.Personal != personal || h.Hash != hash {
				t.Errorf("%+v", h)
			}
			previous = hash
		}
	})
}

func sha256sum(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// A daemon that writes meanwhile must not look like tampering.
func TestVerifyWhileOthersWrite(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		register(t, s, 1)
		done := make(chan struct{})
		var g errgroup.Group
		g.Go(func() error {
			defer close(done)
			for range 100 {
				err := s.InTx(t.Context(), func(tx *store.Tx) error {
					r, err := tx.Request(tampered)
					if err != nil {
						return err
					}
					return tx.Save(r, []workflow.Entry{entry("advance")})
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
		for verified := 0; ; verified++ {
			if _, err := s.Verify(t.Context(), tampered); err != nil {
				t.Fatalf("round %d: %v", verified, err)
			}
			select {
			case <-done:
				if err := g.Wait(); err != nil {
					t.Fatal(err)
				}
				return
			default:
			}
		}
	})
}

// forgery is something done to a history of n entries behind the Store's back,
// and the first entry that then is wrong.
type forgery struct {
	name string
	sql  []string
	bad  int
}

// blanked is what a purge does to an entry.
const blanked = "UPDATE history SET author = '', note = '', message_id = '', proof = '', form = '', salt = ''"

var textColumns = []string{"event", "author", "step", "word", "note", "message_id", "proof", "rule", "mail", "form",
	"salt", "personal", "hash", "seal"}

// forgeries are all the kinds of tampering, at entry i of n; j is another entry.
func forgeries(i, j, n int) []forgery {
	at := fmt.Sprintf(" WHERE number = '%s' AND seq = %d", tampered, i)
	move := func(from, to int) string {
		return fmt.Sprintf("UPDATE history SET seq = %d WHERE number = '%s' AND seq = %d", to, tampered, from)
	}
	head := " WHERE number = '" + tampered + "'"
	const copied = "number, seq, at, event, author, step, visit, word, note, message_id, proof, rule, mail, form, " +
		"salt, personal, hash, seal"
	add := func(seq int) string {
		return fmt.Sprintf("INSERT INTO history (%s) SELECT %s FROM history%s", copied,
			strings.Replace(copied, "seq", fmt.Sprint(seq), 1), at)
	}
	all := []forgery{
		{"personal part blanked", []string{blanked + at}, i},
		{"at", []string{"UPDATE history SET at = '2026-11-23 05:00:00.123457+00:00'" + at}, i},
		{"visit", []string{"UPDATE history SET visit = visit + 1" + at}, i},
		{"deleted", []string{"DELETE FROM history" + at}, i},
		{"tail cut", []string{fmt.Sprintf("DELETE FROM history WHERE number = '%s' AND seq >= %d", tampered, i)}, i},
		{"given to another request", []string{fmt.Sprintf("UPDATE history SET number = 'VC-2026-0002', seq = %d", n+1) + at},
			i},
		{"head", []string{"UPDATE requests SET head = 'x' || head" + head}, n},
		{"length raised", []string{"UPDATE requests SET entries = entries + 1" + head}, n + 1},
		{"length lowered", []string{"UPDATE requests SET entries = entries - 1" + head}, n},
		{"entry added at the end", []string{add(n + 1)}, n + 1},
		{"entry added at the start", []string{add(0)}, 0},
		{"deleted and closed up", append([]string{"DELETE FROM history" + at}, closeUp(i, n)...), i},
	}
	for _, c := range textColumns {
		all = append(all, forgery{c, []string{fmt.Sprintf("UPDATE history SET %s = %s || 'x'%s", c, c, at)}, i})
		if c != "form" { // is empty
			all = append(all, forgery{c + " emptied", []string{fmt.Sprintf("UPDATE history SET %s = ''%s", c, at)}, i})
		}
	}
	if i != j {
		all = append(all, forgery{"swapped", []string{move(i, -1), move(j, i), move(-1, j)}, min(i, j)})
	}
	return all
}

// closeUp renumbers what follows a deleted entry; the last one is then missing,
// or, when it was the last that was deleted, nothing else changes.
func closeUp(i, n int) []string {
	var out []string
	for k := i + 1; k <= n; k++ {
		out = append(out, fmt.Sprintf("UPDATE history SET seq = %d WHERE number = '%s' AND seq = %d", k-1, tampered, k))
	}
	return out
}

func TestTamperingIsFound(t *testing.T) {
	const n = 5
	both(t, func(t *testing.T, b *bed) {
		s, raw := b.open(t), b.raw(t)
		chained(t, s, n)
		raw.SetMaxOpenConns(1)
		b.disarm(t, raw)
		for _, keep := range []string{"history", "requests"} {
			raw.exec(t, "CREATE TABLE kept_"+keep+" AS SELECT * FROM "+keep)
		}
		rapid.Check(t, func(rt *rapid.T) {
			i, j := rapid.IntRange(1, n).Draw(rt, "i"), rapid.IntRange(1, n).Draw(rt, "j")
			f := rapid.SampledFrom(forgeries(i, j, n)).Draw(rt, "forgery")
			rt.Log(f.name)
			for _, q := range f.sql {
				raw.exec(t, q)
			}
			good, err := s.Verify(t.Context(), tampered)
			var broken *store.Broken
			if !errors.As(err, &broken) || broken.Number != tampered || broken.Seq != int64(f.bad) || good != max(0, f.bad-1) {
				rt.Errorf("%s at %d: %d good, %v", f.name, i, good, err)
			}
			for _, q := range []string{"DELETE FROM history", "DELETE FROM requests",
				"INSERT INTO requests SELECT * FROM kept_requests", "INSERT INTO history SELECT * FROM kept_history"} {
				raw.exec(t, q)
			}
			if got, err := s.Verify(t.Context(), tampered); got != n || err != nil {
				rt.Fatalf("restored: %d, %v", got, err)
			}
		})
	})
}

// SQLite takes any type into any column; what can't be read is tampering, too.
func TestUnreadableEntryIsBroken(t *testing.T) {
	b := sqliteBed(t)
	s, raw := b.open(t), b.raw(t)
	chained(t, s, 3)
	b.disarm(t, raw)
	for _, column := range []string{"at", "visit"} {
		raw.exec(t, "UPDATE history SET "+column+" = 'kemarin' WHERE seq = 2")
		good, err := s.Verify(t.Context(), tampered)
		var broken *store.Broken
		if !errors.As(err, &broken) || broken.Seq != 2 || good != 1 {
			t.Errorf("%s: %d good, %v", column, good, err)
		}
		raw.exec(t, "UPDATE history SET visit = 1 WHERE seq = 2")
	}
}

func TestEmptiedHistoryIsBroken(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s, raw := b.open(t), b.raw(t)
		chained(t, s, 3)
		do(t, s, func(tx *store.Tx) error { return tx.Save(request("VC-2026-0003", 1), nil) })
		b.disarm(t, raw)
		raw.exec(t, "DELETE FROM history")
		_, err := s.Verify(t.Context(), tampered)
		var broken *store.Broken
		if !errors.As(err, &broken) || broken.Seq != 1 || broken.Error() != tampered+
			": history entry 1: the history ends after 0 of 3 entries" {
			t.Error(err)
		}
		if n, err := s.Verify(t.Context(), "VC-2026-0003"); n != 0 || err != nil {
			t.Errorf("request without a history: %d, %v", n, err)
		}
	})
}
