package outlook

import (
	"encoding/binary"

	"batan.go.id/layanan/internal/document/page"
	"golang.org/x/text/encoding/charmap"
)

// word97 is the main stream of a Word file of 1997 to 2003 (MS-DOC), and the stream of its tables.
type word97 struct {
	main, table []byte
	looks       int // at formats that may still be taken
}

// maxFormats bounds the changes of format that are looked at.
const maxFormats = 500_000

// ReadWord97 reads a compound file, if it is Word's.
func ReadWord97(data []byte) ([]string, error) {
	c := openCompound(data)
	if c == nil {
		return nil, page.ErrDamaged
	}
	for _, sealed := range []string{"EncryptedPackage", "\tDRMContent"} {
		if _, ok := c.entries[sealed]; ok {
			return nil, page.ErrEncrypted
		}
	}
	w := &word97{main: c.stream("WordDocument"), looks: maxFormats}
	if w.main == nil {
		return nil, page.ErrOld
	}
	const version97, encrypted, secondTable = 0xC1, 0x100, 0x200
	flags := w.u16(w.main, 10)
	switch {
	case w.u16(w.main, 0) != 0xA5EC, w.u16(w.main, 2) < version97:
		return nil, page.ErrOld
	case flags&encrypted != 0:
		return nil, page.ErrEncrypted
	case flags&secondTable != 0:
		w.table = c.stream("1Table")
	default:
		w.table = c.stream("0Table")
	}
	return w.read()
}

// u16 and u32 read a number, 0 beyond the end.
func (w *word97) u16(b []byte, at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(b[at:]))
}

func (w *word97) u32(b []byte, at int) int {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint32(b[at:]))
}

// located is the n-th structure that the file's head locates in the table stream (MS-DOC 2.5.5).
func (w *word97) located(n int) []byte {
	at := 154 + 8*n
	from, size := w.u32(w.main, at), w.u32(w.main, at+4)
	if from > len(w.table) || size > len(w.table)-from {
		return nil
	}
	return w.table[from : from+size]
}

// The structures read here.
const (
	locChars  = 12 // where formats of characters change
	locParas  = 13
	locPieces = 33
)

// pieces is the table of where the text lies: behind the formats of its parts (2.9.38).
func (w *word97) pieces() []byte {
	b := w.located(locPieces)
	for len(b) > 5 {
		switch b[0] {
		case 1:
			b = b[min(3+w.u16(b, 1), len(b)):]
		case 2:
			size := w.u32(b, 1)
			return b[5 : 5+min(size, len(b)-5)]
		default:
			return nil
		}
	}
	return nil
}

func (w *word97) read() ([]string, error) {
	table := w.pieces()
	n := (len(table) - 4) / 12
	if n < 1 {
		return nil, page.ErrDamaged
	}
	t := w.formats()
	left := w.u32(w.main, 76) // characters of the main text
	whole := true
	for i := range n {
		count := min(w.u32(table, 4*i+4)-w.u32(table, 4*i), left)
		fc := w.u32(table, 4*(n+1)+8*i+2)
		const eightBit = 1 << 30
		at, step := fc&^eightBit, 2
		if fc&eightBit != 0 {
			at, step = at/2, 1
		}
		for ; count > 0 && at+step <= len(w.main) && !t.Full(); count-- {
			if step == 2 {
				t.unit(uint16(w.u16(w.main, at)), at)
			} else {
				t.char(charmap.Windows1252.DecodeByte(w.main[at]), at)
			}
			at += step
			left--
		}
		whole = whole && count <= 0
	}
	lines := t.Finish()
	switch {
	case t.Full(), w.looks < 0:
		return lines, page.ErrTooLarge
	case !whole:
		return lines, page.ErrDamaged
	}
	return lines, nil
}
