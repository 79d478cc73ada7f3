package text

import (
	"bytes"
	"strings"

	"batan.go.id/layanan/mailparse/entity"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Line is one line of a text. Cells of a table's row stand in one line, between tabs.
type Line struct {
	Text   string
	Mark   string // the rule by which a mail program marked it as quoted, "" when none did
	N      int    // where it stands in its text, from 1; set when it is found new
	Rule   bool   // a line is drawn above it
	Foot   bool   // below the line that a device adds: kept in the reply, but no command
	Signed bool   // part of the signature: no reply and no command, but the form may be read from it
	Struck bool   // words of it were struck out, and left out
	Turned bool   // it held marks that turn the reading order
	Veiled bool   // what a reader sees may differ: hidden words beside it, or it is hidden itself
}

// Limits of a page.
const (
	maxHTMLTokens = 200_000
	maxHTMLDepth  = 200 // of tables and quotes; deeper ones are flattened
)

// Page renders a page as text, and keeps what its structure says about quoting. It reads tokens, not a tree: no
// nesting is too deep for it, and what is never closed ends with the page. introduces says whether a line introduces a
// quote; nil: none does.
func Page(page string, introduces func(line string) bool) []Line {
	z := html.NewTokenizerFragment(strings.NewReader(page), "body")
	z.SetMaxBuf(2 * entity.MaxText)
	r := &renderer{introduces: introduces, lines: make([]Line, 0, len(page)/128+8)}
	for range maxHTMLTokens {
		switch tt := z.Next(); tt {
		case html.ErrorToken:
			return r.finish()
		case html.TextToken:
			r.write(textOf(z))
		case html.StartTagToken, html.SelfClosingTagToken:
			r.open(readTag(z), tt == html.SelfClosingTagToken)
		case html.EndTagToken:
			name, _ := tagName(z, "</")
			r.close(name)
		}
	}
	return r.finish()
}

// textOf is the token's text; most hold nothing that must be decoded.
func textOf(z *html.Tokenizer) []byte {
	if raw := z.Raw(); bytes.IndexByte(raw, '&') < 0 && entity.IsPlainASCII(raw) {
		return raw
	}
	return z.Text()
}

// tagName is the name of the tag that begins with the sign, and whether attributes follow it; most are known, in lower
// case, and all that stands in the tag.
func tagName(z *html.Tokenizer, sign string) (name string, more bool) {
	if a := atom.Lookup(bytes.TrimSuffix(z.Raw()[len(sign):], []byte(">"))); a != 0 {
		return a.String(), false
	}
	s, more := z.TagName()
	return atom.String(s), more
}

// tag is a start tag with the attributes that matter here; style is css without blanks.
type tag struct {
	name, class, id, css, style, marker, alt string
	box, checked                             bool // a box to tick
	open                                     bool // of details
}

func readTag(z *html.Tokenizer) tag {
	name, more := tagName(z, "<")
	t := tag{name: name}
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
			t.style += ";" + strings.ReplaceAll(t.css, " ", "")
		case "hidden":
			t.style += ";display:none"
		case "color":
			t.style += ";color:" + strings.ToLower(string(v))
		case "size":
			if string(v) == "0" {
				t.style += ";font-size:0"
			}
		case "alt":
			t.alt = string(v)
		case "open":
			t.open = true
		case "checked":
			t.checked = true
		case "data-marker":
			t.marker = strings.ToLower(string(v))
		case "type":
			if t.name == "blockquote" && string(v) == "cite" {
				t.marker = "cite"
			}
			t.box = t.name == "input" && (bytes.EqualFold(v, []byte("checkbox")) || bytes.EqualFold(v, []byte("radio")))
		}
	}
	return t
}

// renderer writes lines. Quoting is a stack of the elements that began it.
type renderer struct {
	summary bool // a closed details shows this line of it

	lines  []Line
	cur    bytes.Buffer // the line being written
	space  bool         // a blank is due before the next word
	pre    int
	hidden element // what is left out until it closes
	struck bool    // what is left out was struck out
	veiled bool    // what is left out is hidden from readers
	quotes []element
	toEnd  string // the rule by which everything from here on is quoted
	rows   []row
	next   Line // flags of the line being written

	introduces func(line string) bool // whether a line introduces a quote: "Ani menulis:"
}

// Written out, since every text of every page passes here.
//
//gocyclo:ignore
func (r *renderer) write(s []byte) {
	if r.hidden.name != "" || len(s) == 0 {
		said := len(bytes.TrimSpace(s)) > 0
		r.next.Struck = r.next.Struck || r.struck && said
		r.next.Veiled = r.next.Veiled || r.veiled && said || r.hidden.name == "style" && hidingSheet(string(s))
		return
	}
	if !entity.IsPlainASCII(s) {
		clean, turned := entity.DropTurns(entity.Clean(string(s)))
		s = []byte(clean)
		r.next.Turned = r.next.Turned || turned
	}
	if r.pre > 0 {
		for i, l := range bytes.Split(s, []byte("\n")) {
			if i > 0 {
				r.flush(true)
			}
			r.cur.Write(l)
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
		r.cur.Write(s[start:i])
	}
}

// flush ends the line; an empty one is kept only when asked for.
func (r *renderer) flush(keepEmpty bool) {
	text := string(bytes.TrimRight(r.cur.Bytes(), " \t"))
	r.cur.Reset()
	r.space = false
	switch {
	case text != "":
		r.next.Text, r.next.Mark = text, r.mark(text)
		r.lines = append(r.lines, r.next)
		r.next = Line{}
	case keepEmpty:
		r.lines = append(r.lines, Line{Mark: r.mark("")})
	}
}

// paragraph leaves one empty line before what follows.
func (r *renderer) paragraph() {
	r.flush(false)
	if n := len(r.lines); n > 0 && r.lines[n-1].Text != "" {
		r.flush(true)
	}
}

// One case for each element of a page.
//
//gocyclo:ignore
func (r *renderer) open(t tag, selfClosed bool) {
	if r.hidden.name == "head" && (t.name == "body" || t.name == "div" || t.name == "p" || t.name == "table") {
		r.hidden = element{} // a head that was not closed
	}
	if r.hidden.name == "details" && r.hidden.depth == 1 && t.name == "summary" {
		r.hidden, r.summary = element{}, true // the one line of it that is shown
	}
	if r.hidden.name != "" {
		if t.name == r.hidden.name && !selfClosed {
			r.hidden.depth++
		}
		return
	}
	switch t.name {
	case "script", "style", "head", "title", "template", "svg", "object", "noscript", "select", "textarea", "button",
		"datalist", "dialog", "iframe", "video", "audio", "canvas", "math", "s", "strike", "del":
		if !selfClosed {
			r.hide(t.name, t.name == "s" || t.name == "strike" || t.name == "del", false)
		}
		return
	case "summary":
		r.flush(false)
	case "details":
		r.flush(false)
		if !t.open && !selfClosed {
			r.hide(t.name, false, true)
			return
		}
	case "input":
		if t.box {
			r.box(t.checked)
		}
		return
	case "img":
		if isSigns(t.alt) {
			r.write([]byte(t.alt))
		}
	case "bdo":
		r.next.Turned = true
	case "q":
		r.write([]byte("“"))
	case "br":
		r.flush(true)
		return
	case "hr":
		r.flush(false)
	case "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre", "dl":
		r.paragraph()
	case "div", "blockquote", "form", "section", "article", "header", "footer", "center", "address", "dt", "dd", "body",
		"html", "fieldset":
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
			r.hide(t.name, struck, !struck)
			return
		}
		r.next.Veiled = r.next.Veiled || veiledStyle(t.style)
	}
	r.track(t, selfClosed)
}

// hide leaves out what an element holds.
func (r *renderer) hide(name string, struck, veiled bool) {
	r.hidden, r.struck, r.veiled = element{name: name, depth: 1}, struck, veiled
}

// box shows a box to tick as a sign.
func (r *renderer) box(checked bool) {
	if checked {
		r.write([]byte("☑ "))
	} else {
		r.write([]byte("☐ "))
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
	case "summary":
		r.flush(false)
		if r.summary {
			r.hide("details", false, true)
		}
	case "details":
		r.flush(false)
		r.summary = false
	case "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "pre":
		r.paragraph()
	case "div", "blockquote", "section", "article", "li", "center", "form", "dt", "dd":
		r.flush(false)
	case "q":
		r.write([]byte("”"))
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
	r.unquote(name)
}

// unquote takes an element that ends off the stack of those that quote.
func (r *renderer) unquote(name string) {
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

func (r *renderer) finish() []Line {
	r.flush(false)
	for len(r.rows) > 0 {
		r.closeRow()
	}
	if r.next.Struck || r.next.Veiled || r.next.Turned { // nothing is left to show
		r.lines = append(r.lines, r.next)
	}
	return r.lines
}
