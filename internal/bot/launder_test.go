package bot_test

import (
	"database/sql"
	"path/filepath"
	"testing"
)

// laundered is a story on a sealed record, and a way to write into its database
// behind the service's back.
func laundered(t *testing.T) (*story, func(query string, args ...any), func() []string) {
	path := filepath.Join(t.TempDir(), "story.db")
	s := storyOn(t, "\n", openStore(t, "sqlite", path), testOffice(t))
	if err := s.bot.Seal(t.Context()); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return s, func(query string, args ...any) {
			t.Helper()
			if r, err := db.Exec(query, args...); err != nil {
				t.Fatal(err)
			} else if n, _ := r.RowsAffected(); n == 0 {
				t.Fatalf("nothing is changed by %s", query)
			}
		}, func() []string {
			return s.audited(path, s.office.Identity.Keys[0])
		}
}

// What plain SQL wrote, and the service then acted on and sealed as its own,
// must not look sound once the writing is taken back.

func TestAnInventedDelegationEntitlesNobody(t *testing.T) {
	s, sql, audit := laundered(t)
	sql(`INSERT INTO delegations (id, until, number, body) VALUES ('x', NULL, '', '{"id":"x","role":"ka_ppiksn","by":{"email":"ka@batan.go.id"},"to":{"email":"jahat@batan.go.id"},"from":"2026-11-01T00:00:00Z","recorded":"2026-11-01T00:00:00Z"}')`)
	s.mail("ani", completeForm)
	s.collect()
	if len(s.last["jahat"]) > 0 {
		s.reply("jahat", "task", "Setuju.")
	}
	sql(`DELETE FROM delegations WHERE id = 'x'`)
	if r, err := s.store.Request(t.Context(), "VC-2026-0001"); err != nil ||
		r.Step != "persetujuan" && len(audit()) == 0 {
		t.Errorf("approved at %s, and the record is sound (%v)", r.Step, err)
	}
}

func TestAFormThatWaitsIsTheOneThatWasShown(t *testing.T) {
	s, sql, audit := laundered(t)
	s.mail("kasubbid", "Email: citra@batan.go.id\n"+completeForm)
	sql(`UPDATE forms SET event = replace(replace(event, 'Rapat anggaran', 'Pesta'), 'citra@', 'jahat@')`)
	s.reply("kasubbid", "confirm", "Ya.")
	r, err := s.store.Request(t.Context(), "VC-2026-0001")
	if err == nil && r.Form.Text("kegiatan") == "Pesta" && len(audit()) == 0 {
		t.Errorf("%s was filed for %s, and the record is sound", r.Form.Text("kegiatan"), r.Requester.Email)
	}
}
