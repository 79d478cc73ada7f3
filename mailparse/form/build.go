package form

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/when"
)

// Form is a form as far as it could be read: values by field id. Each field of the request is there, filled in or
// not, and each of the report that was filled in.
type Form map[string]Value

// Value is what stands in one field.
type Value struct {
	Text string     // as understood; of a date as written
	Date *when.Date // of a field of type date, where anything was written
	Type string     // the field's
}

// MarshalJSON writes a date as an object, null where there is none, and all else as its text.
func (v Value) MarshalJSON() ([]byte, error) {
	if v.Type == "date" {
		return json.Marshal(v.Date)
	}
	return json.Marshal(v.Text)
}

// Text is the text of a field; "" when it was not filled in.
func (f Form) Text(id string) string { return f[id].Text }

// Result is a form with what is wrong in it.
type Result struct {
	Form     Form
	Written  map[string]string      // values as written, by field id
	Missing  []string               // required fields that are absent or unreadable
	Reasons  map[string]when.Reason // why the value of a field cannot be used
	Warnings []string
}

// formBuilder turns the values as written into the typed form.
type formBuilder struct {
	form     *Labels
	values   map[string]string
	rival    string // a second date
	beside   string // what stands beside the date in its field
	named    string // text of other fields that may name the weekday
	calendar when.Calendar
	Result
}

// Read makes the form of values by field id, as people write them. ref is when they were written.
func (l *Labels) Read(values map[string]string, ref *time.Time) Result {
	r := NewReader(l)
	for _, f := range l.fields {
		v := strings.Join(strings.Fields(values[f.ID]), " ")
		switch {
		case v == "":
		case f.Type == "text", f.Type == "choice": // needs no reading
			r.Values[f.ID] = v
		default:
			r.set(f.ID, v)
		}
	}
	return r.Result(ref)
}

// Result makes the typed form of what was read. ref is the mail's own date.
func (r *Reader) Result(ref *time.Time) Result {
	b := formBuilder{form: r.form, values: r.Values, rival: r.rival,
		calendar: when.Calendar{Location: r.form.location, Ref: ref, Quoted: r.quoted}}
	b.Warnings, b.Reasons = r.doubled, map[string]when.Reason{}
	b.build()
	b.Written = map[string]string{}
	for id, v := range r.Values {
		if id[0] != 0 {
			b.Written[id] = v
		}
	}
	return b.Result
}

func (b *formBuilder) warn(list ...string) { b.Warnings = append(b.Warnings, list...) }

// blame says why a field cannot be used.
func (b *formBuilder) blame(id string, why *when.Reason) {
	b.Reasons[id] = *why
	b.warn(sentence(why))
}

func (b *formBuilder) build() {
	b.splitCombined()
	date, place := b.form.Meaning(MeansDate), b.form.Meaning(MeansPlace)
	b.Form = Form{}
	for i := range b.form.fields {
		f := &b.form.fields[i]
		v := Value{Type: f.Type}
		switch written, ok := b.values[f.ID]; {
		case f.ID == date:
			if v.Date = b.date(); v.Date != nil {
				v.Text = v.Date.Text
			}
		case ok:
			v = b.value(f, written)
		case f.ID == place:
			v.Text = b.venue()
		case f.Report:
			continue
		}
		b.Form[f.ID] = v
	}
	for _, f := range b.form.fields {
		if _, bad := b.Reasons[f.ID]; f.Required && (bad || b.values[f.ID] == "") {
			b.Missing = append(b.Missing, f.ID)
		}
	}
}

// value reads one value by its field's type.
func (b *formBuilder) value(f *Field, written string) Value {
	v := Value{Text: written, Type: f.Type}
	switch f.Type {
	case "nip":
		nip, mark, fault := readNIP(written)
		if v.Text = nip; fault != nil {
			b.blame(f.ID, fault)
		} else if mark != "" {
			b.warn(mark)
		}
	case "email":
		if addr := entity.FirstAddress(strings.ReplaceAll(written, " at ", "@")); addr != "" {
			v.Text = addr
		} else {
			b.blame(f.ID, &when.Reason{Code: ReasonAddress, Text: written})
		}
	case "date": // of the event is the one date that the procedure reckons with
		found := b.calendar.Find(written)
		if len(found) == 0 {
			b.blame(f.ID, &when.Reason{Code: when.ReasonUnreadable, Text: written})
			break
		}
		if !found[0].Readable() {
			b.blame(f.ID, found[0].Fault)
		}
		v.Date = found[0].Date(written)
	}
	return v
}

// venue makes the place of the fields "Waktu" and "Tempat" that some write instead.
func (b *formBuilder) venue() string {
	parts := []string{b.values[idTime], b.values[idPlace]}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}
