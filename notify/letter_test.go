package notify_test

import (
	"bytes"
	"io"
	"net/mail"
	"strings"
	"testing"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset"

	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

// letter is a rendered mail, opened.
type letter struct {
	notice     workflow.Notice
	req        workflow.Request
	mail       notify.Mail
	head       mail.Header // as on the wire
	subject    string      // decoded
	text, html string      // the text with blanks for blanks that don't break
}

// post renders a notice for one recipient and opens the mail.
func post(tb testing.TB, r *notify.Renderer, req workflow.Request, n workflow.Notice, ctx notify.Context) letter {
	tb.Helper()
	mails, err := r.Render(req, n, ctx)
	if err != nil {
		tb.Fatal(err)
	}
	if len(mails) != 1 {
		tb.Fatalf("%d mails, want one", len(mails))
	}
	l := open(tb, mails[0])
	l.notice, l.req = n, req
	return l
}

// failer is what testing and rapid have in common.
type failer interface {
	Helper()
	Errorf(format string, args ...any)
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// open reads a mail with two parsers that are not ours.
func open(tb failer, m notify.Mail) letter {
	tb.Helper()
	std, err := mail.ReadMessage(bytes.NewReader(m.Raw))
	if err != nil {
		tb.Fatalf("net/mail: %v", err)
	}
	l := letter{mail: m, head: std.Header}
	e, err := message.Read(bytes.NewReader(m.Raw))
	if err != nil {
		tb.Fatalf("go-message: %v", err)
	}
	if l.subject, err = e.Header.Text("Subject"); err != nil {
		tb.Fatalf("subject: %v", err)
	}
	parts := e.MultipartReader()
	if parts == nil {
		tb.Fatalf("no parts: %s", e.Header.Get("Content-Type"))
	}
	for {
		p, err := parts.NextPart()
		if err == io.EOF {
			return l
		}
		if err != nil {
			tb.Fatalf("go-message: %v", err)
		}
		body, err := io.ReadAll(p.Body)
		if err != nil {
			tb.Fatal(err)
		}
		kind, _, err := p.Header.ContentType()
		if err != nil {
			tb.Fatal(err)
		}
		decoded := strings.ReplaceAll(string(body), "\r\n", "\n")
		switch kind {
		case "text/plain":
			l.text = strings.ReplaceAll(decoded, "\u00a0", " ")
		case "text/html":
			l.html = decoded
		default:
			tb.Fatalf("a part of type %s", kind)
		}
	}
}
