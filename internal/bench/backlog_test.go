package bench

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"batan.go.id/layanan/internal/bot"
	"batan.go.id/layanan/internal/lab"
	"batan.go.id/layanan/internal/smtp"
	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/mailparse"
	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// BenchmarkBacklog is the time from the daemon's start to the last of two
// mails for each of the requests that lie in the mailbox. Beside it stand, in
// the same run: fetching those messages and nothing else, sending as many
// mails and nothing else, and a bare pipeline (fetch, parse, one commit for
// fifty with the rows that the daemon writes, two sends) that decides nothing
// and writes no mail.
func BenchmarkBacklog(b *testing.B) {
	for _, n := range []int{200, 2000} {
		for _, driver := range []string{"sqlite", "postgres"} {
			b.Run(fmt.Sprintf("%s/%d", driver, n), func(b *testing.B) {
				for range b.N {
					backlog(b, driver, n)
				}
			})
		}
	}
}

func backlog(b *testing.B, driver string, n int) {
	dovecot := lab.Dovecot(b, map[string]string{service: password})
	for i := range n {
		dovecot.Deliver(b, service, requestMail(i, service))
	}
	sink := startSink(b)
	fetched := bareFetch(b, dovecot.Addr, n)
	sent := bareSend(b, sink, 2*n)
	piped := barePipeline(b, driver, dovecot.Addr, sink, n)

	if _, err := binary(); err != nil { // its build is not part of the time
		b.Fatal(err)
	}
	before := sink.count.Load()
	began := time.Now()
	d := start(b, databaseURL(b, driver), dovecot.Addr, sink.addr)
	sink.await(b, before+int64(2*n))
	took := time.Since(began)
	cpu, peak := d.stop(b)

	perSecond := func(d time.Duration) float64 { return float64(n) / d.Seconds() }
	b.ReportMetric(perSecond(took), "requests/s")
	b.ReportMetric(perSecond(fetched), "bare-fetch/s")
	b.ReportMetric(float64(2*n)/sent.Seconds(), "bare-send/s")
	b.ReportMetric(perSecond(piped), "bare-pipeline/s")
	b.ReportMetric(100*piped.Seconds()/took.Seconds(), "%of-pipeline")
	b.ReportMetric(float64(cpu.Microseconds())/1000/float64(n), "cpu-ms/request")
	b.ReportMetric(float64(peak)/(1<<20), "peak-MiB")
	b.ReportMetric(0, "ns/op")
}

func databaseURL(b testing.TB, driver string) string {
	if driver == "postgres" {
		return lab.PostgreSQL(b).Database(b)
	}
	return "sqlite:" + filepath.Join(b.TempDir(), "layanan.db")
}

// fetch reads all messages of the mailbox, fifty to a command.
func fetch(b testing.TB, addr string, n int, each func([][]byte)) {
	c, err := imapclient.DialInsecure(addr, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	if err := c.Login(service, password).Wait(); err != nil {
		b.Fatal(err)
	}
	if _, err := c.Select("INBOX", nil).Wait(); err != nil {
		b.Fatal(err)
	}
	options := &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{{Peek: true}}}
	for from := 1; from <= n; from += 50 {
		var set imap.SeqSet
		set.AddRange(uint32(from), uint32(min(from+49, n)))
		rows, err := c.Fetch(set, options).Collect()
		if err != nil {
			b.Fatal(err)
		}
		var raws [][]byte
		for _, r := range rows {
			raws = append(raws, r.BodySection[0].Bytes)
		}
		each(raws)
	}
}

func bareFetch(b testing.TB, addr string, n int) time.Duration {
	began := time.Now()
	got := 0
	fetch(b, addr, n, func(raws [][]byte) { got += len(raws) })
	if got != n {
		b.Fatalf("fetched %d of %d", got, n)
	}
	return time.Since(began)
}

// taskMail is a mail of ours, as large as they are.
func taskMail(b testing.TB) []byte {
	o := office(b)
	loc := o.Procedure.Calendar.Location()
	now := time.Now().In(loc)
	r := workflow.NewRequest("VC-2026-0001", now)
	ev := workflow.Event{Kind: workflow.Filed, By: workflow.Person{Name: "Ani", Email: "ani@batan.go.id"},
		Form: workflow.Form{
			"nama": {Text: "Ani"}, "nip": {Text: "198502172010121003"}, "unit_kerja": {Text: "PSTNT"},
			"kegiatan": {Text: "Rapat"},
			"tanggal":  {Text: "besok", Date: true, Start: now.AddDate(0, 0, 9)}}}
	d := o.Procedure.Decide(r, ev, now)
	renderer, err := notify.NewRenderer(o.Identity, o.Procedure)
	if err != nil {
		b.Fatal(err)
	}
	mails, err := renderer.Render(d.Request, d.Notices[0], notify.Context{Now: now})
	if err != nil {
		b.Fatal(err)
	}
	return mails[0].Raw
}

func office(b testing.TB) *bot.Office {
	p := &workflow.Procedure{SOP: workflow.BuiltInSOP(), Calendar: workflow.Always(time.FixedZone("WIB", 7*3600)),
		People: map[string][]workflow.Person{
			"ka_ppiksn": {{Name: "Yusi", Email: "yusi@batan.go.id"}}}}
	o, err := bot.NewOffice(p, notify.Identity{Name: "Layanan BATANnet", Address: service, PlusAddressing: true,
		Domains: []string{"batan.go.id"}, Keys: notify.Keys{make([]byte, 32)}}, "")
	if err != nil {
		b.Fatal(err)
	}
	return o
}

func send(b testing.TB, s *smtp.Sender, raw []byte, n int) {
	batch := make([]smtp.Outgoing, n)
	for i := range batch {
		batch[i] = smtp.Outgoing{From: service, To: "yusi@batan.go.id", Raw: raw}
	}
	s.Send(context.Background(), batch, func(_ int, err error) {
		if err != nil {
			b.Error(err)
		}
	})
}

func bareSend(b testing.TB, sink *sink, n int) time.Duration {
	raw := taskMail(b)
	s := smtp.NewSender(smtp.Config{Address: sink.addr, TLS: "none"})
	defer s.Close()
	before := sink.count.Load()
	began := time.Now()
	send(b, s, raw, n)
	sink.await(b, before+int64(n))
	return time.Since(began)
}

// barePipeline fetches, parses, commits and sends, each stage beside the
// others; what it stores and sends is made up beforehand.
func barePipeline(b testing.TB, driver, addr string, sink *sink, n int) time.Duration {
	st, err := store.Open(b.Context(), driver, map[string]string{"sqlite": filepath.Join(b.TempDir(), "bare.db")}[driver])
	if driver == "postgres" {
		st, err = store.Open(b.Context(), driver, lab.PostgreSQL(b).Database(b))
	}
	if err != nil {
		b.Fatal(err)
	}
	defer st.Close()
	if _, _, err := st.Migrate(b.Context()); err != nil {
		b.Fatal(err)
	}
	st.UseKeys([]byte("a key for benchmarks, 32 bytes.."))
	task := taskMail(b)
	g := bot.Grammar(office(b).Procedure, service, "", nil)
	before := sink.count.Load()
	began := time.Now()
	fetched, stored := make(chan [][]byte, 1), make(chan int, 1)
	go func() {
		defer close(fetched)
		fetch(b, addr, n, func(raws [][]byte) { fetched <- raws })
	}()
	go func() {
		defer close(stored)
		uid := uint32(0)
		for raws := range fetched {
			err := st.InTx(context.Background(), func(tx *store.Tx) error {
				for _, raw := range raws {
					m := mailparse.Parse(raw, g)
					uid++
					r := workflow.NewRequest(fmt.Sprintf("VC-2026-%04d", uid), began)
					if err := tx.Save(r, []workflow.Entry{{At: began, Event: "registered", MessageID: m.MessageID}}); err != nil {
						return err
					}
					for k := range 2 {
						tx.Enqueue(store.Mail{Number: r.Number, N: k, Recipient: "yusi@batan.go.id", Kind: "task",
							MessageID: fmt.Sprint(uid, k), Raw: task, Created: began})
					}
					tx.Record(store.LedgerEntry{Mailbox: "bare", UIDValidity: 1, UID: uid, MessageID: m.MessageID,
						Digest: m.MessageID, Handled: began})
				}
				return nil
			})
			if err != nil {
				b.Error(err)
			}
			stored <- len(raws)
		}
	}()
	s := smtp.NewSender(smtp.Config{Address: sink.addr, TLS: "none"})
	defer s.Close()
	for k := range stored {
		send(b, s, task, 2*k)
	}
	sink.await(b, before+int64(2*n))
	return time.Since(began)
}
