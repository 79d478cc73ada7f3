package workflow

import (
	"slices"
	"time"
)

// Canonical is the address by which a person is known: of a further address
// that the configuration gives, the person's main one; of any other, itself.
func (p *Procedure) Canonical(email string) string {
	for also, main := range p.Also {
		if sameAddress(also, email) {
			return main
		}
	}
	return email
}

// known is a person by the main address.
func (p *Procedure) known(q Person) Person {
	q.Email = p.Canonical(q.Email)
	return q
}

// about is the procedure as it concerns one request: a delegation for another
// makes nobody a party to this one.
func (p *Procedure) about(number string) *Procedure {
	q := *p
	q.Delegations = nil
	for _, d := range p.Delegations {
		if d.Request == "" || d.Request == number {
			d.By, d.To = p.known(d.By), p.known(d.To)
			q.Delegations = append(q.Delegations, d)
		}
	}
	return &q
}

// recognise names everybody in a request by the main address: the
// configuration may have learnt since that two addresses are one person's.
func (p *Procedure) recognise(r *Request) {
	r.Requester, r.FiledBy = p.known(r.Requester), p.known(r.FiledBy)
	for _, list := range [][]string{r.Told, r.Refused, r.Away} {
		for i, email := range list {
			list[i] = p.Canonical(email)
		}
	}
	if q := r.Question; q != nil && p.known(q.By) != q.By {
		asked := *q
		asked.By, r.Question = p.known(q.By), &asked
	}
	for i := range r.Held {
		r.Held[i].By, r.Held[i].Behalf = p.known(r.Held[i].By), p.known(r.Held[i].Behalf)
	}
	if a := r.Last; a != nil && p.known(a.By) != a.By {
		last := *a
		last.By, r.Last = p.known(a.By), &last
	}
}

// recognise names everybody in an event by the main address.
func (ev Event) recognise(p *Procedure) Event {
	ev.By = p.known(ev.By)
	if ev.Delegate != nil {
		d := *ev.Delegate
		d.By, d.To, ev.Delegate = p.known(d.By), p.known(d.To), &d
	}
	return ev
}

// Holders are those who hold an office for a request at an instant: the first
// person named, everyone of a team, and whoever it is delegated to.
func (p *Procedure) Holders(role, number string, now time.Time) []Person {
	out := slices.Clone(p.named(role))
	for _, d := range p.Delegations {
		if d.Role == role && d.runs(number, now) {
			out = append(out, d.To)
		}
	}
	return unique(out)
}

// named are the holders as the configuration has them, without delegates.
func (p *Procedure) named(role string) []Person {
	people := p.People[role]
	if r := p.SOP.Role(role); r != nil && !r.Team && len(people) > 1 {
		return people[:1]
	}
	return people
}

// Deputies are the rest: they are told when a step is escalated, and may act
// from then on. A team has none.
func (p *Procedure) Deputies(role string) []Person {
	people := p.People[role]
	if r := p.SOP.Role(role); r == nil || r.Team || len(people) < 2 {
		return nil
	}
	return people[1:]
}

// Above are those to tell when a role is late: the holders of the office
// above, or the operators.
func (p *Procedure) Above(role, number string, now time.Time) ([]Person, string) {
	r := p.SOP.Role(role)
	if r == nil || r.Above == "" || r.Above == Operators {
		return p.Operators, Operators
	}
	return p.Holders(r.Above, number, now), r.Above
}

// Staff finds a person of any office by address, deputies and delegates too;
// with the first role that names the person.
func (p *Procedure) Staff(email string) (Person, string, bool) {
	email = p.Canonical(email)
	for _, r := range p.SOP.Roles {
		for _, q := range p.People[r.ID] {
			if q.Is(email) {
				return q, r.ID, true
			}
		}
	}
	for _, d := range p.Delegations {
		if d.To.Is(email) {
			return d.To, d.Role, true
		}
	}
	return Person{}, "", false
}

// operates reports whether a person runs the service.
func (p *Procedure) operates(email string) bool {
	return slices.ContainsFunc(p.Operators, func(q Person) bool { return q.Is(email) || p.known(q).Is(email) })
}

// unique drops repeated addresses, keeping the first.
func unique(people []Person) []Person {
	var out []Person
	for _, q := range people {
		if !slices.ContainsFunc(out, func(o Person) bool { return o.Is(q.Email) }) {
			out = append(out, q)
		}
	}
	return out
}
