package entity

import (
	"bytes"
	"path"
	"strings"
)

// decodeUU undoes uuencode between "begin" and "end"; without a begin line the bytes are left as they are.
func decodeUU(b []byte, limit int) (out []byte, damaged bool) {
	i := bytes.Index(b, []byte("begin "))
	if i < 0 {
		return b, true
	}
	_, b = CutLine(b[i:])
	out = make([]byte, 0, min(len(b)*3/4, limit)+3)
	for len(b) > 0 && len(out) <= limit {
		var line []byte
		line, b = CutLine(b)
		if string(bytes.TrimSpace(line)) == "end" {
			return out, damaged
		}
		if len(line) == 0 {
			continue
		}
		n := uuLength(line)
		damaged = damaged || len(line)-1 < (n*8+5)/6 && n > 0 && len(bytes.TrimRight(line, " ")) == len(line)
		for line = line[1:]; n > 0 && len(line) > 0; n -= 3 {
			var g [4]byte // blanks at the end of a line may be lost: they are zeros
			for k := range min(4, len(line)) {
				g[k] = (line[k] - ' ') & 63
			}
			three := [3]byte{g[0]<<2 | g[1]>>4, g[1]<<4 | g[2]>>2, g[2]<<6 | g[3]}
			out = append(out, three[:min(n, 3)]...)
			line = line[min(4, len(line)):]
		}
	}
	return out, true
}

// uuLength is the number of bytes that a line says it holds.
func uuLength(line []byte) int { return int(line[0]-' ') & 63 }

// CutUU takes the files out of a text that were put into it by uuencode, as programs did before there was MIME.
func CutUU(text []byte) (rest []byte, files []*Part) {
	for from := 0; len(files) < 50; {
		i := bytes.Index(text[from:], []byte("begin "))
		if i < 0 {
			break
		}
		i += from
		from = i + len("begin ")
		if i > 0 && text[i-1] != '\n' {
			continue
		}
		line, data := CutLine(text[from:])
		mode, name, _ := bytes.Cut(line, []byte(" "))
		if len(mode) < 3 || len(mode) > 4 || len(bytes.Trim(mode, "01234567")) > 0 || len(name) == 0 || !uuLine(data) {
			continue
		}
		n := bytes.Index(data, []byte("\nend"))
		if n < 0 { // nor does any file below this one end
			break
		}
		end := len(text) - len(data) + n + len("\nend")
		files = append(files, uuFile(string(name), text[i:end]))
		rest = append(rest, text[:i]...)
		text, from = text[end:], 0
	}
	if len(files) == 0 {
		return text, nil
	}
	return append(rest, text...), files
}

// uuFile is one file as a part. Its type is guessed from its name.
func uuFile(name string, body []byte) *Part {
	p := &Part{Type: "application/octet-stream", Disposition: "attachment", Name: fileName(DecodeWords(name)),
		Encoding: UU, Body: body}
	switch strings.ToLower(path.Ext(p.Name)) {
	case ".txt", ".csv", ".log":
		p.Type = "text/plain"
	case ".htm", ".html":
		p.Type = "text/html"
	}
	return p
}

// uuLine reports whether a line is as long as it says.
func uuLine(b []byte) bool {
	line, _ := CutLine(b)
	if len(line) == 0 {
		return false
	}
	want := (uuLength(line) + 2) / 3 * 4
	return len(line)-1 <= want+1 && len(line)-1 >= want-8 && want > 0
}
