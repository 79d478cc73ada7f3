package mailparse

import (
	"bytes"
	"strings"
)

// header is a header block: its fields in order, names in lower case, values unfolded but not decoded.
type header []headerField

type headerField struct{ name, value string }

// Limits of a header block.
const (
	maxHeaderFields = 2000
	maxHeaderValue  = 64 << 10
)

// get returns the first value of a field, "" when absent. The name must be lower-case.
func (h header) get(name string) string {
	for i := range h {
		if h[i].name == name {
			return h[i].value
		}
	}
	return ""
}

// has reports whether the field is there at all.
func (h header) has(name string) bool {
	for i := range h {
		if h[i].name == name {
			return true
		}
	}
	return false
}

// all returns every value of a field, from the top.
func (h header) all(name string) []string {
	var out []string
	for i := range h {
		if h[i].name == name {
			out = append(out, h[i].value)
		}
	}
	return out
}

// splitHeader takes the header block off b, whose lines end in LF. It accepts what RFC 5322 does not: an mbox "From "
// line, a line that is no field (left out), a body that begins without an empty line before it.
func splitHeader(b []byte) (h header, body []byte, odd int) {
	for first := true; len(b) > 0; first = false {
		line, rest := cutLine(b)
		if len(bytes.TrimRight(line, " \t")) == 0 {
			if len(h) == 0 && len(rest) > 0 && looksLikeField(rest) {
				b = rest // empty lines before the header
				continue
			}
			return h, rest, odd
		}
		switch {
		case (line[0] == ' ' || line[0] == '\t') && len(h) > 0:
			f := &h[len(h)-1]
			f.value = joinFold(f.value, line)
		case first && bytes.HasPrefix(line, []byte("From ")) && !looksLikeField(line), bytes.HasPrefix(line, []byte(">From ")):
		case looksLikeField(line):
			if len(h) < maxHeaderFields {
				name, value, _ := bytes.Cut(line, []byte(":"))
				h = append(h, headerField{strings.ToLower(string(bytes.TrimRight(name, " \t"))), joinFold("", value)})
			}
		default:
			odd++
			if !fieldFollows(rest) {
				return h, b, odd
			}
		}
		b = rest
	}
	return h, nil, odd
}

// joinFold appends a folded line to a value; the fold stands for one space.
func joinFold(value string, line []byte) string {
	if len(value) >= maxHeaderValue {
		return value
	}
	line = bytes.TrimSpace(line)
	return strings.TrimSpace(value + " " + string(line[:min(len(line), maxHeaderValue)]))
}

// looksLikeField reports whether the line begins with a field name and a colon (RFC 5322, 2.2).
func looksLikeField(line []byte) bool {
	for i, c := range line {
		switch {
		case c == ':':
			return i > 0
		case c == ' ' || c == '\t': // "Subject : x" is seen; "Dear Sir: x" is text
			r := bytes.TrimLeft(line[i:], " \t")
			return i > 0 && len(r) > 0 && r[0] == ':'
		case c <= ' ' || c >= 0x7f || i > 80:
			return false
		}
	}
	return false
}

// fieldFollows reports whether a well-known field comes before the next empty line.
func fieldFollows(b []byte) bool {
	for range 100 {
		line, rest := cutLine(b)
		if len(bytes.TrimSpace(line)) == 0 {
			return false
		}
		if looksLikeField(line) {
			name, _, _ := bytes.Cut(line, []byte(":"))
			switch n := strings.ToLower(string(bytes.TrimSpace(name))); n {
			case "from", "to", "cc", "subject", "date", "message-id", "mime-version", "received", "return-path", "reply-to", "in-reply-to", "references", "sender":
				return true
			default:
				if strings.HasPrefix(n, "x-") || strings.HasPrefix(n, "content-") {
					return true
				}
			}
		}
		b = rest
	}
	return false
}

// cutLine splits b after its first LF; the LF is in neither half.
func cutLine(b []byte) (line, rest []byte) {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return b[:i], b[i+1:]
	}
	return b, nil
}

// unixLines turns CRLF and lone CR into LF, without a copy when there are none.
func unixLines(b []byte) []byte {
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
		if len(b) > 0 && b[0] == '\n' {
			b = b[1:]
		}
	}
}
