package smtp

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"os"
	"time"
)

// SMTPConfig says how to reach the mail server that takes our mail.
type Config struct {
	Address  string // host:port
	TLS      string // implicit, starttls or none
	Username string // empty: no AUTH
	Password string
	Hello    string // our name in EHLO; empty: the host's name
	// TLSConfig adds to the defaults (system roots, the host of Address, TLS 1.2 or newer); may be nil.
	TLSConfig *tls.Config
	// Timeout is how long one answer of the server may take; 0 means 60 s. RFC 5321 section 4.5.3.2
	// suggests minutes: a server that filters during the session may need a larger value, as a
	// mail whose confirmation comes too late is sent again.
	Timeout time.Duration
}

func (c Config) withDefaults() Config {
	if c.Timeout <= 0 {
		c.Timeout = 60 * time.Second
	}
	if c.Hello == "" {
		name, err := os.Hostname()
		if err != nil || name == "" {
			name = "localhost"
		}
		c.Hello = name
	}
	c.TLS = cmp.Or(c.TLS, tlsImplicit)
	return c
}

// Outgoing is one finished mail to one recipient.
type Outgoing struct {
	From string // envelope sender; empty is the null sender <> (RFC 5321 section 4.5.5)
	To   string // envelope recipient
	Raw  []byte // header and body; line ends are normalised on the way out
}

// Sender sends mail over one connection, which it keeps between calls and opens when needed. It is
// for one goroutine.
type Sender struct {
	cfg  Config
	conn *session // nil when there is none
}

// NewSender makes a Sender; it does not connect yet.
func NewSender(cfg Config) *Sender { return &Sender{cfg: cfg} }

// Send delivers the mails in order and calls done once for each, in order, as soon as its fate is
// known: nil when the server took it (2xx to the final dot), else a *Fault.
//
// One mail's failure does not stop the next. A kept connection that the server gave up meanwhile is
// replaced without a word, as nothing had been sent on it. A connection lost later is replaced once;
// when that does not help, the remaining mails get its temporary error. Cancelling ctx closes the
// connection at once.
func (s *Sender) Send(ctx context.Context, mails []Outgoing, done func(i int, err error)) {
	sent, replaced := 0, false
	for sent < len(mails) {
		if ctx.Err() != nil {
			s.drop() // dialling below then says why
		}
		kept := s.conn != nil
		answered, fault := s.session(ctx, mails[sent:], func(i int, e *Fault) { report(done, sent+i, e) })
		sent += answered
		if fault == nil {
			continue
		}
		s.drop()
		fresh := fault.stage < stageSender // it was the dialling that failed
		switch {
		case ctx.Err() != nil || fresh:
		case kept && answered == 0:
			continue
		case !replaced && !errors.Is(fault.Cause, os.ErrDeadlineExceeded):
			replaced = true
			continue
		}
		for ; sent < len(mails); sent++ {
			report(done, sent, fault.forMail(mails[sent]))
		}
	}
}

// report keeps a nil *Fault from becoming an error that is not nil.
func report(done func(int, error), i int, e *Fault) {
	if e == nil {
		done(i, nil)
		return
	}
	done(i, e)
}

// session sends on one connection. It returns how many mails were answered for and what ended the
// connection, nil when it may be kept.
func (s *Sender) session(ctx context.Context, mails []Outgoing, done func(int, *Fault)) (int, *Fault) {
	if s.conn == nil {
		conn, fault := dial(ctx, s.cfg)
		if fault != nil {
			return 0, fault
		}
		s.conn = conn
	}
	conn := s.conn
	release := context.AfterFunc(ctx, func() { conn.conn.Close() })
	answered, fault := conn.deliver(mails, func(i int, e *Fault) { done(i, e.blame(ctx)) })
	if !release() {
		s.drop() // closed under our hands, now or in an instant
	}
	return answered, fault.blame(ctx)
}

// blame names the true cause when it was ctx that closed the connection.
func (e *Fault) blame(ctx context.Context) *Fault {
	if e != nil && ctx.Err() != nil && errors.Is(e.Cause, net.ErrClosed) {
		e.Cause = context.Cause(ctx)
	}
	return e
}

// deliver sends mails until the connection ends. At most one mail is under way and the envelope of
// the next ahead of it: that is as far as RFC 2920 lets a client run before an answer, since DATA ends
// its group. It costs one round trip a mail.
func (c *session) deliver(mails []Outgoing, done func(int, *Fault)) (answered int, lost *Fault) {
	begun := false // the envelope of this mail went out with the text of the last
	for i, m := range mails {
		if e := c.unfit(m); e != nil {
			done(i, e)
			continue
		}
		if !begun {
			c.begin(m)
		}
		begun = false
		refused, lost := c.envelope(m)
		if lost != nil {
			return i, lost
		}
		if refused != nil {
			done(i, refused)
			continue
		}
		c.content(m.Raw)
		if next := i + 1; c.pipelining && next < len(mails) && c.unfit(mails[next]) == nil {
			c.begin(mails[next])
			begun = true
		}
		verdict, hungUp := c.verdict(m)
		done(i, verdict)
		if hungUp {
			return i + 1, verdict
		}
	}
	return len(mails), nil
}

// verdict hears the answer to the final dot.
func (c *session) verdict(m Outgoing) (e *Fault, hungUp bool) {
	a, err := c.hear()
	switch {
	case err != nil:
		e = c.failure(stageContent, m.To, err)
		e.Ambiguous = true
		return e, true
	case a.code/100 == 2:
		return nil, false
	}
	return c.refusal(stageContent, m, a), a.code == 421
}

// forMail is the fault that ended the connection, as it concerns a mail that was never reached.
func (e *Fault) forMail(m Outgoing) *Fault {
	f := *e
	f.Ambiguous = false
	if f.stage >= stageSender {
		f.Address, f.stage = m.To, stageData
	}
	return &f
}

// drop forgets the connection without a farewell.
func (s *Sender) drop() {
	if s.conn != nil {
		s.conn.conn.Close()
		s.conn = nil
	}
}

// Close says QUIT and closes the connection, if there is one; Send opens a new one when called again.
func (s *Sender) Close() error {
	if s.conn == nil {
		return nil
	}
	conn := s.conn
	s.conn = nil
	return conn.quit()
}

// quit is not worth a long wait: all mail has been answered for.
func (c *session) quit() error {
	c.cfg.Timeout = min(c.cfg.Timeout, 5*time.Second)
	c.say("QUIT")
	_, _ = c.hear() // many servers just hang up
	return c.conn.Close()
}

// Check connects, encrypts, logs in and says NOOP, as Send would. Its error is a *Fault that names
// the address and the cause.
func Check(ctx context.Context, cfg Config) error {
	conn, fault := dial(ctx, cfg)
	if fault != nil {
		return fault
	}
	release := context.AfterFunc(ctx, func() { conn.conn.Close() })
	defer release()
	defer conn.quit()
	conn.say("NOOP")
	a, err := conn.hear()
	if err != nil {
		return conn.failure(stageGreeting, "", err)
	}
	if a.code/100 != 2 {
		return conn.refusal(stageGreeting, Outgoing{}, a)
	}
	return nil
}
