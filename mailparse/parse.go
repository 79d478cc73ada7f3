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

	// The bytes become a tree of decoded parts, and these lines of text.
	w := &entity.Walker{}
	root := w.Mail(raw)
	body := text.NewBody(quote.Introduces)
	body.Gather(root, w)
	m.Text, m.Attachments = body.Shown(w), append(m.Attachments, body.Attachments...)

	// The header says who wrote it, who vouches for that, and what it answers.
	readHeader(m, root.Header)
	m.Ambiguous = m.Ambiguous || w.Ambiguous
	m.Own = m.Own || g.Service != "" && m.From == g.Service
	m.Auth = g.site.Auth(root.Header, m.From)
	m.Tokens = g.site.Tokens(root.Header, m.InReplyTo, m.References, m.Text)
	m.Numbered = g.site.Bracketed(m.Subject)
	m.Request = g.site.Request(m.Tokens, m.Numbered, m.References)
	if signed := root.Signed(); signed != nil {
		m.Signed = &Signed{*signed, g.site.TokensIn(m.Text, authres.MaxTokens)}
	}

	// Of its lines, some are new.
	fresh := g.frame.Fresh(body)
	m.Reply, m.Cuts = fresh.Reply(), fresh.Cuts
	m.Warnings = append(append(m.Warnings, w.Warnings...), fresh.Warnings...)

	// Either a program wrote them, or they hold a form, a command, or neither.
	if g.classify(m, root, body); m.Kind == "" {
		g.readContent(m, &pieces{body: body, fresh: fresh, documents: text.NewDocuments()})
	}
	return m
}

// pieces are what a person's mail is made of.
type pieces struct {
	body      *text.Body
	fresh     quote.Fresh
	documents *text.Documents // the reader of what is attached
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
