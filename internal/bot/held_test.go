package bot_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/lab"
	"batan.go.id/layanan/internal/store"
)

// heldStory is a story in which the head's approval waits since nine o'clock.
func heldStory(t *testing.T, driver, dsn string) *story {
	s := newStoryOn(t, "\n", driver, dsn)
	if err := s.bot.Seal(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.mail("ani", "Nama: Ani Lestari\nNIP: 19850217 201012 2 003\nUnit Kerja: PSTNT\nKegiatan: Rapat anggaran\n"+
		"Tanggal: Senin, 14 Desember 2026 pukul 09.00 WIB\n")
	s.reply("ka", "task", "Setuju, pakai zblorg ya.\n")
	return s
}

// TestHeldOutlivesTheDaemon: what waits is in the request and its alarm; whoever keeps the clock then carries it out,
// on both databases, and the record is whole at every time.
func TestHeldOutlivesTheDaemon(t *testing.T) {
	t.Parallel()
	for _, driver := range []string{"sqlite", "postgres"} {
		t.Run(driver, func(t *testing.T) {
			t.Parallel()
			dsn := filepath.Join(t.TempDir(), "held.db")
			if driver == "postgres" {
				dsn = lab.PostgreSQL(t).Database(t)
			}
			s := heldStory(t, driver, dsn)
			until := s.now.Add(10 * time.Minute)
			if at, err := s.store.NextAlarm(t.Context()); err != nil || !at.Equal(until) {
				t.Fatalf("the alarm is at %s (%v), want %s", at, err, until)
			}
			s.bot = s.daemon(s.store, s.office) // knows nothing of the first
			s.play("wait 9m", nil)
			s.expectHeld("persetujuan", 1)
			s.play("wait 1m", nil)
			s.expectHeld("disposisi", 0)
		})
	}
}

// expectHeld checks where the one request stands, how many answers wait, and that the record is whole.
func (s *story) expectHeld(step string, n int) {
	s.t.Helper()
	r, err := s.store.Request(s.t.Context(), "VC-2026-0001")
	if err != nil || r.Step != step || len(r.Held) != n {
		s.t.Fatalf("it stands at %s, and %+v waits: %v", r.Step, r.Held, err)
	}
	if _, err := s.store.Audit(s.t.Context(), s.now, func(b *store.Broken) { s.t.Error(b) }); err != nil {
		s.t.Fatal(err)
	}
}

// TestHeldIsTheSendersAlone: the receipt goes to the registered address, shows how the answer was read, with its note,
// and until when it can be taken back; nobody else hears of it.
func TestHeldIsTheSendersAlone(t *testing.T) {
	t.Parallel()
	s := heldStory(t, "sqlite", filepath.Join(t.TempDir(), "held.db"))
	said := strings.ReplaceAll(s.says(s.find("ka", "receipt")), "\u00a0", " ")
	for _, want := range []string{"SETUJU dengan catatan “pakai zblorg ya”", "pukul 09.10 WIB", "yaitu “zblorg”",
		"kata TARIK"} {
		if !strings.Contains(said, want) {
			t.Errorf("the receipt lacks %q:\n%s", want, said)
		}
	}
	if got := s.kinds(); got != "task ka, registered ani, receipt ka" {
		t.Errorf("sent: %s", got)
	}
}

// TestForeseesWhatWaits: explain says that an answer would be held, or asked back where the office would rather; what
// moves nothing never waits.
func TestForeseesWhatWaits(t *testing.T) {
	t.Parallel()
	for said, want := range map[string][2]string{
		"Setuju, pakai zblorg ya.": {"hold SETUJU", "ask back whether it was meant as SETUJU"},
		"Setuju, asal kosong.":     {"ask back whether it was meant as SETUJU", "ask back whether it was meant as SETUJU"},
		"Tanya, zblorg itu apa":    {"carry out TANYA", "carry out TANYA"},
	} {
		o := testOffice(t)
		for i, clock := range []time.Duration{10 * time.Minute, 0} {
			sop := *o.Procedure.SOP
			sop.Hold.Clock, o.Procedure.SOP = clock, &sop
			p := o.Interpret([]byte("From: ka@batan.go.id\nTo: " + service + "\nSubject: Re: [VC-2026-0001] x\n" +
				"Message-ID: <a@b>\n\n" + said + "\n"))
			if got := strings.Join(o.Foresee(p, time.Now()), "\n"); !strings.Contains(got, "\n"+want[i]) {
				t.Errorf("%q, held for %s: %s", said, clock, got)
			}
		}
	}
}
