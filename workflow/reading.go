package workflow

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Reading is what a mail was understood to say, kept until whoever it names
// confirms that it is his or hers.
type Reading struct {
	N     int    `json:"n"`     // of the notice that asked: its token names the reading
	By    string `json:"by"`    // whom it asked
	Visit int    `json:"visit"` // at which it asked
	Used  bool   `json:"used,omitempty"`

	Word     string      `json:"word,omitempty"`
	Note     string      `json:"note,omitempty"`
	Text     string      `json:"text,omitempty"`
	Form     Form        `json:"form,omitempty"`
	Problems []Problem   `json:"problems,omitempty"`
	Unread   string      `json:"unread,omitempty"`
	Delegate *Delegation `json:"delegate,omitempty"`
	Mail     string      `json:"mail,omitempty"` // hex SHA-256 of the mail that said it
}

// maxReadings bounds what strangers who write in a person's name leave behind;
// that person's oldest go first.
const maxReadings = 20

// What a mail that asks can show: no more of a text is kept, since nobody
// confirms what he or she does not see.
const (
	maxShown      = 2000 // bytes of a note
	maxShownLines = 40
	maxShownValue = 500 // bytes of a field; a longer one is left out
)

// shown is the beginning of a text that a mail can show.
func shown(s string) string {
	lines := strings.SplitN(s, "\n", maxShownLines+1)
	cut := strings.Join(lines[:min(len(lines), maxShownLines)], "\n")
	if len(cut) > maxShown {
		cut = strings.ToValidUTF8(cut[:maxShown], "")
	}
	if len(cut) < len(s) {
		cut += " …"
	}
	return cut
}

// Shown is a form without the values that are too long for a mail to show.
func (f Form) Shown() Form {
	out := maps.Clone(f)
	maps.DeleteFunc(out, func(_ string, v Value) bool { return len(v.Text) > maxShownValue })
	return out
}

// keepReading keeps what the mail says, under the number of the notice that
// asks about it next.
func (t *transition) keepReading() {
	r, ev := &t.d.Request, &t.ev
	ev.Note, ev.Text, ev.Form = shown(ev.Note), shown(ev.Text), ev.Form.Shown()
	r.Readings = append(slices.Clone(r.Readings), Reading{N: r.Notices + 1, By: ev.By.Email, Visit: r.Visit(),
		Word: ev.Word, Note: ev.Note, Text: ev.Text, Form: ev.Form, Problems: ev.Problems, Unread: ev.Unread,
		Delegate: ev.Delegate, Mail: ev.Mail})
	of := func(rd Reading) bool { return sameAddress(rd.By, ev.By.Email) }
	if mine := len(r.Readings) - len(slices.DeleteFunc(slices.Clone(r.Readings), of)); mine > maxReadings {
		i := slices.IndexFunc(r.Readings, of)
		r.Readings = slices.Delete(r.Readings, i, i+1)
	}
}

// unsure turns an answer that is not understood in all into one that is asked back, for an office that would rather.
func (ev *Event) unsure() {
	ev.Read, ev.Word, ev.Hold, ev.Doubt = ev.Word, "", false, Doubt{Code: "unknown"}
	if len(ev.Because) > 0 {
		ev.Doubt = Doubt{ev.Because[0].Class, ev.Because[0].Text}
	}
}

// doubtful asks whoever gave an unclear answer whether it was read right; the reading is kept where it could be
// carried out, and YA does so.
func (t *transition) doubtful() {
	a := t.p.SOP.action(t.step(), t.ev.Read)
	if !t.couldBe(a) {
		t.answer(NoticeUnrecognised, Doubtful)
		return
	}
	t.keepReading()
	t.answer(NoticeUnrecognised, Doubtful)
	asked := &t.d.Notices[len(t.d.Notices)-1]
	asked.Asks, asked.Because = true, t.ev.Because
	asked.Words, asked.Changes = append(t.p.SOP.Confirmers(), asked.Words...), t.written()
}

// couldBe puts the word that an unclear answer seems to say in its place, where its sender could say it now of the
// task as it stands, and something would follow.
func (t *transition) couldBe(a *Action) bool {
	if a == nil || slices.Contains([]Kind{Status, Help, Confirm}, a.Kind) || !t.allowed(a) ||
		!t.d.Request.Open() && !t.afterEnd(a) || t.ev.Token == PastToken && a.Kind != Withdraw {
		return false
	}
	read := t.ev
	t.ev.Word = cmp.Or(t.ev.Read, t.ev.Word)
	if t.lacks(a) != "" {
		t.ev = read
		return false
	}
	return true
}

// written are the fields that the mail fills in, with what stands there now.
func (t *transition) written() []FieldChange {
	var out []FieldChange
	for _, fd := range slices.Concat(t.p.SOP.Fields, t.step().Fields) {
		if v := t.ev.Form[fd.ID]; strings.TrimSpace(v.Text) != "" {
			out = append(out, FieldChange{Label: fd.Label, Old: t.d.Request.Form.Text(fd.ID), New: v.Text})
		}
	}
	return out
}

// takeUp puts the kept reading in place of a mail that only confirms it: with
// YA, or with the same word again. What says anything else is read as it is,
// and the token shows who says it. It is false when there is nothing left to
// confirm, and the sender was told.
func (t *transition) takeUp() bool {
	r, ev := &t.d.Request, &t.ev
	i := slices.IndexFunc(r.Readings, func(rd Reading) bool {
		return rd.N == ev.Confirms &&
			sameAddress(rd.By, ev.By.Email)
	})
	if i < 0 {
		ev.Confirms = 0
		t.weighProof()
		return true
	}
	rd := r.Readings[i]
	said := t.p.SOP.action(t.step(), ev.Word)
	if said != nil && (said.Kind == Status || said.Kind == Help) {
		return true
	}
	yes := (said != nil && said.Kind == Confirm || rd.Word != "" && ev.Word == rd.Word) && ev.Note == "" &&
		len(ev.Form) == 0
	if yes {
		said = t.p.SOP.action(t.step(), rd.Word)
	}
	// A requester's word is about the request, an office's about the visit.
	if theirs := said != nil && said.By == "requester"; rd.Used || rd.Visit != r.Visit() && !theirs {
		ev.Word = rd.Word
		t.answer(NoticeStatus, Stale)
		return false
	}
	if yes {
		ev.Word, ev.Note, ev.Text, ev.Doubt, ev.Hold, ev.Thanks = rd.Word, rd.Note, rd.Text, Doubt{}, false, false
		ev.Form, ev.Problems, ev.Unread, ev.Delegate = rd.Form, rd.Problems, rd.Unread, rd.Delegate
		if rd.Mail != "" {
			t.confirmed = " of mail " + rd.Mail
		}
	}
	t.weighProof()
	return true
}

// Forget drops the reading that a notice was to ask about: it does not leave, so
// its token is nobody's.
func (r Request) Forget(n Notice) Request {
	r.Readings = slices.DeleteFunc(slices.Clone(r.Readings),
		func(rd Reading) bool { return (n.Kind == NoticeConfirm || n.Asks) && rd.N == n.N })
	return r
}

// use marks the reading whose token lets the mail act: that works once.
func (t *transition) use() {
	r := &t.d.Request
	for i, rd := range r.Readings {
		if rd.N == t.ev.Confirms {
			r.Readings = slices.Clone(r.Readings)
			r.Readings[i] = Reading{N: rd.N, By: rd.By, Visit: rd.Visit, Used: true}
		}
	}
}
