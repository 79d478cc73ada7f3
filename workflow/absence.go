package workflow

import (
	"slices"
	"strings"
	"time"
)

// absent takes the word of a program that somebody is away. It is no answer to
// the task, and gets none; but when all who should act are away, the deputies
// need not wait for the clock.
func (t *transition) absent() {
	r, by := &t.d.Request, t.ev.By.Email
	t.ev.Word, t.ev.Note = "", "" // whatever the text may say
	if !t.p.escalatesAbsence(t.step()) || r.State != Running || t.ev.Token == PastToken || !t.suffices(RequireToken) ||
		!t.p.entitled(r, by, t.now) || contains(r.Away, by) {
		t.d.Reason = NotHere
		return
	}
	r.Away = append(r.Away, strings.ToLower(by))
	t.entry("absent", "")
	if r.Escalated || !t.deserted() {
		return
	}
	r.AwayAt = t.p.Calendar.NextOpen(t.now).UTC() // an escalation leaves in office hours
	if r.NextHeld() == nil {
		t.standIn(true)
	}
	t.p.schedule(r)
}

// escalatesAbsence is what the SOP has for a step.
func (p *Procedure) escalatesAbsence(step *Step) bool {
	if step.Absence != "" {
		return step.Absence == "escalate"
	}
	return p.SOP.Absence == "escalate"
}

// deserted reports whether all who should act are away.
func (t *transition) deserted() bool {
	r := &t.d.Request
	return !slices.ContainsFunc(t.p.actors(r, t.now), func(q Person) bool { return !contains(r.Away, q.Email) })
}

// standIn calls the deputies for who is away, when it is time; without any the
// office above is told. With tell unset somebody else tells them.
func (t *transition) standIn(tell bool) {
	r := &t.d.Request
	if r.AwayAt.IsZero() || t.now.Before(r.AwayAt) {
		return
	}
	r.AwayAt = time.Time{}
	if !tell || r.State != Running || !t.deserted() {
		return
	}
	s := t.p.seat(r, t.now)
	r.Escalated = true
	t.told(s.deputies)
	people, role := s.deputies, s.role
	if len(people) == 0 {
		people, role = t.p.Above(s.role, r.Number, t.now)
	}
	people = slices.DeleteFunc(slices.Clone(people), func(q Person) bool { return contains(r.Away, q.Email) })
	t.byService("escalation", addresses(people))
	for _, q := range people {
		t.notify(Notice{Kind: NoticeEscalation, To: q, Role: role, Action: Away})
	}
}
