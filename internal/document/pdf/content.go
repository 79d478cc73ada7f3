package pdf

import (
	"bytes"
	"math"

	"batan.go.id/layanan/internal/document/page"
)

// glyph is a piece of text where a reader sees it.
type glyph struct {
	x, y, end, size float64 // of its baseline; end is where the next would begin
	text            string
	spaced          bool // a blank was written before it
	field           bool // a form's value
}

// stroke is a level line: a border, a line to write on, or a strike through text.
type stroke struct{ x0, x1, y float64 }

const maxStrokes = 1000

// pdfPage is what a page shows.
type pdfPage struct {
	file    *pdfFile
	glyphs  []glyph
	strokes map[int][]stroke // by whole points of height
	drawn   int              // how many
	fresh   []stroke         // of the path being built
	gap     bool             // a blank was written last
}

// textState is the state of text (9.3); the matrices stand beside it.
type textState struct {
	ctm                                        matrix
	font                                       *pdfFont
	size, charSpace, wordSpace, scale, leading float64
	rise                                       float64
}

// painter walks through the contents of a page or of a form drawn on it.
type painter struct {
	page       *pdfPage
	state      textState
	saved      []textState
	text, line matrix
	resources  pdfDict
	depth      int
	args       []any
	x, y       float64 // of the path
}

// paint carries out a content stream (7.8.2).
func (p *painter) paint(data []byte) {
	f := p.page.file
	l := &pdfLexer{b: data, budget: &f.operands}
	for f.glyphs > 0 {
		switch v := l.next().(type) {
		case pdfOp:
			if v == endOfData {
				return
			}
			if v == "ID" {
				l.skipImage()
			}
			p.operator(v)
			p.args = p.args[:0]
		default:
			if len(p.args) < 64 {
				p.args = append(p.args, v)
			}
		}
	}
	f.fail(page.ErrTooLarge)
}

// skipImage passes over an inline image's data (8.9.7).
func (l *pdfLexer) skipImage() {
	for l.pos < len(l.b) {
		i := bytes.Index(l.b[l.pos:], []byte("EI"))
		if i < 0 {
			l.pos = len(l.b)
			return
		}
		l.pos += i + 2
		if isPDFSpace(l.b[l.pos-3]) && (l.pos == len(l.b) || isPDFSpace(l.b[l.pos])) {
			return
		}
	}
}

// arg is the n-th operand as a number.
func (p *painter) arg(n int) float64 {
	if n < len(p.args) {
		v, _ := p.args[n].(float64)
		return v
	}
	return 0
}

// last is the last operand.
func (p *painter) last() any {
	if n := len(p.args); n > 0 {
		return p.args[n-1]
	}
	return nil
}

func (p *painter) matrix() matrix {
	return matrix{p.arg(0), p.arg(1), p.arg(2), p.arg(3), p.arg(4), p.arg(5)}
}

func (p *painter) operator(op pdfOp) {
	s := &p.state
	switch op {
	case "q":
		if len(p.saved) < page.MaxNesting {
			p.saved = append(p.saved, *s)
		}
	case "Q":
		if n := len(p.saved); n > 0 {
			*s, p.saved = p.saved[n-1], p.saved[:n-1]
		}
	case "cm":
		s.ctm = p.matrix().then(s.ctm)
	case "Do":
		p.form(p.last())
	case "Tf":
		s.size = p.arg(1)
		name, _ := p.arg0().(pdfName)
		s.font = p.page.file.font(p.page.file.dict(p.resources["Font"])[string(name)])
	case "Tc":
		s.charSpace = p.arg(0)
	case "Tw":
		s.wordSpace = p.arg(0)
	case "Tz":
		s.scale = p.arg(0) / 100
	case "TL":
		s.leading = p.arg(0)
	case "Ts":
		s.rise = p.arg(0)
	case "re", "m", "l", "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "n":
		p.path(op)
	default:
		p.textOperator(op)
	}
}

func (p *painter) arg0() any {
	if len(p.args) > 0 {
		return p.args[0]
	}
	return nil
}

// textOperator positions and shows text (9.4).
func (p *painter) textOperator(op pdfOp) {
	s := &p.state
	switch op {
	case "BT":
		p.text, p.line = identity, identity
	case "Td":
		p.newLine(p.arg(0), p.arg(1))
	case "TD":
		s.leading = -p.arg(1)
		p.newLine(p.arg(0), p.arg(1))
	case "Tm":
		p.text = p.matrix()
		p.line = p.text
	case "T*":
		p.newLine(0, -s.leading)
	case "Tj":
		p.show(p.last())
	case "'":
		p.newLine(0, -s.leading)
		p.show(p.last())
	case "\"":
		s.wordSpace, s.charSpace = p.arg(0), p.arg(1)
		p.newLine(0, -s.leading)
		p.show(p.last())
	case "TJ":
		list, _ := p.last().([]any)
		for _, v := range list {
			if n, ok := v.(float64); ok {
				p.advance(-n / 1000 * s.size * s.scale)
			} else {
				p.show(v)
			}
		}
	}
}

func (p *painter) newLine(x, y float64) {
	p.line = matrix{1, 0, 0, 1, x, y}.then(p.line)
	p.text = p.line
}

func (p *painter) advance(x float64) { p.text = matrix{1, 0, 0, 1, x, 0}.then(p.text) }

// show places the characters of a string.
func (p *painter) show(v any) {
	str, _ := v.(string)
	s, page := &p.state, p.page
	if s.font == nil {
		return
	}
	for str != "" && page.file.glyphs > 0 {
		text, width, n := s.font.next(str)
		code := str[:n]
		str = str[n:]
		page.file.glyphs--
		step := width*s.size + s.charSpace
		if code == " " {
			step += s.wordSpace
		}
		step *= s.scale
		at := matrix{s.size * s.scale, 0, 0, s.size, 0, s.rise}.then(p.text).then(s.ctm)
		p.advance(step)
		end := matrix{1, 0, 0, 1, 0, s.rise}.then(p.text).then(s.ctm)
		page.place(text, at, end.e)
	}
}

// place puts a character on the page, if it is written level: a watermark is not part of the text.
func (g *pdfPage) place(text string, at matrix, end float64) {
	size := math.Hypot(at.c, at.d)
	if math.Abs(at.b) > 0.1*math.Abs(at.a) || at.a <= 0 || size < 1 || size > 500 {
		return
	}
	if !(math.Abs(at.e) < 1e5 && math.Abs(at.f) < 1e5) { // nor does NaN pass
		return
	}
	if visible := cleanGlyph(text); visible != "" {
		g.glyphs = append(g.glyphs, glyph{x: at.e, y: at.f, end: max(end, at.e), size: size, text: visible, spaced: g.gap})
		g.gap = false
	} else if text != "" {
		g.gap = true
	}
}

// form draws a form XObject (8.10).
func (p *painter) form(v any) {
	f := p.page.file
	name, _ := v.(pdfName)
	s, ok := f.get(f.dict(p.resources["XObject"])[string(name)]).(*pdfStream)
	if !ok || f.name(s.dict["Subtype"]) != "Form" || p.depth > 8 {
		return
	}
	f.operands -= 100 // a form that draws nothing costs something, too
	inner := &painter{page: p.page, state: p.state, resources: p.resources, depth: p.depth + 1}
	if r := f.dict(s.dict["Resources"]); r != nil {
		inner.resources = r
	}
	if m := f.list(s.dict["Matrix"]); len(m) == 6 {
		inner.args = m
		for i := range m {
			inner.args[i] = f.get(m[i])
		}
		inner.state.ctm = inner.matrix().then(p.state.ctm)
		inner.args = nil
	}
	inner.paint(f.unpack(s))
}

// path notes the level lines of a path once it is painted.
func (p *painter) path(op pdfOp) {
	g := p.page
	switch op {
	case "m":
		p.x, p.y = p.arg(0), p.arg(1)
	case "l":
		g.level(p.state.ctm, p.x, p.y, p.arg(0), p.arg(1))
		p.x, p.y = p.arg(0), p.arg(1)
	case "re":
		if h := p.arg(3); math.Abs(h) <= 2 {
			g.level(p.state.ctm, p.arg(0), p.arg(1)+h/2, p.arg(0)+p.arg(2), p.arg(1)+h/2)
		}
	case "n":
		g.fresh = g.fresh[:0]
	default:
		for _, s := range g.fresh {
			at := int(math.Floor(s.y))
			g.strokes[at] = append(g.strokes[at], s)
		}
		g.fresh = g.fresh[:0]
	}
}

func (g *pdfPage) level(m matrix, x0, y0, x1, y1 float64) {
	x0, y0 = m.apply(x0, y0)
	x1, y1 = m.apply(x1, y1)
	if math.Abs(y1-y0) <= 1 && math.Abs(x1-x0) > 2 && math.Abs(y0) < 1e5 && g.drawn < maxStrokes {
		g.drawn++
		g.fresh = append(g.fresh, stroke{min(x0, x1), max(x0, x1), (y0 + y1) / 2})
	}
}
