package form

import (
	"slices"
	"strings"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
	"batan.go.id/layanan/mailparse/quote"
	"batan.go.id/layanan/mailparse/text"
	"batan.go.id/layanan/mailparse/when"
)

// Reader collects the form's values from lines of text. The first value of a field counts.
type Reader struct {
	form    *Labels
	Values  map[string]string
	labels  map[string]bool   // labels seen, filled or not
	pending string            // the field whose label stood without a value
	gap     int               // empty lines since
	last    string            // the field that a wrapped line would continue
	lastLen int               // length of the line it ended on
	more    int               // lines it was continued by
	columns []string          // fields of a heading row
	officer bool              // below "PETUGAS LAYANAN"
	quoted  bool              // the lines are older than the mail
	lately  map[string]string // values set since the last text began, of which a second one is doubtful
	rival   string            // a second date
	doubled []string          // warnings of fields with a second value
}

// NewReader is a reader of one form that has read nothing yet.
func NewReader(l *Labels) *Reader {
	return &Reader{form: l, Values: map[string]string{}, labels: map[string]bool{}, lately: map[string]string{}}
}

const maxFormLines = 5000

// Read takes in lines; quote marks do not matter.
func (r *Reader) Read(lines []text.Line) {
	r.lately = map[string]string{}
	for i, l := range lines {
		if i == maxFormLines {
			break
		}
		r.line(text.TrimEnd(quote.StripMarks(l.Text)))
	}
	r.pending, r.last, r.columns = "", "", nil
}

// readDocument takes in a document if it is the form: it has most of the labels that must be filled in. A letter of
// invitation has an event and a date, too.
func (r *Reader) readDocument(lines []text.Line) {
	if len(lines) == 0 {
		return
	}
	d := NewReader(r.form)
	d.Read(lines)
	seen, required := 0, 0
	for _, f := range r.form.fields {
		if f.Required {
			required++
			if d.labels[f.ID] || d.labels[idCombined] && (f.Means == MeansEvent || f.Means == MeansDate) {
				seen++
			}
		}
	}
	if 2*seen < required {
		return
	}
	for id := range d.labels {
		r.labels[id] = true
	}
	for id, v := range d.Values {
		if _, have := r.Values[id]; !have {
			r.Values[id] = v
		}
	}
}

func (r *Reader) line(text string) {
	if strings.TrimSpace(text) == "" {
		if r.gap++; r.gap > 1 {
			r.pending = ""
		}
		r.last = ""
		return
	}
	r.gap = 0
	if len(text) > 4000 {
		r.pending, r.last = "", ""
		return
	}
	switch section(text) {
	case officerPart:
		r.officer, r.pending, r.last = true, "", ""
		return
	case requesterPart:
		r.officer, r.pending, r.last = false, "", ""
		date := r.form.Meaning(MeansDate)
		delete(r.Values, date) // of the paper, not of the event
		delete(r.lately, date)
		return
	}
	if strings.IndexByte(text, '\t') < 0 {
		r.cell(text, true)
		r.lastLen = len(text)
		return
	}
	cells := strings.Split(text, "\t")
	if len(cells) > 1 && r.tableRow(cells) {
		return
	}
	for len(cells) > 1 && isNumbering(cells[0]) {
		cells = cells[1:]
	}
	for i, c := range cells {
		if strings.TrimSpace(c) == "" {
			continue
		}
		if i > 0 && r.pending == "" && !strings.ContainsAny(c, ":=") && !r.besideValue(c) {
			continue
		}
		r.cell(c, i == 0)
	}
	r.lastLen = len(text)
}

// isNumbering reports whether a cell is empty or numbers its row.
func isNumbering(c string) bool {
	c = strings.TrimRight(strings.TrimSpace(c), ".)")
	return len(c) <= 2 && strings.Trim(c, "0123456789") == ""
}

// besideValue judges a cell to the right of a value, or of a row's number: it may be another label, or the date of
// "Kegiatan/Tanggal", which it adds.
func (r *Reader) besideValue(c string) (isLabel bool) {
	if _, ok := r.form.index.find(c, false); ok && !r.isChoice(r.last, c) {
		return true
	}
	r.addDate(c)
	return false
}

// addDate adds a date to an activity before it that has none yet, where both belong to one field.
func (r *Reader) addDate(c string) bool {
	if r.last != idCombined {
		return false
	}
	v, days := r.Values[idCombined], when.Calendar{Location: r.form.location}
	if len(days.Find(v)) > 0 || len(days.Find(c)) == 0 {
		return false
	}
	r.Values[idCombined] = v + " / " + strings.TrimSpace(c)
	return true
}

// The parts of the printed form.
const (
	noPart = iota
	requesterPart
	officerPart
)

// section is the part of the form whose heading a line is.
func section(text string) int {
	if text == "" || fold.ASCII[text[0]] != 0 && strings.IndexByte("PpLl", text[0]) < 0 { // most lines
		return noPart
	}
	t := strings.TrimLeft(text, " \t*_#")
	if len(t) > 60 || t == "" || !strings.ContainsRune("PpLl", rune(t[0])) {
		return noPart
	}
	switch k := fold.Key(t); {
	case k == "permintaanpengguna":
		return requesterPart
	case k == "petugaslayanan", strings.HasPrefix(k, "laporanpelaksanaanvideokonferensi") && !strings.Contains(text, ":"):
		return officerPart
	}
	return noPart
}

// tableRow handles a row of headings and the row of values below it.
func (r *Reader) tableRow(cells []string) bool {
	if n := len(r.columns); n > 0 && len(cells) <= n {
		for i, c := range cells {
			if id := r.columns[i]; id != "" {
				r.set(id, c)
			}
		}
		r.columns = nil
		return true
	}
	r.columns = nil
	ids, known := make([]string, len(cells)), 0
	for i, c := range cells {
		c = strings.TrimSpace(c)
		if strings.HasPrefix(c, ":") || i > 0 && r.isChoice(ids[i-1], c) {
			return false
		}
		if id, ok := r.form.index.find(strings.TrimRight(c, ":"), false); ok {
			ids[i] = id
			known++
		}
	}
	if known < 2 || known < len(cells)-1 { // one column may be the row number
		return false
	}
	r.columns, r.pending, r.last = ids, "", ""
	for _, id := range ids {
		r.labels[id] = true
	}
	return true
}

// isChoice reports whether text is one of a field's choices: "Email" is a medium as well as a label.
func (r *Reader) isChoice(id, text string) bool {
	if f := r.form.Field(id); f != nil {
		for _, c := range f.Choices {
			if fold.Key(c) == fold.Key(text) {
				return true
			}
		}
	}
	return false
}

// cell reads a cell, or a line: "label : value", "label", ": value", "value".
func (r *Reader) cell(c string, first bool) {
	trimmed := strings.TrimSpace(c)
	if v, ok := strings.CutPrefix(trimmed, ":"); ok && r.pending != "" {
		c, trimmed = v, strings.TrimSpace(v)
		if trimmed == "" {
			return
		}
	}
	if r.joint(c) {
		r.pending, r.last = "", ""
		return
	}
	pieces, lead := r.split(c)
	if len(pieces) == 0 {
		r.plain(c, trimmed, first)
		return
	}
	if r.pending != "" && strings.TrimSpace(lead) != "" {
		r.set(r.pending, lead)
	}
	r.pending, r.last = "", ""
	for _, p := range pieces {
		r.labels[p.id] = true
		if v := strings.TrimSpace(p.value); v == "" || v == "*" {
			r.pending = p.id
		} else {
			r.set(p.id, p.value)
			r.last, r.more = p.id, 0
		}
	}
}

// plain reads text without a label before a colon: a label alone, the value of the label before it, or the rest of a
// wrapped value.
func (r *Reader) plain(c, trimmed string, first bool) {
	if len(trimmed) <= r.form.index.max+16 {
		if id, ok := r.form.index.find(strings.TrimRight(trimmed, "*_ "), len(trimmed) >= 10); ok && !r.isChoice(r.pending,
			trimmed) {
			r.labels[id] = true
			r.pending, r.last = id, ""
			return
		}
	}
	id, v, ok := r.wideGap(c)
	if !ok {
		id, v, ok = r.typedValue(trimmed)
	}
	if ok {
		r.labels[id] = true
		r.set(id, v)
		r.pending, r.last, r.more = "", id, 0
		return
	}
	switch {
	case strings.HasSuffix(trimmed, ":"), r.pending != "" && lexicon.IsClosing(trimmed):
		r.pending, r.last = "", ""
	case r.pending != "":
		r.set(r.pending, trimmed)
		r.last, r.more, r.pending = r.pending, 0, ""
	case r.addDate(c):
	case r.last != "" && first && r.more < 3 && !lexicon.Labelled(trimmed) && (r.lastLen >= 55 || indented(c)):
		// an earlier text's value is whole
		if v := r.Values[r.last]; r.lately[r.last] != "" && !r.form.isType(r.last, "nip") && !r.form.isType(r.last,
			"email") {
			r.Values[r.last] = v + " " + trimmed
		}
		r.more++
	default:
		r.last = ""
	}
}

// filled counts the fields that a person filled in; telling are those that no signature holds.
func (r *Reader) filled() (all, telling int) {
	for id := range r.Values {
		if id[0] == 0 && id != idCombined {
			continue
		}
		all++
		if f := r.form.Field(id); f == nil || f.Decides || f.Report || f.Means == MeansEvent || f.Means == MeansDate ||
			f.Means == MeansPlace {
			telling++
		}
	}
	return all, telling
}

// Lacks reports whether a required field has no value.
func (r *Reader) Lacks() bool {
	return slices.ContainsFunc(r.form.fields, func(f Field) bool {
		return f.Required && r.Values[f.ID] == "" && (r.Values[idCombined] == "" ||
			f.Means != MeansEvent && f.Means != MeansDate)
	})
}

// IsRequest reports whether the values make a filled form: a signature with a name, a NIP and an office is none.
func (r *Reader) IsRequest() bool {
	all, telling := r.filled()
	return telling >= 1 && all >= 2 || all >= 4 || all >= 1 && len(r.labels) >= 5
}

// SignReport gives a report its officer's name: the field is the requester's in the upper half of the form.
func (r *Reader) SignReport() {
	name, requester := r.Values[idOfficer], r.form.Meaning(MeansName)
	for id := range r.Values {
		if f := r.form.Field(id); name != "" && f != nil && f.Report {
			r.Values[requester] = name
		}
	}
}
