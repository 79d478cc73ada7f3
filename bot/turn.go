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

	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/store"
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
	l.outcome.Handled, l.outcome.Outcome = t.now, string(l.plan.Purpose)
	if len(l.Raw) > 0 {
		l.plan.Event.Mail = l.outcome.Digest
	}
	if err := t.carryOut(l); err != nil {
		return err
	}
	if l.outcome.Number != "" && len(l.Raw) > 0 {
		t.tx.Keep(store.Original{Digest: l.outcome.Digest, Number: l.outcome.Number, At: t.now, Sender: clean(l.plan.Message.From), Raw: l.Raw})
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
		l.outcome.Outcome = "ignore " + l.plan.Why
		return nil
	}
}

// file makes a request of a form; or completes the one that its sender was
// asked to complete, and sent the form anew for.
func (t *turn) file(l *letter) error {
	ev := l.plan.Event
	if held, err := t.flooded(l, &ev); err != nil || held {
		return err
	}
	open, err := t.tx.Waiting(ev.By.Email, ev.Form.Text("email"))
	if err != nil {
		return err
	}
	open = slices.DeleteFunc(open, func(r workflow.Request) bool { return !r.Awaits(ev) })
	if len(open) == 1 {
		l.outcome.Number = open[0].Number
		return t.decide(open[0], ev)
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
	r, err := t.tx.Request(l.plan.Number)
	filled := l.plan.Message.Form != nil && len(l.plan.Message.Missing) == 0
	switch {
	case errors.Is(err, store.ErrNotFound) && filled && t.office.mayFile(l.plan.Event.By.Email):
		return t.file(l) // an old thread was used for a new request
	case errors.Is(err, store.ErrNotFound):
		l.plan = l.plan.bury("no-such-request")
		return t.bury(l)
	case err != nil:
		return err
	case !r.Open() && filled && l.plan.Event.Word == "" && r.Requester.Is(l.plan.Event.By.Email):
		return t.file(l)
	}
	l.outcome.Number = r.Number
	ev := l.plan.Event
	ev.Token = t.office.Identity.Keys.State(l.plan.Message.Tokens, &r, ev.By.Email)
	if p := l.plan; p.signer != nil && t.office.Identity.Keys.State(p.Message.Signed.Tokens, &r, ev.By.Email) == workflow.LiveToken {
		ev.Signature = "smime " + p.signer.String() // a signature without the task's token may have been given for another
	}
	t.office.elsewhere(&ev, l.plan.Message, &r)
	if held, err := t.flooded(l, &ev); err != nil || held {
		return err
	}
	return t.decide(r, ev)
}

// returned records that a notice of ours did not arrive.
func (t *turn) returned(l *letter) error {
	ev := l.plan.Event
	m, err := t.tx.Bounced(clean(l.plan.Message.BounceOf), ev.Bounce.Status)
	if errors.Is(err, store.ErrNotFound) { // many reports return no Message-ID, but the subject
		m, err = t.tx.BouncedTo(l.plan.Number, ev.Bounce.Recipient, ev.Bounce.Status)
	}
	if errors.Is(err, store.ErrNotFound) || err == nil && m.Number == "" {
		l.outcome.Outcome = "bounce unknown"
		return nil
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
	if ev.Bounce.Recipient == "" {
		ev.Bounce.Recipient = m.Recipient
	}
	return t.decide(r, ev)
}

// guide tells somebody who may file how to, once a day; what comes on the same
// day is for a person to read.
func (t *turn) guide(l *letter) error {
	told, err := t.once(&l.plan.Event, "help", guideWindow, workflow.Notice{Kind: workflow.NoticeHelp, Unread: l.plan.Event.Unread})
	if err != nil || told {
		return err
	}
	l.plan = l.plan.bury("no-form")
	return t.bury(l)
}

// refuse tells somebody who may not file, once, and keeps the form: a person
// may know better.
func (t *turn) refuse(l *letter) error {
	_, err := t.once(&l.plan.Event, "not-authorised", refuseWindow, workflow.Notice{Kind: workflow.NoticeNotAuthorised})
	if err != nil {
		return err
	}
	l.plan = l.plan.bury("unknown-sender")
	err = t.bury(l)
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
	if err := t.tx.Save(d.Request, d.Entries); err != nil {
		return err
	}
	if d.Delegation != nil {
		made, err := t.tx.Delegate(*d.Delegation)
		if err != nil {
			return err
		}
		t.procedure.Delegations = append(t.procedure.Delegations, made)
	}
	for _, n := range d.Notices {
		ctx := notify.Context{Delegation: cmp.Or(d.Delegation, ev.Delegate)}
		if n.To.Is(ev.By.Email) {
			ctx.InReplyTo = ev.MessageID
		}
		topic, silent, err := t.silent(&d.Request, &n, &ev)
		if err != nil {
			return err
		}
		if silent {
			continue
		}
		var due time.Time
		if d.Talk && topic == "" {
			if topic, due, err = t.paced(&d.Request, &n); err != nil {
				return err
			}
		}
		if err := t.post(d.Request, n, ctx, topic, due); err != nil {
			return err
		}
	}
	if d.Reason != "" {
		t.b.log.Info("nothing moved", "request", d.Request.Number, "reason", d.Reason, "by", ev.By.Email, "message_id", ev.MessageID)
	}
	return nil
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
		job.mails = append(job.mails, t.tx.Enqueue(store.Mail{Number: r.Number, N: n.N, Recipient: q.Email, Kind: string(n.Kind), Step: n.Step, Visit: r.Visit(),
			Answer: n.Answer, Topic: topic, Created: t.now, Due: due}))
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
