package authres

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/fold"
)

// Covered names the header fields, in lower case, that a DKIM signature covers: it lists them at least as often as
// they stand (RFC 6376, 5.4.2), so that nobody else put one in, changed one or took one out. signed is that list.
// There are none where the signature leaves open who wrote what about when, or where the fields that it leaves out
// could have been others and the same body then had said something else.
func Covered(raw []byte, signed []string) []string {
	w := &entity.Walker{}
	root := w.Mail(raw)
	h := root.Header
	if w.Ambiguous || h.Doubled() != "" || !h.Has("from") || !h.Has("date") {
		return nil
	}
	var covered []string
	listed, standing := map[string]int{}, map[string]int{}
	for i := range h {
		standing[h[i].Name]++
	}
	for _, name := range signed {
		name = strings.ToLower(name)
		if listed[name]++; listed[name] == max(1, standing[name]) {
			covered = append(covered, name)
		}
	}
	for _, name := range []string{"from", "subject", "date"} {
		if h.Has(name) && !slices.Contains(covered, name) {
			return nil
		}
	}
	if !readsOneWay(root, func(name string) bool { return slices.Contains(covered, name) }) {
		return nil
	}
	return covered
}

// readsOneWay reports whether the signed body tells by itself how it is read, as far as signed fields don't: as
// parts, as plain text.
func readsOneWay(p *entity.Part, signed func(name string) bool) bool {
	typ, params := entity.ParseParams(p.Header.Get("content-type"))
	parts := strings.HasPrefix(typ, "multipart/")
	switch {
	case signed("content-type"):
	case parts && (typ == "multipart/alternative") != twoForms(p), parts && !unsignedParts[typ],
		parts && !framed(p.Body, params["boundary"]):
		return false
	case !parts && (!plainType(typ, params) || !plainBody(p.Body)):
		return false
	}
	if !signed("content-transfer-encoding") {
		encoding, known := entity.TransferEncoding(p.Header.Get("content-transfer-encoding"))
		if !known || encoding != "" && (parts || encoding != entity.QuotedPrintable) || !parts && qpEscapes.Match(p.Body) {
			return false
		}
	}
	return parts || signed("content-disposition") || !p.Header.Has("content-disposition")
}

// unsignedParts are the types that are told apart by their parts.
var unsignedParts = fold.Set("multipart/mixed", "multipart/alternative", "multipart/related")

// twoForms reports whether the parts are the two forms of one text: with them alone, a type that says otherwise would
// have the second be read as the first one's end, or left out.
func twoForms(p *entity.Part) bool {
	if len(p.Children) != 2 || p.Children[0].Type != "text/plain" || p.Children[1].Type != "text/html" &&
		p.Children[1].Type != "multipart/related" {
		return false
	}
	return p.Children[0].Disposition+p.Children[0].Name+p.Children[1].Disposition+p.Children[1].Name == ""
}

// framed reports whether a boundary opens and closes the body. One that stood further inside could have been picked
// from what somebody quoted.
func framed(body []byte, boundary string) bool {
	body = bytes.TrimRight(bytes.TrimLeft(body, "\n"), " \t\n")
	first, _ := entity.CutLine(body)
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
	if boundary := entity.GuessBoundary(body); boundary != "" && bytes.Contains(body, []byte("\n--"+boundary+"--")) {
		return false
	}
	line, _ := entity.CutLine(bytes.TrimLeft(body, "\n"))
	colon := entity.FieldColon(line)
	return !pageTag.Match(body) && (colon < 0 ||
		!entity.KnownField(strings.ToLower(strings.TrimSpace(string(line[:colon])))))
}

var (
	pageTag   = regexp.MustCompile(`(?i)<(/[a-z]|!|(?:html|body|div|p|br|span)\b)`)
	qpEscapes = regexp.MustCompile(`=(?:[0-9A-Fa-f]{2}|[ \t]*(?:\n|\z))`) // of quoted-printable
)
