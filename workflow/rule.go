package workflow

import "slices"

// The rules by which a person may act, as the history names them; an office's
// is "holder ka_ppiksn", "delegate ka_ppiksn" or "deputy ka_ppiksn". They name
// offices and never people, since they outlive a purge.
const (
	ruleForm      = "form"        // whoever may file, and who is asked for the rest of the form
	ruleRequester = "requester"   // his or her own request
	ruleLast      = "last-answer" // one's own answer may be taken back
	ruleHolder    = "holder "
	ruleDelegate  = "delegate "
	ruleDeputy    = "deputy " // once the step was escalated
)

// ruleOf is the rule that lets the sender take an action now.
func (t *transition) ruleOf(a *Action) string {
	r, by := &t.d.Request, t.ev.By.Email
	actor := t.p.seat(r, t.now).role // the office above, where the requester holds the step's own
	holds := slices.ContainsFunc(t.p.named(actor), func(q Person) bool { return q.Is(by) })
	switch {
	case a.By == "requester":
		return ruleRequester
	case a.By == "last":
		return ruleLast
	case a.By != "actor":
		return ""
	case holds:
		return ruleHolder + actor
	case t.p.behalf(r, by, t.now) != nil:
		return ruleDelegate + actor
	}
	return ruleDeputy + actor
}
