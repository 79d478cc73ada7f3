package bench

import (
	"bytes"
	"io"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"batan.go.id/layanan/internal/lab"
	"batan.go.id/layanan/internal/mailhost"
)

// BenchmarkLatency is the time of one request mail, a hundred one after the
// other: from the IMAP server's word of it (EXISTS during IDLE) to the SMTP
// server's acceptance of the approver's mail, and from its arrival in the
// mailbox, most of which is Dovecot's own delay before it tells.
func BenchmarkLatency(b *testing.B) {
	for _, driver := range []string{"sqlite", "postgres"} {
		b.Run(driver, func(b *testing.B) {
			for range b.N {
				latency(b, driver, 100)
			}
		})
	}
}

func latency(b *testing.B, driver string, n int) {
	dovecot := lab.Dovecot(b, map[string]string{service: password})
	host, err := mailhost.Start(map[string]string{"yusi@batan.go.id": password}, mailhost.Options{Discard: true})
	if err != nil {
		b.Fatal(err)
	}
	defer host.Close()
	accepted := make(chan time.Time, n)
	host.Subscribe(func(mailhost.Delivery) { accepted <- time.Now() })
	relay := startRelay(b, dovecot.Addr)
	d := start(b, databaseURL(b, driver), relay.addr, host.SMTPAddr)

	var word, arrival []time.Duration
	var before time.Duration // CPU time of the start
	for i := range n {
		if <-relay.ready; i == 0 {
			before = d.cpu(b)
		}
		arrived := time.Now()
		dovecot.Deliver(b, service, requestMail(i, service))
		told := <-relay.told
		select {
		case at := <-accepted:
			word, arrival = append(word, at.Sub(told)), append(arrival, at.Sub(arrived))
		case <-time.After(20 * time.Second):
			b.Fatalf("mail %d brought no task\n%s", i, tail(d.log.String()))
		}
	}
	cpu := d.cpu(b) - before
	d.stop(b)
	slices.Sort(word)
	slices.Sort(arrival)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	b.ReportMetric(ms(word[n/2]), "median-ms")
	b.ReportMetric(ms(word[n-1]), "worst-ms")
	b.ReportMetric(ms(arrival[n/2]), "from-arrival-median-ms")
	b.ReportMetric(ms(arrival[n-1]), "from-arrival-worst-ms")
	b.ReportMetric(ms(cpu)/float64(n), "cpu-ms/request")
	b.ReportMetric(0, "ns/op")
}

// relay stands between the daemon and Dovecot and notes when the server says
// EXISTS to an idling client.
type relay struct {
	addr  string
	ready chan struct{}  // an IDLE was accepted and is not over
	told  chan time.Time // when the server said EXISTS in it
}

func startRelay(b testing.TB, to string) *relay {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { l.Close() })
	r := &relay{addr: l.Addr().String(), ready: make(chan struct{}, 1), told: make(chan time.Time, 1)}
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", to)
			if err != nil {
				client.Close()
				continue
			}
			var idle sync.Mutex
			idling := false
			go func() {
				defer server.Close()
				watch(client, server, func(chunk []byte) {
					idle.Lock()
					defer idle.Unlock()
					if idling = bytes.Contains(chunk, []byte("IDLE\r\n")); !idling {
						select {
						case <-r.ready:
						default:
						}
					}
				})
			}()
			go func() {
				defer client.Close()
				watch(server, client, func(chunk []byte) {
					idle.Lock()
					defer idle.Unlock()
					if idling && bytes.HasPrefix(chunk, []byte("+ ")) {
						r.ready <- struct{}{}
					}
					if idling && bytes.Contains(chunk, []byte(" EXISTS\r\n")) {
						select {
						case r.told <- time.Now():
						default:
						}
					}
				})
			}()
		}
	}()
	return r
}

// watch copies and shows each chunk before it is passed on.
func watch(from io.Reader, to io.Writer, see func([]byte)) {
	buf := make([]byte, 64<<10)
	for {
		n, err := from.Read(buf)
		see(buf[:n])
		if _, werr := to.Write(buf[:n]); err != nil || werr != nil {
			return
		}
	}
}
