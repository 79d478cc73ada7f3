package mailparse

import (
	"slices"
	"strings"
	"time"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
)

// splitCombined takes "Rapat Koordinasi / 12 Juli 2018" apart, in whichever field it stands.
func (b *formBuilder) splitCombined() {
	v, ok := b.values[idCombined]
	if !ok {
		if v, ok = b.values["kegiatan"]; !ok || b.values["tanggal"] != "" || len(b.calendar.find(v)) == 0 {
			return
		}
	}
	activity, date := b.calendar.splitActivity(v)
	if _, have := b.values["kegiatan"]; (!have || b.values[idCombined] == "") && activity != "" {
		b.values["kegiatan"] = activity
	}
	if date == "" {
		return
	}
	if have := b.values["tanggal"]; have == "" || len(b.calendar.find(have)) == 0 || b.values[idCombined] != "" {
		b.values["tanggal"] = date
	}
}

// splitActivity finds the date in a text: the last one, for events are named after months and years.
func (c calendar) splitActivity(v string) (activity, date string) {
	found := c.find(v)
	if len(found) == 0 {
		return splitAtSlash(v)
	}
	e := found[len(found)-1]
	before, after := trimJoint(v[:e.at]), strings.Trim(v[e.end:], " ,;/|()&-–—:")
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
		t := strings.TrimRight(s, " /,;|(&-–—:.")
		low := strings.ToLower(t)
		for _, w := range []string{"tanggal", "tgl", "hari", "pada", "tg", "dilaksanakan", "diselenggarakan", "yang", "akan", "untuk", "jatuh"} {
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
	if right := strings.TrimSpace(v[i+1:]); hintsAtDay(dateTokens(right), v[i] == '/') {
		return strings.TrimSpace(v[:i]), right
	}
	return v, ""
}

// hintsAtDay reports whether a word belongs to a date; number accepts a mere number.
func hintsAtDay(tok []dateToken, number bool) bool {
	for _, t := range tok {
		switch t.kind {
		case tokWeekday, tokMonth, tokRelative, tokWeek, tokDate, tokMonthly:
			return true
		case tokWord:
			if t.s == "nanti" {
				return true
			}
		case tokNumber:
			if number {
				return true
			}
		}
	}
	return false
}

// date reads the date field, and takes from the other fields what it lacks: the time of day, or all of it. nil when
// there is none.
func (b *formBuilder) date() *Date {
	text, e, ok := b.findDate()
	if !ok {
		return nil
	}
	if e.readable() && !e.clock {
		for _, o := range []string{b.beside, b.values[idTime], b.values[idDay], b.values["pelaksanaan"]} {
			if c := clockIn(o); c.written() {
				e.addClock(c, b.calendar.loc)
				break
			}
		}
	}
	if e.readable() {
		e.fault = b.namedDay(&e)
	}
	if e.readable() {
		b.warn(e.notes...)
		b.weighDate(&e)
	} else {
		b.blame("tanggal", e.fault)
	}
	return e.date(text)
}

// findDate looks for the date in its field, or else in those that tell the weekday, the time and the place.
func (b *formBuilder) findDate() (text string, e dateExpr, ok bool) {
	text = b.values["tanggal"]
	if found := b.calendar.find(text); len(found) > 0 {
		e = found[0]
		b.beside = text[:e.at] + " , " + text[e.end:]
		if e.readable() && slices.ContainsFunc(lexicon.Words(text[:e.at]), func(w lexicon.Word) bool { return aroundDay[w.Text] }) {
			e.fault = &Reason{Code: ReasonVague, Text: text}
		}
		for _, other := range append(found[1:], b.calendar.find(b.rival)...) {
			if e.readable() && (!other.readable() || other.first != e.first) {
				e.fault = ambiguous(text, &e, &other)
			}
		}
		return text, e, true
	}
	b.named = text + " " + b.values[idDay]
	for _, id := range []string{idDay, idTime, "pelaksanaan"} {
		o := b.values[id]
		if found := b.calendar.find(o); len(found) > 0 && (id != "pelaksanaan" || found[0].readable()) {
			if text == "" {
				text = o[found[0].at:found[0].end]
			}
			b.values["tanggal"] = text
			return text, found[0], true
		}
	}
	if text == "" {
		if text = b.values[idDay]; text == "" {
			return "", e, false
		}
		b.values["tanggal"] = text
	}
	e.fault = &Reason{Code: ReasonUnreadable, Text: text}
	if hintsAtDay(dateTokens(text), false) {
		e.fault.Code = ReasonVague
	}
	return text, e, true
}

// aroundDay are words before a date that make it another day, or several.
var aroundDay = fold.Set("sebelum", "sesudah", "setelah", "antara", "sekitar", "kira", "kirakira", "bukan", "setiap", "tiap", "lambat", "lambatnya", "selambatnya", "maksimal", "mungkin", "before", "after", "about", "every", "by")

// ambiguous is the fault of a field that names two days.
func ambiguous(text string, a, b *dateExpr) *Reason {
	if !b.readable() {
		return &Reason{Code: ReasonAmbiguous, Text: text}
	}
	return &Reason{Code: ReasonAmbiguous, Text: text, Dates: []time.Time{a.start, b.start}}
}

// namedDay finds a weekday in a field of its own ("Hari: Kamis") that does not fit the date.
func (b *formBuilder) namedDay(e *dateExpr) *Reason {
	if b.named == "" {
		b.named = b.values[idDay]
	}
	for _, t := range dateTokens(b.named) {
		if t.kind == tokWeekday && e.last == (day{}) && int(e.first.weekday()) != t.n {
			return &Reason{Code: ReasonWeekday, Text: b.named[t.at:t.end], Dates: []time.Time{e.start}}
		}
	}
	return nil
}

// weighDate says that a date is long past or far ahead, as slips of the year are.
func (b *formBuilder) weighDate(e *dateExpr) {
	if b.calendar.ref == nil {
		return
	}
	end := e.start
	if !e.clock {
		end = e.start.AddDate(0, 0, 1)
	}
	switch ref := *b.calendar.ref; {
	case end.Before(ref):
		b.warn("The date is past: " + e.start.Format(time.DateOnly) + ".")
	case end.After(ref.AddDate(20, 0, 0)):
		b.warn("The date is more than twenty years ahead: " + e.start.Format(time.DateOnly) + ".")
	}
}
