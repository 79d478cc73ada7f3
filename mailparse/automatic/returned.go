package automatic

import (
	"bytes"
	"strings"

	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/text"
)

// report is what a delivery report says, in whatever shape.
type report struct {
	text     string        // its words, above the mail that it returns
	fields   string        // its fields, as sent
	returned entity.Header // of the mail that it returns; nil when it returns none
}

// maxReport is how much of a report's text is read, in bytes.
const maxReport = 64 << 10

// readReport parts a report's words from the mail that follows them in the same text.
func readReport(b *text.Body, root *entity.Part) report {
	text := text.Join(b.Lines)
	text = text[:min(len(text), maxReport)]
	r := report{text: text}
	if b.Report != nil {
		data, _ := b.Report.Data(maxReport)
		r.fields = string(data)
	}
	at, below := headerInText(text)
	if above := text[:at]; below != nil && !summary(below) && strings.IndexByte(above, '@') >= 0 {
		r.text = above
	}
	for _, h := range append(returnedHeaders(b, root), below) {
		if r.returned == nil || !r.returned.Has("message-id") && h.Has("message-id") {
			r.returned = h
		}
	}
	return r
}

// returnedHeaders are the headers of a returned mail among a report's parts: of an enclosed mail, of an attached text
// that is one, of a part that runs together with the mail.
func returnedHeaders(b *text.Body, root *entity.Part) []entity.Header {
	var out []entity.Header
	if b.Returned != nil {
		out = append(out, b.Returned.Header)
	}
	for _, d := range b.Documents {
		if strings.HasPrefix(d.Type, "text/") {
			data, _ := d.Data(maxReport)
			if h, _, _ := entity.SplitHeader(entity.UnixLines(data)); mailHeader(h) {
				out = append(out, h)
			}
		}
	}
	for _, c := range root.Children {
		out = append(out, fusedHeaders(c)...)
	}
	return out
}

// fusedHeaders are those of parts that begin with the mail's header instead of their own.
func fusedHeaders(p *entity.Part) []entity.Header {
	if mailHeader(p.Header) {
		return []entity.Header{p.Header}
	}
	var out []entity.Header
	for _, c := range p.Children {
		out = append(out, fusedHeaders(c)...)
	}
	return out
}

// headerInText finds a mail's header in plain text, as it comes or indented or quoted, and where it begins.
func headerInText(text string) (at int, h entity.Header) {
	for at < len(text) {
		block, size := fieldBlock(text[at:])
		if h, _, _ := entity.SplitHeader(block); mailHeader(h) {
			return at, h
		}
		at += size
	}
	return 0, nil
}

// fieldBlock takes the lines that look like fields off a text, without the marks that stand before each of them, and
// says how long they were there: one line that is no field, at least.
func fieldBlock(text string) (block []byte, size int) {
	first, _, _ := strings.Cut(text, "\n")
	indent := first[:len(first)-len(strings.TrimLeft(first, " \t>"))]
	var out bytes.Buffer
	for l := range strings.SplitSeq(text, "\n") {
		rest, ok := strings.CutPrefix(l, indent)
		folded := size > 0 && (strings.HasPrefix(rest, " ") || strings.HasPrefix(rest, "\t"))
		if !ok || !folded && !entity.IsField([]byte(rest)) || strings.TrimSpace(rest) == "" {
			break
		}
		out.WriteString(rest)
		out.WriteByte('\n')
		size += len(l) + 1
	}
	return out.Bytes(), max(size, len(first)+1)
}

// mailHeader tells a mail's header from other lines with colons: a transcript, a summary of the mail.
func mailHeader(h entity.Header) bool {
	if len(h) < 2 {
		return false
	}
	return h.Has("message-id") && (h.Has("from") || h.Has("received") || h.Has("date")) ||
		h.Has("from") && h.Has("subject") && (h.Has("to") || h.Has("date")) ||
		h.Has("received") && (h.Has("from") || h.Has("return-path"))
}

// summary tells the few fields by which some programs name the mail; what went wrong may stand below them.
func summary(h entity.Header) bool {
	return !h.Has("received") && !h.Has("message-id") && !h.Has("return-path")
}

// addressees are the addresses that the returned mail went to: by the servers on its way, the first one's word first,
// and by its header.
func (r *report) addressees() []string {
	var out []string
	received := r.returned.All("received")
	for i := len(received) - 1; i >= 0 && len(out) < 20; i-- {
		if _, after, ok := strings.Cut(received[i], " for <"); ok {
			a, _, _ := strings.Cut(after, ">")
			if a = entity.BareAddress(a); a != "" {
				out = append(out, a)
			}
		}
	}
	for _, name := range []string{"to", "cc"} {
		out = append(out, entity.BareAddresses(r.returned.Get(name))...)
	}
	return out
}

// returnedID is the Message-ID of the mail that a report is about: of the mail returned, else one that its text names,
// else of the mail that the report answers.
func (r *report) returnedID(m *Mail) string {
	if ids := entity.MessageIDs(r.returned.All("message-id")); len(ids) > 0 {
		return ids[0]
	}
	for _, text := range []string{r.fields, r.text} {
		if id := namedID(text); id != "" && id != m.MessageID {
			return id
		}
	}
	for _, ids := range [][]string{m.InReplyTo, m.References} {
		if len(ids) > 0 {
			return ids[len(ids)-1]
		}
	}
	return ""
}

// namedID is the Message-ID that a text names: "Message-ID: <a@b>", "Message Id <a@b>".
func namedID(text string) string {
	low := fold.Lower(text)
	for from := 0; ; {
		i := strings.Index(low[from:], "message")
		if i < 0 {
			return ""
		}
		from += i + len("message")
		rest := strings.TrimLeft(low[from:min(from+4, len(low))], " -")
		l, _, closed := strings.Cut(text[from:min(from+500, len(text))], ">")
		if start := strings.IndexByte(l, '<'); closed && strings.HasPrefix(rest, "id") && start > 0 && start < 20 {
			if ids := entity.MessageIDs([]string{l[start:] + ">"}); len(ids) > 0 {
				return ids[0]
			}
		}
	}
}
