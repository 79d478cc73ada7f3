package mailparse

import (
	"cmp"
	"strings"

	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/fold"
)

// classify finds out whether a person wrote the mail; it leaves Kind empty when one did.
func classify(m *Message, root *entity.Part, b *body, g *Grammar) {
	h := root.Header
	if r, rep := readBounce(h, b, root, m); r != nil {
		m.Kind, m.Bounce = KindBounce, r
		g.readReturned(m, rep)
		return
	}
	switch {
	case root.Type == "multipart/report" && b.disposition: // a receipt (RFC 8098)
		m.Kind = KindAutoReply
	case isAutoReply(h, b, m.Subject):
		m.Kind, m.Why = KindAutoReply, decisive(h, func(h entity.Header, subject string) bool { return isAutoReply(h, b, subject) })
		m.Away = isVacation(h, b, m.Subject)
	case m.Own:
		m.Kind = KindAutoReply
	case root.Type == "multipart/report": // of whatever kind (RFC 6522): statistics, a complaint
		m.Kind = KindBulk
	case isBulk(h, g.Service):
		m.Kind, m.Why = KindBulk, decisive(h, func(h entity.Header, _ string) bool { return isBulk(h, g.Service) })
	}
}

// readReturned finds out which mail of ours a bounce is about.
func (g *Grammar) readReturned(m *Message, rep *report) {
	m.BounceOf = rep.returnedID(m)
	for _, s := range []string{m.BounceOf, entity.DecodeWords(rep.returned.Get("subject"))} {
		if n, _, ok := g.numberIn(strings.ToLower(s)); ok && m.Request == "" {
			m.Request = strings.ToUpper(n)
		}
	}
}

// readContent reads form and command of a person's mail, and names its kind.
func (g *Grammar) readContent(m *Message, b *body, fresh, page []line) {
	m.Command = g.agreedCommand(m, fresh, page)
	switch {
	case m.Command == nil || m.Command.Word == "":
	case b.borrowed: // a file may hold anybody's words
		m.Command.Word, m.Command.Doubt = "", "attachment"
	case readNote(m.Reply) == politeNote:
		m.Command.Word, m.Command.Doubt = "", "automatic"
	}
	word := m.Command != nil && m.Command.Word != ""
	form := newFormReader(g)
	if word && g.words.kinds[m.Command.Word] == WordForm {
		form.order(m.Command.Note)
	}
	form.read(fresh)
	form.read(page) // a table's cells are clearer there than in the plain text
	doubt := m.Command != nil && m.Command.Doubt != ""
	if len(form.values) == 0 {
		if note := readNote(m.Reply); g.automatic(m, b, note) {
			m.Kind, m.Command, m.Away = KindAutoReply, nil, note == awayNote || note == politeNote
			return
		}
	}
	a := newAttached()
	switch {
	case m.Request != "":
		m.Kind = KindReply
		m.Thanks = !word && len(m.Attachments) == 0 && onlyThanks(commandText(fresh))
		if !word {
			form.sentences(commandText(fresh), false)
		}
		if len(form.values) == 0 && (!word || g.words.kinds[m.Command.Word] == WordForm) {
			form = g.attachedForm(b, a)
			a.tell(m, len(form.values) > 0 || word)
		}
		form.signReport()
		g.useForm(m, b, form)
		if b.holdsMoreThan(fresh) {
			if whole := g.quotedForm(b); len(whole.values) > len(form.values) {
				fb := whole.builder(m.Date)
				m.Quoted, m.QuotedMissing = fb.build()
			}
		}
		return
	case form.isRequest() && !(word && g.words.kinds[m.Command.Word] == WordForm):
		m.Kind = KindRequest
		if form.lacks() {
			form.loose(commandText(fresh))
		}
		if form.lacks() {
			for _, d := range b.documents {
				form.readDocument(a.lines(d))
			}
			a.tell(m, !form.lacks())
		}
	case word, doubt && len(m.InReplyTo)+len(m.References) > 0:
		m.Kind = KindReply
	default: // forwarded, quoted under a greeting, attached
		whole := g.wholeForm(b, a)
		a.tell(m, whole.isRequest())
		if whole.isRequest() {
			m.Kind, form = KindRequest, whole
		} else if doubt {
			m.Kind = KindReply
		} else {
			m.Kind = KindUnrelated
			return
		}
	}
	g.useForm(m, b, form)
	if m.Kind == KindRequest {
		m.Command = nil
		if m.Form != nil && m.Form.Email == "" {
			m.Form.Email = m.From // the form's Email defaults to the sender
		}
	}
}

// automatic reports whether the words of a mail without a newly written form are a program's. What only reads so may be
// a person's, who gives a command or attaches the form.
func (g *Grammar) automatic(m *Message, b *body, note machineNote) bool {
	if note == noNote || note != programNote && (m.Command != nil || len(b.documents) > 0) {
		return false
	}
	return m.Request != "" || !g.wholeForm(b, newAttached()).isRequest()
}

// agreedCommand reads the command from the text; where the mail is a page, too, the page must not say otherwise: words
// that are struck out there are plain in the text.
func (g *Grammar) agreedCommand(m *Message, fresh, page []line) *Command {
	r := commandReader{g, m.isWriter, m.Request}
	c := r.readCommand(commandText(fresh))
	if c == nil {
		return nil
	}
	kind := g.words.kinds[c.Word]
	if c.Word != "" && (kind == WordApprove || kind == WordFirm || kind == WordYes) {
		d := cmp.Or(uncertain(fresh, page), postscript(fresh))
		if d == "" && kind != WordFirm {
			d = g.subjectDoubt(m.Subject)
		}
		if d != "" {
			c.Word, c.Doubt = "", d
		}
	}
	if c.Word == "" || len(page) == 0 {
		return c
	}
	other := r.readCommand(commandText(page))
	switch {
	case other != nil && other.Word == c.Word:
		return c
	case other != nil && other.Doubt != "":
		c.Doubt = other.Doubt
	case other == nil && g.holdsWord(page, c.Word): // below a banner that only the page has
		return c
	default:
		c.Doubt = "difference"
	}
	c.Word = ""
	return c
}

// postscript finds an order below what a device adds that takes back the one above it: "Eh jangan dulu".
func postscript(fresh []line) string {
	for _, l := range fresh {
		if !l.foot || len(l.text) > 200 {
			continue
		}
		if ws := wordsOf(l.text); len(ws) > 0 && (taking[ws[0].s] || interjections[ws[0].s] || ws[0].s == "ps" || ws[0].s == "nb" || ws[0].s == "jangan") {
			return `contradiction: "` + ws[0].s + `"`
		}
	}
	return ""
}

// subjectDoubt finds a subject that contradicts an approval: it names two requests, or begins with another order.
func (g *Grammar) subjectDoubt(subject string) string {
	low := strings.ToLower(subject)
	if n, rest, ok := g.numberIn(low); ok {
		if other, _, more := g.numberIn(rest); more && other != n {
			return `subject: "` + strings.ToUpper(other) + `"`
		}
		low = strings.Replace(low, n, "", 1)
	}
	ws := wordsOf(low)
	for len(ws) > 0 && subjectPrefixes[ws[0].s] {
		ws = ws[1:]
	}
	if len(ws) == 0 {
		return ""
	}
	if id, _ := g.words.at(ws); id != "" && g.words.kinds[id] == WordFirm || ws[0].s == "jangan" || ws[0].s == "recall" {
		return `subject: "` + ws[0].s + `"`
	}
	return ""
}

var subjectPrefixes = fold.Set("re", "fw", "fwd", "bls", "balas", "trs", "terusan", "aw", "r", "rv")

// isWriter reports whether a folded word is part of the writer's own name or address.
func (m *Message) isWriter(w string) bool {
	local, _, _ := strings.Cut(m.From, "@")
	for f := range strings.FieldsSeq(fold.Words(m.FromName) + " " + fold.Words(local)) {
		if f == w && len(w) > 2 {
			return true
		}
	}
	return false
}

// holdsWord reports whether a line begins with a form of the word.
func (g *Grammar) holdsWord(lines []line, id string) bool {
	for _, l := range lines {
		ws := wordsOf(l.text)
		if got, _ := g.words.at(ws[g.politeness(ws, l.text):]); got == id {
			return true
		}
	}
	return false
}

const maxCommandLines = 200

// commandText is what the command is looked for in.
func commandText(fresh []line) string {
	var out strings.Builder
	out.Grow(64 * min(len(fresh), maxCommandLines))
	for i, l := range fresh {
		if i == maxCommandLines || l.foot {
			break
		}
		if l.signed {
			continue
		}
		out.WriteString(l.text)
		out.WriteByte('\n')
	}
	return strings.TrimSpace(out.String())
}
