package bot_test

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"net/mail"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-message"

	"batan.go.id/layanan/internal/bot"
	"batan.go.id/layanan/mailparse/command"
	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

// The round trip: what we mail to people comes back as their answer, quoted in
// the ways that mail programs have. Only the word that they wrote may count.

var (
	wib    = time.FixedZone("WIB", 7*60*60)
	ani    = workflow.Person{Name: "Ani Lestari", Email: "ani@batan.go.id"}
	kepala = workflow.Person{Name: "Yusi Eko", Email: "yusi@batan.go.id"}
	kabid  = workflow.Person{Name: "Rakhmat Saleh", Email: "rakhmat@batan.go.id"}
	admin  = workflow.Person{Name: "Junaidi", Email: "junaidi@batan.go.id"}
)

// desk is an office with one request, and the mails that it sent last.
type desk struct {
	office *bot.Office
	mails  *notify.Renderer
	id     notify.Identity
	now    time.Time
	req    workflow.Request
	sent   []sentMail
}

type sentMail struct {
	notice                  workflow.Notice
	id, reply, subject      string
	text, page              string
	references, tokenOfMail string
}

func newDesk(t *testing.T, plus bool) *desk {
	t.Helper()
	hours, err := workflow.ParseHours(map[string]string{"mon-fri": "07:30-16:00"})
	if err != nil {
		t.Fatal(err)
	}
	calendar, err := workflow.NewCalendar(wib, hours, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := &workflow.Procedure{SOP: workflow.BuiltInSOP(), Calendar: calendar,
		Operators: []workflow.Person{{Email: "operator@batan.go.id"}},
		People: map[string][]workflow.Person{"ka_ppiksn": {kepala}, "kabid_pjkkd": {kabid},
			"kasubbid_pj": {{Name: "Suratman", Email: "suratman@batan.go.id"}}, "administrator": {admin}}}
	d := &desk{now: time.Date(2026, 11, 24, 9, 0, 0, 0, wib),
		id: notify.Identity{Name: "Layanan BATANnet", Address: "layanan_batannet@batan.go.id",
			PlusAddressing: plus, Domains: []string{"batan.go.id"}, Keys: notify.Keys{[]byte("a key for the tests")}}}
	if d.office, err = bot.NewOffice(p, d.id, ""); err != nil {
		t.Fatal(err)
	}
	if d.mails, err = notify.NewRenderer(d.id, p); err != nil {
		t.Fatal(err)
	}
	return d
}

// decide lets an event happen and renders what follows.
func (d *desk) decide(t *testing.T, ev workflow.Event) {
	t.Helper()
	d.now = d.now.Add(time.Minute)
	if ev.Kind == workflow.Filed {
		d.req = workflow.NewRequest("VC-2026-0001", d.now)
	}
	decision := d.office.Procedure.Decide(d.req, ev, d.now)
	d.req, d.sent = decision.Request, nil
	for _, n := range decision.Notices {
		d.render(t, d.req, n)
	}
}

func (d *desk) render(t *testing.T, r workflow.Request, n workflow.Notice) {
	t.Helper()
	mails, err := d.mails.Render(r, n, notify.Context{Now: d.now, ID: "0190"})
	if err != nil {
		t.Fatal(err)
	}
	m := opened(t, mails[0].Raw)
	m.notice, m.id, m.tokenOfMail = n, mails[0].MessageID, d.id.Keys.For(&r, n.Role, n.To.Email)
	d.sent = append(d.sent, m)
}

// opened reads a mail of ours as a mail program does.
func opened(t *testing.T, raw []byte) (m sentMail) {
	t.Helper()
	e, err := message.Read(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if m.subject, err = e.Header.Text("Subject"); err != nil {
		t.Fatal(err)
	}
	to, err := mail.ParseAddress(e.Header.Get("Reply-To"))
	if err != nil {
		t.Fatal(err)
	}
	m.reply, m.references = to.Address, e.Header.Get("References")
	parts := e.MultipartReader()
	for {
		p, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(p.Body)
		if err != nil {
			t.Fatal(err)
		}
		if kind, _, _ := p.Header.ContentType(); kind == "text/html" {
			m.page = string(body)
		} else {
			m.text = strings.ReplaceAll(string(body), "\r\n", "\n")
		}
	}
	return m
}

// walk visits the request at every step, with all mails that its answers bring.
func (d *desk) walk(t *testing.T, visit func(m sentMail)) {
	t.Helper()
	each := func() {
		for _, m := range d.sent {
			visit(m)
		}
	}
	form := workflow.Form{"nama": {Text: "Ani Lestari"}, "nip": {Text: "198502172010122003"},
		"unit_kerja": {Text: "PSTNT"}, "kegiatan": {Text: "Rapat koordinasi"}}
	d.decide(t, workflow.Event{Kind: workflow.Filed, By: ani, MessageID: "form@batan.go.id", Form: form})
	each()
	start := time.Date(2026, 12, 3, 9, 0, 0, 0, wib)
	d.decide(t, workflow.Event{Kind: workflow.Mailed, By: ani, Token: workflow.LiveToken,
		Form: workflow.Form{"tanggal": {Text: "3 Desember 2026", Date: true, Start: start, End: start}}})
	each()
	say := func(by workflow.Person, word, note string) {
		d.decide(t, workflow.Event{Kind: workflow.Mailed, By: by, Word: word, Note: note, Text: note,
			Token: workflow.LiveToken, Form: workflow.Form{"hasil": {Text: note}}})
		each()
	}
	say(kepala, "", "hmm")
	say(kepala, "BANTUAN", "")
	say(kepala, "TOLAK", "")
	say(kepala, "TANYA", "Setuju kalau jam 10?")
	say(ani, "", "Setuju.")
	say(kepala, "SETUJU", "Silakan.")
	d.req.Alarm = d.now
	say(kabid, "KEMBALIKAN", "karena kurang")
	say(kepala, "SETUJU", "")
	say(kabid, "DISPOSISI", "")
	say(workflow.Person{Name: "Suratman", Email: "suratman@batan.go.id"}, "INSTRUKSI", "")
	say(admin, "KENDALA", "kamera rusak")
	say(admin, "SIAP", "Perangkat siap digunakan.")
	say(admin, "LAPORAN", "Berjalan lancar")
	for _, n := range []workflow.Notice{{Kind: workflow.NoticeHelp, To: ani},
		{Kind: workflow.NoticeNotAuthorised, To: ani}} {
		d.sent = nil
		d.render(t, workflow.Request{}, n)
		each()
	}
}

// answer is the mail that comes back.
func answer(m sentMail, to, subject, mime, body string) []byte {
	return fmt.Appendf(nil,
		"From: %s <%s>\r\nTo: %s\r\nSubject: %s\r\nDate: Tue, 24 Nov 2026 10:00:00 +0700\r\nMessage-ID: "+
			"<answer@phone.example>\r\n"+
			"In-Reply-To: <%s>\r\nReferences: %s <%s>\r\nMIME-Version: 1.0\r\nContent-Type: %s\r\n\r\n%s",
		m.notice.To.Name, m.notice.To.Email, to, subject, m.id, m.references, m.id, mime,
		strings.ReplaceAll(body, "\n", "\r\n"))
}

const (
	plainText = "text/plain; charset=utf-8"
	htmlText  = "text/html; charset=utf-8"
)

var hrefs = regexp.MustCompile(`href="(mailto:[^"]*)"`)

// TestLinksComeBack: a tap on a link, and Send, says exactly its word, with the
// token that is live. A link opens a new mail, without a thread.
func TestLinksComeBack(t *testing.T) {
	for _, plus := range []bool{true, false} {
		d, links := newDesk(t, plus), 0
		d.walk(t, func(m sentMail) {
			if m.notice.To.Email == "operator@batan.go.id" {
				return
			}
			for _, href := range hrefs.FindAllStringSubmatch(m.page, -1) {
				u, err := url.Parse(html.UnescapeString(href[1]))
				if err != nil {
					t.Fatal(err)
				}
				body := u.Query().Get("body")
				word := strings.Fields(body)[0]
				if strings.HasSuffix(word, ":") {
					continue // a form to fill in
				}
				m.id, m.references = "elsewhere@phone.example", ""
				p := d.office.Interpret(answer(m, u.Opaque, u.Query().Get("subject"), plainText, body))
				links++
				where := fmt.Sprintf("%s to %s, %q", m.notice.Kind, m.notice.To.Email, body)
				if p.Event.Doubt.Code == string(command.NoResult) {
					continue // a report is still to be written behind its word
				}
				if p.Purpose != bot.Follow || p.Number != d.req.Number || p.Event.Word != word || p.Event.Doubt.Code != "" {
					t.Errorf("%s: %s of %q, word %q, doubt %q", where, p.Purpose, p.Number, p.Event.Word, p.Event.Doubt)
				}
				if state := d.id.Keys.State(texts(p.Message.Tokens), &d.req, m.notice.To.Email); state != workflow.LiveToken {
					t.Errorf("%s: token %q", where, state)
				}
				if strings.Contains(strings.ToLower(p.Event.Note), m.tokenOfMail) {
					t.Errorf("%s: the note holds the token: %q", where, p.Event.Note)
				}
			}
		})
		if links < 40 {
			t.Errorf("only %d links", links)
		}
	}
}
