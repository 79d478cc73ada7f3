package mailbox_test

import (
	"io"
	"log"
	"net"
	"sync"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"batan.go.id/layanan/internal/lab"
)

// dovecot starts a Dovecot.
func dovecot(t testing.TB, options ...lab.DovecotOption) server {
	t.Helper()
	return server{addr: lab.Dovecot(t, map[string]string{user: password}, options...).Addr}
}

// memoryOptions change the in-process server.
type memoryOptions struct {
	caps  []imap.Cap // nil: all it can do
	fetch func(*imapserver.Conn, imap.NumSet, *imap.FetchOptions) error
}

// memory starts the in-process server.
func memory(t testing.TB, o memoryOptions) server {
	t.Helper()
	u := imapmemserver.NewUser(user, password)
	if err := u.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	all := imapmemserver.New()
	all.AddUser(u)
	if o.caps == nil {
		o.caps = []imap.Cap{imap.CapIMAP4rev1, imap.CapMove, imap.CapUIDPlus, imap.CapIdle, imap.CapNamespace}
	}
	caps := imap.CapSet{}
	for _, c := range o.caps {
		caps[c] = struct{}{}
	}
	s := imapserver.New(&imapserver.Options{
		NewSession: func(c *imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return &session{all.NewSession().(imapserver.SessionIMAP4rev2), c, o}, nil, nil
		},
		Caps:         caps,
		InsecureAuth: true,
		Logger:       log.New(io.Discard, "", 0),
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var served sync.WaitGroup
	served.Go(func() { _ = s.Serve(l) }) // ends with Close
	t.Cleanup(func() {
		_ = s.Close()
		served.Wait()
	})
	return server{addr: l.Addr().String()}
}

// session is a session of the in-process server that can be made to fail.
type session struct {
	imapserver.SessionIMAP4rev2
	conn *imapserver.Conn
	memoryOptions
}

func (s *session) Fetch(w *imapserver.FetchWriter, set imap.NumSet, options *imap.FetchOptions) error {
	if s.fetch != nil {
		if err := s.fetch(s.conn, set, options); err != nil {
			return err
		}
	}
	return s.SessionIMAP4rev2.Fetch(w, set, options)
}
