package integration

import (
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"batan.go.id/layanan/internal/lab"
)

// now is the office's time.
func now() time.Time { return time.Now().In(time.FixedZone("WIB", 7*60*60)) }

// keeper is the service's mailbox in the hands of its administrator.
type keeper struct {
	t *testing.T
	c *imapclient.Client
}

func newKeeper(t *testing.T, d *lab.DovecotServer) keeper {
	t.Helper()
	c, err := imapclient.DialInsecure(d.Addr, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	k := keeper{t, c}
	k.do(c.Login(layanan, password).Wait())
	return k
}

func (k keeper) do(err error) {
	k.t.Helper()
	if err != nil {
		k.t.Fatal(err)
	}
}

// put appends a form as if it had come at an instant.
func (k keeper) put(mailbox, event string, at time.Time) {
	k.t.Helper()
	raw, _ := note{from: pemohon, to: layanan, subject: "Permohonan", body: form(event)}.raw()
	cmd := k.c.Append(mailbox, int64(len(raw)), &imap.AppendOptions{Time: at})
	_, err := cmd.Write(raw)
	k.do(err)
	k.do(cmd.Close())
	_, err = cmd.Wait()
	k.do(err)
}

// renew gives a mailbox another UIDVALIDITY, as a restored backup would: the
// same mails, with the times at which they came, in a new mailbox.
func (k keeper) renew(mailbox string) {
	k.t.Helper()
	before, err := k.c.Select(mailbox, nil).Wait()
	k.do(err)
	k.do(k.c.Unselect().Wait())
	k.do(k.c.Rename(mailbox, "Lama", nil).Wait())
	k.do(k.c.Create(mailbox, nil).Wait())
	_, err = k.c.Select("Lama", nil).Wait()
	k.do(err)
	_, err = k.c.Copy(imap.SeqSet{{Start: 1}}, mailbox).Wait()
	k.do(err)
	k.do(k.c.Unselect().Wait())
	k.do(k.c.Delete("Lama").Wait())
	after, err := k.c.Select(mailbox, nil).Wait()
	k.do(err)
	k.do(k.c.Unselect().Wait())
	if before.UIDValidity == after.UIDValidity {
		k.t.Fatal("UIDVALIDITY did not change")
	}
	expect(k.t, "mails that were kept", after.NumMessages, before.NumMessages)
}

func TestBacklogIsSkipped(t *testing.T) {
	t.Parallel()
	d := lab.Dovecot(t, users())
	w := newWorkers(t, d, silent)
	s := bareSite(t, "sqlite:layanan.db", d).sinkTo(w.host)
	s.Inbox, s.Backlog = "Masuk", "skip"
	s.write(t)
	k := newKeeper(t, d)
	k.do(k.c.Create("Masuk", nil).Wait())
	for i := range 5 {
		k.put("Masuk", event(i), time.Now().Add(-time.Hour))
	}
	// after starts the daemon, brings it a new mail, and wants that nothing else is handled.
	after := func(what string, requests int) {
		t.Helper()
		daemon := s.start(t).ready(t)
		k.put("Masuk", event(100+requests), time.Now().Add(time.Second))
		until(t, "the new mail to be answered, "+what, func() bool { return w.arrived() >= 2*requests })
		daemon.stop(t)
		expect(t, "mails left, "+what, len(d.Messages(t, layanan, "Masuk")), 5)
		expect(t, "notices, "+what, w.arrived(), 2*requests)
	}
	after("at the first start", 1)
	after("at the second start", 2)
	k.renew("Masuk")
	after("after a change of UIDVALIDITY", 3)
	after("at the second start after the change", 4)
	k.renew("Masuk")
	after("after another change of UIDVALIDITY", 5)
	after("at the second start after that change", 6)
}

func TestBacklogIsProcessed(t *testing.T) {
	t.Parallel()
	d := lab.Dovecot(t, users())
	w := newWorkers(t, d, silent)
	s := bareSite(t, "sqlite:layanan.db", d).sinkTo(w.host)
	s.Inbox = "Masuk"
	s.write(t)
	k := newKeeper(t, d)
	k.do(k.c.Create("Masuk", nil).Wait())
	for i := range 5 {
		k.put("Masuk", event(i), time.Now().Add(-time.Hour))
	}
	daemon := s.start(t)
	until(t, "every mail to be answered", func() bool { return w.arrived() == 10 })
	daemon.stop(t)
	expect(t, "mails left", len(d.Messages(t, layanan, "Masuk")), 0)
	expect(t, "mails processed", len(d.Messages(t, layanan, "Diproses")), 5)
}
