package form

import "time"

// Field is one field of the form.
type Field struct {
	ID       string
	Label    string
	Aliases  []string
	Type     string  // text, email, nip, date or choice
	Means    Meaning // what the reader must know of it
	Required bool
	Decides  bool     // it is what a request is about: a signature holds no such field
	Report   bool     // it is asked in the officer's part of the form alone
	Choices  []string // of a choice; a value that only repeats them was not filled in
}

// Meaning is what a field says, for rules that need to know; each stands at most once in the request's part of a form,
// and once in the officer's.
type Meaning string

// The meanings. Of a field without one nothing is known but its type.
const (
	MeansEvent Meaning = "event" // what is asked for: the event's name
	MeansDate  Meaning = "date"  // when it is
	MeansPlace Meaning = "place" // where, and how
	MeansName  Meaning = "name"  // who asks; in the officer's part, who reports
	MeansEmail Meaning = "email" // the address of who asks
	MeansMedia Meaning = "media" // how the request came
)

// labels is a form as it is recognised in a text. Make one with newLabels; it must not be changed.
type Labels struct {
	fields   []Field
	index    labelIndex
	service  string         // our own address, which nobody fills in
	location *time.Location // of dates
}

// New prepares the fields of a form. service is our own address, location the zone of dates that name none.
func New(fields []Field, service string, location *time.Location) *Labels {
	l := &Labels{fields: fields, service: service, location: location}
	l.index = newLabelIndex(l)
	return l
}

// Field is the field with an id; nil when there is none.
func (l *Labels) Field(id string) *Field {
	for i := range l.fields {
		if l.fields[i].ID == id {
			return &l.fields[i]
		}
	}
	return nil
}

// Meaning is the id of the request's field that means something; "" when none does.
func (l *Labels) Meaning(m Meaning) string {
	for i := range l.fields {
		if f := &l.fields[i]; f.Means == m && !f.Report {
			return f.ID
		}
	}
	return ""
}

// officer is the id of the field that names the officer; where that is the requester's, too, one of its own.
func (l *Labels) officer() string {
	for i := range l.fields {
		if f := &l.fields[i]; f.Means == MeansName && f.Report {
			return f.ID
		}
	}
	return idOfficer
}

// isType reports whether a field is of a type.
func (l *Labels) isType(id, typ string) bool {
	f := l.Field(id)
	return f != nil && f.Type == typ
}

// Label reports whether a text is a label of the form, and one that a signature may have, too.
func (l *Labels) Label(name string) (is, inSignature bool) {
	id, is := l.index.find(name, false)
	return is, l.isType(id, "nip") || l.isType(id, "email")
}
