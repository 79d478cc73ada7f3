package pdf

import (
	"maps"
	"slices"

	"batan.go.id/layanan/internal/document/page"
)

// Read gives the pages' text and the filled fields.
func Read(data []byte) ([]string, error) {
	f := openPDF(data)
	if f.err == page.ErrEncrypted {
		return nil, page.ErrEncrypted
	}
	var p page.Page
	pages := 0
	show := func(d pdfDict) bool {
		pages++
		for _, l := range f.pageLines(d) {
			p.Write(l)
			p.EndLine()
		}
		p.EndLine()
		return pages < maxPDFPages && !p.Full()
	}
	f.eachPage(f.root()["Pages"], pdfDict{}, 0, map[int]bool{}, show)
	if pages == 0 { // the tree is lost
		for _, num := range slices.Sorted(maps.Keys(f.objects)) {
			if d, ok := f.objects[num].(pdfDict); ok && d["Type"] == pdfName("Page") && !show(d) {
				break
			}
		}
	}
	for _, l := range f.fields() {
		p.Write(l)
		p.EndLine()
	}
	lines := p.Finish()
	switch {
	case pages == 0:
		f.fail(page.ErrDamaged)
	case f.err == nil && isBlank(lines):
		return nil, page.ErrNoText
	}
	return lines, f.err
}

func isBlank(lines []string) bool {
	for _, l := range lines {
		if l != "" {
			return false
		}
	}
	return true
}

// eachPage walks the page tree (ISO 32000-1, 7.7.3) with what pages inherit; visit says whether to go on.
func (f *pdfFile) eachPage(v any, inherited pdfDict, depth int, seen map[int]bool, visit func(pdfDict) bool) bool {
	if r, ok := v.(pdfRef); ok {
		if seen[int(r)] || len(seen) > maxPDFNodes {
			return true
		}
		seen[int(r)] = true
	}
	d := f.dict(v)
	if d == nil || depth > 40 {
		return true
	}
	own := pdfDict{}
	for _, k := range []string{"Resources", "Rotate"} {
		if own[k] = d[k]; own[k] == nil {
			own[k] = inherited[k]
		}
	}
	kids := f.list(d["Kids"])
	if len(kids) == 0 || f.name(d["Type"]) == "Page" {
		for _, k := range []string{"Contents", "Annots"} {
			own[k] = d[k]
		}
		return visit(own)
	}
	for _, k := range kids[:min(len(kids), maxPDFNodes)] {
		if !f.eachPage(k, own, depth+1, seen, visit) {
			return false
		}
	}
	return true
}

// pageLines is the text of one page.
func (f *pdfFile) pageLines(d pdfDict) []string {
	g := &pdfPage{file: f, strokes: map[int][]stroke{}}
	m := turned(int(f.number(d["Rotate"], 0)))
	p := &painter{page: g, resources: f.dict(d["Resources"]), state: textState{ctm: m, scale: 1}}
	var contents []byte
	for _, v := range f.list(d["Contents"]) {
		if s, ok := f.get(v).(*pdfStream); ok {
			contents = append(append(contents, f.unpack(s)...), '\n')
		}
	}
	p.paint(contents)
	f.annotations(g, d, m)
	return g.lines()
}
