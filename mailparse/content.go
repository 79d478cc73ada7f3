package mailparse

import (
	"slices"

	"batan.go.id/layanan/mailparse/automatic"
	"batan.go.id/layanan/mailparse/command"
	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/form"
	"batan.go.id/layanan/mailparse/text"
)

// readContent reads form and command of a person's mail, and names its kind.
func (g *Grammar) readContent(m *Message, p *pieces) {
	m.Command = g.words.Read(&command.Mail{
		Fresh: p.fresh, Subject: m.Subject, From: m.From, FromName: m.FromName, Request: m.Request, File: p.body.Borrowed,
		Result: slices.ContainsFunc(p.body.Documents, func(d *entity.Part) bool { return d.Disposition == "attachment" }),
	})
	word := m.Command.Taken() != ""
	withForm := word && g.words.Kind(m.Command.Word) == command.Form
	f := form.NewReader(g.labels)
	if withForm {
		f.ReadOrder(m.Command.Note)
	}
	f.Read(p.fresh.Lines)
	f.Read(p.fresh.Page) // a table's cells are clearer there than in the plain text
	if len(f.Values) == 0 {
		if note := automatic.ReadNote(m.Reply); g.automatic(m, p, note) {
			m.Kind, m.Command, m.Away = KindAutoReply, nil, note == automatic.AwayNote || note == automatic.PoliteNote
			return
		}
	}
	doubt := m.Command != nil && m.Command.Doubt != command.NoDoubt
	answers := len(m.InReplyTo)+len(m.References) > 0
	switch {
	case m.Request != "":
		m.Kind = KindReply
		g.readReply(m, p, f, word, withForm)
	case f.IsRequest() && !withForm:
		g.readRequest(m, p, f)
	case word, doubt && answers:
		m.Kind = KindReply
		g.useForm(m, p, f)
	default: // forwarded, quoted under a greeting, attached
		whole := g.labels.Whole(p.body, p.documents)
		m.Warnings = append(m.Warnings, p.documents.Told(whole.IsRequest())...)
		switch {
		case whole.IsRequest():
			g.useRequest(m, p, whole)
		case doubt:
			m.Kind = KindReply
			g.useForm(m, p, f)
		default:
			m.Kind = KindUnrelated
		}
	}
}

// automatic reports whether the words of a mail without a newly written form are a program's. What only reads so may
// be a person's, who gives a command or attaches the form.
func (g *Grammar) automatic(m *Message, p *pieces, note automatic.Note) bool {
	if note == automatic.NoNote || note != automatic.ProgramNote && (m.Command != nil || len(p.body.Documents) > 0) {
		return false
	}
	return m.Request != "" || !g.labels.Whole(p.body, text.NewDocuments()).IsRequest()
}

// readReply takes in what an answer says about the form: newly written, in words, attached, or where ours was quoted.
func (g *Grammar) readReply(m *Message, p *pieces, f *form.Reader, word, withForm bool) {
	said := command.Text(p.fresh.Lines)
	if !word {
		m.Thanks = len(m.Attachments) == 0 && command.OnlyThanks(said)
		f.ReadSentences(said, false)
	}
	if len(f.Values) == 0 && (!word || withForm) {
		f = g.labels.Attached(p.body, p.documents)
		m.Warnings = append(m.Warnings, p.documents.Told(len(f.Values) > 0 || word)...)
	}
	f.SignReport()
	g.useForm(m, p, f)
	if p.body.HoldsMoreThan(p.fresh.Lines) {
		if whole := g.labels.Quoted(p.body); len(whole.Values) > len(f.Values) {
			r := whole.Result(m.Date)
			m.Quoted, m.QuotedMissing = r.Form, r.Missing
		}
	}
}

// readRequest looks for what a newly written form lacks on its looser lines, and in what is attached.
func (g *Grammar) readRequest(m *Message, p *pieces, f *form.Reader) {
	if f.Lacks() {
		f.ReadLoose(command.Text(p.fresh.Lines))
	}
	if f.Lacks() {
		f.ReadDocuments(p.body, p.documents)
		m.Warnings = append(m.Warnings, p.documents.Told(!f.Lacks())...)
	}
	g.useRequest(m, p, f)
}

// useRequest makes the mail a request. The form's address defaults to the sender.
func (g *Grammar) useRequest(m *Message, p *pieces, f *form.Reader) {
	m.Kind = KindRequest
	g.useForm(m, p, f)
	m.Command = nil
	if v, ok := m.Form[g.labels.Meaning(form.MeansEmail)]; ok && v.Text == "" {
		v.Text = m.From
		m.Form[g.labels.Meaning(form.MeansEmail)] = v
	}
}

// useForm puts what a reader found into the message, with the date of an invitation that a form lacks, or that is all
// a reply brings.
func (g *Grammar) useForm(m *Message, p *pieces, f *form.Reader) {
	if request := m.Kind == KindRequest; request || len(f.Values) == 0 && m.Command == nil {
		f.ReadInvitation(p.body, m.Date, request)
	}
	if len(f.Values) == 0 {
		return
	}
	r := f.Result(m.Date)
	m.Form, m.Missing, m.Reasons, m.Fields = r.Form, r.Missing, r.Reasons, r.Written
	m.Warnings = append(m.Warnings, slices.Clone(r.Warnings)...)
}
