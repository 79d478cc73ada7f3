package mailparse

import (
	"time"

	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/quote"
	"batan.go.id/layanan/mailparse/text"
)

// whole reads the form wherever it stands in a mail: quoted, forwarded, attached.
func (l *labels) whole(b *text.Body, a *text.Documents) *formReader {
	r := l.quotedIn(b)
	r.readDocuments(b, a)
	for _, e := range b.Embedded[:min(len(b.Embedded), maxEnclosed)] {
		inner := text.NewBody(quote.Introduces)
		inner.Gather(e, &entity.Walker{})
		r.read(inner.Lines)
		r.readDocuments(inner, a)
	}
	return r
}

// maxEnclosed is how many enclosed mails a form is looked for in.
const maxEnclosed = 5

// quotedIn reads the form in the whole text.
func (l *labels) quotedIn(b *text.Body) *formReader {
	r := newFormReader(l)
	r.quoted = true
	r.read(b.Lines)
	if len(b.Plain) > 0 && len(b.HTML) > 0 { // without plain, the text is the page
		r.read(b.HTML)
	}
	return r
}

// attachedTo reads the form that a reply brings along; it was filled in before, so its "besok" is nobody's tomorrow.
func (l *labels) attachedTo(b *text.Body, a *text.Documents) *formReader {
	r := newFormReader(l)
	r.quoted = true
	if r.readDocuments(b, a); !r.isRequest() {
		return newFormReader(l)
	}
	return r
}

// readDocuments takes in what is attached and is the form.
func (r *formReader) readDocuments(b *text.Body, a *text.Documents) {
	for _, d := range b.Documents {
		r.readDocument(a.Lines(d))
	}
}

// readInvitation takes from an attached invitation the date that the form lacks, and the event where it is a request. ref is
// the mail's own date.
func (r *formReader) readInvitation(b *text.Body, ref *time.Time, request bool) {
	date, event := r.form.meaning(MeansDate), r.form.meaning(MeansEvent)
	if date == "" || len(r.values) > 0 && r.result(ref).Form[date].Date != nil {
		return
	}
	activity, day := invitation(b, r.form.location)
	if day == "" {
		return
	}
	r.values[date] = day
	if request && event != "" && r.values[event] == "" && activity != "" {
		r.values[event] = activity
	}
}
