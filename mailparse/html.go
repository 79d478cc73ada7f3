package mailparse

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// line is one line of a text. Cells of a table's row stand in one line, between tabs.
type line struct {
	text  string
	quote bool // a mail program marked it as quoted
	foot  bool // below the line that a device adds: kept in the reply, but no command
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
type tag struct{ name, class, id, style, marker string }

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
	quotes []element
	toEnd  bool // everything from here on is quoted
	rows   []row
}

// element is an open element: its name, and how many of that name are open inside of it.
type element struct {
	name  string
	depth int
}

// row is a table row being read: its cells, and where its lines begin.
type row struct {
	start, cell int // indexes into lines
	cells       [][]line
}

func (r *renderer) write(s string) {
	if r.hidden.name != "" || s == "" {
		return
	}
	s = cleanText(s)
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
	if text != "" || keepEmpty {
		r.lines = append(r.lines, line{text: text, quote: r.toEnd || len(r.quotes) > 0})
	}
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
			r.hidden = element{t.name, 1}
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
	if hiddenStyle(t.style) && !voidElement(t.name) && !selfClosed {
		r.hidden = element{t.name, 1}
		return
	}
	r.track(t, selfClosed)
}

// track keeps the stack of quoting elements.
func (r *renderer) track(t tag, selfClosed bool) {
	if n := len(r.quotes); n > 0 && r.quotes[n-1].name == t.name && !selfClosed {
		r.quotes[n-1].depth++
	}
	switch quoting(t) {
	case quotesToEnd:
		r.flush(false)
		r.toEnd = true
	case quotesElement:
		if !selfClosed && len(r.quotes) < maxHTMLDepth {
			r.flush(false)
			r.quotes = append(r.quotes, element{t.name, 1})
		}
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
			r.quotes = r.quotes[:n-1]
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
	l := line{text: strings.Join(texts, "\t"), quote: w.cells[0][0].quote}
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

// hiddenStyle recognises text that no reader sees, or that its writer struck out.
func hiddenStyle(s string) bool {
	return s != "" && (strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") || strings.Contains(s, "mso-hide:all") || strings.Contains(s, "line-through") ||
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
