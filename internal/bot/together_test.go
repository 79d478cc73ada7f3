package bot_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sync/errgroup"

	"batan.go.id/layanan/internal/lab"
	"batan.go.id/layanan/internal/mailbox"
)

// TestTwoAnswersAtOnce: two of a team answer in the same instant, and two
// daemons read the answers at once (on SQLite, which serves one daemon, two
// readers do). One answer counts; the other is told how things stand.
func TestTwoAnswersAtOnce(t *testing.T) {
	t.Parallel()
	for _, driver := range []string{"sqlite", "postgres"} {
		t.Run(driver, func(t *testing.T) {
			t.Parallel()
			dsn := filepath.Join(t.TempDir(), "two.db")
			if driver == "postgres" {
				dsn = lab.PostgreSQL(t).Database(t)
			}
			st, office := openStore(t, driver, dsn), testOffice(t)
			second := st
			if st.Shared() {
				second = openStore(t, driver, dsn)
			}
			s := storyOn(t, "\n", st, office)
			readers := []mailbox.Handler{s.in, s.daemon(second, office).Inbox()}
			for i := range 8 {
				number := fmt.Sprintf("VC-2026-%04d", i+1)
				s.prepared(i)
				messages := []mailbox.Message{s.message(s.answer("admin", "task", "Siap")),
					s.message(s.answer("admin2", "task", "Kendala: kamera rusak\n"))}
				if i%2 == 0 {
					messages[1] = s.message(s.answer("admin2", "task", "Siap"))
				}
				var g errgroup.Group
				for j, in := range readers {
					g.Go(func() error { _, err := in.Handle(t.Context(), messages[j:j+1]); return err })
				}
				if err := g.Wait(); err != nil {
					t.Fatal(err)
				}
				if i%2 == 0 {
					s.oneWon(number)
				}
				s.stands(number, "laporan")
			}
		})
	}
}

// prepared is a request on which the team must act.
func (s *story) prepared(i int) {
	s.mail("ani", fmt.Sprintf("Nama: Ani\nNIP: 19850217 201012 2 003\nUnit Kerja: PSTNT\nKegiatan: Rapat %d\nTanggal: "+
		"Senin, 14 Desember 2026 pukul 09.00 WIB\n", i))
	for _, turn := range [][2]string{{"ka", "Setuju"}, {"kabid", "Disposisi"}, {"kasubbid", "Instruksi"}} {
		s.reply(turn[0], "task", turn[1])
	}
}

func (s *story) stands(number, step string) {
	r, err := s.store.Request(s.t.Context(), number)
	if err != nil || r.Step != step {
		s.t.Errorf("%s stands at %s, want %s (%v)", number, r.Step, step, err)
	}
	if _, err := s.store.Verify(s.t.Context(), number); err != nil {
		s.t.Error(err)
	}
}

// oneWon checks that of the two administrators one advanced the request and got
// a receipt, and the other got a status.
func (s *story) oneWon(number string) {
	history, err := s.store.History(s.t.Context(), number)
	if err != nil {
		s.t.Fatal(err)
	}
	var winner []string
	for _, h := range history {
		if h.Event == "advanced" && h.Step == "persiapan" {
			winner = append(winner, h.By)
		}
	}
	mails, err := s.store.Mails(s.t.Context(), number)
	if err != nil {
		s.t.Fatal(err)
	}
	var got []string
	for _, m := range mails {
		if strings.HasPrefix(m.Recipient, "admin") && (m.Kind == "receipt" || m.Kind == "status") {
			got = append(got, m.Kind+" "+m.Recipient)
		}
	}
	slices.Sort(got)
	loser := map[string]string{"admin@batan.go.id": "admin2@batan.go.id", "admin2@batan.go.id": "admin@batan.go.id"}
	if len(winner) != 1 || !slices.Equal(got, []string{"receipt " + winner[0], "status " + loser[winner[0]]}) {
		s.t.Errorf("%s: %v advanced it, mails are %v", number, winner, got)
	}
}
