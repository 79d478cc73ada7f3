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

	"batan.go.id/layanan/mailparse"
	"pgregory.net/rapid"
)

// checkMessage holds what is true of every message, whatever the bytes.
func checkMessage(t interface{ Fatalf(string, ...any) }, raw []byte) {
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
	if c := m.Command; c != nil && c.Word != "" && c.Doubt != "" {
		t.Fatalf("word %q with doubt %q", c.Word, c.Doubt)
	}
	if m.Attachments == nil || m.Warnings == nil {
		t.Fatalf("attachments %v, warnings %v", m.Attachments, m.Warnings)
	}
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

// TestBounded reads mails made to take long. Two seconds are far more than any needs, and far less than what a
// quadratic step would take.
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
		"tokens":      head + "\n" + repeat("vc-2026-0001-", 4<<20),
		"sentences":   head + "\nSetuju. " + repeat("Baik. ", 4<<20),
		"bounce":      "From: mailer-daemon@x\n\n" + repeat("5.1.1 a@b.c ", 4<<20),
		"statuses":    "From: mailer-daemon@x\nContent-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n" + repeat("Action: x\n\n", 4<<20),
		"results":     head + "Authentication-Results: mx.batan.go.id; " + repeat("(;", 4<<20) + "\n\nSetuju",
		"headers":     head + "\n" + repeat("Zum: Ani <a@b>\nWum: 09\n", 4<<20),
		"senders":     head + "\n" + repeat("Dari: x\n\n\n\n\n", 4<<20),
		"rules":       head + "\n" + repeat("------\n\n\n", 4<<20),
		"greetings":   head + "\n" + repeat("Yth. Kepala\n", 4<<20),
		"banners":     head + "\n" + repeat("[EKSTERNAL] a\n", 4<<20),
		"devices":     head + "\n" + repeat("Dikirim dari iPhone saya\n", 4<<20),
		"closings":    head + "\nSetuju\n" + repeat("Salam\nBudi\n\n", 4<<20),
		"styles":      head + "Content-Type: text/html\n\n<p style='" + repeat("border-top: 1px solid;", 4<<20) + "'>a",
		"struck":      head + "Content-Type: text/html\n\n" + repeat("<s>a</s>b<hr>", 4<<20),
		"turned":      head + "\n" + repeat("a\u202eb\n", 4<<20),
		"newlines":    head + "\n" + repeat("\r", 8<<20),
	}
	for name, mail := range mails {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			checkMessage(t, []byte(mail))
			if d := time.Since(start); d > 2*time.Second {
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
		b.WriteString("Content-Type: multipart/mixed; boundary=b" + strings.Repeat("x", i) + "\n\n--b" + strings.Repeat("x", i) + "\n")
	}
	b.WriteString("\n" + strings.Repeat("halo dunia\n", size/11))
	return b.String()
}
