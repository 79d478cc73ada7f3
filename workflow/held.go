package workflow

import (
	"slices"
	"strings"
	"time"
)

// Held is an answer against which nothing speaks, and in which something is not understood. It is carried out at
// Until, as if it had come then, unless its sender takes it back, the office answers again, or the request changes.
type Held struct {
	At       time.Time `json:"at"`    // when it came
	Until    time.Time `json:"until"` // when it is carried out
	Visit    int       `json:"visit"` // at which it came
	By       Person    `json:"by"`
	Behalf   Person    `json:"behalf,omitzero"`
	Capacity string    `json:"capacity,omitempty"` // as what its sender decides, for the history
	Word     string    `json:"word"`
	Note     string    `json:"note,omitempty"`
	Form     Form      `json:"form,omitempty"`

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

// office reports whether it is an office's word, which is about one visit; a requester's is about the request.
func (h Held) office() bool { return h.Rule != ruleRequester }

// moves reports whether an action takes the request to another step or to its end.
func (a *Action) moves() bool {
	return a != nil && slices.Contains([]Kind{Advance, Reject, Return, Cancel, SignOff}, a.Kind)
}

// Moves reports whether a word takes a request to another step or to its end, at one step at least.
func (s *SOP) Moves(word string) bool {
	does := func(a Action) bool { return a.is(word) && a.moves() }
	return slices.ContainsFunc(s.Actions, does) ||
		slices.ContainsFunc(s.Steps, func(st Step) bool { return slices.ContainsFunc(st.Actions, does) })
}

// replaces reports whether an action is another answer in place of one that waits.
func (a *Action) replaces() bool {
	return !slices.Contains([]Kind{Trouble, Delegate, Withdraw, Status, Help}, a.Kind)
}

// hold keeps the answer until its time comes; nobody but its sender is told.
func (t *transition) hold(a *Action) {
	r, ev := &t.d.Request, &t.ev
	h := Held{At: t.now, Until: t.now.Add(t.p.SOP.Hold.Clock), Visit: r.Visit(), By: ev.By, Behalf: t.behalf,
		Capacity: t.capacity(), Word: ev.Word, Note: ev.Note, Form: ev.Form, MessageID: ev.MessageID, Mail: ev.Mail,
		Proof: t.proof, Rule: t.rule}
	r.Held = append(r.Held, h)
	t.entry("held", t.note())
	receipt := t.receipt(a.Kind, r.Step)
	receipt.Until, receipt.Because, receipt.Undo = h.Until, ev.Because, true
	t.p.schedule(r)
	t.notify(receipt)
}

// drop forgets the answers of a kind that wait, since something else was said or happened; the history says so, and
// their senders hear of it.
func (t *transition) drop(those func(Held) bool) {
	r := &t.d.Request
	waiting := r.Held
	if r.Held = slices.DeleteFunc(slices.Clone(waiting), those); len(r.Held) == len(waiting) {
		return
	}
	for _, h := range waiting {
		if those(h) {
			t.byService("held-void", h.Word+" "+h.By.Email)
			t.void = append(slices.Clip(t.void), h)
		}
	}
	t.p.schedule(r)
}

// anyHeld is what an end drops.
func anyHeld(Held) bool { return true }

// revoke drops what waits of who writes something that may speak against it. Nobody's name is enough for that.
func (t *transition) revoke() {
	if t.proven && !t.ev.Thanks && strings.TrimSpace(t.ev.Text) != "" {
		t.drop(func(h Held) bool { return h.By.Is(t.ev.By.Email) })
	}
}

// tellVoid tells those whose answer is void and who hear of nothing else.
func (t *transition) tellVoid() {
	for _, h := range t.void {
		if !slices.ContainsFunc(t.d.Notices, func(n Notice) bool { return n.To.Is(h.By.Email) }) {
			t.notify(Notice{Kind: NoticeStatus, To: h.By, Role: t.roleOf(h.By), Reason: Stale, Word: h.Word})
		}
	}
}

// takeBack takes back what waits of the sender, or else the last answer.
func (t *transition) takeBack() {
	if t.d.Request.heldOf(t.ev.By.Email) >= 0 {
		t.unhold()
		return
	}
	t.withdraw()
}

// unhold takes an answer back that was not carried out yet.
func (t *transition) unhold() {
	r := &t.d.Request
	i := r.heldOf(t.ev.By.Email)
	word := r.Held[i].Word
	r.Held = slices.Delete(r.Held, i, i+1)
	t.entry("held-void", word)
	t.p.schedule(r)
	t.notify(t.receipt(Withdraw, r.Step))
}

// heldOf finds the latest answer of a person that waits; -1 when none does.
func (r *Request) heldOf(email string) int {
	for i, h := range slices.Backward(r.Held) {
		if h.By.Is(email) {
			return i
		}
	}
	return -1
}

// NextHeld is the answer that is carried out first of those that wait; nil when none does.
func (r *Request) NextHeld() *Held {
	if len(r.Held) == 0 {
		return nil
	}
	h := slices.MinFunc(r.Held, func(a, b Held) int { return a.Until.Compare(b.Until) })
	return &h
}

// carryOut does what the answers say whose time has come, in the names and by the rights of who gave them; false when
// there are none.
func (t *transition) carryOut() bool {
	r, some := &t.d.Request, false
	for h := r.NextHeld(); h != nil && !t.now.Before(h.Until); h = r.NextHeld() {
		is := func(o Held) bool { return o.By == h.By && o.At.Equal(h.At) }
		a := t.p.SOP.action(t.step(), h.Word)
		if some = true; a == nil || h.office() && h.Visit != r.Visit() {
			t.drop(is)
			continue
		}
		r.Held = slices.DeleteFunc(r.Held, is)
		t.perform(a, *h)
		t.p.schedule(r)
	}
	return some
}

// perform does what an answer says that waited; its sender has had the receipt.
func (t *transition) perform(a *Action, h Held) {
	t.ev = Event{Kind: Mailed, By: h.By, Word: h.Word, Note: h.Note, Text: h.Note, Form: h.Form, MessageID: h.MessageID,
		Mail: h.Mail}
	t.behalf, t.as, t.proof, t.rule, t.proven, t.quiet = h.Behalf, &h.Capacity, h.Proof, h.Rule, true, true
	t.act(a)
}

// capacity is as what the sender decides: what it was when the answer came.
func (t *transition) capacity() string {
	if t.as != nil {
		return *t.as
	}
	return t.p.capacity(&t.d.Request, t.ev.By.Email, t.now)
}

// lacks is why an action would move nothing, "" when it would.
func (t *transition) lacks(a *Action) Reason {
	try := *t
	try.d = Decision{Request: t.d.Request.clone()}
	try.act(a)
	return try.d.Reason
}
