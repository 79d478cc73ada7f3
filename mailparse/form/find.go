package form

import (
	"time"

	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/quote"
	"batan.go.id/layanan/mailparse/text"
)

// Whole reads the form wherever it stands in a mail: quoted, forwarded, attached.
func (l *Labels) Whole(b *text.Body, a *text.Documents) *Reader {
	r := l.Quoted(b)
	r.ReadDocuments(b, a)
	enclosed := b.Embedded
	for n := 0; n < len(enclosed) && n < maxEnclosed; n++ { // each may enclose further ones
		inner := text.NewBody(quote.Introduces)
		inner.Gather(enclosed[n], &entity.Walker{})
		r.Read(inner.Lines)
		r.ReadDocuments(inner, a)
		enclosed = append(enclosed[:len(enclosed):len(enclosed)], inner.Embedded...)
	}
	return r
}

// maxEnclosed is how many enclosed mails a form is looked for in.
const maxEnclosed = 5

// Quoted reads the form in the whole text.
func (l *Labels) Quoted(b *text.Body) *Reader {
	r := NewReader(l)
	r.quoted = true
	r.Read(quote.WithoutHeaders(b.Lines))
	if len(b.Plain) > 0 && len(b.HTML) > 0 { // without plain, the text is the page
		r.Read(quote.WithoutHeaders(b.HTML))
	}
	return r
}

// Attached reads the form that a reply brings along; it was filled in before, so its "besok" is nobody's tomorrow.
func (l *Labels) Attached(b *text.Body, a *text.Documents) *Reader {
	r := NewReader(l)
	r.quoted = true
	if r.ReadDocuments(b, a); !r.IsRequest() {
		return NewReader(l)
	}
	return r
}

// ReadDocuments takes in what is attached and is the form.
func (r *Reader) ReadDocuments(b *text.Body, a *text.Documents) {
	for _, d := range b.Documents {
		r.readDocument(a.Lines(d))
	}
}

// ReadInvitation takes from an attached invitation the date that the form lacks, and the event where it is a request.
// ref is the mail's own date.
func (r *Reader) ReadInvitation(b *text.Body, ref *time.Time, request bool) {
	date, event := r.form.Meaning(MeansDate), r.form.Meaning(MeansEvent)
	if date == "" {
		return
	}
	activity, day := invitation(b, r.form.location)
	if day == "" || len(r.Values) > 0 && r.Result(ref).Form[date].Date != nil {
		return
	}
	r.Values[date] = day
	if request && event != "" && r.Values[event] == "" && activity != "" {
		r.Values[event] = activity
	}
}
