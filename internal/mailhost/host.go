// Package mailhost is a mail host in one process on loopback: SMTP in, mailboxes in memory, IMAP out.
// `layanan demo` and the tests run the real daemon against it.
//
// It keeps its mailboxes itself instead of using go-imap's imapmemserver, because a test needs
// what that lacks: mail with a malformed header is served byte for byte, moving a vanished UID is
// answered OK, a mail that arrives between SELECT and IDLE is announced at once, UIDVALIDITY
// differs from one start to the next, and a slow reader stops no delivery.
//
// What it is not: durable, encrypted unless given a certificate, or safe to show to a network.
package mailhost

import (
	"bytes"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-smtp"
)

// Options change what the host does; the zero value is a host that takes mail for its users only.
type Options struct {
	// Discard makes the host a sink: mail to anyone who is not a user is accepted, counted (Discarded)
	// and forgotten, instead of refused with 550 5.1.1. Subscribers don't see it.
	Discard bool
	// Refuse, when not nil, is asked about every recipient first; its error, best a *smtp.SMTPError, is the
	// answer to RCPT. It may be called from several goroutines.
	Refuse func(to string) error
	// RequireAuth refuses MAIL with 530 5.7.0 before a user has logged in. AUTH PLAIN is offered always.
	RequireAuth bool
	// TLS, when not nil, adds STARTTLS to both servers.
	TLS *tls.Config
	// MaxMessageSize in bytes for SMTP; 0 means 64 MiB.
	MaxMessageSize int64
}

// Delivery is one mail as it was put into a mailbox.
type Delivery struct {
	From string // envelope sender, empty for the null sender
	To   string // envelope recipient, with its +detail
	Raw  []byte // with Return-Path and Delivered-To; don't change it
}

// Host is a running mail host.
type Host struct {
	SMTPAddr string // host:port
	IMAPAddr string // host:port

	opts     Options
	accounts map[string]*account // by address in lower case; never changed
	smtp     *smtp.Server
	imap     *imapserver.Server
	ports    [2]net.Listener
	running  sync.WaitGroup

	mu            sync.Mutex // orders deliveries
	subscriptions []*subscription
	discarded     int
	closed        bool
}

// Start listens on two free ports of 127.0.0.1. users maps addresses to passwords; the address is
// also the user name.
func Start(users map[string]string, opts Options) (*Host, error) {
	h := &Host{opts: opts, accounts: make(map[string]*account)}
	validity := uint32(time.Now().Unix())
	for address, password := range users {
		h.accounts[strings.ToLower(address)] = newAccount(password, validity)
	}
	smtpLn, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	imapLn, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, errors.Join(err, smtpLn.Close())
	}
	h.SMTPAddr, h.IMAPAddr = smtpLn.Addr().String(), imapLn.Addr().String()
	h.ports = [2]net.Listener{smtpLn, imapLn}
	h.smtp, h.imap = h.newSMTP(), h.newIMAP()
	// Both servers return when Close closes them, which is not worth a report.
	h.running.Go(func() { _ = h.smtp.Serve(smtpLn) })
	h.running.Go(func() { _ = h.imap.Serve(imapLn) })
	return h, nil
}

// Close ends both servers, all connections and subscriptions. It must not be called from a
// subscriber.
func (h *Host) Close() error {
	h.mu.Lock()
	if h.closed {
		h.mu.Unlock()
		return nil
	}
	h.closed = true
	for _, s := range h.subscriptions {
		s.stop()
	}
	h.mu.Unlock()
	err := errors.Join(h.smtp.Close(), h.imap.Close())
	for _, port := range h.ports {
		_ = port.Close() // closed already, unless its server had not come round to serving it
	}
	h.running.Wait()
	return err
}

func (h *Host) newSMTP() *smtp.Server {
	s := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) {
		return &smtpSession{host: h}, nil
	}))
	s.Domain = "mailhost.localhost"
	s.AllowInsecureAuth = true
	s.EnableSMTPUTF8 = true
	s.TLSConfig = h.opts.TLS
	s.MaxLineLength = 1 << 20 // real servers take long lines too
	s.MaxMessageBytes = h.opts.MaxMessageSize
	if s.MaxMessageBytes <= 0 {
		s.MaxMessageBytes = 64 << 20
	}
	s.ErrorLog = log.New(io.Discard, "", 0)
	return s
}

func (h *Host) newIMAP() *imapserver.Server {
	return imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return &imapSession{host: h}, nil, nil
		},
		Caps: imap.CapSet{
			imap.CapIMAP4rev1: {}, imap.CapNamespace: {}, imap.CapUIDPlus: {}, imap.CapMove: {},
			imap.CapESearch: {}, imap.CapLiteralPlus: {},
		},
		TLSConfig:    h.opts.TLS,
		InsecureAuth: true,
		Logger:       log.New(io.Discard, "", 0),
	})
}

// Deliver hands in one mail as SMTP would, with the same answers; bare LF becomes CRLF.
func (h *Host) Deliver(from, to string, raw []byte) error {
	if err := h.accepts(to); err != nil {
		return err
	}
	h.put(from, to, crlf(raw))
	return nil
}

// accepts is the answer to RCPT.
func (h *Host) accepts(to string) error {
	if h.opts.Refuse != nil {
		if err := h.opts.Refuse(to); err != nil {
			return err
		}
	}
	if h.account(to) == nil && !h.opts.Discard {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such user here"}
	}
	return nil
}

// put stores an accepted mail and tells the subscribers, in one order for all of them.
func (h *Host) put(from, to string, raw []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	a := h.account(to)
	if a == nil {
		h.discarded++
		return
	}
	full := slices.Concat([]byte("Return-Path: <"+from+">\r\nDelivered-To: "+to+"\r\n"), raw)
	a.deliver(full)
	for _, s := range h.subscriptions {
		s.push(Delivery{From: from, To: to, Raw: full})
	}
}

// account finds the user of an address, ignoring +detail and case.
func (h *Host) account(address string) *account {
	address = strings.ToLower(address)
	at := strings.LastIndexByte(address, '@')
	if at < 0 {
		return nil
	}
	if plus := strings.IndexByte(address[:at], '+'); plus > 0 {
		if a := h.accounts[address[:plus]+address[at:]]; a != nil {
			return a
		}
	}
	return h.accounts[address]
}

// Discarded is the number of mails dropped under Options.Discard.
func (h *Host) Discarded() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.discarded
}

// Messages returns what a user's mailbox (INBOX, …) holds, oldest first; nil when there is no such
// user or mailbox. Don't change the bytes.
func (h *Host) Messages(address, mailbox string) [][]byte {
	a := h.account(address)
	if a == nil {
		return nil
	}
	return a.texts(mailbox)
}

func crlf(raw []byte) []byte {
	raw = bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(raw, []byte("\n"), []byte("\r\n"))
}
