package mailbox_test

import (
	"errors"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"

	"batan.go.id/layanan/internal/mailbox"
)

// TestRecentOnlyLooks: the newest of both mailboxes are read, and nothing is
// marked, made or moved by it.
func TestRecentOnlyLooks(t *testing.T) {
	each(t, func(t *testing.T, s server) {
		p := s.peer(t)
		read := func(n int) string {
			t.Helper()
			headers, err := mailbox.Recent(t.Context(), s.config(), n, "From", "Authentication-Results")
			if err != nil {
				t.Fatal(err)
			}
			var out []string
			for _, h := range headers {
				m, err := mail.ReadMessage(strings.NewReader(string(h)))
				if err != nil || len(m.Header) != 2 || len(m.Header["Authentication-Results"]) != 2 {
					t.Fatalf("%q: %v", h, err)
				}
				out = append(out, m.Header.Get("From"))
			}
			return strings.Join(out, " ")
		}
		if got := read(5); got != "" {
			t.Errorf("an empty mailbox has %s", got)
		}
		if boxes, err := p.List("", "*", nil).Collect(); err != nil ||
			slices.ContainsFunc(boxes, func(b *imap.ListData) bool { return b.Mailbox == "Diproses" }) {
			t.Errorf("it made a mailbox: %v %v", boxes, err)
		}
		p.must(p.Create("Diproses", nil).Wait())
		for i := range 12 { // every third was handled
			raw := fmt.Sprintf("Authentication-Results: mx; spf=pass\r\nAuthentication-Results: relay;\r\n "+
				"dkim=none\r\nFrom: %d@batan.go.id\r\nSubject: x\r\n\r\nIsi\r\n", i)
			box := "INBOX"
			if i%3 == 0 {
				box = "Diproses"
			}
			cmd := p.Append(box, int64(len(raw)), &imap.AppendOptions{Time: time.Date(2026, 6, 1, 9, i, 0, 0, time.UTC)})
			_, err := cmd.Write([]byte(raw))
			p.must(err)
			p.must(cmd.Close())
			_, err = cmd.Wait()
			p.must(err)
		}
		if got, want := read(5), "11@batan.go.id 10@batan.go.id 9@batan.go.id 8@batan.go.id 7@batan.go.id"; got != want {
			t.Errorf("the last five are %s", got)
		}
		if got := strings.Fields(read(200)); len(got) != 12 {
			t.Errorf("of twelve it finds %v", got)
		}
		for box, n := range map[string]uint32{"INBOX": 8, "Diproses": 4} {
			if data := p.open(box); data.NumMessages != n {
				t.Errorf("%s has %d messages", box, data.NumMessages)
			}
			all, err := p.Fetch(imap.SeqSet{{Start: 1}}, &imap.FetchOptions{Flags: true}).Collect()
			p.must(err)
			for _, m := range all {
				if slices.Contains(m.Flags, imap.FlagSeen) {
					t.Errorf("%s: message %d was marked as read", box, m.SeqNum)
				}
			}
		}
	})
}

func TestRecentFaults(t *testing.T) {
	cfg := memory(t, memoryOptions{}).config()
	cfg.Password = "salah"
	if _, err := mailbox.Recent(t.Context(), cfg, 5, "From"); !errors.Is(err, mailbox.ErrLogin) {
		t.Error(err)
	}
	cfg.Address = closedPort(t)
	if _, err := mailbox.Recent(t.Context(), cfg, 5, "From"); !errors.Is(err, mailbox.ErrUnreachable) {
		t.Error(err)
	}
}
