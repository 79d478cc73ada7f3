package store_test

import (
	"strings"
	"testing"

	"github.com/pressly/goose/v3"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/migrations"
	"batan.go.id/layanan/workflow"
)

// disarm takes the triggers away, as somebody could who may change the schema:
// the chain must then show what was done.
func (b *bed) disarm(t testing.TB, raw *rawDB) {
	t.Helper()
	p := must(goose.NewProvider(map[string]goose.Dialect{"sqlite": goose.DialectSQLite3,
		"postgres": goose.DialectPostgres}[b.driver], raw.DB.DB, migrations.FS,
		goose.WithGoMigrations(migrations.AppendOnly(b.driver == "postgres"))))(t)
	must(p.ApplyVersion(t.Context(), 4, false))(t)
}

// Nothing that was written can be changed or taken away in the database.
func TestHistoryIsAppendOnly(t *testing.T) {
	const at = " WHERE number = '" + tampered + "' AND seq = 2"
	refused := []string{
		"DELETE FROM history" + at,
		"DELETE FROM history",
		"DELETE FROM anchors",
		"UPDATE anchors SET digest = 'x'",
		"UPDATE history SET number = 'VC-2026-0002', seq = 9" + at,
		"UPDATE history SET at = '2020-01-01 00:00:00.000000+00:00'" + at,
		"UPDATE history SET visit = 9" + at,
		blanked + at, // nobody has recorded a purge
	}
	for _, c := range textColumns {
		refused = append(refused, "UPDATE history SET "+c+" = 'x'"+at, "UPDATE history SET "+c+" = ''"+at)
	}
	only := map[string][]string{
		"postgres": {"TRUNCATE history", "TRUNCATE anchors",
			"INSERT INTO history SELECT * FROM history ON CONFLICT (number, seq) DO UPDATE SET note = 'x'"},
		"sqlite": {"INSERT OR REPLACE INTO history SELECT * FROM history" + at, "REPLACE INTO anchors SELECT * FROM anchors",
			"INSERT INTO history SELECT * FROM history WHERE true ON CONFLICT (number, seq) DO UPDATE SET note = 'x'"},
	}
	both(t, func(t *testing.T, b *bed) {
		s, raw := b.open(t), b.raw(t)
		chained(t, s, 3)
		anchor(t, s)
		before := must(s.History(t.Context(), tampered))(t)
		for _, query := range append(refused, only[b.driver]...) {
			if _, err := raw.Exec(query); err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Errorf("%s: %v", query, err)
			}
		}
		after := must(s.History(t.Context(), tampered))(t)
		if len(after) != 3 || after[1] != before[1] {
			t.Errorf("%+v", after)
		}
	})
}

// After a purge was recorded, entries before it may be blanked, and no more.
func TestOnlyARecordedPurgeBlanks(t *testing.T) {
	const at = " WHERE number = '" + tampered + "' AND seq = "
	both(t, func(t *testing.T, b *bed) {
		s, raw := b.open(t), b.raw(t)
		chained(t, s, 2)
		do(t, s, func(tx *store.Tx) error {
			r, err := tx.Request(tampered)
			if err != nil {
				return err
			}
			return tx.Save(r, []workflow.Entry{entry(workflow.Purged), entry("advance")})
		})
		for _, query := range []string{
			blanked + at + "3", blanked + at + "4", "DELETE FROM history" + at + "1",
			"UPDATE history SET note = ''" + at + "1",
			"UPDATE history SET author = 'x', note = '', message_id = '', proof = '', salt = ''" + at + "1",
			blanked + ", word = ''" + at + "1",
		} {
			if _, err := raw.Exec(query); err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Errorf("%s: %v", query, err)
			}
		}
		raw.exec(t, blanked+at+"1")
		if n, err := s.Verify(t.Context(), tampered); n != 4 || err != nil {
			t.Errorf("%d, %v", n, err)
		}
	})
}
