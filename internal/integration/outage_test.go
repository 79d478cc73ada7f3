package integration

import (
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"batan.go.id/layanan/internal/lab"
	"batan.go.id/layanan/internal/store"
)

// few is how many requests walk while servers go down.
const few = 60

// TestDatabaseRestarts does not run beside others: they share the server.
func TestDatabaseRestarts(t *testing.T) {
	d := lab.Dovecot(t, users())
	w := newWorkers(t, d, procedure)
	postgres := lab.PostgreSQL(t)
	s := bareSite(t, postgres.Database(t), d).sinkTo(w.host)
	s.Team = oneAdmin
	daemon := s.write(t).start(t).ready(t)
	w.file(0, few/2)
	until(t, "work to be in full swing", func() bool { return w.arrived() > few })
	postgres.Restart(t)
	w.file(few/2, few)
	w.finish(t, s, few)
	daemon.stop(t)
	w.judge(t, s, few)
	expect(t, "notices that came twice", w.doubles(), 0)
}

func TestMailboxServerRestarts(t *testing.T) {
	t.Parallel()
	d := lab.Dovecot(t, users())
	w := newWorkers(t, d, procedure)
	s := bareSite(t, "sqlite:layanan.db", d).sinkTo(w.host)
	s.Team = oneAdmin
	daemon := s.write(t).start(t).ready(t)
	w.file(0, few/2)
	until(t, "work to be in full swing", func() bool { return w.arrived() > few })
	d.Kill()
	d.Restart(t)
	w.file(few/2, few)
	w.finish(t, s, few)
	daemon.stop(t)
	w.judge(t, s, few)
	expect(t, "notices that came twice", w.doubles(), 0)
}

var accepted = regexp.MustCompile(`message-id=(<vc-\S+>)`)

func TestMailWaitsForTheServer(t *testing.T) {
	t.Parallel()
	d := lab.Dovecot(t, users())
	p := lab.Postfix(t, d)
	s := newSite(t, "sqlite:layanan.db", d, p).write(t)
	daemon := s.start(t).ready(t)
	p.Kill()
	number := "VC-" + now().Format("2006") + "-0001"
	for _, n := range []note{
		{subject: "Permohonan", body: form("Rapat antre")},
		{subject: "[" + number + "] Status", body: "STATUS\r\n"},
		{subject: "[" + number + "] Bantuan", body: "BANTUAN\r\n"},
	} {
		n.from, n.to = pemohon, layanan
		raw, id := n.raw()
		d.Deliver(t, layanan, raw)
		daemon.handled(t, id)
	}
	daemon.await(t, "that a mail was not sent", says("mail not sent yet"))
	for _, m := range s.show(t, number).Mails {
		expect(t, m.Notice+" while the server is away", m.State, "queued")
	}
	p.Restart(t)
	o := newOffice(t, d, p)
	var want []string
	for _, notice := range []string{"registered", "status", "help"} {
		want = append(want, o.take(pemohon, notice, number).id)
	}
	o.take(ka, "task", number)
	var order []string
	for _, found := range accepted.FindAllStringSubmatch(p.LogText(), -1) {
		if slices.Contains(want, found[1]) {
			order = append(order, found[1])
		}
	}
	expect(t, "order at the mail server", strings.Join(order, " "), strings.Join(want, " "))
	for _, m := range s.show(t, number).Mails {
		expect(t, m.Notice+" in the end", m.State, "sent")
	}
	daemon.stop(t)
}

func TestStopFinishesTheWorkInHand(t *testing.T) {
	t.Parallel()
	d := lab.Dovecot(t, users())
	w := newWorkers(t, d, silent)
	s := bareSite(t, lab.PostgreSQL(t).Database(t), d).sinkTo(w.host).write(t)
	const mails = 300
	for i := range mails {
		raw, _ := note{from: pemohon, to: layanan, subject: "Permohonan", body: form(event(i))}.raw()
		d.Deliver(t, layanan, raw)
	}
	daemon := s.start(t)
	daemon.await(t, "that a mail was handled", says("mail"))
	daemon.stop(t)
	st := s.store(t)
	all, err := st.Requests(t.Context(), store.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	left, moved := len(d.Messages(t, layanan, "INBOX")), len(d.Messages(t, layanan, "Diproses"))
	t.Logf("stopped after %d of %d mails", len(all), mails)
	expect(t, "mails moved", moved, len(all))
	expect(t, "mails left", left, mails-len(all))
	for _, r := range all {
		mails, err := st.Mails(t.Context(), r.Number)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range mails {
			if m.State != "sent" && m.State != "queued" {
				t.Errorf("%s: %s is left %s", r.Number, m.Kind, m.State)
			}
		}
	}
	daemon = s.start(t)
	until(t, "the rest", func() bool { return w.arrived() == 2*mails })
	daemon.stop(t)
	expect(t, "notices that came twice", w.doubles(), 0)
	s.audit(t)
}

func TestHangupReloadsRoles(t *testing.T) {
	t.Parallel()
	const plh = "plh.kabid@batan.go.id"
	d := lab.Dovecot(t, users(plh))
	p := lab.Postfix(t, d)
	s := newSite(t, "sqlite:layanan.db", d, p).write(t)
	daemon := s.start(t).ready(t)
	o := newOffice(t, d, p)
	number := o.file("Rapat ganti pejabat")
	task := o.take(ka, "task", number)

	hangup := func(config string, said string) {
		s.file(t, "layanan.yaml", config)
		if err := daemon.cmd.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		daemon.await(t, said, says(said))
	}
	good := s.yaml(t)
	hangup(strings.ReplaceAll(good, kabid, plh), "reloaded roles, calendar and SOP")
	hangup(good+"salah: ya\n", "not reloaded, the old settings stay in force")
	o.reply(task, "SETUJU")
	o.take(plh, "task", number)
	expect(t, "tasks of the former holder", o.has(kabid, "task", number), 0)
	daemon.stop(t)
}
