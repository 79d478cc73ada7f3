package command

import (
	"cmp"
	"slices"
	"strings"

	"batan.go.id/layanan/mailparse/automatic"
	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
	"batan.go.id/layanan/mailparse/quote"
	"batan.go.id/layanan/mailparse/text"
)

// Mail is what of a mail its command is read from.
type Mail struct {
	Fresh          quote.Fresh
	Subject        string // decoded
	From, FromName string // its writer
	Request        string // the number of the request that it belongs to; "" when none
	File           bool   // the text is that of a file shown inline
	Result         bool   // a file is attached, which may tell how it went
}

// Read reads the command of a mail; nil when no command word is in its first sentence.
func (g *Words) Read(m *Mail) *Command {
	c := g.agreed(m)
	switch {
	case c.Taken() == "":
	case m.File: // it may hold anybody's words
		c.ask(Doubt{Code: File})
	case automatic.ReadNote(m.Fresh.Reply()) == automatic.PoliteNote:
		c.ask(Doubt{Code: Automatic})
	}
	return c
}

// agreed reads the command from the text; where the mail is a page, too, the page must not say otherwise: words that
// are struck out there are plain in the text.
func (g *Words) agreed(m *Mail) *Command {
	fresh, page := m.Fresh.Lines, m.Fresh.Page
	c := (&reader{Words: g, mail: m}).read(Text(fresh))
	if c == nil {
		return nil
	}
	kind := g.index.kinds[c.Word]
	if c.Taken() != "" && (kind == Approve || kind == Firm || kind == Yes) {
		d := cmp.Or(uncertain(fresh, page), g.postscript(fresh))
		if d == NoDoubt && kind != Firm {
			d = g.subjectDoubt(m.Subject)
		}
		if d != NoDoubt {
			c.ask(d)
		}
	}
	if c.Taken() == "" || len(page) == 0 {
		return c
	}
	other := (&reader{Words: g, mail: m}).read(Text(page))
	switch {
	case other.Taken() == c.Word:
		if other.Hold && !c.Hold {
			c.Hold, c.Because = true, other.Because
		}
	case other != nil && other.Doubt != NoDoubt:
		c.Doubt, c.Because, c.Hold = other.Doubt, other.Because, false
	case other == nil && g.holdsWord(page, c.Word): // below a banner that only the page has
	default:
		c.ask(Doubt{Code: Difference})
	}
	return c
}

// ask makes the reading one that is asked back.
func (c *Command) ask(d Doubt) { c.Doubt, c.Because, c.Hold = d, []Because{{d.Text, d.Code}}, false }

// postscript finds an order below what a device adds that takes back the one above it: "Eh jangan dulu".
func (g *Words) postscript(fresh []text.Line) Doubt {
	for _, l := range fresh {
		if !l.Foot || len(l.Text) > 200 {
			continue
		}
		ws := lexicon.Words(l.Text)
		for len(ws) > 1 && (ws[0].Text == "ps" || ws[0].Text == "nb") {
			ws = ws[1:]
		}
		if len(ws) > 0 {
			if c := g.lang.Class(ws[0].Text); c&lexicon.Marked != 0 {
				return Doubt{Code(c.Mark()), ws[0].Text}
			}
		}
	}
	return Doubt{}
}

// subjectDoubt finds a subject that contradicts an approval: it names two requests, or begins with another order.
func (g *Words) subjectDoubt(subject string) Doubt {
	low := strings.ToLower(subject)
	if n, rest, ok := g.site.NumberIn(low); ok {
		if other, _, more := g.site.NumberIn(rest); more && other != n {
			return Doubt{Subject, strings.ToUpper(other)}
		}
		low = strings.Replace(low, n, "", 1)
	}
	ws := plain(lexicon.Words(low))
	for len(ws) > 0 && subjectPrefixes[ws[0].text] {
		ws = ws[1:]
	}
	if len(ws) == 0 {
		return Doubt{}
	}
	if id, _ := g.index.at(ws); id != "" && g.index.kinds[id] == Firm || ws[0].text == "jangan" ||
		ws[0].text == "recall" {
		return Doubt{Subject, ws[0].text}
	}
	return Doubt{}
}

var subjectPrefixes = fold.Set("re", "fw", "fwd", "bls", "balas", "trs", "terusan", "aw", "r", "rv")

// isWriter reports whether a folded word is part of the writer's own name or address.
func (r *reader) isWriter(w string) bool {
	if r.writer == nil {
		local, _, _ := strings.Cut(r.mail.From, "@")
		r.writer = strings.Fields(fold.Words(r.mail.FromName) + " " + fold.Words(local))
	}
	return len(w) > 2 && slices.Contains(r.writer, w)
}

// holdsWord reports whether a line begins with a form of the word.
func (g *Words) holdsWord(lines []text.Line, id string) bool {
	for _, l := range lines {
		r := reader{Words: g, mail: &Mail{}}
		if o := r.find(&sentence{text: l.Text, ws: r.tokens(l.Text)}, 0); o != nil && o.id == id {
			return true
		}
	}
	return false
}

const maxCommandLines = 200

// Text is what the command is looked for in.
func Text(fresh []text.Line) string {
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
				return Doubt{Code: Deleted}
			case l.Turned:
				return Doubt{Code: Script}
			case l.Veiled:
				return Doubt{Code: Hidden}
			}
		}
	}
	return Doubt{}
}
