package bot

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/mailparse/authres"
	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

// forAnother reports whether a role holder files for somebody else, or for
// nobody that could be made out.
func (o *Office) forAnother(ev *workflow.Event) bool {
	id := o.Procedure.SOP.Meaning(workflow.MeansEmail)
	email := strings.TrimSpace(ev.Form.Text(id))
	illegible := slices.ContainsFunc(ev.Problems, func(p workflow.Problem) bool { return p.Field == id && p.Text != "" })
	return ev.Staff && (illegible || email != "" && !ev.By.Is(email))
}

// askForm keeps a form that a role holder seems to have sent for somebody else,
// and asks him or her whether that is so. Nothing is filed or numbered before.
func (t *turn) askForm(l *letter, ev workflow.Event) error {
	if !t.confirmable() {
		return t.buryAs(l, "unproven")
	}
	ev.Form = ev.Form.Shown()
	var random [8]byte
	if _, err := rand.Read(random[:]); err != nil {
		return err
	}
	said, err := json.Marshal(ev)
	if err != nil {
		return err
	}
	f := store.Form{Number: notify.FormNumber(t.procedure.SOP.Prefix, binary.BigEndian.Uint64(random[:])),
		Recipient: ev.By.Email, Created: t.now,
		Digest: l.outcome.Digest, Said: string(said), Event: ev, Raw: l.Raw}
	l.outcome.Outcome = "confirm"
	switch asked, err := t.ask(f, l.plan.messageID(), fmt.Sprint(ev.Form, ev.Problems)); {
	case err != nil:
		return err
	case asked:
		return t.tx.KeepForm(f)
	}
	return t.buryAs(l, "unproven") // asked already, or too often: a person may know better
}

// ask sends the mail that asks whether a form is the recipient's; not twice an
// hour for the same words, and no more than the recipient's answers.
func (t *turn) ask(f store.Form, answers, words string) (bool, error) {
	topic := "confirm " + strings.ToLower(f.Recipient) + " " + digest([]byte(words))
	told, err := t.tx.Told(topic, t.now.Add(-limitWindow))
	if err != nil || told > 0 {
		return false, err
	}
	r := workflow.Request{Form: f.Event.Form, Problems: f.Event.Problems,
		Requester: workflow.Person{Email: t.procedure.SOP.Said(f.Event.Form, workflow.MeansEmail)}}
	n := workflow.Notice{Kind: workflow.NoticeConfirm, To: f.Event.By, Answer: true, Unproven: true,
		Reason: workflow.Unproven, Words: t.procedure.SOP.Confirmers()}
	if full, err := t.full(&n); err != nil || full {
		return false, err
	}
	return true, t.enqueue(r, n, notify.Context{InReplyTo: answers, Form: f.Number, Said: digest([]byte(f.Said))}, topic)
}

// confirmsForm finds the form whose confirm a mail answers: no token before its
// own is of a request. ErrNotFound when there is none.
func (t *turn) confirmsForm(p *Plan) (store.Form, error) {
	for _, token := range t.office.counting(p) {
		number := authres.NumberOf(token.Text)
		if !notify.IsFormNumber(number) {
			if r, err := t.tx.Request(number); err == nil && t.office.madeFor(token.Text, &r, p.Event.By.Email) {
				break
			}
			continue
		}
		f, err := t.tx.Form(number)
		switch {
		case errors.Is(err, store.ErrNotFound):
			continue
		case err != nil:
			return f, err
		case f.Request != "" && f.Recipient == strings.ToLower(p.Event.By.Email), // what it said is gone
			t.office.Identity.Keys.ConfirmsForm(token.Text, number, digest([]byte(f.Said)), p.Event.By.Email):
			return f, nil
		}
	}
	return store.Form{}, store.ErrNotFound
}

// provesFiling reports whether a mail is proven as well as the office asks for
// to file for somebody else. A form says itself what it is about.
func (t *turn) provesFiling(p *Plan) bool {
	return p.signer != nil || t.procedure.Require != workflow.RequireSignature && p.Event.Proof != ""
}

// confirmable reports whether the office takes a confirm for proof.
func (t *turn) confirmable() bool {
	return t.procedure.Require == "" || t.procedure.Require == workflow.RequireToken
}

// confirmed makes a request of the form that a mail confirms: with the word for
// that, or by sending a form again, which is then read as it is.
func (t *turn) confirmed(l *letter, f store.Form) error {
	ev := l.plan.Event
	switch {
	case f.Request != "" && t.procedure.SOP.Confirms(ev.Word):
		l.outcome.Outcome, l.outcome.Number = "confirmed before", f.Request
		return nil
	case f.Request != "" && l.plan.filled():
		return t.file(l)
	case f.Request != "":
		return t.guide(l)
	case !t.confirmable() && !t.provesFiling(&l.plan):
		return t.buryAs(l, "unproven")
	case l.plan.filled(): // what is added is read anew
	case t.procedure.SOP.Confirms(ev.Word):
		ev.Form, ev.Problems, ev.Text, ev.Unread = f.Event.Form, f.Event.Problems, f.Event.Text, f.Event.Unread
		t.office.vetRequester(&ev) // who may not be asked for may have changed
	default:
		_, err := t.ask(f, l.plan.messageID(), ev.Text)
		l.outcome.Outcome = "not confirmed"
		return err
	}
	ev.Kind, ev.Staff, ev.Word = workflow.Filed, true, ""
	ev.Proof = fmt.Sprintf("confirm of mail %s", f.Digest)
	number, err := t.register(ev)
	if err != nil {
		return err
	}
	l.outcome.Number = number
	if len(f.Raw) > 0 {
		t.tx.Keep(store.Original{Digest: f.Digest, Number: number, At: f.Created, Sender: f.Recipient, Raw: f.Raw})
	}
	return t.tx.ConfirmForm(f.Number, number)
}
