package smtp_test

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/smtp"
	"github.com/google/go-cmp/cmp"
)

func TestSilentServer(t *testing.T) {
	for _, where := range []string{"MAIL", "RCPT", "DATA", "."} {
		t.Run(where, func(t *testing.T) {
			f := (&fakeServer{Extensions: pipelining, Answer: on(-1, where, mute)}).start(t)
			cfg := config(f)
			cfg.Timeout = 50 * time.Millisecond
			s := smtp.NewSender(cfg)
			defer s.Close()
			errs := send(t, t.Context(), s, mailsTo("a@x", "b@x"))
			want := []string{"temporary", "temporary"}
			if where == "." {
				want[0] = "temporary ambiguous"
			}
			if diff := cmp.Diff(want, verdicts(errs)); diff != "" {
				t.Error(diff)
			}
			if !strings.HasSuffix(errs[0].Error(), "no answer in time") {
				t.Errorf("the error does not say why: %v", errs[0])
			}
		})
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	f := &fakeServer{Extensions: pipelining}
	f.Answer = func(_ int, line string) string {
		if line == "." {
			cancel()
			return mute
		}
		return ""
	}
	f.start(t)
	s := smtp.NewSender(config(f))
	errs := send(t, ctx, s, mailsTo("a@x", "b@x"))
	if diff := cmp.Diff([]string{"temporary ambiguous", "temporary"}, verdicts(errs)); diff != "" {
		t.Error(diff)
	}
	for _, err := range errs {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%v is not context.Canceled", err)
		}
	}
	if err := send(t, ctx, s, mailsTo("c@x"))[0]; !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled context sent mail: %v", err)
	}
}

// A cancelled context neither uses nor spoils a kept connection's Sender.
func TestCancelBetweenCalls(t *testing.T) {
	f := (&fakeServer{Extensions: pipelining}).start(t)
	s := smtp.NewSender(config(f))
	ctx, cancel := context.WithCancel(t.Context())
	s.Send(ctx, mailsTo("a@x"), func(_ int, err error) {
		if err != nil {
			t.Error(err)
		}
		cancel()
	})
	if err := s.Close(); err != nil {
		t.Error("closing what cancelling closed:", err)
	}
	if err := send(t, t.Context(), s, mailsTo("b@x"))[0]; err != nil {
		t.Error(err)
	}
	if err := send(t, ctx, s, mailsTo("c@x"))[0]; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	if err := send(t, t.Context(), s, mailsTo("d@x"))[0]; err != nil {
		t.Error(err)
	}
	s.Close()
	if n := len(f.texts()); n != 3 {
		t.Errorf("%d mails arrived, want a, b and d", n)
	}
}

func TestUnreachable(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ln.Close()
	s := smtp.NewSender(smtp.Config{Address: ln.Addr().String(), TLS: "none"})
	errs := send(t, t.Context(), s, mailsTo("a@x", "b@x"))
	if diff := cmp.Diff([]string{"temporary", "temporary"}, verdicts(errs)); diff != "" {
		t.Error(diff)
	}
}

func TestRefusedAtTheDoor(t *testing.T) {
	f := (&fakeServer{Greeting: "554 5.7.1 your network is blocked"}).start(t)
	s := smtp.NewSender(config(f))
	if got := verdict(send(t, t.Context(), s, mailsTo("a@x"))[0]); got != "temporary 554 5.7.1" {
		t.Errorf("got %q: a blocked network must not bounce mail", got)
	}
}

func TestEncryption(t *testing.T) {
	serverTLS, roots := certificate(t)
	clientTLS := &tls.Config{RootCAs: roots}
	plainAuth := "AUTH PLAIN " + base64.StdEncoding.EncodeToString([]byte("\x00u@x\x00rahasia"))
	for _, tt := range []struct {
		name   string
		server *fakeServer
		tls    string
		config *tls.Config
		want   string // part of the error; empty: mail goes through
	}{
		{"implicit", &fakeServer{Implicit: true, Extensions: []string{"PIPELINING", "AUTH PLAIN LOGIN"}}, "implicit",
			clientTLS, ""},
		{"starttls", &fakeServer{Extensions: []string{"STARTTLS", "PIPELINING", "AUTH PLAIN LOGIN"}}, "starttls", clientTLS,
			""},
		{"implicit by default", &fakeServer{Implicit: true, Extensions: []string{"AUTH PLAIN"}}, "", clientTLS, ""},
		{"none on loopback", &fakeServer{Extensions: []string{"AUTH PLAIN"}}, "none", nil, ""},
		{"implicit to a plain port", &fakeServer{}, "implicit", clientTLS, "should tls be starttls?"},
		{"plain to a TLS port", &fakeServer{Implicit: true}, "none", nil, "should tls be implicit?"},
		{"starttls to a TLS port", &fakeServer{Silent: true}, "starttls", clientTLS, "should tls be implicit?"},
		{"starttls not offered", &fakeServer{}, "starttls", clientTLS, "offers no STARTTLS"},
		{"unknown authority", &fakeServer{Implicit: true}, "implicit", nil, "certificate"},
		{"unknown authority after STARTTLS", &fakeServer{Extensions: []string{"STARTTLS"}}, "starttls", nil, "certificate"},
		{"wrong name", &fakeServer{Implicit: true}, "implicit", &tls.Config{RootCAs: roots, ServerName: "lain.test"},
			"lain.test"},
		{"wrong password", &fakeServer{Extensions: []string{"AUTH PLAIN"}, Answer: on(-1, "AUTH", "535 5.7.8 wrong")},
			"none", nil, `does not log "u@x" in: 535 5.7.8 wrong`},
		{"no AUTH", &fakeServer{}, "none", nil, "offers no AUTH"},
		{"foreign AUTH", &fakeServer{Extensions: []string{"AUTH GSSAPI"}}, "none", nil, "GSSAPI"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := tt.server
			f.TLS = serverTLS
			f.start(t)
			cfg := config(f)
			cfg.TLS, cfg.TLSConfig, cfg.Username, cfg.Password = tt.tls, tt.config, "u@x", "rahasia"
			cfg.Timeout = 500 * time.Millisecond
			s := smtp.NewSender(cfg)
			defer s.Close()
			for _, err := range []error{smtp.Check(t.Context(), cfg), send(t, t.Context(), s, mailsTo("a@x"))[0]} {
				switch {
				case tt.want == "" && err != nil:
					t.Error(err)
				case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want) ||
					!strings.Contains(err.Error(), f.Addr)):
					t.Errorf("error %v does not name %s and say %q", err, f.Addr, tt.want)
				case tt.want != "" && !strings.HasPrefix(verdict(err), "temporary"):
					t.Errorf("%v must not bounce mail", err)
				}
				if err != nil && strings.Contains(err.Error(), "rahasia") {
					t.Errorf("the error tells the password: %v", err)
				}
			}
			if got := f.said("AUTH"); tt.want == "" && (len(got) != 2 || got[0] != plainAuth) {
				t.Errorf("AUTH said %q", got)
			}
		})
	}
}

func TestCheckNoop(t *testing.T) {
	f := (&fakeServer{Answer: on(-1, "NOOP", "451 4.3.0 unwell")}).start(t)
	if got := verdict(smtp.Check(t.Context(), config(f))); got != "temporary 451 4.3.0" {
		t.Errorf("got %q", got)
	}
}
