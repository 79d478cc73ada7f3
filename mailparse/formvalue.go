package mailparse

import "strings"

// set stores a value, unless the field has one or the value is only the printed form's.
func (r *formReader) set(id, value string) {
	r.labels[id] = true
	value = r.clean(id, value)
	if value == "" {
		return
	}
	if r.officer {
		if id == "nama" && r.g.field("petugas") != nil {
			id = "petugas"
		} else if f := r.g.field(id); f == nil || builtinLabels[id] != nil {
			return
		}
	}
	if _, have := r.values[id]; !have {
		r.values[id] = value
	}
}

// clean takes dots, brackets and marks off a value; "" when nothing was filled in.
func (r *formReader) clean(id, v string) string {
	v = strings.Join(strings.Fields(v), " ")
	v = strings.TrimSpace(strings.TrimLeft(v, ":= "))
	v = strings.TrimSpace(strings.Trim(v, "*_|"))
	f := r.g.field(id)
	if strings.Trim(v, " ._…·-–—,:;|/()[]<>*") == "" {
		if f != nil && f.Type == "nip" && strings.Trim(v, "-–—") == "" {
			return v
		}
		return ""
	}
	if n := len(v); n > 2 && (v[0] == '<' && v[n-1] == '>' || v[0] == '[' && v[n-1] == ']') {
		if !strings.Contains(v, "@") {
			return "" // a hint of the printed form
		}
	}
	switch {
	case strings.EqualFold(v, r.g.Service), f != nil && f.Type == "choice" && (onlyChoices(v, f.Choices) || unticked(v)):
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

// onlyChoices reports whether v merely lists several of the choices, as the printed form does.
func onlyChoices(v string, choices []string) bool {
	parts := strings.FieldsFunc(foldSlashes(v), func(r rune) bool { return r == '/' })
	if len(parts) < 2 || len(parts) < len(choices) {
		return false
	}
	if len(choices) == 0 {
		return foldKey(v) == "emailsmstelpdatanglangsung"
	}
	for _, p := range parts {
		known := false
		for _, c := range choices {
			known = known || foldKey(p) == foldKey(c)
		}
		if !known {
			return foldKey(v) == "emailsmstelpdatanglangsung"
		}
	}
	return true
}

func foldSlashes(s string) string {
	return strings.NewReplacer("|", "/", ",", "/", " atau ", "/").Replace(s)
}
