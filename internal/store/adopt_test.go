package store_test

import (
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

// Who answers for what was changed by hand takes it into the record, and the
// history says so. An entry that never was can't be made true so.
func TestAdopt(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s, raw := b.open(t), b.raw(t)
		recorded(t, s)
		for _, q := range append(hashed(t, raw, appended("advanced", "ka@batan.go.id")),
			"UPDATE requests SET body = replace(body, 'anggaran', 'direksi')"+first) {
			raw.exec(t, q)
		}
		if len(audit(t, s, noon)) != 3 {
			t.Errorf("before: %q", audit(t, s, noon))
		}
		if err := s.Adopt(t.Context(), tampered, "operator@x", "diubah sesuai memo", noon); err != nil {
			t.Fatal(err)
		}
		if faults := audit(t, s, noon); len(faults) > 0 {
			t.Errorf("%q", faults)
		}
		h := must(s.History(t.Context(), tampered))(t)
		if last := h[len(h)-1]; last.Event != workflow.Adopted || last.By != "operator@x" ||
			last.Note != "diubah sesuai memo" || last.Seal == "" {
			t.Errorf("%+v", last)
		}
		b.disarm(t, raw)
		raw.exec(t, "UPDATE history SET word = 'TOLAK'"+second+" AND seq = 2")
		if err := s.Adopt(t.Context(), "VC-2026-0002", "operator@x", "x", noon); err != nil {
			t.Fatal(err)
		}
		if faults := audit(t, s, noon); len(faults) != 1 || !strings.Contains(faults[0], "VC-2026-0002: history entry 2") {
			t.Errorf("%q", faults)
		}
	})
}

// So does who answers for what is no request.
func TestAdoptRest(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s, raw := b.open(t), b.raw(t)
		recorded(t, s)
		for _, q := range []string{"UPDATE counters SET seal = ''", "DELETE FROM delegations WHERE number = ''",
			"UPDATE delegations SET until = '2027-01-01 00:00:00.000000+00:00'",
			"DELETE FROM facts WHERE name IN ('adopted', 'anchor')",
			"UPDATE facts SET value = '7' WHERE name = 'delegations'"} {
			raw.exec(t, q)
		}
		if faults := audit(t, s, noon); len(faults) < 5 {
			t.Errorf("before: %q", faults)
		}
		if err := s.AdoptRest(t.Context(), "operator@x", "dipulihkan", noon); err != nil {
			t.Fatal(err)
		}
		if faults := audit(t, s, noon); len(faults) > 0 {
			t.Errorf("%q", faults)
		}
		raw.exec(t, "UPDATE requests SET state = 'selesai'"+first)
		goOn(t, b)
		if faults := audit(t, s, noon.Add(3*time.Hour)); len(faults) != 1 {
			t.Errorf("afterwards: %q", faults)
		}
	})
}

func TestWithoutTheKeyNothingIsWritten(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		recorded(t, b.open(t))
		s := must(store.Open(t.Context(), b.driver, b.dsn))(t)
		t.Cleanup(func() { _ = s.Close() })
		if r := must(s.Request(t.Context(), tampered))(t); r.Number != tampered {
			t.Error("it can't even be read")
		}
		for what, err := range map[string]error{
			"save": s.InTx(t.Context(), func(tx *store.Tx) error { return tx.Save(request("VC-2026-0009", 1), nil) }),
			"delegate": s.InTx(t.Context(), func(tx *store.Tx) error {
				_, err := tx.Delegate(workflow.Delegation{Role: "ka_ppiksn"})
				return err
			}),
			"end": s.InTx(t.Context(), func(tx *store.Tx) error { _, err := tx.EndDelegation("x", noon); return err }),
		} {
			if err == nil || !strings.Contains(err.Error(), "without the keys") {
				t.Errorf("%s: %v", what, err)
			}
		}
		if _, err := s.Audit(t.Context(), noon, nil); err == nil {
			t.Error("it was verified")
		}
	})
}
