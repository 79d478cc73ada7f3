package bot_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"strings"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"batan.go.id/layanan/internal/bot"
	"batan.go.id/layanan/internal/lab"
	"batan.go.id/layanan/internal/smtp"
)

// slowServer takes mails one a time on each connection, and none of a kind that
// is held before it is let go.
type slowServer struct {
	held    string        // a notice's kind
	let     chan struct{} // closed: it is let go
	began   chan struct{} // gets a value for each that is held
	arrived chan string   // kinds and recipients, as they are taken
}

func (b *slowServer) NewSession(*gosmtp.Conn) (gosmtp.Session, error) { return &slowSession{b: b}, nil }

type slowSession struct {
	b  *slowServer
	to string
}

func (s *slowSession) Mail(string, *gosmtp.MailOptions) error { return nil }
func (s *slowSession) Rcpt(to string, _ *gosmtp.RcptOptions) error {
	s.to, _, _ = strings.Cut(to, "@")
	return nil
}
func (s *slowSession) Reset()        {}
func (s *slowSession) Logout() error { return nil }
func (s *slowSession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	kind := ""
	for line := range strings.Lines(string(raw)) {
		if k, ok := strings.CutPrefix(line, "X-Layanan-Notice: "); ok {
			kind = strings.TrimSpace(k)
		}
	}
	if kind == s.b.held {
		s.b.began <- struct{}{}
		<-s.b.let
	}
	s.b.arrived <- kind + " " + s.to
	return nil
}

// listen serves on loopback until the test ends.
func (b *slowServer) listen(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := gosmtp.NewServer(b)
	server.Domain, server.AllowInsecureAuth, server.ErrorLog = "localhost", true, log.New(io.Discard, "", 0)
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(l) }() // ends with Close
	t.Cleanup(func() { _ = server.Close(); <-done })
	return l.Addr().String()
}

func (b *slowServer) next(t *testing.T, what string) string {
	t.Helper()
	select {
	case got := <-b.arrived:
		return got
	case <-time.After(20 * time.Second):
		t.Fatalf("%s does not come", what)
		return ""
	}
}

// Sixty invented senders are answered by a server that takes its time. The honest
// request behind them is registered at once: whether the answers wait in the
// outbox, or are on their way already.
func TestAnswersDelayNobody(t *testing.T) {
	t.Parallel()
	const invented = 60
	for _, driver := range []string{"sqlite", "postgres"} {
		for _, under := range []bool{false, true} {
			t.Run(fmt.Sprint(driver, " answers on their way: ", under), func(t *testing.T) {
				t.Parallel()
				s := newStory(t, "\n")
				if driver == "postgres" {
					s = newStoryOn(t, "\n", driver, lab.PostgreSQL(t).Database(t))
				}
				server := &slowServer{held: "help", let: make(chan struct{}), began: make(chan struct{}, invented),
					arrived: make(chan string, invented+2)}
				sender := bot.New(bot.Options{Store: s.store, Office: s.office, Log: discard,
					Now: func() time.Time { return s.now }, SMTP: smtp.Config{Address: server.listen(t), TLS: "none"}})
				ctx, stop := context.WithCancel(t.Context())
				sent := make(chan error, 1)
				start := func() { go func() { sent <- sender.SendMails(ctx) }() }

				var mails []string
				for i := range invented {
					mails = append(mails, s.plain(fmt.Sprint("karangan", i), "Halo", "Selamat pagi, apa kabar?"))
				}
				s.leave(mails...)
				if under {
					start()
					<-server.began
				}
				s.leave(s.plain("ani", "Permohonan", request("ani", 1)))
				if !under {
					start()
				}
				got := map[string]bool{server.next(t, "the first mail"): true, server.next(t, "the second mail"): true}
				if !got["registered ani"] || !got["task ka"] {
					t.Errorf("first came %v", got)
				}
				close(server.let)
				for range invented {
					if got := server.next(t, "an answer"); !strings.HasPrefix(got, "help ") {
						t.Errorf("then came %s", got)
					}
				}
				stop()
				if err := <-sent; !errors.Is(err, context.Canceled) {
					t.Error(err)
				}
			})
		}
	}
}
