package smtp

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"
)

// The ways to encrypt a connection, the values of SMTPConfig.TLS.
const (
	tlsImplicit = "implicit"
	tlsStartTLS = "starttls"
	tlsNone     = "none"
)

// dialer opens one connection and leads it through greeting, TLS and AUTH, each step within
// cfg.Timeout.
type dialer struct {
	cfg  Config
	host string
	conn *boundedConn
}

// dial gives a connection that is ready for MAIL.
// Cancelling ctx ends it at any point, also inside a handshake.
func dial(ctx context.Context, cfg Config) (*session, *Fault) {
	d := dialer{cfg: cfg.withDefaults()}
	host, _, err := net.SplitHostPort(cfg.Address)
	if err != nil {
		return nil, d.failure(stageConnect, err)
	}
	d.host = host
	raw, err := (&net.Dialer{Timeout: d.cfg.Timeout}).DialContext(ctx, "tcp", cfg.Address)
	if err != nil {
		return nil, d.failure(stageConnect, err)
	}
	d.conn = &boundedConn{Conn: raw}
	release := context.AfterFunc(ctx, func() { d.conn.Close() })
	client, fault := d.open(ctx)
	if !release() && fault == nil {
		fault = d.failure(stageConnect, context.Cause(ctx))
	}
	if fault != nil {
		d.conn.Close()
		if ctx.Err() != nil {
			fault.Cause, fault.Code, fault.Temporary = context.Cause(ctx), 0, true
		}
		return nil, fault
	}
	return newConn(d.cfg, d.conn, client), nil
}

// open brings a fresh TCP connection to the point where mail can be sent.
func (d *dialer) open(ctx context.Context) (*smtp.Client, *Fault) {
	var conn net.Conn = d.conn
	d.patience()
	if d.cfg.TLS == tlsImplicit {
		secure := tls.Client(conn, d.tlsConfig())
		if err := secure.HandshakeContext(ctx); err != nil {
			return nil, d.failure(stageTLS, hintTLS(err))
		}
		conn = secure
	}
	client, err := smtp.NewClient(conn, d.host)
	if err != nil {
		return nil, d.failure(stageGreeting, d.hintGreeting(err))
	}
	d.patience()
	if err := client.Hello(d.cfg.Hello); err != nil {
		return nil, d.failure(stageGreeting, err)
	}
	if d.cfg.TLS == tlsStartTLS {
		if ok, _ := client.Extension("STARTTLS"); !ok {
			return nil, d.failure(stageTLS, errors.New("it offers no STARTTLS on this port"))
		}
		d.patience()
		if err := client.StartTLS(d.tlsConfig()); err != nil {
			return nil, d.failure(stageTLS, hintTLS(err))
		}
	}
	if d.cfg.Username != "" {
		if fault := d.login(client); fault != nil {
			return nil, fault
		}
	}
	return client, nil
}

// login authenticates. Any mechanism does for an encrypted connection to a server whose
// certificate was checked; PLAIN comes first because every server implements it alike.
func (d *dialer) login(client *smtp.Client) *Fault {
	offered, params := client.Extension("AUTH")
	if !offered {
		return d.failure(stageAuth, errors.New("it offers no AUTH on this connection"))
	}
	_, encrypted := client.TLSConnectionState()
	if peer, ok := d.conn.RemoteAddr().(*net.TCPAddr); !encrypted && !(ok && peer.IP.IsLoopback()) {
		return d.failure(stageAuth, errors.New("the password would travel unencrypted"))
	}
	user, password := d.cfg.Username, d.cfg.Password
	mechanisms := strings.Fields(strings.ToUpper(params))
	var auth smtp.Auth
	switch {
	case slices.Contains(mechanisms, "PLAIN"):
		auth = smtp.PlainAuth("", user, password, d.host, true)
	case slices.Contains(mechanisms, "LOGIN"):
		auth = smtp.LoginAuth(user, password, d.host, true)
	case slices.Contains(mechanisms, "SCRAM-SHA-256"):
		auth = smtp.ScramSHA256Auth(user, password)
	case slices.Contains(mechanisms, "SCRAM-SHA-1"):
		auth = smtp.ScramSHA1Auth(user, password)
	case slices.Contains(mechanisms, "CRAM-MD5"):
		auth = smtp.CRAMMD5Auth(user, password)
	default:
		return d.failure(stageAuth, fmt.Errorf("it offers only the AUTH mechanisms %q, none of which we speak", params))
	}
	d.patience()
	if err := client.Auth(auth); err != nil {
		return d.failure(stageAuth, err)
	}
	return nil
}

// patience allows the next step one Timeout.
func (d *dialer) patience() {
	d.conn.renew()
	// A connection that refuses a deadline is already closed, which the next read reports.
	_ = d.conn.SetDeadline(time.Now().Add(d.cfg.Timeout))
}

func (d *dialer) tlsConfig() *tls.Config {
	cfg := d.cfg.TLSConfig.Clone()
	if cfg == nil {
		cfg = new(tls.Config)
	}
	if cfg.ServerName == "" {
		cfg.ServerName = d.host
	}
	if cfg.MinVersion == 0 {
		cfg.MinVersion = tls.VersionTLS12
	}
	return cfg
}

// failure turns what a step reported into a Fault.
func (d *dialer) failure(stage stage, err error) *Fault {
	e := &Fault{Server: d.cfg.Address, stage: stage}
	if stage == stageAuth {
		e.Address = d.cfg.Username
	}
	var refused *textproto.Error
	if errors.As(err, &refused) {
		a := parseAnswer(refused.Code, strings.Split(refused.Msg, "\n"))
		e.Code, e.Enhanced, e.Reply = a.code, a.enhanced, a.text
	} else {
		e.Cause = err
	}
	e.Temporary = temporary(stage, e.Code)
	return e
}

// hintTLS recognises a server that talks plain SMTP where TLS was expected.
func hintTLS(err error) error {
	var notTLS tls.RecordHeaderError
	if errors.As(err, &notTLS) {
		return fmt.Errorf("it does not speak TLS from the start on this port (should tls be starttls?): %w", err)
	}
	return err
}

// hintGreeting recognises a server that waits for TLS where plain SMTP was expected: it is silent,
// or answers our silence with bytes that are no greeting.
func (d *dialer) hintGreeting(err error) error {
	var garbled textproto.ProtocolError
	if d.cfg.TLS != tlsImplicit && (errors.Is(err, os.ErrDeadlineExceeded) || errors.As(err, &garbled)) {
		return fmt.Errorf("no SMTP greeting within %s (should tls be implicit?)", d.cfg.Timeout)
	}
	return err
}
