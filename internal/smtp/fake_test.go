package smtp_test

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// fakeServer is a scripted mail server. It records what it was told and complains about a client that
// breaks RFC 2920.
type fakeServer struct {
	Extensions []string    // said after EHLO
	Implicit   bool        // TLS from the first byte
	TLS        *tls.Config // for Implicit and STARTTLS
	Silent     bool        // accept, then never say a word
	Greeting   string      // default 220
	Lenient    bool        // don't complain: the script itself breaks the rules
	// Answer gives the reply to a command line, to "." at the end of a mail, or to midText at its
	// beginning, on the nth connection (from 0). "" is the default; cut hangs up, mute says nothing more.
	Answer func(conn int, line string) string

	Addr string

	mu    sync.Mutex
	conns []net.Conn
	lines []string // commands in order, with "." for the end of a mail
	mails []string // texts as received, dots undone
	wrong []string // offences of the client
}

const (
	cut     = "cut"
	mute    = "mute"
	midText = "(text)"
)

func (f *fakeServer) start(t *testing.T) *fakeServer {
	t.Helper()
	stop := f.listen(t)
	t.Cleanup(func() {
		stop()
		for _, w := range f.wrong {
			t.Error("the client", w)
		}
	})
	return f
}

// listen serves until stop is called, which waits for the last connection.
func (f *fakeServer) listen(t rapid.TB) (stop func()) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f.Addr = ln.Addr().String()
	var serving sync.WaitGroup
	serving.Go(func() {
		for n := 0; ; n++ {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			f.note(func() { f.conns = append(f.conns, conn) })
			serving.Go(func() { f.serve(n, conn) })
		}
	})
	return func() {
		ln.Close()
		f.hangUp()
		serving.Wait()
	}
}

// hangUp closes all connections.
func (f *fakeServer) hangUp() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.conns {
		c.Close()
	}
}

func (f *fakeServer) serve(n int, conn net.Conn) {
	defer conn.Close()
	if f.Silent {
		conn.Read(make([]byte, 1)) // until somebody closes
		return
	}
	if f.Implicit {
		conn = tls.Server(conn, f.TLS)
	}
	pipelining := strings.Contains(strings.Join(f.Extensions, " "), "PIPELINING")
	r := bufio.NewReader(conn)
	greeting := f.Greeting
	if greeting == "" {
		greeting = "220 fake ready"
	}
	fmt.Fprintf(conn, "%s\r\n", greeting)
	sender, recipients := false, 0
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimSuffix(line, "\r\n")
		verb, _, _ := strings.Cut(line, " ")
		f.note(func() { f.lines = append(f.lines, line) })
		alone := verb == "DATA" || verb == "EHLO" || verb == "QUIT" || !pipelining && (verb == "MAIL" || verb == "RCPT")
		if alone && r.Buffered() > 0 && !f.Lenient {
			f.note(func() { f.wrong = append(f.wrong, "did not wait for the answer to "+line) })
		}
		reply := ""
		if f.Answer != nil {
			reply = f.Answer(n, line)
		}
		switch verb {
		case "EHLO":
			if reply == "" {
				reply = "250-fake\r\n250-" + strings.Join(append(f.Extensions, "HELP"), "\r\n250-")
				reply = reply[:strings.LastIndex(reply, "250-")] + "250 HELP"
			}
		case "AUTH":
			if reply == "" {
				reply = "235 2.7.0 welcome"
			}
		case "STARTTLS":
			fmt.Fprint(conn, "220 go\r\n")
			conn = tls.Server(conn, f.TLS)
			r = bufio.NewReader(conn)
			continue
		case "MAIL":
			if sender && !f.Lenient {
				f.note(func() { f.wrong = append(f.wrong, "nested "+line) })
			}
			sender = reply == "" || reply[0] == '2'
		case "RSET":
			sender, recipients = false, 0
		case "RCPT":
			switch {
			case !sender:
				reply = "503 5.5.1 MAIL first"
			case reply == "":
				recipients++
			}
		case "DATA":
			switch {
			case reply == "" && recipients == 0:
				reply = "554 5.5.1 no valid recipients"
			case reply == "":
				reply = "354 go on"
			}
		case "QUIT":
			fmt.Fprint(conn, "221 bye\r\n")
			return
		}
		if reply == "" {
			reply = "250 2.0.0 ok"
		}
		if !f.say(conn, r, reply) {
			return
		}
		if verb == "DATA" && strings.HasPrefix(reply, "354") {
			if f.Answer != nil {
				if early := f.Answer(n, midText); early != "" {
					f.say(conn, r, early)
					return
				}
			}
			text, ok := readText(r)
			if !ok {
				return
			}
			f.note(func() { f.lines = append(f.lines, "."); f.mails = append(f.mails, text) })
			reply = ""
			if f.Answer != nil {
				reply = f.Answer(n, ".")
			}
			switch {
			case reply == "" && recipients == 0:
				reply = "554 5.5.1 no valid recipients"
			case reply == "":
				reply = "250 2.0.0 queued"
			}
			if !f.say(conn, r, reply) {
				return
			}
			sender, recipients = false, 0
		}
	}
}

func (f *fakeServer) say(conn net.Conn, r *bufio.Reader, reply string) bool {
	switch reply {
	case cut:
		return false
	case mute:
		for { // until the client gives up
			if _, err := r.ReadByte(); err != nil {
				return false
			}
		}
	}
	_, err := fmt.Fprintf(conn, "%s\r\n", reply)
	return err == nil && !strings.HasPrefix(reply, "421")
}

// readText reads a mail up to its final dot, insisting on CRLF.
func readText(r *bufio.Reader) (string, bool) {
	var b strings.Builder
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return "", false
		}
		if line == ".\r\n" {
			return b.String(), true
		}
		b.WriteString(strings.TrimPrefix(line, "."))
	}
}

func (f *fakeServer) note(do func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	do()
}

func (f *fakeServer) texts() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.mails...)
}

func (f *fakeServer) said(prefix string) []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var found []string
	for _, l := range f.lines {
		if strings.HasPrefix(l, prefix) {
			found = append(found, l)
		}
	}
	return found
}

// certificate gives a server configuration for 127.0.0.1 and the client's roots to trust it.
func certificate(t testing.TB) (server *tls.Config, roots *x509.CertPool) {
	s := httptest.NewTLSServer(nil)
	defer s.Close()
	roots = x509.NewCertPool()
	roots.AddCert(s.Certificate())
	return &tls.Config{Certificates: s.TLS.Certificates}, roots
}
