package store_test

import (
	"errors"
	"testing"
	"time"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

// anchor keeps an anchor of all that the fixtures made.
func anchor(t testing.TB, s *store.Store) store.Anchor {
	t.Helper()
	a := must(s.Weigh(t.Context(), noon.Add(time.Hour)))(t)
	do(t, s, func(tx *store.Tx) error { return tx.KeepAnchor(a) })
	return a
}

func TestAnchorIsKept(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		if a := must(s.LastAnchor(t.Context()))(t); a != (store.Anchor{}) {
			t.Errorf("of nothing: %+v", a)
		}
		chained(t, s, 3)
		a := anchor(t, s)
		if a.Requests != 2 || a.Entries != 4 || len(a.Digest) != 64 {
			t.Errorf("%+v", a)
		}
		if last := must(s.LastAnchor(t.Context()))(t); last != a {
			t.Errorf("%+v", last)
		}
		if err := s.InTx(t.Context(), func(tx *store.Tx) error { return tx.KeepAnchor(a) }); err == nil {
			t.Error("the same instant was anchored twice")
		}
	})
}

// What comes later leaves an anchor as it was; so does a purge.
func TestAnchorStays(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		chained(t, s, 3)
		a := anchor(t, s)
		do(t, s, func(tx *store.Tx) error {
			r, err := tx.Request(tampered)
			if err != nil {
				return err
			}
			later := entry("advance")
			later.At = a.Before
			if err := tx.Save(request("VC-2026-0009", 1), []workflow.Entry{later}); err != nil {
				return err
			}
			return tx.Save(r, []workflow.Entry{later})
		})
		if again := must(s.Weigh(t.Context(), a.Before))(t); again != a {
			t.Errorf("%+v, was %+v", again, a)
		}
		if now := must(s.Weigh(t.Context(), a.Before.Add(time.Second)))(t); now.Requests != 3 || now.Entries != 6 ||
			now.Digest == a.Digest {
			t.Errorf("%+v", now)
		}
	})
}

// A tail that was cut with care leaves a chain that fits; the seal shows it, and
// the anchor does to whoever lacks the key.
func TestAnchorShowsCutTail(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s, raw := b.open(t), b.raw(t)
		chained(t, s, 3)
		a := anchor(t, s)
		b.disarm(t, raw)
		raw.exec(t, `DELETE FROM history WHERE number = ? AND seq = 3`, tampered)
		raw.exec(t, `UPDATE requests SET entries = 2, head = (SELECT hash FROM history h WHERE h.number = requests.number AND seq = 2) WHERE number = ?`, tampered)
		if n, err := s.Verify(t.Context(), tampered); n != 2 || err == nil {
			t.Errorf("the cut was not made with care, or not found: %d, %v", n, err)
		}
		now := must(s.Weigh(t.Context(), a.Before))(t)
		if now.Digest == a.Digest || now.Entries != a.Entries-1 {
			t.Errorf("%+v", now)
		}
		raw.exec(t, `DELETE FROM history WHERE number = 'VC-2026-0002'`)
		raw.exec(t, `DELETE FROM requests WHERE number = 'VC-2026-0002'`)
		if _, err := s.Verify(t.Context(), "VC-2026-0002"); !errors.Is(err, store.ErrNotFound) {
			t.Error(err)
		}
		if now := must(s.Weigh(t.Context(), a.Before))(t); now.Requests != 1 {
			t.Errorf("%+v", now)
		}
	})
}
