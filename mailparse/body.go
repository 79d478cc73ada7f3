package mailparse

import (
	"strings"
	"unicode/utf8"

	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/fold"
)

// body is what the text parts of a mail hold.
type body struct {
	plain, html []line // of the text/plain and the text/html parts
	text        []line // what is shown: plain, where there is any, else html
	attachments []Attachment
	documents   []*entity.Part // attached parts that may hold a form
	embedded    []*entity.Part // attached mails
	report      *entity.Part   // message/delivery-status
	returned    *entity.Part   // the mail, or its header, that a report returns
	calendar    *entity.Part
	disposition bool // a read receipt
	borrowed    bool // the text is that of a file shown inline
	textBytes   int
}

// gather walks the tree in reading order.
func (b *body) gather(p *entity.Part, w *entity.Walker) {
	switch {
	case p.Type == "multipart/alternative":
		b.alternative(p, w)
	case len(p.Children) > 0:
		for _, c := range p.Children {
			b.gather(c, w)
		}
	case strings.HasPrefix(p.Type, "multipart/"):
	case p.Type == "message/delivery-status", p.Type == "message/global-delivery-status":
		b.report = p
		b.attach(p)
	case p.Type == "message/disposition-notification":
		b.disposition = true
		b.attach(p)
	case p.Embedded != nil:
		b.embedded = append(b.embedded, p.Embedded)
		if b.returned == nil {
			b.returned = p.Embedded
		}
		b.attach(p)
	case p.Type == "text/rfc822-headers", p.Type == "message/rfc822-headers", p.Type == "message/global-headers", p.Type == "message/partial":
		if b.returned == nil {
			data, _ := p.Data(maxReport)
			h, _, _ := entity.SplitHeader(entity.UnixLines(data))
			b.returned = &entity.Part{Header: h}
		}
		b.attach(p)
	case p.Type == "text/calendar":
		b.calendar = p
		b.attach(p)
	case b.isText(p):
		var files []*entity.Part
		if p.Encoding == "" && p.Type == "text/plain" {
			p.Body, files = entity.CutUU(p.Body)
		}
		plain, html := b.lines(p, w)
		b.borrowed = b.borrowed || p.Name != "" && p.Disposition != "" || !mailText[p.Type]
		b.add(plain, html)
		for _, f := range files {
			b.gather(f, w)
		}
	case entity.IsTNEF(p):
		b.attach(p)
		text, files := w.Unpack(p, 0)
		if text != nil && blankLines(b.text) {
			b.add(b.lines(text, w))
		}
		for _, f := range files {
			b.gather(f, w)
		}
	default:
		b.attach(p)
		if len(b.documents) < 100 { // most of them logos
			b.documents = append(b.documents, p)
		}
	}
}

// mailText are the types in which people write mails; others are files that programs show inline.
var mailText = fold.Set("text/plain", "text/html", "text/enriched", "text/markdown", "text")

// isText reports whether a leaf is part of the mail's own text.
func (b *body) isText(p *entity.Part) bool {
	if p.Disposition == "attachment" {
		return false
	}
	switch p.Type {
	case "text/plain", "text/html", "text/enriched", "text/richtext", "text", "text/markdown", "text/x-amp-html":
		return p.Name == "" || p.Type == "text/plain" && blankLines(b.text)
	}
	return strings.HasPrefix(p.Type, "text/") && p.Name == "" && p.Disposition == "" && p.Type != "text/css"
}

// lines renders one text part, as plain or as html lines.
func (b *body) lines(p *entity.Part, w *entity.Walker) (plain, html []line) {
	if b.textBytes > entity.MaxText {
		w.Warn("The text is too long; only its first part was read.")
		return nil, nil
	}
	s := p.Text(w)
	b.textBytes += len(s)
	switch {
	case p.Type == "text/html", p.Type == "text/x-amp-html":
		return nil, htmlLines(s)
	case p.Type == "text/enriched", p.Type == "text/richtext":
		return textLines(dropEnriched(s), nil), nil
	}
	return textLines(s, p.Params), nil
}

// alternative takes the best of several forms of one text.
func (b *body) alternative(p *entity.Part, w *entity.Walker) {
	var plain, html []line
	for _, c := range p.Children {
		sub := body{textBytes: b.textBytes}
		sub.gather(c, w)
		b.textBytes = sub.textBytes
		b.attachments = append(b.attachments, sub.attachments...)
		b.documents = append(b.documents, sub.documents...)
		b.embedded = append(b.embedded, sub.embedded...)
		if sub.calendar != nil {
			b.calendar = sub.calendar
		}
		if sub.report != nil {
			b.report = sub.report
		}
		if b.returned == nil {
			b.returned = sub.returned
		}
		if blankLines(plain) {
			plain = sub.plain
		}
		if blankLines(html) {
			html = sub.html
		}
	}
	b.add(plain, html)
}

// add appends one text, given in one or both forms.
func (b *body) add(plain, html []line) {
	b.plain = appendLines(b.plain, plain)
	b.html = appendLines(b.html, html)
	if !blankLines(plain) && !placeholder(plain) {
		b.text = appendLines(b.text, plain)
	} else {
		b.text = appendLines(b.text, html)
	}
}

// appendLines takes the lines over, where they are the first; nobody may write into them.
func appendLines(have, more []line) []line {
	if len(have) == 0 {
		return more[:len(more):len(more)]
	}
	return append(have, more...)
}

// shown is the mail's text; without any, what is attached as text, reported or enclosed.
func (b *body) shown(w *entity.Walker) string {
	if s := joinLines(b.text); strings.TrimSpace(s) != "" {
		return s
	}
	for _, p := range b.documents {
		if strings.HasPrefix(p.Type, "text/") {
			plain, html := b.lines(p, w)
			if s := joinLines(append(plain, html...)); strings.TrimSpace(s) != "" {
				return s
			}
		}
	}
	if b.report != nil {
		data, _ := b.report.Data(64 << 10)
		if s, _ := entity.ToUTF8(data, ""); strings.TrimSpace(s) != "" {
			return strings.TrimSpace(s)
		}
	}
	for i, e := range b.embedded {
		if i == 20 {
			break
		}
		inner := body{textBytes: b.textBytes}
		inner.gather(e, w)
		b.textBytes = inner.textBytes
		if s := inner.shown(w); strings.TrimSpace(s) != "" {
			return s
		}
	}
	return ""
}

// placeholder recognises the plain part that only says that there is an HTML part.
func placeholder(lines []line) bool {
	size := 0
	for _, l := range lines {
		if size += len(l.text); size > 300 {
			return false
		}
	}
	f := fold.Words(joinLines(lines))
	return strings.Contains(f, "html") && (strings.Contains(f, "to view") || strings.Contains(f, "viewer") || strings.Contains(f, "untuk melihat") || strings.Contains(f, "enable html"))
}

// holdsMoreThan reports whether the mail has text besides the lines that are new in it.
func (b *body) holdsMoreThan(fresh []line) bool {
	n := len(b.text)
	for n > len(fresh) && b.text[n-1].text == "" {
		n--
	}
	return len(fresh) < n || len(b.html)+len(b.documents)+len(b.embedded) > 0
}

func blankLines(lines []line) bool {
	for _, l := range lines {
		if strings.TrimSpace(l.text) != "" {
			return false
		}
	}
	return true
}

func (b *body) attach(p *entity.Part) {
	if len(b.attachments) < 200 {
		b.attachments = append(b.attachments, Attachment{Name: strings.ToValidUTF8(p.Name, string(utf8.RuneError)), Type: p.Type, Size: p.Size()})
	}
}

// dropEnriched removes the tags of text/enriched (RFC 1896).
func dropEnriched(s string) string {
	var out strings.Builder
	for s != "" {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			out.WriteString(s)
			break
		}
		out.WriteString(s[:i])
		s = s[i:]
		if strings.HasPrefix(s, "<<") {
			out.WriteByte('<')
			s = s[2:]
			continue
		}
		j := strings.IndexByte(s, '>')
		if j < 0 {
			out.WriteString(s)
			break
		}
		if strings.EqualFold(s[:j+1], "<param>") {
			if k := strings.Index(s, "</param>"); k > 0 {
				j = k + len("</param>") - 1
			}
		}
		s = s[j+1:]
	}
	return out.String()
}
