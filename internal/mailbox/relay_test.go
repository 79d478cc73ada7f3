package mailbox_test

import (
	"io"
	"net"
	"sync"
	"testing"
)

// relay passes bytes between clients and a server until told otherwise.
type relay struct {
	addr string

	mu    sync.Mutex
	conns map[net.Conn]bool
	after int64 // server bytes until a connection is cut; 0: never
	mute  bool  // server bytes get lost
}

func newRelay(t testing.TB, target string) *relay {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &relay{addr: l.Addr().String(), conns: map[net.Conn]bool{}}
	var running sync.WaitGroup
	running.Go(func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", target)
			if err != nil {
				_ = near.Close()
				continue
			}
			r.keep(near, far)
			running.Go(func() { _, _ = io.Copy(far, near); r.drop(near, far) })
			running.Go(func() { _, _ = io.Copy(&meter{Conn: near, r: r}, far); r.drop(near, far) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		r.cut()
		running.Wait()
	})
	return r
}

func (r *relay) keep(conns ...net.Conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range conns {
		r.conns[c] = true
	}
}

func (r *relay) drop(conns ...net.Conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range conns {
		_ = c.Close()
		delete(r.conns, c)
	}
}

// cut cuts all connections.
func (r *relay) cut() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for c := range r.conns {
		_ = c.Close()
	}
}

// cutAfter cuts every connection when the server has sent so many bytes on it.
func (r *relay) cutAfter(n int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.after = n
}

// swallow makes the server's bytes get lost, on connections that stay open.
func (r *relay) swallow(yes bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.mute = yes
}

// meter is where the server's bytes go.
type meter struct {
	net.Conn
	r    *relay
	sent int64
}

func (m *meter) Write(b []byte) (int, error) {
	m.r.mu.Lock()
	after, mute := m.r.after, m.r.mute
	m.r.mu.Unlock()
	if mute {
		return len(b), nil
	}
	if after > 0 && m.sent+int64(len(b)) > after {
		_, _ = m.Conn.Write(b[:max(0, after-m.sent)])
		return 0, io.ErrClosedPipe
	}
	n, err := m.Conn.Write(b)
	m.sent += int64(n)
	return n, err
}
