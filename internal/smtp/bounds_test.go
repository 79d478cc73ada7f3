package smtp_test

import (
	"crypto/tls"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"batan.go.id/layanan/internal/smtp"
)

// A server that says too much is left at once, wherever that is and whatever carries it; the mail waits for a better
// one.
func TestTooMuchIsSaid(t *testing.T) {
	serverTLS, roots := certificate(t)
	const size = 8 << 20
	line := strings.Repeat("a", size)
	lines := func(code string) string { return strings.Repeat(code+"-a\r\n", size/7) + code + " a" }
	for name, f := range map[string]*fakeServer{
		"greeting, line":            {Greeting: "220 " + line},
		"greeting, lines":           {Greeting: lines("220")},
		"greeting, lines under TLS": {Greeting: lines("220"), Implicit: true},
		"no greeting":               {Greeting: line},
		"EHLO, line":                {Answer: on(-1, "EHLO", "250 "+line)},
		"EHLO, lines":               {Answer: on(-1, "EHLO", lines("250"))},
		"EHLO, refusal":             {Answer: on(-1, "EHLO", lines("550"))},
		"EHLO under TLS":            {Implicit: true, Answer: on(-1, "EHLO", lines("250"))},
		"EHLO behind STARTTLS":      {Extensions: []string{"STARTTLS"}, Answer: second("EHLO", lines("250"))},
		"AUTH, line":                {Extensions: []string{"AUTH PLAIN"}, Answer: on(-1, "AUTH", "334 "+line)},
		"AUTH, lines":               {Extensions: []string{"AUTH PLAIN"}, Answer: on(-1, "AUTH", lines("235"))},
		"MAIL, line":                {Extensions: []string{"AUTH PLAIN"}, Answer: on(-1, "MAIL", "250 "+line)},
		"RCPT, lines":               {Extensions: []string{"AUTH PLAIN"}, Answer: on(-1, "RCPT", lines("250"))},
		"RCPT, refusal":             {Extensions: []string{"AUTH PLAIN"}, Answer: on(-1, "RCPT", lines("550"))},
		"DATA under TLS": {Extensions: []string{"AUTH PLAIN"}, Implicit: true,
			Answer: on(-1, "DATA", "354 "+line)},
		"final dot, lines, pipelined": {Extensions: []string{"PIPELINING", "AUTH PLAIN"},
			Answer: on(-1, ".", lines("250"))},
		"final dot, line behind STARTTLS": {Extensions: []string{"STARTTLS", "AUTH PLAIN"},
			Answer: on(-1, ".", "250 "+line)},
	} {
		t.Run(name, func(t *testing.T) {
			f.TLS, f.Lenient = serverTLS, true
			f.start(t)
			cfg := config(f)
			cfg.TLSConfig, cfg.Username, cfg.Password, cfg.Timeout = &tls.Config{RootCAs: roots}, "u@x", "rahasia",
				10*time.Second
			switch {
			case f.Implicit:
				cfg.TLS = "implicit"
			case len(f.Extensions) > 0 && f.Extensions[0] == "STARTTLS":
				cfg.TLS = "starttls"
			}
			s := smtp.NewSender(cfg)
			defer s.Close()
			err := send(t, t.Context(), s, mailsTo("a@x"))[0]
			if !strings.HasPrefix(verdict(err), "temporary") {
				t.Fatalf("%v: the mail does not wait", verdict(err))
			}
			if said := err.Error(); !strings.Contains(said, "more than") || len(said) > 500 {
				t.Errorf("error %.500q", said)
			}
		})
	}
}

// Of a long refusal the beginning is kept.
func TestLongRefusal(t *testing.T) {
	f := (&fakeServer{Answer: on(-1, "RCPT", "550 5.1.1 "+strings.Repeat("é", 1900))}).start(t)
	s := smtp.NewSender(config(f))
	defer s.Close()
	err := send(t, t.Context(), s, mailsTo("a@x"))[0]
	if got := verdict(err); got != "permanent 550 5.1.1" {
		t.Errorf("got %q", got)
	}
	if said := err.Error(); len(said) > 1200 || !strings.HasSuffix(said, "éé …") {
		t.Errorf("%d bytes are kept, ending in %q", len(said), said[len(said)-20:])
	}
}

// second gives the reply to the second command of a kind on each connection.
func second(verb, reply string) func(int, string) string {
	seen := map[int]int{}
	var mu sync.Mutex // connections may overlap
	return func(conn int, line string) string {
		mu.Lock()
		defer mu.Unlock()
		if !strings.HasPrefix(line, verb) {
			return ""
		}
		if seen[conn]++; seen[conn] == 2 {
			return reply
		}
		return ""
	}
}

// A server that says a little now and then, and never comes to an end, gets no more time than a silent one.
func TestDripWithoutEnd(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				for pace := time.NewTicker(10 * time.Millisecond); err == nil; <-pace.C {
					_, err = c.Write([]byte("220-a\r\n"))
				}
			}()
		}
	}()
	began := time.Now()
	cfg := smtp.Config{Address: ln.Addr().String(), TLS: "none", Timeout: 200 * time.Millisecond}
	if err := smtp.Check(t.Context(), cfg); err == nil {
		t.Error("no error")
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
}
