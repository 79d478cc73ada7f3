package workflow

import "slices"

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

// maxReadings bounds what strangers who write in somebody's name leave behind;
// the oldest go first.
const maxReadings = 20

// keepReading keeps what the mail says, under the number of the notice that
// asks about it next.
func (t *turn) keepReading() {
	r, ev := &t.d.Request, &t.ev
	r.Readings = append(slices.Clone(r.Readings), Reading{N: r.Notices + 1, By: ev.By.Email, Visit: r.Visit(),
		Word: ev.Word, Note: ev.Note, Text: ev.Text, Form: ev.Form, Problems: ev.Problems, Unread: ev.Unread, Delegate: ev.Delegate, Mail: ev.Mail})
	r.Readings = r.Readings[max(0, len(r.Readings)-maxReadings):]
}

// takeUp puts the kept reading in place of a mail that only confirms it: with
// YA, or with the same word again. What says anything else is read as it is,
// and the token shows who says it. It is false when there is nothing left to
// confirm, and the sender was told.
func (t *turn) takeUp() bool {
	r, ev := &t.d.Request, &t.ev
	i := slices.IndexFunc(r.Readings, func(rd Reading) bool { return rd.N == ev.Confirms && sameAddress(rd.By, ev.By.Email) })
	if i < 0 {
		ev.Confirms = 0
		t.weighProof()
		return true
	}
	rd := r.Readings[i]
	kept, said := t.p.SOP.action(t.step(), rd.Word), t.p.SOP.action(t.step(), ev.Word)
	if said != nil && (said.Kind == Status || said.Kind == Help) {
		return true
	}
	if theirs := kept == nil || kept.By == "requester"; rd.Used || rd.Visit != r.Visit() && !theirs {
		ev.Word = rd.Word
		t.answer(NoticeStatus, Stale)
		return false
	}
	if said != nil && said.Kind == Confirm || rd.Word != "" && ev.Word == rd.Word && ev.Note == "" && len(ev.Form) == 0 {
		ev.Word, ev.Note, ev.Text, ev.Doubt, ev.Thanks = rd.Word, rd.Note, rd.Text, "", false
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
	r.Readings = slices.DeleteFunc(slices.Clone(r.Readings), func(rd Reading) bool { return n.Kind == NoticeConfirm && rd.N == n.N })
	return r
}

// use marks the reading whose token lets the mail act: that works once.
func (t *turn) use() {
	r := &t.d.Request
	for i, rd := range r.Readings {
		if rd.N == t.ev.Confirms {
			r.Readings = slices.Clone(r.Readings)
			r.Readings[i] = Reading{N: rd.N, By: rd.By, Visit: rd.Visit, Used: true}
		}
	}
}
