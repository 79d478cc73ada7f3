package mailparse

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"batan.go.id/layanan/mailparse/fold"
)

// Limits of a mail's structure.
const (
	maxDepth = 1100
	maxParts = 2000
	maxText  = 1 << 20   // decoded bytes of one text
	maxWork  = 256 << 20 // bytes gone through for boundaries: each level goes through what is in it again

	maxMail = 64 << 20 // decoded bytes of an enclosed mail

	maxWarnings = 50
)

// part is a node of the MIME tree.
type part struct {
	header   header
	typ      string // "text/plain", always there
	params   map[string]string
	disp     string // inline, attachment or ""
	name     string // file name
	encoding string
	body     []byte // as sent
	children []*part
	embedded *part  // of a message/rfc822
	chunk    []byte // in a multipart: header and body, as between the delimiters
}

// walker builds the tree and counts what it meets.
type walker struct {
	parts    int
	work     int
	warnings []string

	ambiguous bool // the mail's own header can be read in two ways
}

// warn keeps each warning once; "" is none.
func (w *walker) warn(list ...string) {
	for _, s := range list {
		if s != "" && len(w.warnings) < maxWarnings && !slices.Contains(w.warnings, s) {
			w.warnings = append(w.warnings, s)
		}
	}
}

// mail reads a whole mail. Whatever is repaired in its header, others may have read differently.
func (w *walker) mail(raw []byte) *part {
	b := w.lines(raw)
	h, body := w.header(b, "mail")
	w.ambiguous = len(w.warnings) > 0 || mixedEnds(raw)
	return w.entity(h, body, "text/plain", 0)
}

// message reads an embedded mail.
func (w *walker) message(b []byte, depth int) *part {
	h, body := w.header(b, "enclosed mail")
	return w.entity(h, body, "text/plain", depth)
}

// header takes the header off a mail or a part. Where no field is known there is no header: all is text.
func (w *walker) header(b []byte, of string) (h header, body []byte) {
	h, body, repairs := splitHeader(b)
	for i := range h {
		if knownField(h[i].name) {
			w.warn(repairs...)
			return h, body
		}
	}
	if len(h) == 0 && len(repairs) == 0 {
		return h, body
	}
	w.warn("The " + of + " has no header.")
	return nil, b
}

// entity reads one part. fallback is its type when it does not say.
func (w *walker) entity(h header, body []byte, fallback string, depth int) *part {
	w.parts++
	p := &part{header: h, body: body}
	p.typ, p.params = parseParams(h.get("content-type"))
	if !validType(p.typ) {
		p.typ = fallback
	}
	var dp map[string]string
	p.disp, dp = parseParams(h.get("content-disposition"))
	p.name = fileName(dp["filename"], p.params["name"])
	known := false
	if p.encoding, known = transferEncoding(h.get("content-transfer-encoding")); !known {
		w.warn("The transfer encoding " + fold.Quote(h.get("content-transfer-encoding")) + " is unknown.")
	}
	multi := strings.HasPrefix(p.typ, "multipart/")
	switch {
	case !multi && !p.sealed() && p.typ != "message/rfc822" && p.typ != "message/global":
		w.leaf(p)
	case depth >= maxDepth || w.parts >= maxParts || w.work > maxWork:
		w.warn("The mail has too many parts; what is in the last is shown as it is.")
		p.typ, p.encoding = "text/plain", ""
	case multi:
		w.multipart(p, depth)
	case p.sealed():
		w.opaque(p, depth)
	default:
		inner, _, repair := decodeTransfer(body, p.encoding, maxMail)
		w.warn(repair)
		if w.work += len(inner); p.encoding != "" {
			inner = unixLines(inner)
		}
		p.embedded = w.message(inner, depth+1)
	}
	return p
}

// leaf looks twice at a part that is no container: a page that is not called one.
func (w *walker) leaf(p *part) {
	if p.header.has("content-type") || p.encoding != "" {
		return
	}
	start := bytes.TrimLeft(p.body[:min(len(p.body), 200)], " \t\n")
	if len(start) > 14 && (bytes.EqualFold(start[:14], []byte("<!doctype html")) || bytes.EqualFold(start[:5], []byte("<html"))) {
		w.warn("The text is a page, though nothing says so.")
		p.typ = "text/html"
	}
}

func validType(t string) bool {
	major, minor, ok := strings.Cut(t, "/")
	return ok && major != "" && minor != "" && !strings.ContainsAny(t, "\"<>@,")
}

func fileName(names ...string) string {
	for _, n := range names {
		n = strings.ReplaceAll(n, `\`, "/")
		if n = strings.TrimSpace(path.Base(n)); n != "" && n != "." && n != "/" {
			return n
		}
	}
	return ""
}

func (w *walker) multipart(p *part, depth int) {
	if p.typ == "multipart/encrypted" {
		w.warn("The mail is encrypted; its text cannot be read.")
	}
	boundary := p.params["boundary"]
	w.work += len(p.body)
	if p.encoding != "" && !hasBoundary(p.body, boundary) { // forbidden (RFC 2045, 6.4), and seen
		if b, _, _ := decodeTransfer(p.body, p.encoding, maxMail); hasBoundary(unixLines(b), boundary) {
			w.warn("A multipart is encoded as a whole.")
			p.body = unixLines(b)
		}
	}
	if !hasBoundary(p.body, boundary) {
		if boundary = guessBoundary(p.body); boundary == "" {
			w.warn("A multipart has no boundary.")
			p.typ, p.encoding = "text/plain", ""
			return
		}
		w.warn("The boundary of a multipart is not the one that its header names.")
	}
	fallback := "text/plain"
	if p.typ == "multipart/digest" {
		fallback = "message/rfc822"
	}
	chunks, closed := splitParts(p.body, boundary)
	if !closed {
		w.warn("A multipart ends before its last boundary.")
	}
	for _, c := range chunks {
		if w.parts >= maxParts {
			break
		}
		var h header
		body := c
		if len(c) > 0 && c[0] == '\n' {
			body = c[1:] // no header at all
		} else {
			h, body = w.header(c, "part")
		}
		child := w.entity(h, body, fallback, depth+1)
		child.chunk = c
		p.children = append(p.children, child)
	}
}

// boundaryAt finds the next delimiter line: its start, the start of what follows it, and whether it is the last one.
func boundaryAt(b []byte, delim []byte, from int) (start, next int, last bool) {
	for from < len(b) {
		i := bytes.Index(b[from:], delim)
		if i < 0 {
			return -1, 0, false
		}
		i += from
		from = i + len(delim)
		if i > 0 && b[i-1] != '\n' {
			continue
		}
		line, rest := cutLine(b[from:])
		tail := bytes.TrimSpace(line)
		switch {
		case len(tail) == 0:
			return i, len(b) - len(rest), false
		case bytes.HasPrefix(tail, []byte("--")):
			return i, len(b) - len(rest), true
		}
	}
	return -1, 0, false
}

func hasBoundary(b []byte, boundary string) bool {
	if boundary == "" {
		return false
	}
	i, _, _ := boundaryAt(b, []byte("--"+boundary), 0)
	return i >= 0
}

// splitParts cuts a multipart's body at its delimiters (RFC 2046, 5.1.1).
func splitParts(b []byte, boundary string) (chunks [][]byte, closed bool) {
	delim := []byte("--" + boundary)
	_, pos, last := boundaryAt(b, delim, 0)
	for !last && len(chunks) < maxParts {
		start, next, end := boundaryAt(b, delim, pos)
		if start < 0 {
			if pos < len(b) {
				chunks = append(chunks, b[pos:])
			}
			return chunks, false
		}
		chunk := b[pos:start]
		if n := len(chunk); n > 0 && chunk[n-1] == '\n' && n > 1 { // the line break belongs to the delimiter
			chunk = chunk[:n-1]
		}
		chunks = append(chunks, chunk)
		pos, last = next, end
	}
	return chunks, true
}

// guessBoundary takes the first line that looks like a delimiter and is followed by a field.
func guessBoundary(b []byte) string {
	for range 200 {
		if len(b) == 0 {
			return ""
		}
		var line []byte
		line, b = cutLine(b)
		line = bytes.TrimSpace(line)
		if len(line) > 4 && len(line) < 80 && line[0] == '-' && line[1] == '-' && looksLikeField(b) {
			return string(line[2:])
		}
	}
	return ""
}
