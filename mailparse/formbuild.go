package mailparse

import (
	"strings"
	"time"
)

// formBuilder turns the values as written into the typed form.
type formBuilder struct {
	g        *Grammar
	values   map[string]string
	ref      *time.Time
	warnings []string
	unread   map[string]bool // fields whose value cannot be read
}

func (b *formBuilder) warn(list ...string) { b.warnings = append(b.warnings, list...) }

func (b *formBuilder) build() (*Form, []string, []string) {
	b.unread = map[string]bool{}
	b.splitCombined()
	f := &Form{}
	if text, e, ok := b.date(); ok {
		f.Tanggal = e.date(text)
		b.unread["tanggal"] = f.Tanggal.Start == nil
		b.warn(e.problems...)
	}
	for id, v := range b.values {
		b.place(f, id, v)
	}
	b.venue(f)
	var missing []string
	for _, fd := range b.g.Fields {
		if fd.Required && (b.values[fd.ID] == "" || b.unread[fd.ID]) {
			missing = append(missing, fd.ID)
		}
	}
	return f, missing, b.warnings
}

// place puts one value where it belongs.
func (b *formBuilder) place(f *Form, id, v string) {
	fd := b.g.field(id)
	if fd == nil {
		return
	}
	switch fd.Type {
	case "nip":
		nip, problem := readNIP(v)
		if v = nip; problem != "" {
			b.warn(problem)
			b.unread[id] = true
		}
	case "email":
		if as := parseAddresses(strings.ReplaceAll(v, " at ", "@")); len(as) > 0 {
			v = as[0].addr
		} else {
			b.warn("The e-mail address " + quoteShort(v) + " cannot be read.")
			b.unread[id] = true
		}
	case "choice":
		v = readChoice(v, fd.Choices)
	}
	switch id {
	case "nama":
		f.Nama = v
	case "email":
		f.Email = v
	case "nip":
		f.NIP = v
	case "unit_kerja":
		f.UnitKerja = v
	case "kegiatan":
		f.Kegiatan = v
	case "tanggal": // done
	case "pelaksanaan":
		f.Pelaksanaan = v
	case "media":
		f.Media = v
	default:
		if f.Extra == nil {
			f.Extra = map[string]string{}
		}
		f.Extra[id] = v
	}
}

// readChoice finds the choice that was named, or ticked among all of them: "[x] Email [ ] SMS", "☐ SMS ☒ Telp".
func readChoice(v string, choices []string) string {
	if i := strings.IndexAny(v, "☒☑✓✔"); i >= 0 {
		v = strings.TrimLeft(v[i:], "☒☑✓✔ ")
	} else if _, after, ok := strings.Cut(strings.ToLower(v), "[x]"); ok {
		v = strings.TrimSpace(after)
	} else {
		for _, c := range choices {
			if foldKey(c) == foldKey(v) {
				return c
			}
		}
		return v
	}
	for _, c := range choices {
		if strings.HasPrefix(foldWords(v), foldWords(c)) {
			return c
		}
	}
	return v
}

// venue fills Pelaksanaan from the fields "Waktu" and "Tempat" that some write instead.
func (b *formBuilder) venue(f *Form) {
	if f.Pelaksanaan != "" {
		return
	}
	var parts []string
	for _, id := range []string{idTime, idPlace} {
		if v := b.values[id]; v != "" {
			parts = append(parts, v)
		}
	}
	f.Pelaksanaan = strings.Join(parts, ", ")
}

// splitCombined takes "Rapat Koordinasi / 12 Juli 2018" apart, in whichever field it stands.
func (b *formBuilder) splitCombined() {
	v, ok := b.values[idCombined]
	if !ok {
		if v, ok = b.values["kegiatan"]; !ok || b.values["tanggal"] != "" {
			return
		}
		if found := findDates(v, b.g.Location, b.ref); len(found) == 0 {
			return
		}
	}
	activity, date := splitActivity(v, b.g.Location, b.ref)
	if _, have := b.values["kegiatan"]; (!have || !ok || b.values[idCombined] == "") && activity != "" {
		b.values["kegiatan"] = activity
	}
	if date != "" {
		if have := b.values["tanggal"]; have == "" || len(findDates(have, b.g.Location, b.ref)) == 0 || b.values[idCombined] != "" {
			b.values["tanggal"] = date
		}
	}
}

// splitActivity finds the date in a text: the last one, for events are named after months and years.
func splitActivity(v string, loc *time.Location, ref *time.Time) (activity, date string) {
	found := findDates(v, loc, ref)
	if len(found) == 0 {
		return splitAtSlash(v)
	}
	e := found[len(found)-1]
	before, after := trimJoint(v[:e.at]), strings.Trim(v[e.end:], " ,;/|()")
	date = strings.TrimSpace(v[e.at:e.end])
	switch {
	case before == "":
		return after, date
	case len(after) > 0 && len(after) <= 60:
		return before, strings.TrimRight(strings.TrimSpace(v[e.at:]), " ,;/|()")
	}
	return before, date
}

// trimJoint takes off what joins an activity to its date: "/", "–", "pada hari", "tanggal".
func trimJoint(s string) string {
	for {
		t := strings.TrimRight(s, " /,;|(-–—:.")
		low := strings.ToLower(t)
		for _, w := range []string{" tanggal", " tgl", " hari", " pada", " tg"} {
			if strings.HasSuffix(low, w) {
				t = t[:len(t)-len(w)]
			}
		}
		if low == "tanggal" || low == "tgl" || low == "hari" || low == "pada" {
			t = ""
		}
		if t == s {
			return strings.TrimSpace(s)
		}
		s = t
	}
}

// splitAtSlash takes apart what has no readable date: at a slash between blanks, or before a word that hints at a day.
func splitAtSlash(v string) (activity, date string) {
	i := strings.LastIndex(v, "/")
	if i <= 0 || i+1 >= len(v) || isDigit(v[i-1]) || isDigit(v[i+1]) {
		return v, ""
	}
	right := strings.TrimSpace(v[i+1:])
	for _, t := range dateTokens(right) {
		_, wd := weekdayNames[t.s]
		_, mo := monthNames[t.s]
		if t.kind == 'n' || wd || mo || t.s == "besok" || t.s == "lusa" || t.s == "minggu" || t.s == "tanggal" || t.s == "tgl" || t.s == "hari" {
			return strings.TrimSpace(v[:i]), right
		}
	}
	return v, ""
}

// date reads the date field, and takes from the other fields what it lacks: the time of day, or all of it.
func (b *formBuilder) date() (text string, e dateExpr, ok bool) {
	text = b.values["tanggal"]
	others := []string{b.values[idTime], b.values["pelaksanaan"]}
	if found := findDates(text, b.g.Location, b.ref); len(found) > 0 {
		e, ok = found[0], true
	} else {
		for _, o := range others {
			if found := findDates(o, b.g.Location, b.ref); len(found) > 0 && found[0].readable {
				e, ok = found[0], true
				if text == "" {
					text = o[e.at:e.end]
				}
				b.values["tanggal"] = text
				break
			}
		}
	}
	if text == "" {
		return "", e, false
	}
	if !ok {
		e.problems = []string{"The date " + quoteShort(text) + " cannot be read."}
		return text, e, true
	}
	if e.readable && !e.clock {
		for _, o := range append([]string{text}, others...) {
			if c := findClock(o); c.ok {
				e.addClock(c, b.g.Location)
				break
			}
		}
	}
	return text, e, true
}

// addClock gives a date the time of day that stood in another field.
func (e *dateExpr) addClock(c clock, loc *time.Location) {
	last := e.first
	if e.last != (day{}) {
		last = e.last
	}
	e.stop = nil
	e.setClock(c, c.zone(loc), last)
}

// date is the finished date.
func (e *dateExpr) date(text string) *Date {
	d := &Date{Text: text}
	if e.readable {
		start := e.start
		d.Start, d.End, d.AllDay = &start, e.stop, !e.clock
	}
	return d
}
