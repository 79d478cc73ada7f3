package mailparse

import (
	"strings"

	"batan.go.id/layanan/internal/document"
	"batan.go.id/layanan/mailparse/fold"
)

// isTNEF recognises what Outlook packs a whole mail into: winmail.dat.
func isTNEF(p *part) bool {
	return p.typ == "application/ms-tnef" || p.typ == "application/vnd.ms-tnef" || strings.EqualFold(p.name, "winmail.dat")
}

// unpack gives the parts of a container: the mail's text, if there is one, and its attachments. A mail that is attached
// to it is a container of its own.
func (w *walker) unpack(p *part, depth int) (text *part, files []*part) {
	data, cut := p.data(maxDocument)
	c, err := document.ReadTNEF(data)
	if err != nil || cut {
		w.warn("The attachment " + fold.Quote(p.name) + " is damaged or too large; not all in it was read.")
	}
	if c == nil {
		return nil, nil
	}
	if t := c.Body; t != nil {
		text = &part{typ: t.Type, params: map[string]string{"charset": t.Charset}, body: unixLines(t.Data)}
	}
	for _, f := range c.Files {
		if w.parts++; w.parts >= maxParts {
			break
		}
		file := &part{typ: strings.ToLower(f.Type), name: fileName(f.Name), disp: "attachment", body: f.Data}
		if !validType(file.typ) {
			file.typ = "application/octet-stream"
		}
		if document.Detect("", "", f.Data) == document.TNEF && depth < maxDepth {
			inner, list := w.unpack(file, depth+1)
			if inner != nil {
				list = append([]*part{inner}, list...)
			}
			file.embedded = &part{typ: "multipart/mixed", children: list}
		}
		files = append(files, file)
	}
	return text, files
}
