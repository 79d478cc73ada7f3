package mailbox_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"

	"batan.go.id/layanan/internal/lab"
	"batan.go.id/layanan/internal/mailbox"
)

// each runs a test on Dovecot, on Dovecot without what newer servers have, on the
// in-process server, and on it as a server of 1996.
func each(t *testing.T, test func(*testing.T, server)) {
	for name, start := range map[string]func(testing.TB) server{
		"dovecot":                 func(t testing.TB) server { return dovecot(t) },
		"dovecot without MOVE":    func(t testing.TB) server { return dovecot(t, lab.Without("MOVE")) },
		"dovecot without UIDPLUS": func(t testing.TB) server { return dovecot(t, lab.Without("MOVE", "UIDPLUS", "IDLE")) },
		"memory":                  func(t testing.TB) server { return memory(t, memoryOptions{}) },
		"memory bare": func(t testing.TB) server {
			return memory(t,
				memoryOptions{caps: []imap.Cap{imap.CapIMAP4rev1}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, start(t))
		})
	}
}

func TestBacklog(t *testing.T) {
	each(t, func(t *testing.T, s server) {
		p := s.peer(t)
		want := letters(1, 120, 300)
		uids := p.put("INBOX", want...)
		o := &office{}
		w := watch(t, s.config(), o)
		got := o.await(t, len(want))
		p.await("Diproses", len(want))
		p.await("INBOX", 0)
		for i, m := range got {
			if m.ID.UID != uids[i] || !bytes.Equal(m.Raw, want[i]) || m.Size != int64(len(want[i])) || m.Received.IsZero() ||
				m.TooLarge || m.Err != nil {
				t.Fatalf("message %d is %+v", i, m)
			}
		}
		w.stop()
		if n := len(o.messages()); n != len(want) {
			t.Errorf("%d messages were handled, want %d", n, len(want))
		}
	})
}

// A large backlog is offered in order and once.
func TestLargeBacklog(t *testing.T) {
	s := full(t)
	o := &office{}
	w := watch(t, s.config(), o)
	p := s.peer(t)
	p.await("Diproses", backlog)
	w.stop()
	got := o.messages()
	if len(got) != backlog {
		t.Fatalf("%d messages were offered, want %d", len(got), backlog)
	}
	different := map[string]bool{}
	for i, m := range got {
		if i > 0 && m.ID.UID <= got[i-1].ID.UID {
			t.Fatalf("%d comes after %d", m.ID.UID, got[i-1].ID.UID)
		}
		different[string(m.Raw[:120])] = true
	}
	if len(different) != backlog {
		t.Errorf("%d different messages, want %d", len(different), backlog)
	}
}

// New mail is handled when it comes, not at the next poll, where the server can
// tell; one large mail needs a second look.
func TestArrival(t *testing.T) {
	each(t, func(t *testing.T, s server) {
		p := s.peer(t)
		o := &office{judge: func(_ context.Context, m mailbox.Message) (mailbox.Verdict, error) {
			if bytes.Contains(m.Raw, []byte("surat 2\r\n")) {
				return mailbox.Failed, nil
			}
			return mailbox.Processed, nil
		}}
		w := watch(t, s.config(), o)
		want := [][]byte{letter(0, 10), letter(1, 300<<10), letter(2, 10)}
		for i, raw := range want {
			p.put("INBOX", raw)
			o.await(t, i+1)
		}
		for i, m := range o.messages() {
			if !bytes.Equal(m.Raw, want[i]) {
				t.Errorf("message %d has %d bytes, want %d", i, len(m.Raw), len(want[i]))
			}
		}
		p.await("Diproses", 2)
		p.await("Gagal", 1)
		p.await("INBOX", 0)
		w.stop()
	})
}

// A burst larger than what comes along with the listing.
func TestBurst(t *testing.T) {
	each(t, func(t *testing.T, s server) {
		p := s.peer(t)
		o := &office{}
		watch(t, s.config(), o)
		want := letters(0, 90, 2000)
		p.put("INBOX", want...)
		p.await("Diproses", len(want))
		for i, m := range o.messages() {
			if !bytes.Equal(m.Raw, want[i]) {
				t.Errorf("message %d is %q", i, m.Raw[:80])
			}
		}
	})
}

func TestStartSaysWhatIsOurs(t *testing.T) {
	each(t, func(t *testing.T, s server) {
		p := s.peer(t)
		old := p.put("INBOX", letters(0, 3, 10)...)
		o := &office{from: func(s mailbox.Status) uint32 { return s.UIDNext }}
		watch(t, s.config(), o)
		eventually(t, func() string {
			if len(o.started()) == 0 {
				return "not started"
			}
			return ""
		})
		fresh := p.put("INBOX", letter(9, 10))
		p.await("Diproses", 1)
		p.await("INBOX", len(old))
		if m := o.messages(); len(m) != 1 || m[0].ID.UID != fresh[0] {
			t.Errorf("handled %v, want only %v", m, fresh)
		}
		if st := o.started()[0]; st.Mailbox != "INBOX" || st.Messages != 3 || st.UIDNext != old[2]+1 || st.UIDValidity == 0 {
			t.Errorf("started with %+v", st)
		}
	})
}

func TestVerdicts(t *testing.T) {
	each(t, func(t *testing.T, s server) {
		p := s.peer(t)
		p.put("INBOX", letters(0, 3, 10)...)
		times := map[uint32]int{}
		o := &office{judge: func(_ context.Context, m mailbox.Message) (mailbox.Verdict, error) {
			times[m.ID.UID]++
			switch {
			case m.ID.UID == 1 && times[1] < 4:
				return mailbox.Retry, nil
			case m.ID.UID == 2:
				return mailbox.Leave, nil
			}
			return mailbox.Processed, nil
		}}
		w := watch(t, s.config(), o)
		p.await("Diproses", 2)
		p.await("INBOX", 1)
		w.stop()
		if times[1] != 4 || times[2] != 1 || times[3] != 1 {
			t.Errorf("offered %v, want 1:4 2:1 3:1", times)
		}
	})
}

func TestLeaveIsOfferedAgainAtThePoll(t *testing.T) {
	each(t, func(t *testing.T, s server) {
		p := s.peer(t)
		p.put("INBOX", letter(0, 10))
		times := 0
		o := &office{judge: func(context.Context, mailbox.Message) (mailbox.Verdict, error) {
			if times++; times < 3 {
				return mailbox.Leave, nil
			}
			return mailbox.Processed, nil
		}}
		cfg := s.config()
		cfg.Poll = 30 * time.Millisecond
		watch(t, cfg, o)
		p.await("Diproses", 1)
	})
}

func TestTooLarge(t *testing.T) {
	each(t, func(t *testing.T, s server) {
		p := s.peer(t)
		raws := [][]byte{letter(0, 400), letter(1, 9000), letter(2, 400)}
		p.put("INBOX", raws...)
		o := &office{}
		cfg := s.config()
		cfg.MaxSize = 5000
		watch(t, cfg, o)
		o.await(t, 3)
		p.put("INBOX", raws[1]) // and once more, with the listing
		got := o.await(t, 4)
		header, _, _ := bytes.Cut(raws[1], []byte("\r\n\r\n"))
		header = append(header, "\r\n\r\n"...)
		for i, want := range [][]byte{raws[0], header, raws[2], header} {
			if m := got[i]; !bytes.Equal(m.Raw, want) || m.TooLarge != (i%2 == 1) || m.Err != nil {
				t.Errorf("message %d: too large %v, err %v, raw %q, want %q", i, m.TooLarge, m.Err, m.Raw, want)
			}
		}
	})
}

// The mailbox has other readers: what they do to flags doesn't matter, what they
// move or delete is gone, and their marks stay.
func TestOtherReaders(t *testing.T) {
	each(t, func(t *testing.T, s server) {
		p := s.peer(t)
		p.put("INBOX", letters(0, 4, 10)...)
		p.open("INBOX")
		flag := func(f imap.Flag, uid imap.UID) {
			p.must(p.Store(imap.UIDSetNum(uid), &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{f}}, nil).Close())
		}
		flag(imap.FlagSeen, 1)
		entered, release := make(chan bool, 9), make(chan bool)
		o := &office{judge: func(_ context.Context, m mailbox.Message) (mailbox.Verdict, error) {
			entered <- true
			<-release
			return mailbox.Processed, nil
		}}
		watch(t, s.config(), o)
		<-entered
		flag(imap.FlagSeen, 2)
		flag(imap.FlagDeleted, 3)
		p.must(p.Expunge().Close())
		p.put("INBOX", letter(5, 10))
		flag(imap.FlagFlagged, 4)
		close(release)
		p.await("INBOX", 0)
		o.await(t, 5)
		p.await("Diproses", 4) // all but what was deleted meanwhile
		p.open("Diproses")
		seen, err := p.Search(&imap.SearchCriteria{Flag: []imap.Flag{imap.FlagSeen}}, nil).Wait()
		p.must(err)
		if n := len(seen.AllSeqNums()); n != 2 {
			t.Errorf("%d messages are marked as read, want 2", n)
		}
	})
}

// Without UIDPLUS, an EXPUNGE would delete what others have flagged: ours stay,
// flagged, and are neither offered nor copied again.
func TestNoExpungeOfOthersMessages(t *testing.T) {
	s := dovecot(t, lab.Without("MOVE", "UIDPLUS"))
	p := s.peer(t)
	p.put("INBOX", letters(0, 3, 10)...)
	p.open("INBOX")
	flag := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagDeleted}}
	p.must(p.Store(imap.UIDSetNum(1), flag, nil).Close())
	o := &office{from: func(mailbox.Status) uint32 { return 2 }}
	cfg := s.config()
	cfg.Poll = 20 * time.Millisecond
	w := watch(t, cfg, o)
	p.await("Diproses", 2)
	eventually(t, func() string {
		if n := strings.Count(w.log.String(), "cannot be moved"); n < 3 {
			return fmt.Sprintf("%d polls", n)
		}
		return ""
	})
	p.await("INBOX", 3)
	flag.Op = imap.StoreFlagsDel
	p.open("INBOX")
	p.must(p.Store(imap.UIDSetNum(1), flag, nil).Close())
	p.await("INBOX", 1)
	p.await("Diproses", 2)
	w.stop()
	if n := len(o.messages()); n != 2 {
		t.Errorf("%d messages were offered, want 2", n)
	}
}

func TestUIDValidityChanges(t *testing.T) {
	s := dovecot(t)
	p := s.peer(t)
	p.must(p.Create("Masuk", nil).Wait())
	p.put("Masuk", letters(0, 2, 10)...)
	o := &office{judge: func(context.Context, mailbox.Message) (mailbox.Verdict, error) { return mailbox.Leave, nil }}
	cfg := s.config()
	cfg.Inbox = "Masuk"
	cfg.Poll = 50 * time.Millisecond
	watch(t, cfg, o)
	before := o.await(t, 2)[0].ID
	p.must(p.Delete("Masuk").Wait())
	// Watch selects it all the time, which may have brought it back.
	var answer *imap.Error
	if err := p.Create("Masuk", nil).Wait(); !errors.As(err, &answer) || answer.Code != imap.ResponseCodeAlreadyExists {
		p.must(err)
	}
	p.put("Masuk", letter(7, 10))
	eventually(t, func() string {
		last := o.messages()[len(o.messages())-1]
		if bytes.Contains(last.Raw, []byte("surat 7")) && last.ID.UIDValidity != before.UIDValidity && last.ID.UID == 1 {
			return ""
		}
		return fmt.Sprintf("last message is %+v", last.ID)
	})
	starts := o.started()
	if first, last := starts[0], starts[len(starts)-1]; first.UIDValidity == last.UIDValidity {
		t.Errorf("started with %+v only", starts)
	}
}
