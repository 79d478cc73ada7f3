package mailparse

import (
	"cmp"
	"strings"

	"batan.go.id/layanan/mailparse/automatic"
	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
	"batan.go.id/layanan/mailparse/text"
)

// readContent reads form and command of a person's mail, and names its kind.
func (g *Grammar) readContent(m *Message, b *text.Body, fresh, page []text.Line) {
	m.Command = g.agreedCommand(m, fresh, page)
	switch {
	case m.Command == nil || m.Command.Word == "":
	case b.Borrowed: // a file may hold anybody's words
		m.Command.Word, m.Command.Doubt = "", Doubt{Code: DoubtFile}
	case automatic.ReadNote(m.Reply) == automatic.PoliteNote:
		m.Command.Word, m.Command.Doubt = "", Doubt{Code: DoubtAutomatic}
	}
	word := m.Command != nil && m.Command.Word != ""
	form := newFormReader(g)
	if word && g.words.kinds[m.Command.Word] == WordForm {
		form.order(m.Command.Note)
	}
	form.read(fresh)
	form.read(page) // a table's cells are clearer there than in the plain text
	doubt := m.Command != nil && m.Command.Doubt != noDoubt
	if len(form.values) == 0 {
		if note := automatic.ReadNote(m.Reply); g.automatic(m, b, note) {
			m.Kind, m.Command, m.Away = KindAutoReply, nil, note == automatic.AwayNote || note == automatic.PoliteNote
			return
		}
	}
	a := text.NewDocuments()
	switch {
	case m.Request != "":
		m.Kind = KindReply
		m.Thanks = !word && len(m.Attachments) == 0 && onlyThanks(commandText(fresh))
		if !word {
			form.sentences(commandText(fresh), false)
		}
		if len(form.values) == 0 && (!word || g.words.kinds[m.Command.Word] == WordForm) {
			form = g.attachedForm(b, a)
			m.Warnings = append(m.Warnings, a.Told(len(form.values) > 0 || word)...)
		}
		form.signReport()
		g.useForm(m, b, form)
		if b.HoldsMoreThan(fresh) {
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
			for _, d := range b.Documents {
				form.readDocument(a.Lines(d))
			}
			m.Warnings = append(m.Warnings, a.Told(!form.lacks())...)
		}
	case word, doubt && len(m.InReplyTo)+len(m.References) > 0:
		m.Kind = KindReply
	default: // forwarded, quoted under a greeting, attached
		whole := g.wholeForm(b, a)
		m.Warnings = append(m.Warnings, a.Told(whole.isRequest())...)
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
func (g *Grammar) automatic(m *Message, b *text.Body, note automatic.Note) bool {
	if note == automatic.NoNote || note != automatic.ProgramNote && (m.Command != nil || len(b.Documents) > 0) {
		return false
	}
	return m.Request != "" || !g.wholeForm(b, text.NewDocuments()).isRequest()
}

// agreedCommand reads the command from the text; where the mail is a page, too, the page must not say otherwise: words
// that are struck out there are plain in the text.
func (g *Grammar) agreedCommand(m *Message, fresh, page []text.Line) *Command {
	r := commandReader{g, m.isWriter, m.Request}
	c := r.readCommand(commandText(fresh))
	if c == nil {
		return nil
	}
	kind := g.words.kinds[c.Word]
	if c.Word != "" && (kind == WordApprove || kind == WordFirm || kind == WordYes) {
		d := cmp.Or(uncertain(fresh, page), postscript(fresh))
		if d == noDoubt && kind != WordFirm {
			d = g.subjectDoubt(m.Subject)
		}
		if d != noDoubt {
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
	case other != nil && other.Doubt != noDoubt:
		c.Doubt = other.Doubt
	case other == nil && g.holdsWord(page, c.Word): // below a banner that only the page has
		return c
	default:
		c.Doubt = Doubt{Code: DoubtDifference}
	}
	c.Word = ""
	return c
}

// postscript finds an order below what a device adds that takes back the one above it: "Eh jangan dulu".
func postscript(fresh []text.Line) Doubt {
	for _, l := range fresh {
		if !l.Foot || len(l.Text) > 200 {
			continue
		}
		if ws := lexicon.Words(l.Text); len(ws) > 0 && (lexicon.Taking[ws[0].Text] || interjections[ws[0].Text] || ws[0].Text == "ps" || ws[0].Text == "nb" || ws[0].Text == "jangan") {
			return Doubt{DoubtContradiction, ws[0].Text}
		}
	}
	return Doubt{}
}

// subjectDoubt finds a subject that contradicts an approval: it names two requests, or begins with another order.
func (g *Grammar) subjectDoubt(subject string) Doubt {
	low := strings.ToLower(subject)
	if n, rest, ok := g.site.NumberIn(low); ok {
		if other, _, more := g.site.NumberIn(rest); more && other != n {
			return Doubt{DoubtSubject, strings.ToUpper(other)}
		}
		low = strings.Replace(low, n, "", 1)
	}
	ws := lexicon.Words(low)
	for len(ws) > 0 && subjectPrefixes[ws[0].Text] {
		ws = ws[1:]
	}
	if len(ws) == 0 {
		return Doubt{}
	}
	if id, _ := g.words.at(ws); id != "" && g.words.kinds[id] == WordFirm || ws[0].Text == "jangan" || ws[0].Text == "recall" {
		return Doubt{DoubtSubject, ws[0].Text}
	}
	return Doubt{}
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
func (g *Grammar) holdsWord(lines []text.Line, id string) bool {
	for _, l := range lines {
		ws := lexicon.Words(l.Text)
		if got, _ := g.words.at(ws[g.politeness(ws, l.Text):]); got == id {
			return true
		}
	}
	return false
}

const maxCommandLines = 200

// commandText is what the command is looked for in.
func commandText(fresh []text.Line) string {
	var out strings.Builder
	out.Grow(64 * min(len(fresh), maxCommandLines))
	for i, l := range fresh {
		if i == maxCommandLines || l.Foot {
			break
		}
		if l.Signed {
			continue
		}
		out.WriteString(l.Text)
		out.WriteByte('\n')
	}
	return strings.TrimSpace(out.String())
}

// uncertain says why the shown text may not be what its writer means to order: "deleted" where words were struck out,
// "script" where marks turn the reading order, "hidden" where readers may see less or more, "" where all is plain.
func uncertain(texts ...[]text.Line) Doubt {
	for _, lines := range texts {
		for _, l := range lines {
			switch {
			case l.Struck:
				return Doubt{Code: DoubtDeleted}
			case l.Turned:
				return Doubt{Code: DoubtScript}
			case l.Veiled:
				return Doubt{Code: DoubtHidden}
			}
		}
	}
	return Doubt{}
}
