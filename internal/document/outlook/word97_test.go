package outlook_test

import (
	"encoding/binary"
	"strings"
	"testing"

	"batan.go.id/layanan/internal/document/outlook"
	"batan.go.id/layanan/internal/document/page"
	"batan.go.id/layanan/internal/document/page/pagetest"
	"github.com/google/go-cmp/cmp"
)

// compoundFile has streams of 4096 bytes each, in sectors of 512.
func compoundFile(streams ...string) []byte {
	var dir, body []byte
	entry := func(name string, kind byte, start uint32, size int) {
		e := make([]byte, 128)
		for i, r := range name {
			binary.LittleEndian.PutUint16(e[2*i:], uint16(r))
		}
		binary.LittleEndian.PutUint16(e[64:], uint16(2*len(name)+2))
		e[66] = kind
		binary.LittleEndian.PutUint32(e[116:], start)
		binary.LittleEndian.PutUint32(e[120:], uint32(size))
		dir = append(dir, e...)
	}
	const end = 0xFFFFFFFE
	fat := []uint32{0xFFFFFFFD, end} // itself, the directory
	entry("Root Entry", 5, end, 0)
	for i := 0; i < len(streams); i += 2 {
		data := streams[i+1] + strings.Repeat("\x00", 4096-len(streams[i+1]))
		start := uint32(len(fat))
		entry(streams[i], 2, start, len(data))
		for n := range uint32(len(data) / 512) {
			fat = append(fat, start+n+1)
		}
		fat[len(fat)-1] = end
		body = append(body, data...)
	}
	out := make([]byte, 512)
	copy(out, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	binary.LittleEndian.PutUint16(out[30:], 9)
	binary.LittleEndian.PutUint32(out[48:], 1)
	binary.LittleEndian.PutUint32(out[60:], end)
	binary.LittleEndian.PutUint32(out[68:], end)
	for i := range 109 {
		binary.LittleEndian.PutUint32(out[76+4*i:], 0xFFFFFFFF)
	}
	binary.LittleEndian.PutUint32(out[76:], 0)
	table := make([]byte, 512)
	for i, n := range fat {
		binary.LittleEndian.PutUint32(table[4*i:], n)
	}
	return append(append(append(out, table...), append(dir, make([]byte, 512)...)[:512]...), body...)
}

// word97 is a Word file of one piece of text. Its formats are marked in the text: <s>…</s> struck out, ~ the end of a
// row, ^ the end of a cell, $ a symbol of a ticked box; a paragraph ends with a newline.
func word97(t testing.TB, marked string) []byte {
	const textAt, charPage, paraPage = 512, 1536, 2048
	le := binary.LittleEndian
	main := make([]byte, 4096)
	le.PutUint16(main, 0xA5EC)
	le.PutUint16(main[2:], 0xC1)
	le.PutUint16(main[10:], 0x200)
	var text []byte
	type run struct {
		from, to int
		format   string
	}
	var chars, paras []run
	start := textAt
	for marked != "" {
		at := textAt + len(text)
		switch {
		case strings.HasPrefix(marked, "<s>"):
			end := strings.Index(marked, "</s>")
			text = append(text, marked[3:end]...)
			chars = append(chars, run{at, textAt + len(text), "\x37\x08\x01"})
			marked = marked[end+len("</s>"):]
			continue
		case marked[0] == '$':
			chars = append(chars, run{at, at + 1, "\x09\x6A\x03\x00\xFE\xF0"})
			text = append(text, '(')
		case marked[0] == '~':
			paras = append(paras, run{start, at + 1, "\x16\x24\x01\x17\x24\x01"})
			text, start = append(text, 7), at+1
		case marked[0] == '^':
			paras = append(paras, run{start, at + 1, "\x16\x24\x01"})
			text, start = append(text, 7), at+1
		case marked[0] == '\n':
			text, start = append(text, 13), at+1
		default:
			text = append(text, marked[0])
		}
		marked = marked[1:]
	}
	if len(text) > 1024 || len(chars) > 10 || len(paras) > 20 {
		t.Fatal("too much for one page")
	}
	copy(main[textAt:], text)
	le.PutUint32(main[76:], uint32(len(text)))
	page := func(at, width int, runs []run, before func(string) string) {
		var all []run // with those between that have no format
		for last := textAt; len(runs) > 0; runs = runs[1:] {
			if runs[0].from > last {
				all = append(all, run{last, runs[0].from, ""})
			}
			all = append(all, runs[0])
			last = runs[0].to
		}
		runs = all
		p := main[at : at+512]
		p[511] = byte(len(runs))
		free := 510
		for i, r := range runs {
			le.PutUint32(p[4*i:], uint32(r.from))
			le.PutUint32(p[4*i+4:], uint32(r.to))
			if r.format == "" {
				continue
			}
			f := before(r.format)
			free = (free - len(f)) &^ 1
			copy(p[free:], f)
			p[4*(len(runs)+1)+width*i] = byte(free / 2)
		}
	}
	page(charPage, 1, chars, func(f string) string { return string([]byte{byte(len(f))}) + f })
	page(paraPage, 13, paras, func(f string) string {
		return "\x00" + string([]byte{byte((len(f) + 3) / 2)}) +
			"\x00\x00" + f
	})
	var table []byte
	locate := func(n int, data []byte) {
		le.PutUint32(main[154+8*n:], uint32(len(table)))
		le.PutUint32(main[154+8*n+4:], uint32(len(data)))
		table = append(table, data...)
	}
	numbers := func(list ...uint32) (out []byte) {
		for _, n := range list {
			out = le.AppendUint32(out, n)
		}
		return out
	}
	locate(12, numbers(0, 9999, charPage/512))
	locate(13, numbers(0, 9999, paraPage/512))
	piece := append(numbers(0, uint32(len(text))), 0, 0)
	piece = append(append(piece, numbers(uint32(2*textAt|1<<30))...), 0, 0)
	locate(33, append(append([]byte{1, 1, 0, 9, 2}, numbers(uint32(len(piece)))...), piece...))
	return compoundFile("WordDocument", string(main), "1Table", string(table))
}

func TestWord97(t *testing.T) {
	pagetest.Lines(t, outlook.ReadWord97, []pagetest.Case{
		{"paragraphs", "Nama:\tBudi\nNIP: caf\xe9\x0bx\n", "Nama:|Budi/NIP: café/x"},
		{"tables", "Formulir\nNama^:^Budi^~NIP^^^~sesudah\n", "Formulir/Nama|:|Budi/NIP/sesudah"},
		{"struck out", "Media: Email<s>/SMS</s>.\n", "Media: Email."},
		{"symbols", "$ Email\n", "☑ Email"},
		{"fields", "a\x13 HYPERLINK x \x14b\x15c\x1ed\n", "abc-d"},
	}, word97)
}

func TestWord97Refused(t *testing.T) {
	file := string(word97(t, "Nama: Budi\n"))
	change := func(at int, c string) string { return file[:at] + c + file[at+len(c):] }
	const main = 512 * 3
	for name, tt := range map[string]struct {
		data string
		want error
	}{
		"encrypted":        {change(main+10, "\x00\x03"), page.ErrEncrypted},
		"Word 95":          {change(main+2, "\x68\x00"), page.ErrOld},
		"a sheet":          {string(compoundFile("Workbook", "?")), page.ErrOld},
		"a sealed file":    {string(compoundFile("EncryptedPackage", "?")), page.ErrEncrypted},
		"without pieces":   {change(main+154+8*33, "\xff\xff\xff\x7f"), page.ErrDamaged},
		"cut in the text":  {file[:main+1024], page.ErrDamaged},
		"a wrong sector":   {change(30, "\x07\x00"), page.ErrDamaged},
		"nothing but this": {file[:8], page.ErrDamaged},
	} {
		t.Run(name, func(t *testing.T) { pagetest.Refused(t, outlook.ReadWord97, []byte(tt.data), tt.want) })
	}
}

// TestWord97Loops: a chain of sectors may bite its tail.
func TestWord97Loops(t *testing.T) {
	file := word97(t, "Nama: Budi\n")
	for i := 512; i < 1024; i += 4 {
		binary.LittleEndian.PutUint32(file[i:], 3)
	}
	lines, err := outlook.ReadWord97(file)
	if d := cmp.Diff([]string{"Nama: Budi"}, lines); d != "" || err != nil {
		t.Error(d, err)
	}
}

func TestBounded(t *testing.T) {
	for name, data := range map[string][]byte{
		"an empty compound file": append(compoundFile("WordDocument", "?"), make([]byte, 20<<20)...),
	} {
		t.Run(name, func(t *testing.T) { pagetest.Bounded(t, outlook.ReadWord97, data) })
	}
}

func FuzzWord97(f *testing.F) {
	f.Add(word97(f, "Formulir\nNama^:^<s>Budi</s>^~$\x13a\x14b\x15\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		lines, _ := outlook.ReadWord97(data)
		pagetest.Small(t, lines)
	})
}
