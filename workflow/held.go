package workflow

import (
	"slices"
	"strings"
	"time"
)

// Held is an answer against which nothing speaks, and in which something is not understood. It is carried out at
// Until, as if it had come then, unless its sender takes it back, the office answers again, or the request changes.
type Held struct {
	At     time.Time `json:"at"`    // when it came
	Until  time.Time `json:"until"` // when it is carried out
	Visit  int       `json:"visit"` // at which it came
	By     Person    `json:"by"`
	Behalf Person    `json:"behalf,omitzero"`
	Word   string    `json:"word"`
	Note   string    `json:"note,omitempty"`
	Text   string    `json:"text,omitempty"`
	Form   Form      `json:"form,omitempty"`

	MessageID string `json:"message_id,omitempty"`
	Mail      string `json:"mail,omitempty"` // hex SHA-256
	Proof     string `json:"proof,omitempty"`
	Rule      string `json:"rule,omitempty"`
}

// Because is a piece of an answer that raised a doubt or was not understood, with the class of the doubt.
type Because struct {
	Text  string `json:"text,omitempty"`
	Class string `json:"class"`
}

// maxHold is the longest that a SOP may hold an answer: an office that waits for longer waits for nothing.
const maxHold = 24 * time.Hour

// moves reports whether an action takes the request to another step or to its end.
func (a *Action) moves() bool {
	return slices.Contains([]Kind{Advance, Reject, Return, Cancel, SignOff}, a.Kind)
}

// hold keeps the answer until its time comes; nobody but its sender is told.
func (t *transition) hold(a *Action) {
	r, ev := &t.d.Request, &t.ev
	t.drop()
	r.Held = &Held{At: t.now, Until: t.now.Add(t.p.SOP.Hold.Clock), Visit: r.Visit(), By: ev.By, Behalf: t.behalf,
		Word: ev.Word, Note: ev.Note, Text: ev.Text, Form: ev.Form, MessageID: ev.MessageID, Mail: ev.Mail,
		Proof: t.proof, Rule: t.rule}
	t.entry("held", t.note())
	receipt := t.receipt(a.Kind, r.Step)
	receipt.Until, receipt.Because, receipt.Undo = r.Held.Until, ev.Because, true
	t.p.schedule(r)
	t.notify(receipt)
}

// drop forgets an answer that waits, since something else was said or happened; the history says so.
func (t *transition) drop() {
	if r := &t.d.Request; r.Held != nil {
		t.byService("held-void", strings.TrimSpace(r.Held.Word+" "+r.Held.By.Email))
		r.Held = nil
	}
}

// unhold takes an answer back that was not carried out yet.
func (t *transition) unhold() {
	r := &t.d.Request
	word := r.Held.Word
	r.Held = nil
	t.entry("withdrawn", word)
	t.p.schedule(r)
	t.notify(t.receipt(Withdraw, r.Step))
}

// carryOut does what a held answer says, in the name and by the right of whoever gave it.
func (t *transition) carryOut() {
	r := &t.d.Request
	h := *r.Held
	r.Held = nil
	a := t.p.SOP.action(t.step(), h.Word)
	if a == nil || h.Visit != r.Visit() {
		r.Held = &h
		t.drop()
		t.p.schedule(r)
		return
	}
	t.ev = Event{Kind: Mailed, By: h.By, Word: h.Word, Note: h.Note, Text: h.Text, Form: h.Form, MessageID: h.MessageID,
		Mail: h.Mail}
	t.behalf, t.proof, t.rule, t.proven, t.quiet = h.Behalf, h.Proof, h.Rule, true, true
	t.act(a)
}

// mayUnhold reports whether a held answer is this person's, to be taken back.
func (r *Request) mayUnhold(email string) bool { return r.Held != nil && r.Held.By.Is(email) }

// doubtful asks whoever gave an unclear answer whether it was read right; the reading is kept where it could be
// carried out, and YA does so.
func (t *transition) doubtful() {
	a := t.p.SOP.action(t.step(), t.ev.Read)
	if a == nil || !t.allowed(a) || a.Kind == Status || a.Kind == Help || a.Kind == Confirm || !t.d.Request.Open() {
		t.answer(NoticeUnrecognised, Doubtful)
		return
	}
	t.ev.Word = t.ev.Read
	t.keepReading()
	t.answer(NoticeUnrecognised, Doubtful)
	asked := &t.d.Notices[len(t.d.Notices)-1]
	asked.Asks, asked.Because = true, t.ev.Because
	asked.Words, asked.Changes = append(t.p.SOP.Confirmers(), asked.Words...), t.written()
}
