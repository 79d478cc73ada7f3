package mailbox

import (
	"bufio"
	"errors"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// The watch over an exchange. The sleeps play slow servers and a hung library in
// synctest's fake time: none of them takes any.
func TestWithin(t *testing.T) {
	for name, c := range map[string]struct {
		server   func(net.Conn)
		exchange func(*conn) error
		took     time.Duration
		says     string
	}{
		"answer": {
			func(c net.Conn) { time.Sleep(50 * time.Second); _, _ = c.Write([]byte("OK\n")) },
			readLine, 50 * time.Second, "",
		},
		"slow but steady": {
			func(c net.Conn) {
				for range 10 {
					time.Sleep(50 * time.Second)
					_, _ = c.Write([]byte("."))
				}
				_, _ = c.Write([]byte("\n"))
			},
			readLine, 500 * time.Second, "",
		},
		"silence": {
			func(net.Conn) {}, readLine, time.Minute, "connection lost at test: no answer for 1m0s",
		},
		"silence amid the answer": {
			func(c net.Conn) { time.Sleep(30 * time.Second); _, _ = c.Write([]byte("O")) },
			readLine, 90 * time.Second, "no answer for 1m0s",
		},
		"a drip without end": {
			func(c net.Conn) {
				for _, err := c.Write([]byte(".")); err == nil; _, err = c.Write([]byte(".")) {
					time.Sleep(50 * time.Second)
				}
			},
			readLine, 610 * time.Second, "an answer of which 13 bytes have come in 10m10s",
		},
		"closed": {
			func(c net.Conn) { time.Sleep(time.Second); _ = c.Close() }, readLine, time.Second, "connection lost at test: EOF",
		},
		"library waits for itself": {
			func(net.Conn) {}, func(c *conn) error { time.Sleep(time.Hour); return nil }, 61 * time.Second,
			"the IMAP library hangs",
		},
		"library does not notice the end": {
			func(net.Conn) {},
			func(c *conn) error { c.abort(errors.New("context ended")); time.Sleep(time.Hour); return nil },
			time.Second, "the IMAP library hangs",
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				near, far := net.Pipe()
				defer far.Close()
				cl := &client{cfg: Config{Address: "mail:143", timing: usualTiming}, conn: newConn(near)}
				defer cl.close()
				cl.wire = cl.bounded(cl.conn)
				go c.server(far)
				began := time.Now()
				err := cl.do("test", func() error { return c.exchange(cl.conn) })
				if took := time.Since(began); took != c.took {
					t.Errorf("took %v, want %v", took, c.took)
				}
				if (err != nil) != (c.says != "") || err != nil && (!strings.Contains(err.Error(), c.says) ||
					!errors.Is(err, ErrUnreachable)) {
					t.Errorf("error is %v, want %q", err, c.says)
				}
				if hangs := errors.Is(err, errHangs); hangs != strings.HasPrefix(name, "library") {
					t.Errorf("hangs: %v", hangs)
				}
				time.Sleep(2 * time.Hour) // lets what was left behind end
			})
		})
	}
}

func readLine(c *conn) error {
	_, err := bufio.NewReader(c).ReadString('\n')
	return err
}
