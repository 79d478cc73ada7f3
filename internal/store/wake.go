package store

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/lib/pq"
)

// channel is the PostgreSQL channel on which daemons wake one another.
const channel = "layanan"

// wakes are the bells that a commit rings in this process.
type wakes struct{ mail, answer, alarm chan struct{} }

func newWakes() wakes {
	return wakes{mail: make(chan struct{}, 1), answer: make(chan struct{}, 1), alarm: make(chan struct{}, 1)}
}

func ring(bell chan struct{}) {
	select {
	case bell <- struct{}{}:
	default: // it rings already
	}
}

// of is the bell of a lane of the outbox.
func (w wakes) of(lane Lane) chan struct{} {
	if lane == AnswerLane {
		return w.answer
	}
	return w.mail
}

// after rings for what a transaction has brought.
func (w wakes) after(tx *Tx) {
	for _, m := range tx.outbox {
		ring(w.of(laneOf(m)))
	}
	if len(tx.order) > 0 || tx.handed {
		ring(w.alarm)
	}
}

// notify tells the other daemons at the commit.
func (tx *Tx) notify() error {
	if !tx.s.postgres || len(tx.outbox)+len(tx.order) == 0 && !tx.handed {
		return nil
	}
	_, err := tx.exec(`SELECT pg_notify(?, '')`, channel)
	return err
}

// MailWake rings when a lane of the outbox has gained a mail; a poll stays
// necessary, since SQLite tells nothing of other processes.
func (s *Store) MailWake(lane Lane) <-chan struct{} { return s.wake.of(lane) }

// AlarmWake rings when an alarm may have changed.
func (s *Store) AlarmWake() <-chan struct{} { return s.wake.alarm }

// Listen hears other daemons' commits until ctx ends (PostgreSQL).
func (s *Store) Listen(ctx context.Context, log *slog.Logger) error {
	if !s.postgres {
		<-ctx.Done()
		return nil
	}
	l := pq.NewListener(s.dsn, 100*time.Millisecond, time.Minute, func(_ pq.ListenerEventType, err error) {
		if err != nil {
			log.Warn("database: listening was interrupted", "error", err)
		}
	})
	stop := context.AfterFunc(ctx, func() { _ = l.Close() }) // ends Listen's wait for a server that is away, too
	defer func() {
		if stop() {
			_ = l.Close()
		}
	}()
	if err := l.Listen(channel); err != nil && ctx.Err() == nil {
		return s.fault(fmt.Errorf("listen: %w", err))
	}
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-l.NotificationChannel(): // nil after a reconnect: look, too
			ring(s.wake.mail)
			ring(s.wake.answer)
			ring(s.wake.alarm)
		}
	}
}
