package workflow

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// file makes a request of a form (SOP row 1).
func (t *transition) file() {
	r := &t.d.Request
	first := t.p.SOP.First()
	r.Step, r.Visits, r.VisitedAt, r.Entered = first.ID, []string{first.ID}, t.now, t.now
	r.Origin = t.ev.MessageID
	r.Requester = t.ev.By
	t.complete()
}

// asker settles whom the request is for: its sender, but when a role holder
// files it, the person whom the form's Email names.
func (t *transition) asker(told []Problem) {
	r, by := &t.d.Request, t.ev.By
	email := t.p.Canonical(strings.TrimSpace(t.p.SOP.Said(t.ev.Form, MeansEmail)))
	switch {
	case !t.ev.Staff || !r.Requester.Is(by.Email) && !r.FiledBy.Is(by.Email):
	case r.FiledBy.Email != "" && !r.FiledBy.Is(by.Email): // whoever filed it stays who did
	case by.Is(email):
		r.Requester, r.FiledBy = by, Person{}
	case email != "":
		r.Requester, r.FiledBy = Person{Email: email}, by
	case slices.ContainsFunc(told, func(p Problem) bool { return p.Field == t.p.SOP.Meaning(MeansEmail) }):
		r.FiledBy = by // for whom, nobody knows yet
	}
}

// complete takes what the form says now; the request starts its way when
// nothing is missing, and waits for its requester otherwise.
func (t *transition) complete() {
	r := &t.d.Request
	t.rule = ruleForm
	told := slices.Clone(t.ev.Problems)
	for _, q := range r.Problems {
		if q.Text != "" { // illegible in an earlier mail, and perhaps still so
			told = append(told, q)
		}
	}
	t.asker(told)
	replaced := t.replaced()
	r.Form = r.Form.merge(t.ev.Form)
	for _, q := range t.ev.Problems { // what was to replace it is illegible: neither holds
		delete(r.Form, q.Field)
	}
	if id := t.p.SOP.Meaning(MeansEmail); id != "" && r.Form.Text(id) == "" && !r.FiledBy.Is(r.Requester.Email) {
		r.Form[id] = Value{Text: r.Requester.Email}
	}
	if fd := t.p.SOP.Field(t.p.SOP.Meaning(MeansMedia)); fd != nil && len(fd.Choices) > 0 && r.Form.Text(fd.ID) == "" {
		r.Form[fd.ID] = Value{Text: fd.Choices[0]} // it came by mail
	}
	if name := t.p.SOP.Said(r.Form, MeansName); name != "" &&
		r.Requester.Is(t.p.Canonical(t.p.SOP.Said(r.Form, MeansEmail))) {
		r.Requester.Name = name
	}
	before := len(r.Problems)
	if r.Problems = t.p.SOP.problems(r.Form, told); len(r.Problems) > 0 {
		t.incomplete(before)
	} else {
		t.register()
	}
	t.tellReplaced(replaced)
	t.drop(anyHeld)
}

// replaced are the legible values that the mail gives anew.
func (t *transition) replaced() []FieldChange {
	var out []FieldChange
	for _, fd := range t.p.SOP.Fields {
		v, old := t.ev.Form[fd.ID], t.d.Request.Form[fd.ID]
		if strings.TrimSpace(v.Text) != "" && old.says(fd.Type) && !v.same(old) {
			out = append(out, FieldChange{Label: fd.Label, Old: old.Text, New: v.Text})
		}
	}
	return out
}

// tellReplaced tells the requester which of the values given before are others
// now, with whatever else he or she is told; and the history.
func (t *transition) tellReplaced(changes []FieldChange) {
	r := &t.d.Request
	if len(changes) == 0 {
		return
	}
	e := &t.d.Entries[0] // of what the form led to
	e.Note = strings.TrimSpace(e.Note + "\n" + listChanges(changes))
	told := false
	for i := range t.d.Notices {
		if n := &t.d.Notices[i]; n.To.Is(r.Requester.Email) && (n.Kind == NoticeRegistered || n.Kind == NoticeIncomplete) {
			n.Changes, told = changes, true
		}
	}
	if !told {
		t.notify(Notice{Kind: NoticeProgress, To: r.Requester, Role: Requester, Action: Change, Changes: changes,
			Note: listChanges(changes)})
	}
}

// listChanges writes a line for each field.
func listChanges(changes []FieldChange) string {
	var lines []string
	for _, c := range changes {
		lines = append(lines, c.Label+": "+c.Old+" → "+c.New)
	}
	return strings.Join(lines, "\n")
}

// register starts a request whose form is complete on its way.
func (t *transition) register() {
	r := &t.d.Request
	r.Rounds = 0
	t.weighDate()
	if r.Urgent && t.p.SOP.LeadTimePolicy == "reject" {
		t.end(StateRejected)
		t.entry("rejected", fmt.Sprintf("kurang dari %s sebelum kegiatan", t.p.SOP.LeadTime))
		for _, q := range t.filers() {
			t.notify(Notice{Kind: NoticeRejected, To: q, Role: t.roleOf(q), Reason: LeadTimeShort})
		}
		return
	}
	if t.ev.Staff && r.FiledBy.Email == "" && !r.Requester.Is(t.ev.By.Email) {
		r.FiledBy = t.ev.By // an operator who holds an office, too, and filled it in
	}
	t.entry("registered", "")
	filed := r.Step
	for _, a := range t.p.SOP.First().Actions {
		if a.Kind == Submit {
			t.enter(a.To, Notice{})
		}
	}
	t.notify(Notice{Kind: NoticeRegistered, To: r.Requester, Role: Requester, Step: filed})
	for _, q := range unique([]Person{r.FiledBy, t.ev.By}) {
		if !r.Requester.Is(q.Email) {
			t.notify(Notice{Kind: NoticeReceipt, To: q, Role: t.roleOf(q), Action: Submit, Step: filed})
		}
	}
}

// weighDate marks a request that comes later than note *) of FM 001 allows.
// A date without a time of day is weighed by the day.
func (t *transition) weighDate() {
	r := &t.d.Request
	r.Urgent, r.Past = false, false
	if t.p.SOP.LeadTime == (Duration{}) {
		return
	}
	for _, fd := range t.p.SOP.Fields {
		v := r.Form[fd.ID]
		if fd.Type != "date" || v.Start.IsZero() {
			continue
		}
		latest, now, start := t.p.Calendar.Due(t.now, t.p.SOP.LeadTime, nil), t.now, v.Start
		if v.AllDay {
			latest, now = t.midnight(latest), t.midnight(now)
			start = t.midnight(start)
		}
		r.Urgent = r.Urgent || start.Before(latest)
		r.Past = r.Past || start.Before(now)
	}
}

// dated reports whether a form says anything that weighDate weighs.
func (t *transition) dated(f Form) bool {
	return slices.ContainsFunc(t.p.SOP.Fields, func(fd Field) bool { return fd.Type == "date" && f[fd.ID].says("date") })
}

// midnight is the beginning of the local day.
func (t *transition) midnight(at time.Time) time.Time {
	loc := t.p.Calendar.Location()
	y, m, d := at.In(loc).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, loc)
}
