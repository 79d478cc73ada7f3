package notify_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"batan.go.id/layanan/notify"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var pipelining = []string{"PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES"}

const patience = 10 * time.Second // for tests in which no wait is expected

func config(f *fakeServer) notify.SMTPConfig {
	return notify.SMTPConfig{Address: f.Addr, TLS: "none", Hello: "client.test", Timeout: patience}
}

// mailsTo makes one small mail for each recipient.
func mailsTo(to ...string) []notify.Outgoing {
	var mails []notify.Outgoing
	for _, a := range to {
		mails = append(mails, notify.Outgoing{From: "layanan@batan.go.id", To: a, Raw: []byte("To: " + a + "\r\n\r\nhalo\r\n")})
	}
	return mails
}

// send returns the errors by mail and insists that every mail is answered once and in order.
func send(t rapid.TB, ctx context.Context, s *notify.Sender, mails []notify.Outgoing) []error {
	t.Helper()
	var errs []error
	s.Send(ctx, mails, func(i int, err error) {
		if i != len(errs) {
			t.Errorf("mail %d was answered as number %d", i, len(errs))
		}
		errs = append(errs, err)
	})
	if len(errs) != len(mails) {
		t.Fatalf("%d of %d mails were answered", len(errs), len(mails))
	}
	return errs
}

// verdicts shortens errors for comparison: "", or temporary|permanent, code, enhanced, ambiguous.
func verdicts(errs []error) []string {
	var out []string
	for _, err := range errs {
		out = append(out, verdict(err))
	}
	return out
}

func verdict(err error) string {
	if err == nil {
		return ""
	}
	var e *notify.SendError
	if !errors.As(err, &e) {
		return "not a SendError: " + err.Error()
	}
	words := []string{"permanent"}
	if e.Temporary {
		words[0] = "temporary"
	}
	if e.Code != 0 {
		words = append(words, fmt.Sprint(e.Code))
	}
	if e.Enhanced != "" {
		words = append(words, e.Enhanced)
	}
	if e.Ambiguous {
		words = append(words, "ambiguous")
	}
	return strings.Join(words, " ")
}

// on answers a line that starts with prefix, on one connection or, when conn is -1, on all.
func on(conn int, prefix, reply string) func(int, string) string {
	return func(n int, line string) string {
		if (conn < 0 || n == conn) && strings.HasPrefix(line, prefix) {
			return reply
		}
		return ""
	}
}

func TestSendVerdicts(t *testing.T) {
	const lost = "temporary"
	for _, tt := range []struct {
		name    string
		answer  func(conn int, line string) string
		want    []string // for a@x, b@x, c@x
		arrived int
	}{
		{"all well", nil, []string{"", "", ""}, 3},
		{"unknown recipient among good ones", on(-1, "RCPT TO:<b@x>", "550 5.1.1 no such user"),
			[]string{"", "permanent 550 5.1.1", ""}, 2},
		{"first recipient refused", on(-1, "RCPT TO:<a@x>", "550 5.1.1 no such user"),
			[]string{"permanent 550 5.1.1", "", ""}, 2},
		{"greylisted", on(-1, "RCPT TO:<b@x>", "450 4.2.0 later"),
			[]string{"", "temporary 450 4.2.0", ""}, 2},
		{"not logged in", on(-1, "RCPT", "530 5.7.0 authenticate first"),
			[]string{"temporary 530 5.7.0", "temporary 530 5.7.0", "temporary 530 5.7.0"}, 0},
		{"our own sender refused", on(-1, "MAIL", "553 5.7.1 not your address"),
			[]string{"temporary 553 5.7.1", "temporary 553 5.7.1", "temporary 553 5.7.1"}, 0},
		{"DATA refused", on(-1, "DATA", "451 4.3.0 disk full"),
			[]string{"temporary 451 4.3.0", "temporary 451 4.3.0", "temporary 451 4.3.0"}, 0},
		{"content refused", on(-1, ".", "554 5.7.1 spam"),
			[]string{"permanent 554 5.7.1", "permanent 554 5.7.1", "permanent 554 5.7.1"}, 3},
		{"answer of several lines", on(-1, "RCPT TO:<b@x>", "550-5.1.1 no such\r\n550 5.1.1 user"),
			[]string{"", "permanent 550 5.1.1", ""}, 2},
		{"421 in the middle, then well again", on(0, "RCPT TO:<b@x>", "421 4.3.2 shutting down"),
			[]string{"", "", ""}, 3},
		{"421 every time", on(-1, "RCPT TO:<b@x>", "421 4.3.2 shutting down"),
			[]string{"", "temporary 421 4.3.2", "temporary 421 4.3.2"}, 1},
		{"421 to the final dot", on(0, ".", "421 4.3.2 shutting down"),
			[]string{"temporary 421 4.3.2", "", ""}, 3},
		{"cut before the text", on(0, "RCPT TO:<b@x>", cut), []string{"", "", ""}, 3},
		{"cut before the text every time", on(-1, "RCPT TO:<b@x>", cut), []string{"", lost, lost}, 1},
		{"cut after the text, before its 250", on(0, ".", cut), []string{"temporary ambiguous", "", ""}, 3},
		{"cut after every text", on(-1, ".", cut), []string{"temporary ambiguous", "temporary ambiguous", lost}, 2},
		{"not SMTP", on(-1, "MAIL", "hello there"), []string{lost, lost, lost}, 0},
	} {
		for _, extensions := range [][]string{pipelining, {"8BITMIME"}} {
			t.Run(fmt.Sprint(tt.name, "/", extensions[0]), func(t *testing.T) {
				f := (&fakeServer{Extensions: extensions, Answer: tt.answer}).start(t)
				s := notify.NewSender(config(f))
				defer s.Close()
				errs := send(t, t.Context(), s, mailsTo("a@x", "b@x", "c@x"))
				if diff := cmp.Diff(tt.want, verdicts(errs)); diff != "" {
					t.Errorf("verdicts (-want +got):\n%s%q", diff, errs)
				}
				if n := len(f.texts()); n != tt.arrived {
					t.Errorf("%d texts arrived, want %d", n, tt.arrived)
				}
			})
		}
	}
}

// A server that says 354 although it refused the only recipient gets an empty mail, never the text.
func TestDataAcceptedWithoutRecipient(t *testing.T) {
	f := (&fakeServer{Extensions: pipelining, Answer: func(_ int, line string) string {
		switch line {
		case "RCPT TO:<b@x>":
			return "550 5.1.1 no such user"
		case "DATA":
			return "354 go on"
		}
		return ""
	}}).start(t)
	s := notify.NewSender(config(f))
	defer s.Close()
	got := verdicts(send(t, t.Context(), s, mailsTo("a@x", "b@x", "c@x")))
	if diff := cmp.Diff([]string{"", "permanent 550 5.1.1", ""}, got); diff != "" {
		t.Error(diff)
	}
	want := []string{"To: a@x\r\n\r\nhalo\r\n", "", "To: c@x\r\n\r\nhalo\r\n"}
	if diff := cmp.Diff(want, f.texts()); diff != "" {
		t.Error(diff)
	}
}

func TestKeptConnection(t *testing.T) {
	f := (&fakeServer{Extensions: pipelining}).start(t)
	s := notify.NewSender(config(f))
	for range 3 {
		if err := send(t, t.Context(), s, mailsTo("a@x"))[0]; err != nil {
			t.Fatal(err)
		}
	}
	if n := len(f.said("EHLO")); n != 1 {
		t.Errorf("%d connections for three calls, want 1", n)
	}
	f.hangUp()
	if err := send(t, t.Context(), s, mailsTo("b@x"))[0]; err != nil {
		t.Errorf("the closed connection was not replaced silently: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if n := len(f.said("QUIT")); n != 1 {
		t.Errorf("QUIT was said %d times, want once", n)
	}
	if err := s.Close(); err != nil {
		t.Error("second Close:", err)
	}
}

// Finding the kept connection dead does not use up the one replacement that a call may make.
func TestKeptConnectionThenLoss(t *testing.T) {
	for _, dead := range []string{"hung up", "silent"} {
		t.Run(dead, func(t *testing.T) {
			f := (&fakeServer{Extensions: pipelining, Answer: func(conn int, line string) string {
				switch {
				case conn == 0 && strings.HasPrefix(line, "RCPT TO:<b@x>"):
					return mute
				case conn == 1 && strings.HasPrefix(line, "RCPT TO:<c@x>"):
					return cut
				}
				return ""
			}}).start(t)
			cfg := config(f)
			cfg.Timeout = 200 * time.Millisecond
			s := notify.NewSender(cfg)
			defer s.Close()
			errs := send(t, t.Context(), s, mailsTo("a@x"))
			if dead == "hung up" {
				f.hangUp()
			}
			errs = append(errs, send(t, t.Context(), s, mailsTo("b@x", "c@x", "d@x"))...)
			if diff := cmp.Diff([]string{"", "", "", ""}, verdicts(errs)); diff != "" {
				t.Errorf("%s%q", diff, errs)
			}
			if n := len(f.said("EHLO")); n != 3 {
				t.Errorf("%d connections, want 3", n)
			}
		})
	}
}

func TestSilentServer(t *testing.T) {
	for _, where := range []string{"MAIL", "RCPT", "DATA", "."} {
		t.Run(where, func(t *testing.T) {
			f := (&fakeServer{Extensions: pipelining, Answer: on(-1, where, mute)}).start(t)
			cfg := config(f)
			cfg.Timeout = 50 * time.Millisecond
			s := notify.NewSender(cfg)
			defer s.Close()
			errs := send(t, t.Context(), s, mailsTo("a@x", "b@x"))
			want := []string{"temporary", "temporary"}
			if where == "." {
				want[0] = "temporary ambiguous"
			}
			if diff := cmp.Diff(want, verdicts(errs)); diff != "" {
				t.Error(diff)
			}
			if !strings.HasSuffix(errs[0].Error(), "no answer in time") {
				t.Errorf("the error does not say why: %v", errs[0])
			}
		})
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	f := &fakeServer{Extensions: pipelining}
	f.Answer = func(_ int, line string) string {
		if line == "." {
			cancel()
			return mute
		}
		return ""
	}
	f.start(t)
	s := notify.NewSender(config(f))
	errs := send(t, ctx, s, mailsTo("a@x", "b@x"))
	if diff := cmp.Diff([]string{"temporary ambiguous", "temporary"}, verdicts(errs)); diff != "" {
		t.Error(diff)
	}
	for _, err := range errs {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%v is not context.Canceled", err)
		}
	}
	if err := send(t, ctx, s, mailsTo("c@x"))[0]; !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled context sent mail: %v", err)
	}
}

// A cancelled context neither uses nor spoils a kept connection's Sender.
func TestCancelBetweenCalls(t *testing.T) {
	f := (&fakeServer{Extensions: pipelining}).start(t)
	s := notify.NewSender(config(f))
	ctx, cancel := context.WithCancel(t.Context())
	s.Send(ctx, mailsTo("a@x"), func(_ int, err error) {
		if err != nil {
			t.Error(err)
		}
		cancel()
	})
	if err := s.Close(); err != nil {
		t.Error("closing what cancelling closed:", err)
	}
	if err := send(t, t.Context(), s, mailsTo("b@x"))[0]; err != nil {
		t.Error(err)
	}
	if err := send(t, ctx, s, mailsTo("c@x"))[0]; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	if err := send(t, t.Context(), s, mailsTo("d@x"))[0]; err != nil {
		t.Error(err)
	}
	s.Close()
	if n := len(f.texts()); n != 3 {
		t.Errorf("%d mails arrived, want a, b and d", n)
	}
}

func TestUnreachable(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ln.Close()
	s := notify.NewSender(notify.SMTPConfig{Address: ln.Addr().String(), TLS: "none"})
	errs := send(t, t.Context(), s, mailsTo("a@x", "b@x"))
	if diff := cmp.Diff([]string{"temporary", "temporary"}, verdicts(errs)); diff != "" {
		t.Error(diff)
	}
}

func TestRefusedAtTheDoor(t *testing.T) {
	f := (&fakeServer{Greeting: "554 5.7.1 your network is blocked"}).start(t)
	s := notify.NewSender(config(f))
	if got := verdict(send(t, t.Context(), s, mailsTo("a@x"))[0]); got != "temporary 554 5.7.1" {
		t.Errorf("got %q: a blocked network must not bounce mail", got)
	}
}

// No address may reach the wire that ends its command line or its angle brackets.
func TestHostileAddresses(t *testing.T) {
	f := (&fakeServer{Extensions: pipelining}).start(t)
	s := notify.NewSender(config(f))
	defer s.Close()
	bad := []string{"", "a@x>\r\nRCPT TO:<b@x", "a@x\nDATA", "a@x> SIZE=1", "a b@x", "a\x00@x", "a\x7f@x",
		"<a@x>", "a\u0085@x", "\xff@x", "ä@x", strings.Repeat("a", 400) + "@x"}
	for _, a := range bad {
		mails := append(mailsTo("before@x", a, "after@x"), notify.Outgoing{From: a, To: "from@x"})
		want := []string{"", "permanent", "", "permanent"}
		if a == "" {
			want[3] = "" // the null sender
		}
		if diff := cmp.Diff(want, verdicts(send(t, t.Context(), s, mails))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", a, diff)
		}
	}
	if got := f.said("MAIL FROM:<>"); len(got) != 1 {
		t.Errorf("the null sender was said %d times, want once", len(got))
	}
}

func TestExtensions(t *testing.T) {
	f := (&fakeServer{Extensions: []string{"PIPELINING", "8BITMIME", "SMTPUTF8"}}).start(t)
	s := notify.NewSender(config(f))
	defer s.Close()
	mails := []notify.Outgoing{
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
	s := notify.NewSender(config(f))
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
		if err := send(t, t.Context(), s, []notify.Outgoing{{To: "a@x", Raw: []byte(tt.raw)}})[0]; err != nil {
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
	s := notify.NewSender(config(f))
	defer s.Close()
	rapid.Check(t, func(r *rapid.T) {
		parts := rapid.SliceOf(rapid.SampledFrom([]string{"\r", "\n", "\r\n", ".", "a", "\x00", "é", "DATA"})).Draw(r, "parts")
		raw := strings.Join(parts, "")
		before := len(f.texts())
		if err := send(t, t.Context(), s, []notify.Outgoing{{To: "a@x", Raw: []byte(raw)}, {To: "b@x"}})[0]; err != nil {
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
		if strings.Contains(strings.ReplaceAll(texts[0], "\r\n", ""), "\r") || strings.Contains(strings.ReplaceAll(texts[0], "\r\n", ""), "\n") {
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
		s := notify.NewSender(cfg)
		errs := send(r, t.Context(), s, mailsTo("a@x", "b@x", "c@x", "d@x"))
		s.Close()
		stop()
		sent := 0
		for _, err := range errs {
			if v := verdict(err); v == "" {
				sent++
			} else if strings.HasPrefix(v, "not a SendError") {
				r.Error(v)
			}
		}
		if sent > accepted {
			r.Errorf("%d mails count as sent, the server took %d: %q", sent, accepted, errs)
		}
	})
}

func TestEncryption(t *testing.T) {
	serverTLS, roots := certificate(t)
	clientTLS := &tls.Config{RootCAs: roots}
	plainAuth := "AUTH PLAIN " + base64.StdEncoding.EncodeToString([]byte("\x00u@x\x00rahasia"))
	for _, tt := range []struct {
		name   string
		server *fakeServer
		tls    string
		config *tls.Config
		want   string // part of the error; empty: mail goes through
	}{
		{"implicit", &fakeServer{Implicit: true, Extensions: []string{"PIPELINING", "AUTH PLAIN LOGIN"}}, "implicit", clientTLS, ""},
		{"starttls", &fakeServer{Extensions: []string{"STARTTLS", "PIPELINING", "AUTH PLAIN LOGIN"}}, "starttls", clientTLS, ""},
		{"implicit by default", &fakeServer{Implicit: true, Extensions: []string{"AUTH PLAIN"}}, "", clientTLS, ""},
		{"none on loopback", &fakeServer{Extensions: []string{"AUTH PLAIN"}}, "none", nil, ""},
		{"implicit to a plain port", &fakeServer{}, "implicit", clientTLS, "should tls be starttls?"},
		{"plain to a TLS port", &fakeServer{Implicit: true}, "none", nil, "should tls be implicit?"},
		{"starttls to a TLS port", &fakeServer{Silent: true}, "starttls", clientTLS, "should tls be implicit?"},
		{"starttls not offered", &fakeServer{}, "starttls", clientTLS, "offers no STARTTLS"},
		{"unknown authority", &fakeServer{Implicit: true}, "implicit", nil, "certificate"},
		{"unknown authority after STARTTLS", &fakeServer{Extensions: []string{"STARTTLS"}}, "starttls", nil, "certificate"},
		{"wrong name", &fakeServer{Implicit: true}, "implicit", &tls.Config{RootCAs: roots, ServerName: "lain.test"}, "lain.test"},
		{"wrong password", &fakeServer{Extensions: []string{"AUTH PLAIN"}, Answer: on(-1, "AUTH", "535 5.7.8 wrong")}, "none", nil, `does not log "u@x" in: 535 5.7.8 wrong`},
		{"no AUTH", &fakeServer{}, "none", nil, "offers no AUTH"},
		{"foreign AUTH", &fakeServer{Extensions: []string{"AUTH GSSAPI"}}, "none", nil, "GSSAPI"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := tt.server
			f.TLS = serverTLS
			f.start(t)
			cfg := config(f)
			cfg.TLS, cfg.TLSConfig, cfg.Username, cfg.Password = tt.tls, tt.config, "u@x", "rahasia"
			cfg.Timeout = 500 * time.Millisecond
			s := notify.NewSender(cfg)
			defer s.Close()
			for _, err := range []error{notify.Check(t.Context(), cfg), send(t, t.Context(), s, mailsTo("a@x"))[0]} {
				switch {
				case tt.want == "" && err != nil:
					t.Error(err)
				case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), f.Addr)):
					t.Errorf("error %v does not name %s and say %q", err, f.Addr, tt.want)
				case tt.want != "" && !strings.HasPrefix(verdict(err), "temporary"):
					t.Errorf("%v must not bounce mail", err)
				}
				if err != nil && strings.Contains(err.Error(), "rahasia") {
					t.Errorf("the error tells the password: %v", err)
				}
			}
			if got := f.said("AUTH"); tt.want == "" && (len(got) != 2 || got[0] != plainAuth) {
				t.Errorf("AUTH said %q", got)
			}
		})
	}
}

func TestCheckNoop(t *testing.T) {
	f := (&fakeServer{Answer: on(-1, "NOOP", "451 4.3.0 unwell")}).start(t)
	if got := verdict(notify.Check(t.Context(), config(f))); got != "temporary 451 4.3.0" {
		t.Errorf("got %q", got)
	}
}

func TestErrorSentences(t *testing.T) {
	f := (&fakeServer{Extensions: pipelining, Answer: func(n int, line string) string {
		switch line {
		case "RCPT TO:<refused@x>":
			return "550-5.1.1 no\x1b[31m such\r\n550 5.1.1 user"
		case "RCPT TO:<gone@x>":
			return cut
		}
		return ""
	}}).start(t)
	s := notify.NewSender(config(f))
	defer s.Close()
	errs := send(t, t.Context(), s, mailsTo("refused@x", "a b", "gone@x"))
	want := []string{
		"mail server " + f.Addr + " refuses the recipient <refused@x>: 550 5.1.1 no [31m such user",
		`no mail can be sent from or to "a b": the address has a space, control character or angle bracket in it`,
		"the connection to mail server " + f.Addr + " was lost before the mail to <gone@x> was sent: the server closed the connection",
	}
	for i, err := range errs {
		if err == nil || err.Error() != want[i] {
			t.Errorf("got  %v\nwant %s", err, want[i])
		}
	}
	if !errors.Is(errs[2], io.EOF) {
		t.Errorf("%v does not unwrap to its cause", errs[2])
	}
}

func TestLargeMail(t *testing.T) {
	f := (&fakeServer{Extensions: pipelining}).start(t)
	s := notify.NewSender(config(f))
	defer s.Close()
	raw := largeText()
	if err := send(t, t.Context(), s, []notify.Outgoing{{To: "a@x", Raw: raw}, {To: "b@x"}})[0]; err != nil {
		t.Fatal(err)
	}
	if got := f.texts()[0]; got != string(raw) {
		t.Errorf("%d of %d bytes arrived", len(got), len(raw))
	}
}

// A server that stops a mail half-way keeps its say, although writing to it fails.
func TestRefusedHalfWay(t *testing.T) {
	f := (&fakeServer{Extensions: pipelining, Answer: on(0, midText, "552 5.3.4 too large")}).start(t)
	s := notify.NewSender(config(f))
	defer s.Close()
	errs := send(t, t.Context(), s, []notify.Outgoing{{To: "a@x", Raw: largeText()}, {To: "b@x"}})
	if diff := cmp.Diff([]string{"permanent 552 5.3.4", ""}, verdicts(errs)); diff != "" {
		t.Errorf("%s%q", diff, errs)
	}
}

func largeText() []byte {
	return bytes.Repeat([]byte("0123456789abcdef0123456789abcdef\r\n"), 600_000)
}
