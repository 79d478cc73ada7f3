package lab_test

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"batan.go.id/layanan/internal/lab"
)

func TestDovecotTLS(t *testing.T) {
	d := lab.Dovecot(t, users())
	pem, err := os.ReadFile(d.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) || !pool.Equal(d.CA) {
		t.Error("CAFile is not CA")
	}
	dials := map[string]func(*imapclient.Options) (*imapclient.Client, error){
		"STARTTLS": func(o *imapclient.Options) (*imapclient.Client, error) { return imapclient.DialStartTLS(d.Addr, o) },
		"implicit": func(o *imapclient.Options) (*imapclient.Client, error) { return imapclient.DialTLS(d.TLSAddr, o) },
	}
	for name, dial := range dials {
		t.Run(name, func(t *testing.T) {
			trust := &imapclient.Options{TLSConfig: &tls.Config{RootCAs: d.CA}}
			c := dialIMAP(t, func() (*imapclient.Client, error) { return dial(trust) })
			if err := c.Login(ani, users()[ani]).Wait(); err != nil {
				t.Error(err)
			}
			if c, err := dial(&imapclient.Options{}); err == nil {
				if err = c.Noop().Wait(); err == nil {
					t.Error("a stranger's certificate was believed")
				}
				c.Close()
			}
		})
	}
}

func TestDovecotRefusesWrongPasswords(t *testing.T) {
	d := lab.Dovecot(t, users())
	c := dialIMAP(t, func() (*imapclient.Client, error) { return imapclient.DialInsecure(d.Addr, nil) })
	for _, who := range [][2]string{{ani, "salah"}, {ani, users()[budi]}, {"tidak.ada@batan.go.id", ""}} {
		var refused *imap.Error
		if err := c.Login(who[0], who[1]).Wait(); !errors.As(err, &refused) ||
			refused.Code != imap.ResponseCodeAuthenticationFailed {
			t.Errorf("%s with %q: %v", who[0], who[1], err)
		}
	}
	if err := c.Login(ani, users()[ani]).Wait(); err != nil {
		t.Errorf("right password: %v", err)
	}
}

func TestDovecotCapabilities(t *testing.T) {
	wanted := []imap.Cap{imap.CapIdle, imap.CapMove, imap.CapUIDPlus, imap.CapCondStore}
	tests := map[string][]string{
		"all":               nil,
		"without MOVE":      {"MOVE"},
		"without two":       {"IDLE", "UIDPLUS"},
		"without CONDSTORE": {"CONDSTORE", "QRESYNC"},
	}
	for name, without := range tests {
		t.Run(name, func(t *testing.T) {
			var options []lab.DovecotOption
			for _, c := range without {
				options = append(options, lab.Without(c))
			}
			has := login(t, lab.Dovecot(t, users(), options...)).Caps()
			for _, c := range wanted {
				if hidden := strings.Contains(" "+strings.Join(without, " ")+" ", " "+string(c)+" "); has.Has(c) == hidden {
					t.Errorf("%s offered: %v, hidden: %v", c, has.Has(c), hidden)
				}
			}
		})
	}
}

func TestDovecotRights(t *testing.T) {
	d := lab.Dovecot(t, users(), lab.Rights(ani, "Diproses", "lr"), lab.Rights(ani, "Arsip/2026", "lrwst"))
	d.Deliver(t, ani, mail("uji"))
	c := login(t, d)
	if err := c.Create("Gagal", nil).Wait(); err != nil {
		t.Errorf("a mailbox without limits: %v", err)
	}
	if _, err := c.Select("INBOX", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	for _, mailbox := range []string{"Diproses", "Arsip/2026"} {
		var refused *imap.Error
		if _, err := c.Move(imap.UIDSetNum(1), mailbox).Wait(); !errors.As(err, &refused) ||
			refused.Code != imap.ResponseCodeNoPerm {
			t.Errorf("move to %s: %v", mailbox, err)
		}
	}
	if _, err := c.Move(imap.UIDSetNum(1), "Gagal").Wait(); err != nil {
		t.Errorf("move to a mailbox without limits: %v", err)
	}
	if n := len(d.Messages(t, ani, "Gagal")); n != 1 {
		t.Errorf("%d mails moved", n)
	}
}

func TestDovecotReadOnlyInbox(t *testing.T) {
	d := lab.Dovecot(t, users(), lab.Rights(ani, "INBOX", "lr"))
	if err := lmtp(t, d, ani, mail("uji")); err != nil {
		t.Fatal(err)
	}
	d.Await(t, ani, "INBOX", 1)
	c := login(t, d)
	if _, err := c.Select("INBOX", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	if err := c.Create("Gagal", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Move(imap.UIDSetNum(1), "Gagal").Wait(); err == nil {
		t.Error("moved out of a read-only mailbox")
	}
}

func TestDovecotMailSize(t *testing.T) {
	d := lab.Dovecot(t, users(), lab.MaxMailSize(1000))
	large := append(mail("besar"), bytes.Repeat([]byte("isi\r\n"), 1000)...)
	if err := lmtp(t, d, ani, large); err == nil {
		t.Error("LMTP took a mail that is too large")
	}
	if err := lmtp(t, d, ani, mail("kecil")); err != nil {
		t.Error(err)
	}
	c := login(t, d)
	cmd := c.Append("INBOX", int64(len(large)), nil)
	_, err := cmd.Write(large)
	if err == nil {
		err = cmd.Close()
	}
	if err == nil {
		_, err = cmd.Wait()
	}
	var refused *imap.Error
	if !errors.As(err, &refused) || refused.Code != imap.ResponseCodeLimit {
		t.Errorf("IMAP took a mail that is too large, or failed otherwise: %v", err)
	}
	if n := len(d.Messages(t, ani, "INBOX")); n != 1 {
		t.Errorf("%d mails", n)
	}
}

func TestLMTPRefusesUnknownUsers(t *testing.T) {
	d := lab.Dovecot(t, users())
	if err := lmtp(t, d, "tidak.ada@batan.go.id", mail("uji")); err == nil {
		t.Error("taken")
	}
}

func TestDeliverKeepsOrderAndBytes(t *testing.T) {
	d := lab.Dovecot(t, users())
	const n = 2000
	for i := range n {
		d.Deliver(t, ani, fmt.Appendf(nil, "Subject: %d\n\nisi\x01\xff\n", i))
	}
	got := d.Messages(t, ani, "INBOX")
	if len(got) != n {
		t.Fatalf("%d mails", len(got))
	}
	for i, raw := range got {
		if want := fmt.Sprintf("Subject: %d\r\n\r\nisi\x01\xff\r\n", i); string(raw) != want {
			t.Fatalf("mail %d is %q, want %q", i, raw, want)
		}
	}
	if absent := d.Messages(t, ani, "Belum Ada"); len(absent) != 0 {
		t.Errorf("%d mails in a mailbox that does not exist", len(absent))
	}
}
