package lab_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"batan.go.id/layanan/internal/lab"
)

func TestMain(m *testing.M) { lab.Main(m) }

const (
	ani  = "ani@batan.go.id"
	budi = "budi@ppiksn.example"
)

// users have passwords with the characters that configuration files trip over.
func users() map[string]string {
	return map[string]string{ani: `rahasia: "1" {x} #$%`, budi: "sandi"}
}

func mail(subject string) []byte {
	return fmt.Appendf(nil, "From: %s\r\nTo: %s\r\nSubject: %s\r\n\r\nIsi.\r\n.titik\r\nÄÖ\r\n", budi, ani, subject)
}

// dialIMAP connects with a client that gives up rather than wait forever.
func dialIMAP(t *testing.T, dial func() (*imapclient.Client, error)) *imapclient.Client {
	t.Helper()
	c, err := dial()
	if err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(30*time.Second, func() { c.Close() })
	t.Cleanup(func() {
		timer.Stop()
		c.Close()
	})
	return c
}

// login connects to Dovecot in the clear, as ani.
func login(t *testing.T, d *lab.DovecotServer) *imapclient.Client {
	t.Helper()
	c := dialIMAP(t, func() (*imapclient.Client, error) { return imapclient.DialInsecure(d.Addr, nil) })
	if err := c.Login(ani, users()[ani]).Wait(); err != nil {
		t.Fatal(err)
	}
	return c
}

func dialSMTP(t *testing.T, p *lab.PostfixServer) *smtp.Client {
	t.Helper()
	c, err := smtp.Dial(p.Addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func sendTo(t *testing.T, p *lab.PostfixServer, to string, raw []byte) error {
	t.Helper()
	return dialSMTP(t, p).SendMail(budi, []string{to}, bytes.NewReader(raw))
}

func TestMailGoesInBySMTPAndOutByIMAP(t *testing.T) {
	d := lab.Dovecot(t, users())
	p := lab.Postfix(t, d)
	if err := sendTo(t, p, "ani+vc-2026-0001.abc@batan.go.id", mail("uji")); err != nil {
		t.Fatal(err)
	}
	got := d.Await(t, ani, "INBOX", 1)
	if len(got) != 1 {
		t.Fatalf("%d mails", len(got))
	}
	for _, want := range []string{"Delivered-To: ani+vc-2026-0001.abc@batan.go.id\r\n", "Subject: uji\r\n",
		"\r\n\r\nIsi.\r\n.titik\r\nÄÖ\r\n"} {
		if !bytes.Contains(got[0], []byte(want)) {
			t.Errorf("no %q in\n%s", want, got[0])
		}
	}
	if n := len(d.Messages(t, budi, "INBOX")); n != 0 {
		t.Errorf("budi has %d mails", n)
	}
}

func TestPostfixRefuses(t *testing.T) {
	d := lab.Dovecot(t, users())
	p := lab.Postfix(t, d, lab.MaxMessageSize(2000))
	tests := []struct {
		name, to string
		raw      []byte
		want     string
	}{
		{"unknown user", "tidak.ada@batan.go.id", mail("uji"), "550 5.1.1"},
		{"unknown user with detail", "tidak.ada+x@batan.go.id", mail("uji"), "550 5.1.1"},
		{"other domain", "ani@example.com", mail("uji"), "554 5.7.1"},
		{"too large", ani, append(mail("uji"), bytes.Repeat([]byte("isi\r\n"), 1000)...), "552 5.3.4"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := sendTo(t, p, test.to, test.raw)
			refused, ok := err.(*smtp.SMTPError)
			if !ok {
				t.Fatalf("no refusal: %v", err)
			}
			e := refused.EnhancedCode
			if got := fmt.Sprintf("%d %d.%d.%d", refused.Code, e[0], e[1], e[2]); got != test.want {
				t.Errorf("%s (%v), want %s", got, err, test.want)
			}
		})
	}
}

func TestPostfixTLSAndLogin(t *testing.T) {
	d := lab.Dovecot(t, users())
	p := lab.Postfix(t, d)
	trust := &tls.Config{RootCAs: p.CA, ServerName: "127.0.0.1"}
	dials := map[string]func(*tls.Config) (*smtp.Client, error){
		"STARTTLS": func(c *tls.Config) (*smtp.Client, error) { return smtp.DialStartTLS(p.SubmissionAddr, c) },
		"implicit": func(c *tls.Config) (*smtp.Client, error) { return smtp.DialTLS(p.TLSAddr, c) },
	}
	for name, dial := range dials {
		t.Run(name, func(t *testing.T) {
			if err := submit(dial, trust, "salah", mail(name)); err == nil || !strings.Contains(err.Error(), "535") {
				t.Errorf("wrong password: %v", err)
			}
			if err := submit(dial, trust, users()[ani], mail(name)); err != nil {
				t.Errorf("right password: %v", err)
			}
			var stranger *tls.CertificateVerificationError
			if err := submit(dial, &tls.Config{ServerName: "127.0.0.1"}, "", nil); !errors.As(err, &stranger) {
				t.Errorf("a stranger's certificate: %v", err)
			}
		})
	}
	d.Await(t, budi, "INBOX", 2)
}

// submit logs in as ani and sends a mail to budi.
func submit(dial func(*tls.Config) (*smtp.Client, error), trust *tls.Config, password string, raw []byte) error {
	c, err := dial(trust)
	if err != nil {
		return err
	}
	defer c.Close()
	if err := c.Auth(sasl.NewPlainClient("", ani, password)); err != nil {
		return err
	}
	return c.SendMail(ani, []string{budi}, bytes.NewReader(raw))
}

func TestPostfixKeepsMailWhileDovecotIsDown(t *testing.T) {
	d := lab.Dovecot(t, users())
	p := lab.Postfix(t, d)
	d.Kill()
	if conn, err := net.Dial("tcp", d.Addr); err == nil {
		conn.Close()
		t.Fatal("Dovecot answers after Kill")
	}
	if err := sendTo(t, p, ani, mail("menunggu")); err != nil {
		t.Fatal(err)
	}
	p.Kill()
	p.Restart(t)
	d.Restart(t)
	d.Await(t, ani, "INBOX", 1)
	for name, log := range map[string]string{"dovecot": d.LogText(), "postfix": p.LogText()} {
		if !strings.Contains(log, ani) {
			t.Errorf("the log of %s does not know of %s:\n%s", name, ani, log)
		}
	}
}

func TestServersRestartWhileRunning(t *testing.T) {
	d := lab.Dovecot(t, users())
	d.Deliver(t, ani, mail("uji"))
	c := login(t, d)
	d.Restart(t)
	select {
	case <-c.Closed():
	case <-t.Context().Done():
	case <-time.After(10 * time.Second):
		t.Error("the old connection lives")
	}
	if n := len(d.Messages(t, ani, "INBOX")); n != 1 {
		t.Errorf("%d mails after restart", n)
	}
}

func TestNothingElseListens(t *testing.T) {
	d := lab.Dovecot(t, users())
	for _, addr := range []string{d.Addr, d.TLSAddr, d.LMTPAddr} {
		host, port, err := net.SplitHostPort(addr)
		if err != nil || host != "127.0.0.1" {
			t.Errorf("%s is not on loopback (%v)", addr, err)
		}
		for _, other := range outsideAddrs(t) {
			conn, err := (&net.Dialer{Timeout: time.Second}).DialContext(context.Background(), "tcp",
				net.JoinHostPort(other, port))
			if err == nil {
				conn.Close()
				t.Errorf("answers on %s, port %s", other, port)
			}
		}
	}
}

// outsideAddrs are the addresses of this machine that others can reach, and the
// second loopback address.
func outsideAddrs(t *testing.T) []string {
	t.Helper()
	all, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	outside := []string{"127.0.0.2"}
	for _, a := range all {
		if ip, ok := a.(*net.IPNet); ok && !ip.IP.IsLoopback() && ip.IP.To4() != nil {
			outside = append(outside, ip.IP.String())
		}
	}
	return outside
}

// lmtp hands a mail to Dovecot and returns its last answer.
func lmtp(t *testing.T, d *lab.DovecotServer, to string, raw []byte) error {
	t.Helper()
	conn, err := net.Dial("tcp", d.LMTPAddr)
	if err != nil {
		t.Fatal(err)
	}
	c := smtp.NewClientLMTP(conn)
	defer c.Close()
	if err := c.Mail(budi, nil); err != nil {
		return err
	}
	if err := c.Rcpt(to, nil); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := io.Copy(w, bytes.NewReader(raw)); err != nil {
		return err
	}
	return w.Close()
}
