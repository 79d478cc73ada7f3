package workflow

import (
	"strings"
)

// maxRounds is how often a requester is asked in vain for the rest of a form
// before a person helps.
const maxRounds = 3

// Stuck reports whether mails alone don't get the form complete: the operators
// have been told, and may fill it in.
func (r *Request) Stuck() bool { return r.Rounds >= maxRounds }

// mend takes a mail from somebody who can mend a form that waits for it; false
// when the mail is to be handled as any other.
func (t *transition) mend(action *Action) bool {
	r := &t.d.Request
	if len(r.Problems) == 0 || !t.mayMend() || action != nil && action.Kind != Change {
		return false
	}
	filled := len(t.ev.Form)+len(t.ev.Problems) > 0
	spoken := t.ev.Word != "" || t.ev.Doubt.Code != "" // there is more to answer than what is missing
	if !t.proven && filled {
		t.ev.Note = t.ev.Text
		t.unproven(t.p.Require)
		return true
	}
	if !t.proven {
		return false
	}
	t.use()
	if !filled && spoken && r.Rounds+1 < maxRounds {
		r.Rounds++
		return false
	}
	if !filled {
		t.d.Reason = NoCommand
	}
	t.complete()
	return true
}

// mayMend: the requester, the role holder who sent the form for somebody, and
// an operator who was called to help.
func (t *transition) mayMend() bool {
	r, by := &t.d.Request, t.ev.By.Email
	return r.Requester.Is(by) || r.FiledBy.Is(by) || r.Stuck() && t.p.operates(by) && t.proven
}

// filers are those who are asked for what is missing: the requester, and
// somebody else who has just sent some of it.
func (t *transition) filers() []Person {
	r := &t.d.Request
	switch {
	case t.ev.By.Email == "" || r.Requester.Is(t.ev.By.Email):
		return []Person{r.Requester}
	case r.FiledBy.Is(t.ev.By.Email):
		return unique([]Person{r.Requester, r.FiledBy})
	}
	return []Person{t.ev.By} // an operator
}

// incomplete asks for what is missing, as before so many fields were.
func (t *transition) incomplete(before int) {
	r := &t.d.Request
	asked := r.Rounds
	switch {
	case before == 0: // the first time
	case len(r.Problems) < before && !r.Stuck():
		r.Rounds = 0
	case !t.p.operates(t.ev.By.Email):
		r.Rounds++
	}
	r.State, r.Rungs, r.Entered = Waiting, 0, t.now
	if t.ev.Kind == Filed || t.dated(t.ev.Form) {
		t.weighDate() // who is late should know at once
	}
	var missing []string
	for _, q := range r.Problems {
		missing = append(missing, q.Field)
	}
	t.entry("incomplete", strings.Join(missing, ", "))
	for _, q := range t.filers() {
		n := Notice{Kind: NoticeIncomplete, To: q, Role: t.roleOf(q)}
		if q.Is(t.ev.By.Email) {
			n.Answer, n.Unproven, n.Reason, n.Unread = true, !t.proven, t.d.Reason, t.ev.Unread
		}
		t.notify(n)
	}
	if r.Rounds == maxRounds && asked < maxRounds {
		t.callHelp()
	}
	t.p.schedule(r)
}

// callHelp asks the operators to help the requester, with what he or she wrote
// last.
func (t *transition) callHelp() {
	if len(t.p.Operators) == 0 {
		return
	}
	t.entry("escalation", addresses(t.p.Operators))
	for _, o := range t.p.Operators {
		t.notify(Notice{Kind: NoticeEscalation, To: o, Role: Operators, Action: Submit, Note: t.ev.Text})
	}
}

// Awaits reports whether a form that came in a mail of its own is the rest of
// this request: it waits for one, from the same hands, and both speak of the
// same event and contradict each other in nothing that tells requests apart.
func (r *Request) Awaits(sop *SOP, ev Event) bool {
	if r.State != Waiting || len(r.Problems) == 0 || !r.Requester.Is(ev.By.Email) && !r.FiledBy.Is(ev.By.Email) {
		return false
	}
	agreed := map[Meaning]bool{}
	for _, fd := range sop.Fields {
		if fd.Type != "email" && fd.Type != "nip" && fd.Means != MeansEvent && fd.Means != MeansDate {
			continue
		}
		a, b := r.Form[fd.ID], ev.Form[fd.ID]
		switch {
		case a.Text == "" || b.Text == "":
		case !a.same(b) && (a.Date || !strings.EqualFold(strings.Join(strings.Fields(a.Text), " "),
			strings.Join(strings.Fields(b.Text), " "))):
			return false
		default:
			agreed[fd.Means] = true
		}
	}
	return agreed[MeansEvent] || agreed[MeansDate]
}
