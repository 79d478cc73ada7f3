package mailbox_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"

	"batan.go.id/layanan/internal/lab"
	"batan.go.id/layanan/internal/mailbox"
)

// What cannot be moved is not offered again, and is moved as soon as it can be.
func TestFilingTrouble(t *testing.T) {
	s := dovecot(t, lab.Rights(user, "Diproses", "lr"))
	p := s.peer(t)
	p.put("INBOX", letters(0, 5, 10)...)
	o := &office{judge: func(_ context.Context, m mailbox.Message) (mailbox.Verdict, error) {
		if m.ID.UID == 4 {
			return mailbox.Failed, nil
		}
		return mailbox.Processed, nil
	}}
	cfg := s.config()
	cfg.Poll = 20 * time.Millisecond
	w := watch(t, cfg, o)
	p.await("Gagal", 1)
	p.open("INBOX") // a server disconnects those who have a deleted mailbox open
	p.must(p.Delete("Gagal").Wait())
	eventually(t, func() string {
		if n := strings.Count(w.log.String(), "cannot be moved"); n < 3 {
			return fmt.Sprintf("%d polls", n)
		}
		return ""
	})
	p.put("INBOX", letter(6, 10))
	o.await(t, 6)
	p.await("INBOX", 5)
	w.stop()
	if n := len(o.messages()); n != 6 {
		t.Errorf("%d messages were offered, want 6", n)
	}
}

// A message that the server cannot give holds up nobody and ends with the handler.
func TestBrokenMessage(t *testing.T) {
	for name, broken := range map[string]func(*imapserver.Conn) error{
		"refused": func(*imapserver.Conn) error {
			return &imap.Error{Type: imap.StatusResponseTypeNo,
				Text: "corrupt"}
		},
		"connection lost": func(c *imapserver.Conn) error { return c.NetConn().Close() },
	} {
		t.Run(name, func(t *testing.T) {
			s := memory(t, memoryOptions{fetch: func(c *imapserver.Conn, set imap.NumSet, options *imap.FetchOptions) error {
				if uids, ok := set.(imap.UIDSet); ok && len(options.BodySection) > 0 && uids.Contains(3) {
					return broken(c)
				}
				return nil
			}})
			p := s.peer(t)
			p.put("INBOX", letters(1, 8, 10)...)
			o := &office{judge: func(_ context.Context, m mailbox.Message) (mailbox.Verdict, error) {
				if m.Err != nil {
					return mailbox.Failed, nil
				}
				return mailbox.Processed, nil
			}}
			watch(t, s.config(), o)
			o.await(t, 8)
			p.await("INBOX", 0)
			var order []uint32
			for _, m := range o.messages() {
				order = append(order, m.ID.UID)
				if (m.Err != nil) != (m.ID.UID == 3) || (m.Raw == nil) != (m.ID.UID == 3) {
					t.Errorf("message %d: %v, %q", m.ID.UID, m.Err, m.Raw)
				}
			}
			if want := []uint32{1, 2, 4, 5, 6, 7, 8, 3}; !slices.Equal(order, want) {
				t.Errorf("offered %v, want %v", order, want)
			}
		})
	}
}

// When the handler fails, nothing is moved and all is offered again, in order.
func TestHandlerFails(t *testing.T) {
	each(t, func(t *testing.T, s server) {
		p := s.peer(t)
		p.put("INBOX", letters(0, 60, 10)...)
		calls := 0
		o := &office{judge: func(_ context.Context, m mailbox.Message) (mailbox.Verdict, error) {
			if calls++; calls == 30 || calls == 85 {
				return 0, errors.New("the database is away")
			}
			return mailbox.Processed, nil
		}}
		w := watch(t, s.config(), o)
		o.await(t, 60)
		p.await("Diproses", 60)
		for i, m := range o.messages() {
			if m.ID.UID != uint32(i+1) {
				t.Fatalf("message %d is %d", i, m.ID.UID)
			}
		}
		if n := strings.Count(w.log.String(), "the database is away"); n != 2 {
			t.Errorf("logged %d times, want 2", n)
		}
	})
}

// A handler that returns the wrong number of verdicts has handled nothing.
func TestMissingVerdict(t *testing.T) {
	s := memory(t, memoryOptions{})
	s.peer(t).put("INBOX", letter(0, 10))
	w := watch(t, s.config(), mute{})
	eventually(t, func() string {
		if !strings.Contains(w.log.String(), "0 verdicts for 1 messages") {
			return w.log.String()
		}
		return ""
	})
}

type mute struct{}

func (mute) Start(context.Context, mailbox.Status) (uint32, error)                { return 1, nil }
func (mute) Handle(context.Context, []mailbox.Message) ([]mailbox.Verdict, error) { return nil, nil }
func (mute) Next(context.Context) ([]uint32, error)                               { return nil, nil }
