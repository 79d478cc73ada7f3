package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/migrations"
	"batan.go.id/layanan/workflow"
)

// aged is a database of an earlier schema with two requests of three entries,
// as the program of that time wrote them.
func aged(t testing.TB, b *bed, schema int64) *rawDB {
	t.Helper()
	raw := b.raw(t)
	dialect := map[string]goose.Dialect{"sqlite": database.DialectSQLite3, "postgres": database.DialectPostgres}[b.driver]
	p := must(goose.NewProvider(dialect, raw.DB.DB, migrations.FS,
		goose.WithGoMigrations(migrations.AppendOnly(b.driver == "postgres"))))(t)
	must(p.UpTo(t.Context(), schema))(t)
	raw.exec(t, `INSERT INTO counters (prefix, year, last) VALUES ('VC', 2026, 2)`)
	raw.exec(t, `INSERT INTO delegations (id, until, number, body) VALUES ('d1', NULL, '', '{"id":"d1","role":"ka_ppiksn","by":{"email":"ka@x"},"to":{"email":"plh@x"},"from":"2026-11-23T00:00:00Z","recorded":"2026-11-23T00:00:00Z"}')`)
	for _, number := range []string{tampered, "VC-2026-0002"} {
		raw.exec(t, `INSERT INTO requests (number, state, step, visit, requester, created, due, alarm, entries, head, body) VALUES (?, 'selesai', 'laporan', 1, 'ani@batan.go.id', '2026-11-23 05:00:00.000000+00:00', NULL, NULL, 0, '', ?)`,
			number, `{"number":"`+number+
				`","state":"selesai","step":"laporan","requester":{"email":"ani@batan.go.id"},"filed_by":{"email":""},"origin":"<1@x>","form":{"nip":"198502172010122003"},"urgent":false,"created":"2026-11-23T05:00:00Z","closed":"2026-11-24T05:00:00Z","visits":["laporan"],"entered":"2026-11-23T05:00:00Z","rungs":0,"notices":3,"entries":3}`)
		for seq, event := range []string{"registered", "advanced", "closed"} {
			oldEntry(t, raw, schema, number, seq+1, event)
		}
	}
	return raw
}

// oldEntry appends an entry as the program of a schema did.
func oldEntry(t testing.TB, raw *rawDB, schema int64, number string, seq int, event string) {
	t.Helper()
	var head string
	if err := raw.Get(&head, raw.Rebind(`SELECT head FROM requests WHERE number = ?`), number); err != nil {
		t.Fatal(err)
	}
	const at = "2026-11-23 05:00:00.123456+00:00"
	var hash string
	if schema < 3 {
		hash = sha256sum(head +
			fmt.Sprintf(`{"number":"%s","seq":%d,"at":"%s","event":"%s","by":"ani@batan.go.id","step":"permohonan","visit":1,"word":"SETUJU","note":"baik","message_id":"\u003c1@x\u003e","proof":"token"}`, number, seq, at, event))
		raw.exec(t, `INSERT INTO history (number, seq, at, event, author, step, visit, word, note, message_id, proof, hash)
			VALUES (?, ?, ?, ?, 'ani@batan.go.id', 'permohonan', 1, 'SETUJU', 'baik', '<1@x>', 'token', ?)`, number, seq, at, event, hash)
	} else {
		const personal = "48fef03d3cf53839f92fc9396bf0aa43a469be6ecf8689fc8da1b73d7a78335e"
		if sha256sum(`{"salt":"garam","by":"ani@batan.go.id","note":"baik","message_id":"\u003c1@x\u003e","proof":"token"}`) != personal {
			t.Fatal("the test's own digest is wrong")
		}
		hash = sha256sum(head +
			fmt.Sprintf(`{"number":"%s","seq":%d,"at":"%s","event":"%s","step":"permohonan","visit":1,"word":"SETUJU","rule":"form","mail":"","personal":"%s"}`, number, seq, at, event, personal))
		raw.exec(t, `INSERT INTO history (number, seq, at, event, author, step, visit, word, note, message_id, proof, rule, mail, salt, personal, hash)
			VALUES (?, ?, ?, ?, 'ani@batan.go.id', 'permohonan', 1, 'SETUJU', 'baik', '<1@x>', 'token', 'form', '', 'garam', ?, ?)`, number, seq, at, event, personal, hash)
	}
	raw.exec(t, `UPDATE requests SET entries = ?, head = ? WHERE number = ?`, seq, hash, number)
}

// The histories of every schema verify after the migration, are sealed by it,
// and stay so through a purge.
func TestEarlierSchemas(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		for schema := int64(1); schema < 7; schema++ {
			t.Run(fmt.Sprint(schema), func(t *testing.T) {
				b := b.another(t)
				raw, s := aged(t, b, schema), b.connect(t)
				if from, _, err := s.Migrate(t.Context()); from != schema || err != nil {
					t.Fatal(from, err)
				}
				if faults := audit(t, s, noon); len(faults) == 0 || !strings.Contains(faults[0], "never sealed") {
					t.Errorf("before it is sealed: %q", faults)
				}
				done := must(s.Seal(t.Context(), noon))(t)
				if done.Adopted != 2 || len(done.Refused) > 0 {
					t.Errorf("%+v", done)
				}
				for range 2 {
					if faults := audit(t, s, noon); len(faults) > 0 {
						t.Errorf("%q", faults)
					}
					if done := must(s.Seal(t.Context(), noon.Add(2*time.Hour)))(t); done.Adopted+done.Renewed+len(done.Refused) > 0 ||
						!done.Next.IsZero() {
						t.Errorf("again: %+v", done)
					}
				}
				goOn(t, b)
				if p := must(s.Purge(t.Context(), noon.AddDate(1, 0, 0), noon.AddDate(2, 0, 0), false))(t); len(p.Requests) != 2 {
					t.Errorf("%+v", p)
				}
				if faults := audit(t, s, noon.Add(2*time.Hour)); len(faults) > 0 {
					t.Errorf("purged: %q", faults)
				}
				b.disarm(t, raw)
				raw.exec(t, `UPDATE history SET event = 'returned' WHERE number = ? AND seq = 2`, tampered)
				if faults := audit(t, s, noon.Add(2*time.Hour)); len(faults) != 1 ||
					!strings.HasPrefix(faults[0], tampered+": history entry ") {
					t.Errorf("changed after the purge: %q", faults)
				}
			})
		}
	})
}

// An older daemon that runs on beside the new one writes without the key: for
// an hour that is taken into the record, by the clock and by whatever the new
// one saves. Later it is not, and the new one works on all the same.
func TestOlderDaemonBeside(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		raw, s := aged(t, b, 6), b.connect(t)
		if _, _, err := s.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		if done := must(s.Seal(t.Context(), noon))(t); done.Next.IsZero() {
			t.Error("it does not look again")
		}
		more := func(seq int) {
			oldEntry(t, raw, 6, tampered, seq, "reminder")
			oldEntry(t, raw, 6, "VC-2026-0002", seq, "reminder")
			if faults := audit(t, s, noon.Add(time.Minute)); !slices.ContainsFunc(faults,
				func(f string) bool { return strings.Contains(f, "without the key") }) {
				t.Errorf("audit itself takes it: %q", faults)
			}
		}
		save := func() {
			do(t, s, func(tx *store.Tx) error {
				r, err := tx.Request(tampered)
				if err != nil {
					return err
				}
				e := entry("advanced")
				e.Mail = ""
				return tx.Save(r, []workflow.Entry{e})
			})
		}
		more(4)
		raw.exec(t, `UPDATE counters SET last = 2`)
		raw.exec(t, `INSERT INTO delegations (id, until, number, body) SELECT 'd2', until, number, body FROM delegations`)
		save()
		if _, err := s.Verify(t.Context(), tampered); err != nil {
			t.Error("saved:", err)
		}
		if done := must(s.Seal(t.Context(), noon.Add(59*time.Minute)))(t); done.Adopted != 1 {
			t.Errorf("%+v", done)
		}
		if faults := audit(t, s, noon.Add(time.Hour)); len(faults) > 0 {
			t.Errorf("%q", faults)
		}
		if done := must(s.Seal(t.Context(), noon.Add(time.Hour)))(t); !done.Next.IsZero() || done.Adopted > 0 {
			t.Errorf("%+v", done)
		}
		oldEntry(t, raw, 6, tampered, 6, "reminder")
		save()
		must(s.Seal(t.Context(), noon.Add(time.Hour)))(t)
		faults := audit(t, s, noon.Add(time.Hour))
		if len(faults) != 2 || !strings.HasPrefix(faults[0], tampered+": history entry 6: it was written without the key") {
			t.Errorf("%q", faults)
		}
		if err := s.Adopt(t.Context(), tampered, "operator@x", "daemon lama belum dihentikan", noon); err != nil {
			t.Error(err)
		}
		if faults := audit(t, s, noon.Add(time.Hour)); len(faults) > 0 {
			t.Errorf("%q", faults)
		}
	})
}

// A database that began empty never takes anything.
func TestFreshDatabaseAdoptsNothing(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s, raw := b.open(t), b.raw(t)
		recorded(t, s)
		for _, q := range hashed(t, raw, appended("advanced", "ka@batan.go.id")) {
			raw.exec(t, q)
		}
		if done := must(s.Seal(t.Context(), noon))(t); done.Adopted > 0 || !done.Next.IsZero() {
			t.Errorf("%+v", done)
		}
		if faults := audit(t, s, noon); len(faults) == 0 {
			t.Error("it was taken")
		}
	})
}
