package form

import (
	"strings"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/when"
)

// set stores a value, unless the field has one or the value is only the printed form's.
func (r *Reader) set(id, value string) {
	r.labels[id] = true
	value = r.clean(id, value)
	if value == "" {
		return
	}
	if r.officer {
		if f := r.form.Field(id); f == nil {
			return
		} else if f.Means == MeansName {
			id = r.form.officer()
		} else if !f.Report {
			return
		}
	}
	isDate := false
	if f := r.form.Field(id); f != nil && f.Type == "date" {
		if isDate = !r.onlyClock(value); !isDate {
			id = idTime // "Waktu" may be another name of the date, or what its day lacks
		}
	}
	if have, ok := r.Values[id]; !ok {
		r.Values[id] = value
		r.lately[id] = value
	} else if r.lately[id] != "" && id[0] != 0 && !alike(r.lately[id], value) {
		r.doubled = append(r.doubled, "The form has the field "+fold.Quote(id)+" twice: "+fold.Quote(have)+" counts, "+
			fold.Quote(value)+" does not.")
		r.lately[id] = ""
		if isDate {
			r.rival = value
		}
	}
}

// onlyClock reports whether a value tells the time of some day.
func (r *Reader) onlyClock(v string) bool {
	return len(when.Calendar{Location: r.form.location}.Find(v)) == 0 && !when.HintsAtDay(v, false) && when.TellsClock(v)
}

// alike reports whether two values say the same, one of them perhaps more of it.
func alike(a, b string) bool {
	a, b = fold.Key(a), fold.Key(b)
	return strings.Contains(a, b) || strings.Contains(b, a)
}

// clean takes dots, brackets and marks off a value; "" when nothing was filled in.
func (r *Reader) clean(id, v string) string {
	v = fold.Squeeze(v)
	v = strings.TrimSpace(strings.TrimLeft(v, ":= "))
	f := r.form.Field(id)
	if f != nil && f.Type == "choice" && len(f.Choices) > 0 {
		v = readChoice(v, f.Choices)
	}
	v = strings.TrimLeft(strings.TrimSpace(strings.Trim(v, "*_|")), " ._…")
	if strings.Trim(v, " ._…·-–—,:;|/()[]<>*") == "" {
		if f != nil && f.Type == "nip" && strings.Trim(v, "-–—") == "" {
			return v
		}
		return ""
	}
	if strings.EqualFold(v, r.form.service) || isHint(v) || f != nil && f.Type == "choice" && unticked(v) {
		return ""
	}
	return strings.TrimRight(v, " .…_") + keepDots(v)
}

// unticked recognises boxes of which none is ticked.
func unticked(v string) bool {
	return strings.Contains(v, "☐") && !strings.ContainsAny(v, "☒☑✓✔✗")
}

// keepDots gives back the full stop that ends an abbreviation or a sentence.
func keepDots(v string) string {
	if strings.HasSuffix(v, ".") && !strings.HasSuffix(v, "..") {
		return "."
	}
	return ""
}

// isHint recognises what the printed form says where a value is to be written: "(diisi nama lengkap)", "<jam>", "xxx",
// "dd/mm/yyyy".
func isHint(v string) bool {
	if n := len(v); n > 2 && !strings.Contains(v, "@") {
		switch {
		case v[0] == '<' && v[n-1] == '>', v[0] == '[' && v[n-1] == ']':
			return true
		case v[0] == '(' && v[n-1] == ')':
			return !strings.ContainsAny(v, "0123456789") || strings.Contains(strings.ToLower(v), "digit")
		}
	}
	folded := fold.Words(v)
	if strings.Trim(folded, "x ") == "" && strings.Count(folded, "x") >= 3 ||
		dateHints[strings.ReplaceAll(folded, " ", "")] {
		return true
	}
	first, rest, _ := strings.Cut(folded, " ")
	switch first {
	case "diisi", "isikan", "tuliskan", "masukkan", "contoh", "misal", "misalnya", "pilih":
		return true
	case "isi", "tulis", "di":
		next, _, _ := strings.Cut(rest, " ")
		return hintObjects[next]
	}
	return false
}

var (
	dateHints = fold.Set("ddmmyyyy", "ddmmyy", "tglblnthn", "haritanggal", "haritanggaljam", "hhbbtttt", "hhmm",
		"yyyymmdd", "haritglblnthnjam")
	hintObjects = fold.Set("nama", "nip", "unit", "kegiatan", "tanggal", "hari", "jam", "sesuai", "dengan", "di", "isi",
		"email", "alamat", "lengkap", "oleh", "disini")
)
