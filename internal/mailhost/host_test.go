package mailhost_test

import (
	"bytes"
	"errors"
	"fmt"
	netsmtp "net/smtp"
	"net/textproto"
	"strings"
	"sync"
	"testing"
	"time"

	"batan.go.id/layanan/internal/mailhost"
	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"
)

const (
	ani  = "ani@batan.go.id"
	budi = "budi@batan.go.id"
)

func start(t testing.TB, opts mailhost.Options) *mailhost.Host {
	t.Helper()
	h, err := mailhost.Start(map[string]string{ani: "a", budi: "b"}, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

// login opens an IMAP connection for ani; news, when not nil, gets every EXISTS.
func login(t testing.TB, h *mailhost.Host, news chan uint32) *imapclient.Client {
	t.Helper()
	c, err := imapclient.DialInsecure(h.IMAPAddr, &imapclient.Options{
		UnilateralDataHandler: &imapclient.UnilateralDataHandler{Mailbox: func(d *imapclient.UnilateralDataMailbox) {
			if news != nil && d.NumMessages != nil {
				news <- *d.NumMessages
			}
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	must(t, c.Login(ani, "a").Wait())
	return c
}

func inbox(t testing.TB, c *imapclient.Client) *imap.SelectData {
	t.Helper()
	data, err := c.Select("INBOX", nil).Wait()
	must(t, err)
	return data
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// next waits for one value, with a limit so that a failure is no hang.
func next[T any](t testing.TB, c <-chan T) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(10 * time.Second):
		t.Fatal("nothing came within 10 s")
		panic("unreachable")
	}
}

// post sends with the standard library's client.
func post(h *mailhost.Host, from string, to []string, raw string) error {
	return netsmtp.SendMail(h.SMTPAddr, nil, from, to, []byte(raw))
}

func fetch(t testing.TB, c *imapclient.Client, uid imap.UID, item *imap.FetchItemBodySection) string {
	t.Helper()
	rows, err := c.Fetch(imap.UIDSetNum(uid), &imap.FetchOptions{UID: true,
		BodySection: []*imap.FetchItemBodySection{item}}).Collect()
	must(t, err)
	if len(rows) != 1 {
		t.Fatalf("UID %d gave %d rows", uid, len(rows))
	}
	return string(rows[0].FindBodySection(item))
}

func TestSMTPToIdleToFetch(t *testing.T) {
	h := start(t, mailhost.Options{})
	news := make(chan uint32, 16)
	c := login(t, h, news)
	inbox(t, c)
	idle, err := c.Idle()
	must(t, err)
	must(t, post(h, "luar@x.test", []string{"Ani+kode.1@batan.go.id"}, "Subject: halo\r\n\r\n.titik\r\n"))
	if n := next(t, news); n != 1 {
		t.Errorf("IDLE announced %d messages, want 1", n)
	}
	must(t, idle.Close())
	must(t, idle.Wait())
	want := "Return-Path: <luar@x.test>\r\nDelivered-To: Ani+kode.1@batan.go.id\r\nSubject: halo\r\n\r\n.titik\r\n"
	if got := fetch(t, c, 1, &imap.FetchItemBodySection{Peek: true}); got != want {
		t.Errorf("fetched %q, want %q", got, want)
	}
	if diff := cmp.Diff([][]byte{[]byte(want)}, h.Messages(ani, "inbox")); diff != "" {
		t.Error(diff)
	}
}

// What arrives between SELECT and IDLE must not wait for the next change.
func TestIdleMissesNothing(t *testing.T) {
	h := start(t, mailhost.Options{})
	news := make(chan uint32, 16)
	c := login(t, h, news)
	inbox(t, c)
	must(t, h.Deliver("", ani, []byte("\r\n")))
	idle, err := c.Idle()
	must(t, err)
	if n := next(t, news); n != 1 {
		t.Errorf("IDLE announced %d messages, want 1", n)
	}
	must(t, idle.Close())
}

func TestAnswersToRcpt(t *testing.T) {
	full := &smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 2, 2}, Message: "Mailbox full"}
	refuse := func(to string) error {
		if to == budi {
			return full
		}
		return nil
	}
	for _, tt := range []struct {
		to   string
		opts mailhost.Options
		code int // 0: accepted
	}{
		{ani, mailhost.Options{}, 0},
		{"ANI+x+y@BATAN.go.id", mailhost.Options{}, 0},
		{"siapa@batan.go.id", mailhost.Options{}, 550},
		{"siapa+ani@batan.go.id", mailhost.Options{}, 550},
		{"+@batan.go.id", mailhost.Options{}, 550},
		{"siapa@batan.go.id", mailhost.Options{Discard: true}, 0},
		{budi, mailhost.Options{Refuse: refuse}, 452},
		{ani, mailhost.Options{Refuse: refuse}, 0},
		{ani, mailhost.Options{RequireAuth: true}, 530},
	} {
		h := start(t, tt.opts)
		for via, err := range map[string]error{
			"SMTP":    post(h, ani, []string{tt.to}, "\r\n"),
			"Deliver": h.Deliver(ani, tt.to, nil),
		} {
			if got := code(err); got != tt.code && !(via == "Deliver" && tt.opts.RequireAuth) {
				t.Errorf("%s to %s with %+v: answer %d, want %d (%v)", via, tt.to, tt.opts, got, tt.code, err)
			}
		}
	}
}

func code(err error) int {
	var wire *textproto.Error
	var own *smtp.SMTPError
	switch {
	case errors.As(err, &wire):
		return wire.Code
	case errors.As(err, &own):
		return own.Code
	}
	return 0
}

func TestAuth(t *testing.T) {
	h := start(t, mailhost.Options{RequireAuth: true})
	for password, want := range map[string]int{"b": 0, "salah": 535} {
		auth := netsmtp.PlainAuth("", budi, password, "127.0.0.1")
		if got := code(netsmtp.SendMail(h.SMTPAddr, auth, budi, []string{ani}, []byte("\r\n"))); got != want {
			t.Errorf("password %q: answer %d, want %d", password, got, want)
		}
	}
	if n := len(h.Messages(ani, "INBOX")); n != 1 {
		t.Errorf("%d mails arrived, want 1", n)
	}
}

func TestDiscard(t *testing.T) {
	h := start(t, mailhost.Options{Discard: true})
	must(t, post(h, ani, []string{"x@luar.test", "y@luar.test", budi}, "Subject: a\r\n\r\n"))
	if n := h.Discarded(); n != 2 {
		t.Errorf("%d discarded, want 2", n)
	}
	if n := len(h.Messages(budi, "INBOX")); n != 1 {
		t.Errorf("a user's mail was discarded too: %d kept", n)
	}
}

func TestThousandMailsInOrder(t *testing.T) {
	const senders, each = 4, 250
	h := start(t, mailhost.Options{})
	seen := make(chan mailhost.Delivery, senders*each)
	stop := h.Subscribe(func(d mailhost.Delivery) { seen <- d })
	var group sync.WaitGroup
	for s := range senders {
		group.Go(func() {
			for i := range each {
				if err := post(h, budi, []string{ani}, fmt.Sprintf("Subject: %d/%d\r\n\r\n", s, i)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	kept := h.Messages(ani, "INBOX")
	if len(kept) != senders*each {
		t.Fatalf("%d mails arrived", len(kept))
	}
	for i, raw := range kept {
		if d := next(t, seen); !bytes.Equal(d.Raw, raw) || d.From != budi || d.To != ani {
			t.Fatalf("delivery %d was %q from %s to %s, the mailbox has %q", i, d.Raw, d.From, d.To, raw)
		}
	}
	c := login(t, h, nil)
	if data := inbox(t, c); data.NumMessages != senders*each || data.UIDNext != senders*each+1 {
		t.Errorf("SELECT says %d messages, next UID %d", data.NumMessages, data.UIDNext)
	}
	rows, err := c.Fetch(imap.UIDSet{{Start: 1}}, &imap.FetchOptions{RFC822Size: true}).Collect()
	must(t, err)
	for i, row := range rows {
		if row.UID != imap.UID(i+1) || row.RFC822Size != int64(len(kept[i])) {
			t.Fatalf("row %d has UID %d, size %d", i, row.UID, row.RFC822Size)
		}
	}
	if len(rows) != senders*each {
		t.Errorf("FETCH 1:* gave %d rows", len(rows))
	}
	stop()
	must(t, h.Deliver("", ani, nil))
	if len(seen) != 0 {
		t.Error("a stopped subscriber was called")
	}
}

// A subscriber may answer a mail from where it sees it.
func TestSubscriberDelivers(t *testing.T) {
	h := start(t, mailhost.Options{})
	answered := make(chan mailhost.Delivery, 1)
	h.Subscribe(func(d mailhost.Delivery) {
		if d.To == ani {
			if err := h.Deliver(ani, budi, []byte("Subject: Re\n\n")); err != nil {
				t.Error(err)
			}
			return
		}
		answered <- d
	})
	must(t, h.Deliver(budi, ani, nil))
	if d := next(t, answered); !bytes.HasSuffix(d.Raw, []byte("Subject: Re\r\n\r\n")) {
		t.Errorf("LF did not become CRLF: %q", d.Raw)
	}
}

// Bytes that no header parser takes come out as they went in.
func TestMalformedMail(t *testing.T) {
	h := start(t, mailhost.Options{})
	const prefix = "Return-Path: <>\r\nDelivered-To: " + ani + "\r\n"
	raws := []string{
		"From nobody Mon Jan  1 00:00:00 2018\r\nSubject: mbox\r\n\r\nisi\r\n",
		"no colon here\r\n\r\nisi",
		"Subject: x\r\n folded\r\n\r\n\x00\xff\r\n",
		"",
	}
	c := login(t, h, nil)
	for _, raw := range raws {
		must(t, h.Deliver("", ani, []byte(raw)))
	}
	inbox(t, c)
	for i, raw := range raws {
		want := prefix + raw
		if got := fetch(t, c, imap.UID(i+1), &imap.FetchItemBodySection{Peek: true}); got != want {
			t.Errorf("BODY[] is %q, want %q", got, want)
		}
		header, text, _ := strings.Cut(want, "\r\n\r\n")
		if got := fetch(t, c, imap.UID(i+1), &imap.FetchItemBodySection{Specifier: imap.PartSpecifierText,
			Peek: true}); got != text {
			t.Errorf("BODY[TEXT] is %q, want %q", got, text)
		}
		if got := fetch(t, c, imap.UID(i+1), &imap.FetchItemBodySection{Specifier: imap.PartSpecifierHeader,
			Peek: true}); !strings.HasPrefix(got, header) {
			t.Errorf("BODY[HEADER] is %q, want %q", got, header)
		}
		part := &imap.FetchItemBodySection{Partial: &imap.SectionPartial{Offset: 8, Size: 4}, Peek: true}
		if got := fetch(t, c, imap.UID(i+1), part); got != want[8:12] {
			t.Errorf("BODY[]<8.4> is %q", got)
		}
	}
	fields := &imap.FetchItemBodySection{Specifier: imap.PartSpecifierHeader, HeaderFields: []string{"subject"},
		Peek: true}
	if got := fetch(t, c, 3, fields); got != "Subject: x\r\n folded\r\n\r\n" {
		t.Errorf("HEADER.FIELDS is %q", got)
	}
	rows, err := c.Fetch(imap.UIDSet{{Start: 1}},
		&imap.FetchOptions{Envelope: true, BodyStructure: &imap.FetchItemBodyStructure{Extended: true}}).Collect()
	if err != nil || len(rows) != len(raws) {
		t.Errorf("ENVELOPE and BODYSTRUCTURE: %d rows, %v", len(rows), err)
	}
}
