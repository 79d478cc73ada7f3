package mailbox_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"batan.go.id/layanan/internal/mailbox"
)

// A line that breaks again and again, each time a little later, in the middle of
// whatever goes on: all mail is handled in the end, and what was handled on a
// connection that then broke is not offered again.
func TestConnectionIsCut(t *testing.T) {
	s := dovecot(t)
	p := s.peer(t)
	want := letters(0, 200, 2000)
	p.put("INBOX", want...)
	r := newRelay(t, s.addr)
	cfg := s.config()
	cfg.Address = r.addr
	cfg.Batch = 7
	var cuts atomic.Int64
	r.cutAfter(300)
	o := &office{from: func(mailbox.Status) uint32 {
		r.cutAfter(2000 + 3001*cuts.Add(1))
		return 1
	}}
	// The first connections break before Start is reached.
	w := watch(t, cfg, o)
	eventually(t, func() string {
		if !strings.Contains(w.log.String(), "connection lost at") {
			return "not cut"
		}
		return ""
	})
	r.cutAfter(5000)
	p.await("Diproses", len(want))
	p.await("INBOX", 0)
	w.stop()
	offered := map[uint32]int{}
	for _, m := range o.messages() {
		if m.Err != nil {
			t.Errorf("message %d: %v", m.ID.UID, m.Err)
		}
		offered[m.ID.UID]++
	}
	for uid, n := range offered {
		if n != 1 {
			t.Errorf("message %d was offered %d times", uid, n)
		}
	}
	if len(offered) != len(want) || cuts.Load() < 3 {
		t.Errorf("%d messages were offered over %d connections", len(offered), cuts.Load())
	}
}

// A connection that is cut in IDLE is noticed at once.
func TestCutInIdle(t *testing.T) {
	each(t, func(t *testing.T, s server) {
		r := newRelay(t, s.addr)
		cfg := s.config()
		cfg.Address = r.addr
		o := &office{}
		watch(t, cfg, o)
		for i := range 3 {
			eventually(t, func() string {
				if n := len(o.started()); n <= i {
					return fmt.Sprintf("%d connections, want %d", n, i+1)
				}
				return ""
			})
			r.cut()
		}
		p := s.peer(t)
		p.put("INBOX", letter(0, 10))
		p.await("Diproses", 1)
	})
}

// A server that accepts everything and says nothing is left, wherever it falls
// silent.
func TestBlackHole(t *testing.T) {
	s := dovecot(t)
	r := newRelay(t, s.addr)
	cfg := s.config()
	cfg.Address = r.addr
	o := &office{}
	w := watch(t, cfg, o)
	lost := func(n int) {
		t.Helper()
		eventually(t, func() string {
			if got := strings.Count(w.log.String(), "no answer for"); got < n {
				return fmt.Sprintf("%d times noticed, want %d", got, n)
			}
			return ""
		})
	}
	eventually(t, func() string {
		if len(o.started()) == 0 {
			return "not started"
		}
		return ""
	})
	r.swallow(true)
	lost(2) // in IDLE, and then at the greeting
	r.swallow(false)
	p := s.peer(t)
	p.put("INBOX", letter(0, 10))
	p.await("Diproses", 1)
}

// When the context ends while nothing is in hand, Watch ends at once, even with a
// server that says nothing.
func TestPromptEnd(t *testing.T) {
	s := dovecot(t)
	for name, prepare := range map[string]func(*relay, *office){
		"idle":   func(*relay, *office) {},
		"silent": func(r *relay, _ *office) { r.swallow(true) },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRelay(t, s.addr)
			cfg := s.config()
			cfg.Address = r.addr
			o := &office{}
			w := watch(t, cfg, o)
			eventually(t, func() string {
				if len(o.started()) == 0 {
					return "not started"
				}
				return ""
			})
			prepare(r, o)
			began := time.Now()
			w.stop()
			if took := time.Since(began); took > time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
	t.Run("connecting", func(t *testing.T) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		w := watch(t, server{l.Addr().String()}.config(), &office{})
		c, err := l.Accept()
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		began := time.Now()
		w.stop()
		if took := time.Since(began); took > 200*time.Millisecond {
			t.Errorf("took %v", took)
		}
	})
}

// When the context ends while the handler works, it finishes and what it did is
// filed; no other batch is begun.
func TestGracefulEnd(t *testing.T) {
	each(t, func(t *testing.T, s server) {
		p := s.peer(t)
		p.put("INBOX", letters(0, 20, 10)...)
		entered, release := make(chan bool), make(chan bool)
		var first atomic.Bool
		o := &office{judge: func(ctx context.Context, m mailbox.Message) (mailbox.Verdict, error) {
			if !first.Swap(true) {
				entered <- true
				<-release
			}
			if ctx.Err() != nil {
				return 0, ctx.Err()
			}
			return mailbox.Processed, nil
		}}
		cfg := s.config()
		cfg.Batch = 8
		w := watch(t, cfg, o)
		<-entered
		stopped := make(chan bool)
		go func() {
			w.stop()
			close(stopped)
		}()
		time.AfterFunc(300*time.Millisecond, func() { close(release) }) // longer than what the rest gets
		<-stopped
		if n := len(o.messages()); n != 8 {
			t.Errorf("%d messages were handled, want 8", n)
		}
		p.await("Diproses", 8)
		p.await("INBOX", 12)
	})
}

// A handler that doesn't finish gets its context cancelled.
func TestGraceEnds(t *testing.T) {
	s := memory(t, memoryOptions{})
	s.peer(t).put("INBOX", letter(0, 10))
	entered, cause := make(chan bool), make(chan error, 1)
	o := &office{judge: func(ctx context.Context, m mailbox.Message) (mailbox.Verdict, error) {
		entered <- true
		<-ctx.Done()
		cause <- ctx.Err()
		return 0, ctx.Err()
	}}
	w := watch(t, s.config(), o)
	<-entered
	w.stop()
	if err := <-cause; !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
}

// Bad configuration is refused at once.
func TestBadConfig(t *testing.T) {
	good := server{"127.0.0.1:143"}.config()
	for want, change := range map[string]func(*mailbox.Config){
		"host:port":                  func(c *mailbox.Config) { c.Address = "mail" },
		"implicit, starttls or none": func(c *mailbox.Config) { c.TLS = "maybe" },
		"needed":                     func(c *mailbox.Config) { c.Failed = "" },
		"itself":                     func(c *mailbox.Config) { c.Inbox, c.Processed = "inbox", "INBOX" },
	} {
		cfg := good
		change(&cfg)
		for _, err := range []error{mailbox.Check(t.Context(), cfg), mailbox.Watch(t.Context(), cfg, &office{})} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("error %v, want %q", err, want)
			}
		}
	}
}
