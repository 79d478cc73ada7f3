package entity

import (
	"bytes"
	"strings"
)

// Header is a header block: its fields in order, names in lower case, values unfolded but not decoded.
type Header []Field

// Field is one field of a header.
type Field struct{ Name, Value string }

// Limits of a header block.
const (
	maxHeaderFields = 2000
	maxHeaderValue  = 64 << 10
	maxBlock        = 128 << 10 // bytes of a block that is read at once; a longer one is read by the line
)

// Get returns the first value of a field, "" when absent. The name must be lower-case.
func (h Header) Get(name string) string {
	for i := range h {
		if h[i].Name == name {
			return h[i].Value
		}
	}
	return ""
}

// Has reports whether the field is there at all.
func (h Header) Has(name string) bool {
	for i := range h {
		if h[i].Name == name {
			return true
		}
	}
	return false
}

// Doubled names a field that decides how a mail is read and stands twice, though it may not (RFC 5322, 3.6; RFC
// 2045); "" when there is none. A signature covers the last of them (RFC 6376, 5.4.2), mail programs show the first.
func (h Header) Doubled() string {
	once := [...]string{"From", "Subject", "Date", "In-Reply-To", "References", "Content-Type",
		"Content-Transfer-Encoding"}
	var seen [len(once)]bool
	for i := range h {
		for j, name := range once {
			if len(h[i].Name) != len(name) || !strings.EqualFold(h[i].Name, name) {
				continue
			}
			if seen[j] {
				return name
			}
			seen[j] = true
		}
	}
	return ""
}

// All returns every value of a field, from the top.
func (h Header) All(name string) []string {
	var out []string
	for i := range h {
		if h[i].Name == name {
			out = append(out, h[i].Value)
		}
	}
	return out
}

// headerReader takes in the fields of one block. Names and values are pieces of one text, so that a field costs no
// memory of its own.
type headerReader struct {
	text   strings.Builder
	fields Header
	name   string // of the field being read; "" when none is
	start  int    // where its value begins in the text
	broken bool   // a line was no field
	long   bool   // a limit was met
	blank  bool   // it ended in a line of blanks, which others take for a fold
}

// SplitHeader takes the header block off b, whose lines end in LF. It accepts what RFC 5322 does not: an mbox "From "
// line, a line that is no field (the rest of the field before it), a body that begins without an empty line before it.
func SplitHeader(b []byte) (h Header, body []byte, repairs []string) {
	if end := bytes.Index(b, []byte("\n\n")); end > 0 && end < maxBlock && wellFormed(b[:end+1]) {
		if h, ok := readBlock(b[:end+2]); ok {
			return h, b[end+2:], nil
		}
	}
	return repairHeader(b)
}

// repairHeader reads a block by the line, whatever stands in it.
func repairHeader(b []byte) (h Header, body []byte, repairs []string) {
	var r headerReader
	r.text.Grow(max(bytes.Index(b[:min(len(b), 16<<10)], []byte("\n\n")), 128))
	for len(b) > 0 {
		line, rest := CutLine(b)
		colon := FieldColon(line)
		switch {
		case len(bytes.TrimRight(line, " \t")) == 0:
			below := bytes.TrimLeft(rest, "\n")
			r.blank = r.begun() && len(line) > 0
			if r.begun() || !IsField(below) && !bytes.HasPrefix(below, []byte("From ")) {
				return r.finish(rest)
			}
			rest = below
		case (line[0] == ' ' || line[0] == '\t') && r.begun():
			r.add(line)
		case colon > 0:
			r.begin(line[:colon], line[colon+1:])
		case bytes.HasPrefix(line, []byte(">From ")), !r.begun() && bytes.HasPrefix(line, []byte("From ")):
		default:
			r.broken = true
			if !fieldFollows(rest) {
				return r.finish(b)
			}
			r.add(line)
		}
		b = rest
	}
	return r.finish(nil)
}

// wellFormed reports whether a header block is lines of fields and folds, and no line of blanks is among them, which
// ends the block for some; what is in a field, is not looked at.
func wellFormed(block []byte) bool {
	for len(block) > 0 {
		var line []byte
		line, block = CutLine(block)
		if len(bytes.TrimRight(line, " \t")) == 0 || line[0] != ' ' && line[0] != '\t' && FieldColon(line) < 0 {
			return false
		}
	}
	return true
}

// begun reports whether a field was seen.
func (r *headerReader) begun() bool { return r.name != "" || len(r.fields) > 0 }

// begin ends the field being read, and begins another one.
func (r *headerReader) begin(name, value []byte) {
	r.end()
	if len(r.fields) == maxHeaderFields {
		r.long = true
		return
	}
	if r.fields == nil {
		r.fields = make(Header, 0, 16)
	}
	at := r.text.Len()
	for _, c := range bytes.TrimRight(name, " \t") {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		r.text.WriteByte(c)
	}
	r.name, r.start = r.text.String()[at:], r.text.Len()
	r.add(value)
}

// add takes in one line of a value; a fold stands for one space.
func (r *headerReader) add(line []byte) {
	line = bytes.TrimSpace(line)
	have := r.text.Len() - r.start
	if r.name == "" || len(line) == 0 {
		return
	}
	if have >= maxHeaderValue {
		r.long = true
		return
	}
	if have > 0 {
		r.text.WriteByte(' ')
	}
	r.text.Write(line[:min(len(line), maxHeaderValue)])
}

func (r *headerReader) end() {
	if r.name != "" {
		r.fields = append(r.fields, Field{r.name, strings.TrimSpace(r.text.String()[r.start:])})
		r.name = ""
	}
}

func (r *headerReader) finish(rest []byte) (Header, []byte, []string) {
	r.end()
	var repairs []string
	if r.broken {
		repairs = append(repairs, "The header has a line that is no field.")
	}
	if r.blank {
		repairs = append(repairs, "The header ends in a line of blanks.")
	}
	if r.long {
		repairs = append(repairs, "The header is too long; only its first part was read.")
	}
	return r.fields, rest, repairs
}

// IsField reports whether the text begins with a field name and a colon (RFC 5322, 2.2).
func IsField(text []byte) bool { return FieldColon(text) > 0 }

// FieldColon finds the colon behind a field name, at the beginning; -1 when there is none.
func FieldColon(line []byte) int {
	for i, c := range line {
		switch {
		case c == ':' && i > 0:
			return i
		case c == ' ' || c == '\t': // "Subject : x" is seen; "Dear Sir: x" is text
			r := bytes.TrimLeft(line[i:], " \t")
			if i > 0 && len(r) > 0 && r[0] == ':' {
				return len(line) - len(r)
			}
			return -1
		case c == ':' || c <= ' ' || c >= 0x7f || i > 80:
			return -1
		}
	}
	return -1
}

// fieldFollows reports whether a well-known field comes before the next empty line.
func fieldFollows(b []byte) bool {
	for range 100 {
		line, rest := CutLine(b)
		if len(bytes.TrimSpace(line)) == 0 {
			return false
		}
		if IsField(line) {
			name, _, _ := bytes.Cut(line, []byte(":"))
			if KnownField(strings.ToLower(string(bytes.TrimSpace(name)))) {
				return true
			}
		}
		b = rest
	}
	return false
}

// KnownField reports whether mails have a field of that name, in lower case.
func KnownField(name string) bool {
	switch name {
	case "from", "to", "cc", "bcc", "subject", "date", "message-id", "mime-version", "received", "return-path",
		"reply-to", "in-reply-to", "references", "sender",
		"delivered-to", "envelope-to", "dkim-signature", "authentication-results", "auto-submitted", "precedence",
		"importance", "priority", "user-agent", "errors-to", "apparently-to", "organization", "comments", "keywords":
		return true
	}
	return strings.HasPrefix(name, "x-") || strings.HasPrefix(name, "content-") || strings.HasPrefix(name, "resent-") ||
		strings.HasPrefix(name, "list-") || strings.HasPrefix(name, "arc-") || strings.HasPrefix(name, "thread-")
}

// CutLine splits b after its first LF; the LF is in neither half.
func CutLine(b []byte) (line, rest []byte) {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return b[:i], b[i+1:]
	}
	return b, nil
}

// FirstWord is the first word of a field's value, lower-case: "auto-replied" of "Auto-Replied; owner=…".
func FirstWord(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if i := strings.IndexAny(s, " ;\t("); i >= 0 {
		s = s[:i]
	}
	return s
}
