// Package bot is the imperative shell: the only place where mailbox, parser,
// procedure, store and mails meet. Read office.go (what is in force),
// interpret.go (what a mail means), inbound.go (the loop of mails coming in;
// reading.go lets none hold up the others),
// clock.go (the loop of alarms), outbound.go (the loop of mails going out).
//
// Every loop decides by pure functions and stores all that follows in one
// transaction; nothing is done to the outside before the commit.
package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"batan.go.id/layanan/internal/mailbox"
	"batan.go.id/layanan/internal/smtp"
	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

// Options is what a bot works with.
type Options struct {
	Store  *store.Store
	Office *Office
	IMAP   mailbox.Config
	SMTP   smtp.Config

	ProcessBacklog bool             // handle what the mailbox holds at the first start
	Now            func() time.Time // the only clock; nil: time.Now
	Log            *slog.Logger
}

// Bot is the daemon. Make it with New, run it once with Run.
type Bot struct {
	opts   Options
	name   string // of this daemon among others
	office atomic.Pointer[Office]
	log    *slog.Logger
	mails  *readings
	reload chan struct{}
	began  time.Time

	renewal time.Time // when the clock next looks at the record's seals
}

// How long leases and claims last: a daemon that dies is replaced within
// leaseTTL + leasePoll.
const (
	leaseTTL  = 15 * time.Second
	leasePoll = 5 * time.Second
	claimTTL  = 20 * time.Second
)

// readBatch is how many messages go into one transaction.
const readBatch = 100

// New makes a bot.
func New(opts Options) *Bot {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Log == nil {
		opts.Log = slog.Default()
	}
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	opts.IMAP.Batch = readBatch
	opts.Store.UseKeys(opts.Office.Identity.Keys...)
	b := &Bot{opts: opts, name: host + "/" + uuid.NewString(), log: opts.Log, reload: make(chan struct{}, 1),
		began: time.Now()}
	b.mails = newReadings(b.interpret)
	b.office.Store(opts.Office)
	return b
}

// Use puts another office in force: people, hours, SOP or keys were loaded
// anew. Deadlines of open requests follow, and the record's seals.
func (b *Bot) Use(o *Office) {
	b.opts.Store.UseKeys(o.Identity.Keys...)
	b.office.Store(o)
	b.ClockChanged()
}

// ClockChanged tells that Now has jumped; the machine's own clock is looked at
// every half minute anyway.
func (b *Bot) ClockChanged() {
	select {
	case b.reload <- struct{}{}:
	default:
	}
}

// Run works until ctx ends, then finishes what is in hand. It fails at once
// when the database is in use by another daemon (store.ErrBusy).
func (b *Bot) Run(ctx context.Context) error {
	release, err := b.opts.Store.Exclusive()
	if err != nil {
		return err
	}
	defer release()
	if err := b.opts.Store.Rescue(ctx, b.steady(), !b.opts.Store.Shared()); err != nil {
		return err
	}
	if err := b.seal(ctx); err != nil {
		return err
	}
	if err := b.refresh(ctx); err != nil {
		return err
	}
	b.log.Info("started", "daemon", b.name, "mailbox", b.opts.IMAP.Username)
	g, ctx := errgroup.WithContext(ctx)
	for name, loop := range map[string]func(context.Context) error{
		"mail in": b.watch, "clock": b.clock, "listen": func(ctx context.Context) error {
			return b.opts.Store.Listen(ctx,
				b.log)
		},
	} {
		g.Go(func() error { return b.keep(ctx, name, loop) })
	}
	for i := range queues {
		g.Go(func() error {
			return b.keep(ctx, "mail out", func(ctx context.Context) error { return b.sendMails(ctx, i) })
		})
	}
	err = g.Wait()
	b.log.Info("stopped", "daemon", b.name)
	return err
}

// keep runs a loop until ctx ends; a fault of our world is logged and the loop
// begun again after a pause, since time can heal it.
func (b *Bot) keep(ctx context.Context, name string, loop func(context.Context) error) error {
	for pause := time.Second; ; pause = min(2*pause, time.Minute) {
		began := b.now()
		err := loop(ctx)
		if ctx.Err() != nil {
			return nil
		}
		b.log.Error("interrupted", "loop", name, "error", err, "pause", pause)
		if b.now().Sub(began) > 5*time.Minute {
			pause = time.Second
		}
		if wait(ctx, pause) != nil {
			return nil
		}
	}
}

func (b *Bot) now() time.Time { return b.opts.Now().UTC() }

// steady is the time for leases and claims: it goes on evenly when the wall
// clock is set, so that a jump lets nobody take what is in use.
func (b *Bot) steady() time.Time { return b.began.Add(time.Since(b.began)).UTC() }

// refresh computes deadlines and alarms of all open requests anew.
func (b *Bot) refresh(ctx context.Context) error {
	open, err := b.opts.Store.Requests(ctx, store.Filter{Open: true})
	if err != nil {
		return err
	}
	for _, r := range open {
		if b.office.Load().Procedure.SOP.Step(r.Step) == nil {
			b.log.Error("request stands at a step that the SOP no longer has", "request", r.Number, "step", r.Step)
		}
		err := b.opts.Store.InTx(ctx, func(tx *store.Tx) error {
			was, err := tx.Request(r.Number)
			if err != nil {
				return err
			}
			d := b.office.Load().Procedure.Decide(was, workflow.Event{Kind: workflow.Refreshed}, b.now())
			if d.Request.Due.Equal(was.Due) && d.Request.Alarm.Equal(was.Alarm) {
				return nil
			}
			return tx.Save(d.Request, nil)
		})
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return fmt.Errorf("request %s: %w", r.Number, err)
		}
	}
	return nil
}

// wait sleeps; it returns ctx's error when that ends first.
func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
