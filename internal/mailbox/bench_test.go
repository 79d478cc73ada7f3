package mailbox_test

import (
	"context"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"

	"batan.go.id/layanan/internal/lab"
	"batan.go.id/layanan/internal/mailbox"
)

const (
	backlog     = 2000
	backlogSize = 10 << 10
)

// BenchmarkBacklog fetches a backlog of 10 KiB mails and files it away, with a
// handler that does nothing.
func BenchmarkBacklog(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		s := full(b)
		o := &office{}
		start := time.Now()
		b.StartTimer()
		w := watch(b, s.config(), o)
		o.await(b, backlog)
		w.stop() // files the last batch
		b.StopTimer()
		took := time.Since(start)
		if n := len(s.peer(b).content("Diproses")); n != backlog {
			b.Fatalf("%d messages were filed", n)
		}
		b.ReportMetric(backlog/took.Seconds(), "mails/s")
		b.StartTimer()
	}
}

// BenchmarkBareFetch is the limit: one FETCH of the same, nothing filed.
func BenchmarkBareFetch(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		p := full(b).peer(b)
		p.open("INBOX")
		start := time.Now()
		b.StartTimer()
		section := &imap.FetchItemBodySection{Peek: true}
		got, err := p.Fetch(imap.UIDSet{{Start: 1}},
			&imap.FetchOptions{BodySection: []*imap.FetchItemBodySection{section}}).Collect()
		if err != nil || len(got) != backlog {
			b.Fatal(len(got), err)
		}
		b.ReportMetric(backlog/time.Since(start).Seconds(), "mails/s")
	}
}

// full starts a server whose mailbox holds the backlog.
func full(b testing.TB) server {
	d := lab.Dovecot(b, map[string]string{user: password})
	for i := range backlog {
		d.Deliver(b, user, letter(i, backlogSize))
	}
	s := server{addr: d.Addr}
	s.peer(b).open("INBOX") // the server takes in what lies in the folder
	return s
}

// BenchmarkArrival is the time from a message's arrival, in the in-process server,
// which tells it at once, to the handler.
func BenchmarkArrival(b *testing.B) {
	s := memory(b, memoryOptions{})
	came := make(chan bool)
	o := &office{judge: func(context.Context, mailbox.Message) (mailbox.Verdict, error) {
		came <- true
		return mailbox.Leave, nil
	}}
	watch(b, s.config(), o)
	p := s.peer(b)
	raw := letter(0, backlogSize)
	for b.Loop() {
		p.put("INBOX", raw)
		<-came
	}
}
