package smtp_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/smtp"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var pipelining = []string{"PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES"}

const patience = 10 * time.Second // for tests in which no wait is expected

func config(f *fakeServer) smtp.Config {
	return smtp.Config{Address: f.Addr, TLS: "none", Hello: "client.test", Timeout: patience}
}

// mailsTo makes one small mail for each recipient.
func mailsTo(to ...string) []smtp.Outgoing {
	var mails []smtp.Outgoing
	for _, a := range to {
		mails = append(mails, smtp.Outgoing{From: "layanan@batan.go.id", To: a,
			Raw: []byte("To: " + a + "\r\n\r\nhalo\r\n")})
	}
	return mails
}

// send returns the errors by mail and insists that every mail is answered once and in order.
func send(t rapid.TB, ctx context.Context, s *smtp.Sender, mails []smtp.Outgoing) []error {
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
	var e *smtp.Fault
	if !errors.As(err, &e) {
		return "not a Fault: " + err.Error()
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
				s := smtp.NewSender(config(f))
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
	s := smtp.NewSender(config(f))
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
	s := smtp.NewSender(config(f))
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
			s := smtp.NewSender(cfg)
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

// No address may reach the wire that ends its command line or its angle brackets.
func TestHostileAddresses(t *testing.T) {
	f := (&fakeServer{Extensions: pipelining}).start(t)
	s := smtp.NewSender(config(f))
	defer s.Close()
	bad := []string{"", "a@x>\r\nRCPT TO:<b@x", "a@x\nDATA", "a@x> SIZE=1", "a b@x", "a\x00@x", "a\x7f@x",
		"<a@x>", "a\u0085@x", "\xff@x", "ä@x", strings.Repeat("a", 400) + "@x"}
	for _, a := range bad {
		mails := append(mailsTo("before@x", a, "after@x"), smtp.Outgoing{From: a, To: "from@x"})
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
	s := smtp.NewSender(config(f))
	defer s.Close()
	errs := send(t, t.Context(), s, mailsTo("refused@x", "a b", "gone@x"))
	want := []string{
		"mail server " + f.Addr + " refuses the recipient <refused@x>: 550 5.1.1 no [31m such user",
		`no mail can be sent from or to "a b": the address has a space, control character or angle bracket in it`,
		"the connection to mail server " + f.Addr +
			" was lost before the mail to <gone@x> was sent: the server closed the connection",
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
