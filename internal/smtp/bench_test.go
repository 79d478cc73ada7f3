package smtp_test

import (
	"io"
	"log"
	"net"
	"strconv"
	"strings"
	"testing"

	"batan.go.id/layanan/internal/smtp"
	gosmtp "github.com/emersion/go-smtp"
	"github.com/wneessen/go-mail"
)

// sink takes every mail and forgets it.
type sink struct{}

func (sink) Mail(string, *gosmtp.MailOptions) error { return nil }
func (sink) Rcpt(string, *gosmtp.RcptOptions) error { return nil }
func (sink) Data(r io.Reader) error                 { _, err := io.Copy(io.Discard, r); return err }
func (sink) Reset()                                 {}
func (sink) Logout() error                          { return nil }

func startSink(b *testing.B) (host, port string) {
	server := gosmtp.NewServer(gosmtp.BackendFunc(func(*gosmtp.Conn) (gosmtp.Session, error) { return sink{}, nil }))
	server.ErrorLog = log.New(io.Discard, "", 0)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	go server.Serve(ln)
	b.Cleanup(func() { server.Close() })
	host, port, _ = net.SplitHostPort(ln.Addr().String())
	return host, port
}

var benchText = strings.Repeat("Permohonan layanan video konferensi Saudara telah kami terima.\r\n", 60)

// BenchmarkSend and BenchmarkGoMailSend send the same text of 4 kB, 50 mails to a call, over one kept
// connection to a server in the same process: ours, and the library's own loop.
func BenchmarkSend(b *testing.B) {
	host, port := startSink(b)
	s := smtp.NewSender(smtp.Config{Address: net.JoinHostPort(host, port), TLS: "none"})
	defer s.Close()
	batch := mailsTo(make([]string, 50)...)
	for i := range batch {
		batch[i].To = "a@x"
		batch[i].Raw = []byte("From: s@x\r\nTo: a@x\r\nSubject: t\r\n\r\n" + benchText)
	}
	for sent := 0; sent < b.N; sent += len(batch) {
		for _, err := range send(b, b.Context(), s, batch[:min(len(batch), b.N-sent)]) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "mails/s")
}

func BenchmarkGoMailSend(b *testing.B) {
	host, port := startSink(b)
	number, err := strconv.Atoi(port)
	if err != nil {
		b.Fatal(err)
	}
	c, err := mail.NewClient(host, mail.WithPort(number), mail.WithTLSPolicy(mail.NoTLS), mail.WithoutNoop())
	if err != nil {
		b.Fatal(err)
	}
	if err := c.DialWithContext(b.Context()); err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	m := mail.NewMsg()
	if err := m.From("s@x.test"); err != nil {
		b.Fatal(err)
	}
	if err := m.To("a@x.test"); err != nil {
		b.Fatal(err)
	}
	m.SetBodyString(mail.TypeTextPlain, benchText)
	for range b.N {
		if err := c.Send(m); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "mails/s")
}
