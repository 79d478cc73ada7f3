package workflow

import (
	"slices"
	"strings"
	"time"
)

// visit begins a new visit at a step; tokens of earlier ones are stale.
func (t *transition) visit(step string) {
	t.drop(Held.office)
	r := &t.d.Request
	r.Step, r.Visits, r.VisitedAt = step, append(r.Visits, step), t.now
	r.Away, r.AwayAt = nil, time.Time{}
}

// enter moves the request to a step and gives its holders the task.
func (t *transition) enter(step string, task Notice) {
	r := &t.d.Request
	t.visit(step)
	r.State, r.Closed, r.Entered, r.Pauses, r.Rungs = Running, time.Time{}, t.now, nil, 0
	r.Escalated, r.Question = false, nil
	t.p.schedule(r)
	task.Kind = NoticeTask
	t.assign(task)
}

// assign sends a notice about the step's task to everyone who may do it.
func (t *transition) assign(n Notice) {
	s := t.p.seat(&t.d.Request, t.now)
	t.told(s.actors)
	for _, q := range s.actors {
		n.To, n.Role = q, s.role
		t.notify(n)
	}
	if s.vacant() {
		t.vacant(0)
	}
}

// end closes the request; its step stays the one it ended at.
func (t *transition) end(state State) {
	r := &t.d.Request
	t.visit(r.Step)
	t.drop(anyHeld)
	r.State, r.Closed, r.Question, r.Problems = state, t.now, nil, nil
	t.p.schedule(r)
}

// answered remembers the answer that was just given, for TARIK.
func (t *transition) answered() {
	r := &t.d.Request
	r.Last = &Answer{By: t.ev.By, Word: t.ev.Word, Step: r.Step, Visit: r.Visit()}
}

// receipt tells the sender what was done in his or her name at a step.
func (t *transition) receipt(a Kind, step string) Notice {
	return Notice{Kind: NoticeReceipt, To: t.ev.By, Role: t.roleOf(t.ev.By), Step: step, Action: a, Word: t.ev.Word,
		Note: t.ev.Note,
		Undo: a == Advance && t.d.Request.State == Running || slices.Contains([]Kind{Reject, Return, Ask}, a)}
}

// advance: the step is done.
func (t *transition) advance(a *Action) {
	r, from := &t.d.Request, t.step()
	if len(from.Fields) > 0 && !t.report(from) {
		t.answer(NoticeUnrecognised, NeedsText)
		return
	}
	others := t.colleagues()
	t.answered()
	t.entry("advanced", t.note())
	if a.To == Finished {
		t.finish(from)
		t.one(Advance, from, others)
		return
	}
	progress := Notice{Kind: NoticeProgress, To: r.Requester, Role: Requester, Step: from.ID, Action: Advance,
		Word: t.ev.Word, Note: t.ev.Note}
	if a.Notice != "" {
		progress.Kind = NoticeKind(a.Notice)
	}
	t.enter(a.To, Notice{Note: t.ev.Note})
	t.notify(t.receipt(Advance, from.ID))
	t.notify(progress)
	t.one(Advance, from, others)
}

// note is the sender's note; for somebody acting for the holder, it says so.
func (t *transition) note() string {
	return strings.TrimSpace(t.capacity() + "\n" + t.ev.Note)
}

// report fills in the lower half of FM 001; false when the mail says nothing.
func (t *transition) report(step *Step) bool {
	note := besides(t.ev.Note, step.Fields)
	form, said := Form{}, reports(note)
	for _, fd := range step.Fields {
		v := t.ev.Form[fd.ID]
		if v.Text != "" {
			said = true
		} else if fd.Default == "sender" {
			v.Text = t.ev.By.Name
		}
		form[fd.ID] = v
	}
	for _, fd := range step.Fields {
		if fd.Default == "note" && form.Text(fd.ID) == "" {
			form[fd.ID] = Value{Text: note}
		}
	}
	if said {
		t.d.Request.Report = &Report{Officer: t.ev.By, Form: form, At: t.now}
	}
	return said
}

// finish closes the request and tells those whom the SOP names.
func (t *transition) finish(from *Step) {
	r := &t.d.Request
	t.end(StateFinished)
	t.entry("closed", "")
	r.Last = nil
	t.notify(t.receipt(Advance, from.ID))
	var told []Person
	for _, role := range t.p.SOP.ClosedTo {
		people := []Person{r.Requester}
		if role != Requester {
			people = t.p.Holders(role, r.Number, t.now)
		}
		for _, q := range unique(append(told, people...))[len(told):] {
			told = append(told, q)
			t.notify(Notice{Kind: NoticeClosed, To: q, Role: role, Step: from.ID})
		}
	}
}

// reject ends the request; the requester is owed a reason.
func (t *transition) reject(*Action) {
	if !hasReason(t.ev.Note) {
		t.answer(NoticeUnrecognised, NeedsReason)
		return
	}
	r, step, others := &t.d.Request, t.step(), t.colleagues()
	t.answered()
	t.entry("rejected", t.note())
	t.end(StateRejected)
	t.notify(t.receipt(Reject, step.ID))
	t.notify(Notice{Kind: NoticeRejected, To: r.Requester, Role: Requester, Step: step.ID, Note: t.ev.Note})
	t.one(Reject, step, others)
}

// sendBack returns the request to an earlier office.
func (t *transition) sendBack(a *Action) {
	r, from, others := &t.d.Request, t.step(), t.colleagues()
	t.answered()
	t.entry("returned", t.note())
	t.enter(a.To, Notice{Action: Return, Note: t.ev.Note})
	t.notify(t.receipt(Return, from.ID))
	t.notify(Notice{Kind: NoticeProgress, To: r.Requester, Role: Requester, Step: from.ID, Action: Return,
		Note: t.ev.Note})
	t.one(Return, from, others)
}

// ask pauses the SLA until the requester answers.
func (t *transition) ask() {
	r := &t.d.Request
	if strings.TrimSpace(t.ev.Note) == "" {
		t.answer(NoticeUnrecognised, NeedsText)
		return
	}
	t.answered()
	told := r.Rungs
	if r.Question == nil {
		r.Pauses = append(r.Pauses, Interval{From: t.now})
	} else {
		told = r.Question.Rungs
	}
	r.Question = &Question{By: t.ev.By, Text: t.ev.Note, At: t.now, Rungs: told}
	r.State, r.Rungs = Waiting, 0
	t.entry("asked", t.note())
	t.p.schedule(r)
	t.notify(t.receipt(Ask, r.Step))
	t.notify(Notice{Kind: NoticeQuestion, To: r.Requester, Role: Requester, Note: t.ev.Note})
	t.one(Ask, t.step(), t.colleagues())
}

// resume ends the pause that a question began.
func (t *transition) resume() {
	r := &t.d.Request
	if n := len(r.Pauses); n > 0 && r.Pauses[n-1].To.IsZero() {
		r.Pauses[n-1].To = t.now
	}
	// What the clock had said before the question it need not say again.
	r.Question, r.State, r.Rungs = nil, Running, r.Question.Rungs
	t.p.schedule(r)
}

// reply carries the requester's answer to whoever asked.
func (t *transition) reply() {
	r := &t.d.Request
	t.ev.Word, t.ev.Note = "", t.ev.Text
	if !t.proven {
		t.unproven(t.p.Require)
		return
	}
	t.use()
	t.drop(func(h Held) bool { return !h.office() })
	asked := *r.Question
	t.rule = ruleRequester
	t.entry("answered", t.ev.Text)
	t.resume()
	r.Last = nil
	for _, q := range unique(append([]Person{asked.By}, t.p.actors(r, t.now)...)) {
		t.notify(Notice{Kind: NoticeAnswer, To: q, Role: t.step().Actor, Note: t.ev.Text})
	}
	t.notify(Notice{Kind: NoticeReceipt, To: r.Requester, Role: Requester, Action: Answered, Note: t.ev.Text})
}

// trouble tells the office above and the requester; the SLA runs on.
func (t *transition) trouble() {
	r := &t.d.Request
	if strings.TrimSpace(t.ev.Note) == "" {
		t.answer(NoticeUnrecognised, NeedsText)
		return
	}
	t.entry("trouble", t.note())
	above, role := t.p.Above(t.p.seat(r, t.now).role, r.Number, t.now)
	for _, q := range above {
		t.notify(Notice{Kind: NoticeEscalation, To: q, Role: role, Action: Trouble, Note: t.ev.Note})
	}
	t.notify(t.receipt(Trouble, r.Step))
	t.notify(Notice{Kind: NoticeProgress, To: r.Requester, Role: Requester, Action: Trouble, Note: t.ev.Note})
}

// cancel ends the request at its requester's wish.
func (t *transition) cancel() {
	r, step := &t.d.Request, t.step()
	t.entry("cancelled", t.ev.Note)
	others := t.p.actors(r, t.now)
	t.end(StateCancelled)
	r.Last = nil
	t.notify(Notice{Kind: NoticeCancelled, To: r.Requester, Role: Requester, Note: t.ev.Note})
	for _, q := range others {
		t.notify(Notice{Kind: NoticeCancelled, To: q, Role: step.Actor, Note: t.ev.Note})
	}
}

// signOff is the requester's signature under the report.
func (t *transition) signOff() {
	r := &t.d.Request
	if !r.SignedOff.IsZero() || r.State != StateFinished {
		t.answer(NoticeStatus, NotHere)
		return
	}
	r.SignedOff = t.now
	t.entry("signed-off", t.ev.Note)
	t.notify(t.receipt(SignOff, r.Step))
}

// withdraw takes the last answer back: its step is entered anew.
func (t *transition) withdraw() {
	r, last := &t.d.Request, *t.d.Request.Last
	t.entry("withdrawn", last.Word)
	r.Last = nil
	if r.Question != nil {
		t.resume()
		t.notify(t.receipt(Withdraw, r.Step))
		t.notify(Notice{Kind: NoticeProgress, To: r.Requester, Role: Requester, Action: Withdraw, Word: last.Word})
		return
	}
	next := t.step()
	var others []Person
	if next.ID != last.Step && r.Open() {
		others = t.p.actors(r, t.now)
	}
	t.enter(last.Step, Notice{Action: Withdraw})
	t.notify(t.receipt(Withdraw, last.Step))
	t.recall(next, others, Notice{Action: Withdraw})
	t.notify(Notice{Kind: NoticeProgress, To: r.Requester, Role: Requester, Step: last.Step, Action: Withdraw,
		Word: last.Word})
}
