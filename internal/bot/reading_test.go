package bot_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"batan.go.id/layanan/internal/mailbox"
	"batan.go.id/layanan/internal/store"
)

// slowReader is a bot whose parser does not come back from a mail of the subject "berat" before it is told to.
type slowReader struct {
	*story
	finish chan struct{}
	begun  *atomic.Int64
}

func newSlowReader(t *testing.T) slowReader {
	s := slowReader{newStory(t, "\n"), make(chan struct{}), new(atomic.Int64)}
	s.in = s.bot.Slowed(func(raw []byte) {
		if bytes.Contains(raw, []byte("Subject: berat")) {
			s.begun.Add(1)
			<-s.finish
		}
	})
	return s
}

// offer hands over mails together; nothing may hold them up for long.
func (s slowReader) offer(mails ...mailbox.Message) (verdicts string) {
	s.t.Helper()
	hangs := time.AfterFunc(30*time.Second, func() { panic("the batch hangs") })
	defer hangs.Stop()
	got, err := s.in.Handle(s.t.Context(), mails)
	if err != nil {
		s.t.Fatal(err)
	}
	return fmt.Sprint(got)
}

func verdicts(v ...mailbox.Verdict) string { return fmt.Sprint(v) }

func (s slowReader) titled(subject string, more int) mailbox.Message {
	return s.message(s.plain("ani", subject, request("ani", int(s.uid))+strings.Repeat("\nkalimat panjang", more)))
}

// A mail that takes long to read waits apart; the others are handled at once, and it is when it has been read.
func TestOneMailHoldsUpNoOther(t *testing.T) {
	s := newSlowReader(t)
	heavy := s.titled("berat", 0)
	if got, want := s.offer(s.titled("a", 0), heavy, s.titled("b", 0), s.titled("c", 0)),
		verdicts(mailbox.Processed, mailbox.Retry, mailbox.Processed, mailbox.Processed); got != want {
		t.Errorf("%v, want %v", got, want)
	}
	if got, want := s.offer(heavy, s.titled("d", 0)), verdicts(mailbox.Retry, mailbox.Processed); got != want {
		t.Errorf("offered again: %v, want %v", got, want)
	}
	close(s.finish)
	for s.offer(heavy) != verdicts(mailbox.Processed) { // what was put off is looked at without waiting
		if t.Context().Err() != nil {
			t.Fatal("never handled")
		}
	}
	s.collect()
	s.expectDead(map[string]int{})
	s.expectSent(map[string]string{"ani": "5 registered"})
}

// A mail whose reading has no end becomes a dead letter, whole, and holds up nothing before, meanwhile or after.
func TestReadingWithoutEnd(t *testing.T) {
	s := newSlowReader(t)
	defer close(s.finish)
	endless := s.titled("berat", 0)
	for began := time.Now(); ; {
		got := s.offer(endless, s.titled("biasa", 0))
		if got == verdicts(mailbox.Failed, mailbox.Processed) {
			break
		}
		if got != verdicts(mailbox.Retry, mailbox.Processed) || time.Since(began) > 30*time.Second {
			t.Fatal(got)
		}
	}
	all, err := s.store.DeadLetters(t.Context(), store.DeadFilter{})
	if err != nil || len(all) != 1 || all[0].Reason != "unreadable" {
		t.Fatalf("dead letters: %+v, %v", all, err)
	}
	if got := s.offer(endless, s.titled("biasa", 0)); got != verdicts(mailbox.Processed, mailbox.Processed) {
		t.Errorf("known from then on: %v", got)
	}
}

// However many mails have no end, few are being read; what is small is read all the same, and all when there is room.
func TestFewAreReadApart(t *testing.T) {
	s := newSlowReader(t)
	const much = 8 << 10
	var mails []mailbox.Message
	for range 6 {
		mails = append(mails, s.titled("berat", much))
	}
	retry := mailbox.Retry
	if got := s.offer(mails...); got != verdicts(retry, retry, retry, retry, retry, retry) {
		t.Error(got)
	}
	if n := s.begun.Load(); n > 3 {
		t.Errorf("%d are being read", n)
	}
	large := s.titled("biasa", much)
	if got := s.offer(large, s.titled("biasa", 0)); got != verdicts(retry, mailbox.Processed) {
		t.Errorf("then: %v", got)
	}
	close(s.finish)
	for began := time.Now(); s.offer(large) != verdicts(mailbox.Processed); {
		if time.Since(began) > 30*time.Second {
			t.Fatal("never handled")
		}
	}
}

// Who is told to stop does not wait for a parser.
func TestReadingEndsWithItsContext(t *testing.T) {
	s := newSlowReader(t)
	defer close(s.finish)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.in.Handle(ctx, []mailbox.Message{s.titled("berat", 0)}); err == nil {
		t.Error("handled, though nothing could be stored")
	}
}
