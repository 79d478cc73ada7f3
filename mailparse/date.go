package mailparse

import (
	"time"
)

// dateExpr is a date expression found in a text.
type dateExpr struct {
	at, end    int // its place in the text
	start      time.Time
	stop       *time.Time
	readable   bool
	clock      bool // a time of day was given
	problems   []string
	first      day
	last       day // the zero day when it is no range
	weekday    time.Weekday
	hasWeekday bool
}

// day is a calendar date; year 0 is not written.
type day struct{ y, m, d int }

// dateReader reads dates relative to a zone and to the mail's own date.
type dateReader struct {
	tok []dateToken
	loc *time.Location
	ref *time.Time // for a date without a year; nil: such a date is unreadable
}

// findDates returns the date expressions of a text.
func findDates(text string, loc *time.Location, ref *time.Time) []dateExpr {
	r := dateReader{dateTokens(text), loc, ref}
	var out []dateExpr
	for i := 0; i < len(r.tok); {
		e, next, ok := r.exprAt(i)
		if !ok {
			i++
			continue
		}
		out = append(out, e)
		i = next
	}
	return out
}

// exprAt reads [weekday] date [range date] [time] at token i.
func (r *dateReader) exprAt(i int) (e dateExpr, next int, ok bool) {
	j := i
	if d, n := r.weekdayAt(i); n > i {
		e.weekday, e.hasWeekday, j = d, true, n
	}
	first, last, j, ok := r.daysAt(j)
	if !ok {
		return e, i, false
	}
	e.at, e.end = r.tok[i].at, r.tok[j-1].end
	e.first, e.last = first, last
	if k := j; k < len(r.tok) && rangeWords[r.tok[k].s] && last == (day{}) {
		k++
		if _, n := r.weekdayAt(k); n > k {
			k = n
		}
		if to, to2, n, ok := r.daysAt(k); ok && to2 == (day{}) {
			e.last, j = to, n
			e.end = r.tok[j-1].end
		}
	}
	c, j := r.timeAfter(j)
	if j > 0 {
		e.end = max(e.end, r.tok[j-1].end)
	}
	r.resolve(&e, c)
	return e, j, true
}

// weekdayAt skips "Kamis,", "Senin - Rabu,", "hari Jum'at tgl"; it returns i when no weekday stands there.
func (r *dateReader) weekdayAt(i int) (time.Weekday, int) {
	if i >= len(r.tok) {
		return 0, i
	}
	w, ok := weekdayNames[r.tok[i].s]
	if !ok || r.tok[i].kind != 'w' {
		return 0, i
	}
	j := i + 1
	if j+1 < len(r.tok) && rangeWords[r.tok[j].s] || j+1 < len(r.tok) && r.tok[j].s == "dan" {
		if _, ok := weekdayNames[r.tok[j+1].s]; ok {
			j += 2
		}
	}
	for j < len(r.tok) && (r.tok[j].s == "," || r.tok[j].s == "/" || r.tok[j].s == "-" || r.tok[j].s == "." || r.tok[j].s == ":" || r.tok[j].s == "tanggal" || r.tok[j].s == "tgl") {
		j++
	}
	return w, j
}

// daysAt reads a date, or a range of days within one month, at token i.
func (r *dateReader) daysAt(i int) (first, last day, next int, ok bool) {
	if d, n, ok := r.numericAt(i); ok {
		return d, day{}, n, true
	}
	if d, n, ok := r.englishAt(i); ok {
		return d, day{}, n, true
	}
	if !r.numberAt(i, 1, 31) {
		return first, last, i, false
	}
	from, to, j := r.tok[i].n, 0, i+1
	for j+1 < len(r.tok) && (rangeWords[r.tok[j].s] || r.tok[j].s == "," || r.tok[j].s == "dan" || r.tok[j].s == "&") && r.numberAt(j+1, 1, 31) {
		to, j = r.tok[j+1].n, j+2
	}
	for j < len(r.tok) && (r.tok[j].s == "-" || r.tok[j].s == "/" || r.tok[j].s == ".") && to == 0 {
		j++
	}
	if j >= len(r.tok) || r.tok[j].kind != 'w' {
		return first, last, i, false
	}
	month, isMonth := monthNames[r.tok[j].s]
	if !isMonth {
		return first, last, i, false
	}
	y, j := r.yearAfter(j + 1)
	first = day{y, int(month), from}
	if to > 0 {
		last = day{y, int(month), to}
	}
	return first, last, j, true
}

// yearAfter reads an optional year, after a comma or dash.
func (r *dateReader) yearAfter(j int) (year, next int) {
	k := j
	for k < len(r.tok) && k < j+2 && (r.tok[k].s == "," || r.tok[k].s == "-" || r.tok[k].s == "/" || r.tok[k].s == "." || r.tok[k].s == "tahun" || r.tok[k].s == "thn") {
		k++
	}
	if r.numberAt(k, 1900, 2199) {
		return r.tok[k].n, k + 1
	}
	// "12-Jul-18", "12 Juli '18"
	if r.numberAt(k, 10, 99) && len(r.tok[k].s) == 2 && (k > j || k > 0 && r.tok[k].at > 0) && k+1 <= len(r.tok) && k > j && r.tok[j].s != "," {
		if k+2 >= len(r.tok) || r.tok[k+1].s != "." && r.tok[k+1].s != ":" {
			return 2000 + r.tok[k].n, k + 1
		}
	}
	return 0, j
}

func (r *dateReader) numberAt(i, low, high int) bool {
	return i >= 0 && i < len(r.tok) && r.tok[i].kind == 'n' && r.tok[i].n >= low && r.tok[i].n <= high
}

// numericAt reads 2018-07-12, 12/7/18, 12-07-2018, 12.07.2018.
func (r *dateReader) numericAt(i int) (d day, next int, ok bool) {
	if i+4 >= len(r.tok) || r.tok[i].kind != 'n' || r.tok[i+2].kind != 'n' || r.tok[i+4].kind != 'n' {
		return d, i, false
	}
	sep := r.tok[i+1].s
	if sep != r.tok[i+3].s || sep != "/" && sep != "-" && sep != "." {
		return d, i, false
	}
	a, b, c := r.tok[i], r.tok[i+2], r.tok[i+4]
	if r.tight(i+1) != r.tight(i+3) { // "Rapat 7 / 3/12/2026": the first slash parts the activity from the date
		return d, i, false
	}
	if a.end != r.tok[i+1].at && sep == "-" || len(b.s) > 2 || a.n < 0 || c.n < 0 {
		return d, i, false
	}
	switch {
	case len(a.s) == 4 && len(c.s) <= 2:
		return day{a.n, b.n, c.n}, i + 5, true
	case len(a.s) <= 2 && len(c.s) == 4:
		return day{c.n, b.n, a.n}, i + 5, true
	case len(a.s) <= 2 && len(c.s) == 2 && (sep != "." || c.n >= 10):
		return day{2000 + c.n, b.n, a.n}, i + 5, true
	}
	return d, i, false
}

// tight reports whether a sign stands between its neighbours without a blank.
func (r *dateReader) tight(i int) bool {
	return r.tok[i-1].end == r.tok[i].at && r.tok[i].end == r.tok[i+1].at
}

// englishAt reads "July 12, 2018".
func (r *dateReader) englishAt(i int) (d day, next int, ok bool) {
	if i+1 >= len(r.tok) || r.tok[i].kind != 'w' || !r.numberAt(i+1, 1, 31) {
		return d, i, false
	}
	m, ok := monthNames[r.tok[i].s]
	if !ok {
		return d, i, false
	}
	if k := i + 2; k < len(r.tok) && r.tok[k].s == "," {
		k++
		if r.numberAt(k, 1900, 2199) {
			return day{r.tok[k].n, int(m), r.tok[i+1].n}, k + 1, true
		}
	}
	if r.numberAt(i+2, 1900, 2199) {
		return day{r.tok[i+2].n, int(m), r.tok[i+1].n}, i + 3, true
	}
	return d, i, false
}

// resolve turns days and a time into instants, and says what contradicts itself.
func (r *dateReader) resolve(e *dateExpr, c clock) {
	if e.first.y == 0 && e.last.y != 0 {
		e.first.y = e.last.y
		if e.first.m > e.last.m {
			e.first.y--
		}
	}
	if e.first.y == 0 && !r.guessYear(e) {
		e.problems = append(e.problems, "The date has no year.")
		return
	}
	if e.last != (day{}) && e.last.y == 0 {
		e.last.y = e.first.y
	}
	loc := c.zone(r.loc)
	start, ok := e.first.time(loc, 0, 0)
	if !ok {
		e.problems = append(e.problems, "The date does not exist.")
		return
	}
	e.readable, e.start, e.clock = true, start, c.ok
	if e.hasWeekday && start.Weekday() != e.weekday {
		e.problems = append(e.problems, "The weekday does not fit the date: it is a "+start.Weekday().String()+".")
	}
	lastDay := e.first
	if e.last != (day{}) {
		if to, ok := e.last.time(loc, 0, 0); ok && !to.Before(start) {
			lastDay = e.last
		} else {
			e.problems = append(e.problems, "The end of the date range cannot be read.")
		}
	}
	e.setClock(c, loc, lastDay)
}

// setClock adds the time of day, or makes it a matter of whole days.
func (e *dateExpr) setClock(c clock, loc *time.Location, lastDay day) {
	if !c.ok {
		if lastDay != e.first {
			t := time.Date(lastDay.y, time.Month(lastDay.m), lastDay.d, 23, 59, 59, 0, loc)
			e.stop = &t
		}
		return
	}
	e.clock = true
	e.start = time.Date(e.first.y, time.Month(e.first.m), e.first.d, c.h, c.m, 0, 0, loc)
	if !c.hasEnd {
		return
	}
	t := time.Date(lastDay.y, time.Month(lastDay.m), lastDay.d, c.eh, c.em, 0, 0, loc)
	if !t.After(e.start) {
		e.problems = append(e.problems, "The end is not after the beginning.")
		return
	}
	e.stop = &t
}

// guessYear takes the next such day from the mail's date on.
func (r *dateReader) guessYear(e *dateExpr) bool {
	if r.ref == nil {
		return false
	}
	ref := r.ref.In(r.loc)
	e.first.y = ref.Year()
	if t, ok := e.first.time(r.loc, 23, 59); !ok || t.Before(ref) {
		e.first.y++
	}
	return true
}

// time is the instant of a day's hour; false when there is no such day.
func (d day) time(loc *time.Location, h, m int) (time.Time, bool) {
	if d.y < 1900 || d.y > 2199 || d.m < 1 || d.m > 12 || d.d < 1 || d.d > 31 {
		return time.Time{}, false
	}
	t := time.Date(d.y, time.Month(d.m), d.d, h, m, 0, 0, loc)
	return t, t.Day() == d.d && t.Month() == time.Month(d.m)
}
