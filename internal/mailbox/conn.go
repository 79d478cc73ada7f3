package mailbox

import (
	"net"
	"sync"
	"time"
)

// conn is a network connection that knows when it last heard something and what
// ended it. The IMAP library sets a deadline for the whole of an answer, which a
// large message on a slow line exceeds, and none while it waits; its read deadlines
// are ignored, and client.do watches instead.
type conn struct {
	net.Conn
	dead chan struct{} // closed when the connection is

	mu    sync.Mutex
	heard time.Time
	bytes int64 // that have come
	err   error // what ended it
}

func newConn(raw net.Conn) *conn { return &conn{Conn: raw, dead: make(chan struct{})} }

func (c *conn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.heard = time.Now()
	c.bytes += int64(n)
	if err != nil && c.err == nil {
		c.err = err
	}
	return n, err
}

// SetReadDeadline does nothing; see conn.
func (c *conn) SetReadDeadline(time.Time) error { return nil }

// Close closes the connection; whatever waits for the server returns.
func (c *conn) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case <-c.dead:
		return net.ErrClosed
	default:
		close(c.dead)
		return c.Conn.Close()
	}
}

// abort closes the connection for a reason.
func (c *conn) abort(reason error) {
	c.mu.Lock()
	if c.err == nil {
		c.err = reason
	}
	c.mu.Unlock()
	_ = c.Close()
}

// silence returns for how long nothing has come, since a time at most.
func (c *conn) silence(since time.Time) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.heard.After(since) {
		since = c.heard
	}
	return time.Since(since)
}

// received returns how many bytes have come.
func (c *conn) received() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.bytes
}

// cause returns what ended the connection, nil if nothing did.
func (c *conn) cause() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}
