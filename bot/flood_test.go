package bot_test

import (
	"flag"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/bot"
	"batan.go.id/layanan/mailbox"
	"batan.go.id/layanan/store"
)

// What others can make us send: simulations in which the mail that goes out is
// counted. A loop needs two who answer; each of these has a partner that never
// tires.

var floodSize = flag.Int("flood", 3_000, "requests of one sender in the flood; 50000 is the size of the promise")

// pour hands mails to the bot as the mailbox does, a batch at a time.
func (s *story) pour(mails ...string) {
	s.t.Helper()
	for len(mails) > 0 {
		n := min(len(mails), 100)
		var batch []mailbox.Message
		for _, m := range mails[:n] {
			s.uid++
			raw := []byte(m)
			batch = append(batch, mailbox.Message{ID: mailbox.ID{Mailbox: "INBOX", UIDValidity: 1, UID: s.uid}, Raw: raw, Size: int64(len(raw)), Received: s.now})
		}
		if _, err := s.in.Handle(s.t.Context(), batch); err != nil {
			s.t.Fatal(err)
		}
		mails = mails[n:]
		s.collect()
	}
}

// plain is a mail with nothing special about it; its subject and text are the
// rest, with more headers in between where there are any.
func (s *story) plain(from, subject, rest string) string {
	s.uid++
	if !strings.Contains(from, "@") {
		from += "@batan.go.id"
	}
	if name, _, _ := strings.Cut(rest, ":"); !slices.Contains([]string{"In-Reply-To", "List-Id", "Content-Type", "Authentication-Results"}, name) {
		rest = "\n" + rest
	}
	return fmt.Sprintf("From: %s\nTo: %s\nSubject: %s\nDate: %s\nMessage-ID: <%d.s@mail>\n%s", from, service, subject, s.now.Format(time.RFC1123Z), s.uid, rest)
}

func request(who string, n int) string {
	return fmt.Sprintf("Nama: %s\nNIP: 19850217 201012 2 003\nUnit Kerja: PSTNT\nKegiatan: Rapat %s %d\nTanggal: Senin, 14 Desember 2026 pukul 09.00 WIB\n", strings.ToUpper(who[:1])+who[1:], who, n)
}

// sent counts the mails to somebody by their kind: "12 task, 3 registered".
func (s *story) sent(who string) string {
	s.collect()
	n := map[string]int{}
	var kinds []string
	for _, m := range s.last[who] {
		if n[m.Kind]++; n[m.Kind] == 1 {
			kinds = append(kinds, m.Kind)
		}
	}
	slices.Sort(kinds)
	for i, k := range kinds {
		kinds[i] = fmt.Sprint(n[k], " ", k)
	}
	return strings.Join(kinds, ", ")
}

func (s *story) expectSent(want map[string]string) {
	s.t.Helper()
	for who, mails := range want {
		if got := s.sent(who); got != mails {
			s.t.Errorf("%s got %q, want %q", who, got, mails)
		}
	}
}

// pass lets time go by, an hour at a time; somebody may act in each.
func (s *story) pass(hours int, act func()) {
	for range hours {
		s.play("wait 1h", nil)
		act()
	}
}

// answers lets somebody answer every mail that came since the last call, with
// what says.
func (s *story) answers(who string, says func(store.Mail) string) {
	s.t.Helper()
	for rounds := 0; ; rounds++ {
		s.collect()
		fresh := s.last[who][s.answered[who]:]
		if len(fresh) == 0 {
			return
		}
		if rounds > 100 {
			s.t.Fatalf("%s and the service answer each other without end", who)
		}
		s.answered[who] = len(s.last[who])
		for _, m := range fresh {
			o := opened(s.t, m.Raw)
			s.pour(strings.Replace(s.plain(who, "Re: "+o.subject, fmt.Sprintf("In-Reply-To: <%s>\n\n%s\n", m.MessageID, says(m))), "To: "+service, "To: "+o.reply, 1))
		}
	}
}

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
			s.pour(s.plain(member, fmt.Sprint("[pengumuman] Edaran ", day, i), "List-Id: <pengumuman.batan.go.id>\nPrecedence: list\n\nMohon diperhatikan edaran berikut.\n"),
				strings.Replace(s.plain(member, fmt.Sprint("Edaran ", day, i), "Mohon diperhatikan edaran berikut."), "To: "+service, "To: semua@batan.go.id", 1),
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
	t.Parallel()
	const storm, requests = 10_000, 300
	s := newStory(t, "\n")
	var forms []string
	for i := range requests {
		forms = append(forms, s.plain(fmt.Sprint("pegawai", i), "Permohonan", request("pegawai", i)))
	}
	s.pour(forms...)
	tasks := s.last["ka"]
	report := func(id string) string {
		return s.plain("MAILER-DAEMON@mx.batan.go.id", "Undelivered Mail Returned to Sender", "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"+
			"--b\n\nTidak sampai.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.batan.go.id\n\nFinal-Recipient: rfc822; ka@batan.go.id\nAction: failed\nStatus: 5.1.1\n"+
			"--b\nContent-Type: message/rfc822\n\nMessage-ID: <"+id+">\nFrom: "+service+"\nTo: ka@batan.go.id\nSubject: Tugas\n\nIsi\n--b--\n")
	}
	var reports []string
	for i := range storm {
		reports = append(reports, report([]string{tasks[0].MessageID, fmt.Sprint(i, "@lain"), tasks[i%len(tasks)].MessageID}[i%3]))
	}
	began := time.Now()
	s.pour(reports...)
	t.Logf("%d reports took %v", storm, time.Since(began))
	s.expectSent(map[string]string{"operator": "1 dead-letter, 10 undeliverable", "ka": fmt.Sprint(requests, " task"), "pegawai7": "1 registered"})
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
}

// One sender files without end, others file in between and are served in the
// batch that their mail comes in.
func TestFloodOfRequests(t *testing.T) {
	t.Parallel()
	s := newStory(t, "\n")
	limit, honest := bot.DefaultLimits.MailsPerSender, 0
	const every = 500
	began := time.Now()
	for first := 0; first < *floodSize; first += every {
		var mails []string
		for i := range every {
			mails = append(mails, s.plain("ani", "Permohonan", request("ani", first+i)))
		}
		honest++
		mails[every/2] = s.plain(fmt.Sprint("budi", honest), "Permohonan", request("budi", honest))
		s.pour(mails...)
		s.expectSent(map[string]string{fmt.Sprint("budi", honest): "1 registered"})
		if task := s.last["ka"]; len(task) != min(first+every, limit+honest) {
			t.Fatalf("%d tasks after %d mails", len(task), first+every)
		}
	}
	t.Logf("%d mails took %v", *floodSize, time.Since(began))
	s.expectSent(map[string]string{"ani": fmt.Sprintf("%d registered, 1 status", limit), "operator": "1 dead-letter", "ka": fmt.Sprintf("%d task", limit+honest)})
	s.expectDead(map[string]int{"flood": *floodSize - honest - limit})

	s.now = s.now.Add(time.Hour + time.Second) // the flood is over
	s.pour(s.plain("ani", "Permohonan", request("ani", -1)))
	if got := s.find("ani", "registered"); !strings.HasSuffix(got.Number, fmt.Sprintf("%04d", limit+honest+1)) {
		t.Errorf("the honest request after the flood is %s", got.Number)
	}
}

// A flood in somebody's name does not hold up what is proven to be that
// person's.
func TestFloodInAnothersName(t *testing.T) {
	t.Parallel()
	s := newStory(t, "\n")
	var forged []string
	for i := range bot.DefaultLimits.MailsPerSender + 5 {
		forged = append(forged, s.plain("ani", "Permohonan", request("ani", i)))
	}
	s.pour(forged...)
	s.expectDead(map[string]int{"flood": 5})
	s.pour(s.plain("ani", "Permohonan", "Authentication-Results: mx.batan.go.id; dmarc=pass\n\n"+request("ani", 1000)))
	s.expectDead(map[string]int{"flood": 5})
	s.answered["ka"] = len(s.last["ka"]) - 1
	s.answers("ka", func(store.Mail) string { return "Setuju" })
	if got := s.sent("kabid"); got != "1 task" {
		t.Errorf("kabid got %q", got)
	}
}

func (s *story) expectDead(want map[string]int) {
	s.t.Helper()
	all, err := s.store.DeadLetters(s.t.Context(), store.DeadFilter{})
	if err != nil {
		s.t.Fatal(err)
	}
	got := map[string]int{}
	for _, d := range all {
		got[d.Reason]++
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		s.t.Errorf("dead letters: %v, want %v", got, want)
	}
}

// Many addresses, each within its limits, would have us answer without end.
func TestFuse(t *testing.T) {
	t.Parallel()
	s := newStory(t, "\n")
	n := 0
	crowd := func(size int) {
		for range size {
			n++
			s.pour(s.plain(fmt.Sprint("orang", n), "Halo", "Selamat pagi, apa kabar?"))
		}
	}
	helped := func() (total int) {
		for _, m := range s.last[""] {
			if m.Kind == "help" {
				total++
			}
		}
		return total
	}
	state := func() bot.Fuse {
		f, err := bot.ReadFuse(t.Context(), s.store, testOffice(t), s.now)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	limit := bot.DefaultLimits.AnswersPerHour
	crowd(limit)
	if f := state(); f.Blown || f.Answers != limit || f.Limit != limit {
		t.Errorf("%+v after %d answers", f, limit)
	}
	crowd(100)
	if f := state(); !f.Blown || !f.Until.Equal(s.now.Add(time.Hour)) {
		t.Errorf("%+v", f)
	}
	s.pour(s.plain("ani", "Permohonan", request("ani", 1))) // work goes on
	s.expectSent(map[string]string{"ani": "1 registered", "ka": "1 task", "operator": "1 dead-letter"})
	s.expectDead(map[string]int{"no-form": 100}) // nothing is lost
	if helped() != limit {
		t.Errorf("%d answers, want %d", helped(), limit)
	}

	s.now = s.now.Add(time.Hour + time.Second)
	crowd(10)
	if f := state(); f.Blown || f.Answers != 10 || helped() != limit+10 {
		t.Errorf("%+v and %d answers after an hour", f, helped())
	}
	crowd(limit)
	if f := state(); !f.Blown || helped() != 2*limit {
		t.Errorf("%+v and %d answers", f, helped())
	}
	if err := bot.ResetFuse(t.Context(), s.store, s.now); err != nil {
		t.Fatal(err)
	}
	s.now = s.now.Add(time.Second)
	crowd(5)
	if f := state(); f.Blown || helped() != 2*limit+5 {
		t.Errorf("%+v and %d answers after the reset", f, helped())
	}
}

// What the operators read of dead letters, day after day.
func TestDeadLettersAreToldOfDaily(t *testing.T) {
	t.Parallel()
	s := newStory(t, "\n") // a Monday, 09.00
	lead := func() string {
		text := opened(t, s.find("operator", "dead-letter").Raw).text
		return strings.ReplaceAll(regexp.MustCompile(`(?s)^.*?\n\n(.*?)\n\n.*$`).ReplaceAllString(text, "$1"), "\u00a0", " ")
	}
	s.pour(s.plain("orang@example.com", "Promo", "Beli sekarang"))
	s.expectSent(map[string]string{"operator": ""}) // it can wait
	for i := range 50 {
		s.pour(s.plain("budi", fmt.Sprint("[VC-2026-0999] ", i), "Setuju"))
	}
	s.expectSent(map[string]string{"operator": "1 dead-letter"})
	if want := "Mohon periksa 2 surat yang tidak dapat diproses dengan perintah “layanan dead-letters list”: 1 tentang permohonan yang tidak ada, 1 dari pengirim di luar kantor. Yang terbaru berasal dari budi@batan.go.id dengan perihal “[VC-2026-0999] 0”."; lead() != want {
		t.Errorf("%s", lead())
	}
	for day, want := range []string{"1 dead-letter", "2 dead-letter", "3 dead-letter", "4 dead-letter", "5 dead-letter", "5 dead-letter", "5 dead-letter", "6 dead-letter"} {
		s.expectSent(map[string]string{"operator": want})
		s.pass(24, func() {})
		if t.Failed() {
			t.Fatalf("on day %d", day)
		}
	}
	if want := "Mohon periksa 51 surat yang tidak dapat diproses dengan perintah “layanan dead-letters list”: 50 tentang permohonan yang tidak ada, 1 dari pengirim di luar kantor."; lead() != want {
		t.Errorf("%s", lead())
	}
	all, err := s.store.DeadLetters(t.Context(), store.DeadFilter{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.store.InTx(t.Context(), func(tx *store.Tx) error {
		for _, d := range all {
			if err := tx.Settle(d.ID, "discarded", "uji"); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	before := s.sent("operator")
	s.pass(24*7, func() {})
	s.expectSent(map[string]string{"operator": before})
}
