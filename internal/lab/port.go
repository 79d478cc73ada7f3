package lab

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"strings"
)

// Ports are taken from below the ranges from which systems serve "any port" and
// outgoing connections (32768 on Linux, 16000 in some sandboxes), so that they stay
// free between here and the server's start, and while it is down.
const firstPort, lastPort = 10000, 15999

// reservation is a set of addresses on loopback that nobody else is given.
type reservation struct {
	addrs []string
	held  []net.PacketConn
}

// reserve finds n addresses on which nobody listens. Until release no other
// reservation, of this process or another, takes them: the servers speak TCP only,
// so each port's UDP twin, held by us, tells that it is taken; the kernel lets go of
// it however we end.
func reserve(n int) (*reservation, error) {
	r := &reservation{}
	for range 1000 {
		if len(r.addrs) == n {
			return r, nil
		}
		addr := fmt.Sprintf("127.0.0.1:%d", firstPort+rand.IntN(lastPort-firstPort))
		twin, err := net.ListenPacket("udp", addr)
		if err != nil {
			continue
		}
		l, err := net.Listen("tcp", addr)
		if err != nil {
			twin.Close()
			continue
		}
		l.Close()
		r.held, r.addrs = append(r.held, twin), append(r.addrs, addr)
	}
	r.release()
	return nil, fmt.Errorf("no %d free ports between %d and %d", n, firstPort, lastPort)
}

func (r *reservation) release() {
	for _, c := range r.held {
		c.Close()
	}
}

// errPortTaken is why a server did not start when a stranger took its port meanwhile.
var errPortTaken = errors.New("port taken")

// onFreePorts sets a server up and starts it; anew, on other ports, when a stranger
// took one of them.
func onFreePorts(start func() error) error {
	var err error
	for range 5 {
		if err = start(); !errors.Is(err, errPortTaken) {
			return err
		}
	}
	return err
}

// portTaken recognises what servers say then.
func portTaken(log string) bool {
	return strings.Contains(strings.ToLower(log), "address already in use")
}

func port(addr string) string {
	_, p, _ := net.SplitHostPort(addr)
	return p
}
