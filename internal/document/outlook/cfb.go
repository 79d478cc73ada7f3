package outlook

import (
	"encoding/binary"
	"unicode/utf16"
)

// compound is a compound file, in which old Office keeps its streams (MS-CFB).
type compound struct {
	data       []byte
	shift      uint // of a sector's size
	fat, small []uint32
	mini       []byte // where streams below 4096 bytes lie
	entries    map[string]compoundEntry
}

type compoundEntry struct {
	start uint32
	size  int
}

// Limits and marks of a compound file.
const (
	maxStream     = 16 << 20
	miniCutoff    = 4096
	entrySize     = 128
	headerSectors = 109     // of the table of tables
	lastSector    = 1 << 31 // and beyond: no sector
)

// openCompound reads the directory; nil when it is damaged.
func openCompound(data []byte) *compound {
	if len(data) < 512 {
		return nil
	}
	c := &compound{data: data, shift: uint(binary.LittleEndian.Uint16(data[30:])), entries: map[string]compoundEntry{}}
	if c.shift != 9 && c.shift != 12 {
		return nil
	}
	tables := make([]uint32, 0, headerSectors)
	for i := range headerSectors {
		tables = append(tables, binary.LittleEndian.Uint32(data[76+4*i:]))
	}
	next := binary.LittleEndian.Uint32(data[68:])
	for range len(data) >> c.shift {
		s := c.sector(next)
		if s == nil {
			break
		}
		list := numbers(s)
		tables, next = append(tables, list[:len(list)-1]...), list[len(list)-1]
	}
	for _, t := range tables[:min(len(tables), len(data)>>c.shift)] {
		c.fat = append(c.fat, numbers(c.sector(t))...)
	}
	c.small = numbers(c.chain(binary.LittleEndian.Uint32(data[60:]), maxStream))
	c.readDirectory(c.chain(binary.LittleEndian.Uint32(data[48:]), 1<<20))
	return c
}

// numbers reads a sector as little-endian numbers.
func numbers(b []byte) []uint32 {
	list := make([]uint32, len(b)/4)
	for i := range list {
		list[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return list
}

// sector is one sector, nil when there is none of that number.
func (c *compound) sector(n uint32) []byte {
	from := (uint64(n) + 1) << c.shift
	if n >= lastSector || from+1<<c.shift > uint64(len(c.data)) {
		return nil
	}
	return c.data[from : from+1<<c.shift]
}

// chain joins a stream's sectors, up to a size.
func (c *compound) chain(n uint32, size int) []byte {
	var out []byte
	for len(out) < size && len(out) <= len(c.data) { // a chain may bite its tail
		s := c.sector(n)
		if s == nil {
			break
		}
		out = append(out, s...)
		if int64(n) >= int64(len(c.fat)) {
			break
		}
		n = c.fat[n]
	}
	return out[:min(len(out), size)]
}

func (c *compound) readDirectory(dir []byte) {
	for ; len(dir) >= entrySize; dir = dir[entrySize:] {
		length := int(binary.LittleEndian.Uint16(dir[64:]))
		if length < 2 || length > 64 {
			continue
		}
		units := make([]uint16, 0, 32)
		for i := 0; i+2 < length; i += 2 {
			units = append(units, binary.LittleEndian.Uint16(dir[i:]))
		}
		e := compoundEntry{binary.LittleEndian.Uint32(dir[116:]), min(int(binary.LittleEndian.Uint32(dir[120:])), maxStream)}
		const root = 5
		if dir[66] == root {
			c.mini = c.chain(e.start, e.size)
		} else if name := string(utf16.Decode(units)); c.entries[name] == (compoundEntry{}) {
			c.entries[name] = e
		}
	}
}

// stream is a stream's content, nil without it.
func (c *compound) stream(name string) []byte {
	e, ok := c.entries[name]
	if !ok {
		return nil
	}
	if e.size >= miniCutoff {
		return c.chain(e.start, e.size)
	}
	const size = 64
	var out []byte
	for n := int(e.start); len(out) < e.size && n < len(c.small) && (n+1)*size <= len(c.mini); n = int(c.small[n]) {
		out = append(out, c.mini[n*size:(n+1)*size]...)
	}
	return out[:min(len(out), e.size)]
}
