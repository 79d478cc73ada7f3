package bot

import (
	"context"
	"errors"
	"time"

	"batan.go.id/layanan/workflow"
)

const (
	alarmBatch = 50
	alarmPoll  = 30 * time.Second // finds what another process or a jump of the clock brought
	alarmPause = 10 * time.Minute // of an alarm that could not be handled
)

// clock sleeps until the earliest alarm and feeds it to its request; once a day
// it anchors the histories, and it renews their seals when keys have changed.
func (b *Bot) clock(ctx context.Context) error {
	var anchored, reminded time.Time
	for {
		if day := b.anchorDay(); day.After(anchored) {
			if err := b.anchor(ctx, day); err != nil {
				return err
			}
			anchored = day
		}
		if !b.renewal.IsZero() && !b.now().Before(b.renewal) {
			if err := b.seal(ctx); err != nil {
				return err
			}
		}
		next, err := b.opts.Store.NextAlarm(ctx)
		if err != nil {
			return err
		}
		if since := b.now().Sub(reminded); since.Abs() >= alarmPoll { // also when the clock was set back
			if err := b.inTurn(ctx, (*turn).remind); err != nil {
				return err
			}
			reminded = b.now()
		}
		pause := alarmPoll
		if !next.IsZero() {
			pause = min(pause, next.Sub(b.now()))
		}
		if pause <= 0 {
			n, err := b.ringOnce(ctx)
			if err != nil {
				return err
			}
			if n > 0 {
				continue
			}
			pause = time.Second // another daemon is at it
		}
		t := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			t.Stop()
			return ctx.Err()
		case <-b.reload:
			if err := errors.Join(b.seal(ctx), b.refresh(ctx)); err != nil {
				return err
			}
		case <-b.opts.Store.AlarmWake():
		case <-t.C:
		}
		t.Stop()
	}
}

// ringOnce handles what has come: a delegation's beginning or end, or else the
// alarms, up to a batch; it says how many.
func (b *Bot) ringOnce(ctx context.Context) (n int, err error) {
	fault := b.inTurn(ctx, func(t *turn) (err error) { n, err = t.handOver(); return err })
	if fault == nil && n > 0 {
		return n, nil
	}
	n = 0
	err = b.inTurn(ctx, func(t *turn) error {
		due, err := t.tx.DueAlarms(t.now, alarmBatch)
		if err != nil || len(due) == 0 {
			return err
		}
		if err := t.delegations(); err != nil {
			return err
		}
		n = len(due)
		for _, r := range due {
			if err := t.alarm(r); err != nil {
				return err
			}
		}
		return nil
	})
	return n, errors.Join(fault, err) // neither holds up the other
}

// alarm feeds an alarm to its request. One that can't be handled is put off,
// so that it does not hold up the others.
func (t *turn) alarm(r workflow.Request) error {
	d, fault := t.weigh(r, workflow.Event{Kind: workflow.Alarmed})
	if fault != nil {
		t.b.log.Error("an alarm could not be handled", "request", r.Number, "error", fault)
		r.Alarm = t.now.Add(alarmPause)
		return t.tx.Save(r, nil)
	}
	if alarm := d.Request.Alarm; !alarm.IsZero() && !alarm.After(t.now) {
		d.Request.Alarm = t.now.Add(alarmPause) // the clock must not spin
	}
	return t.store(workflow.Event{Kind: workflow.Alarmed}, d)
}
