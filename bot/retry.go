package bot

import (
	"context"
	"fmt"
	"time"

	"batan.go.id/layanan/store"
)

// Retry handles a dead letter as if it had just come, and says what was done;
// a dry run says what would be. It fails when the message is still fit for
// nothing but the dead letters.
func Retry(ctx context.Context, st *store.Store, o *Office, d store.DeadLetter, dryRun bool) ([]string, error) {
	plan := o.Interpret(d.Raw)
	o.Prove(ctx, &plan, d.Raw, d.At)
	if dryRun {
		return o.Foresee(plan, time.Now()), nil
	}
	if plan.Purpose == Bury {
		return nil, fmt.Errorf("the message still can't be processed: %s", plan.Why)
	}
	b := New(Options{Store: st, Office: o})
	l := &letter{plan: plan}
	l.Raw = d.Raw
	err := b.inTurn(ctx, func(t *turn) error {
		if err := t.handle(l); err != nil {
			return err
		}
		if l.plan.Purpose == Bury {
			return fmt.Errorf("the message still can't be processed: %s", l.plan.Why)
		}
		return t.tx.Settle(d.ID, "retried", l.outcome.Outcome)
	})
	if err != nil {
		return nil, err
	}
	return []string{l.outcome.Outcome + " " + l.outcome.Number}, nil
}
