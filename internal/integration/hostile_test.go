package integration

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"batan.go.id/layanan/internal/lab"
	"batan.go.id/layanan/internal/mailhost"
)

// maxMemory is what a hostile server may make the daemon need at its worst instant.
const maxMemory = 150 << 20

// rant is what a hostile server says in place of an answer: something, and then something else without end.
type rant struct{ first, unit string }

func (r rant) to(c net.Conn) error {
	if _, err := io.WriteString(c, r.first); err != nil || r.unit == "" {
		return err
	}
	units := []byte(strings.Repeat(r.unit, 1+64<<10/len(r.unit)))
	for {
		if _, err := c.Write(units); err != nil {
			return err
		}
	}
}

// hostile is a server that rants where it is told to, and is a relay to an honest one after that many connections.
type hostile struct {
	honest string
	rants  map[string]rant // by the beginning of a command; "" is the greeting
	speak  func(*hostile, net.Conn)

	deaf atomic.Bool // as a relay, it passes on no more of what the client says

	mu    sync.Mutex
	conns int
	turns int // connections after which it is honest
}

func (h *hostile) start(t *testing.T) (addr string) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				h.mu.Lock()
				h.conns++
				honest := h.conns > h.turns
				h.mu.Unlock()
				if honest {
					h.relay(c)
				} else {
					h.speak(h, c)
				}
			}()
		}
	}()
	return ln.Addr().String()
}

func (h *hostile) relay(near net.Conn) {
	far, err := net.Dial("tcp", h.honest)
	if err != nil {
		return
	}
	defer far.Close()
	go func() { _, _ = io.Copy(listener{h, far}, near); _ = far.Close() }() // either end closes both
	_, _ = io.Copy(near, far)
}

// listener passes on what the client says, unless the relay is deaf.
type listener struct {
	h *hostile
	w io.Writer
}

func (l listener) Write(b []byte) (int, error) {
	if l.h.deaf.Load() {
		return len(b), nil
	}
	return l.w.Write(b)
}

// rantAt rants if that is due at a command.
func (h *hostile) rantAt(c net.Conn, command string) (over bool) {
	for at, r := range h.rants {
		if at != "" && strings.HasPrefix(command, at) {
			_ = r.to(c) // until the client hangs up
			_, _ = io.Copy(io.Discard, c)
			return true
		}
	}
	return false
}

// imap is what an IMAP server says that has one message.
func (h *hostile) imap(c net.Conn) {
	if r, ok := h.rants[""]; ok {
		_ = r.to(c)
		_, _ = io.Copy(io.Discard, c)
		return
	}
	fmt.Fprint(c, "* OK [CAPABILITY IMAP4rev1 IDLE UIDPLUS MOVE] hi\r\n")
	for lines := bufio.NewScanner(c); lines.Scan(); {
		tag, command, _ := strings.Cut(lines.Text(), " ")
		if h.rantAt(c, command) {
			return
		}
		switch verb, _, _ := strings.Cut(command, " "); verb {
		case "LOGIN", "CAPABILITY":
			fmt.Fprint(c, "* CAPABILITY IMAP4rev1 IDLE UIDPLUS MOVE\r\n")
		case "LIST":
			fmt.Fprint(c, "* LIST () \"/\" INBOX\r\n")
		case "SELECT":
			fmt.Fprint(c, "* 1 EXISTS\r\n* FLAGS ()\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 2] x\r\n")
		case "UID":
			fmt.Fprint(c, "* 1 FETCH (UID 1 RFC822.SIZE 10 INTERNALDATE \"25-Nov-2026 10:00:00 +0000\")\r\n")
		case "IDLE":
			fmt.Fprint(c, "+ idling\r\n")
			lines.Scan()
		}
		fmt.Fprintf(c, "%s OK done\r\n", tag)
	}
}

// smtp is what an SMTP server says.
func (h *hostile) smtp(c net.Conn) {
	if r, ok := h.rants[""]; ok {
		_ = r.to(c)
		_, _ = io.Copy(io.Discard, c)
		return
	}
	fmt.Fprint(c, "220 x ESMTP\r\n")
	for lines := bufio.NewScanner(c); lines.Scan(); {
		if h.rantAt(c, strings.ToUpper(lines.Text())) {
			return
		}
		fmt.Fprint(c, "250 ok\r\n")
	}
}

// peak is the most memory that a process has had at a time.
func peak(t *testing.T, d *daemon) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", d.cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kib, err := strconv.Atoi(strings.Fields(rest)[0])
	if err != nil {
		t.Fatal(err)
	}
	return kib << 10
}

// service is a mail host with a form in the service's mailbox, and a site that reads and sends there.
func service(t *testing.T) (*site, *mailhost.Host) {
	t.Helper()
	host, err := mailhost.Start(users(), mailhost.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = host.Close() })
	raw, _ := note{from: pemohon, to: layanan, subject: "Permohonan", body: form("Rapat")}.raw()
	if err := host.Deliver(pemohon, layanan, raw); err != nil {
		t.Fatal(err)
	}
	s := &site{dir: t.TempDir(), Database: "sqlite:layanan.db", IMAP: host.IMAPAddr, IMAPTLS: "none", Inbox: "INBOX",
		Poll: "1m", Backlog: "process",
		MaxSize: "25MiB", Roles: usualRoles, Team: twoAdmins, Operators: operator, Hours: "always", SOP: "video-konferensi"}
	s.file(t, "password", password+"\n")
	return s.sinkTo(host), host
}

// outlives runs the daemon against a server that is hostile at first: it needs little memory, goes on trying and,
// when the server is honest, does its work.
func outlives(t *testing.T, s *site, host *mailhost.Host, complains func(logLine) bool) {
	t.Helper()
	d := s.write(t).start(t)
	d.await(t, "what is wrong with the server", complains)
	until(t, "all mails to come", func() bool {
		return len(host.Messages(pemohon, "INBOX")) > 0 && len(host.Messages(ka, "INBOX")) > 0
	})
	if most := peak(t, d); most > maxMemory {
		t.Errorf("it needed %d MiB", most>>20)
	} else {
		t.Logf("it needed %d MiB", most>>20)
	}
	d.stop(t)
}

// An IMAP server that says too much is left, tried again, and read when it has come to its senses.
func TestHostileIMAP(t *testing.T) {
	t.Parallel()
	const fetched = "* 1 FETCH (UID 1 RFC822.SIZE 10 INTERNALDATE \"25-Nov-2026 10:00:00 +0000\" BODY[] "
	text := strings.Repeat("a", 64<<10)
	uids := func(first int) string {
		var b strings.Builder
		for i := range 700_000 {
			fmt.Fprintf(&b, "* %d FETCH (UID %[1]d RFC822.SIZE 10 INTERNALDATE \"25-Nov-2026 10:00:00 +0000\")\r\n", first+i)
		}
		return b.String()
	}
	for name, rants := range map[string]map[string]rant{
		"greeting without end":           {"": {"* OK ", "a"}},
		"greetings without end":          {"": {"", "* OK hi\r\n"}},
		"capabilities without end":       {"CAPABILITY": {"* CAPABILITY", " A"}, "": {"* OK hi\r\n* CAPABILITY", " B"}},
		"a list among the capabilities":  {"": {"* OK [CAPABILITY (] hi\r\n", ""}},
		"untagged responses without end": {"LOGIN": {"", "* 1 EXISTS\r\n"}},
		"names without end":              {"LIST": {"", "* LIST () \"/\" a\r\n"}},
		"long names": {"LIST": {"", "* LIST () \"/\" {60000}\r\n" + strings.Repeat("a", 60000) +
			"\r\n"}},
		"a search without end":              {"UID FETCH": {"* SEARCH", " 1"}},
		"a quote without end":               {"LIST": {"* LIST () \"", "a\r\n"}},
		"lists without end":                 {"UID FETCH": {"* 1 FETCH (UID 1 BODYSTRUCTURE ", "("}},
		"threads without end":               {"SELECT": {"* THREAD ", "(1 "}},
		"listing without end":               {"UID FETCH": {uids(1), "* 1 EXISTS\r\n"}},
		"literal without end":               {"UID FETCH": {fetched + "{4000000000}\r\n", text}},
		"more of a message than was stated": {"UID FETCH 1 (": {fetched + "{33000000}\r\n", text}},
		"messages beyond what was asked for": {"UID FETCH 1 (": {"", fetched + "{26000000}\r\n" +
			strings.Repeat("a", 26000000) + ")\r\n"}},
		"literals without end":     {"UID FETCH": {"", fetched + "{65536}\r\n" + text + ")\r\n"}},
		"large literal elsewhere":  {"LIST": {"* LIST () \"/\" {4000000000}\r\n", text}},
		"size that is no number":   {"UID FETCH": {fetched + "{9999999999999999999999}\r\nabc)\r\n", ""}},
		"news without end in IDLE": {"IDLE": {"+ idling\r\n", "* 2 EXISTS\r\n"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, host := service(t)
			h := &hostile{honest: s.IMAP, rants: rants, turns: 2, speak: (*hostile).imap}
			s.IMAP = h.start(t)
			outlives(t, s, host, says("mailbox is not watched; trying again"))
		})
	}
}

// An SMTP server that says too much is left and tried again; no mail is lost by it.
func TestHostileSMTP(t *testing.T) {
	t.Parallel()
	for name, rants := range map[string]map[string]rant{
		"greeting without end":         {"": {"220 ", "a"}},
		"greetings without end":        {"": {"", "220-a\r\n"}},
		"extensions without end":       {"EHLO": {"", "250-AAAA\r\n"}},
		"extension without end":        {"EHLO": {"250-", "A"}},
		"answer without end":           {"MAIL": {"250 ", "a"}},
		"refusal of lines without end": {"RCPT": {"", "550-a\r\n"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, host := service(t)
			turns := 1
			if rants["MAIL"].unit != "" || rants["RCPT"].unit != "" {
				turns = 3 // a connection that is lost in mid-work is replaced without a word, once
			}
			h := &hostile{honest: s.SMTP, rants: rants, turns: turns, speak: (*hostile).smtp}
			s.SMTP = h.start(t)
			outlives(t, s, host, says("mail not sent yet"))
		})
	}
}

// A daemon that is told to stop ends in order and in time, whatever its servers do or leave undone.
func TestStopWhileServersHang(t *testing.T) {
	t.Parallel()
	silent := func() *hostile {
		return &hostile{turns: 1 << 30, speak: func(_ *hostile, c net.Conn) { _, _ = io.Copy(io.Discard, c) }}
	}
	for name, c := range map[string]struct{ imap, smtp *hostile }{
		"silent from the start": {imap: silent()},
		"silent amid the answer": {imap: &hostile{turns: 1 << 30, speak: (*hostile).imap,
			rants: map[string]rant{"UID FETCH": {"* 1 FETCH (", ""}}}},
		"talking without end": {imap: &hostile{turns: 1 << 30, speak: (*hostile).imap,
			rants: map[string]rant{"LOGIN": {"", "* 1 EXISTS\r\n"}}}},
		"silent SMTP server": {smtp: silent()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, host := service(t)
			hangs := c.imap
			if c.imap != nil {
				s.IMAP = c.imap.start(t)
			} else {
				hangs = c.smtp
				s.SMTP = c.smtp.start(t)
			}
			d := s.write(t).start(t)
			until(t, "a connection", func() bool {
				hangs.mu.Lock()
				defer hangs.mu.Unlock()
				return hangs.conns > 0
			})
			began := time.Now()
			d.stop(t)
			if took := time.Since(began); took > 15*time.Second {
				t.Errorf("it took %v to stop", took)
			}
			if n := len(host.Messages(pemohon, "INBOX")); n > 0 {
				t.Errorf("%d answers, though a server was silent", n)
			}
		})
	}
}

// So it does when the database is silent amid the storing of a mail; the mail is handled after the next start.
func TestStopWhileTheDatabaseHangs(t *testing.T) {
	t.Parallel()
	s, host := service(t)
	at, err := url.Parse(lab.PostgreSQL(t).Database(t))
	if err != nil {
		t.Fatal(err)
	}
	h := &hostile{honest: at.Host, speak: (*hostile).relay}
	at.Host = h.start(t)
	s.Database = at.String()
	d := s.write(t).start(t).ready(t)
	until(t, "the first answer", func() bool { return len(host.Messages(pemohon, "INBOX")) == 1 })
	h.deaf.Store(true)
	raw, id := note{from: pemohon, to: layanan, subject: "Permohonan", body: form("Rapat kedua")}.raw()
	if err := host.Deliver(pemohon, layanan, raw); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	d.stop(t)
	if took := time.Since(began); took > 15*time.Second {
		t.Errorf("it took %v to stop", took)
	}
	h.deaf.Store(false)
	if got := s.start(t).handled(t, id); got != "file" {
		t.Errorf("after the next start: %s", got)
	}
}

// Who does not want to wait says so twice.
func TestSecondSignal(t *testing.T) {
	t.Parallel()
	s, _ := service(t)
	silent := &hostile{turns: 1 << 30, speak: func(_ *hostile, c net.Conn) { _, _ = io.Copy(io.Discard, c) }}
	s.SMTP = silent.start(t)
	d := s.write(t).start(t)
	until(t, "a connection", func() bool {
		silent.mu.Lock()
		defer silent.mu.Unlock()
		return silent.conns > 0
	})
	began, again := time.Now(), time.NewTicker(50*time.Millisecond)
	defer again.Stop()
	for ended := false; !ended; { // two signals at the same instant may be one
		_ = d.cmd.Process.Signal(syscall.SIGTERM) // it may have ended
		select {
		case <-d.gone:
			ended = true
		case <-again.C:
		}
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %v to stop", took)
	}
}
