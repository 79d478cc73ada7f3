package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"batan.go.id/layanan/internal/store"
)

// RetryOptions say how a dead letter is handled again.
type RetryOptions struct {
	Number string // the request that it belongs to; "" for what the mail itself says
	DryRun bool   // only say what would be done
}

// Retry handles a dead letter as if it had just come, and says what was done;
// a dry run says what would be. It fails when the message is still fit for
// nothing but the dead letters.
//
// Whoever assigns a message to a request only says what it is about: what its
// sender may do, and whether it is proven who that is, is asked as ever.
func Retry(ctx context.Context, st *store.Store, o *Office, d store.DeadLetter, opts RetryOptions) ([]string, error) {
	plan := o.Interpret(d.Raw)
	if opts.Number != "" {
		var err error
		if plan, err = plan.assign(ctx, st, opts.Number); err != nil {
			return nil, err
		}
	}
	o.Prove(ctx, &plan, d.Raw, d.At)
	if opts.DryRun {
		return o.Foresee(plan, time.Now()), nil
	}
	if plan.Purpose == Bury {
		return nil, fmt.Errorf("the message still can't be processed: %s", plan.Why)
	}
	b := New(Options{Store: st, Office: o})
	l := &letter{plan: plan, retried: true}
	l.Raw, l.Received, l.outcome.Digest = d.Raw, d.At, digest(d.Raw)
	err := b.inTurn(ctx, func(t *turn) error {
		if err := t.handle(l); err != nil {
			return err
		}
		if l.plan.Purpose == Bury {
			return fmt.Errorf("the message still can't be processed: %s", l.plan.Why)
		}
		return t.tx.Settle(d.ID, "retried", l.result())
	})
	if err != nil {
		return nil, err
	}
	return []string{l.result()}, nil
}

// assign makes the plan belong to a request.
func (p Plan) assign(ctx context.Context, st *store.Store, number string) (Plan, error) {
	_, err := st.Request(ctx, number)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return p, fmt.Errorf("no request has the number %s", number)
	case err != nil:
		return p, err
	case p.Purpose == Return, p.Purpose == Ignore, p.Purpose == Bury && p.Why != "unknown-sender":
		return p, fmt.Errorf("the message can't belong to a request: %s", cmp.Or(p.Why, string(p.Purpose)))
	}
	p.Purpose, p.Why, p.Number, p.assigned = Follow, "", number, true
	return p, nil
}
