package mailparse

import (
	"slices"

	"batan.go.id/layanan/mailparse/automatic"
	"batan.go.id/layanan/mailparse/text"
)

// readContent reads form and command of a person's mail, and names its kind.
func (g *Grammar) readContent(m *Message, p *pieces) {
	m.Command = g.words.read(&commandMail{
		Fresh: p.fresh, Subject: m.Subject, From: m.From, FromName: m.FromName, Request: m.Request, File: p.body.Borrowed,
	})
	word := m.Command != nil && m.Command.Word != ""
	withForm := word && g.words.kind(m.Command.Word) == WordForm
	f := newFormReader(g.labels)
	if withForm {
		f.order(m.Command.Note)
	}
	f.read(p.fresh.Lines)
	f.read(p.fresh.Page) // a table's cells are clearer there than in the plain text
	if note := automatic.ReadNote(m.Reply); len(f.values) == 0 && g.automatic(m, p, note) {
		m.Kind, m.Command, m.Away = KindAutoReply, nil, note == automatic.AwayNote || note == automatic.PoliteNote
		return
	}
	doubt := m.Command != nil && m.Command.Doubt != noDoubt
	answers := len(m.InReplyTo)+len(m.References) > 0
	switch {
	case m.Request != "":
		m.Kind = KindReply
		g.readReply(m, p, f, word, withForm)
	case f.isRequest() && !withForm:
		g.readRequest(m, p, f)
	case word, doubt && answers:
		m.Kind = KindReply
		g.useForm(m, p, f)
	default: // forwarded, quoted under a greeting, attached
		whole := g.labels.whole(p.body, p.documents)
		m.Warnings = append(m.Warnings, p.documents.Told(whole.isRequest())...)
		switch {
		case whole.isRequest():
			g.useRequest(m, p, whole)
		case doubt:
			m.Kind = KindReply
			g.useForm(m, p, f)
		default:
			m.Kind = KindUnrelated
		}
	}
}

// automatic reports whether the words of a mail without a newly written form are a program's. What only reads so may be
// a person's, who gives a command or attaches the form.
func (g *Grammar) automatic(m *Message, p *pieces, note automatic.Note) bool {
	if note == automatic.NoNote || note != automatic.ProgramNote && (m.Command != nil || len(p.body.Documents) > 0) {
		return false
	}
	return m.Request != "" || !g.labels.whole(p.body, text.NewDocuments()).isRequest()
}

// readReply takes in what an answer says about the form: newly written, in words, attached, or where ours was quoted.
func (g *Grammar) readReply(m *Message, p *pieces, f *formReader, word, withForm bool) {
	said := commandText(p.fresh.Lines)
	if !word {
		m.Thanks = len(m.Attachments) == 0 && onlyThanks(said)
		f.sentences(said, false)
	}
	if len(f.values) == 0 && (!word || withForm) {
		f = g.labels.attachedTo(p.body, p.documents)
		m.Warnings = append(m.Warnings, p.documents.Told(len(f.values) > 0 || word)...)
	}
	f.signReport()
	g.useForm(m, p, f)
	if p.body.HoldsMoreThan(p.fresh.Lines) {
		if whole := g.labels.quotedIn(p.body); len(whole.values) > len(f.values) {
			r := whole.result(m.Date)
			m.Quoted, m.QuotedMissing = r.Form, r.Missing
		}
	}
}

// readRequest looks for what a newly written form lacks on its looser lines, and in what is attached.
func (g *Grammar) readRequest(m *Message, p *pieces, f *formReader) {
	if f.lacks() {
		f.loose(commandText(p.fresh.Lines))
	}
	if f.lacks() {
		f.readDocuments(p.body, p.documents)
		m.Warnings = append(m.Warnings, p.documents.Told(!f.lacks())...)
	}
	g.useRequest(m, p, f)
}

// useRequest makes the mail a request. The form's address defaults to the sender.
func (g *Grammar) useRequest(m *Message, p *pieces, f *formReader) {
	m.Kind = KindRequest
	g.useForm(m, p, f)
	m.Command = nil
	if v, ok := m.Form[g.labels.meaning(MeansEmail)]; ok && v.Text == "" {
		v.Text = m.From
		m.Form[g.labels.meaning(MeansEmail)] = v
	}
}

// useForm puts what a reader found into the message, with the date of an invitation that a form lacks, or that is all a
// reply brings.
func (g *Grammar) useForm(m *Message, p *pieces, f *formReader) {
	if request := m.Kind == KindRequest; request || len(f.values) == 0 && m.Command == nil {
		f.readInvitation(p.body, m.Date, request)
	}
	if len(f.values) == 0 {
		return
	}
	r := f.result(m.Date)
	m.Form, m.Missing, m.Reasons, m.Fields = r.Form, r.Missing, r.Reasons, r.Written
	m.Warnings = append(m.Warnings, slices.Clone(r.Warnings)...)
}
