package mailparse_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/cputime"
	"batan.go.id/layanan/mailparse"
)

var statusCode = regexp.MustCompile(`^[245]\.\d{1,3}\.\d{1,3}$`)

// checkBounce holds what is true of every delivery report.
func checkBounce(t interface{ Fatalf(string, ...any) }, m *mailparse.Message) {
	if m.Kind != mailparse.KindBounce {
		return
	}
	r := m.Bounce
	if r.Recipient != "" && (!strings.Contains(r.Recipient, "@") || strings.ContainsAny(r.Recipient, " \n<>")) {
		t.Fatalf("recipient %q", r.Recipient)
	}
	if r.Status != "" && !statusCode.MatchString(r.Status) {
		t.Fatalf("status %q", r.Status)
	}
	switch r.Action {
	case "failed", "delayed", "delivered", "relayed", "expanded":
	default:
		t.Fatalf("action %q", r.Action)
	}
	if strings.ContainsAny(m.BounceOf, "<> \n") {
		t.Fatalf("bounce of %q", m.BounceOf)
	}
}

// FuzzBounce reads any text, and any fields, as a mail daemon's.
func FuzzBounce(f *testing.F) {
	f.Add("<ani@mitra.example>: 550 5.1.1 user unknown\n\n"+ourMail, "")
	f.Add("delayed\n  > Received: x\n  > From: a@b\n",
		"Final-Recipient: utf-8; \\x{e1}@b\nAction: delayed\nStatus: 4.4.7")
	f.Add("ȺȺȺ message id <a@b>\nFinal-Recipient: rfc822;a+2Bb@c",
		"Action: x\n\nDiagnostic-Code: smtp; 452 4.2.2 <421 4.4.1>")
	f.Add(`{"notificationType":"Bounce","bounce":{"bouncedRecipients":[{"emailAddress":"a@b"}]}}`,
		"Final-Recipient: x400; /RFC-822=a(a)b/")
	f.Fuzz(func(t *testing.T, text, fields string) {
		head := "From: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail\n"
		raw := []byte(head + "\n" + text)
		checkMessage(t, raw)
		checkBounce(t, mailparse.Parse(raw, testGrammar()))
		raw = []byte(head + multipart("multipart/report; report-type=delivery-status", "\n"+text+"\n",
			"Content-Type: message/delivery-status\n\n"+fields+"\n"))
		checkMessage(t, raw)
		checkBounce(t, mailparse.Parse(raw, testGrammar()))
	})
}

// TestBounceBounded reads reports made to take long.
func TestBounceBounded(t *testing.T) {
	const daemon = "From: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail\n"
	repeat := func(s string, size int) string { return strings.Repeat(s, size/len(s)) }
	texts := map[string]string{
		"addresses in a line": repeat("a@b.id ", 512<<10),
		"addresses in lines":  repeat("user a@b.id\n", 512<<10),
		"headers":             repeat("Received: x\nFrom: a@b.id\nx\n", 512<<10),
		"folded headers":      repeat("From: a@b.id\n x\n", 512<<10),
		"indented headers":    repeat("> Received: x\n >From: a@b.id\n", 512<<10),
		"message ids":         repeat("message-id: <", 512<<10),
		"reply codes":         repeat("550 ", 512<<10),
		"characters":          "Final-Recipient: utf-8; " + repeat("\\x{41", 512<<10),
		"json":                "{\"notificationType\":" + repeat("[", 512<<10),
	}
	for name, text := range texts {
		for _, raw := range []string{daemon + "\n" + text,
			daemon + multipart("multipart/report; report-type=delivery-status", "\n"+text,
				"Content-Type: message/delivery-status\n\n"+text, "Content-Type: message/rfc822\n\n"+text)} {
			start := cputime.Used()
			m := mailparse.Parse([]byte(raw), testGrammar())
			if d := cputime.Used() - start; d > 5*time.Second {
				t.Errorf("%s took %v", name, d)
			}
			checkBounce(t, m)
		}
	}
}
