package form

import (
	"slices"
	"strings"
	"time"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
	"batan.go.id/layanan/mailparse/when"
)

// splitCombined takes "Rapat Koordinasi / 12 Juli 2018" apart, in whichever field it stands.
func (b *formBuilder) splitCombined() {
	event, day := b.form.Meaning(MeansEvent), b.form.Meaning(MeansDate)
	v, ok := b.values[idCombined]
	if !ok {
		if v, ok = b.values[event]; !ok || b.values[day] != "" || len(b.calendar.Find(v)) == 0 {
			return
		}
	}
	activity, date := splitActivity(b.calendar, v)
	if _, have := b.values[event]; (!have || b.values[idCombined] == "") && activity != "" {
		b.values[event] = activity
	}
	if date == "" {
		return
	}
	if have := b.values[day]; have == "" || len(b.calendar.Find(have)) == 0 || b.values[idCombined] != "" {
		b.values[day] = date
	}
}

// splitActivity finds the date in a text: the last one, for events are named after months and years.
func splitActivity(c when.Calendar, v string) (activity, date string) {
	found := c.Find(v)
	if len(found) == 0 {
		return splitAtSlash(v)
	}
	e := found[len(found)-1]
	before, after := trimJoint(v[:e.At]), strings.Trim(v[e.To:], " ,;/|()&-–—:")
	date = strings.TrimSpace(v[e.At:e.To])
	switch {
	case before == "":
		return after, date
	case len(after) > 0 && len(after) <= 60:
		return before, strings.TrimRight(strings.TrimSpace(v[e.At:]), " ,;/|()")
	}
	return before, date
}

// trimJoint takes off what joins an activity to its date: "/", "–", "pada hari", "tanggal".
func trimJoint(s string) string {
	for {
		t := strings.TrimRight(s, " /,;|(&-–—:.")
		low := strings.ToLower(t)
		for _, w := range []string{"tanggal", "tgl", "hari", "pada", "tg", "dilaksanakan", "diselenggarakan", "yang", "akan",
			"untuk", "jatuh"} {
			if low == w || strings.HasSuffix(low, " "+w) {
				t = t[:len(t)-len(w)]
				break
			}
		}
		if t == s {
			return strings.TrimSpace(s)
		}
		s = t
	}
}

// splitAtSlash takes apart what has no readable date: at a slash or comma before words that hint at a day.
func splitAtSlash(v string) (activity, date string) {
	i := strings.LastIndexAny(v, "/,\n")
	if i <= 0 || i+1 >= len(v) || fold.IsDigit(v[i-1]) || fold.IsDigit(v[i+1]) {
		return v, ""
	}
	if right := strings.TrimSpace(v[i+1:]); when.HintsAtDay(right, v[i] == '/') {
		return strings.TrimSpace(v[:i]), right
	}
	return v, ""
}

// date reads the date field, and takes from the other fields what it lacks: the time of day, or all of it. nil when
// there is none.
func (b *formBuilder) date() *when.Date {
	text, e, ok := b.findDate()
	if !ok {
		return nil
	}
	if e.Readable() && !e.HasClock {
		for _, o := range []string{b.beside, b.values[idTime], b.values[idDay], b.values[b.form.Meaning(MeansPlace)]} {
			if e.TakeClock(o, b.calendar.Location) {
				break
			}
		}
	}
	if e.Readable() {
		e.Fault = b.namedDay(&e)
	}
	if e.Readable() {
		b.warn(e.Notes...)
		b.weighDate(&e)
	} else {
		b.blame(b.form.Meaning(MeansDate), e.Fault)
	}
	return e.Date(text)
}

// findDate looks for the date in its field, or else in those that tell the weekday, the time and the place.
func (b *formBuilder) findDate() (text string, e when.Expr, ok bool) {
	day, place := b.form.Meaning(MeansDate), b.form.Meaning(MeansPlace)
	text = b.values[day]
	if found := b.calendar.Find(text); len(found) > 0 {
		e = found[0]
		b.beside = text[:e.At] + " , " + text[e.To:]
		if e.Readable() && slices.ContainsFunc(lexicon.Words(text[:e.At]),
			func(w lexicon.Word) bool { return aroundDay[w.Text] }) {
			e.Fault = &when.Reason{Code: when.ReasonVague, Text: text}
		}
		for _, other := range append(found[1:], b.calendar.Find(b.rival)...) {
			if e.Readable() && (!other.Readable() || !other.SameDay(&e)) {
				e.Fault = ambiguous(text, &e, &other)
			}
		}
		return text, e, true
	}
	b.named = text + " " + b.values[idDay]
	for _, id := range []string{idDay, idTime, place} {
		o := b.values[id]
		if found := b.calendar.Find(o); len(found) > 0 && (id != place || found[0].Readable()) {
			if text == "" {
				text = o[found[0].At:found[0].To]
			}
			b.values[day] = text
			return text, found[0], true
		}
	}
	if text == "" {
		if text = b.values[idDay]; text == "" {
			return "", e, false
		}
		b.values[day] = text
	}
	e.Fault = &when.Reason{Code: when.ReasonUnreadable, Text: text}
	if when.HintsAtDay(text, false) {
		e.Fault.Code = when.ReasonVague
	}
	return text, e, true
}

// aroundDay are words before a date that make it another day, or several.
var aroundDay = fold.Set("sebelum", "sesudah", "setelah", "antara", "sekitar", "kira", "kirakira", "bukan", "setiap",
	"tiap", "lambat", "lambatnya", "selambatnya", "maksimal", "mungkin", "before", "after", "about", "every", "by")

// ambiguous is the fault of a field that names two days.
func ambiguous(text string, a, b *when.Expr) *when.Reason {
	if !b.Readable() {
		return &when.Reason{Code: when.ReasonAmbiguous, Text: text}
	}
	return &when.Reason{Code: when.ReasonAmbiguous, Text: text, Dates: []time.Time{a.Start, b.Start}}
}

// namedDay finds a weekday in a field of its own ("Hari: Kamis") that does not fit the date.
func (b *formBuilder) namedDay(e *when.Expr) *when.Reason {
	if b.named == "" {
		b.named = b.values[idDay]
	}
	return e.WeekdayFault(b.named)
}

// weighDate says that a date is long past or far ahead, as slips of the year are.
func (b *formBuilder) weighDate(e *when.Expr) {
	if b.calendar.Ref == nil {
		return
	}
	end := e.Start
	if !e.HasClock {
		end = e.Start.AddDate(0, 0, 1)
	}
	switch ref := *b.calendar.Ref; {
	case end.Before(ref):
		b.warn("The date is past: " + e.Start.Format(time.DateOnly) + ".")
	case end.After(ref.AddDate(20, 0, 0)):
		b.warn("The date is more than twenty years ahead: " + e.Start.Format(time.DateOnly) + ".")
	}
}
