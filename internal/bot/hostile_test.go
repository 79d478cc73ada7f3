package bot_test

import (
	"bytes"
	"encoding/base64"
	"net/mail"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"batan.go.id/layanan/internal/store"
)

// attacks are texts that try to be more than text, each where a mail of ours
// could take it for something of its own.
var attacks = map[string]string{
	"a header":                "Rapat\r\nBcc: evil@example.org\r\nX-Evil: 1",
	"a header, by returns":    "Rapat\rBcc: evil@example.org\rX-Evil: 1",
	"a header, by Unicode":    "Rapat\u2028Bcc: evil@example.org\u0085X-Evil: 1\vX-Evil: 2",
	"a header, encoded":       "Rapat =?utf-8?q?=0D=0ABcc:_evil@example.org?=",
	"a body":                  "Rapat\r\n\r\n<h1>Disetujui</h1>",
	"a recipient":             `Rapat" <evil@example.org>, "x`,
	"an element":              `Rapat</td></table><script>alert(1)</script><img src=x onerror=alert(1)>`,
	"an attribute":            `Rapat" onmouseover="alert(1)" style="background:url(https://example.org/)`,
	"a link":                  `Rapat <a href="https://example.org/">klik</a>`,
	"a template":              `Rapat {{.Code}} {{template "where" .}} {{printf "%1000000d" 1}} ${HOME} %s%n`,
	"a reversed line":         "Rapat \u202egnp.exe\u202c \u2066di\u2069sini\u200f\u200b\ufeff\u00ad",
	"a terminal's commands":   "Rapat \x1b]0;palsu\x07\x1b[2J\x00",
	"an SQL statement":        `Rapat'; DELETE FROM requests; --`,
	"another mail's boundary": "Rapat\r\n--b--\r\n--=_",
}

// hostileMails carry an attack in every field that a mail can bring: by
// encoded words in the header, as text, as a page, and as names of files.
func hostileMails(attack, dir, token string) []string {
	word := "=?utf-8?b?" + base64.StdEncoding.EncodeToString([]byte(attack)) + "?="
	line := strings.NewReplacer("\r\n", " ", "\n", " ").Replace(attack)
	text := func(s string) string {
		return "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n" +
			base64.StdEncoding.EncodeToString([]byte(s)) + "\n"
	}
	references := strings.NewReplacer("\r", "&#13;", "\n", "&#10;", "<", "&lt;", "&", "&amp;").Replace(attack)
	page := "<table>"
	for _, f := range strings.Split(strings.TrimSpace(vc("X")), "\n") {
		label, value, _ := strings.Cut(f, ": ")
		page += "<tr><td>" + label + "</td><td>" + strings.Replace(value, "X /", references+" /", 1) + "</td></tr>"
	}
	file := func(name string) string {
		return "--b\nContent-Type: image/jpeg; " + name + "\nContent-Transfer-Encoding: base64\n\n" +
			base64.StdEncoding.EncodeToString(make([]byte, 60<<10)) + "\n"
	}
	from := func(who string) string {
		return "From: " + word + " <" + who + "@batan.go.id>\nTo: " + service + "\nSubject: " + word + "\n"
	}
	return []string{
		from("ani") + text("Nama: "+line+"\nNIP: "+line+"\nUnit Kerja: "+line+"\nKegiatan: "+line+
			"\nTanggal: 14 Desember 2026 pukul 09.00\nPelaksanaan: "+line+"\nMedia: "+line+"\n"),
		from("budi") + text(strings.Replace(vc(line), "Ani Lestari", line, 1)),
		from("citra") + "Content-Type: text/html; charset=utf-8\n\n" + page + "</table>\n",
		from("ka") + "To: " + token + "\n" + text("Tanya: "+line+"?\n"),
		from("kabid") + text("Apakah "+line+"?\n"),
		from("dedi") + "Message-ID: <" + line + "@mail>\nReferences: <" + word + ">\nIn-Reply-To: " + line + "\n" +
			text("Halo"),
		from("eka") + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nTerlampir.\n" + file("name=\""+word+".jpg\"") +
			file("name=\"../../../../../../.."+dir+"/palsu.jpg\"") +
			file("name*=utf-8''"+strings.ReplaceAll(dir, "/", "%2F")+"%2Fpalsu%0D%0ABcc:%20evil.jpg") + "--b--\n",
		"From: " + word + " <orang@example.org>\nTo: " + service + "\nSubject: " + word + "\n" +
			text("Nama: "+line+"\nNIP: 1\nKegiatan: "+line+"\n"),
	}
}

// TestInputAsAttacker: from the bytes that come in to the bytes that go out,
// nothing that a mail brings becomes a header, a recipient, an element, a
// template, a file or another mail of ours.
func TestInputAsAttacker(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for attack, text := range attacks {
		s := newStory(t, "\r\n")
		s.mail("ani", vc("Seminar"))
		for _, m := range hostileMails(text, dir, s.token("ka", "task")) {
			s.hand(m)
		}
		s.play("wait 30h", nil) // reminders, escalations, the operators' list
		s.collect()
		told := 0
		for _, m := range s.last[""] {
			checkOurs(t, attack, m)
			if strings.Contains(opened(t, m.Raw).text, "Rapat") {
				told++
			}
		}
		if told < 12 {
			t.Errorf("%s: %d of %d mails tell of it", attack, told, len(s.last[""]))
		}
	}
	if found, err := os.ReadDir(dir); err != nil || len(found) > 0 {
		t.Errorf("a mail wrote %v (%v)", found, err)
	}
}

// ourHeaders are all that a mail of ours has.
var ourHeaders = []string{"From", "To", "Reply-To", "Subject", "Date", "Message-Id", "In-Reply-To", "References",
	"Auto-Submitted",
	"X-Auto-Response-Suppress", "X-Layanan-Notice", "X-Layanan-Request", "X-Layanan-Step", "Mime-Version", "Content-Type"}

func checkOurs(t *testing.T, attack string, m store.Mail) {
	t.Helper()
	parsed, err := mail.ReadMessage(bytes.NewReader(m.Raw))
	if err != nil {
		t.Fatalf("%s: %s is no mail: %v", attack, m.Kind, err)
	}
	for name, values := range parsed.Header {
		if !slices.Contains(ourHeaders, name) || len(values) != 1 {
			t.Errorf("%s: %s has a header %s: %q", attack, m.Kind, name, values)
		}
	}
	if to, err := parsed.Header.AddressList("To"); err != nil || len(to) != 1 || to[0].Address != m.Recipient ||
		!plainLine(to[0].Name) {
		t.Errorf("%s: %s to %s has the recipients %q (%v)", attack, m.Kind, m.Recipient, to, err)
	}
	o := opened(t, m.Raw)
	if !plainLine(o.subject) {
		t.Errorf("%s: %s has the subject %q", attack, m.Kind, o.subject)
	}
	if body := strings.NewReplacer("\r", "", "\n", "").Replace(o.text + o.page); !plainLine(body) {
		t.Errorf("%s: %s has invisible letters: %q", attack, m.Kind, body)
	}
	checkElements(t, attack, m.Kind, o.page)
}

// plainLine reports whether a line has nothing that could end it, hide in it or
// turn it around.
func plainLine(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.Is(unicode.C, r) || r == '\u2028' ||
			r == '\u2029'
	})
}

// checkElements looks for what only an attack brings into a page of ours.
func checkElements(t *testing.T, attack, kind, page string) {
	t.Helper()
	for z := html.NewTokenizer(strings.NewReader(page)); z.Next() != html.ErrorToken; {
		tok := z.Token()
		if tok.Type != html.StartTagToken && tok.Type != html.SelfClosingTagToken {
			continue
		}
		if slices.Contains([]string{"script", "img", "h1", "iframe", "form", "object", "link"}, tok.Data) {
			t.Errorf("%s: %s has an element %s", attack, kind, tok)
		}
		for _, a := range tok.Attr {
			if strings.HasPrefix(a.Key, "on") || strings.Contains(a.Val, "url(") ||
				a.Key == "href" && !strings.HasPrefix(a.Val, "mailto:layanan_batannet") {
				t.Errorf("%s: %s has an attribute %s=%q", attack, kind, a.Key, a.Val)
			}
		}
	}
}
