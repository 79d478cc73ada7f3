package notify

import (
	"slices"
	"strings"
	"time"

	"batan.go.id/layanan/workflow"
)

// view is what a notice's template can say. Texts are clean and ready to
// print; Action, Reason and State are the procedure's own constants, to be
// compared with.
type view struct {
	Action workflow.Kind
	Reason workflow.Reason
	State  workflow.State

	Number, Service  string
	Event, EventDate string
	Requester, By    string
	RequesterEmail   string
	About, Now       stage  // the step that the notice is about, and where the request stands
	Office           string // the title of the recipient's role
	Due, Closed      string
	Late             string // office time since the deadline
	Missing, Changed string // labels of fields
	Replaced         string // the same as Changed, with what stood there before
	Word, Ask, Doubt string // the word that was said, with what should follow it, and what made it unsure
	Until            string // when a held answer is carried out
	Unclear          string // the words that were not understood
	Doubts           string // all that made it unsure, where that is more than Doubt
	Void             string // the recipient's word that waited, and is not carried out
	Asks             bool   // the recipient can confirm the word
	Noted            string // the beginning of what was written behind it
	LeadTime         string
	Delegate, Period string // to whom an office was delegated, and for how long
	Decree, Ended    string // the number of the letter that orders it, and when it ended
	Chief            string // in whose name the delegate decides
	Behalf           string // in whose name By did what is told
	Recorder         string // who entered the delegation, when its holder did not
	Longest          string // a delegation
	Own              string // who holds the step's office and made the request, so that others decide
	Holder           bool   // the recipient is the one in whose name
	Bounce           *workflow.Bounce
	Topic, Detail    string
	Attachments      string
	Domain, Domains  string
	Optional         string            // labels of the fields that may stay empty
	Examples         map[string]string // by type of field

	Requesting bool // the recipient is the requester
	Helping    bool // the recipient is an operator
	Entitled   bool // the recipient may act at the step now
	Signed     bool // answers at the step now must be signed
	Open       bool
	Asked      bool // a question waits for its answer
	Urgent     bool
	Past       bool
	Overdue    bool
	Undo       bool
	Filed      bool // Own filed the request for somebody else
	Barred     bool // the recipient is Own
	Back       bool // what was decided must be decided again
	Delegated  bool // the recipient is the delegate
	Begun      bool // the delegation runs
	Stuck      bool // mails alone don't get the form complete: a person helps

	offers []workflow.Offer
}

// stage is a step as a sentence speaks of it.
type stage struct {
	Title, Name string // Persetujuan, persetujuan
	Task        string // completes "mohon …"
	Actor       string // the title of who acts
}

// Say is the word that does what kind says, "" when the recipient has none.
func (v *view) Say(kind workflow.Kind) string {
	for _, o := range v.offers {
		if o.Kind == kind {
			return o.Word
		}
	}
	return ""
}

// look gathers what the templates need from the request and the notice.
func (c *call) look() view {
	n, req, sop := &c.n, &c.req, c.procedure.SOP
	v := view{
		Action: n.Action, Reason: n.Reason, State: req.State, offers: n.Words, Bounce: cleanBounce(n.Bounce),
		Number: req.Number, Service: midSentence(sop.Title), Event: clean(sop.Said(req.Form, workflow.MeansEvent), maxEvent),
		EventDate: c.eventDate(),
		Requester: personName(req.Requester), By: personName(n.By), Office: c.roleTitle(n.Role),
		About: c.stage(n.Step), Now: c.stage(req.Step),
		Due: formatTime(req.Due, c.zone()), Closed: formatTime(req.Closed, c.zone()), Late: formatDuration(n.Late),
		Word: n.Word, Ask: c.ask(), LeadTime: formatLead(sop.LeadTime), Longest: formatDays(c.procedure.Longest),
		Topic: clean(c.ctx.Topic, maxValue), Detail: clean(c.ctx.Detail, maxNote), Attachments: clean(n.Unread, maxValue),
		Domains: "@" + strings.Join(c.id.Domains, ", @"), Examples: map[string]string{},
		Requesting: n.Role == workflow.Requester, Open: req.Open(), Asked: req.Question != nil,
		Signed: c.signed(), Urgent: req.Urgent, Past: req.Past, Overdue: req.Overdue(c.ctx.Now), Undo: n.Undo, Back: n.Back,
		Stuck: req.Stuck() && len(c.procedure.Operators) > 0, Helping: n.Role == workflow.Operators,
		RequesterEmail: clean(req.Requester.Email, maxValue), Until: formatTime(n.Until, c.zone()), Asks: n.Asks,
		Unclear: unclear(n.Because), Noted: strings.TrimRight(clean(n.Note, maxName), ". "), Void: n.Void,
	}
	_, v.Domain = splitAddress(c.id.Address)
	if n.Behalf.Email != "" {
		v.Behalf = personName(n.Behalf)
		v.By += " (a.n. " + v.Behalf + ")"
	}
	if n.Own.Email != "" {
		v.Own, v.Filed, v.Barred = personName(n.Own), !n.Own.Is(req.Requester.Email), n.Own.Is(n.To.Email)
		v.Now.Actor = "pengganti " + v.Now.Actor
	}
	v.Entitled = v.Say(workflow.Advance) != ""
	if v.Event == "" && req.Number+c.ctx.Form != "" {
		v.Event = sop.Title
	}
	c.lookAtFields(&v)
	if d := c.ctx.Delegation; d != nil {
		v.Delegate, v.Period, v.Decree = personName(d.To), formatPeriod(*d, c.zone()), clean(d.Decree, maxName)
		v.Chief, v.Ended, v.Holder = personName(d.By), formatTime(d.Until, c.zone()), n.To.Is(d.By.Email)
		v.Recorder, v.Delegated, v.Begun = clean(d.Recorder, maxValue), n.To.Is(d.To.Email), !d.From.After(c.ctx.Now)
	}
	return v
}

// lookAtFields gathers what is said about fields.
func (c *call) lookAtFields(v *view) {
	var missing, changed, replaced, optional []string
	for _, f := range c.procedure.SOP.Fields {
		if v.Examples[f.Type] == "" {
			v.Examples[f.Type] = f.Example
		}
		if !f.Required {
			optional = append(optional, f.Label)
		}
	}
	for _, p := range c.req.Problems {
		if f := c.procedure.SOP.Field(p.Field); f != nil {
			missing = append(missing, f.Label)
		}
	}
	for _, ch := range c.n.Changes {
		changed = append(changed, ch.Label)
		replaced = append(replaced, ch.Label+" (semula “"+clean(ch.Old, maxName)+"”)")
	}
	v.Replaced = joinAnd(replaced)
	v.Missing, v.Changed, v.Optional = joinAnd(missing), joinAnd(changed), joinAnd(optional)
}

// signed reports whether the answers of the office at which the request stands
// must be signed.
func (c *call) signed() bool {
	st := c.procedure.SOP.Step(c.req.Step)
	return c.procedure.Require == workflow.RequireSignature || st != nil && st.Trust.Require == workflow.RequireSignature
}

// unclear lists what was not understood.
func unclear(because []workflow.Because) string {
	var out []string
	for _, b := range because {
		if text := clean(b.Text, maxName); text != "" && !slices.Contains(out, "“"+text+"”") {
			out = append(out, "“"+text+"”")
		}
	}
	return joinAnd(out)
}

func (c *call) stage(id string) stage {
	st := c.procedure.SOP.Step(id)
	if st == nil {
		return stage{}
	}
	return stage{Title: st.Title, Name: midSentence(st.Title), Task: st.Task, Actor: c.roleTitle(st.Actor)}
}

// ask is the word that was said with what should follow it: TANYA [pertanyaan].
func (c *call) ask() string {
	for _, o := range c.n.Words {
		if o.Word == c.n.Word {
			return strings.TrimSpace(o.Word + " " + o.Hint)
		}
	}
	return c.n.Word
}

func (c *call) zone() *time.Location { return c.procedure.Calendar.Location() }

func (c *call) roleTitle(role string) string {
	if r := c.procedure.SOP.Role(role); r != nil {
		return r.Title
	}
	return role
}

// eventDate is when the event is, as we understood it.
func (c *call) eventDate() string {
	for _, f := range c.procedure.SOP.Fields {
		if v := c.req.Form[f.ID]; f.Type == "date" && !v.Start.IsZero() {
			return formatSpan(v, c.zone())
		}
	}
	return ""
}

// cleanBounce keeps what another server reported on one line.
func cleanBounce(b *workflow.Bounce) *workflow.Bounce {
	if b == nil {
		return nil
	}
	return &workflow.Bounce{Recipient: clean(b.Recipient, maxValue), Status: clean(b.Status, maxName), Kind: b.Kind}
}
