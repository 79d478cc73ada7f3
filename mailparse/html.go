package mailparse

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// line is one line of a text. Cells of a table's row stand in one line, between tabs.
type line struct {
	text   string
	mark   string // the rule by which a mail program marked it as quoted, "" when none did
	n      int    // where it stands in its text, from 1; set when it is found new
	rule   bool   // a line is drawn above it
	foot   bool   // below the line that a device adds: kept in the reply, but no command
	signed bool   // part of the signature: no reply, but the form may be read from it
	struck bool   // words of it were struck out, and left out
	turned bool   // it held marks that turn the reading order
}

// Limits of a page.
const (
	maxHTMLTokens = 200_000
	maxHTMLDepth  = 200 // of tables and quotes; deeper ones are flattened
)

// htmlLines renders a page as text, and keeps what its structure says about quoting. It reads tokens, not a tree: no
// nesting is too deep for it, and what is never closed ends with the page.
func htmlLines(page string) []line {
	z := html.NewTokenizerFragment(strings.NewReader(page), "body")
	z.SetMaxBuf(2 * maxText)
	r := &renderer{}
	for range maxHTMLTokens {
		switch tt := z.Next(); tt {
		case html.ErrorToken:
			return r.finish()
		case html.TextToken:
			r.write(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			r.open(readTag(z), tt == html.SelfClosingTagToken)
		case html.EndTagToken:
			name, _ := z.TagName()
			r.close(atom.String(name))
		}
	}
	return r.finish()
}

// tag is a start tag with the attributes that matter here.
// style has no blanks.
type tag struct{ name, class, id, css, style, marker string }

func readTag(z *html.Tokenizer) tag {
	name, more := z.TagName()
	t := tag{name: atom.String(name)}
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		switch string(k) {
		case "class":
			t.class = strings.ToLower(string(v))
		case "id", "name":
			t.id += strings.ToLower(string(v)) + " "
		case "style":
			t.css = strings.ToLower(string(v))
			t.style = strings.ToLower(string(dropBlanks(v)))
		case "data-marker":
			t.marker = strings.ToLower(string(v))
		case "type":
			if t.name == "blockquote" && string(v) == "cite" {
				t.marker = "cite"
			}
		}
	}
	return t
}

// dropBlanks takes the blanks out of b, in place.
func dropBlanks(b []byte) []byte {
	out := b[:0]
	for _, c := range b {
		if c != ' ' {
			out = append(out, c)
		}
	}
	return out
}

// renderer writes lines. Quoting is a stack of the elements that began it.
type renderer struct {
	lines  []line
	cur    bytes.Buffer // the line being written
	space  bool         // a blank is due before the next word
	pre    int
	hidden element // what is left out until it closes
	struck bool    // what is left out was struck out
	quotes []element
	toEnd  string // the rule by which everything from here on is quoted
	rows   []row
	next   line // flags of the line being written
}

// element is an open element: its name, and how many of that name are open inside of it.
type element struct {
	name  string
	depth int
	rule  string
	holds holding
}

// holding is what was seen in an element that has a quote in it.
type holding int

const (
	holdsQuote    holding = iota // it is a quote
	holdsNoneYet                 // nothing but the line above a quote
	holdsPastText                // the quote is behind: what follows is new
)

// row is a table row being read: its cells, and where its lines begin.
type row struct {
	start, cell int // indexes into lines
	cells       [][]line
}

func (r *renderer) write(s string) {
	if r.hidden.name != "" || s == "" {
		r.next.struck = r.next.struck || r.struck && strings.TrimSpace(s) != ""
		return
	}
	s, turned := dropTurns(cleanText(s))
	r.next.turned = r.next.turned || turned
	if r.pre > 0 {
		for i, l := range strings.Split(s, "\n") {
			if i > 0 {
				r.flush(true)
			}
			r.cur.WriteString(l)
		}
		return
	}
	for i := 0; i < len(s); {
		start := i
		for i < len(s) && s[i] != ' ' && s[i] != '\t' && s[i] != '\n' {
			i++
		}
		if i == start {
			r.space = true
			i++
			continue
		}
		if r.space && r.cur.Len() > 0 {
			r.cur.WriteByte(' ')
		}
		r.space = false
		r.cur.WriteString(s[start:i])
	}
}

// flush ends the line; an empty one is kept only when asked for.
func (r *renderer) flush(keepEmpty bool) {
	text := trimEnd(r.cur.String())
	r.cur.Reset()
	r.space = false
	switch {
	case text != "":
		r.next.text, r.next.mark = text, r.mark(text)
		r.lines = append(r.lines, r.next)
		r.next = line{}
	case keepEmpty:
		r.lines = append(r.lines, line{mark: r.mark("")})
	}
}

// mark is the rule by which text is quoted here.
func (r *renderer) mark(text string) string {
	n := len(r.quotes)
	if r.toEnd != "" || n == 0 {
		return r.toEnd
	}
	e := &r.quotes[n-1]
	switch {
	case n == 1 && e.holds == holdsPastText:
		return ""
	case e.holds == holdsNoneYet && text != "" && !isAttribution(text, 0):
		e.holds = holdsQuote
	}
	return e.rule
}

// paragraph leaves one empty line before what follows.
func (r *renderer) paragraph() {
	r.flush(false)
	if n := len(r.lines); n > 0 && r.lines[n-1].text != "" {
		r.flush(true)
	}
}

func (r *renderer) open(t tag, selfClosed bool) {
	if r.hidden.name == "head" && (t.name == "body" || t.name == "div" || t.name == "p" || t.name == "table") {
		r.hidden = element{} // a head that was not closed
	}
	if r.hidden.name != "" {
		if t.name == r.hidden.name && !selfClosed {
			r.hidden.depth++
		}
		return
	}
	switch t.name {
	case "script", "style", "head", "title", "template", "svg", "object", "noscript", "select", "textarea", "s", "strike", "del":
		if !selfClosed {
			r.hide(t.name, t.name == "s" || t.name == "strike" || t.name == "del")
		}
		return
	case "br":
		r.flush(true)
		return
	case "hr":
		r.flush(false)
	case "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre", "dl":
		r.paragraph()
	case "div", "blockquote", "form", "section", "article", "header", "footer", "center", "address", "dt", "dd", "body", "html", "fieldset":
		r.flush(false)
	case "li":
		r.flush(false)
		r.cur.WriteString("* ")
	case "tr":
		r.openRow()
	case "td", "th":
		r.cell()
	}
	if t.name == "pre" {
		r.pre++
	}
	if t.style != "" && !voidElement(t.name) && !selfClosed {
		if struck := strings.Contains(t.style, "line-through"); struck || hiddenStyle(t.style) {
			r.hide(t.name, struck)
			return
		}
	}
	r.track(t, selfClosed)
}

// hide leaves out what an element holds.
func (r *renderer) hide(name string, struck bool) {
	r.hidden, r.struck = element{name: name, depth: 1}, struck
}

// track keeps the stack of quoting elements.
func (r *renderer) track(t tag, selfClosed bool) {
	if n := len(r.quotes); n > 0 && r.quotes[n-1].name == t.name && !selfClosed {
		r.quotes[n-1].depth++
	}
	kind, rule := quoting(t)
	switch kind {
	case quotesToEnd:
		r.flush(false)
		if r.toEnd == "" {
			r.toEnd = rule
		}
	case quotesElement, quotesAround:
		if !selfClosed && len(r.quotes) < maxHTMLDepth {
			r.flush(false)
			e := element{name: t.name, depth: 1, rule: rule}
			if kind == quotesAround {
				e.holds = holdsNoneYet
			}
			r.quotes = append(r.quotes, e)
		}
	case drawsRule:
		r.flush(false)
		r.next.rule = true
	}
}

func (r *renderer) close(name string) {
	if r.hidden.name != "" {
		if name == r.hidden.name {
			if r.hidden.depth--; r.hidden.depth == 0 {
				r.hidden = element{}
			}
		}
		return
	}
	switch name {
	case "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "pre":
		r.paragraph()
	case "div", "blockquote", "section", "article", "li", "center", "form", "dt", "dd":
		r.flush(false)
	case "td", "th":
		r.cell()
	case "tr":
		r.closeRow()
	case "table":
		r.flush(false)
	}
	if name == "pre" && r.pre > 0 {
		r.pre--
	}
	if n := len(r.quotes); n > 0 && r.quotes[n-1].name == name {
		if r.quotes[n-1].depth--; r.quotes[n-1].depth == 0 {
			r.flush(false)
			r.quotes = r.quotes[:n-1]
			if n == 2 && name == "blockquote" && r.quotes[0].holds == holdsNoneYet {
				r.quotes[0].holds = holdsPastText
			}
		}
	}
}

func (r *renderer) finish() []line {
	r.flush(false)
	for len(r.rows) > 0 {
		r.closeRow()
	}
	return r.lines
}

func (r *renderer) openRow() {
	r.flush(false)
	if len(r.rows) < maxHTMLDepth {
		r.rows = append(r.rows, row{start: len(r.lines), cell: len(r.lines)})
	}
}

// cell ends the cell being read, if any.
func (r *renderer) cell() {
	r.flush(false)
	if n := len(r.rows); n > 0 {
		w := &r.rows[n-1]
		if c := r.lines[min(w.cell, len(r.lines)):]; len(c) > 0 {
			w.cells = append(w.cells, c)
		}
		w.cell = len(r.lines)
	}
}

// closeRow puts the cells of a row in one line, unless they are a layout: one cell, or cells of many lines.
func (r *renderer) closeRow() {
	r.cell()
	n := len(r.rows)
	if n == 0 {
		return
	}
	w := r.rows[n-1]
	r.rows = r.rows[:n-1]
	if len(w.cells) < 2 {
		return
	}
	texts := make([]string, 0, len(w.cells))
	for _, c := range w.cells {
		text := cellText(c)
		if strings.Contains(text, "\t") || len(text) > 1000 || len(c) > 12 {
			return
		}
		texts = append(texts, text)
	}
	l := line{text: strings.Join(texts, "\t"), mark: w.cells[0][0].mark}
	for _, c := range w.cells {
		for _, part := range c {
			l.rule, l.struck, l.turned = l.rule || part.rule, l.struck || part.struck, l.turned || part.turned
		}
	}
	r.lines = append(r.lines[:w.start], l)
}

func cellText(c []line) string {
	var words []string
	for _, l := range c {
		if l.text != "" {
			words = append(words, l.text)
		}
	}
	return strings.Join(words, " ")
}

// hiddenStyle recognises text that no reader sees.
func hiddenStyle(s string) bool {
	return s != "" && (strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") || strings.Contains(s, "mso-hide:all") ||
		nought(s, "font-size") || nought(s, "opacity") || nought(s, "max-height"))
}

// nought reports whether a style sets a property to nothing; 0.9em is something.
func nought(style, property string) bool {
	_, value, ok := strings.Cut(style, property+":")
	value, _, _ = strings.Cut(value, ";")
	return ok && (strings.Trim(value, "0.") == "" || value == "0px" || value == "0pt" || value == "0em" || value == "0%")
}

func voidElement(name string) bool {
	switch name {
	case "br", "hr", "img", "input", "meta", "link", "col", "area", "base", "wbr":
		return true
	}
	return false
}
