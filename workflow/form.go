package workflow

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// Value is what a form says in one field. A date field also says when.
type Value struct {
	Text       string
	Date       bool // a field of type date
	Start, End time.Time
	AllDay     bool // the date carries no time of day
}

// Form is a filled form: field id → value. Fields that say nothing are absent.
type Form map[string]Value

// dateJSON is the wire form of a date field.
type dateJSON struct {
	Text   string     `json:"text"`
	Start  *time.Time `json:"start"`
	End    *time.Time `json:"end"`
	AllDay bool       `json:"all_day,omitempty"`
}

// MarshalJSON writes a text as a string and a date as {text, start, end}.
func (v Value) MarshalJSON() ([]byte, error) {
	v.Text = strings.ToValidUTF8(v.Text, "\uFFFD") // the same after it was read back
	if !v.Date {
		return json.Marshal(v.Text)
	}
	d := dateJSON{Text: v.Text, AllDay: v.AllDay}
	if !v.Start.IsZero() {
		d.Start = &v.Start
	}
	if !v.End.IsZero() {
		d.End = &v.End
	}
	return json.Marshal(d)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (v *Value) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		*v = Value{}
		return json.Unmarshal(data, &v.Text)
	}
	var d dateJSON
	if err := json.Unmarshal(data, &d); err != nil {
		return err
	}
	*v = Value{Text: d.Text, Date: true, AllDay: d.AllDay}
	if d.Start != nil {
		v.Start = *d.Start
	}
	if d.End != nil {
		v.End = *d.End
	}
	return nil
}

// says reports whether a field of the given type is filled in legibly.
func (v Value) says(typ string) bool {
	if typ == "date" {
		return !v.Start.IsZero()
	}
	return strings.TrimSpace(v.Text) != ""
}

// same reports whether two values say the same; dates may be worded differently.
func (v Value) same(o Value) bool {
	if v.Date && o.Date && !v.Start.IsZero() {
		return v.Start.Equal(o.Start) && v.End.Equal(o.End) && v.AllDay == o.AllDay
	}
	return v.Text == o.Text
}

// Digest is the hex SHA-256 of the form's JSON, which is sorted by field.
func (f Form) Digest() string {
	canonical, err := json.Marshal(f)
	if err != nil {
		return "" // a year beyond 9999; no request with it can be kept
	}
	sum := sha256.Sum256(canonical)
	return hex.EncodeToString(sum[:])
}

// Text is what the form says in a field; empty when it says nothing.
func (f Form) Text(id string) string { return f[id].Text }

// merge returns f with the filled fields of g laid over it.
func (f Form) merge(g Form) Form {
	out := make(Form, len(f)+len(g))
	for id, v := range f {
		out[id] = v
	}
	for id, v := range g {
		if strings.TrimSpace(v.Text) != "" {
			out[id] = v
		}
	}
	return out
}

// Problem is a field that can't be used as it is, and why.
type Problem struct {
	Field string `json:"field"`
	Text  string `json:"text,omitempty"` // what was written

	// Reason is a code: one of mailparse's, or the two below. The mails say in
	// templates/phrases.txt what each means.
	Reason string      `json:"reason"`
	Part   string      `json:"part,omitempty"`  // of the text, which is at fault
	Dates  []time.Time `json:"dates,omitempty"` // the days that it may mean
}

// The reasons that need no reader of mails.
const (
	Unserved   = "unserved"   // an address that no role holder may file for
	Missing    = "missing"    // nothing was written
	Unreadable = "unreadable" // something was
)

// problems lists the required fields that are empty and all that are illegible,
// in the form's order; told are those that the reader of the mails found, the
// latest first.
func (s *SOP) problems(f Form, told []Problem) []Problem {
	var out []Problem
	for _, fd := range s.Fields {
		i := slices.IndexFunc(told, func(p Problem) bool { return p.Field == fd.ID })
		p := Problem{Field: fd.ID, Text: f.Text(fd.ID), Reason: Missing}
		switch {
		case f[fd.ID].says(fd.Type), !fd.Required && i < 0:
			continue
		case i >= 0:
			p = told[i]
		case p.Text != "":
			p.Reason = Unreadable
		}
		out = append(out, p)
	}
	return out
}
