package mailbox

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"
)

// client is one connection to the server, logged in.
type client struct {
	cfg  Config
	conn *conn
	wire *bounds // what the library reads
	imap *imapclient.Client
	caps imap.CapSet
	news chan struct{} // gets a value when the server says that mail has come
}

// connect opens a connection and logs in. It is cut off when ctx ends.
func connect(ctx context.Context, cfg Config) (*client, error) {
	raw, err := (&net.Dialer{Timeout: cfg.timing.silence}).DialContext(ctx, "tcp", cfg.Address)
	if err != nil {
		return nil, &fault{ErrUnreachable, fmt.Sprintf("imap %s: cannot connect", cfg.Address), err}
	}
	c := &client{cfg: cfg, conn: newConn(raw), news: make(chan struct{}, 1)}
	cancel := context.AfterFunc(ctx, c.close)
	defer cancel()
	err = c.greet(ctx)
	if err == nil {
		err = c.login()
	}
	if err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}

// close cuts the connection; whatever waits for the server returns at once.
func (c *client) close() { _ = c.conn.Close() }

// greet brings up TLS and reads the server's greeting.
func (c *client) greet(ctx context.Context) error {
	options := &imapclient.Options{
		TLSConfig: c.cfg.TLSConfig,
		UnilateralDataHandler: &imapclient.UnilateralDataHandler{
			Mailbox: func(data *imapclient.UnilateralDataMailbox) {
				if data.NumMessages != nil {
					select {
					case c.news <- struct{}{}:
					default:
					}
				}
			},
		},
	}
	wire := net.Conn(c.conn)
	err := c.within(c.cfg.timing.greeting, func() (err error) {
		switch c.cfg.TLS {
		case TLSImplicit:
			secure := tls.Client(c.conn, c.cfg.TLSConfig)
			wire, err = secure, secure.HandshakeContext(ctx)
		case TLSStart:
			wire, err = c.startTLS(ctx)
		}
		return err
	})
	if err != nil {
		return c.noTLS(ctx, err)
	}
	c.wire = c.bounded(wire)
	c.imap = imapclient.New(c.wire, options)
	if err := c.within(c.cfg.timing.greeting, c.greeting); err != nil {
		if c.cfg.TLS == TLSNone && c.speaksTLS(ctx) {
			return c.mismatch("speaks TLS from the first byte; it wants tls: implicit")
		}
		return c.explain("greeting", err)
	}
	return nil
}

// bounded bounds what the server may say.
func (c *client) bounded(conn net.Conn) *bounds {
	return newBounds(conn, max(c.cfg.MaxSize, maxHeader), max(c.cfg.MaxSize, c.cfg.BatchBytes), c.conn.abort)
}

// greeting waits for the server's first line. When the server says BYE and hangs
// up, the library reports either at random; why it hangs up is worth asking again.
func (c *client) greeting() error {
	err := c.imap.WaitGreeting()
	for range 20 {
		if err == nil || refused(err) {
			break
		}
		<-c.imap.Closed()
		err = c.imap.WaitGreeting()
	}
	return err
}

func (c *client) mismatch(what string) error {
	return &fault{ErrTLS, fmt.Sprintf("imap %s: tls: %s is configured, but the server %s", c.cfg.Address, c.cfg.TLS,
		what), nil}
}

// noTLS explains why TLS did not come about.
func (c *client) noTLS(ctx context.Context, err error) error {
	var plain tls.RecordHeaderError
	var wrong *tls.CertificateVerificationError
	var host x509.HostnameError
	var refused *imap.Error
	bad := func(text string, err error) error {
		return &fault{ErrTLS, fmt.Sprintf("imap %s: %s", c.cfg.Address, text), err}
	}
	switch {
	case errors.As(err, &plain):
		return c.mismatch("speaks plain text there; it wants tls: starttls, or its port for TLS (usually 993)")
	case errors.As(err, &host):
		return bad(fmt.Sprintf("the certificate is not valid for %s", host.Host), err)
	case errors.As(err, &wrong):
		return bad("the certificate is not to be trusted", err)
	case errors.As(err, &refused) && refused.Type != imap.StatusResponseTypeBye:
		return c.mismatch("does not offer STARTTLS there (" + refused.Text + ")")
	case c.cfg.TLS == TLSStart && c.speaksTLS(ctx):
		return c.mismatch("speaks TLS from the first byte; it wants tls: implicit")
	case errors.As(err, new(tls.AlertError)):
		return bad("TLS handshake failed", err)
	}
	return c.explain("TLS handshake", err)
}

// speaksTLS tries a TLS handshake on a connection of its own. It finds out why a
// server says nothing, so nothing is verified and nothing is sent.
func (c *client) speaksTLS(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, c.cfg.timing.greeting)
	defer cancel()
	dialer := &tls.Dialer{Config: &tls.Config{InsecureSkipVerify: true}} //nolint:gosec // see above
	probe, err := dialer.DialContext(ctx, "tcp", c.cfg.Address)
	if err != nil {
		return false
	}
	_ = probe.Close()
	return true
}

func (c *client) login() error {
	err := c.do("login", func() error {
		c.caps = c.imap.Caps()
		switch {
		case c.imap.State() != imap.ConnStateNotAuthenticated: // PREAUTH
			return nil
		case c.caps.Has(imap.AuthCap(sasl.Plain)):
			return c.imap.Authenticate(sasl.NewPlainClient("", c.cfg.Username, c.cfg.Password))
		case c.caps.Has(imap.CapLoginDisabled):
			return &imap.Error{Type: imap.StatusResponseTypeNo,
				Text: "the server allows no login with a password here; it may want TLS"}
		default:
			return c.imap.Login(c.cfg.Username, c.cfg.Password).Wait()
		}
	})
	var refused *imap.Error
	switch {
	case errors.As(err, &refused) && refused.Code == imap.ResponseCodeUnavailable:
		return &fault{ErrUnreachable, fmt.Sprintf("imap %s: the server cannot log in %q now", c.cfg.Address, c.cfg.Username),
			refused}
	case errors.As(err, &refused):
		return &fault{ErrLogin, fmt.Sprintf("imap %s: user %q: the server refused the user name or the password",
			c.cfg.Address, c.cfg.Username), refused}
	case err != nil:
		return err
	}
	return c.do("capability", func() error {
		if c.caps = c.imap.Caps(); c.caps == nil {
			return errors.New("no capabilities")
		}
		return nil
	})
}

// errHangs: the library does not come back, though the connection is closed.
var errHangs = errors.New("the IMAP library hangs")

// do runs one exchange with the server.
func (c *client) do(what string, exchange func() error) error {
	c.wire.renew(maxChatter)
	return c.explain(what, c.within(c.cfg.timing.silence, exchange))
}

// stream is do where the server may have much to say.
func (c *client) stream(what string, exchange func() error) error {
	c.wire.renew(maxStream)
	return c.explain(what, c.within(c.cfg.timing.silence, exchange))
}

// Slowness ends an exchange that is not silent: it gets ten times what silence does, and more at minRate.
const (
	slowness = 10
	minRate  = 4 << 10 // bytes a second
)

// within runs an exchange and closes the connection when nothing has come for so
// long, or next to nothing for ten times as long: because the server owes an answer
// and is silent, or because the library waits for itself. If not even that brings it
// back, it is left behind, with errHangs; then what the exchange works on must not be
// touched.
func (c *client) within(limit time.Duration, exchange func() error) error {
	done := make(chan error, 1)
	began, before := time.Now(), c.conn.received()
	go func() { done <- exchange() }()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	for waiting := true; waiting; {
		select {
		case err := <-done:
			return err
		case <-c.conn.dead:
			waiting = false
		case <-timer.C:
			quiet := c.conn.silence(began)
			if quiet >= limit {
				c.conn.abort(fmt.Errorf("no answer for %v", limit))
				continue
			}
			bytes := c.conn.received() - before
			if took := time.Since(began); took > slowness*limit+time.Duration(bytes)*time.Second/minRate {
				c.conn.abort(fmt.Errorf("an answer of which %d bytes have come in %v", bytes, took.Round(time.Millisecond)))
				continue
			}
			timer.Reset(limit - quiet)
		}
	}
	select {
	case err := <-done:
		return err
	case <-time.After(c.cfg.timing.goodbye):
		return errHangs
	}
}

// explain tells the server's refusal, an *imap.Error, from a lost connection, an
// ErrUnreachable.
func (c *client) explain(what string, err error) error {
	var refused *imap.Error
	switch {
	case err == nil:
		return nil
	case errors.Is(err, ErrUnreachable), errors.Is(err, errFlagged):
		return err
	case errors.As(err, &refused) && refused.Type != imap.StatusResponseTypeBye:
		return fmt.Errorf("imap %s: %s: %w", c.cfg.Address, what, err)
	}
	switch cause := c.conn.cause(); {
	case errors.Is(err, errHangs):
	case cause != nil:
		err = cause
	case errors.Is(err, net.ErrClosed): // by us when the context ended, or by the library
		err = errors.New("closed, since it was time or its answers are not IMAP")
	}
	// The library puts a stack trace after its first line when it cannot read an answer.
	first, _, _ := strings.Cut(err.Error(), "\n")
	kind := ErrUnreachable
	if errors.Is(err, errHangs) {
		kind = errors.Join(ErrUnreachable, errHangs)
	}
	return &fault{kind, fmt.Sprintf("imap %s: connection lost at %s: %s", c.cfg.Address, what, first), nil}
}

// refused says whether the server answered, but not with OK.
func refused(err error) bool {
	var answer *imap.Error
	return errors.As(err, &answer)
}

// logout says goodbye.
func (c *client) logout() {
	_ = c.do("logout", func() error { return c.imap.Logout().Wait() })
	c.close()
}
