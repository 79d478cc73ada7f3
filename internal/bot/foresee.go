package bot

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"batan.go.id/layanan/mailparse/command"
	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

// Foresee says what the bot would do with a mail, as far as can be told
// without the request that it belongs to. It changes nothing.
func (o *Office) Foresee(p Plan, now time.Time) []string {
	switch p.Purpose {
	case Ignore:
		return []string{"do nothing: " + p.Why}
	case Bury:
		return []string{"keep it as a dead letter: " + p.Why}
	case Guide:
		return []string{"answer with the form to fill in (help); if it did so today, keep it as a dead letter: no-form"}
	case Refuse:
		say := "answer not-authorised, once: " + p.Event.By.Email + " may not file requests"
		if o.unheard(&p.Event, &workflow.Request{}) {
			say = "answer nothing: " + p.Event.By.Email + " may not file requests, and nothing shows who wrote this"
		}
		return []string{say, "keep it as a dead letter: unknown-sender"}
	case Note:
		return []string{"answer nothing", "note in request " + p.Number +
			" that the sender is away, if a live token or an authentication proves it; then call the deputies, if it waits " +
			"for nobody else and the SOP wants it"}
	case Return:
		return []string{"write into the request's history that the notice did not arrive, and tell the operators"}
	case Follow:
		return append(foreseeRequest(&p), o.foreseeAnswer(p.Event)...)
	}
	ev := p.Event
	if o.forAnother(&ev) && ev.Proof == "" && p.signer == nil {
		return []string{"ask " + ev.By.Email +
			" whether the form for somebody else is from there (confirm); file nothing before"}
	}
	ev.Kind = workflow.Filed
	d := o.Procedure.Decide(workflow.NewRequest(o.Procedure.SOP.Prefix+"-(new)", now), ev, now)
	say := []string{fmt.Sprintf("make a request (%s, step %s), or finish the one of the same event that its sender was "+
		"asked to complete", d.Request.State, d.Request.Step)}
	var lacks []string
	for _, q := range d.Request.Problems {
		lacks = append(lacks, q.Field+" ("+q.Reason+")")
	}
	for _, n := range d.Notices {
		line := fmt.Sprintf("send %s to %s", n.Kind, n.To.Email)
		if n.Kind == workflow.NoticeIncomplete {
			line += ", asking for " + strings.Join(lacks, ", ")
		}
		say = append(say, line)
	}
	if ev.Proof == "" {
		say = append(say, fmt.Sprintf("or let it wait in the mailbox: nothing proves who wrote it, and such mails make %d "+
			"requests an hour", o.Limits.UnprovenPerHour))
	}
	return say
}

// foreseeRequest says which request a mail would be handed to. Tokens are not
// verified here: that takes the request, and the key.
func foreseeRequest(p *Plan) []string {
	say := "hand it to request " + p.Number
	switch m := p.Message; {
	case len(m.Tokens) > 0:
		say += ", if the token in it (" + string(m.Tokens[0].Way) + "; unverified) was made for " + p.Event.By.Email
		if m.Numbered != "" {
			say += ", or else to " + m.Numbered + ", which the subject names"
		}
	case m.Numbered != "":
		say += ", which the subject names"
	default:
		say += ", if it answers a mail of ours that went to " + p.Event.By.Email
	}
	out := []string{say}
	if p.Event.Failed != "" {
		out = append(out, "as our own server speaks against the sender ("+p.Event.Failed+
			"): ask that address to confirm, if a token in it is live; else do nothing")
	}
	return out
}

// foreseeAnswer is what a request may make of an answer.
func (o *Office) foreseeAnswer(ev workflow.Event) []string {
	sop := o.Procedure.SOP
	held := ev.Hold && sop.Moves(ev.Word)
	if held && sop.Hold.Clock == 0 {
		ev.Word, ev.Read, ev.Doubt.Code = "", ev.Word, string(command.Unknown)
	} else if held {
		return []string{"hold " + ev.Word + " for a while, with a receipt that says until when TARIK undoes it, if the " +
			"sender may, the step allows it, and the mail is proven"}
	}
	if ev.Word == "" && ev.Read != "" && ev.Doubt.Code != "" {
		return []string{"ask back whether it was meant as " + ev.Read + " (unrecognised); YA carries it out"}
	}
	if ev.Word != "" {
		return []string{"carry out " + ev.Word +
			", if the sender may, the step allows it, and a live token proves it, or an authentication with the number in " +
			"the subject and a date of the visit"}
	}
	var say []string
	if len(ev.Form) > 0 {
		say = append(say, "fill in "+strings.Join(slices.Sorted(maps.Keys(ev.Form)), ", ")+
			", if the request waits for its form")
	}
	return append(say, "pass it on, if a question to the sender is open",
		"otherwise change nothing and answer with what is missing or with the words that work")
}

// Check renders every notice once, so that a fault in the templates shows
// before a mail needs them.
func (o *Office) Check() error {
	now := time.Now()
	r := workflow.NewRequest(o.Procedure.SOP.Prefix+"-2026-0001", now)
	r.Step, r.Requester = o.Procedure.SOP.First().ID, workflow.Person{Email: o.Identity.Address}
	for _, kind := range []workflow.NoticeKind{workflow.NoticeRegistered, workflow.NoticeIncomplete, workflow.NoticeTask,
		workflow.NoticeReminder,
		workflow.NoticeEscalation, workflow.NoticeProgress, workflow.NoticeQuestion, workflow.NoticeAnswer,
		workflow.NoticeReceipt, workflow.NoticeConfirm,
		workflow.NoticeUnrecognised, workflow.NoticeNotAuthorised, workflow.NoticeRejected, workflow.NoticeCancelled,
		workflow.NoticeReady, workflow.NoticeClosed,
		workflow.NoticeStatus, workflow.NoticeHelp, workflow.NoticeUndeliverable, workflow.NoticeDeadLetter} {
		n := workflow.Notice{Kind: kind, To: r.Requester, Step: r.Step}
		if _, err := o.renderer.Render(r, n, notify.Context{Now: now}); err != nil {
			return err
		}
	}
	return nil
}
