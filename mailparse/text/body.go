package text

import (
	"strings"
	"unicode/utf8"

	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/fold"
)

// Attachment is a part that is not the mail's text.
type Attachment struct {
	Name string `json:"name"`
	Type string `json:"type"`
	Size int    `json:"size"` // bytes, decoded
}

// Body is what the text parts of a mail hold.
type Body struct {
	Plain, HTML []Line // of the text/plain and the text/html parts
	Lines       []Line // what is shown: plain, where there is any, else html
	Attachments []Attachment
	Documents   []*entity.Part // attached parts that may hold a form
	Embedded    []*entity.Part // attached mails
	Report      *entity.Part   // message/delivery-status
	Returned    *entity.Part   // the mail, or its header, that a report returns
	Calendar    *entity.Part
	Receipt     bool // a read receipt
	Answer      bool // to an invitation, or a recall, packed by Outlook
	Borrowed    bool // the text is that of a file shown inline
	textBytes   int
	introduces  func(line string) bool // whether a line introduces a quote
}

// maxReturned is how much of a returned header is read, in bytes.
const maxReturned = 64 << 10

// NewBody is an empty one; introduces says whether a line introduces a quote.
func NewBody(introduces func(line string) bool) *Body { return &Body{introduces: introduces} }

// Gather walks the tree in reading order.
//
// One case for each type of part.
//
//gocyclo:ignore
func (b *Body) Gather(p *entity.Part, w *entity.Walker) {
	switch {
	case p.Type == "multipart/alternative":
		b.alternative(p, w)
	case len(p.Children) > 0:
		for _, c := range p.Children {
			b.Gather(c, w)
		}
	case strings.HasPrefix(p.Type, "multipart/"):
	case p.Type == "message/delivery-status", p.Type == "message/global-delivery-status":
		b.Report = p
		b.attach(p)
	case p.Type == "message/disposition-notification":
		b.Receipt = true
		b.attach(p)
	case p.Embedded != nil:
		b.Embedded = append(b.Embedded, p.Embedded)
		if b.Returned == nil {
			b.Returned = p.Embedded
		}
		b.attach(p)
	case p.Type == "text/rfc822-headers", p.Type == "message/rfc822-headers", p.Type == "message/global-headers",
		p.Type == "message/partial":
		if b.Returned == nil {
			data, _ := p.Data(maxReturned)
			h, _, _ := entity.SplitHeader(entity.UnixLines(data))
			b.Returned = &entity.Part{Header: h}
		}
		b.attach(p)
	case p.Type == "text/calendar":
		b.Calendar = p
		b.attach(p)
	case b.isText(p):
		var files []*entity.Part
		if p.Encoding == "" && p.Type == "text/plain" {
			p.Body, files = entity.CutUU(p.Body)
		}
		plain, html := b.lines(p, w)
		b.Borrowed = b.Borrowed || p.Name != "" && p.Disposition != "" || !mailText[p.Type]
		b.add(plain, html)
		for _, f := range files {
			b.Gather(f, w)
		}
	case entity.IsTNEF(p):
		b.attach(p)
		text, files := w.Unpack(p, 0)
		class := strings.ToLower(w.Class)
		b.Receipt = b.Receipt || strings.Contains(class, "report.")
		b.Answer = b.Answer || strings.Contains(class, "schedule.meeting") || strings.Contains(class, "outlook.recall")
		if text != nil && Blank(b.Lines) {
			b.add(b.lines(text, w))
		}
		for _, f := range files {
			b.Gather(f, w)
		}
	default:
		b.attach(p)
		if strings.HasSuffix(strings.ToLower(p.Name), ".rpmsg") || strings.Contains(p.Type, "rpmsg") {
			w.Warn("The mail is protected by its sender's office (" + fold.Quote(p.Name) + "); its text cannot be read.")
		}
		if len(b.Documents) < 100 { // most of them logos
			b.Documents = append(b.Documents, p)
		}
	}
}

// mailText are the types in which people write mails; others are files that programs show inline.
var mailText = fold.Set("text/plain", "text/html", "text/enriched", "text/markdown", "text")

// isText reports whether a leaf is part of the mail's own text.
func (b *Body) isText(p *entity.Part) bool {
	if p.Disposition == "attachment" {
		return false
	}
	switch p.Type {
	case "text/plain", "text/html", "text/enriched", "text/richtext", "text", "text/markdown", "text/x-amp-html":
		return p.Name == "" || p.Type == "text/plain" && Blank(b.Lines)
	}
	return strings.HasPrefix(p.Type, "text/") && p.Name == "" && p.Disposition == "" && p.Type != "text/css"
}

// lines renders one text part, as plain or as html lines.
func (b *Body) lines(p *entity.Part, w *entity.Walker) (plain, html []Line) {
	if b.textBytes > entity.MaxText {
		w.Warn("The text is too long; only its first part was read.")
		return nil, nil
	}
	s := p.Text(w)
	b.textBytes += len(s)
	switch {
	case p.Type == "text/html", p.Type == "text/x-amp-html":
		return nil, Page(s, b.introduces)
	case p.Type == "text/enriched", p.Type == "text/richtext":
		return Plain(dropEnriched(s), nil), nil
	}
	return Plain(s, p.Params), nil
}

// alternative takes the best of several forms of one text.
func (b *Body) alternative(p *entity.Part, w *entity.Walker) {
	var plain, html []Line
	for _, c := range p.Children {
		sub := Body{textBytes: b.textBytes, introduces: b.introduces}
		sub.Gather(c, w)
		b.textBytes = sub.textBytes
		b.Attachments = append(b.Attachments, sub.Attachments...)
		b.Documents = append(b.Documents, sub.Documents...)
		b.Embedded = append(b.Embedded, sub.Embedded...)
		if sub.Calendar != nil {
			b.Calendar = sub.Calendar
		}
		if sub.Report != nil {
			b.Report = sub.Report
		}
		if b.Returned == nil {
			b.Returned = sub.Returned
		}
		if Blank(plain) {
			plain = sub.Plain
		}
		if Blank(html) {
			html = sub.HTML
		}
	}
	b.add(plain, html)
}

// add appends one text, given in one or both forms.
func (b *Body) add(plain, html []Line) {
	b.Plain = appendLines(b.Plain, plain)
	b.HTML = appendLines(b.HTML, html)
	if !Blank(plain) && !placeholder(plain) {
		b.Lines = appendLines(b.Lines, plain)
	} else {
		b.Lines = appendLines(b.Lines, html)
	}
}

// appendLines takes the lines over, where they are the first; nobody may write into them.
func appendLines(have, more []Line) []Line {
	if len(have) == 0 {
		return more[:len(more):len(more)]
	}
	return append(have, more...)
}

// Shown is the mail's text; without any, what is attached as text, reported or enclosed.
func (b *Body) Shown(w *entity.Walker) string {
	if s := Join(b.Lines); strings.TrimSpace(s) != "" {
		return s
	}
	for _, p := range b.Documents {
		if strings.HasPrefix(p.Type, "text/") {
			plain, html := b.lines(p, w)
			if s := Join(append(plain, html...)); strings.TrimSpace(s) != "" {
				return s
			}
		}
	}
	if b.Report != nil {
		data, _ := b.Report.Data(64 << 10)
		if s, _ := entity.ToUTF8(data, ""); strings.TrimSpace(s) != "" {
			return strings.TrimSpace(s)
		}
	}
	for i, e := range b.Embedded {
		if i == 20 {
			break
		}
		inner := Body{textBytes: b.textBytes, introduces: b.introduces}
		inner.Gather(e, w)
		b.textBytes = inner.textBytes
		if s := inner.Shown(w); strings.TrimSpace(s) != "" {
			return s
		}
	}
	return ""
}

// placeholder recognises the plain part that only says that there is an HTML part.
func placeholder(lines []Line) bool {
	size := 0
	for _, l := range lines {
		if size += len(l.Text); size > 300 {
			return false
		}
	}
	f := fold.Words(Join(lines))
	return strings.Contains(f, "html") && (strings.Contains(f, "to view") || strings.Contains(f, "viewer") ||
		strings.Contains(f, "untuk melihat") || strings.Contains(f, "enable html"))
}

// HoldsMoreThan reports whether the mail has text besides the lines that are new in it.
func (b *Body) HoldsMoreThan(fresh []Line) bool {
	n := len(b.Lines)
	for n > len(fresh) && b.Lines[n-1].Text == "" {
		n--
	}
	return len(fresh) < n || len(b.HTML)+len(b.Documents)+len(b.Embedded) > 0
}

// Blank reports whether no line holds anything.
func Blank(lines []Line) bool {
	for _, l := range lines {
		if strings.TrimSpace(l.Text) != "" {
			return false
		}
	}
	return true
}

func (b *Body) attach(p *entity.Part) {
	if len(b.Attachments) < 200 {
		b.Attachments = append(b.Attachments, Attachment{Name: strings.ToValidUTF8(p.Name, string(utf8.RuneError)),
			Type: p.Type, Size: p.Size()})
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
