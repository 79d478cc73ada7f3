package pdf

import (
	"bytes"

	"batan.go.id/layanan/internal/document/page"
)

// Limits of one PDF.
const (
	maxPDFUnpacked = 16 << 20 // bytes of all streams that were read
	maxPDFValues   = 500_000
	maxPDFOperands = 2_000_000
	maxPDFGlyphs   = 300_000
	maxPDFLooks    = 100_000_000
	maxPDFPages    = 50
	maxPDFNodes    = 5000 // of the page tree, of the fields
)

// pdfFile holds a file's objects. The cross-reference table is not used: it is what breaks first, and the objects
// themselves say where they are. As later revisions are appended, the last object of a number is the valid one.
type pdfFile struct {
	objects   map[int]any
	trailer   pdfDict // Root and Encrypt, wherever they were found
	crypt     *pdfCrypt
	fonts     map[pdfRef]*pdfFont
	allowance int // bytes that may still be unpacked
	budget    int // values that may still be read
	operands  int // of the pages' contents, likewise
	glyphs    int // that may still be shown
	looks     int // at glyphs, for what lies over them
	err       error
}

func (f *pdfFile) fail(err error) {
	if f.err == nil {
		f.err = err
	}
}

// pdfFound is an object as it was met.
type pdfFound struct {
	num   int
	value any
}

// openPDF reads all objects. The file is walked through once; streams are passed over.
func openPDF(data []byte) *pdfFile {
	f := &pdfFile{objects: map[int]any{}, trailer: pdfDict{}, fonts: map[pdfRef]*pdfFont{}, allowance: maxPDFUnpacked,
		budget: maxPDFValues, operands: maxPDFOperands, glyphs: maxPDFGlyphs, looks: maxPDFLooks}
	l := &pdfLexer{b: data, refs: true, budget: &f.budget}
	var found []pdfFound
	for l.pos < len(data) && f.budget > 0 {
		at := bytes.Index(data[l.pos:], []byte("obj"))
		if at < 0 {
			break
		}
		at += l.pos
		num, ok := objectNumber(data[:at])
		l.pos = at + len("obj")
		if !ok {
			continue
		}
		v := l.next()
		if d, ok := v.(pdfDict); ok {
			if s := l.stream(d); s != nil {
				s.num, v = num, s
			}
		}
		found = append(found, pdfFound{num, v})
	}
	f.readTrailers(data, found)
	if f.openCrypt(found) {
		f.take(found)
	}
	if f.budget <= 0 {
		f.fail(page.ErrTooLarge)
	}
	return f
}

// objectNumber reads "12 0 " at the end of b.
func objectNumber(b []byte) (num int, ok bool) {
	i := len(b)
	field := func() (v, digits int) {
		for i > 0 && isPDFSpace(b[i-1]) && len(b)-i < 40 {
			i--
		}
		for unit := 1; i > 0 && b[i-1] >= '0' && b[i-1] <= '9' && digits < 8; i-- {
			v += unit * int(b[i-1]-'0')
			unit *= 10
			digits++
		}
		return v, digits
	}
	if _, n := field(); n == 0 || i == 0 || !isPDFSpace(b[i-1]) {
		return 0, false
	}
	num, n := field()
	return num, n > 0
}

// stream reads the data behind a dictionary, if it is a stream's. A length that is wrong or elsewhere does not matter.
func (l *pdfLexer) stream(d pdfDict) *pdfStream {
	l.skip()
	rest, ok := bytes.CutPrefix(l.b[l.pos:], []byte("stream"))
	if !ok {
		return nil
	}
	rest = bytes.TrimPrefix(rest, []byte("\r"))
	rest = bytes.TrimPrefix(rest, []byte("\n"))
	var end int
	if n, ok := d["Length"].(float64); ok && n >= 0 && int(n) <= len(rest) &&
		bytes.HasPrefix(bytes.TrimLeft(rest[int(n):min(len(rest), int(n)+30)], "\r\n \t"), []byte("endstream")) {
		end = int(n)
	} else if end = bytes.Index(rest, []byte("endstream")); end < 0 {
		end = len(rest)
	}
	l.pos = len(l.b) - len(rest) + end
	return &pdfStream{dict: d, raw: rest[:end]}
}

// readTrailers looks for the root and the encryption, in trailers and in cross-reference streams; the last word
// counts.
func (f *pdfFile) readTrailers(data []byte, found []pdfFound) {
	note := func(d pdfDict) {
		for _, k := range []string{"Root", "Encrypt", "ID"} {
			if v, ok := d[k]; ok {
				f.trailer[k] = v
			}
		}
	}
	for _, o := range found {
		if s, ok := o.value.(*pdfStream); ok && s.dict["Type"] == pdfName("XRef") {
			note(s.dict)
		}
	}
	for pos := 0; ; {
		i := bytes.Index(data[pos:], []byte("trailer"))
		if i < 0 {
			return
		}
		l := &pdfLexer{b: data, pos: pos + i + len("trailer"), refs: true, budget: &f.budget}
		if d, ok := l.next().(pdfDict); ok {
			note(d)
		}
		pos = l.pos
	}
}

// take keeps the objects in the order of the file, and those that lie in object streams (7.5.7).
func (f *pdfFile) take(found []pdfFound) {
	for _, o := range found {
		f.objects[o.num] = o.value
		s, ok := o.value.(*pdfStream)
		if !ok || s.dict["Type"] != pdfName("ObjStm") {
			continue
		}
		data := f.unpack(s)
		first := int(f.number(s.dict["First"], 0))
		if first < 0 || first > len(data) {
			continue
		}
		index := &pdfLexer{b: data[:first], budget: &f.budget}
		for {
			num, ok1 := index.next().(float64)
			at, ok2 := index.next().(float64)
			if !ok1 || !ok2 || at < 0 || first+int(at) > len(data) {
				break
			}
			l := &pdfLexer{b: data, pos: first + int(at), refs: true, budget: &f.budget}
			f.objects[int(num)] = l.next()
		}
	}
}

// get follows references.
func (f *pdfFile) get(v any) any {
	for range 20 {
		r, ok := v.(pdfRef)
		if !ok {
			return v
		}
		v = f.objects[int(r)]
	}
	return nil
}

// dict is v as a dictionary, a stream's too; nil if it is none.
func (f *pdfFile) dict(v any) pdfDict {
	switch v := f.get(v).(type) {
	case pdfDict:
		return v
	case *pdfStream:
		return v.dict
	}
	return nil
}

// list is v as an array; anything else but nothing is an array of one.
func (f *pdfFile) list(v any) []any {
	switch v := f.get(v).(type) {
	case nil:
		return nil
	case []any:
		return v
	default:
		return []any{v}
	}
}

func (f *pdfFile) number(v any, otherwise float64) float64 {
	if n, ok := f.get(v).(float64); ok {
		return n
	}
	return otherwise
}

func (f *pdfFile) name(v any) string {
	n, _ := f.get(v).(pdfName)
	return string(n)
}

// root is the catalog (7.7.2).
func (f *pdfFile) root() pdfDict {
	if d := f.dict(f.trailer["Root"]); d != nil {
		return d
	}
	last, root := -1, pdfDict(nil)
	for num, o := range f.objects {
		if d, ok := o.(pdfDict); ok && num > last && d["Type"] == pdfName("Catalog") {
			last, root = num, d
		}
	}
	return root
}
