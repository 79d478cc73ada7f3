package smtp_test

import (
	"bytes"
	"strings"
	"sync"
	"testing"
	"time"

	"batan.go.id/layanan/internal/smtp"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestExtensions(t *testing.T) {
	f := (&fakeServer{Extensions: []string{"PIPELINING", "8BITMIME", "SMTPUTF8"}}).start(t)
	s := smtp.NewSender(config(f))
	defer s.Close()
	mails := []smtp.Outgoing{
		{From: "s@x", To: "a@x", Raw: []byte("plain")},
		{From: "s@x", To: "a@x", Raw: []byte("delapan bit: é")},
		{From: "s@x", To: "jalapeño@x", Raw: []byte("plain")},
	}
	for _, err := range send(t, t.Context(), s, mails) {
		if err != nil {
			t.Error(err)
		}
	}
	want := []string{"MAIL FROM:<s@x>", "MAIL FROM:<s@x> BODY=8BITMIME", "MAIL FROM:<s@x> SMTPUTF8"}
	if diff := cmp.Diff(want, f.said("MAIL")); diff != "" {
		t.Error(diff)
	}
}

func TestTextOnTheWire(t *testing.T) {
	f := (&fakeServer{Extensions: pipelining}).start(t)
	s := smtp.NewSender(config(f))
	defer s.Close()
	long, junk := strings.Repeat("x", 300_000), strings.Repeat("\x00\xff\x80", 100)
	for _, tt := range []struct{ name, raw, want string }{
		{"no last line end", "a", "a\r\n"},
		{"LF", "a\nb\n", "a\r\nb\r\n"},
		{"CRCRLF", "a\r\r\nb", "a\r\nb\r\n"},
		{"bare CR", "a\rb\r\n", "a b\r\n"},
		{"dots", ".\n..\n.a\n\n.\r\nend", ".\r\n..\r\n.a\r\n\r\n.\r\nend\r\n"},
		{"smuggling", "a\n.\r\nMAIL FROM:<x@y>\r\n\r.\r\n", "a\r\n.\r\nMAIL FROM:<x@y>\r\n .\r\n"},
		{"long line", long, long + "\r\n"},
		{"junk", junk, junk + "\r\n"},
		{"empty", "", ""},
	} {
		before := len(f.texts())
		if err := send(t, t.Context(), s, []smtp.Outgoing{{To: "a@x", Raw: []byte(tt.raw)}})[0]; err != nil {
			t.Fatal(tt.name, err)
		}
		if got := f.texts()[before]; got != tt.want {
			t.Errorf("%s: arrived as %.80q, want %.80q", tt.name, got, tt.want)
		}
	}
}

// Whatever the bytes, one mail stays one mail, and only line ends change.
func TestAnyBytesArrive(t *testing.T) {
	f := (&fakeServer{Extensions: pipelining}).start(t)
	s := smtp.NewSender(config(f))
	defer s.Close()
	rapid.Check(t, func(r *rapid.T) {
		parts := rapid.SliceOf(rapid.SampledFrom([]string{"\r", "\n", "\r\n", ".", "a", "\x00", "é", "DATA"})).Draw(r,
			"parts")
		raw := strings.Join(parts, "")
		before := len(f.texts())
		if err := send(t, t.Context(), s, []smtp.Outgoing{{To: "a@x", Raw: []byte(raw)}, {To: "b@x"}})[0]; err != nil {
			r.Fatal(err)
		}
		texts := f.texts()[before:]
		if len(texts) != 2 || texts[1] != "" {
			r.Fatalf("%q became %q", raw, texts)
		}
		strip := func(s string) string { return strings.NewReplacer("\r", "", "\n", "", " ", "").Replace(s) }
		if strip(texts[0]) != strip(raw) {
			r.Fatalf("%q arrived as %q", raw, texts[0])
		}
		if strings.Contains(strings.ReplaceAll(texts[0], "\r\n", ""), "\r") ||
			strings.Contains(strings.ReplaceAll(texts[0], "\r\n", ""), "\n") {
			r.Fatalf("a bare CR or LF went out: %q", texts[0])
		}
	})
}

// Whatever a server says, every mail is answered once and in order, and counts as sent only when the
// server said yes to its text.
func TestAnyAnswers(t *testing.T) {
	replies := []string{"", "", "", "", "250 ok", "354 go", "550 5.1.1 no", "450 4.2.0 later", "421 bye", cut,
		"junk", "250-a\r\n250-b\r\n250 c", "999 what", "25", "250_ok", "550", "550-" + strings.Repeat("x", 9000), "\x00"}
	rapid.Check(t, func(r *rapid.T) {
		script := rapid.SliceOfN(rapid.SampledFrom(replies), 0, 40).Draw(r, "script")
		extensions := rapid.SampledFrom([][]string{pipelining, {"8BITMIME"}}).Draw(r, "extensions")
		accepted := 0
		var mu sync.Mutex // connections may overlap
		f := &fakeServer{Extensions: extensions, Lenient: true, Answer: func(_ int, line string) string {
			mu.Lock()
			defer mu.Unlock()
			if line == midText || strings.HasPrefix(line, "EHLO") || len(script) == 0 {
				if line == "." {
					accepted++
				}
				return ""
			}
			reply := script[0]
			script = script[1:]
			if line == "." && (reply == "" || strings.HasPrefix(reply, "250-") || strings.HasPrefix(reply, "250 ")) {
				accepted++
			}
			return reply
		}}
		stop := f.listen(r)
		cfg := config(f)
		cfg.Timeout = 200 * time.Millisecond
		s := smtp.NewSender(cfg)
		errs := send(r, t.Context(), s, mailsTo("a@x", "b@x", "c@x", "d@x"))
		s.Close()
		stop()
		sent := 0
		for _, err := range errs {
			if v := verdict(err); v == "" {
				sent++
			} else if strings.HasPrefix(v, "not a Fault") {
				r.Error(v)
			}
		}
		if sent > accepted {
			r.Errorf("%d mails count as sent, the server took %d: %q", sent, accepted, errs)
		}
	})
}

func TestLargeMail(t *testing.T) {
	f := (&fakeServer{Extensions: pipelining}).start(t)
	s := smtp.NewSender(config(f))
	defer s.Close()
	raw := largeText()
	if err := send(t, t.Context(), s, []smtp.Outgoing{{To: "a@x", Raw: raw}, {To: "b@x"}})[0]; err != nil {
		t.Fatal(err)
	}
	if got := f.texts()[0]; got != string(raw) {
		t.Errorf("%d of %d bytes arrived", len(got), len(raw))
	}
}

// A server that stops a mail half-way keeps its say, although writing to it fails.
func TestRefusedHalfWay(t *testing.T) {
	f := (&fakeServer{Extensions: pipelining, Answer: on(0, midText, "552 5.3.4 too large")}).start(t)
	s := smtp.NewSender(config(f))
	defer s.Close()
	errs := send(t, t.Context(), s, []smtp.Outgoing{{To: "a@x", Raw: largeText()}, {To: "b@x"}})
	if diff := cmp.Diff([]string{"permanent 552 5.3.4", ""}, verdicts(errs)); diff != "" {
		t.Errorf("%s%q", diff, errs)
	}
}

func largeText() []byte {
	return bytes.Repeat([]byte("0123456789abcdef0123456789abcdef\r\n"), 600_000)
}
