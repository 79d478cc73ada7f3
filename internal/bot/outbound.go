package bot

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"batan.go.id/layanan/internal/smtp"
	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

// queue is what one sender serves, over a connection of its own.
type queue struct {
	lane  store.Lane
	batch int // mails claimed at once
}

// queues has two senders for what moves requests, so that one sends while the
// other records; the one for answers claims few, since other mail may come.
var queues = []queue{{store.MainLane, 100}, {store.MainLane, 100}, {store.AnswerLane, 10}}

const (
	mailPoll     = 2 * time.Second        // finds what another process put into the outbox
	answerPause  = 200 * time.Millisecond // before answers look again whether other mail has gone
	keepOpen     = 20 * time.Second       // how long an idle connection is kept
	rescuePause  = 5 * time.Second        // between looks for what dead daemons had claimed
	giveUpAfter  = 72 * time.Hour         // of temporary errors (RFC 5321 section 4.5.4.1 asks for days)
	recordMoment = 10 * time.Millisecond  // how long the first result waits for others
	recordPause  = 250 * time.Millisecond // between tries to record what was sent
	sendGrace    = 10 * time.Second       // what a batch in hand gets at a stop
)

// retryAfter is the pause before try n+1.
func retryAfter(n int) time.Duration {
	steps := []time.Duration{10 * time.Second, 30 * time.Second, time.Minute, 2 * time.Minute, 5 * time.Minute,
		10 * time.Minute, 20 * time.Minute, 30 * time.Minute}
	d := time.Hour
	if n >= 1 && n <= len(steps) {
		d = steps[n-1]
	}
	return d + time.Duration(rand.Int64N(int64(d)/5)) // so that retries don't come in one wave
}

// sendMails claims what is due in a lane of the outbox and sends it over one
// connection.
func (b *Bot) sendMails(ctx context.Context, i int) error {
	s := smtp.NewSender(b.opts.SMTP)
	defer func() { _ = s.Close() }()
	claimant, q := b.name+"/"+string(rune('a'+i)), queues[i]
	used, rescued, trouble := b.steady(), time.Time{}, 0
	for due := true; ctx.Err() == nil; {
		if now := b.steady(); b.opts.Store.Shared() && now.Sub(rescued) > rescuePause {
			if err := b.opts.Store.Rescue(ctx, now, false); err != nil {
				return err
			}
			rescued = now
		}
		var mails []store.Mail
		if due {
			var err error
			if mails, err = b.claim(ctx, q, claimant); err != nil {
				return err
			}
		}
		if len(mails) > 0 {
			lost, err := b.sendBatch(ctx, s, claimant, mails)
			if err != nil {
				return err
			}
			if used = b.steady(); lost { // the server is away: don't burn every mail's tries on it
				trouble++
				if err := wait(ctx, min(time.Duration(trouble)*time.Second, time.Minute)); err != nil {
					return err
				}
				continue
			}
			trouble = 0
		} else if b.steady().Sub(used) > keepOpen {
			_ = s.Close() // the server may have gone already
		}
		if len(mails) < q.batch {
			var err error
			if due, err = b.awaitMail(ctx, q.lane, due && len(mails) == 0); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// claim takes what is due in a lane. Answers go last: they wait while there is
// other mail to send.
func (b *Bot) claim(ctx context.Context, q queue, claimant string) ([]store.Mail, error) {
	for q.lane == store.AnswerLane {
		first, err := b.opts.Store.NextDue(ctx, store.MainLane)
		if err != nil {
			return nil, err
		}
		if first.IsZero() || first.After(b.now()) {
			break
		}
		if err := wait(ctx, answerPause); err != nil {
			return nil, err
		}
	}
	return b.opts.Store.Claim(ctx, q.lane, claimant, b.now(), b.steady().Add(claimTTL), q.batch)
}

// awaitMail sleeps until the lane may have something to send, and says
// whether it has: a look is cheaper than a claim. It sleeps at least for a
// moment when a claim brought nothing, since another sender may be at what is
// due.
func (b *Bot) awaitMail(ctx context.Context, lane store.Lane, empty bool) (due bool, err error) {
	next, err := b.opts.Store.NextDue(ctx, lane)
	if err != nil {
		return false, err
	}
	pause := mailPoll
	if !next.IsZero() {
		pause = min(pause, next.Sub(b.now()))
	}
	if empty {
		pause = max(pause, 10*time.Millisecond)
	}
	t := time.NewTimer(pause)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false, ctx.Err()
	case <-b.opts.Store.MailWake(lane):
		return true, nil
	case <-t.C:
		return !next.IsZero() && !b.now().Before(next), nil
	}
}

// result is the end of one try.
type result struct {
	mail store.Mail
	err  error
}

// sendBatch sends mails and records each as soon as the server has answered:
// only what lies between the server's 250 and that record can be sent twice.
// A stop lets the batch finish. lost says that the server could not be reached.
func (b *Bot) sendBatch(ctx context.Context, s *smtp.Sender, claimant string, mails []store.Mail) (lost bool,
	err error) {
	sctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(sendGrace, cancel) })
	defer stop()

	out := make([]smtp.Outgoing, len(mails))
	for i, m := range mails {
		out[i] = smtp.Outgoing{From: b.opts.Office.Identity.Address, To: m.Recipient, Raw: m.Raw}
	}
	results := make(chan result, len(mails))
	var sending sync.WaitGroup
	sending.Go(func() {
		defer close(results)
		s.Send(sctx, out, func(i int, err error) {
			var se *smtp.Fault
			lost = lost || errors.As(err, &se) && se.Code == 0
			results <- result{mails[i], err}
		})
	})
	err = b.record(context.WithoutCancel(ctx), claimant, results)
	if err != nil {
		cancel() // what is not recorded will be sent again
	}
	sending.Wait()
	return lost, err
}

// record writes results as they come, those of a moment in one transaction;
// while none comes, it keeps the claims alive.
func (b *Bot) record(ctx context.Context, claimant string, results <-chan result) error {
	alive := time.NewTicker(claimTTL / 3)
	defer alive.Stop()
	for {
		var batch []result
		select {
		case r, ok := <-results:
			if !ok {
				return nil
			}
			batch = append(batch, r)
		case <-alive.C:
			if err := b.insist(ctx,
				func() error { return b.opts.Store.Extend(ctx, claimant, b.steady().Add(claimTTL)) }); err != nil {
				return err
			}
			continue
		}
		moment := time.After(recordMoment)
		for more := true; more; {
			select {
			case r, ok := <-results:
				if more = ok; ok {
					batch = append(batch, r)
				}
			case <-moment:
				more = false
			}
		}
		err := b.insist(ctx, func() error {
			return b.inTurn(ctx, func(t *turn) error { return t.finish(claimant, batch) })
		})
		if err != nil {
			return err
		}
	}
}

// insist does what must be recorded, again and again while the claims last: a
// database that is away for a moment shall not have a mail sent twice.
func (b *Bot) insist(ctx context.Context, do func() error) error {
	for deadline := b.steady().Add(claimTTL / 2); ; {
		err := do()
		if err == nil || b.steady().After(deadline) {
			return err
		}
		b.log.Warn("sent mails are not recorded yet", "error", err)
		if err := wait(ctx, recordPause); err != nil {
			return err
		}
	}
}

// finish records the ends of tries. A mail that can't be delivered is told to
// the operators and written into its request's history.
func (t *turn) finish(claimant string, batch []result) error {
	b, now := t.b, t.now
	var ends []store.Finish
	var failed []result
	for _, r := range batch {
		var se *smtp.Fault
		switch {
		case r.err == nil:
			ends = append(ends, store.Finish{ID: r.mail.ID, State: "sent"})
		case errors.As(r.err, &se) && se.Temporary && now.Sub(r.mail.Created) < giveUpAfter:
			ends = append(ends, store.Finish{ID: r.mail.ID, State: "queued", Due: now.Add(retryAfter(r.mail.Attempts)),
				Error: valid(r.err.Error())})
			b.log.Warn("mail not sent yet", "request", r.mail.Number, "to", r.mail.Recipient, "notice", r.mail.Kind, "try",
				r.mail.Attempts, "error", r.err)
		default:
			ends = append(ends, store.Finish{ID: r.mail.ID, State: "failed", Due: now, Error: valid(r.err.Error())})
			failed = append(failed, r)
			b.log.Error("mail can't be delivered", "request", r.mail.Number, "to", r.mail.Recipient, "notice", r.mail.Kind,
				"error", r.err)
		}
	}
	failed, err := t.ours(claimant, failed)
	if err != nil {
		return err
	}
	if err := t.tx.Finish(claimant, now, ends); err != nil {
		return err
	}
	for _, r := range failed {
		if err := t.undeliverable(r); err != nil {
			return err
		}
	}
	return nil
}

// ours leaves out the failures that are no longer this claimant's to tell, and
// locks the requests of the others in the order in which everybody does.
func (t *turn) ours(claimant string, failed []result) ([]result, error) {
	if len(failed) == 0 {
		return nil, nil
	}
	var ids, numbers []string
	for _, r := range failed {
		ids = append(ids, r.mail.ID)
		if r.mail.Number != "" {
			numbers = append(numbers, r.mail.Number)
		}
	}
	held, err := t.tx.Held(claimant, ids)
	if err != nil {
		return nil, err
	}
	failed = slices.DeleteFunc(failed, func(r result) bool { return !slices.Contains(held, r.mail.ID) })
	return failed, t.tx.Load(numbers...)
}

func (t *turn) undeliverable(failed result) error {
	m := failed.mail
	if m.Number == "" || m.Kind == string(workflow.NoticeUndeliverable) {
		return nil // nobody is left to tell; the log has it
	}
	req, err := t.tx.Request(m.Number)
	if err != nil {
		return err
	}
	status := ""
	var se *smtp.Fault
	if errors.As(failed.err, &se) {
		status = se.Enhanced
	}
	return t.decide(req, workflow.Event{Kind: workflow.Bounced,
		Bounce: &workflow.Bounce{Recipient: m.Recipient, Status: status, Kind: workflow.NoticeKind(m.Kind)}})
}
