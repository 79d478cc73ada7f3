package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

// turn is the work of one transaction: it stores what is decided, together
// with the finished mails that follow.
type turn struct {
	b         *Bot
	tx        *store.Tx
	office    *Office
	procedure workflow.Procedure // with the delegations of this instant, once delegated
	delegated bool
	now       time.Time
	jobs      []rendering
}

// inTurn runs f in a transaction and writes the mails that it asked for.
func (b *Bot) inTurn(ctx context.Context, f func(*turn) error) error {
	return b.opts.Store.InTx(ctx, func(tx *store.Tx) error {
		t := &turn{b: b, tx: tx, office: b.office.Load(), now: b.now()}
		t.procedure = *t.office.Procedure
		if err := f(t); err != nil {
			return err
		}
		return t.render()
	})
}

// delegations makes sure that the procedure knows who stands in for whom.
func (t *turn) delegations() error {
	if t.delegated {
		return nil
	}
	var err error
	t.procedure.Delegations, err = t.tx.Delegations(t.now)
	t.delegated = err == nil
	return err
}

// handle does what a letter's plan says, and notes the outcome for the ledger.
// The mail itself is kept when it belongs to a request; a dead letter is kept
// as such.
func (t *turn) handle(l *letter) error {
	l.outcome.Handled, l.outcome.Outcome = t.now, l.plan.Reading()
	if len(l.Raw) > 0 {
		l.plan.Event.Mail = l.outcome.Digest
	}
	if err := t.carryOut(l); err != nil {
		return err
	}
	if l.outcome.Number != "" && len(l.Raw) > 0 {
		t.tx.Keep(store.Original{Digest: l.outcome.Digest, Number: l.outcome.Number, At: t.now,
			Sender: valid(l.plan.Message.From), Raw: l.Raw})
	}
	return nil
}

func (t *turn) carryOut(l *letter) error {
	switch l.plan.Purpose {
	case File:
		return t.file(l)
	case Follow:
		return t.follow(l)
	case Note:
		return t.away(l)
	case Return:
		return t.returned(l)
	case Guide:
		return t.guide(l)
	case Refuse:
		return t.refuse(l)
	case Bury:
		return t.bury(l)
	default:
		return t.ignoreAs(l, l.plan.Why)
	}
}

// ignoreAs does nothing, and notes why.
func (t *turn) ignoreAs(l *letter, why string) error {
	l.plan = l.plan.ignore(why)
	l.outcome.Outcome = "ignore " + why
	return nil
}

// file makes a request of a form; or completes the one that its sender was
// asked to complete, and sent the form anew for.
func (t *turn) file(l *letter) error {
	ev := l.plan.Event
	if held, err := t.flooded(l, &ev); err != nil || held {
		return err
	}
	open, err := t.tx.Waiting(ev.By.Email, t.procedure.SOP.Said(ev.Form, workflow.MeansEmail))
	if err != nil {
		return err
	}
	open = slices.DeleteFunc(open, func(r workflow.Request) bool { return !r.Awaits(t.procedure.SOP, ev) })
	if len(open) == 1 {
		l.outcome.Number = open[0].Number
		ev = t.about(l, &open[0])
		ev.Numbered = true // a form that speaks of the same event names its request
		return t.decide(open[0], ev)
	}
	if t.office.forAnother(&ev) && !t.provesFiling(&l.plan) {
		return t.askForm(l, ev)
	}
	if wait, err := t.crowded(l, &ev); err != nil || wait {
		return err
	}
	ev.Kind = workflow.Filed
	number, err := t.register(ev)
	l.outcome.Number = number
	return err
}

// register numbers a new request and starts it.
func (t *turn) register(ev workflow.Event) (string, error) {
	year := t.now.In(t.procedure.Calendar.Location()).Year()
	number, err := t.tx.NextNumber(t.procedure.SOP.Prefix, year)
	if err != nil {
		return "", err
	}
	return number, t.decide(workflow.NewRequest(number, t.now), ev)
}

// follow hands a letter to the request that it names.
func (t *turn) follow(l *letter) error {
	switch f, err := t.confirmsForm(&l.plan); {
	case err == nil:
		return t.confirmed(l, f)
	case !errors.Is(err, store.ErrNotFound):
		return err
	}
	r, err := t.named(&l.plan)
	if errors.Is(err, store.ErrNotFound) {
		return t.unnamed(l)
	}
	if err != nil {
		return err
	}
	ev := t.about(l, &r)
	switch {
	case ev.Failed != "" && ev.Token != workflow.LiveToken && ev.Confirms == 0: // whoever is named had no part in it
		return t.ignoreAs(l, "unauthenticated")
	case !r.Open() && l.plan.filled() && ev.Word == "" && r.Requester.Is(ev.By.Email):
		return t.file(l)
	}
	l.outcome.Number = r.Number
	t.office.otherRequest(&ev, l.plan.Message.Reply, r.Number)
	t.office.elsewhere(&ev, l.plan.Message, &r)
	if held, err := t.flooded(l, &ev); err != nil || held {
		return err
	}
	return t.decide(r, ev)
}

// unnamed handles a letter that seemed to belong to a request, and belongs to
// none.
func (t *turn) unnamed(l *letter) error {
	m, from := l.plan.Message, l.plan.Message.From
	missing := false
	if m.Request != "" {
		_, err := t.tx.Request(m.Request)
		if missing = errors.Is(err, store.ErrNotFound); err != nil && !missing {
			return err
		}
	}
	switch {
	case l.plan.Event.Failed != "":
		return t.ignoreAs(l, "unauthenticated")
	case l.plan.filled() && t.office.mayFile(from):
		return t.file(l) // an old thread was used for a new request
	case missing:
		return t.buryAs(l, "no-such-request")
	case l.plan.filled():
		return t.refuse(l)
	case t.office.mayFile(from):
		return t.guide(l)
	}
	return t.buryAs(l, "unknown-sender")
}

// filled reports whether a mail brings a whole form.
func (p *Plan) filled() bool { return p.Message.Form != nil && len(p.Message.Missing) == 0 }

// returned records that a notice of ours did not arrive. It counts for the mail
// that the report returns, or whose token it is addressed to; what only speaks
// of a request and a recipient anybody could write.
func (t *turn) returned(l *letter) error {
	ev := l.plan.Event
	m, err := t.tx.Bounced(valid(l.plan.Message.BounceOf), ev.Bounce.Status)
	if errors.Is(err, store.ErrNotFound) {
		m, err = t.bouncedBack(&l.plan)
	}
	if errors.Is(err, store.ErrNotFound) || err == nil && m.Number == "" {
		l.outcome.Outcome = "bounce unknown"
		return t.unmatched(&l.plan)
	}
	if err != nil {
		return err
	}
	if m.State == "bounced" {
		l.outcome.Outcome, l.outcome.Number = "bounce known", m.Number
		return nil
	}
	r, err := t.tx.Request(m.Number)
	if err != nil {
		return err
	}
	l.outcome.Number = r.Number
	ev.Bounce.Kind = workflow.NoticeKind(m.Kind)
	ev.Bounce.Recipient = m.Recipient // whatever alias the report names
	return t.decide(r, ev)
}

// guide tells somebody who may file how to, once a day; what comes on the same
// day is for a person to read.
func (t *turn) guide(l *letter) error {
	told, err := t.once(&l.plan.Event, "help", guideWindow,
		workflow.Notice{Kind: workflow.NoticeHelp, Unread: l.plan.Event.Unread})
	if err != nil || told {
		return err
	}
	return t.buryAs(l, "no-form")
}

// refuse tells somebody who may not file, once, and keeps the form: a person
// may know better.
func (t *turn) refuse(l *letter) error {
	_, err := t.once(&l.plan.Event, "not-authorised", refuseWindow, workflow.Notice{Kind: workflow.NoticeNotAuthorised})
	if err != nil {
		return err
	}
	err = t.buryAs(l, "unknown-sender")
	l.outcome.Outcome = string(Refuse) // rather than what else became of it
	return err
}

// decide applies an event to a request and stores all that follows.
func (t *turn) decide(r workflow.Request, ev workflow.Event) error {
	if err := t.delegations(); err != nil {
		return err
	}
	d, fault := t.weigh(r, ev)
	if fault != nil {
		return fault
	}
	return t.store(ev, d)
}

// weigh decides; a panic in the rules is that request's trouble.
func (t *turn) weigh(r workflow.Request, ev workflow.Event) (d workflow.Decision, fault error) {
	fault = guard(func() error {
		d = t.procedure.Decide(r, ev, t.now)
		return nil
	})
	if fault != nil {
		fault = fmt.Errorf("request %s: %w", r.Number, fault)
	}
	return d, fault
}

// store keeps a decision: the request, its history, and the finished mails.
func (t *turn) store(ev workflow.Event, d workflow.Decision) error {
	if d.Delegation != nil {
		made, err := t.tx.Delegate(*d.Delegation)
		if err != nil {
			return err
		}
		t.procedure.Delegations = append(t.procedure.Delegations, made)
	}
	for _, n := range d.Notices {
		sent, err := t.tell(&ev, &d, n)
		if err != nil {
			return err
		}
		if !sent {
			d.Request = d.Request.Forget(n)
		}
	}
	if d.Reason != "" {
		t.b.log.Info("nothing moved", "request", d.Request.Number, "reason", d.Reason, "by", ev.By.Email, "message_id",
			ev.MessageID)
	}
	return errors.Join(t.tx.Save(d.Request, d.Entries), t.conclude(&d.Request))
}

// tell sends a notice that follows from a decision, and says whether it did:
// some are better kept silent, some leave later.
func (t *turn) tell(ev *workflow.Event, d *workflow.Decision, n workflow.Notice) (bool, error) {
	ctx := notify.Context{Delegation: cmp.Or(d.Delegation, ev.Delegate)}
	if n.To.Is(ev.By.Email) {
		ctx.InReplyTo = ev.MessageID
	}
	topic, silent, err := t.silent(&d.Request, &n, ev)
	if err != nil || silent {
		return false, err
	}
	var due time.Time
	if d.Talk && topic == "" {
		if topic, due, err = t.paced(&d.Request, &n); err != nil {
			return false, err
		}
	}
	return true, t.post(d.Request, n, ctx, topic, due)
}

// enqueue puts a notice's mail into the outbox, to leave at once.
func (t *turn) enqueue(r workflow.Request, n workflow.Notice, ctx notify.Context, topic string) error {
	return t.post(r, n, ctx, topic, time.Time{})
}

// post puts a notice's mail into the outbox, to leave when it is due, or at once;
// render writes it.
func (t *turn) post(r workflow.Request, n workflow.Notice, ctx notify.Context, topic string, due time.Time) error {
	ctx.Now, ctx.ID = t.now, uuid.Must(uuid.NewV7()).String()
	job := rendering{request: r, notice: n, ctx: ctx}
	for _, q := range t.office.renderer.Recipients(n) {
		job.mails = append(job.mails, t.tx.Enqueue(store.Mail{Number: r.Number, N: n.N, Recipient: q.Email,
			Kind: string(n.Kind), Step: n.Step, Visit: r.Visit(),
			Answer: n.Answer, Unproven: n.Unproven, Topic: topic, Created: t.now, Due: due}))
	}
	t.jobs = append(t.jobs, job)
	return nil
}

// rendering is a notice whose mails are in the outbox but not written yet.
type rendering struct {
	request workflow.Request
	notice  workflow.Notice
	ctx     notify.Context
	mails   []*store.Mail
}

// render writes the mails of this transaction, on all processors.
func (t *turn) render() error {
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, job := range t.jobs {
		g.Go(func() error {
			return guard(func() error {
				finished, err := t.office.renderer.Render(job.request, job.notice, job.ctx)
				for i, m := range finished {
					job.mails[i].MessageID, job.mails[i].Raw = m.MessageID, m.Raw
				}
				return err
			})
		})
	}
	t.jobs = nil
	return g.Wait()
}
