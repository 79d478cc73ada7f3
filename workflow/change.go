package workflow

import "slices"

// change lays new values over the form; whoever acts next gets a new task, so
// that nobody approves what he or she did not see. Where what was decided
// changes, the first office that decided does so anew.
func (t *transition) change() {
	r, step := &t.d.Request, t.step()
	form, changes := t.changes()
	if len(changes) == 0 || len(t.ev.Problems) > 0 {
		t.answer(NoticeUnrecognised, NeedsFields)
		return
	}
	r.Form = r.Form.merge(form)
	if t.dated(form) {
		t.weighDate()
	}
	t.entry("changed", listChanges(changes))
	others := t.p.actors(r, t.now)
	task := Notice{Kind: NoticeTask, Action: Change, Changes: changes, Back: t.reopens(form)}
	if task.Back {
		t.enter(t.firstOffice(), task)
	} else {
		t.visit(step.ID)
		t.p.schedule(r)
		t.assign(task)
	}
	receipt := t.receipt(Change, step.ID)
	receipt.Changes, receipt.Back = changes, task.Back
	t.notify(receipt)
	if task.Back {
		t.recall(step, others, task)
	}
}

// changes are the fields to which the mail gives another value.
func (t *transition) changes() (Form, []FieldChange) {
	form, changes := Form{}, []FieldChange(nil)
	for _, fd := range t.p.SOP.Fields {
		v, old := t.ev.Form[fd.ID], t.d.Request.Form[fd.ID]
		if fd.Means == MeansEmail || !v.says(fd.Type) || v.same(old) {
			continue
		}
		form[fd.ID] = v
		changes = append(changes, FieldChange{Label: fd.Label, Old: old.Text, New: v.Text})
	}
	return form, changes
}

// reopens reports whether a change touches what was decided. An answer that
// could be taken back to where the next office stood can't be any more: the
// first one would be passed over.
func (t *transition) reopens(form Form) bool {
	r := &t.d.Request
	if !slices.ContainsFunc(t.p.SOP.Fields, func(fd Field) bool { return fd.Decides && form[fd.ID].Text != "" }) {
		return false
	}
	back := t.firstOffice() != r.Step
	if back || r.Last != nil && r.Last.Step != r.Step {
		r.Last = nil
	}
	return back
}

// firstOffice is the step at which the first office had the request; where it
// stands now, if that is the first.
func (t *transition) firstOffice() string {
	r := &t.d.Request
	for _, id := range r.Visits {
		if st := t.p.SOP.Step(id); st != nil && st.Actor != Requester {
			return id
		}
	}
	return r.Step
}

// recall tells those who had the task at a step that it is theirs no longer,
// but for those who are told something else already.
func (t *transition) recall(step *Step, people []Person, why Notice) {
	for _, q := range people {
		if !slices.ContainsFunc(t.d.Notices, func(n Notice) bool { return n.To.Is(q.Email) }) {
			why.Kind, why.To, why.Role, why.Step, why.Reason = NoticeStatus, q, step.Actor, step.ID, Stale
			t.notify(why)
		}
	}
}
