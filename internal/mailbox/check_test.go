package mailbox_test

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/lab"
	"batan.go.id/layanan/internal/mailbox"
)

func TestCheck(t *testing.T) {
	each(t, func(t *testing.T, s server) {
		cfg := s.config()
		cfg.Processed, cfg.Failed = "Layanan/Sudah dipérbaiki", "Layanan/Gagal"
		p := s.peer(t)
		p.put("INBOX", letter(0, 10))
		for range 2 { // the second time nothing is missing
			if err := mailbox.Check(t.Context(), cfg); err != nil {
				t.Fatal(err)
			}
		}
		for _, name := range []string{cfg.Processed, cfg.Failed} {
			if n := p.open(name).NumMessages; n != 0 {
				t.Errorf("%s holds %d messages", name, n)
			}
			found, err := p.List("", name, nil).Collect()
			if err != nil || len(found) != 1 {
				t.Errorf("%s: %v %v", name, found, err)
			}
		}
		if data := p.open("INBOX"); data.NumMessages != 1 {
			t.Errorf("INBOX holds %d messages", data.NumMessages)
		}
	})
}

func TestCheckTLS(t *testing.T) {
	d := lab.Dovecot(t, map[string]string{user: password})
	for mode, addr := range map[string]string{mailbox.TLSImplicit: d.TLSAddr, mailbox.TLSStart: d.Addr} {
		t.Run(mode, func(t *testing.T) {
			cfg := server{addr}.config()
			cfg.TLS = mode
			cfg.TLSConfig = &tls.Config{RootCAs: d.CA}
			if err := mailbox.Check(t.Context(), cfg); err != nil {
				t.Error(err)
			}
			_, port, _ := net.SplitHostPort(addr)
			cfg.Address = net.JoinHostPort("localhost", port)
			if err := mailbox.Check(t.Context(), cfg); err != nil {
				t.Error(err)
			}
			watch(t, cfg, &office{})
			server{d.Addr}.peer(t).put("INBOX", letter(0, 10))
			server{d.Addr}.peer(t).await("INBOX", 0)
		})
	}
}

// Each thing that can be at fault is told apart and named.
func TestCheckFaults(t *testing.T) {
	d := lab.Dovecot(t, map[string]string{user: password},
		lab.Rights(user, "Baca", "lr"), lab.Rights(user, "Tanpahapus", "lrsi"))
	insecure := memory(t, memoryOptions{})
	trust := func(c *mailbox.Config) { c.TLSConfig = &tls.Config{RootCAs: d.CA} }
	for name, c := range map[string]struct {
		change func(*mailbox.Config)
		kind   error
		says   []string
	}{
		"nobody listens": {func(c *mailbox.Config) { c.Address = closedPort(t) },
			mailbox.ErrUnreachable, []string{"cannot connect", "refused"}},
		"silent": {func(c *mailbox.Config) { c.Address = says(t, "") },
			mailbox.ErrUnreachable, []string{"connection lost at greeting", "no answer for"}},
		"closes": {func(c *mailbox.Config) { c.Address = says(t, "* BYE go away\r\n") },
			mailbox.ErrUnreachable, []string{"go away"}},
		"not IMAP": {func(c *mailbox.Config) { c.Address = says(t, "220 mail ESMTP\r\n") },
			mailbox.ErrUnreachable, []string{"greeting"}},
		"not IMAP, STARTTLS": {func(c *mailbox.Config) {
			c.Address = says(t,
				"220 mail ESMTP\r\n")
			c.TLS = mailbox.TLSStart
		},
			mailbox.ErrUnreachable, []string{"connection lost"}},
		"plain where TLS is wanted": {func(c *mailbox.Config) { c.TLS = mailbox.TLSImplicit },
			mailbox.ErrTLS, []string{"implicit is configured", "speaks plain text", "starttls"}},
		"TLS where STARTTLS is wanted": {func(c *mailbox.Config) { c.TLS, c.Address = mailbox.TLSStart, d.TLSAddr },
			mailbox.ErrTLS, []string{"starttls is configured", "speaks TLS from the first byte"}},
		"TLS where none is wanted": {func(c *mailbox.Config) { c.Address = d.TLSAddr },
			mailbox.ErrTLS, []string{"none is configured", "speaks TLS from the first byte"}},
		"no STARTTLS": {func(c *mailbox.Config) { c.TLS, c.Address = mailbox.TLSStart, insecure.addr },
			mailbox.ErrTLS, []string{"does not offer STARTTLS"}},
		"unknown authority": {func(c *mailbox.Config) { c.TLS, c.Address = mailbox.TLSImplicit, d.TLSAddr },
			mailbox.ErrTLS, []string{"certificate is not to be trusted", "unknown authority"}},
		"unknown authority, STARTTLS": {func(c *mailbox.Config) { c.TLS = mailbox.TLSStart },
			mailbox.ErrTLS, []string{"certificate is not to be trusted", "unknown authority"}},
		"other name": {func(c *mailbox.Config) {
			c.TLS, c.Address = mailbox.TLSImplicit, d.TLSAddr
			trust(c)
			c.TLSConfig.ServerName = "mail.batan.go.id"
		}, mailbox.ErrTLS, []string{"certificate is not valid for mail.batan.go.id", "localhost"}},
		"wrong password": {func(c *mailbox.Config) { c.Password = "salah" },
			mailbox.ErrLogin, []string{user, "refused the user name or the password"}},
		"wrong user": {func(c *mailbox.Config) { c.Username = "bukan@batan.go.id" },
			mailbox.ErrLogin, []string{"bukan@batan.go.id", "refused"}},
		"no inbox": {func(c *mailbox.Config) { c.Inbox = "Tidak ada" },
			mailbox.ErrMailbox, []string{`mailbox "Tidak ada" does not exist`}},
		"bad name": {func(c *mailbox.Config) { c.Failed = "a//b" },
			mailbox.ErrMailbox, []string{`mailbox "a//b" is missing and cannot be created`}},
		"read-only": {func(c *mailbox.Config) { c.Inbox = "Baca" },
			mailbox.ErrReadOnly, []string{`mailbox "Baca" is read-only`}},
		"no right to delete": {func(c *mailbox.Config) { c.Inbox = "Tanpahapus" },
			mailbox.ErrReadOnly, []string{`mailbox "Tanpahapus" is read-only`}},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := server{d.Addr}.config()
			c.change(&cfg)
			err := mailbox.Check(t.Context(), cfg)
			if !errors.Is(err, c.kind) {
				t.Fatalf("error is %v, want %v", err, c.kind)
			}
			for _, kind := range []error{mailbox.ErrUnreachable, mailbox.ErrTLS, mailbox.ErrLogin, mailbox.ErrMailbox,
				mailbox.ErrReadOnly} {
				if kind != c.kind && errors.Is(err, kind) {
					t.Errorf("error is %v too", kind)
				}
			}
			for _, want := range append(c.says, cfg.Address) {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error %q does not say %q", err, want)
				}
			}
			if strings.ContainsAny(err.Error(), "\n\t") || strings.Contains(err.Error(), cfg.Password) {
				t.Errorf("error %q", err)
			}
			t.Log(err)
		})
	}
}

func TestCheckEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	began := time.Now()
	if err := mailbox.Check(ctx, server{says(t, "")}.config()); err == nil {
		t.Error("no error")
	}
	if took := time.Since(began); took > 200*time.Millisecond {
		t.Errorf("took %v", took)
	}
}

// Whatever a server says, it ends in an error or in success, and soon.
func FuzzServer(f *testing.F) {
	for _, s := range []string{
		"", "* OK hi\r\n", "* OK [CAPABILITY IMAP4rev1 IDLE MOVE] hi\r\nT1 OK in\r\nT2 OK\r\n",
		"* PREAUTH [CAPABILITY IMAP4rev1] hi\r\n* LIST () \"/\" INBOX\r\nT1 OK\r\nT2 OK\r\n* 3 EXISTS\r\n* OK " +
			"[UIDVALIDITY 7]\r\nT3 OK\r\n* 1 FETCH (UID 1 RFC822.SIZE 3 INTERNALDATE \"01-Jan-2026 00:00:00 +0700\" BODY[] " +
			"{3}\r\nabc)\r\nT4 OK\r\n",
		"* OK hi\r\n* 1 FETCH (BODY[] {99999999999}\r\nx",
		"* PREAUTH [CAPABILITY IMAP4rev1 ACL] x\r\n* MYRIGHTS INBOX lr\r\n* LIST (\\Noselect) NIL {2}\r\nab\r\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		cfg := server{says(t, s)}.config()
		cfg.Log = slog.New(slog.DiscardHandler)
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		hang := time.AfterFunc(patience, func() { debug.SetTraceback("all"); panic(fmt.Sprintf("it hangs on %q", s)) })
		defer hang.Stop()
		if err := mailbox.Check(ctx, cfg); err != nil && strings.Contains(err.Error(), "goroutine") {
			t.Errorf("stack trace in %q", err)
		}
		if err := mailbox.Watch(ctx, cfg, &office{}); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
	})
}

// closedPort returns an address where nobody listens.
func closedPort(t testing.TB) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// says starts a server that says one thing to everybody and then only listens.
func says(t testing.TB, text string) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				fmt.Fprint(c, text)
				_, _ = io.Copy(io.Discard, c)
			}()
		}
	}()
	return l.Addr().String()
}
