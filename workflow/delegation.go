package workflow

import (
	"slices"
	"time"
)

// Delegation lets somebody hold an office for a time (Plh./Plt.).
type Delegation struct {
	ID       string    `json:"id,omitempty"` // of the store; a mail's has none yet
	Role     string    `json:"role"`
	By       Person    `json:"by"` // in whose name the delegate decides
	To       Person    `json:"to"`
	From     time.Time `json:"from"`
	Until    time.Time `json:"until,omitzero"`     // exclusive
	Request  string    `json:"request,omitempty"`  // for this request alone
	Decree   string    `json:"decree,omitempty"`   // number of the letter that orders it (SK)
	Recorder string    `json:"recorder,omitempty"` // who entered it, when By did not do so by mail
	Recorded time.Time `json:"recorded"`
}

// runs reports whether the delegation holds for a request at an instant.
func (d Delegation) runs(number string, now time.Time) bool {
	return (d.Request == "" || d.Request == number) && !now.Before(d.From) && (d.Until.IsZero() || now.Before(d.Until))
}

// from reports whether somebody chose the delegate himself.
func (d Delegation) from(q Person) bool { return d.Recorder == "" && d.By.Is(q.Email) }

// delegate lets somebody else hold the office. Its holders hear of it at once,
// whoever handed it over.
func (t *transition) delegate() {
	r, step := &t.d.Request, t.step()
	d, why := t.handover(step)
	if why != "" {
		t.answer(NoticeUnrecognised, why)
		return
	}
	t.d.Delegation = &d
	note := d.To.Email
	if d.Decree != "" {
		note += " (SK " + d.Decree + ")"
	}
	t.entry("delegated", note)
	t.notify(t.receipt(Delegate, r.Step))
	for _, q := range t.p.named(step.Actor) {
		if !q.Is(t.ev.By.Email) && !q.Is(d.To.Email) {
			t.notify(Notice{Kind: NoticeProgress, To: q, Role: step.Actor, Action: Delegate, Word: t.ev.Word})
		}
	}
	if d.Request != "" {
		p := *t.p
		p.Delegations = append(slices.Clone(p.Delegations), d)
		t.p = &p
		t.hand(d)
	}
}

// handover is what the sender may hand over of what was named, or why nothing:
// a holder the office, for as long as is allowed; a deputy this request; a
// delegate nothing. What can't be as it was written is never cut.
func (t *transition) handover(step *Step) (Delegation, Reason) {
	r, by := &t.d.Request, t.ev.By
	if t.ev.Delegate == nil || !t.p.mayDelegate(r, by.Email, t.now) {
		return Delegation{}, NeedsPerson
	}
	d := *t.ev.Delegate
	if d.To.Is(by.Email) || d.To.Is(r.Requester.Email) || t.p.barred(r, t.p.SOP.Role(step.Actor), d.To) {
		return Delegation{}, NeedsPerson
	}
	d.Role, d.By, d.Recorded = step.Actor, by, t.now
	if d.From.IsZero() {
		d.From = t.now
	}
	holds := slices.ContainsFunc(t.p.named(step.Actor), func(q Person) bool { return q.Is(by.Email) })
	switch {
	case d.Until.IsZero():
		d.Request = r.Number
	case !holds:
		return Delegation{}, ThisOneOnly
	case !d.Until.After(t.now) || !d.Until.After(d.From): // would never run
		return Delegation{}, NeedsPerson
	case d.Until.Sub(d.From) > t.p.Longest || d.From.Sub(t.now) > t.p.Longest:
		return Delegation{}, TooLong
	}
	return d, ""
}

// handed gives a delegate whose time has begun the task, unless it was his
// already.
func (t *transition) handed() {
	r, d := &t.d.Request, *t.ev.Delegate
	without := *t.p
	without.Delegations = slices.DeleteFunc(slices.Clone(t.p.Delegations), func(o Delegation) bool { return o == d })
	if !t.p.entitled(r, d.To.Email, t.now) || without.entitled(r, d.To.Email, t.now) {
		return
	}
	t.byService("handed-over", d.To.Email)
	t.hand(d)
}

// hand gives a delegate the task.
func (t *transition) hand(d Delegation) {
	t.told([]Person{d.To})
	t.notify(Notice{Kind: NoticeTask, To: d.To, Role: d.Role, Action: Delegate, By: d.By})
}
