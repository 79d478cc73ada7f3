package pdf

import (
	"math"
	"strings"

	"batan.go.id/layanan/internal/document/page"
)

// Limits of a form, and the flags of its parts (ISO 32000-1, 12.5.3 and 12.7.4).
const (
	maxAnnots   = 500
	annotHidden = 1<<1 | 1<<5 // Hidden, NoView
	pushButton  = 1 << 16
	radioButton = 1 << 15
)

// annotations puts on the page what was filled in or marked there.
func (f *pdfFile) annotations(g *pdfPage, d pdfDict, m matrix) {
	list := f.list(d["Annots"])
	for _, v := range list[:min(len(list), maxAnnots)] {
		a := f.dict(v)
		r, ok := f.rect(a["Rect"], m)
		if !ok || int(f.number(a["F"], 0))&annotHidden != 0 {
			continue
		}
		switch f.name(a["Subtype"]) {
		case "Widget":
			g.put(r, f.widgetText(a))
		case "FreeText": // typed over the page
			text, _ := f.get(a["Contents"]).(string)
			g.put(r, pdfText(text))
		case "StrikeOut":
			quads := f.list(a["QuadPoints"])
			for i := 0; i+7 < min(len(quads), 800); i += 8 {
				if q, ok := f.rect(quads[i:i+8], m); ok {
					g.erase(q, func(glyph) bool { return true })
				}
			}
		}
	}
}

// put writes text into a rectangle, over the dots that invite to write there.
func (g *pdfPage) put(r rect, text string) {
	lines := strings.FieldsFunc(text, func(c rune) bool { return c == '\n' || c == '\r' })
	if len(lines) == 0 || len(lines) > 100 || !(math.Abs(r.x0) < 1e5 && math.Abs(r.y0) < 1e5) {
		return
	}
	g.erase(rect{r.x0 - 6, r.y0, r.x1 + 6, r.y1}, func(c glyph) bool { return strings.Trim(c.text, "._…-") == "" })
	size := min(max((r.y1-r.y0)/float64(len(lines))*0.75, 6), 11)
	y := r.y1 - size
	if len(lines) == 1 {
		y = g.snap(r, (r.y0+r.y1)/2-0.3*size)
	}
	for i, l := range lines {
		g.file.glyphs--
		g.glyphs = append(g.glyphs, glyph{x: r.x0, end: max(r.x1, r.x0), y: y - 1.2*size*float64(i), size: size,
			text: strings.TrimSpace(l), field: true})
	}
}

// snap is the baseline of the printed text beside a field, so that a label and its value make one line.
func (g *pdfPage) snap(r rect, y float64) float64 {
	best := math.Inf(1)
	for _, c := range g.glyphs {
		if c.y > r.y0-0.3*c.size && c.y < r.y1 && math.Abs(c.y-y) < math.Abs(best-y) {
			best = c.y
		}
	}
	if math.IsInf(best, 1) {
		return y
	}
	return best
}

// pdfField is a form's field with what it inherits (12.7.3.1).
type pdfField struct {
	kind, name, hint string
	flags            int
	value, options   any
}

func (f *pdfFile) field(d pdfDict) (out pdfField) {
	for range 10 {
		if d == nil {
			break
		}
		if out.kind == "" {
			out.kind = f.name(d["FT"])
		}
		if out.name == "" {
			name, _ := f.get(d["T"]).(string)
			out.name = pdfText(name)
		}
		if out.hint == "" {
			hint, _ := f.get(d["TU"]).(string)
			out.hint = pdfText(hint)
		}
		if out.flags == 0 {
			out.flags = int(f.number(d["Ff"], 0))
		}
		if out.value == nil {
			out.value = f.get(d["V"])
		}
		if out.options == nil {
			out.options = f.get(d["Opt"])
		}
		d = f.dict(d["Parent"])
	}
	return out
}

// widgetText is what a field shows at one place.
func (f *pdfFile) widgetText(a pdfDict) string {
	field := f.field(a)
	switch field.kind {
	case "Btn":
		if field.flags&pushButton != 0 {
			return ""
		}
		state := f.name(a["AS"])
		if state == "" {
			state = f.name(field.value)
		}
		return page.Tick(state != "" && state != "Off")
	case "Tx", "Ch":
		return f.fieldText(field)
	}
	return ""
}

// fieldText is the value of a text or a choice field.
func (f *pdfFile) fieldText(field pdfField) string {
	var texts []string
	values := f.list(field.value)
	for _, v := range values[:min(len(values), 50)] {
		switch v := f.get(v).(type) {
		case string:
			texts = append(texts, f.option(field, v))
		case *pdfStream:
			texts = append(texts, pdfText(string(f.unpack(v))))
		}
	}
	return strings.Join(texts, ", ")
}

// option is the text that a choice shows; a pair gives the value and its text.
func (f *pdfFile) option(field pdfField, value string) string {
	options := f.list(field.options)
	for _, o := range options[:min(len(options), 500)] {
		if pair := f.list(o); len(pair) == 2 && f.get(pair[0]) == any(value) {
			value, _ = f.get(pair[1]).(string)
			break
		}
	}
	return pdfText(value)
}

// fields lists the form's fields as "label: value", for forms whose labels are not written on the page.
func (f *pdfFile) fields() []string {
	var out []string
	nodes := 0
	var walk func(v any, depth int)
	walk = func(v any, depth int) {
		d := f.dict(v)
		if nodes++; d == nil || depth > 20 || nodes > maxPDFNodes {
			return
		}
		kids := f.list(d["Kids"])
		field := f.field(d)
		if line := f.fieldLine(field); line != "" && d["T"] != nil {
			out = append(out, line)
		}
		for _, k := range kids {
			if f.dict(k)["T"] != nil {
				walk(k, depth+1)
			}
		}
	}
	for _, v := range f.list(f.dict(f.root()["AcroForm"])["Fields"]) {
		walk(v, 0)
	}
	return out
}

// fieldLine is a field as a line of a form. A lone tick box says nothing by its name.
func (f *pdfFile) fieldLine(field pdfField) string {
	label := field.hint
	if label == "" {
		label = field.name
	}
	var value string
	switch {
	case field.kind == "Tx", field.kind == "Ch":
		value = strings.Join(strings.Fields(f.fieldText(field)), " ")
	case field.kind == "Btn" && field.flags&radioButton != 0:
		if value = f.name(field.value); value == "Off" {
			value = ""
		}
	}
	if label == "" || value == "" {
		return ""
	}
	return label + ": " + value
}
