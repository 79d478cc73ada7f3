package pdf

import (
	"bytes"
	"compress/flate"
	"io"

	"batan.go.id/layanan/internal/document/page"
)

// unpack undoes a stream's filters (ISO 32000-1, 7.4). Damaged data gives what comes before the damage; pictures give
// nothing. All streams of a file share one allowance.
func (f *pdfFile) unpack(s *pdfStream) []byte {
	if f.allowance -= len(s.raw); f.allowance <= 0 {
		f.fail(page.ErrTooLarge)
		return nil
	}
	data := f.decrypt(s)
	filters, params := f.list(s.dict["Filter"]), f.list(s.dict["DecodeParms"])
	for i, filter := range filters[:min(len(filters), 4)] {
		var p pdfDict
		if i < len(params) {
			p = f.dict(params[i])
		}
		switch f.name(filter) {
		case "FlateDecode", "Fl":
			data = f.predict(f.inflate(data), p)
		case "LZWDecode", "LZW":
			data = f.predict(unLZW(data, f.number(p["EarlyChange"], 1) != 0, f.allowance), p)
		case "ASCIIHexDecode", "AHx":
			data = asciiHex(data)
		case "ASCII85Decode", "A85":
			data = ascii85(data)
		case "RunLengthDecode", "RL":
			data = runLength(data, f.allowance)
		case "Crypt":
		default: // a picture's
			return nil
		}
		if f.allowance -= len(data); f.allowance <= 0 {
			f.fail(page.ErrTooLarge)
		}
	}
	return data
}

func (f *pdfFile) inflate(data []byte) []byte {
	if f.allowance <= 0 || len(data) < 2 {
		return nil
	}
	// The zlib header and checksum are passed over: damaged ones are common, and viewers don't look at them.
	out, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(data[2:])), int64(f.allowance)))
	if err != nil && len(out) == 0 {
		f.fail(page.ErrDamaged)
	}
	return out
}

// predict undoes the PNG predictors (7.4.4.4), of whole rows.
func (f *pdfFile) predict(data []byte, p pdfDict) []byte {
	if f.number(p["Predictor"], 1) < 10 {
		return data
	}
	colors, bits := f.number(p["Colors"], 1), f.number(p["BitsPerComponent"], 8)
	width := int(f.number(p["Columns"], 1)*colors*bits+7) / 8
	pixel := max(int(colors*bits)/8, 1)
	if width < 1 || width > 1<<20 {
		return nil
	}
	out := make([]byte, 0, len(data))
	above := make([]byte, width)
	for len(data) > 1 {
		kind := data[0]
		row := data[1:min(len(data), width+1)]
		data = data[1+len(row):]
		unfilterRow(kind, row, above, pixel)
		above = row
		if len(row) < width {
			above = append(row[:len(row):len(row)], make([]byte, width-len(row))...)
		}
		out = append(out, row...)
	}
	return out
}

// unfilterRow undoes one row's PNG filter in place.
func unfilterRow(kind byte, row, above []byte, pixel int) {
	for i := range row {
		var left, corner byte
		if i >= pixel {
			left, corner = row[i-pixel], above[i-pixel]
		}
		switch kind {
		case 1:
			row[i] += left
		case 2:
			row[i] += above[i]
		case 3:
			row[i] += byte((int(left) + int(above[i])) / 2)
		case 4:
			row[i] += paeth(left, above[i], corner)
		}
	}
}

func paeth(a, b, c byte) byte {
	p := int(a) + int(b) - int(c)
	pa, pb, pc := abs(p-int(a)), abs(p-int(b)), abs(p-int(c))
	if pa <= pb && pa <= pc {
		return a
	}
	if pb <= pc {
		return b
	}
	return c
}

func abs(n int) int { return max(n, -n) }

// unLZW undoes LZW as TIFF has it (7.4.4.2). early: codes grow one step too soon, which is the default.
func unLZW(data []byte, early bool, limit int) []byte {
	const clear, end = 256, 257
	type entry struct{ start, length int } // its text, within out
	var out []byte
	var table [4096]entry
	next, width, last := 258, 9, -1
	acc, bits := 0, 0
	for _, c := range data {
		acc, bits = acc<<8|int(c), bits+8
		if bits < width {
			continue
		}
		bits -= width
		code := acc >> bits
		acc &= 1<<bits - 1
		start := len(out)
		if code == clear {
			next, width, last = 258, 9, -1
			continue
		}
		if last >= 0 && next < len(table) { // the text before, and the first byte of this one
			table[next] = entry{last, start - last + 1}
			next++
		}
		switch {
		case code == end, code >= next, len(out) > limit:
			return out
		case code < 256:
			out = append(out, byte(code))
		default: // byte by byte: the entry may end in what it writes
			for i := range table[code].length {
				out = append(out, out[table[code].start+i])
			}
		}
		last = start
		room := next
		if early {
			room++
		}
		if room >= 1<<width && width < 12 {
			width++
		}
	}
	return out
}

func asciiHex(data []byte) []byte {
	out := make([]byte, 0, len(data)/2+1)
	half, have := byte(0), false
	for _, c := range data {
		var v byte
		switch {
		case c >= '0' && c <= '9':
			v = c - '0'
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			v = c | 0x20 - 'a' + 10
		case c == '>':
			data = nil
		default:
			continue
		}
		if data == nil {
			break
		}
		if have {
			out = append(out, half<<4|v)
		}
		half, have = v, !have
	}
	if have {
		out = append(out, half<<4)
	}
	return out
}

func ascii85(data []byte) []byte {
	out := make([]byte, 0, len(data)/5*4+4)
	var v uint32
	n := 0
	for _, c := range bytes.TrimPrefix(bytes.TrimSpace(data), []byte("<~")) {
		switch {
		case c == 'z' && n == 0:
			out = append(out, 0, 0, 0, 0)
			continue
		case c == '~':
			return endASCII85(out, v, n)
		case c < '!' || c > 'u':
			continue
		}
		v = v*85 + uint32(c-'!')
		if n++; n == 5 {
			out = append(out, byte(v>>24), byte(v>>16), byte(v>>8), byte(v))
			v, n = 0, 0
		}
	}
	return endASCII85(out, v, n)
}

// endASCII85 writes the last group, of n digits.
func endASCII85(out []byte, v uint32, n int) []byte {
	if n < 2 {
		return out
	}
	for range 5 - n {
		v = v*85 + 84
	}
	for i := range n - 1 {
		out = append(out, byte(v>>(24-8*i)))
	}
	return out
}

func runLength(data []byte, limit int) []byte {
	var out []byte
	for len(data) > 1 && len(out) < limit {
		n := int(data[0])
		switch {
		case n == 128:
			return out
		case n < 128:
			n = min(n+1, len(data)-1)
			out = append(out, data[1:n+1]...)
			data = data[n+1:]
		default:
			out = append(out, bytes.Repeat(data[1:2], 257-n)...)
			data = data[2:]
		}
	}
	return out
}
