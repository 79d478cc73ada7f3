package bot_test

import (
	"database/sql"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/mailparse"
	"batan.go.id/layanan/notify"
)

// audited is what is wrong with the record, for somebody with these keys.
func (s *story) audited(path string, keys ...[]byte) (faults []string) {
	s.t.Helper()
	st := openStore(s.t, "sqlite", path)
	st.UseKeys(keys...)
	if _, err := st.Audit(s.t.Context(), s.now,
		func(b *store.Broken) { faults = append(faults, b.Error()) }); err != nil {
		s.t.Fatal(err)
	}
	return faults
}

// A request's whole way is sound to an auditor, also over a change of the key
// that SIGHUP brings: the old one is needed no longer.
func TestTheWholeRecordIsSound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "story.db")
	s := storyOn(t, "\r\n", openStore(t, "sqlite", path), testOffice(t))
	seal := func() {
		t.Helper()
		if err := s.bot.Seal(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	seal()
	s.mail("ani", "Nama: Ani Lestari\nUnit Kerja: PSTNT\nKegiatan: Rapat anggaran\nTanggal: 14 Desember 2026 pukul "+
		"09.00\n")
	s.reply("ani", "incomplete", "NIP: 198502172010122003")
	s.reply("ka", "task", "TANYA Berapa peserta?")
	s.reply("ani", "", "Dua puluh orang.")
	s.reply("ani", "registered", "UBAH\n\nKegiatan: Rapat pagu anggaran")
	s.reply("ka", "task", "TOLAK karena ruangan terpakai.")
	s.mail("ani", completeForm)
	history, err := s.store.History(t.Context(), "VC-2026-0001")
	if err != nil {
		t.Fatal(err)
	}
	var events []string
	for _, h := range history {
		events = append(events, h.Event)
	}
	if got := strings.Join(events, " "); got != "incomplete registered asked answered changed rejected" {
		t.Fatal(got)
	}
	old := s.office.Identity.Keys[0]
	if faults := s.audited(path, old); len(faults) > 0 {
		t.Errorf("%q", faults)
	}
	o := testOffice(t)
	o.Identity.Keys = notify.Keys{[]byte("a new key for tests, 32 bytes..."), old}
	s.bot.Use(o)
	seal()
	s.mail("ani", strings.Replace(completeForm, "anggaran", "berkala", 1))
	if faults := s.audited(path, o.Identity.Keys[0]); len(faults) > 0 {
		t.Errorf("without the old key: %q", faults)
	}
}

// The operators hear of it when the record is taken as it is: at an upgrade, and
// when somebody has made the database look like an old one.
func TestOperatorsHearOfAnAdoption(t *testing.T) {
	path := filepath.Join(t.TempDir(), "story.db")
	s := storyOn(t, "\n", openStore(t, "sqlite", path), testOffice(t))
	told := func() bool {
		s.collect()
		return slices.ContainsFunc(s.last["operator"], func(m store.Mail) bool {
			return strings.Contains(mailparse.Parse(m.Raw, mailparse.NewGrammar(mailparse.Grammar{Location: jakarta})).Text,
				"disegel dengan kunci layanan")
		})
	}
	if err := s.bot.Seal(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.mail("ani", completeForm)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, query := range []string{"DROP TRIGGER history_update", "DELETE FROM facts", "UPDATE requests SET seal = ''",
		"UPDATE counters SET seal = ''", "UPDATE history SET seal = ''"} {
		if _, err := db.Exec(query); err != nil {
			t.Fatal(err)
		}
		if told() {
			t.Errorf("too early: %s", query)
		}
	}
	if err := s.bot.Seal(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !told() {
		t.Error("nobody heard of it")
	}
	s.last["operator"] = nil
	for range 3 {
		s.now = s.now.Add(30 * time.Minute)
		if err := s.bot.Seal(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if told() {
		t.Error("they hear of it again")
	}
}
