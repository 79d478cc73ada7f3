package pdf

import (
	"bytes"
	"strconv"

	"batan.go.id/layanan/internal/document/page"
)

// The objects of a PDF (ISO 32000-1, 7.3) are Go values: nil, bool, float64, string, pdfName, []any, pdfDict,
// *pdfStream, pdfRef; pdfOp is a keyword or an operator.
type (
	pdfName string
	pdfOp   string
	pdfRef  int // object number; generations are of the past
	pdfDict map[string]any
)

// pdfStream is a stream as it lies in the file.
type pdfStream struct {
	dict pdfDict
	raw  []byte
	num  int // its object's number
}

const endOfData = pdfOp("")

// pdfLexer reads objects one after the other.
type pdfLexer struct {
	b      []byte
	pos    int
	refs   bool // "1 0 R" is a reference, as it is everywhere but in contents
	budget *int // values that may still be read
}

func isPDFSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isPDFDelimiter(c byte) bool { return bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }

// skip passes over blanks and comments.
func (l *pdfLexer) skip() {
	for ; l.pos < len(l.b); l.pos++ {
		if c := l.b[l.pos]; c == '%' {
			for l.pos+1 < len(l.b) && l.b[l.pos+1] != '\n' && l.b[l.pos+1] != '\r' {
				l.pos++
			}
		} else if !isPDFSpace(c) {
			return
		}
	}
}

// next reads an object or an operator.
func (l *pdfLexer) next() any { return l.value(0) }

func (l *pdfLexer) value(depth int) any {
	l.skip()
	if *l.budget--; *l.budget < 0 || depth > page.MaxNesting {
		l.pos = len(l.b)
	}
	if l.pos >= len(l.b) {
		return endOfData
	}
	switch c := l.b[l.pos]; {
	case c == '/':
		return l.name()
	case c == '(':
		return l.literal()
	case c == '<' && bytes.HasPrefix(l.b[l.pos:], []byte("<<")):
		return l.dict(depth)
	case c == '<':
		return l.hex()
	case c == '[':
		return l.array(depth)
	case c == '>' && bytes.HasPrefix(l.b[l.pos:], []byte(">>")):
		l.pos += 2
		return pdfOp(">>")
	case isPDFDelimiter(c):
		l.pos++
		return pdfOp(c)
	}
	return l.word()
}

func (l *pdfLexer) array(depth int) any {
	l.pos++
	var list []any
	for {
		v := l.value(depth + 1)
		if op, ok := v.(pdfOp); ok {
			if op == "]" || op == endOfData {
				return list
			}
			if op == "endobj" || op == "stream" {
				l.pos -= len(op)
				return list
			}
			continue
		}
		list = append(list, v)
	}
}

func (l *pdfLexer) dict(depth int) any {
	l.pos += 2
	d := pdfDict{}
	for {
		key := l.value(depth + 1)
		if op, ok := key.(pdfOp); ok {
			if op == "endobj" || op == "stream" {
				l.pos -= len(op)
			}
			if op == ">>" || op == endOfData || op == "endobj" || op == "stream" {
				return d
			}
			continue
		}
		name, ok := key.(pdfName)
		if !ok {
			continue
		}
		v := l.value(depth + 1)
		if op, ok := v.(pdfOp); ok {
			if op == ">>" || op == endOfData {
				return d
			}
			continue
		}
		d[string(name)] = v
	}
}

// run is the length of regular characters from pos on.
func (l *pdfLexer) run(pos int) int {
	n := 0
	for pos+n < len(l.b) && !isPDFSpace(l.b[pos+n]) && !isPDFDelimiter(l.b[pos+n]) {
		n++
	}
	return n
}

func (l *pdfLexer) name() any {
	l.pos++
	n := l.run(l.pos)
	b := l.b[l.pos : l.pos+n]
	l.pos += n
	if bytes.IndexByte(b, '#') < 0 {
		return pdfName(b)
	}
	var out []byte
	for i := 0; i < len(b); i++ {
		if b[i] == '#' && i+2 < len(b) {
			if v, err := strconv.ParseUint(string(b[i+1:i+3]), 16, 8); err == nil {
				out = append(out, byte(v))
				i += 2
				continue
			}
		}
		out = append(out, b[i])
	}
	return pdfName(out)
}

// word reads a number, a reference or a keyword.
func (l *pdfLexer) word() any {
	n := l.run(l.pos)
	w := l.b[l.pos : l.pos+n]
	l.pos += n
	if c := w[0]; c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' {
		if v, ok := pdfNumber(w); ok {
			if l.refs && c >= '0' && c <= '9' && l.reference() {
				return pdfRef(v)
			}
			return v
		}
	}
	switch string(w) {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	}
	return pdfOp(w)
}

// pdfNumber is lenient as viewers are: "--5" and "1.2.3" are seen.
func pdfNumber(w []byte) (v float64, ok bool) {
	if len(w) > 40 {
		return 0, false
	}
	if v, err := strconv.ParseFloat(string(w), 64); err == nil {
		return min(max(v, -1e9), 1e9), v == v
	}
	w = bytes.TrimLeft(w, "+-")
	end := 0
	for end < len(w) && (w[end] >= '0' && w[end] <= '9' || w[end] == '.' && bytes.IndexByte(w[:end], '.') < 0) {
		end++
	}
	v, err := strconv.ParseFloat(string(w[:end]), 64)
	return v, err == nil
}

// reference passes over the "0 R" behind an object's number.
func (l *pdfLexer) reference() bool {
	i := l.pos
	for i < len(l.b) && isPDFSpace(l.b[i]) {
		i++
	}
	digits := i
	for i < len(l.b) && i < digits+6 && l.b[i] >= '0' && l.b[i] <= '9' {
		i++
	}
	if i == digits || i >= len(l.b) || !isPDFSpace(l.b[i]) {
		return false
	}
	for i < len(l.b) && isPDFSpace(l.b[i]) {
		i++
	}
	if i >= len(l.b) || l.b[i] != 'R' || l.run(i) != 1 {
		return false
	}
	l.pos = i + 1
	return true
}

// literal reads "(text)" (7.3.4.2).
func (l *pdfLexer) literal() any {
	l.pos++
	var out []byte
	for depth := 1; l.pos < len(l.b); l.pos++ {
		switch c := l.b[l.pos]; c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				l.pos++
				return string(out)
			}
		case '\\':
			l.pos++
			out = l.escape(out)
			continue
		}
		out = append(out, l.b[l.pos])
	}
	l.pos = min(l.pos, len(l.b)) // it may end in a backslash
	return string(out)
}

// escape reads what stands behind a backslash; pos is left at its last byte.
func (l *pdfLexer) escape(out []byte) []byte {
	if l.pos >= len(l.b) {
		return out
	}
	c := l.b[l.pos]
	if i := bytes.IndexByte([]byte("nrtbf"), c); i >= 0 {
		return append(out, "\n\r\t\b\f"[i])
	}
	switch {
	case c == '\r':
		if l.pos+1 < len(l.b) && l.b[l.pos+1] == '\n' {
			l.pos++
		}
		return out
	case c == '\n':
		return out
	case c < '0' || c > '7':
		return append(out, c)
	}
	v := 0
	for i := 0; i < 3 && l.pos < len(l.b) && l.b[l.pos] >= '0' && l.b[l.pos] <= '7'; i++ {
		v = v<<3 | int(l.b[l.pos]-'0')
		l.pos++
	}
	l.pos--
	return append(out, byte(v))
}

func (l *pdfLexer) hex() any {
	l.pos++
	end := bytes.IndexByte(l.b[l.pos:], '>')
	if end < 0 {
		end = len(l.b) - l.pos
	}
	out := asciiHex(l.b[l.pos : l.pos+end])
	l.pos = min(l.pos+end+1, len(l.b))
	return string(out)
}
