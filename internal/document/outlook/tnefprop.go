package outlook

import (
	"encoding/binary"
	"unicode/utf16"
)

// Kinds of property values (MS-OXCDATA 2.11.1).
const (
	stringKind  = 0x1E
	unicodeKind = 0x1F
	binaryKind  = 0x102
	objectKind  = 0x0D
	manyValues  = 0x1000
)

// fixedSizes are the bytes of values of the other kinds, with what fills them up.
var fixedSizes = map[uint16]int{
	0x01: 4, 0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16,
}

// propReader takes values off a list of properties; what is too short ends it.
type propReader struct{ data []byte }

func (p *propReader) take(n int) ([]byte, bool) {
	if n < 0 || n > len(p.data) {
		p.data = nil
		return nil, false
	}
	b := p.data[:n]
	p.data = p.data[n:]
	return b, true
}

func (p *propReader) number() (int, bool) {
	b, ok := p.take(4)
	if !ok {
		return 0, false
	}
	return int(binary.LittleEndian.Uint32(b)), true
}

// sized takes a value with its length before it, filled up to four bytes.
func (p *propReader) sized() ([]byte, bool) {
	n, ok := p.number()
	if !ok || n > len(p.data) {
		return nil, false
	}
	b, _ := p.take(n)
	p.take(min((4-n%4)%4, len(p.data)))
	return b, true
}

// properties gives each property's first value to f.
func (r *tnefReader) properties(data []byte, f func(id, kind uint16, value []byte)) {
	p := &propReader{data}
	count, _ := p.number()
	for range min(count, maxProperties) {
		tag, ok := p.take(4)
		if !ok {
			return
		}
		kind, id := binary.LittleEndian.Uint16(tag), binary.LittleEndian.Uint16(tag[2:])
		if id >= 0x8000 && !p.skipName() {
			return
		}
		value, ok := p.value(kind)
		if !ok {
			return
		}
		f(id, kind&^manyValues, value)
	}
}

// skipName passes over a property's own name.
func (p *propReader) skipName() bool {
	const guid = 16
	if _, ok := p.take(guid); !ok {
		return false
	}
	kind, ok := p.number()
	if !ok {
		return false
	}
	if kind == 0 {
		_, ok = p.number()
	} else {
		_, ok = p.sized()
	}
	return ok
}

// value takes a property's values, and gives the first.
func (p *propReader) value(kind uint16) (first []byte, ok bool) {
	many := kind&manyValues != 0
	kind &^= manyValues
	size, fixed := fixedSizes[kind]
	switch kind {
	case stringKind, unicodeKind, binaryKind, objectKind:
		many = true // these always come with their number
	default:
		if !fixed {
			return nil, false
		}
	}
	n := 1
	if many {
		if n, ok = p.number(); !ok {
			return nil, false
		}
	}
	for i := range n {
		var v []byte
		if fixed {
			v, ok = p.take(size)
		} else {
			v, ok = p.sized()
		}
		if !ok {
			return nil, false
		}
		if i == 0 {
			first = v
		}
	}
	return first, true
}

// wideText is UTF-16, little end first, as UTF-8.
func wideText(b []byte) []byte {
	units := make([]uint16, 0, len(b)/2)
	for ; len(b) > 1; b = b[2:] {
		if u := binary.LittleEndian.Uint16(b); u != 0 {
			units = append(units, u)
		}
	}
	return []byte(string(utf16.Decode(units)))
}
