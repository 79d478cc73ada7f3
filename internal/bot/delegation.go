package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

// ErrDelegation says that a delegation makes no sense as it is.
var ErrDelegation = errors.New("no such delegation can be made")

// Delegate records an operator's order that somebody holds an office from an
// instant until another, in the name of its holder. Its holders are told at
// once, the delegate when it begins. What can't be is an ErrDelegation.
func Delegate(ctx context.Context, st *store.Store, o *Office, d workflow.Delegation,
	now time.Time) (workflow.Delegation, error) {
	p := o.Procedure
	d.To, d.Recorded = workflow.Person{Name: strings.Join(strings.Fields(valid(d.To.Name)), " "),
		Email: p.Canonical(strings.ToLower(d.To.Email))}, now
	d.Decree = strings.Join(strings.Fields(valid(d.Decree)), " ")
	if known := o.person(d.To.Email, ""); d.To.Name == "" {
		d.To.Name = known.Name
	}
	if d.Recorder == "" && len(p.Operators) > 0 {
		d.Recorder = p.Operators[0].Email
	}
	people := p.People[d.Role]
	var why string
	switch {
	case len(people) == 0:
		why = fmt.Sprintf("the configuration names nobody for the role %q", d.Role)
	case !notify.ValidAddress(d.To.Email) || o.Identity.Owns(d.To.Email):
		why = fmt.Sprintf("%q is nobody's address", d.To.Email)
	case people[0].Is(d.To.Email):
		why = d.To.Email + " holds the office already"
	case !o.mayFile(d.To.Email):
		why = d.To.Email + " is not of the office's domains"
	case !notify.ValidAddress(d.Recorder):
		why = "nobody is named who enters it"
	case !d.Until.After(d.From):
		why = "it would end before it begins"
	case !d.Until.After(now):
		why = "it would be over already"
	}
	if why != "" {
		return d, fmt.Errorf("%w: %s", ErrDelegation, why)
	}
	d.By = people[0]
	b := New(Options{Store: st, Office: o, Now: func() time.Time { return now }})
	err := b.inTurn(ctx, func(t *turn) (err error) {
		if d, err = t.tx.Delegate(d); err != nil {
			return err
		}
		holders := slices.DeleteFunc(p.Holders(d.Role, "", now), func(q workflow.Person) bool { return q.Is(d.To.Email) })
		return t.announce(d, workflow.Delegate, holders...)
	})
	return d, err
}

// handOver lets a delegation begin or end whose time has come, and says how
// many did: it is the only one of its transaction, since a beginning may concern
// many requests.
func (t *turn) handOver() (int, error) {
	d, due, err := t.tx.DueDelegation(t.now)
	if err != nil || !due {
		return 0, err
	}
	if !d.Until.IsZero() && !t.now.Before(d.Until) {
		return 1, t.ended(d)
	}
	return 1, t.begun(d)
}

// begun gives the delegate the tasks of all open requests of the office.
func (t *turn) begun(d workflow.Delegation) error {
	if err := t.delegations(); err != nil {
		return err
	}
	people := []workflow.Person{d.To}
	if d.From.After(d.Recorded) { // else the holder has just said so, or been told
		people = append(people, d.By)
	}
	if err := t.announce(d, workflow.Delegate, people...); err != nil {
		return err
	}
	open, err := t.tx.OpenAt(t.procedure.StepsUnder(d.Role)...)
	if err != nil {
		return err
	}
	ev := workflow.Event{Kind: workflow.Handed, Delegate: &d}
	for _, r := range open {
		decision, fault := t.weigh(r, ev)
		if fault != nil {
			t.b.log.Error("a task could not be handed over", "request", r.Number, "to", d.To.Email, "error", fault)
			continue
		}
		if err := t.store(ev, decision); err != nil {
			return err
		}
	}
	t.b.log.Info("a delegation began", "delegation", d.ID, "role", d.Role, "by", d.By.Email, "to", d.To.Email)
	return t.tx.Tell(d.ID, d.Until)
}

// ended tells both that the office is the holder's again.
func (t *turn) ended(d workflow.Delegation) error {
	if err := t.announce(d, workflow.Expire, d.To, d.By); err != nil {
		return err
	}
	t.b.log.Info("a delegation ended", "delegation", d.ID, "role", d.Role, "by", d.By.Email, "to", d.To.Email)
	return t.tx.Tell(d.ID, time.Time{})
}

// conclude ends the delegations for a request alone when it is over for good:
// when there is no last answer that could be taken back.
func (t *turn) conclude(r *workflow.Request) error {
	if r.Open() || r.Last != nil || !slices.ContainsFunc(t.procedure.Delegations,
		func(d workflow.Delegation) bool { return d.Request == r.Number }) {
		return nil
	}
	return t.tx.EndDelegationsFor(r.Number, t.now)
}

// announce tells people of a delegation; it belongs to no request.
func (t *turn) announce(d workflow.Delegation, what workflow.Kind, people ...workflow.Person) error {
	for _, q := range people {
		n := workflow.Notice{Kind: workflow.NoticeStatus, To: q, Role: d.Role, Action: what, By: d.By}
		if err := t.enqueue(workflow.Request{}, n, notify.Context{Delegation: &d}, ""); err != nil {
			return err
		}
	}
	return nil
}
