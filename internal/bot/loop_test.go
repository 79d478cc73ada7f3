package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/limits"
	"batan.go.id/layanan/internal/store"
)

// A loop needs two who answer; each of these has a partner that never tires.

// Another robot answers each of our mails with one of its own, numbered like a
// ticket, and shows by no header what it is.
func TestTwoRobotsAnswerEachOther(t *testing.T) {
	t.Parallel()
	s := newStory(t, "\n")
	ticket := func(m store.Mail) string {
		s.uid++
		return fmt.Sprintf("Terima kasih, surat Anda kami catat dengan tiket nomor %d dan segera ditangani.", s.uid)
	}
	s.pour(s.plain("helpdesk", "Tiket", "Tiket Anda nomor 1."))
	s.answers("helpdesk", ticket)
	s.expectSent(map[string]string{"helpdesk": "1 help"})

	s.pour(s.plain("ani", "Permohonan", request("ani", 1)))
	s.answers("ka", ticket) // the office's mailbox is a robot's
	s.expectSent(map[string]string{"ka": "1 task, 10 unrecognised", "operator": "1 dead-letter"})
	s.pass(6, func() { s.answers("ka", ticket) }) // it is answered anew only where the SOP writes to it
	s.expectSent(map[string]string{"ka": "2 reminder, 1 task, 30 unrecognised", "ani": "1 registered"})
	s.pass(24*7, func() { s.answers("ka", ticket); s.answers("helpdesk", ticket) })
	s.expectSent(map[string]string{"ka": "2 reminder, 1 task, 30 unrecognised", "helpdesk": "1 help"})
}

// A vacation note that no header and no phrase marks as one is the same in
// answer to everything.
func TestVacationNoteWithoutHeaders(t *testing.T) {
	t.Parallel()
	s := newStory(t, "\n")
	away := func(store.Mail) string { return "Surat Bapak/Ibu akan saya baca pekan depan.\n\nSalam,\nKa" }
	s.pour(s.plain("ani", "Permohonan", request("ani", 1)))
	s.answers("ka", away)
	s.expectSent(map[string]string{"ka": "1 task, 1 unrecognised"})
	s.pass(24*7, func() { s.answers("ka", away) })
	s.expectSent(map[string]string{"ka": "2 reminder, 1 task, 3 unrecognised"})
}

// The service is a member of a list: one that says so by its headers, one that
// does not, and one that puts itself into From and brings our answers back.
func TestServiceOnAMailingList(t *testing.T) {
	t.Parallel()
	s := newStory(t, "\n")
	for day := range 5 {
		for i := range 40 {
			member := fmt.Sprint("anggota", i%8)
			s.pour(s.plain(member, fmt.Sprint("[pengumuman] Edaran ", day, i),
				"List-Id: <pengumuman.batan.go.id>\nPrecedence: list\n\nMohon diperhatikan edaran berikut.\n"),
				strings.Replace(s.plain(member, fmt.Sprint("Edaran ", day, i), "Mohon diperhatikan edaran berikut."),
					"To: "+service, "To: semua@batan.go.id", 1),
				s.plain("milis", fmt.Sprint("Edaran ", day, i), fmt.Sprint("Mohon diperhatikan edaran nomor ", day, i)))
		}
		for _, m := range s.last["milis"] { // the list brings to its members what it is sent
			s.pour(string(m.Raw))
		}
		s.now = s.now.Add(24 * time.Hour)
	}
	s.expectSent(map[string]string{"anggota0": "5 help", "anggota7": "5 help", "milis": "5 help"}) // one a day
	if n := len(s.last[""]); n != 9*5 {
		t.Errorf("%d mails", n)
	}
}

// Reports that a mail did not arrive: again and again for the same one, for
// mails that are not ours, and for hundreds of ours.
func TestBounceStorm(t *testing.T) {
	onBoth(t, func(t *testing.T, s *story) {
		storm, requests := sized(10_000, 900), sized(300, 60)
		var forms []string
		for i := range requests {
			forms = append(forms, s.plain(fmt.Sprint("pegawai", i), "Permohonan", request("pegawai", i)))
		}
		s.pour(forms...)
		tasks := s.last["ka"]
		report := func(id string) string {
			return s.plain("MAILER-DAEMON@mx.batan.go.id", "Undelivered Mail Returned to Sender",
				"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"+
					"--b\n\nTidak sampai.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; "+
					"mx.batan.go.id\n\nFinal-Recipient: rfc822; ka@batan.go.id\nAction: failed\nStatus: 5.1.1\n"+
					"--b\nContent-Type: message/rfc822\n\nMessage-ID: <"+id+">\nFrom: "+service+
					"\nTo: ka@batan.go.id\nSubject: Tugas\n\nIsi\n--b--\n")
		}
		var reports []string
		for i := range storm {
			reports = append(reports,
				report([]string{tasks[0].MessageID, fmt.Sprint(i, "@lain"), tasks[i%len(tasks)].MessageID}[i%3]))
		}
		began := time.Now()
		s.pour(reports...)
		t.Logf("%d reports took %v", storm, time.Since(began))
		s.expectSent(map[string]string{"operator": "1 dead-letter, 10 undeliverable", "ka": fmt.Sprint(requests, " task"),
			"pegawai7": "1 registered"})
		told := 0
		for i := range requests {
			history, err := s.store.History(t.Context(), fmt.Sprintf("VC-2026-%04d", i+1))
			if err != nil {
				t.Fatal(err)
			}
			told += len(history) - 1
		}
		if want := 1 + requests/3; told != want { // each mail of ours that came back, once
			t.Errorf("the histories tell of %d mails that came back, want %d", told, want)
		}
	})
}

// Two programs hold an office and have filed requests: one asks in answer to
// every mail of ours, the other answers. Their mails grow slow, all of one hour
// together; what is between people goes at once meanwhile, and none is lost.
func TestTwoRobotsAskEachOther(t *testing.T) {
	onBoth(t, func(t *testing.T, s *story) {
		s.office.Limits = limits.Usual
		hours, most := sized(24, 5), 10
		says := func(what string) func(store.Mail) string {
			return func(store.Mail) string { s.uid++; return fmt.Sprint(what, " nomor ", s.uid, ".") }
		}
		chat := func() {
			for before := -1; before < len(s.last[""]); {
				before = len(s.last[""])
				s.answers("ka", says("TANYA Mohon jelaskan butir"))
				s.answers("ani", says("Penjelasan"))
			}
		}
		s.pour(s.plain("ani", "Permohonan", request("ani", 1)), s.plain("ani", "Permohonan", request("ani", 2)))
		moved := map[string]int{} // mails with a question, an answer or a receipt, by recipient
		count := func() map[string]int {
			n := map[string]int{}
			for _, who := range []string{"ka", "ani"} {
				for _, m := range s.last[who] {
					switch m.Kind {
					case "question", "answer", "receipt":
						n[who]++
					}
				}
			}
			return n
		}
		for hour := range hours {
			for range 6 {
				chat()
				s.now = s.now.Add(10 * time.Minute)
			}
			now := count()
			for who, n := range now {
				if n-moved[who] > most || hour > 0 && n-moved[who] < most/2 {
					t.Errorf("%s got %d mails in hour %d", who, n-moved[who], hour)
				}
			}
			moved = now
		}
		if all := len(s.last[""]); all > hours*2*(most+10) { // with the answers in which nothing moved
			t.Errorf("%d mails in %d hours", all, hours)
		}
		// of this, and of one that is answered ten times an hour
		s.expectSent(map[string]string{"operator": "2 dead-letter"})

		s.pour(s.plain("budi", "Permohonan", request("budi", 1)))
		s.reply("ka", "task", "TANYA Siapa pesertanya?")
		if got := s.sent("budi"); got != "1 question, 1 registered" {
			t.Errorf("budi got %s", got)
		}
		before := len(s.last["ka"])
		s.reply("budi", "question", "Para peneliti.")
		if got := s.last["ka"][before:]; len(got) != 1 || got[0].Kind != "answer" {
			t.Errorf("ka got %d mails for the answer", len(got))
		}
		s.reply("ka", "answer", "Setuju")
		if got := s.sent("kabid"); got != "1 task" {
			t.Errorf("kabid got %s", got)
		}

		for range 24 { // the robots are switched off
			s.now = s.now.Add(time.Hour)
			s.collect()
		}
		for _, lane := range []store.Lane{store.MainLane, store.AnswerLane} {
			if next, err := s.store.NextDue(t.Context(), lane); err != nil || !next.IsZero() {
				t.Errorf("mail is left in the outbox until %v (%v)", next, err)
			}
		}
	})
}
