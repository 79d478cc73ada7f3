package entity

import (
	"bytes"

	"golang.org/x/text/encoding/unicode"
)

// lines turns the bytes of a mail into lines that end in LF. A file that an editor saved begins with a byte order
// mark, or is UTF-16 altogether.
func (w *Walker) lines(raw []byte) []byte {
	switch {
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		w.Warn("The mail begins with a byte order mark.")
		raw = raw[3:]
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
		w.Warn("The whole mail is UTF-16.")
		if b, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Bytes(raw); err == nil {
			raw = b
		}
	}
	return UnixLines(raw)
}

// mixedEnds reports whether the header, up to the first empty line, has more than one kind of line end: where a lone
// CR or LF ends a line for us and for others not, each reads another header.
func mixedEnds(raw []byte) bool {
	for _, end := range []string{"\n\r\n", "\n\n"} {
		if i := bytes.Index(raw, []byte(end)); i >= 0 {
			raw = raw[:i+1]
		}
	}
	both := bytes.Count(raw, []byte("\r\n"))
	return bytes.IndexByte(raw, '\r') >= 0 && (bytes.Count(raw, []byte("\r")) != both ||
		bytes.Count(raw, []byte("\n")) != both)
}

// UnixLines turns CRLF and lone CR into LF, without a copy when there are none. CR CR LF, which careless programs make
// of CRLF, is one line's end.
func UnixLines(b []byte) []byte {
	if bytes.IndexByte(b, '\r') < 0 {
		return b
	}
	out := make([]byte, 0, len(b))
	for {
		i := bytes.IndexByte(b, '\r')
		if i < 0 {
			return append(out, b...)
		}
		out = append(append(out, b[:i]...), '\n')
		b = b[i+1:]
		if len(b) > 1 && b[0] == '\r' && b[1] == '\n' {
			b = b[1:]
		}
		if len(b) > 0 && b[0] == '\n' {
			b = b[1:]
		}
	}
}
