package mailbox_test

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"

	"batan.go.id/layanan/internal/mailbox"
)

// patient lets every message wait until it is called.
type patient struct{ office }

func newPatient() *patient {
	p := &patient{}
	called := map[uint32]bool{}
	p.judge = func(_ context.Context, m mailbox.Message) (mailbox.Verdict, error) {
		if !called[m.ID.UID] {
			called[m.ID.UID] = true
			return mailbox.Wait, nil
		}
		return mailbox.Processed, nil
	}
	return p
}

// order are the UIDs as they were offered.
func (o *office) order() (uids []uint32) {
	for _, m := range o.messages() {
		uids = append(uids, m.ID.UID)
	}
	return uids
}

// Messages that are to wait stay where they are and are not offered again until
// they are called; new mail passes them by, and a call for what is not there, or
// does not wait, does no harm.
func TestWaiting(t *testing.T) {
	each(t, func(t *testing.T, s server) {
		p := s.peer(t)
		p.put("INBOX", letters(1, 6, 300)...)
		o := newPatient()
		cfg := s.config()
		cfg.Poll = 20 * time.Millisecond
		w := watch(t, cfg, o)
		o.await(t, 6)
		o.polled(t)
		p.put("INBOX", letter(7, 300))
		o.await(t, 7)
		o.polled(t)
		o.call(99, 5)
		o.await(t, 8)
		o.call(5, 2, 6)
		o.await(t, 10)
		p.await("Diproses", 3)
		p.await("INBOX", 4)
		o.polled(t)
		w.stop()
		if got, want := o.order(), []uint32{1, 2, 3, 4, 5, 6, 7, 5, 2, 6}; !slices.Equal(got, want) {
			t.Errorf("offered %v, want %v", got, want)
		}
		again := &office{} // a daemon that has just started
		watch(t, s.config(), again)
		again.await(t, 4)
		if got, want := again.order(), []uint32{1, 3, 4, 7}; !slices.Equal(got, want) {
			t.Errorf("offered anew %v, want %v", got, want)
		}
	})
}

// While they wait, messages are neither fetched nor offered again, whatever comes
// and however often the connection is lost; one that vanished is passed over.
func TestWaitingIsQuiet(t *testing.T) {
	var fetched atomic.Int64 // texts of the first 200
	var cut atomic.Bool
	s := memory(t, memoryOptions{fetch: func(c *imapserver.Conn, set imap.NumSet, options *imap.FetchOptions) error {
		if uids, ok := set.(imap.UIDSet); ok && len(options.BodySection) > 0 && uids.Contains(100) {
			fetched.Add(1)
		}
		if cut.CompareAndSwap(true, false) {
			return c.NetConn().Close()
		}
		return nil
	}})
	p := s.peer(t)
	p.put("INBOX", letters(1, 200, 300)...)
	o := newPatient()
	cfg := s.config()
	cfg.Poll = 20 * time.Millisecond
	watch(t, cfg, o)
	o.await(t, 200)
	before := fetched.Load()
	for i := range 3 {
		cut.Store(true)
		eventually(t, func() string {
			if n := len(o.started()); n < i+2 {
				return fmt.Sprintf("%d connections", n)
			}
			return ""
		})
		p.put("INBOX", letter(201+i, 300))
		o.await(t, 201+i)
		o.polled(t)
	}
	if n := fetched.Load() - before; n != 0 {
		t.Errorf("a message that waits was fetched %d times more", n)
	}
	p.open("INBOX")
	p.must(p.Store(imap.UIDSetNum(100), &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagDeleted}},
		nil).Close())
	p.must(p.Expunge().Close())
	o.polled(t)
	o.call(100) // in a call of its own
	o.polled(t)
	o.call(101)
	o.await(t, 204)
	if got := o.order()[203]; got != 101 {
		t.Errorf("%d was offered, want 101", got)
	}
}
