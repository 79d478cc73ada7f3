package integration

import (
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/lab"
	"batan.go.id/layanan/internal/store"
)

// silent offices only read.
func silent(*letter) string { return "" }

var reads = says("reading the mailbox")

func TestTwoDaemonsShareTheWork(t *testing.T) {
	t.Parallel()
	d := lab.Dovecot(t, users())
	w := newWorkers(t, d, silent)
	s := bareSite(t, lab.PostgreSQL(t).Database(t), d).sinkTo(w.host).write(t)
	reader, other := s.start(t), s.start(t)
	until(t, "both to start", func() bool {
		return len(reader.lines(says("started"))) == 1 &&
			len(other.lines(says("started"))) == 1
	})
	until(t, "one to read", func() bool { return len(reader.lines(reads))+len(other.lines(reads)) > 0 })
	if len(other.lines(reads)) > 0 {
		reader, other = other, reader
	}
	const mails = 200
	for i := range mails {
		raw, _ := note{from: pemohon, to: layanan, subject: "Permohonan", body: form(event(i))}.raw()
		d.Deliver(t, layanan, raw)
	}
	until(t, "two notices for each mail", func() bool { return w.arrived() == 2*mails })
	until(t, "the inbox to be empty", func() bool { return len(d.Messages(t, layanan, "INBOX")) == 0 })
	expect(t, "notices sent twice", w.doubles(), 0)
	expect(t, "mails handled by the one who reads", len(reader.lines(says("mail"))), mails)
	expect(t, "mails handled by the other", len(other.lines(says("mail"))), 0)

	reader.kill()
	died := time.Now()
	w.file(mails, mails+20)
	until(t, "the other to take over", func() bool { return w.arrived() == 2*mails+40 })
	took := time.Since(died)
	t.Logf("the other had taken over and told of 20 new mails %v after the kill", took.Round(time.Second/10))
	if took > 30*time.Second {
		t.Errorf("it took %v", took)
	}
	all, err := s.store(t).Requests(t.Context(), store.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "requests", len(all), mails+20)
	if last := all[len(all)-1].Number; !strings.HasSuffix(last, "-0220") {
		t.Errorf("the last number is %s", last)
	}
	s.audit(t)

	third := s.start(t)
	third.await(t, "that it started", says("started"))
	other.stop(t)
	stopped := time.Now()
	third.ready(t)
	t.Logf("after an orderly stop the next one reads %v later", time.Since(stopped).Round(time.Second/10))
	third.stop(t)
}

func TestSQLiteServesOneDaemon(t *testing.T) {
	t.Parallel()
	d := lab.Dovecot(t, users())
	w := newWorkers(t, d, silent)
	s := bareSite(t, "sqlite:layanan.db", d).sinkTo(w.host).write(t)
	first := s.start(t).ready(t)
	_, errOut, code := s.run(t, "run")
	expect(t, "exit of the second", code, 1)
	if strings.Count(errOut, "\n") != 1 || !strings.Contains(errOut, "layanan.db") ||
		!strings.Contains(errOut, "another daemon") {
		t.Errorf("the second says:\n%s", errOut)
	}
	s.must(t, "requests", "list") // other commands still work
	first.kill()
	s.start(t).ready(t).stop(t) // a lock does not outlive its holder
}
