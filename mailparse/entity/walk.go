package entity

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
	MaxText  = 1 << 20   // decoded bytes of one text
	maxWork  = 256 << 20 // bytes gone through for boundaries: each level goes through what is in it again

	MaxMail = 64 << 20 // decoded bytes of an enclosed mail

	MaxDocument = 20 << 20 // decoded bytes of one attached document

	maxWarnings = 50
)

// Part is a node of the MIME tree.
type Part struct {
	Header      Header
	Type        string // "text/plain", always there
	Params      map[string]string
	Disposition string // inline, attachment or ""
	Name        string // file name
	Encoding    string
	Body        []byte // as sent
	Children    []*Part
	Embedded    *Part  // of a message/rfc822
	Chunk       []byte // in a multipart: header and body, as between the delimiters
}

// Walker builds the tree and counts what it meets.
type Walker struct {
	parts    int
	work     int
	Warnings []string

	Ambiguous bool   // the mail's own header can be read in two ways
	Class     string // what Outlook calls the mail that it packed into winmail.dat
}

// Warn keeps each warning once; "" is none.
func (w *Walker) Warn(list ...string) {
	for _, s := range list {
		if s != "" && len(w.Warnings) < maxWarnings && !slices.Contains(w.Warnings, s) {
			w.Warnings = append(w.Warnings, s)
		}
	}
}

// Mail reads a whole mail. Whatever is repaired in its header, others may have read differently.
func (w *Walker) Mail(raw []byte) *Part {
	b := w.lines(raw)
	h, body := w.header(b, "mail")
	w.Ambiguous = len(w.Warnings) > 0 || mixedEnds(raw)
	return w.entity(h, body, "text/plain", 0)
}

// HeaderOf is the header of a mail.
func HeaderOf(raw []byte) Header {
	w := &Walker{}
	h, _ := w.header(w.lines(raw), "mail")
	return h
}

// message reads an embedded mail.
func (w *Walker) message(b []byte, depth int) *Part {
	h, body := w.header(b, "enclosed mail")
	return w.entity(h, body, "text/plain", depth)
}

// header takes the header off a mail or a part. Where no field is known there is no header: all is text.
func (w *Walker) header(b []byte, of string) (h Header, body []byte) {
	h, body, repairs := SplitHeader(b)
	for i := range h {
		if KnownField(h[i].Name) {
			w.Warn(repairs...)
			return h, body
		}
	}
	if len(h) == 0 && len(repairs) == 0 {
		return h, body
	}
	w.Warn("The " + of + " has no header.")
	return nil, b
}

// entity reads one part. fallback is its type when it does not say.
func (w *Walker) entity(h Header, body []byte, fallback string, depth int) *Part {
	w.parts++
	p := &Part{Header: h, Body: body}
	p.Type, p.Params = ParseParams(h.Get("content-type"))
	if !validType(p.Type) {
		p.Type = fallback
	}
	var dp map[string]string
	p.Disposition, dp = ParseParams(h.Get("content-disposition"))
	p.Name = fileName(dp["filename"], p.Params["name"])
	known := false
	if p.Encoding, known = TransferEncoding(h.Get("content-transfer-encoding")); !known {
		w.Warn("The transfer encoding " + fold.Quote(h.Get("content-transfer-encoding")) + " is unknown.")
	}
	multi := strings.HasPrefix(p.Type, "multipart/")
	switch {
	case !multi && !p.Sealed() && p.Type != "message/rfc822" && p.Type != "message/global":
		w.leaf(p)
	case depth >= maxDepth || w.parts >= maxParts || w.work > maxWork:
		w.Warn("The mail has too many parts; what is in the last is shown as it is.")
		p.Type, p.Encoding = "text/plain", ""
	case multi:
		w.multipart(p, depth)
	case p.Sealed():
		w.opaque(p, depth)
	default:
		inner, _, repair := decodeTransfer(body, p.Encoding, MaxMail)
		w.Warn(repair)
		if w.work += len(inner); p.Encoding != "" {
			inner = UnixLines(inner)
		}
		p.Embedded = w.message(inner, depth+1)
	}
	return p
}

// leaf looks twice at a part that is no container: a page that is not called one.
func (w *Walker) leaf(p *Part) {
	if p.Header.Has("content-type") || p.Encoding != "" {
		return
	}
	start := bytes.TrimLeft(p.Body[:min(len(p.Body), 200)], " \t\n")
	if len(start) > 14 && (bytes.EqualFold(start[:14], []byte("<!doctype html")) ||
		bytes.EqualFold(start[:5], []byte("<html"))) {
		w.Warn("The text is a page, though nothing says so.")
		p.Type = "text/html"
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

func (w *Walker) multipart(p *Part, depth int) {
	if p.Type == "multipart/encrypted" {
		w.Warn("The mail is encrypted; its text cannot be read.")
	}
	boundary := p.Params["boundary"]
	w.work += len(p.Body)
	if p.Encoding != "" && !hasBoundary(p.Body, boundary) { // forbidden (RFC 2045, 6.4), and seen
		if b, _, _ := decodeTransfer(p.Body, p.Encoding, MaxMail); hasBoundary(UnixLines(b), boundary) {
			w.Warn("A multipart is encoded as a whole.")
			p.Body = UnixLines(b)
		}
	}
	if !hasBoundary(p.Body, boundary) {
		if boundary = GuessBoundary(p.Body); boundary == "" {
			w.Warn("A multipart has no boundary.")
			p.Type, p.Encoding = "text/plain", ""
			return
		}
		w.Warn("The boundary of a multipart is not the one that its header names.")
	}
	fallback := "text/plain"
	if p.Type == "multipart/digest" {
		fallback = "message/rfc822"
	}
	chunks, closed := splitParts(p.Body, boundary)
	if !closed {
		w.Warn("A multipart ends before its last boundary.")
	}
	for _, c := range chunks {
		if w.parts >= maxParts {
			break
		}
		var h Header
		var body []byte
		if len(c) > 0 && c[0] == '\n' {
			body = c[1:] // no header at all
		} else {
			h, body = w.header(c, "part")
		}
		child := w.entity(h, body, fallback, depth+1)
		child.Chunk = c
		p.Children = append(p.Children, child)
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
		line, rest := CutLine(b[from:])
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

// GuessBoundary takes the first line that looks like a delimiter and is followed by a field.
func GuessBoundary(b []byte) string {
	for range 200 {
		if len(b) == 0 {
			return ""
		}
		var line []byte
		line, b = CutLine(b)
		line = bytes.TrimSpace(line)
		if len(line) > 4 && len(line) < 80 && line[0] == '-' && line[1] == '-' && IsField(b) {
			return string(line[2:])
		}
	}
	return ""
}
