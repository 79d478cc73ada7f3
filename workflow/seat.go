package workflow

import (
	"slices"
	"time"
)

// seat is who decides at the step where a request stands. It is the step's own
// office, but nobody decides on a request that he made: who is barred is left
// out, and the deputies decide; failing them the office above, and so on up.
type seat struct {
	role     string   // the office whose people decide
	holders  []Person // have the task
	deputies []Person // may act, too, once the step was escalated
	actors   []Person // may act now
	own      Person   // who holds the step's office and is barred; nobody, where somebody else holds it, too
}

// vacant reports whether nobody may decide: all who could made the request.
func (s seat) vacant() bool { return s.own.Email != "" && len(s.actors) == 0 }

// seat finds who decides at the request's step at an instant.
func (p *Procedure) seat(r *Request, now time.Time) seat {
	step := p.SOP.Step(r.Step)
	if step == nil || step.Actor == Requester {
		return seat{}
	}
	s := seat{role: step.Actor}
	if named := p.named(step.Actor); len(named) > 0 && len(p.others(r, p.SOP.Role(step.Actor), named)) == 0 {
		s.own = named[0]
	}
	for office := p.SOP.Role(step.Actor); office != nil; office = p.SOP.Role(office.Above) {
		holders, deputies := p.others(r, office, p.granted(office.ID, r, now)), p.others(r, office, p.Deputies(office.ID))
		if len(holders) == 0 {
			holders, deputies = deputies, nil
		}
		if len(holders) > 0 {
			s.role, s.holders, s.deputies, s.actors = office.ID, holders, deputies, holders
			break
		}
	}
	if r.Escalated {
		s.actors = unique(append(slices.Clone(s.holders), s.deputies...))
	}
	return s
}

// granted are the holders of an office for a request; whom one who is barred
// made his delegate is none of them.
func (p *Procedure) granted(role string, r *Request, now time.Time) []Person {
	out := slices.Clone(p.named(role))
	for _, d := range p.Delegations {
		if d.Role == role && d.runs(r.Number, now) && !p.partial(r, d) {
			out = append(out, d.To)
		}
	}
	return unique(out)
}

// barred reports whether a person must not decide at the request's step for an
// office: where it can be rejected, neither who asks nor who filed it for him;
// elsewhere who asks, but for a team, which does the work and approves nothing.
func (p *Procedure) barred(r *Request, office *Role, q Person) bool {
	if step := p.SOP.Step(r.Step); step != nil && step.rejects() {
		return r.Requester.Is(q.Email) || r.FiledBy.Is(q.Email)
	}
	return r.Requester.Is(q.Email) && !office.Team
}

// partial reports whether one who must not decide himself chose the delegate:
// the requester, or who filed the request where it can be rejected.
func (p *Procedure) partial(r *Request, d Delegation) bool {
	step := p.SOP.Step(r.Step)
	return d.from(r.Requester) || d.from(r.FiledBy) && step != nil && step.rejects()
}

// others leaves out of an office who is barred.
func (p *Procedure) others(r *Request, office *Role, people []Person) []Person {
	return slices.DeleteFunc(slices.Clone(people), func(q Person) bool { return p.barred(r, office, q) })
}

// actors are those who may decide at the request's step now.
func (p *Procedure) actors(r *Request, now time.Time) []Person { return p.seat(r, now).actors }

// entitled reports whether a person may decide at the request's step now.
func (p *Procedure) entitled(r *Request, email string, now time.Time) bool {
	return slices.ContainsFunc(p.actors(r, now), func(q Person) bool { return q.Is(email) })
}

// behalf is the delegation by which a person decides at the request's step;
// nil for who holds the office or stands in for its holder.
func (p *Procedure) behalf(r *Request, email string, now time.Time) *Delegation {
	s := p.seat(r, now)
	if slices.ContainsFunc(p.named(s.role), func(q Person) bool { return q.Is(email) }) {
		return nil
	}
	for i, d := range p.Delegations {
		if d.Role == s.role && d.To.Is(email) && d.runs(r.Number, now) && !p.partial(r, d) {
			return &p.Delegations[i]
		}
	}
	return nil
}

// mayDelegate reports whether a person may hand the step's office to somebody:
// it must be his own. A delegate passes nothing on.
func (p *Procedure) mayDelegate(r *Request, email string, now time.Time) bool {
	step := p.SOP.Step(r.Step)
	return step != nil && p.entitled(r, email, now) && p.behalf(r, email, now) == nil &&
		slices.ContainsFunc(p.People[step.Actor], func(q Person) bool { return q.Is(email) })
}

// capacity is as what a person decides, for the history; empty for who holds
// the office.
func (p *Procedure) capacity(r *Request, email string, now time.Time) string {
	d, own := p.behalf(r, email, now), p.seat(r, now).own
	switch {
	case d != nil && d.Decree != "":
		return "a.n. " + d.By.Email + " (SK " + d.Decree + ")"
	case d != nil:
		return "a.n. " + d.By.Email
	case own.Is(r.Requester.Email):
		return "pengganti, karena pemohon memegang jabatan ini"
	case own.Email != "":
		return "pengganti, karena pemegang jabatan ini yang mengajukan permohonan"
	}
	return ""
}

// vacant tells the operators that nobody may decide, and returns them.
func (t *transition) vacant(late time.Duration) []Person {
	t.byService("vacant", addresses(t.p.Operators))
	for _, o := range t.p.Operators {
		t.notify(Notice{Kind: NoticeEscalation, To: o, Role: Operators, Action: Vacant, Late: late})
	}
	return t.p.Operators
}

// StepsUnder are the steps at which an office may have to decide: its own, and
// those of the offices under it, should their holders ask.
func (p *Procedure) StepsUnder(role string) []string {
	var out []string
	for _, st := range p.SOP.Steps {
		for office := p.SOP.Role(st.Actor); office != nil; office = p.SOP.Role(office.Above) {
			if office.ID == role {
				out = append(out, st.ID)
				break
			}
		}
	}
	return out
}

// colleagues are those who had the task besides its sender.
func (t *transition) colleagues() []Person {
	return slices.DeleteFunc(slices.Clone(t.p.actors(&t.d.Request, t.now)),
		func(q Person) bool { return q.Is(t.ev.By.Email) })
}

// one tells colleagues that one has acted for all, but for those who are told
// something else already.
func (t *transition) one(a Kind, step *Step, colleagues []Person) {
	for _, q := range colleagues {
		if !slices.ContainsFunc(t.d.Notices, func(n Notice) bool { return n.To.Is(q.Email) }) {
			t.notify(Notice{Kind: NoticeProgress, To: q, Role: step.Actor, Step: step.ID, Action: a, Word: t.ev.Word,
				Note: t.ev.Note})
		}
	}
}
