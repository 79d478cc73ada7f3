package mailbox

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"time"
)

// watcher is what outlives a connection.
type watcher struct {
	cfg      Config
	log      *slog.Logger
	handler  Handler
	work     context.Context // the handler's
	box      inbox
	progress bool // something was handled since the last connection was lost
}

// Watch watches the mailbox until ctx ends and returns its error. It never gives
// up: whatever fails is logged and tried again, soon at first, then at growing
// intervals up to five minutes. When ctx ends while the handler works, it may
// finish and its verdicts are carried out, within ten seconds. Only a Config that
// cannot work is refused at once.
func Watch(ctx context.Context, cfg Config, h Handler) error {
	cfg, err := cfg.complete()
	if err != nil {
		return err
	}
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, func() {
		select {
		case <-work.Done():
		case <-time.After(cfg.timing.grace):
			cancel()
		}
	})()
	w := &watcher{cfg: cfg, log: cfg.Log, handler: h, work: work}
	for attempt := 0; ; attempt++ {
		began := time.Now()
		err := (&session{watcher: w}).run(ctx)
		if ctx.Err() != nil {
			if err != nil && !errors.Is(err, ErrUnreachable) { // that was us
				w.log.Warn("mailbox watch ended", slog.Any("error", err))
			}
			return ctx.Err()
		}
		if w.progress || time.Since(began) > time.Minute {
			attempt = 0
		}
		w.progress = false
		pause := cfg.timing.pauseAfter(err, attempt)
		w.log.Warn("mailbox is not watched; trying again", "in", pause.Round(time.Millisecond), slog.Any("error", err))
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// pauseAfter is how long to wait before the next attempt: doubling, and up to a
// quarter longer, so that many daemons don't come back at once.
func (t timing) pauseAfter(err error, attempt int) time.Duration {
	first, longest := t.pause, t.pauseMax
	for _, fault := range []error{ErrTLS, ErrLogin, ErrMailbox} {
		if errors.Is(err, fault) {
			first, longest = t.pauseFault, t.faultMax
		}
	}
	pause := min(first<<min(attempt, 16), longest)
	return pause + rand.N(pause/4+1)
}
