package smtp

import (
	"fmt"
	"net"
)

// maxStep is how many bytes a server may say in one step: a greeting, a TLS handshake, the answer to EHLO. The
// longest of them, certificates, have some ten thousand. The library keeps a step in memory, whatever its size.
const maxStep = 256 << 10

// boundedConn is a TCP connection that ends when the server says too much in one step. It counts what goes over the
// line, encrypted or not, so that it holds for all that is read above it.
type boundedConn struct {
	net.Conn
	left int
}

// renew begins a step.
func (c *boundedConn) renew() { c.left = maxStep }

// Read implements net.Conn.
func (c *boundedConn) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, fmt.Errorf("the server said more than %d bytes at once", maxStep)
	}
	n, err := c.Conn.Read(p[:min(len(p), c.left)])
	c.left -= n
	return n, err
}
