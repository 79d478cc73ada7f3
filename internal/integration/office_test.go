package integration

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"net/mail"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-message"
	"github.com/emersion/go-smtp"

	"batan.go.id/layanan/internal/lab"
)

// office is the people: they read their mailboxes over IMAP and write by SMTP.
type office struct {
	t       *testing.T // the present scene
	whole   *testing.T // keeps the connections
	dovecot *lab.DovecotServer
	postfix *lab.PostfixServer
	readers map[string]*reader
}

func newOffice(t *testing.T, d *lab.DovecotServer, p *lab.PostfixServer) *office {
	return &office{t: t, whole: t, dovecot: d, postfix: p, readers: map[string]*reader{}}
}

// letter is a mail of the service as its recipient reads it.
type letter struct {
	to, id, inReplyTo     string
	replyTo, subject      string
	request, notice, step string
	text                  string
	raw                   []byte
	taken                 bool
}

// readLetter decodes a mail.
func readLetter(to string, raw []byte) (*letter, error) {
	e, err := message.Read(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	h := e.Header
	l := &letter{to: to, id: h.Get("Message-Id"), inReplyTo: h.Get("In-Reply-To"), request: h.Get("X-Layanan-Request"),
		notice: h.Get("X-Layanan-Notice"), step: h.Get("X-Layanan-Step"), raw: raw}
	if l.subject, err = new(mime.WordDecoder).DecodeHeader(h.Get("Subject")); err != nil {
		return nil, err
	}
	if a, err := mail.ParseAddress(h.Get("Reply-To")); err == nil {
		l.replyTo = a.Address
	}
	return l, e.Walk(func(_ []int, part *message.Entity, err error) error {
		if kind, _, _ := part.Header.ContentType(); err != nil || kind != "text/plain" {
			return err
		}
		text, err := io.ReadAll(part.Body)
		l.text += string(text)
		return err
	})
}

// reads reports whether the recipient reads some words; spaces may be such at
// which no line breaks.
func (l *letter) reads(words string) bool {
	return strings.Contains(strings.ReplaceAll(l.text, "\u00a0", " "), words)
}

// reader follows one mailbox over IMAP.
type reader struct {
	user    string
	client  *imapclient.Client
	next    imap.UID
	letters []*letter
}

func (o *office) reader(user string) *reader {
	o.t.Helper()
	if r := o.readers[user]; r != nil {
		return r
	}
	c, err := imapclient.DialInsecure(o.dovecot.Addr, nil)
	if err != nil {
		o.t.Fatal(err)
	}
	o.whole.Cleanup(func() { _ = c.Close() })
	if err := c.Login(user, password).Wait(); err != nil {
		o.t.Fatal(err)
	}
	if _, err := c.Select("INBOX", &imap.SelectOptions{ReadOnly: true}).Wait(); err != nil {
		o.t.Fatal(err)
	}
	r := &reader{user: user, client: c, next: 1}
	o.readers[user] = r
	return r
}

// look fetches what has come since the last look.
func (r *reader) look() error {
	if err := r.client.Noop().Wait(); err != nil {
		return err
	}
	whole := &imap.FetchItemBodySection{Peek: true}
	got, err := r.client.Fetch(imap.UIDSet{{Start: r.next}},
		&imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{whole}}).Collect()
	if err != nil {
		return err
	}
	for _, m := range got {
		raw := m.FindBodySection(whole)
		if m.UID < r.next || raw == nil { // n:* names the last one, however old
			continue
		}
		r.next = m.UID + 1
		l, err := readLetter(r.user, raw)
		if err != nil {
			return fmt.Errorf("%w, in a mail to %s:\n%s", err, r.user, raw)
		}
		r.letters = append(r.letters, l)
	}
	return nil
}

// take waits for a notice to a person about a request, named by its number or
// by its event, and takes it, so that the next take gets the next one.
func (o *office) take(user, notice, about string) *letter {
	o.t.Helper()
	r := o.reader(user)
	var found *letter
	until(o.t, notice+" to "+user+" about "+about, func() bool {
		if err := r.look(); err != nil {
			o.t.Fatal(err)
		}
		i := slices.IndexFunc(r.letters, func(l *letter) bool {
			return !l.taken && l.notice == notice && (l.request == about || strings.Contains(l.subject, about))
		})
		if i < 0 {
			return false
		}
		found = r.letters[i]
		found.taken = true
		return true
	})
	return found
}

// has counts the notices of a kind that a person has about a request.
func (o *office) has(user, notice, about string) (n int) {
	o.t.Helper()
	r := o.reader(user)
	if err := r.look(); err != nil {
		o.t.Fatal(err)
	}
	for _, l := range r.letters {
		if l.notice == notice && (l.request == about || strings.Contains(l.subject, about)) {
			n++
		}
	}
	return n
}

var serial atomic.Int64

// note is a mail that a person writes.
type note struct {
	from, to, subject, inReplyTo, body string
	headers                            string // more of them, each with its CRLF
}

// raw is the mail's bytes with a Message-ID of its own.
func (n note) raw() (raw []byte, id string) {
	id = fmt.Sprintf("%d.%d@client.batan.go.id", serial.Add(1), time.Now().UnixNano())
	var b strings.Builder
	fmt.Fprintf(&b, "From: %s\r\nTo: %s\r\nSubject: %s\r\nDate: %s\r\nMessage-ID: <%s>\r\n", n.from, n.to,
		mime.QEncoding.Encode("utf-8", n.subject), time.Now().Format(time.RFC1123Z), id)
	if n.inReplyTo != "" {
		fmt.Fprintf(&b, "In-Reply-To: %[1]s\r\nReferences: %[1]s\r\n", n.inReplyTo)
	}
	b.WriteString(n.headers +
		"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + n.body)
	return []byte(b.String()), id
}

// send hands a mail to Postfix; its Message-ID is returned.
func (o *office) send(n note) (id string) {
	o.t.Helper()
	raw, id := n.raw()
	from, err := mail.ParseAddress(n.from)
	if err != nil {
		o.t.Fatal(err)
	}
	c, err := smtp.Dial(o.postfix.Addr)
	if err != nil {
		o.t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if err := c.SendMail(from.Address, []string{n.to}, bytes.NewReader(raw)); err != nil {
		o.t.Fatal(err)
	}
	return id
}

// form is FM 001 as a person types it; the event names the request in subjects.
func form(event string) string {
	return "Yth. Layanan BATANnet,\r\n\r\nNama : Ani Lestari\r\nNIP : 19850217 201012 2 003\r\nUnit Kerja : Pusat " +
		"Sains dan Teknologi Nuklir Terapan\r\n" +
		"Kegiatan : " + event + "\r\nTanggal : " + time.Now().AddDate(0, 0, 30).Format("2/1/2006") + " pukul 09.00 WIB\r\n" +
		"Pelaksanaan Video Konferensi : Ruang Rapat Utama\r\nMedia : Email\r\n\r\nTerima kasih,\r\nAni\r\n"
}

// file sends a form and gives the number that the requester is told.
func (o *office) file(event string) (number string) {
	o.t.Helper()
	o.send(note{from: "Ani Lestari <" + pemohon + ">", to: layanan, subject: "Permohonan video konferensi",
		body: form(event)})
	l := o.take(pemohon, "registered", event)
	if l.request == "" {
		o.t.Fatalf("registered without a number:\n%s", l.raw)
	}
	return l.request
}

// answer is a person's reply to a mail: to its Reply-To, with the text quoted.
func answer(l *letter, says string) note {
	quoted := "> " + strings.ReplaceAll(strings.ReplaceAll(l.text, "\r\n", "\n"), "\n", "\r\n> ")
	return note{from: l.to, to: l.replyTo, subject: "Re: " + l.subject, inReplyTo: l.id,
		body: says + "\r\n\r\nPada Sen, 23 Nov 2026 pukul 09.00 Layanan BATANnet <" + layanan + "> menulis:\r\n" + quoted +
			"\r\n"}
}

// reply sends a person's answer.
func (o *office) reply(l *letter, says string) (id string) {
	o.t.Helper()
	return o.send(answer(l, says))
}
