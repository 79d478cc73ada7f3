package outlook

import (
	"sort"
	"unicode/utf16"

	"batan.go.id/layanan/internal/document/page"
)

// wordText turns Word's characters into lines.
type wordText struct {
	page.Page
	unseen, symbols, rowEnds, tables []extent
	fields                           []bool // open ones; whether their result has begun
	high                             uint16
	inRow                            bool
}

// within finds the stretch that a place lies in.
func within(list []extent, at int) (e extent, ok bool) {
	i := sort.Search(len(list), func(i int) bool { return list[i].to > at })
	if i == len(list) || list[i].from > at {
		return e, false
	}
	return list[i], true
}

func (t *wordText) unit(u uint16, at int) {
	switch {
	case u >= 0xD800 && u < 0xDC00:
		t.high = u
	case t.high != 0:
		t.char(utf16.DecodeRune(rune(t.high), rune(u)), at)
		t.high = 0
	default:
		t.char(rune(u), at)
	}
}

// char takes a character; those below a blank are Word's marks (2.4.1).
func (t *wordText) char(c rune, at int) {
	switch c {
	case 0x07:
		t.mark(at)
		return
	case 0x13:
		if len(t.fields) < page.MaxNesting {
			t.fields = append(t.fields, false)
		}
		return
	case 0x14:
		if n := len(t.fields); n > 0 {
			t.fields[n-1] = true
		}
		return
	case 0x15:
		if n := len(t.fields); n > 0 {
			t.fields = t.fields[:n-1]
		}
		return
	case 0x0D, 0x0C, 0x0B, 0x0E:
		if _, ok := within(t.tables, at); ok {
			t.beginRow()
		}
		t.EndLine()
		return
	case 0x1E:
		c = '-'
	}
	for _, result := range t.fields {
		if !result {
			return // a field's code
		}
	}
	if e, ok := within(t.symbols, at); ok {
		c = page.SymbolRune(rune(e.value))
	}
	if _, gone := within(t.unseen, at); !gone && (c >= ' ' || c == '\t') {
		t.Write(string(c))
	}
}

// mark ends a cell or a row.
func (t *wordText) mark(at int) {
	if _, ok := within(t.rowEnds, at); ok {
		t.CloseRow()
		t.inRow = false
		return
	}
	t.beginRow()
	t.EndCell()
}

// beginRow begins a row at the text before its first mark: Word marks only where it ends.
func (t *wordText) beginRow() {
	if t.inRow {
		return
	}
	t.inRow = true
	text := t.Cur.String()
	t.Cur.Reset()
	t.OpenRow()
	t.Cur.WriteString(text)
}
