package entity

import (
	"strings"

	"batan.go.id/layanan/internal/document"
	"batan.go.id/layanan/internal/document/outlook"
	"batan.go.id/layanan/mailparse/fold"
)

// IsTNEF recognises what Outlook packs a whole mail into: winmail.dat.
func IsTNEF(p *Part) bool {
	return p.Type == "application/ms-tnef" || p.Type == "application/vnd.ms-tnef" ||
		strings.EqualFold(p.Name, "winmail.dat")
}

// Unpack gives the parts of a container: the mail's text, if there is one, and its attachments. A mail that is
// attached to it is a container of its own.
func (w *Walker) Unpack(p *Part, depth int) (text *Part, files []*Part) {
	data, cut := p.Data(MaxDocument)
	c, err := outlook.ReadTNEF(data)
	if err != nil || cut {
		w.Warn("The attachment " + fold.Quote(p.Name) + " is damaged or too large; not all in it was read.")
	}
	if c == nil {
		return nil, nil
	}
	if depth == 0 {
		w.Class = strings.TrimRight(c.Class, "\x00")
	}
	if t := c.Body; t != nil {
		text = &Part{Type: t.Type, Params: map[string]string{"charset": t.Charset}, Body: UnixLines(t.Data)}
	}
	for _, f := range c.Files {
		if w.parts++; w.parts >= maxParts {
			break
		}
		file := &Part{Type: strings.ToLower(f.Type), Name: fileName(f.Name), Disposition: "attachment", Body: f.Data}
		if !validType(file.Type) {
			file.Type = "application/octet-stream"
		}
		if document.Detect("", "", f.Data) == document.TNEF && depth < maxDepth {
			inner, list := w.Unpack(file, depth+1)
			if inner != nil {
				list = append([]*Part{inner}, list...)
			}
			file.Embedded = &Part{Type: "multipart/mixed", Children: list}
		}
		files = append(files, file)
	}
	return text, files
}
