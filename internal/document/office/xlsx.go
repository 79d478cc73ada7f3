package office

import (
	"encoding/xml"
	"path"
	"strconv"
	"strings"

	"batan.go.id/layanan/internal/document/page"
)

// Limits of a workbook.
const (
	maxSheets  = 20
	maxColumns = 50
	maxRows    = 10_000
)

// workbook is what its sheets share.
type workbook struct {
	shared   []string   // texts
	dates    []dateKind // of cell styles, by number
	from1904 bool
}

// readExcel reads the sheets that are shown, in their order.
func (a *archive) readExcel() []string {
	w := &workbook{}
	targets := map[string]string{}
	for t := range a.tokens("xl/_rels/workbook.xml.rels") {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "Relationship" && len(targets) < page.MaxEntries {
			id, _ := attr(e, "Id")
			target, _ := attr(e, "Target")
			targets[id] = strings.TrimPrefix(path.Join("/xl", target), "/")
			if strings.HasPrefix(target, "/") {
				targets[id] = strings.TrimPrefix(target, "/")
			}
		}
	}
	var sheets []string
	for t := range a.tokens("xl/workbook.xml") {
		e, ok := t.(xml.StartElement)
		switch {
		case !ok:
		case e.Name.Local == "workbookPr":
			v, _ := attr(e, "date1904")
			w.from1904 = v == "1" || v == "true"
		case e.Name.Local == "sheet" && len(sheets) < maxSheets:
			state, _ := attr(e, "state")
			if id := relation(e); state == "" || state == "visible" {
				sheets = append(sheets, targets[id])
			}
		}
	}
	w.shared = a.sharedTexts()
	w.dates = a.dateStyles()
	p := &page.Page{}
	for _, s := range sheets {
		a.readSheet(p, w, s)
		p.EndLine()
	}
	return p.Finish()
}

// relation is the r:id of a sheet, which also has a number of its own.
func relation(e xml.StartElement) string {
	for _, at := range e.Attr {
		if at.Name.Local == "id" && at.Name.Space != "" {
			return at.Value
		}
	}
	return ""
}

// sharedTexts reads the strings that cells name by number, without what is struck out in them.
func (a *archive) sharedTexts() []string {
	var texts []string
	var r richText
	for t := range a.tokens("xl/sharedStrings.xml") {
		r.token(t)
		if e, ok := t.(xml.EndElement); ok && e.Name.Local == "si" {
			texts = append(texts, r.take())
		}
	}
	return texts
}

// richText is a text of runs (ISO 29500-1, 18.4).
type richText struct {
	text    strings.Builder
	inText  bool
	struck  bool
	reading bool // of the sounds of East Asian text
}

func (r *richText) token(t xml.Token) {
	switch t := t.(type) {
	case xml.StartElement:
		switch t.Name.Local {
		case "t":
			r.inText = true
		case "r":
			r.struck = false
		case "strike":
			r.struck = isOn(t)
		case "rPh":
			r.reading = true
		}
	case xml.EndElement:
		switch t.Name.Local {
		case "t":
			r.inText = false
		case "r":
			r.struck = false
		case "rPh":
			r.reading = false
		}
	case xml.CharData:
		if r.inText && !r.struck && !r.reading {
			r.text.Write(t)
		}
	}
}

func (r *richText) take() string {
	s := strings.Join(strings.Fields(r.text.String()), " ")
	*r = richText{}
	return s
}

// cell is a sheet's cell being read.
type cell struct {
	column      int
	kind, style string
	value       strings.Builder
	inValue     bool
	inline      richText
}

func (a *archive) readSheet(p *page.Page, w *workbook, name string) {
	var row []string
	var c cell
	rows := 0
	for t := range a.tokens(name) {
		c.inline.token(t)
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "row":
				row = row[:0]
			case "c":
				ref, _ := attr(t, "r")
				c = cell{column: columnOf(ref, len(row))}
				c.kind, _ = attr(t, "t")
				c.style, _ = attr(t, "s")
			case "v":
				c.inValue = true
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "v":
				c.inValue = false
			case "c":
				for len(row) <= c.column && c.column < maxColumns {
					row = append(row, "")
				}
				if c.column < len(row) {
					row[c.column] = w.text(&c)
				}
			case "row":
				p.Write(strings.TrimRight(strings.Join(row, "\t"), "\t "))
				p.EndLine()
				rows++
			}
		case xml.CharData:
			if c.inValue {
				c.value.Write(t)
			}
		}
		if p.Full() || rows >= maxRows {
			a.fail(page.ErrTooLarge)
			return
		}
	}
}

// columnOf is the column of a reference such as "B3", counted from 0; next when it has none.
func columnOf(ref string, next int) int {
	n := 0
	for _, r := range ref {
		if r < 'A' || r > 'Z' || n > 1<<16 {
			break
		}
		n = n*26 + int(r-'A') + 1
	}
	if n == 0 {
		return next
	}
	return n - 1
}

// text is what a cell shows.
func (w *workbook) text(c *cell) string {
	v := strings.TrimSpace(c.value.String())
	switch c.kind {
	case "s":
		if i, err := strconv.Atoi(v); err == nil && i >= 0 && i < len(w.shared) {
			return w.shared[i]
		}
		return ""
	case "inlineStr":
		return c.inline.take()
	case "str":
		return strings.Join(strings.Fields(v), " ")
	case "b":
		return page.Tick(v == "1")
	case "e":
		return ""
	case "d": // ISO 8601
		return v
	}
	return w.number(v, c.style)
}
