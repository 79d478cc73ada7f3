package mailparse

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"batan.go.id/layanan/mailparse/fold"
)

// Covered names the header fields, in lower case, that a DKIM signature covers: it lists them at least as often as they
// stand (RFC 6376, 5.4.2), so that nobody else put one in, changed one or took one out. signed is that list. There are none
// where the signature leaves open who wrote what about when, or where the fields that it leaves out could have been
// others and the same body then had said something else.
func Covered(raw []byte, signed []string) []string {
	w := &walker{}
	root := w.mail(raw)
	h := root.header
	if w.ambiguous || h.doubled() != "" || !h.has("from") || !h.has("date") {
		return nil
	}
	var covered []string
	listed, standing := map[string]int{}, map[string]int{}
	for i := range h {
		standing[h[i].name]++
	}
	for _, name := range signed {
		name = strings.ToLower(name)
		if listed[name]++; listed[name] == max(1, standing[name]) {
			covered = append(covered, name)
		}
	}
	for _, name := range []string{"from", "subject", "date"} {
		if h.has(name) && !slices.Contains(covered, name) {
			return nil
		}
	}
	if !root.readsOneWay(func(name string) bool { return slices.Contains(covered, name) }) {
		return nil
	}
	return covered
}

// readsOneWay reports whether the signed body tells by itself how it is read, as far as signed fields don't: as parts, as
// plain text.
func (p *part) readsOneWay(signed func(name string) bool) bool {
	typ, params := parseParams(p.header.get("content-type"))
	parts := strings.HasPrefix(typ, "multipart/")
	switch {
	case signed("content-type"):
	case parts && (typ == "multipart/alternative") != p.twoForms(), parts && !unsignedParts[typ], parts && !framed(p.body, params["boundary"]):
		return false
	case !parts && (!plainType(typ, params) || !plainBody(p.body)):
		return false
	}
	if !signed("content-transfer-encoding") {
		encoding, known := transferEncoding(p.header.get("content-transfer-encoding"))
		if !known || encoding != "" && (parts || encoding != encQP) || !parts && qpEscapes.Match(p.body) {
			return false
		}
	}
	return parts || signed("content-disposition") || !p.header.has("content-disposition")
}

// unsignedParts are the types that are told apart by their parts.
var unsignedParts = fold.Set("multipart/mixed", "multipart/alternative", "multipart/related")

// twoForms reports whether the parts are the two forms of one text: with them alone, a type that says otherwise would have
// the second be read as the first one's end, or left out.
func (p *part) twoForms() bool {
	if len(p.children) != 2 || p.children[0].typ != "text/plain" || p.children[1].typ != "text/html" && p.children[1].typ != "multipart/related" {
		return false
	}
	return p.children[0].disp+p.children[0].name+p.children[1].disp+p.children[1].name == ""
}

// framed reports whether a boundary opens and closes the body. One that stood further inside could have been picked from
// what somebody quoted.
func framed(body []byte, boundary string) bool {
	body = bytes.TrimRight(bytes.TrimLeft(body, "\n"), " \t\n")
	first, _ := cutLine(body)
	last := body[bytes.LastIndexByte(body, '\n')+1:]
	return boundary != "" && string(bytes.TrimRight(first, " \t")) == "--"+boundary && string(last) == "--"+boundary+"--"
}

// plainType reports whether the type is that of a text whose bytes are its letters, and lines its lines.
func plainType(typ string, params map[string]string) bool {
	for name, value := range params {
		if name != "charset" || !plainCharsets[strings.ToLower(value)] {
			return false
		}
	}
	return typ == "" || typ == "text/plain"
}

var plainCharsets = fold.Set("us-ascii", "utf-8", "iso-8859-1", "iso-8859-15", "windows-1252")

// plainBody reports whether a body can have been nothing but a plain text: no parts, no page, no mail.
func plainBody(body []byte) bool {
	if boundary := guessBoundary(body); boundary != "" && bytes.Contains(body, []byte("\n--"+boundary+"--")) {
		return false
	}
	line, _ := cutLine(bytes.TrimLeft(body, "\n"))
	colon := fieldColon(line)
	return !pageTag.Match(body) && (colon < 0 || !knownField(strings.ToLower(strings.TrimSpace(string(line[:colon])))))
}

var (
	pageTag   = regexp.MustCompile(`(?i)<(/[a-z]|!|(?:html|body|div|p|br|span)\b)`)
	qpEscapes = regexp.MustCompile(`=(?:[0-9A-Fa-f]{2}|[ \t]*(?:\n|\z))`) // of quoted-printable
)
