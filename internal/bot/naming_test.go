package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

// two is an office with two requests that wait for ka, and what names them.
func two(t *testing.T) (*story, *strings.Replacer) {
	s := newStory(t, "\r\n")
	s.mail("ani", vc("Rapat anggaran"))
	s.mail("ani", vc("Seminar nasional"))
	code := func(who, kind string) string {
		_, token, _ := strings.Cut(strings.TrimSuffix(strings.Trim(s.token(who, kind), "<>"), "@batan.go.id"), "+")
		return token
	}
	a, b := code("ka", "task#1"), code("ka", "task")
	return s, strings.NewReplacer("{A}", a, "{B}", b, "{A upper}", strings.ToUpper(a), "{ani}",
		code("ani", "registered#1"),
		"{idA}", s.find("ka", "task#1").MessageID, "{idB}", s.find("ka", "task").MessageID, "{idAni}",
		s.find("ani", "registered#1").MessageID,
		"{no}", "vc-2026-0001-"+strings.Repeat("a", 20), "{noB}", "vc-2026-0002-"+strings.Repeat("z", 20), "{now}",
		s.now.Format(time.RFC1123Z),
		"{before}", s.now.Add(-time.Hour).Format(time.RFC1123Z), "{ahead}", s.now.Add(time.Hour).Format(time.RFC1123Z),
		"{plus no}", "layanan_batannet+vc-2026-0001-"+strings.Repeat("a", 20)+"@batan.go.id",
		"{plus A}", "layanan_batannet+"+a+"@batan.go.id", "{plus B}", "layanan_batannet+"+b+"@batan.go.id")
}

const (
	pass  = "Authentication-Results: mx.batan.go.id; dmarc=pass header.from=batan.go.id\n"
	ofKa  = "From: Kepala <ka@batan.go.id>\n"
	about = "Subject: Re: makan siang Jumat?\n"
	subjA = "Subject: Re: [VC-2026-0001] Mohon persetujuan\n"
	subjB = "Subject: Re: [VC-2026-0002] Mohon persetujuan\n"
	onA   = "disposisi persetujuan"
	onB   = "persetujuan disposisi"
	none  = "persetujuan persetujuan"
)

// TestWhatNamesARequest: only a token made for the sender, the number in the
// subject, or a mail that really went to the sender names a request; and
// without a live token an authenticated mail acts by its subject and date only.
func TestWhatNamesARequest(t *testing.T) {
	for _, c := range []struct{ name, head, body, steps, out string }{
		{"plus address", ofKa + "To: {plus A}\n", "", onA, ""},
		{"in Cc", ofKa + "To: x@batan.go.id\nCc: {plus A}\n", "", onA, ""},
		{"Delivered-To", ofKa + "Delivered-To: {plus A}\n", "", onA, ""},
		{"X-Original-To", ofKa + "X-Original-To: {plus A}\n", "", onA, ""},
		{"Message-ID that is answered", ofKa + "In-Reply-To: <{idA}>\n", "", onA, ""},
		{"References", ofKa + "References: <x@y> <{idA}>\n", "", onA, ""},
		{"code in the body", ofKa, "> Kode: {A}\n", onA, ""},
		{"code in capitals", ofKa, "> Kode: {A upper}\n", onA, ""},
		{"the address before the Message-ID", ofKa + "To: {plus A}\nIn-Reply-To: <{idB}>\n", "", onA, ""},
		{"the Message-ID before the body", ofKa + "In-Reply-To: <{idB}>\n", "> Kode: {A}\n", onB, ""},
		{"a token before the subject", ofKa + subjA + "To: {plus B}\n", "", onB, ""},
		{"an invented token does not hide a real one", ofKa + "To: {plus no}\nIn-Reply-To: <{idB}>\n", "", onB, ""},
		{"an invented one of another request beside it", ofKa + "To: {plus A}\nIn-Reply-To: <{noB}.1@batan.go.id>\n", "",
			onA, ""},
		{"two in one carrier name nothing: the next does", ofKa + "To: {plus A}, {plus B}\nIn-Reply-To: <{idB}>\n", "", onB,
			""},
		{"two in every carrier: the subject", ofKa + subjA + "To: {plus A}, {plus B}\nReferences: <{idA}> <{idB}>\n",
			"> {A} {B}\n", onA, ""},
		{"two in every carrier, nothing else", ofKa + about + "To: {plus A}, {plus B}\n", "", none, "help ka"},
		{"the token of another's mail", ofKa + about + "To: layanan_batannet+{ani}@batan.go.id\n", "", none, "help ka"},
		{"a Message-ID of another's mail", pass + ofKa + about + "In-Reply-To: <{idAni}>\nDate: {now}\n", "", none,
			"help ka"},

		{"lunch, resent with Delivered-To", pass + ofKa + about + "Delivered-To: {plus no}\nDate: {now}\n", "", none,
			"help ka"},
		{"lunch, with X-Original-To", pass + ofKa + about + "X-Original-To: {plus no}\nDate: {now}\n", "", none, "help ka"},
		{"lunch, with Envelope-To", pass + ofKa + about + "Envelope-To: {plus no}\nDate: {now}\n", "", none, "help ka"},
		{"lunch, to such an address", pass + ofKa + about + "To: {plus no}\nDate: {now}\n", "", none, "help ka"},
		{"lunch, with References", pass + ofKa + about + "References: <{no}.1@batan.go.id>\nDate: {now}\n", "", none,
			"help ka"},
		{"lunch, answered to a lured Message-ID", pass + ofKa + about +
			"In-Reply-To: <{no}.7@batan.go.id>\nReferences: <{no}.7@batan.go.id>\nDate: {now}\n", "> Pak, Jumat makan siang?\n",
			none, "help ka"},
		{"lunch, with a code in the quote", pass + ofKa + about + "Date: {now}\n", "> Kode: {no}\n", none, "help ka"},
		{"lunch, in a thread whose Message-ID has the number", pass + ofKa + about +
			"In-Reply-To: <vc-2026-0001.7@batan.go.id>\nDate: {now}\n", "", none, "help ka"},
		{"lunch, about a number without brackets", pass + ofKa + "Subject: VC-2026-0001 makan siang\nDate: {now}\n", "",
			none, "help ka"},

		{"authenticated, with the number", pass + ofKa + subjA + "Date: {now}\n", "", onA, ""},
		{"the same, an invented token of another beside it", pass + ofKa + subjA +
			"To: {plus no}\nIn-Reply-To: <{noB}.1@batan.go.id>\nDate: {now}\n", "", onA, ""},
		{"written before the request", pass + ofKa + subjA + "Date: {before}\n", "", none, "confirm ka"},
		{"dated ahead", pass + ofKa + subjA + "Date: {ahead}\n", "", none, "confirm ka"},
		{"without a date", pass + ofKa + subjA, "", none, "confirm ka"},
		{"with a date that is none", pass + ofKa + subjA + "Date: kemarin\n", "", none, "confirm ka"},
		{"with two dates", pass + ofKa + subjA + "Date: {now}\nDate: {before}\n", "", none, "confirm ka"},
		{"a number of no request", pass + ofKa + "Subject: [VC-2026-0099]\nDate: {now}\n", "", none, ""},
		{"nothing but the number", ofKa + subjA + "Date: {now}\n", "", none, "confirm ka"},

		{"failed, with a live token", "Authentication-Results: mx.batan.go.id; dmarc=fail\n" + ofKa + "To: {plus A}\n", "",
			none, "confirm ka"},
		{"SPF failed, with a live token", "Authentication-Results: mx.batan.go.id; spf=fail\n" + ofKa + "To: {plus A}\n", "",
			none, "confirm ka"},
		{"failed, with an invented token", "Authentication-Results: mx.batan.go.id; dmarc=fail\n" + ofKa + subjA +
			"To: {plus no}\n", "", none, ""},
		{"failed, with the number", "Authentication-Results: mx.batan.go.id; dmarc=fail\n" + ofKa + subjA, "", none, ""},
		{"failed, with a token of another's mail", "Authentication-Results: mx.batan.go.id; dmarc=fail\n" + ofKa + subjA +
			"To: layanan_batannet+{ani}@batan.go.id\n", "", none, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, fill := two(t)
			s.out()
			s.hand(fill.Replace(c.head) + "Message-ID: <it@mail>\nContent-Type: text/plain; charset=utf-8\n\nSetuju.\n\n" +
				fill.Replace(c.body))
			out := ""
			for line := range strings.Lines(string(s.out())) {
				if f := strings.Fields(line); f[0] == "confirm" || f[0] == "help" {
					out += f[0] + " " + f[1]
				}
			}
			if steps := s.step("VC-2026-0001") + " " + s.step("VC-2026-0002"); steps != c.steps || out != c.out {
				t.Errorf("the requests stand at %q, want %q; told: %q, want %q", steps, c.steps, out, c.out)
			}
		})
	}
}

// TestChangedMeanwhile: after UBAH, what was written before approves nothing,
// however well it is authenticated.
func TestChangedMeanwhile(t *testing.T) {
	for by, want := range map[time.Duration]string{-time.Hour: "persetujuan", -time.Second: "persetujuan", 0: "disposisi",
		3 * time.Second: "disposisi"} {
		s := newStory(t, "\n")
		s.mail("ani", vc("Rapat anggaran"))
		s.now = s.now.Add(2 * time.Hour)
		s.reply("ani", "registered", "UBAH\nPelaksanaan: Ruang Rapat Besar\n")
		s.hand(pass + ofKa + subjA + "Date: " + s.now.Add(by).Format(time.RFC1123Z) + "\nMessage-ID: <it@mail>\n\nSetuju.\n")
		if got := s.step("VC-2026-0001"); got != want {
			t.Errorf("dated %s after the change: %s", by, got)
		}
	}
}

// TestCompletingTakesProof: who only guesses a number changes nothing in
// somebody's form, waiting or not.
func TestCompletingTakesProof(t *testing.T) {
	const forged = "From: ani@batan.go.id\nDate: %s\n%sMessage-ID: <it@mail>\nContent-Type: text/plain; " +
		"charset=utf-8\n\n%s"
	half := strings.Replace(vc("Rapat anggaran"), "NIP: 19850217 201012 2 003\n", "", 1)
	for name, c := range map[string]struct{ form, head, body string }{
		"another name for the event":  {half, "Subject: [VC-2026-0001]\n", "Kegiatan: Rapat gelap\n"},
		"what is missing":             {half, "Subject: [VC-2026-0001]\n", "NIP: 19850217 201012 2 003\n"},
		"the whole form":              {half, "Subject: [VC-2026-0001]\n", vc("Rapat gelap")},
		"a form in a mail of its own": {half, "", vc("Rapat anggaran")},
		"with an invented token": {half,
			"To: layanan_batannet+vc-2026-0001-aaaaaaaaaaaaaaaaaaaa@batan.go.id\nSubject: [VC-2026-0001]\n",
			"Kegiatan: Rapat gelap\n"},
		"a change of what was registered": {vc("Rapat anggaran"), "Subject: [VC-2026-0001]\n",
			"UBAH\nKegiatan: Rapat gelap\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStory(t, "\r\n")
			s.mail("ani", c.form)
			was, err := s.store.Request(t.Context(), "VC-2026-0001")
			if err != nil {
				t.Fatal(err)
			}
			s.out()
			s.hand(fmt.Sprintf(forged, s.now.Format(time.RFC1123Z), c.head, c.body))
			r, err := s.store.Request(t.Context(), "VC-2026-0001")
			if err != nil || r.State != was.State || fmt.Sprint(r.Form) != fmt.Sprint(was.Form) {
				t.Errorf("the request is %s with %v, %v", r.State, r.Form, err)
			}
			if out := strings.Fields(string(s.out())); len(out) != 3 || out[0] != "confirm" || out[1] != "ani" {
				t.Errorf("told: %q", out)
			}
			s.reply("ani", "confirm", "Ya, benar.")
			if r, err = s.store.Request(t.Context(), "VC-2026-0001"); err != nil || fmt.Sprint(r.Form) == fmt.Sprint(was.Form) {
				t.Errorf("confirmed, and still %s with %v, %v", r.State, r.Form, err)
			}
		})
	}
}

// TestFiledForAnother: what a role holder seems to file for somebody else is
// filed when that is proven, for whom it may be; else nobody but the role
// holder hears of it.
func TestFiledForAnother(t *testing.T) {
	form := func(email string) string {
		return "Nama: Korban\nEmail: " + email +
			"\nNIP: 19850217 201012 2 003\nUnit Kerja: PSTNT\nKegiatan: Promo http://jahat.example\nTanggal: Senin, 14 " +
			"Desember 2026 pukul 09.00 WIB\n"
	}
	for _, c := range []struct{ name, head, from, email, out string }{
		{"forged", "", "kasubbid", "korban@batan.go.id", "confirm kasubbid"},
		{"forged, of nobody legible", "", "kasubbid", "korban di batan", "confirm kasubbid"},
		{"forged, for an outsider", "", "kasubbid", "korban@luar.example", "confirm kasubbid"},
		{"his own", "", "kasubbid", "kasubbid@batan.go.id", "task ka, registered kasubbid"},
		{"by nobody of the staff", "", "budi", "korban@batan.go.id", "task ka, registered budi"},
		{"authenticated", pass, "kasubbid", "korban@batan.go.id", "task ka, registered korban, receipt kasubbid"},
		{"for another role holder", pass, "kasubbid", "admin@batan.go.id", "task ka, registered admin, receipt kasubbid"},
		{"for an outsider", pass, "kasubbid", "korban@luar.example", "incomplete kasubbid"},
		{"for the service: nobody named", pass, "kasubbid", service, "task ka, registered kasubbid"},
		{"for an address of the service", pass, "kasubbid", "layanan_batannet+x@batan.go.id", "incomplete kasubbid"},
		{"for an operator", pass, "kasubbid", "operator@batan.go.id", "incomplete kasubbid"},
		{"for a list", pass, "kasubbid", "Semua@batan.go.id", "incomplete kasubbid"},
		{"our server says that it is forged", "Authentication-Results: mx.batan.go.id; dmarc=fail\n", "kasubbid",
			"korban@batan.go.id", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newStory(t, "\r\n")
			s.office.Never = []string{"semua@batan.go.id"}
			for i := range 3 {
				s.hand(fmt.Sprintf("%sFrom: %s@batan.go.id\nDate: %s\nSubject: Permohonan\nMessage-ID: <%d@mail>\nContent-Type: "+
					"text/plain; charset=utf-8\n\n%s", c.head, c.from, s.now.Format(time.RFC1123Z), i,
					strings.Replace(form(c.email), "Promo", fmt.Sprint("Promo ", i), 1)))
			}
			var out []string
			for line := range strings.Lines(string(s.out())) {
				f := strings.Fields(line)
				out = append(out, f[0]+" "+f[1])
			}
			want := c.out
			if c.out != "" {
				want = strings.Join([]string{c.out, c.out, c.out}, ", ")
			}
			if got := strings.Join(out, ", "); got != want {
				t.Errorf("told: %q, want %q", got, want)
			}
			_, err := s.store.Request(t.Context(), "VC-2026-0001")
			if filed := err == nil; filed != strings.Contains(c.out, "registered") && filed != strings.Contains(c.out,
				"incomplete") {
				t.Errorf("filed: %v", err)
			}
		})
	}
}

// TestManyFormsForOthers: eighty forgeries send their victim nothing, and the
// role holder ten mails an hour at most.
func TestManyFormsForOthers(t *testing.T) {
	s := newStory(t, "\n")
	for i := range 80 {
		s.mail("kasubbid", strings.Replace(vc(fmt.Sprint("Promo ", i)), "NIP",
			fmt.Sprintf("Email: korban%d@batan.go.id\nNIP", i), 1))
	}
	count := map[string]int{}
	for line := range strings.Lines(string(s.out())) {
		f := strings.Fields(line)
		count[f[0]+" "+f[1]]++
	}
	if count["confirm kasubbid"] != 10 || len(count) != 2 || count["dead-letter operator"] != 1 {
		t.Errorf("sent: %v", count)
	}
	all, err := s.store.Requests(t.Context(), store.Filter{})
	if err != nil || len(all) != 0 {
		t.Errorf("%d requests, %v", len(all), err)
	}
}

// TestReportCountsForItsMail: a delivery report is about the mail that it
// returns, or whose token it was sent to; a number and an address alone only
// make a note to the operators.
func TestReportCountsForItsMail(t *testing.T) {
	const report = "Return-Path: <>\nFrom: Mail Delivery System <MAILER-DAEMON@relay.example>\nTo: %s\nSubject: " +
		"Undelivered Mail Returned to Sender\nMessage-ID: <r@relay>\nMIME-Version: 1.0\n" +
		"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: " +
		"text/plain\n\nundelivered\n--b\nContent-Type: message/delivery-status\n\n" +
		"Reporting-MTA: dns; relay.example\n\nFinal-Recipient: rfc822; %s\nAction: failed\nStatus: " +
		"5.1.1\n\n--b\nContent-Type: text/rfc822-headers\n\n%sFrom: %[4]s\nTo: %[2]s\n\n--b--\n"
	for name, c := range map[string]struct {
		to, recipient, returned string
		counts                  bool
	}{
		"the mail's Message-ID": {service, "ka@batan.go.id",
			"Message-ID: <{idA}>\nSubject: [VC-2026-0001] x\n", true},
		"the same, for an alias": {service, "kepala@mail.batan.go.id", "Message-ID: <{idA}>\n", true},
		"its token's address":    {"{plus A}", "ka@batan.go.id", "Subject: [VC-2026-0001] x\n", true},
		"number and recipient":   {service, "ka@batan.go.id", "Subject: [VC-2026-0001] x\n", false},
		"an invented Message-ID": {service, "ka@batan.go.id",
			"Message-ID: <{no}.1@batan.go.id>\nSubject: [VC-2026-0001] x\n", false},
		"an invented token's address":         {"{plus no}", "ka@batan.go.id", "Subject: [VC-2026-0001] x\n", false},
		"the token of a mail to someone else": {"{plus A}", "kabid@batan.go.id", "Subject: [VC-2026-0001] x\n", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, fill := two(t)
			s.out()
			s.hand(fmt.Sprintf(report, fill.Replace(c.to), c.recipient, fill.Replace(c.returned), service))
			history, err := s.store.History(t.Context(), "VC-2026-0001")
			if err != nil {
				t.Fatal(err)
			}
			if counted := history[len(history)-1].Event == "undeliverable"; counted != c.counts {
				t.Errorf("counted: %v", counted)
			}
			if out := strings.Fields(string(s.out())); len(out) < 2 || out[1] != "operator" ||
				(out[0] == string(workflow.NoticeUndeliverable)) != c.counts {
				t.Errorf("told: %q", out)
			}
		})
	}
}

// TestForgeriesDropNoConfirm: however many write in somebody's name, what he
// was asked before can still be confirmed.
func TestForgeriesDropNoConfirm(t *testing.T) {
	s := newStory(t, "\n")
	s.mail("ani", vc("Rapat anggaran"))
	s.mail("ka", subjA+"\nSetuju.")
	s.out()
	for i := range 40 {
		s.mail("ka", fmt.Sprintf("%s\nTolak karena alasan ke-%d", subjA, i))
	}
	if n := strings.Count(string(s.out()), "confirm"); n != 9 {
		t.Errorf("asked %d times more", n)
	}
	s.reply("ka", "confirm#1", "Ya.")
	if step := s.step("VC-2026-0001"); step != "disposisi" {
		t.Errorf("the request stands at %s", step)
	}
}
