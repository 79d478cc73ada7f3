package bot

import (
	"cmp"
	"slices"
	"strings"

	"batan.go.id/layanan/internal/smime"
	"batan.go.id/layanan/mailparse"
	"batan.go.id/layanan/mailparse/command"
	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

// Purpose is what becomes of a mail.
type Purpose string

// The purposes, which are also the ledger's outcomes.
const (
	File   Purpose = "file"   // makes a request
	Follow Purpose = "follow" // belongs to a request
	Return Purpose = "bounce" // a notice of ours came back
	Note   Purpose = "away"   // a program says that somebody is away; never answered
	Guide  Purpose = "help"   // from somebody who may file, but nothing to go by
	Refuse Purpose = "refuse" // a form from somebody who may not file
	Bury   Purpose = "bury"   // can't be handled; a dead letter
	Ignore Purpose = "ignore" // never answered, never a command
)

// Plan is what a mail means to the office, before any request is looked at.
type Plan struct {
	Purpose Purpose
	Why     string // for Ignore and Bury: a reason code
	Number  string // of the request that the mail seems to belong to; see turn.named
	Event   workflow.Event
	Message *mailparse.Message

	signer   *smime.Signer // whose signature covers the mail; nil when nobody's does
	vouched  []string      // fields that the sender's own signature covers, where that is the proof; nil else
	assigned bool          // a person said that it belongs to Number
}

// Interpret says what a mail means. It is pure; what the request that it
// belongs to makes of it is for workflow to decide.
func (o *Office) Interpret(raw []byte) Plan {
	m := mailparse.Parse(raw, o.grammar)
	p := Plan{Message: m, Number: m.Request, Event: o.event(m)}
	switch {
	case m.Own, o.Identity.Owns(m.From):
		return p.ignore("own-mail")
	case o.never(m.From):
		return p.ignore("list") // whoever writes in its name, all of it would hear from us
	case m.Kind == mailparse.KindAutoReply && m.Away && m.Request != "" && len(m.AllFrom) == 1:
		p.Purpose, p.Event.Kind = Note, workflow.Absent
	case m.Kind == mailparse.KindAutoReply, m.Kind == mailparse.KindBulk:
		return p.ignore(string(m.Kind))
	case m.Kind == mailparse.KindBounce:
		return o.bounce(p)
	case p.Event.Failed != "" && len(m.Tokens) == 0:
		return p.ignore("unauthenticated")
	case !notify.ValidAddress(m.From), strings.ToLower(m.From) != m.From:
		// the sign for Kelvin would become a k, another's
		return p.bury("no-sender")
	case len(slices.Compact(slices.Sorted(slices.Values(m.AllFrom)))) > 1:
		return p.bury("several-senders")
	case m.Request != "":
		p.Purpose = Follow
	case m.Kind == mailparse.KindRequest && o.mayFile(m.From):
		p.Purpose = File
	case m.Kind == mailparse.KindRequest:
		p.Purpose = Refuse
	case o.mayFile(m.From):
		p.Purpose = Guide
	default:
		return p.bury("unknown-sender")
	}
	return p
}

// Reading is what a mail was understood to be and, where it is an answer, how that was read: for the ledger, and to
// compare with what another version of the reader makes of it.
func (p *Plan) Reading() string {
	if p.Purpose != Follow || p.Message == nil {
		return string(p.Purpose)
	}
	return string(Follow) + ": " + p.Message.Command.Reading()
}

func (p Plan) ignore(why string) Plan { p.Purpose, p.Why = Ignore, why; return p }
func (p Plan) bury(why string) Plan   { p.Purpose, p.Why = Bury, why; return p }

// bounce keeps the reports of final failure (RFC 3464); the others tell nothing
// that anybody must act on.
func (o *Office) bounce(p Plan) Plan {
	b := p.Message.Bounce
	if b == nil || (b.Action != "failed" && b.Action != "") {
		return p.ignore("delivery-report")
	}
	p.Purpose = Return
	p.Event.Kind = workflow.Bounced
	p.Event.Bounce = &workflow.Bounce{Recipient: valid(b.Recipient), Status: valid(b.Status)}
	return p
}

// relayed is what the first of the mail's relays found of its sender, where the
// office trusts all who passed it on (ARC, RFC 8617); "" otherwise.
func (o *Office) relayed(m *mailparse.Message) string {
	if m.Ambiguous || m.Auth == nil || m.Auth.Chain == nil || m.Auth.Chain.Proof == "" {
		return ""
	}
	sealers := m.Auth.Chain.Sealers
	if slices.ContainsFunc(sealers, func(d string) bool { return !slices.Contains(o.Signatures.Sealers, d) }) {
		return ""
	}
	return m.Auth.Chain.Proof + " (arc=pass d=" + sealers[len(sealers)-1] + " " + m.Auth.By + ")"
}

// event is the mail as the procedure sees it.
func (o *Office) event(m *mailparse.Message) workflow.Event {
	ev := workflow.Event{Kind: workflow.Mailed, By: o.person(m.From, m.FromName), MessageID: valid(m.MessageID),
		Text: valid(m.Reply), Thanks: m.Thanks}
	if m.Auth != nil && m.Auth.Failed != "" && o.relayed(m) == "" {
		ev.Failed = m.Auth.Failed + " " + m.Auth.By
	} else if m.Auth != nil && !m.Ambiguous {
		ev.Proof = cmp.Or(m.Auth.Proof, o.relayed(m))
	}
	if names := attached(m.Attachments, false); names != "" { // an answer may be all in its attachment
		ev.Text = strings.TrimSpace(ev.Text + "\nLampiran, tersimpan di kotak surat layanan: " + names)
	}
	if c := m.Command; c != nil {
		ev.Word, ev.Read, ev.Hold, ev.Note = c.Taken(), c.Word, c.Hold, valid(c.Note)
		ev.Doubt = workflow.Doubt{Code: string(c.Doubt.Code), Text: valid(c.Doubt.Text)}
		for _, b := range c.Because {
			ev.Because = append(ev.Because, workflow.Because{Text: valid(b.Text), Class: string(b.Class)})
		}
	}
	ev.Form, ev.Problems = o.form(m.Form, m.Fields, m.Missing, m.Reasons)
	ev.Unread = attached(m.Attachments, ev.Form != nil || m.Quoted != nil)
	if o.delegates(ev.Read) {
		ev.Delegate = o.delegation(ev.Note, m)
	}
	o.otherRequest(&ev, m.Reply, m.Request)
	if _, _, ev.Staff = o.Procedure.Staff(m.From); ev.Staff {
		o.vetRequester(&ev)
	}
	return ev
}

// otherRequest makes a command a doubt when what was newly written names a
// request that is not the one the mail belongs to: then nobody knows which of
// the two is meant.
func (o *Office) otherRequest(ev *workflow.Event, reply, number string) {
	if n := o.grammar.AnotherRequest(reply, number); ev.Word != "" && n != "" {
		ev.Word, ev.Read, ev.Doubt = "", "", workflow.Doubt{Code: string(command.Difference), Text: n}
	}
}

func (o *Office) delegates(word string) bool {
	return slices.ContainsFunc(o.Procedure.SOP.Actions, func(a workflow.Action) bool {
		return a.Kind == workflow.Delegate && a.Word == word && word != ""
	})
}

// delegation is to whom a note hands an office over, and for how long; nil when anything else is said, since a
// delegation half understood is none.
func (o *Office) delegation(note string, m *mailparse.Message) *workflow.Delegation {
	said, ok := command.ReadDelegation(note, o.grammar.Location, m.Date)
	if !ok || !o.mayFile(said.To) || o.Identity.Owns(said.To) {
		return nil
	}
	return &workflow.Delegation{To: o.person(said.To, ""), From: said.From, Until: said.Until, Decree: said.Decree}
}
