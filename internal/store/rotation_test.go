package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

var newKey = []byte("another key for tests, 32 bytes.")

// holding gives a Store of its own that holds keys; the first seals.
func (b *bed) holding(t testing.TB, keys ...[]byte) *store.Store {
	t.Helper()
	s := must(store.Open(t.Context(), b.driver, b.dsn))(t)
	t.Cleanup(func() { _ = s.Close() })
	s.UseKeys(keys...)
	return s
}

// seals are all that there are, but those of entries, which stay.
func seals(t testing.TB, raw *rawDB) (all []string) {
	t.Helper()
	if err := raw.Select(&all,
		`SELECT seal FROM requests UNION ALL SELECT seal FROM counters UNION ALL SELECT seal FROM delegations UNION ALL SELECT seal FROM mails WHERE seal <> ''
		UNION ALL SELECT seal FROM facts WHERE name NOT LIKE 'key %'`); err != nil {
		t.Fatal(err)
	}
	return all
}

// A new key in front of the old one seals everything anew, once; the record
// verifies with both and, when the old line is taken out, with the new one.
func TestANewKeySealsAnew(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s, raw := b.open(t), b.raw(t)
		recorded(t, s)
		old := strings.Split(seals(t, raw)[0], ":")[1]
		s.UseKeys(newKey, key)
		save(t, s, tampered) // before it is in force
		if faults := audit(t, b.holding(t, newKey, key), noon); len(faults) > 0 {
			t.Errorf("before it is in force: %q", faults)
		}
		done := must(s.Seal(t.Context(), noon))(t)
		if done.Renewed != len(seals(t, raw)) || done.Adopted > 0 || len(done.Refused) > 0 || done.Next.IsZero() {
			t.Errorf("%+v, there are %d seals", done, len(seals(t, raw)))
		}
		for _, seal := range seals(t, raw) {
			if strings.Contains(seal, old) {
				t.Errorf("left under the old key: %s", seal)
			}
		}
		save(t, s, tampered)
		for _, keys := range [][][]byte{{newKey, key}, {newKey}} {
			for _, at := range []time.Time{noon, noon.Add(2 * time.Hour)} {
				s := b.holding(t, keys...)
				if faults := audit(t, s, at); len(faults) > 0 {
					t.Errorf("with %d keys: %q", len(keys), faults)
				}
				if done := must(s.Seal(t.Context(), at))(t); done.Renewed+len(done.Refused) > 0 {
					t.Errorf("again: %+v", done)
				}
			}
		}
		for range 3 { // and back, in the middle of it, and on
			s := b.holding(t, []byte("a third key for tests, 32 bytes."), newKey)
			must(s.Seal(t.Context(), noon.Add(3*time.Hour)))(t)
			if faults := audit(t, s, noon.Add(5*time.Hour)); len(faults) > 0 {
				t.Errorf("a third: %q", faults)
			}
		}
		if faults := audit(t, b.holding(t, newKey), noon); !slices.ContainsFunc(faults,
			func(f string) bool { return strings.Contains(f, "which the secret file does not hold") }) {
			t.Errorf("without the present key: %q", faults)
		}
	})
}

// A record whose key is lost can be adopted, piece by piece.
func TestALostKey(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		recorded(t, b.open(t))
		s := b.holding(t, newKey)
		must(s.Seal(t.Context(), noon))(t)
		save(t, s, tampered)
		if faults := audit(t, s, noon); len(faults) < 5 {
			t.Errorf("before: %q", faults)
		}
		for _, number := range must(s.Numbers(t.Context()))(t) {
			if err := s.Adopt(t.Context(), number, "operator@x", "kunci hilang", noon); err != nil {
				t.Error(err)
			}
		}
		if err := s.AdoptRest(t.Context(), "operator@x", "kunci hilang", noon); err != nil {
			t.Error(err)
		}
		if faults := audit(t, s, noon); len(faults) > 0 {
			t.Errorf("%q", faults)
		}
	})
}

func save(t testing.TB, s *store.Store, number string) {
	t.Helper()
	do(t, s, func(tx *store.Tx) error {
		r, err := tx.Request(number)
		if err != nil {
			return err
		}
		e := entry("reminder")
		e.Mail = ""
		return tx.Save(r, []workflow.Entry{e})
	})
}

// A daemon that has not followed yet works on with the old key; for an hour its
// seals are renewed.
func TestAnotherDaemonFollowsLater(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		recorded(t, b.open(t))
		ahead, behind := b.holding(t, newKey, key), b.holding(t, key, newKey)
		must(behind.Seal(t.Context(), noon))(t)
		must(ahead.Seal(t.Context(), noon))(t)
		save(t, behind, tampered)
		do(t, behind, func(tx *store.Tx) error { _, err := tx.NextNumber("VC", 2025); return err })
		if done := must(ahead.Seal(t.Context(), noon.Add(59*time.Minute)))(t); done.Renewed != 2 || len(done.Refused) > 0 {
			t.Errorf("%+v", done)
		}
		behind.UseKeys(newKey, key)
		must(behind.Seal(t.Context(), noon.Add(time.Hour)))(t)
		save(t, behind, tampered)
		// whose number was taken for nothing
		if faults := audit(t, ahead, noon.Add(2*time.Hour)); len(faults) != 1 ||
			!strings.Contains(faults[0], "VC-2025-0001") {
			t.Errorf("%q", faults)
		}
	})
}

// What does not hold is not sealed by a change of keys, and a key that was
// replaced and has leaked forges nothing that would.
func TestAReplacedKeyForgesNothing(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		raw := b.raw(t)
		recorded(t, b.open(t))
		raw.exec(t, "CREATE TABLE before AS SELECT number, seal FROM requests")
		raw.exec(t, "UPDATE requests SET state = 'selesai'"+second)
		s := b.holding(t, newKey, key)
		if done := must(s.Seal(t.Context(), noon))(t); !slices.Equal(done.Refused, []string{"VC-2026-0002"}) {
			t.Errorf("%+v", done)
		}
		later := noon.Add(2 * time.Hour)
		must(s.Seal(t.Context(), later))(t)
		if faults := audit(t, s, later); len(faults) != 1 || !strings.HasPrefix(faults[0], "VC-2026-0002: ") {
			t.Errorf("%q", faults)
		}
		if err := s.Adopt(t.Context(), "VC-2026-0002", "operator@x", "x", later); err != nil {
			t.Fatal(err)
		}

		thief := b.holding(t, key)
		save(t, thief, tampered)
		if faults := audit(t, s, later); len(faults) != 1 ||
			!strings.HasPrefix(faults[0], tampered+": the request as it stands: it is not what was sealed") {
			t.Errorf("a Store seals what it can't judge: %q", faults)
		}
		if err := s.Adopt(t.Context(), tampered, "operator@x", "x", later); err != nil {
			t.Fatal(err)
		}
		var was string
		if err := raw.Get(&was, "SELECT seal FROM before"+third); err != nil {
			t.Fatal(err)
		}
		raw.exec(t, "UPDATE requests SET seal = ?"+third, was)
		save(t, thief, "VC-2026-0003")
		for name, keys := range map[string][][]byte{"with both": {newKey, key}, "with the new one": {newKey}} {
			s := b.holding(t, keys...)
			for _, life := range []string{"at once", "after a start and an entry"} {
				if faults := audit(t, s, later); !slices.ContainsFunc(faults,
					func(f string) bool { return strings.HasPrefix(f, "VC-2026-0003: the request as it stands: ") }) {
					t.Errorf("%s, %s: %q", name, life, faults)
				}
				must(s.Seal(t.Context(), later))(t)
				save(t, s, "VC-2026-0003")
			}
		}
		raw.exec(t, "DELETE FROM facts WHERE name LIKE 'key %'")
		s = b.holding(t, newKey, key)
		must(s.Seal(t.Context(), later))(t)
		if faults := audit(t, s, later); !slices.ContainsFunc(faults,
			func(f string) bool { return strings.Contains(f, "the key in force") }) ||
			!slices.ContainsFunc(faults, func(f string) bool { return strings.HasPrefix(f, "VC-2026-0003: ") }) {
			t.Errorf("the key's fact taken away: %q", faults)
		}
	})
}
