package workflow

import (
	"slices"
	"time"
)

// Confirmers are the words that say that a mail is one's own.
func (s *SOP) Confirmers() []Offer {
	var out []Offer
	for _, a := range s.Actions {
		if a.Kind == Confirm {
			out = append(out, Offer{Word: a.Word, Help: a.Help, Hint: a.Hint, Kind: a.Kind})
		}
	}
	return out
}

// Confirms reports whether a word is one of those.
func (s *SOP) Confirms(word string) bool {
	return slices.ContainsFunc(s.Actions, func(a Action) bool { return a.Kind == Confirm && a.is(word) })
}

// Offers are the words that a person can use on the request now, in the SOP's
// order: those of the step first.
func (p *Procedure) Offers(r *Request, email string, now time.Time) []Offer {
	p = p.about(r.Number)
	var out []Offer
	requester := r.Requester.Is(email)
	_, _, staff := p.Staff(email)
	add := func(a Action) {
		ok := map[string]bool{
			"anyone":    requester || staff,
			"requester": requester,
			"actor":     r.Open() && p.entitled(r, email, now),
			"last":      r.Last != nil && r.Last.By.Is(email) || r.heldOf(email) >= 0,
		}[a.By]
		switch a.Kind {
		case Cancel, Change:
			ok = ok && r.Open()
		case SignOff:
			ok = ok && r.State == StateFinished && r.SignedOff.IsZero()
		case Delegate:
			ok = ok && p.mayDelegate(r, email, now)
		case Submit:
			ok = false
		}
		if ok {
			out = append(out, Offer{Word: a.Word, Help: a.Help, Hint: a.Hint, Kind: a.Kind})
		}
	}
	if step := p.SOP.Step(r.Step); step != nil && r.Open() {
		for _, a := range step.Actions {
			add(a)
		}
	}
	for _, a := range p.SOP.Actions {
		add(a)
	}
	return out
}
