package store_test

import (
	"context"
	"io"
	"log/slog"
	"testing"
	"time"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

var silent = slog.New(slog.NewTextHandler(io.Discard, nil))

func rings(bell <-chan struct{}) bool {
	select {
	case <-bell:
		return true
	default:
		return false
	}
}

func TestCommitsRing(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		check := func(what string, mail, alarm bool) {
			t.Helper()
			if m, n, a := rings(s.MailWake(store.MainLane)), rings(s.MailWake(store.AnswerLane)),
				rings(s.AlarmWake()); m != mail || n || a != alarm {
				t.Errorf("%s: mail %v, answer %v, alarm %v", what, m, n, a)
			}
		}
		check("at first", false, false)
		if err := s.InTx(t.Context(), func(tx *store.Tx) error {
			if err := everything(tx); err != nil {
				return err
			}
			check("before the commit", false, false)
			return errStop
		}); err == nil {
			t.Fatal("no error")
		}
		check("after a rollback", false, false)
		enqueue(t, s, mail("", "x", 0))
		check("a mail", true, false)
		enqueue(t, s, store.Mail{MessageID: "<answer>", Created: noon, Answer: true})
		if !rings(s.MailWake(store.AnswerLane)) {
			t.Error("an answer does not ring its own bell")
		}
		check("an answer", false, false)
		register(t, s, 1)
		register(t, s, 1)
		check("requests", false, true)
		do(t, s, func(tx *store.Tx) error { _, err := tx.Delegate(workflow.Delegation{}); return err })
		check("a delegation", false, true)
		do(t, s, func(tx *store.Tx) error { return tx.Tell("none", time.Time{}) })
		check("nothing to send or to wait for", false, false)
		for range 3 {
			do(t, s, func(tx *store.Tx) error { _, err := tx.NextNumber("VC", 2026); return err })
		}
		check("a number", false, false)
	})
}

// listen lets s hear others until the test ends. Its first ring must be awaited
// by hearing something, since it begins to hear at some later time.
func listen(t *testing.T, s *store.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Listen(ctx, silent) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error("listen:", err)
		}
	})
}

// heard repeats an action until the bell rings.
func heard(t *testing.T, bell <-chan struct{}, action func()) {
	t.Helper()
	deadline := time.After(30 * time.Second)
	for {
		action()
		select {
		case <-bell:
			return
		case <-time.After(20 * time.Millisecond):
		case <-deadline:
			t.Fatal("nothing was heard")
		}
	}
}

func TestAnotherDaemonHears(t *testing.T) {
	b := postgresBed(t)
	stores := b.daemons(t, 2)
	here, there := stores[0], stores[1]
	listen(t, there)
	heard(t, there.MailWake(store.MainLane), func() { register(t, here, 1) }) // it listens
	rings(there.AlarmWake())

	enqueue(t, here, mail("", "x", 0))
	for _, bell := range []<-chan struct{}{there.MailWake(store.MainLane), there.MailWake(store.AnswerLane),
		there.AlarmWake()} {
		select {
		case <-bell:
		case <-time.After(30 * time.Second):
			t.Fatal("nothing was heard")
		}
	}

	// The server ends the connection: what comes after the reconnection is heard.
	b.raw(t).exec(t, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`)
	heard(t, there.MailWake(store.MainLane), func() { register(t, here, 1) })
}

// Listen ends when it is told to, also while the server is away.
func TestListenEnds(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		if err := s.Listen(canceled(t), silent); err != nil {
			t.Error(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		if err := s.Listen(ctx, silent); err != nil {
			t.Error(err)
		}
	})
}
