package mailparse

import (
	"crypto/sha256"
	"strings"

	"batan.go.id/layanan/mailparse/authres"
	"batan.go.id/layanan/mailparse/automatic"
	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/quote"
	"batan.go.id/layanan/mailparse/text"
)

// Parse reads a mail. It accepts any bytes; what it cannot make sense of, it says in Warnings. A Grammar that did not
// come from [NewGrammar] is prepared anew for each call; nil understands no form, word or token.
func Parse(raw []byte, g *Grammar) *Message {
	if g == nil {
		g = &Grammar{}
	}
	if !g.ready {
		g = NewGrammar(*g)
	}
	m := &Message{Digest: sha256.Sum256(raw), Attachments: []text.Attachment{}, Warnings: []string{}}
	w := &entity.Walker{}
	root := w.Mail(raw)
	m.Ambiguous = w.Ambiguous
	readHeader(m, root.Header, g)

	b := text.NewBody(quote.Introduces)
	b.Gather(root, w)
	m.Text = b.Shown(w)
	m.Attachments = append(m.Attachments, b.Attachments...)
	m.Warnings = append(m.Warnings, w.Warnings...)
	fresh := g.frame.Fresh(b)
	m.Cuts, m.Warnings = fresh.Cuts, append(m.Warnings, fresh.Warnings...)
	m.Reply = fresh.Reply()

	m.Tokens = g.site.Tokens(root.Header, m.InReplyTo, m.References, m.Text)
	if signed := root.Signed(); signed != nil {
		m.Signed = &Signed{*signed, g.site.TokensIn(m.Text, authres.MaxTokens)}
	}
	m.Numbered = g.site.Bracketed(m.Subject)
	m.Request = g.site.Request(m.Tokens, m.Numbered, m.References)
	g.classify(m, root, b)
	if m.Kind == "" {
		g.readContent(m, b, fresh.Lines, fresh.Page)
	}
	return m
}

// classify finds out whether a person wrote the mail; it leaves Kind empty when one did.
func (g *Grammar) classify(m *Message, root *entity.Part, b *text.Body) {
	v := automatic.Classify(&automatic.Mail{
		Root: root, Body: b, From: m.From, Subject: m.Subject, Text: m.Text, MessageID: m.MessageID, To: m.To,
		InReplyTo: m.InReplyTo, References: m.References,
	}, g.Service, m.Own)
	m.Kind, m.Why, m.Away, m.Bounce, m.BounceOf = Kind(v.Kind), v.Why, v.Away, v.Bounce, v.ReturnedID
	for _, s := range []string{v.ReturnedID, v.ReturnedSubject} {
		if n, _, ok := g.site.NumberIn(strings.ToLower(s)); ok && m.Request == "" {
			m.Request = strings.ToUpper(n)
		}
	}
}

// wholeForm reads the form wherever it stands: quoted, forwarded, attached.
func (g *Grammar) wholeForm(b *text.Body, a *text.Documents) *formReader {
	r := g.quotedForm(b)
	for _, d := range b.Documents {
		r.readDocument(a.Lines(d))
	}
	for _, e := range b.Embedded[:min(len(b.Embedded), 5)] {
		inner := text.NewBody(quote.Introduces)
		inner.Gather(e, &entity.Walker{})
		r.read(inner.Lines)
		for _, d := range inner.Documents {
			r.readDocument(a.Lines(d))
		}
	}
	return r
}

// quotedForm reads the form in the whole text.
func (g *Grammar) quotedForm(b *text.Body) *formReader {
	r := newFormReader(g)
	r.quoted = true
	r.read(b.Lines)
	if len(b.Plain) > 0 && len(b.HTML) > 0 { // without plain, the text is the page
		r.read(b.HTML)
	}
	return r
}

// attachedForm reads the form that a reply brings along; it was filled in before, so its "besok" is nobody's tomorrow.
func (g *Grammar) attachedForm(b *text.Body, a *text.Documents) *formReader {
	r := newFormReader(g)
	r.quoted = true
	for _, d := range b.Documents {
		r.readDocument(a.Lines(d))
	}
	if !r.isRequest() {
		return newFormReader(g)
	}
	return r
}

// useForm puts what a reader found into the message.
func (g *Grammar) useForm(m *Message, body *text.Body, r *formReader) {
	g.useInvitation(m, body, r)
	if len(r.values) == 0 {
		return
	}
	b := r.builder(m.Date)
	m.Form, m.Missing = b.build()
	m.Reasons = b.reasons
	m.Fields = map[string]string{}
	for id, v := range r.values {
		if id[0] != 0 {
			m.Fields[id] = v
		}
	}
	m.Warnings = append(m.Warnings, b.warnings...)
}

// useInvitation takes from an attached invitation the date that a form lacks, or that is all a reply brings.
func (g *Grammar) useInvitation(m *Message, b *text.Body, r *formReader) {
	bare := len(r.values) == 0 && m.Command == nil
	if g.field("tanggal") == nil || !bare && m.Kind != KindRequest {
		return
	}
	activity, when := invitation(b, g.Location)
	if when == "" {
		return
	}
	if len(r.values) > 0 {
		fb := r.builder(m.Date)
		if f, _ := fb.build(); f.Tanggal != nil {
			return
		}
	}
	r.values["tanggal"] = when
	if m.Kind == KindRequest && r.values["kegiatan"] == "" && activity != "" {
		r.values["kegiatan"] = activity
	}
}
