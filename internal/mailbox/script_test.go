package mailbox_test

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"

	"batan.go.id/layanan/internal/mailbox"
)

// script is a server that answers each command as it is told: the key is how a
// command begins, the value its untagged answers, and its tagged one if the last
// line is NO or BAD. The longest key counts; what is not in it gets OK.
type script map[string]string

// usual is a mailbox with nothing in it.
var usual = script{
	"CAPABILITY":          "* CAPABILITY IMAP4rev1 MOVE NAMESPACE ACL AUTH=PLAIN",
	"LIST \"\" \"\"":      `* LIST (\Noselect) "." ""`,
	"LIST":                "",
	"NAMESPACE":           `* NAMESPACE (("INBOX." ".")) NIL NIL`,
	"LIST \"\" INBOX":     `* LIST () "." INBOX`,
	"LIST \"\" \"INBOX\"": `* LIST () "." INBOX`,
	"SELECT": "* FLAGS (\\Deleted)\n* 0 EXISTS\n* OK [PERMANENTFLAGS (\\Deleted \\*)] ok\n* OK " +
		"[UIDVALIDITY 7] ok\n* OK [UIDNEXT 1] ok",
	"MYRIGHTS": "* MYRIGHTS x lrswipkxtecda",
}

// start starts it with some answers changed. The commands that it got are told by
// the function, without passwords.
func (s script) start(t testing.TB, changed script) (addr string, got func() string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	var log syncBuffer
	var once sync.Mutex // one connection at a time
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				once.Lock()
				defer once.Unlock()
				defer c.Close()
				s.serve(c, changed, &log)
			}()
		}
	}()
	return l.Addr().String(), log.String
}

func (s script) serve(c net.Conn, changed script, log *syncBuffer) {
	fmt.Fprint(c, "* OK ready\r\n")
	lines := bufio.NewScanner(c)
	for lines.Scan() {
		tag, command, _ := strings.Cut(lines.Text(), " ")
		if strings.HasPrefix(command, "AUTHENTICATE") {
			fmt.Fprint(c, "+ \r\n")
			lines.Scan()
		}
		fmt.Fprintln(log, command)
		status := "OK done"
		for _, line := range strings.Split(s.answer(changed, command), "\n") {
			switch {
			case strings.HasPrefix(line, "NO"), strings.HasPrefix(line, "BAD"):
				status = line
			case line != "":
				fmt.Fprintf(c, "%s\r\n", strings.ReplaceAll(line, "\r", "\r\n"))
			}
		}
		fmt.Fprintf(c, "%s %s\r\n", tag, status)
		if command == "LOGOUT" {
			return
		}
	}
}

func (s script) answer(changed script, command string) string {
	answer, longest := "", -1
	for _, answers := range []script{s, changed} { // the changed ones count at equal length
		for key, a := range answers {
			if strings.HasPrefix(command, key) && len(key) >= longest {
				answer, longest = a, len(key)
			}
		}
	}
	return answer
}

// Names are translated for servers with another separator and a prefix; what is
// there already is not created.
func TestNames(t *testing.T) {
	for name, c := range map[string]struct {
		changed script
		creates []string
	}{
		"prefix and separator": {nil, []string{"INBOX.Layanan.Diproses", "INBOX.Layanan.Gagal"}},
		"no namespace":         {script{"NAMESPACE": "NO not now"}, []string{"Layanan.Diproses", "Layanan.Gagal"}},
		"flat": {script{"NAMESPACE": `* NAMESPACE (("" NIL)) NIL NIL`, `LIST "" ""`: `* LIST () NIL ""`},
			[]string{"Layanan/Diproses", "Layanan/Gagal"}},
		"there as written": {script{`LIST "" "Layanan/Gagal"`: `* LIST () "." Layanan/Gagal`},
			[]string{"INBOX.Layanan.Diproses"}},
		"there with prefix": {script{`LIST "" "INBOX.Layanan.Gagal"`: `* LIST () "." INBOX.Layanan.Gagal`},
			[]string{"INBOX.Layanan.Diproses"}},
		"only a branch": {script{`LIST "" "INBOX.Layanan.Gagal"`: `* LIST (\Noselect) "." INBOX.Layanan.Gagal`},
			[]string{"INBOX.Layanan.Diproses", "INBOX.Layanan.Gagal"}},
	} {
		t.Run(name, func(t *testing.T) {
			addr, got := usual.start(t, c.changed)
			cfg := server{addr}.config()
			cfg.Processed, cfg.Failed = "Layanan/Diproses", "Layanan/Gagal"
			if err := mailbox.Check(t.Context(), cfg); err != nil {
				t.Error(err)
			}
			var creates []string
			for _, line := range strings.Split(got(), "\n") {
				if name, ok := strings.CutPrefix(line, "CREATE "); ok {
					creates = append(creates, strings.Trim(name, `"`))
				}
			}
			if !slices.Equal(creates, c.creates) {
				t.Errorf("created %q, want %q, by\n%s", creates, c.creates, got())
			}
		})
	}
}

// What the server tells about rights is heeded.
func TestCheckRights(t *testing.T) {
	for name, c := range map[string]struct {
		changed script
		kind    error
		says    string
	}{
		"all":                {nil, nil, ""},
		"rights of RFC 2086": {script{"MYRIGHTS": "* MYRIGHTS x lrswipcda"}, nil, ""},
		"no deleting": {script{"MYRIGHTS INBOX": "* MYRIGHTS INBOX lrswi"}, mailbox.ErrReadOnly,
			`mailbox "INBOX" is read-only: the rights are "lrswi", without "t"`},
		"no expunging": {script{"MYRIGHTS INBOX": "* MYRIGHTS INBOX lrswit"}, mailbox.ErrReadOnly, `without "e"`},
		"no inserting": {script{`MYRIGHTS "INBOX.Gagal"`: "* MYRIGHTS INBOX.Gagal lr"}, mailbox.ErrReadOnly,
			`mailbox "INBOX.Gagal" is read-only`},
		"not told": {script{"MYRIGHTS": "NO none of your business"}, nil, ""},
		"no flags": {script{"SELECT": "* 0 EXISTS\n* OK [PERMANENTFLAGS ()] ok\n* OK [UIDVALIDITY 7] ok"},
			mailbox.ErrReadOnly, "messages cannot be moved out of it"},
		"no UIDVALIDITY": {script{"SELECT": "* 0 EXISTS"}, mailbox.ErrMailbox, "no UIDVALIDITY"},
		"cannot be created": {script{"CREATE": "NO [OVERQUOTA] full"}, mailbox.ErrMailbox,
			`mailbox "INBOX.Diproses" is missing and cannot be created: imap: NO [OVERQUOTA] full`},
		"cannot be listed": {script{"LIST": "NO ask later"}, mailbox.ErrMailbox, "ask later"},
		"login needs TLS": {script{"CAPABILITY": "* CAPABILITY IMAP4rev1 LOGINDISABLED"}, mailbox.ErrLogin,
			"it may want TLS"},
		"plain login": {script{"CAPABILITY": "* CAPABILITY IMAP4rev1"}, nil, ""},
		"authentication broken": {script{"AUTHENTICATE": "NO [UNAVAILABLE] the directory is away"}, mailbox.ErrUnreachable,
			"cannot log in"},
	} {
		t.Run(name, func(t *testing.T) {
			addr, _ := usual.start(t, c.changed)
			err := mailbox.Check(t.Context(), server{addr}.config())
			if !errors.Is(err, c.kind) || err != nil && !strings.Contains(err.Error(), c.says) {
				t.Errorf("error is %v, want %v with %q", err, c.kind, c.says)
			}
		})
	}
}
