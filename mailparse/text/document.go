package text

import (
	"errors"

	"batan.go.id/layanan/internal/document"
	"batan.go.id/layanan/internal/document/page"
	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/fold"
)

// Limits of what is attached.
const (
	maxDocuments = 10       // of one mail
	smallPicture = 20 << 10 // a logo, more likely than a form on a photo
)

// Documents reads the documents of a mail that may hold the form, one after the other.
type Documents struct {
	entity.Walker
	partly []string // warnings of documents that were read in part
	left   int      // how many may still be read
}

// NewDocuments is a reader of the documents of one mail.
func NewDocuments() *Documents { return &Documents{left: maxDocuments} }

// Lines renders a document; nil for what is none, or cannot be read, which a warning says.
func (a *Documents) Lines(p *entity.Part) []Line {
	head, _ := p.Data(document.HeadSize)
	format := document.Detect(p.Name, p.Type, head)
	switch format {
	case document.Unknown, document.Calendar, document.TNEF:
		return nil
	case document.Picture:
		if p.Disposition == "inline" || p.Disposition != "attachment" && (p.Header.Get("content-id") != "" ||
			p.Size() < smallPicture) {
			return nil
		}
	}
	if a.left--; a.left < 0 {
		a.Warn("The mail has too many attachments; not all were read.")
		return nil
	}
	switch format {
	case document.HTML:
		return Page(p.Text(&a.Walker), nil)
	case document.Text:
		return Plain(p.Text(&a.Walker), p.Params)
	case document.Picture:
		a.refuse(p, page.ErrPicture)
		return nil
	}
	data, cut := p.Data(entity.MaxDocument)
	if cut {
		a.refuse(p, page.ErrTooLarge)
		return nil
	}
	texts, err := document.Read(format, data)
	switch {
	case err != nil && len(texts) > 0:
		a.partly = append(a.partly, "The attachment "+fold.Quote(p.Name)+" "+err.Error()+"; only a part of it was read.")
	case err != nil && !errors.Is(err, page.ErrUnknown):
		a.refuse(p, err)
	}
	lines := make([]Line, len(texts))
	for i, t := range texts {
		lines[i].Text = entity.Clean(t)
	}
	return lines
}

func (a *Documents) refuse(p *entity.Part, err error) {
	a.Warn("The attachment " + fold.Quote(p.Name) + " " + err.Error() + ".")
}

// Told is what could not be read. Where the form was found all the same, a picture beside it does not matter.
func (a *Documents) Told(found bool) []string {
	if found {
		return a.partly
	}
	return append(a.Warnings, a.partly...)
}
