package workflow

import "time"

// rung is one instant at which the clock speaks up about a request.
type rung struct {
	at       time.Time
	escalate bool
}

// maxRungs bounds the count of what an outage has left unsaid.
const maxRungs = 10_000

// rung is the i-th thing that the clock will say about the request as it
// stands, false when it has nothing more to say. It always lies in office hours.
func (p *Procedure) rung(r *Request, i int) (rung, bool) {
	step := p.SOP.Step(r.Step)
	if step == nil || !r.Open() {
		return rung{}, false
	}
	if r.State == Waiting {
		if i >= len(p.SOP.WaitingReminders) {
			return rung{}, false
		}
		since := r.Entered
		if r.Question != nil {
			since = r.Question.At
		}
		return rung{at: p.Calendar.NextOpen(p.Calendar.Due(since, p.SOP.WaitingReminders[i], nil))}, true
	}
	if i < len(step.Reminders) {
		return rung{at: p.Calendar.NextOpen(p.part(r, step.SLA, step.Reminders[i]))}, true
	}
	e, repeats := step.Escalations, i-len(step.Reminders)
	if e.After == 0 || repeats > 0 && e.Repeat == nil {
		return rung{}, false
	}
	at := p.part(r, step.SLA, e.After)
	if repeats > 0 {
		at = p.Calendar.Due(at, Duration{Days: e.Repeat.Days * repeats, Clock: e.Repeat.Clock * time.Duration(repeats)},
			r.Pauses)
	}
	return rung{at: p.Calendar.NextOpen(at), escalate: true}, true
}

// part is the instant at which the given part of the step's SLA is used up.
func (p *Procedure) part(r *Request, sla Duration, part Percent) time.Time {
	cal := p.Calendar
	if sla.Clock > 0 {
		return cal.Due(r.Entered, Duration{Clock: sla.Clock * time.Duration(part) / 100}, r.Pauses)
	}
	if days := sla.Days * int(part); days%100 == 0 {
		return cal.Due(r.Entered, Duration{Days: days / 100}, r.Pauses)
	}
	due := cal.Due(r.Entered, sla, r.Pauses)
	whole := cal.Used(r.Entered, due, r.Pauses)
	if part < 100 {
		return cal.Due(r.Entered, Duration{Clock: whole * time.Duration(part) / 100}, r.Pauses)
	}
	return cal.Due(due, Duration{Clock: whole * time.Duration(part-100) / 100}, r.Pauses)
}

// schedule derives the deadline and the next alarm from everything else.
func (p *Procedure) schedule(r *Request) {
	r.Due, r.Alarm = time.Time{}, time.Time{}
	if step := p.SOP.Step(r.Step); step != nil && r.State == Running {
		r.Due = p.Calendar.Due(r.Entered, step.SLA, r.Pauses).UTC()
	}
	if next, ok := p.rung(r, r.Rungs); ok {
		r.Alarm = next.at.UTC()
	}
	if h := r.NextHeld(); h != nil { // nothing is said of a step that was answered
		r.Alarm = h.Until
		return
	}
	if !r.AwayAt.IsZero() && r.Open() && (r.Alarm.IsZero() || r.AwayAt.Before(r.Alarm)) {
		r.Alarm = r.AwayAt
	}
}

// alarm says what has fallen due since the clock last spoke: one mail to each
// recipient, however much was missed.
func (t *transition) alarm() {
	r := &t.d.Request
	if r.Alarm.IsZero() || t.now.Before(r.Alarm) {
		return
	}
	if t.carryOut() {
		return
	}
	if !t.p.Calendar.IsOpen(t.now) {
		r.Alarm = t.p.Calendar.NextOpen(t.now).UTC()
		return
	}
	remind, escalate := false, false
	for range maxRungs {
		next, ok := t.p.rung(r, r.Rungs)
		if !ok || next.at.After(t.now) {
			break
		}
		remind = remind || !next.escalate
		escalate = escalate || next.escalate
		r.Rungs++
	}
	t.standIn(!escalate)
	switch {
	case r.State == Waiting && remind:
		t.entry("reminder", r.Requester.Email)
		t.notify(Notice{Kind: NoticeReminder, To: r.Requester, Role: Requester})
	case r.State == Running:
		late := t.p.Calendar.Used(r.Due, t.now, r.Pauses)
		var told []Person
		if remind {
			told = t.remind(late)
		}
		if escalate {
			t.escalate(late, told)
		}
	}
	t.p.schedule(r)
}

// remind tells the holders of the step, and returns them.
func (t *transition) remind(late time.Duration) []Person {
	s := t.p.seat(&t.d.Request, t.now)
	if s.vacant() {
		return t.vacant(late)
	}
	t.told(s.holders)
	t.entry("reminder", addresses(s.holders))
	for _, h := range s.holders {
		t.notify(Notice{Kind: NoticeReminder, To: h, Role: s.role, Late: late})
	}
	return s.holders
}

// escalate tells the deputies, who may act from now on, and the office above,
// but for those who have just been reminded.
func (t *transition) escalate(late time.Duration, reminded []Person) {
	r, step := &t.d.Request, t.step()
	s := t.p.seat(r, t.now)
	if s.vacant() {
		if len(reminded) == 0 {
			t.vacant(late)
		}
		return
	}
	r.Escalated = true
	told := unique(reminded)
	tell := func(people []Person, role string) {
		for _, q := range unique(append(told, people...))[len(told):] {
			told = append(told, q)
			t.notify(Notice{Kind: NoticeEscalation, To: q, Role: role, Late: late})
		}
	}
	for _, to := range step.Escalations.To {
		switch to {
		case "deputies":
			t.told(s.deputies)
			tell(s.deputies, s.role)
		case "above":
			tell(t.p.Above(s.role, r.Number, t.now))
		}
	}
	t.entry("escalation", addresses(told[len(reminded):]))
}
