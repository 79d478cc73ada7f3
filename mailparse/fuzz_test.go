package mailparse_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"batan.go.id/layanan/internal/cputime"
	"batan.go.id/layanan/mailparse"
	"batan.go.id/layanan/mailparse/command"
	"pgregory.net/rapid"
)

// checkMessage holds what is true of every message, whatever the bytes.
func checkMessage(t interface{ Fatalf(string, ...any) }, raw []byte) *mailparse.Message {
	m := mailparse.Parse(raw, testGrammar())
	out, err := json.Marshal(m)
	if err != nil {
		t.Fatalf("marshal: %v", err)
	}
	if !json.Valid(out) {
		t.Fatalf("invalid JSON")
	}
	for _, s := range append([]string{m.From, m.Subject, m.Text, m.Reply, m.FromName}, m.Warnings...) {
		if !utf8.ValidString(s) {
			t.Fatalf("not UTF-8: %q", s)
		}
	}
	for _, s := range []string{m.Subject, m.FromName, m.From} {
		if strings.ContainsAny(s, "\r\n\x00") {
			t.Fatalf("more than a line: %q", s)
		}
	}
	if strings.ContainsAny(m.Text+m.Reply, "\r\x00") {
		t.Fatalf("control characters: %q", m.Text)
	}
	for _, a := range m.Attachments {
		if !utf8.ValidString(a.Name) || strings.ContainsAny(a.Name, "/\r\n\x00") || a.Size < 0 || a.Size > len(raw) {
			t.Fatalf("attachment %+v", a)
		}
	}
	switch m.Kind {
	case mailparse.KindRequest:
		if m.Form == nil || m.Command != nil {
			t.Fatalf("request with form %v, command %v", m.Form, m.Command)
		}
	case mailparse.KindReply:
	default:
		if m.Command != nil || m.Form != nil {
			t.Fatalf("%s with form %v, command %v", m.Kind, m.Form, m.Command)
		}
	}
	if (m.Bounce != nil) != (m.Kind == mailparse.KindBounce) {
		t.Fatalf("kind %s, bounce %v", m.Kind, m.Bounce)
	}
	if c := m.Command; c != nil && c.Doubt != command.NoDoubt && c.Hold {
		t.Fatalf("%q is held and doubted: %q", c.Word, c.Doubt)
	}
	if m.Attachments == nil || m.Warnings == nil {
		t.Fatalf("attachments %v, warnings %v", m.Attachments, m.Warnings)
	}
	return m
}

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*.eml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) { checkMessage(t, raw) })
}

// FuzzHeader reads any value of the headers that people see, and of those that are addresses.
func FuzzHeader(f *testing.F) {
	for _, s := range []string{"=?utf-8?B?UmFwYXQg4oCT?= =?utf-8?Q?_satu?=", "=?iso-2022-jp?B?GyRCMnE1RBsoQg==?=",
		"=?utf-7?Q?+AOk-?=", "Ani (\"a\" <b>) <ani@batan.go.id>, a: b@c;", "\"=?gbk?Q?=C4=E3?=\" <@x:A@B.id>",
		"Caf\xe9 \x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		m := checkMessage(t, []byte("Subject: "+value+"\nFrom: "+value+"\nReferences: "+value+"\nDate: "+value+"\n\nSetuju"))
		// letters beyond ASCII keep their case: folded, they could be another's address
		for _, a := range append(m.AllFrom, m.Sender) {
			if strings.ContainsAny(a, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") || a != "" && !strings.Contains(a, "@") ||
				strings.ContainsAny(a, " <>\n") {
				t.Fatalf("address %q", a)
			}
		}
	})
}

// FuzzPart reads any parameters of a part, and any body under them.
func FuzzPart(f *testing.F) {
	f.Add("text/plain; charset=utf-7; format=flowed; delsp=yes", "7bit", "a +AGE- \n> b \n")
	f.Add("text/plain; charset=\"utf-16\"; name*0*=utf-8''a%20; name*1=b", "base64", "//5hAGIA")
	f.Add("text/html; charset=x-sjis", "quoted-printable", "<p>=89=EF=\n=8Bc")
	f.Add("message/rfc822", "base64", "RnJvbTogYUBiLmlkCgpoYWxv")
	f.Add("multipart/mixed; boundary=\"c d\"", "", "--c d\n\nhalo\n--c d--")
	f.Add("text/plain", "x-uuencode", "begin 644 a\n#86)C\n`\nend\n")
	f.Add("text/plain", "", "halo\nbegin 644 a.txt\n#86)C\n`\nend\n")
	f.Fuzz(func(t *testing.T, typ, encoding, body string) {
		head := "Content-Type: " + typ + "\nContent-Transfer-Encoding: " + encoding + "\nContent-Disposition: " + typ +
			"\n\n" + body
		checkMessage(t, []byte("From: a@b.id\n"+head))
		checkMessage(t, []byte("From: a@b.id\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"+head+"\n--b--\n"))
	})
}

// TestDamagedMails cuts, doubles and overwrites pieces of the test mails.
func TestDamagedMails(t *testing.T) {
	files, err := filepath.Glob("testdata/*.eml")
	if err != nil {
		t.Fatal(err)
	}
	var mails [][]byte
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		mails = append(mails, raw)
	}
	rapid.Check(t, func(r *rapid.T) {
		raw := bytes.Clone(rapid.SampledFrom(mails).Draw(r, "mail"))
		for range rapid.IntRange(1, 6).Draw(r, "wounds") {
			if len(raw) == 0 {
				break
			}
			i := rapid.IntRange(0, len(raw)-1).Draw(r, "at")
			j := rapid.IntRange(i, min(len(raw), i+200)).Draw(r, "to")
			switch rapid.IntRange(0, 3).Draw(r, "how") {
			case 0:
				raw = append(raw[:i:i], raw[j:]...)
			case 1:
				raw = append(raw[:j:j], raw[i:]...)
			case 2:
				raw[i] = rapid.Byte().Draw(r, "byte")
			case 3:
				other := rapid.SampledFrom(mails).Draw(r, "other")
				raw = append(raw[:i:i], other[min(i, len(other)):]...)
			}
		}
		checkMessage(r, raw)
	})
}

// TestBounded reads mails made to take long. Five seconds of the processor are far more than any needs, and far less
// than what a quadratic step would take.
func TestBounded(t *testing.T) {
	const head = "From: a@batan.go.id\nSubject: Re: [VC-2026-0001]\n"
	repeat := func(s string, size int) string { return strings.Repeat(s, size/len(s)) }
	mails := map[string]string{
		"fields":      head + repeat("X: y\n", 4<<20) + "\nhalo",
		"folded":      head + "To: a\n" + repeat(" ,b@c\n", 4<<20) + "\nhalo",
		"long field":  head + "To: " + repeat("<a,\"(:;", 4<<20) + "\n\nhalo",
		"words":       head + "X-A: b\nFrom: " + repeat("=?utf-8?q?a?= ", 4<<20) + "\n\nhalo",
		"half words":  head + "From: " + repeat("=?a?q", 4<<20) + "\n\nhalo",
		"params":      head + "Content-Type: text/plain; " + repeat("a*1=b; \"", 4<<20) + "\n\nhalo",
		"parts":       head + "Content-Type: multipart/mixed; boundary=b\n\n" + repeat("--b\n\nx\n", 4<<20),
		"nested":      nested(200, 4<<20),
		"boundaries":  head + "Content-Type: multipart/mixed; boundary=b\n\n" + repeat("--bb\n", 4<<20),
		"quotes":      head + "\n" + repeat("> ", 4<<20),
		"attribution": head + "\n" + repeat("Pada 12 Juli 2018, a@b\n", 4<<20),
		"colons":      head + "\n" + repeat("Nama:", 4<<20),
		"form":        head + "\n" + repeat("Nama: a Email: b\tNIP: c\n", 4<<20),
		"dates":       head + "\nTanggal: " + repeat("12 Juli 2018 - ", 4<<20),
		"html":        head + "Content-Type: text/html\n\n" + repeat("<div><table><tr><td>a", 4<<20),
		"quote html":  head + "Content-Type: text/html\n\n" + repeat("<blockquote>", 4<<20),
		"unclosed":    head + "Content-Type: text/html\n\n" + repeat("<a b='", 4<<20),
		"cells":       head + "Content-Type: text/html\n\n<table><tr>" + repeat("<td>a</td>", 4<<20),
		"flowed":      head + "Content-Type: text/plain; format=flowed\n\n" + repeat("halo dunia \n", 4<<20),
		"base64":      head + "Content-Transfer-Encoding: base64\n\n" + repeat("QUJD\n", 8<<20),
		"utf-7":       head + "Content-Type: text/plain; charset=utf-7\n\n" + repeat("+AGE-", 4<<20),
		"utf-7, not": head + "Content-Type: text/plain; charset=utf-7\n\n" + repeat("yang ", 512<<10) +
			repeat("\xff", 512<<10),
		"tokens":    head + "\n" + repeat("vc-2026-0001-", 4<<20),
		"sentences": head + "\nSetuju. " + repeat("Baik. ", 4<<20),
		"bounce":    "From: mailer-daemon@x\n\n" + repeat("5.1.1 a@b.c ", 4<<20),
		"statuses": "From: mailer-daemon@x\nContent-Type: multipart/report; boundary=b\n\n--b\nContent-Type: " +
			"message/delivery-status\n\n" + repeat("Action: x\n\n", 4<<20),
		"results":   head + "Authentication-Results: mx.batan.go.id; " + repeat("(;", 4<<20) + "\n\nSetuju",
		"headers":   head + "\n" + repeat("Zum: Ani <a@b>\nWum: 09\n", 4<<20),
		"senders":   head + "\n" + repeat("Dari: x\n\n\n\n\n", 4<<20),
		"rules":     head + "\n" + repeat("------\n\n\n", 4<<20),
		"greetings": head + "\n" + repeat("Yth. Kepala\n", 4<<20),
		"banners":   head + "\n" + repeat("[EKSTERNAL] a\n", 4<<20),
		"devices":   head + "\n" + repeat("Dikirim dari iPhone saya\n", 4<<20),
		"closings":  head + "\nSetuju\n" + repeat("Salam\nBudi\n\n", 4<<20),
		"styles":    head + "Content-Type: text/html\n\n<p style='" + repeat("border-top: 1px solid;", 4<<20) + "'>a",
		"struck":    head + "Content-Type: text/html\n\n" + repeat("<s>a</s>b<hr>", 4<<20),
		"turned":    head + "\n" + repeat("a\u202eb\n", 4<<20),
		"newlines":  head + "\n" + repeat("\r", 8<<20),
		"uu begins": head + "\n" + repeat("begin 644 a\n", 4<<20),
		"uu files":  head + "\n" + repeat("begin 644 a\n#0V%T\n", 4<<20),
		"uu end":    head + "\n" + repeat("begin 644 a\n", 4<<20) + "\nend\n",
		"subject":   "From: a@b.c\nSubject: " + repeat("[VC-", 4<<20) + "\n\nhalo",
		"brackets":  "From: a@b.c\nSubject: " + repeat("[", 4<<20) + " VC-2026-0001\n\nhalo",
	}
	for name, mail := range mails {
		t.Run(name, func(t *testing.T) {
			start := cputime.Used()
			checkMessage(t, []byte(mail))
			if d := cputime.Used() - start; d > 5*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

// nested is a mail of multiparts within multiparts around some text.
func nested(depth, size int) string {
	var b strings.Builder
	b.WriteString("From: a@batan.go.id\n")
	for i := range depth {
		b.WriteString("Content-Type: multipart/mixed; boundary=b" + strings.Repeat("x", i) + "\n\n--b" +
			strings.Repeat("x", i) + "\n")
	}
	b.WriteString("\n" + strings.Repeat("halo dunia\n", size/11))
	return b.String()
}
