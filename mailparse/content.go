package mailparse

import "strings"

// classify finds out whether a person wrote the mail; it leaves Kind empty when one did.
func classify(m *Message, root *part, b *body, g *Grammar) {
	h := root.header
	if r := readBounce(h, b, root, m); r != nil {
		m.Kind, m.Bounce = KindBounce, r
		if b.returned != nil {
			g.readReturned(m, b.returned.header)
		}
		return
	}
	switch {
	case isAutoReply(h, b, m.Subject), m.Own:
		m.Kind = KindAutoReply
	case isBulk(h):
		m.Kind = KindBulk
	}
}

// readReturned finds out which mail of ours a bounce is about.
func (g *Grammar) readReturned(m *Message, h header) {
	if ids := messageIDs(h.all("message-id")); len(ids) > 0 {
		m.BounceOf = ids[0]
	}
	for _, s := range []string{m.BounceOf, decodeWords(h.get("subject"))} {
		if n, _, ok := g.numberIn(strings.ToLower(s)); ok && m.Request == "" {
			m.Request = strings.ToUpper(n)
		}
	}
}

// readContent reads form and command of a person's mail, and names its kind.
func (g *Grammar) readContent(m *Message, b *body, fresh, page []line) {
	form := newFormReader(g)
	form.read(fresh)
	form.read(page) // a table's cells are clearer there than in the plain text
	m.Command = g.agreedCommand(fresh, page)
	word := m.Command != nil && m.Command.Word != ""
	doubt := m.Command != nil && m.Command.Doubt != ""
	a := newAttached()
	switch {
	case m.Request != "":
		m.Kind = KindReply
		if len(form.values) == 0 && (!word || g.words.kinds[m.Command.Word] == WordForm) {
			form = g.attachedForm(b, a)
			a.tell(m, len(form.values) > 0 || word)
		}
		g.useForm(m, b, form)
		if whole := g.quotedForm(b); len(whole.values) > len(form.values) {
			m.Quoted, _, _ = whole.form(m.Date)
		}
		return
	case form.isRequest() && !(word && g.words.kinds[m.Command.Word] == WordForm):
		m.Kind = KindRequest
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

// agreedCommand reads the command from the text; where the mail is a page, too, the page must not say otherwise: words
// that are struck out there are plain in the text.
func (g *Grammar) agreedCommand(fresh, page []line) *Command {
	c := g.readCommand(commandText(fresh))
	if c == nil || c.Word == "" || len(page) == 0 {
		return c
	}
	other := g.readCommand(commandText(page))
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

// commandText is what the command is looked for in.
func commandText(fresh []line) string {
	var out strings.Builder
	for i, l := range fresh {
		if i == 200 || l.foot {
			break
		}
		out.WriteString(l.text)
		out.WriteByte('\n')
	}
	return strings.TrimSpace(out.String())
}
