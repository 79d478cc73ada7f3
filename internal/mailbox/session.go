package mailbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// session is the life of one connection. One goroutine talks to the server;
// another runs the handler.
type session struct {
	*watcher
	client    *client
	inbox     string // the server's names
	processed string
	failed    string
	busy      atomic.Bool // a batch is with the handler, or handled and not yet filed
}

func (s *session) folder(v Verdict) string {
	if v == Failed {
		return s.failed
	}
	return s.processed
}

// run connects and works until the connection is lost or ctx ends, then with nil.
func (s *session) run(ctx context.Context) error {
	c, err := connect(ctx, s.cfg)
	if err != nil {
		return err
	}
	s.client = c
	defer c.close()
	ended := make(chan struct{})
	defer close(ended)
	defer context.AfterFunc(ctx, func() { s.hurry(ended) })()

	if err := s.folders(); err != nil {
		return err
	}
	first := true
	for ctx.Err() == nil {
		if err := s.scan(ctx, first); err != nil {
			return err
		}
		first = false
		poll := time.Now().Add(s.cfg.Poll)
		for {
			if err := s.drain(ctx); err != nil {
				return err
			}
			again, err := s.wait(ctx, poll)
			if err != nil {
				return err
			}
			if again {
				break
			}
		}
	}
	c.logout()
	return nil
}

// hurry bounds what is left to do when the context has ended: the batch in hand
// is finished and filed, everything else is cut off.
func (s *session) hurry(ended <-chan struct{}) {
	select {
	case <-ended:
		return
	case <-time.After(s.cfg.timing.goodbye):
	}
	if s.busy.Load() {
		select {
		case <-ended:
			return
		case <-time.After(s.cfg.timing.grace - s.cfg.timing.goodbye):
		}
	}
	s.client.close()
}

// folders finds the server's names and creates what is missing. Only a lost
// connection is an error here: mail is read even when it cannot be filed.
func (s *session) folders() error {
	s.inbox = s.cfg.Inbox
	if name, exists, err := s.client.resolve(s.cfg.Inbox); err == nil && exists {
		s.inbox = name
	}
	var err error
	for _, f := range []struct {
		name string
		real *string
	}{{s.cfg.Processed, &s.processed}, {s.cfg.Failed, &s.failed}} {
		if *f.real, err = s.client.ensure(f.name); err != nil {
			if errors.Is(err, ErrUnreachable) {
				return err
			}
			s.log.Error("messages cannot be filed", slog.Any("error", err))
		}
	}
	return nil
}

// scan selects the mailbox anew and lists all that is ours in it.
func (s *session) scan(ctx context.Context, first bool) error {
	data, err := s.client.open(s.inbox)
	if err != nil {
		return err
	}
	if first || data.UIDValidity != s.box.validity {
		from, err := s.handler.Start(ctx, Status{
			Mailbox: s.cfg.Inbox, UIDValidity: data.UIDValidity, UIDNext: uint32(data.UIDNext), Messages: data.NumMessages,
		})
		if err != nil {
			return fmt.Errorf("mailbox %q: start: %w", s.cfg.Inbox, err)
		}
		s.box.restart(data.UIDValidity, imap.UID(from))
		s.log.Info("mailbox is watched", "address", s.cfg.Address, "mailbox", s.inbox, "uidvalidity", data.UIDValidity,
			"from_uid", from, "messages", data.NumMessages, "idle", s.client.caps.Has(imap.CapIdle))
	}
	if data.NumMessages == 0 {
		s.box.all(nil, data.UIDNext)
		return nil
	}
	letters, err := s.client.listAll(s.box.from)
	if err != nil {
		return err
	}
	s.box.all(letters, data.UIDNext)
	return nil
}

// outcome is what came of a batch.
type outcome struct {
	batch    []*fetched
	verdicts []Verdict
	err      error
}

// drain works until nothing waits: while the handler has one batch, the next one
// is fetched, and what was handled before is filed if there is time for it.
func (s *session) drain(ctx context.Context) (err error) {
	var running chan outcome
	defer func() {
		if running != nil { // the connection was lost; what the handler does still counts
			err = errors.Join(err, s.note(<-running))
		}
		s.busy.Store(false)
	}()
	for {
		var batch []*fetched
		if ctx.Err() == nil {
			batch = s.box.take(time.Now(), s.cfg.Batch, s.cfg.BatchBytes)
		}
		last := len(batch) == 0
		batch, msgs, err := s.collect(batch)
		if err != nil {
			return err
		}
		if slow := running != nil && len(running) == 0; slow || last || len(s.box.moves) >= fileAt {
			if err := s.file(); err != nil {
				return err
			}
		}
		if running != nil {
			out := <-running
			running = nil
			if err := s.note(out); err != nil {
				return err
			}
		} else if last {
			if more, err := s.next(ctx); err != nil || !more {
				return err
			}
		}
		if len(msgs) > 0 && ctx.Err() == nil {
			running = s.hand(batch, msgs)
		}
	}
}

// next calls letters that were held, as the handler wants them; false when it
// wants none.
func (s *session) next(ctx context.Context) (bool, error) {
	for ctx.Err() == nil {
		uids, err := s.handler.Next(s.work)
		if err != nil {
			return false, fmt.Errorf("mailbox %q: next: %w", s.cfg.Inbox, err)
		}
		if len(uids) == 0 || s.box.call(uids) {
			return len(uids) > 0, nil
		}
	}
	return false, nil
}

// hand gives a batch to the handler.
func (s *session) hand(batch []*fetched, msgs []Message) chan outcome {
	s.busy.Store(true)
	done := make(chan outcome, 1)
	go func() {
		verdicts, err := s.handler.Handle(s.work, msgs)
		if err == nil && len(verdicts) != len(msgs) {
			err = fmt.Errorf("%d verdicts for %d messages", len(verdicts), len(msgs))
		}
		done <- outcome{batch, verdicts, err}
	}()
	return done
}

// note notes the handler's verdicts.
func (s *session) note(out outcome) error {
	if out.err != nil {
		return fmt.Errorf("mailbox %q: handle %d messages: %w", s.cfg.Inbox, len(out.batch), out.err)
	}
	s.progress = true
	for i, l := range out.batch {
		s.box.judge(l, out.verdicts[i], time.Now(), s.cfg.timing.retry)
	}
	return nil
}

// wait waits for new mail, for a letter that has become due, or for the next
// poll, for which it returns true. New mail is listed.
func (s *session) wait(ctx context.Context, poll time.Time) (again bool, err error) {
	until := poll
	if due, ok := s.box.due(); ok && due.Before(until) {
		until = due
	}
	arrived := false
	for !arrived && ctx.Err() == nil && time.Now().Before(until) {
		pause := min(time.Until(until), s.cfg.timing.idle)
		if arrived, err = s.client.idle(ctx, pause); err != nil {
			return false, err
		}
	}
	if arrived {
		letters, err := s.client.listNew(s.box.next)
		if err != nil {
			return false, err
		}
		s.box.more(letters)
	}
	return ctx.Err() != nil || !time.Now().Before(poll), nil
}

// idle waits up to d for new mail: it returns true when there is some. It returns
// early when ctx ends.
func (c *client) idle(ctx context.Context, d time.Duration) (arrived bool, err error) {
	select {
	case <-c.news: // it came with another answer
		return true, nil
	default:
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	listen := func() {
		select {
		case <-c.news:
			arrived = true
		case <-timer.C:
		case <-ctx.Done():
		case <-c.imap.Closed():
		}
	}
	if !c.caps.Has(imap.CapIdle) {
		listen()
		return arrived, c.do("noop", func() error { return c.imap.Noop().Wait() })
	}
	var idle *imapclient.IdleCommand
	err = c.stream("idle", func() (err error) {
		idle, err = c.imap.Idle()
		return err
	})
	if err != nil {
		return false, err
	}
	listen() // the server owes nothing now
	// The answer to DONE isn't waited for: the next command can be sent at once.
	return arrived, c.do("done", idle.Close)
}
