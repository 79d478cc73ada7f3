package when

import "time"

// clock is a time of day, or a range of it, as written.
type clock struct {
	ok         bool
	begin, end hour
	hasEnd     bool
	offset     int // hours east of UTC
	zoned      bool
	fault      *Reason // it was written and is none
}

// written reports whether a time of day was written, be it a right one or not.
func (c clock) written() bool { return c.ok || c.fault != nil }

// zone is the zone to read the clock in: loc, unless the text names another one.
func (c clock) zone(loc *time.Location) *time.Location {
	if !c.zoned {
		return loc
	}
	if _, off := time.Date(2020, 1, 1, 0, 0, 0, 0, loc).Zone(); off == c.offset*3600 {
		return loc
	}
	return time.FixedZone(zoneNames[c.offset], c.offset*3600)
}

// clockIn returns the first time of day in a text.
func clockIn(text string) clock {
	r := Calendar{}.reader(text)
	for i := range r.tok {
		if c, _ := r.clockAt(i, r.namedBefore(i)); c.written() {
			return c
		}
	}
	return clock{}
}

// namedBefore reports whether "pukul" stands before token i.
func (r *dateReader) namedBefore(i int) bool {
	for i--; r.sign(i, ".:"); i-- {
	}
	return r.kind(i) == tokClock
}

// timeAfter reads the time of day behind a date at token i; without one it returns i.
func (r *dateReader) timeAfter(i int) (clock, int) {
	named, part := false, ""
	for j := i; j < len(r.tok) && j < i+7; j++ {
		if c, n := r.clockAs(j, named, part); c.written() {
			return c, n
		}
		switch k := r.kind(j); {
		case k == tokClock:
			named = true
		case k == tokPart && part == "":
			part = r.tok[j].s
		case k == tokFiller, k == tokAlso, r.sign(j, ",;/(-.:|@"), r.tok[j].s == "t":
		default:
			return clock{}, i
		}
	}
	return clock{}, i
}

// clockAt reads "09.00 - 11.00 WIB", "9 pagi", or, behind a word like "pukul", "9 s.d. selesai".
func (r *dateReader) clockAt(i int, named bool) (clock, int) { return r.clockAs(i, named, "") }

// clockAs is clockAt where a part of the day was named before: "besok siang jam 2".
//
// One branch for each way to write a time of day.
//
//gocyclo:ignore
func (r *dateReader) clockAs(i int, named bool, part string) (c clock, next int) {
	if d, _ := r.dayAt(i, false); d.m != 0 { // "mulai 12 Juli"
		return c, i
	}
	from, j := r.hourAt(i, named)
	if j == i || !named && r.sign(i-1, ".:") && r.tok[i-1].end == r.tok[i].at {
		return c, i
	}
	if from.part == "" {
		from.part = part
	}
	if c.offset, next = r.zoneAt(j); next > j {
		c.zoned, j = true, next
	}
	sure := from.exact || from.part != "" || named || c.zoned
	to, n := r.untilAt(j, sure)
	if n > j {
		j = n
		if c.hasEnd = to.written; to.written {
			sure = true
			if from.part == "" && to.part != "" && from.h <= 12 && partHour(from.h, to.part) <= partHour(to.h, to.part) {
				from.part = to.part
			}
			if off, n := r.zoneAt(j); n > j {
				c.zoned, c.offset, j = true, off, n
			}
		}
	}
	if !sure {
		return clock{}, i
	}
	if n := r.elsewhere(j); n > j {
		return clock{fault: &Reason{Code: ReasonUnreadable, Text: r.words(i, n)}}, n
	}
	c.begin, c.fault = from.settled(r.words(i, j))
	if c.hasEnd && c.fault == nil {
		if to.part == "" && to.h < 12 { // its part of the day is told by the beginning
			to.padded = true
		}
		c.end, c.fault = to.settled(r.words(i, j))
	}
	if c.begin.h == 24 && c.fault == nil {
		c.fault = &Reason{Code: ReasonNoSuchTime, Text: r.words(i, j)}
	}
	if c.fault == nil {
		c.fault, j = r.alternativeAt(c, i, j)
	}
	if c.ok = c.fault == nil; c.ok && c.hasEnd && (r.kind(j) == tokAlso || r.sign(j, ",")) { // a break at noon
		if more, n := r.clockAs(j+1, false, ""); more.ok && more.hasEnd && n > j {
			c.end, j = more.end, n
		}
	}
	return c, j
}

// untilAt reads the end of a time: "- 11.00", "s.d. pukul 11", "s.d. selesai", which is open. sure says that what
// stands before is a time, so that a mere number is one, too.
func (r *dateReader) untilAt(i int, sure bool) (to hour, next int) {
	if r.kind(i) != tokRange {
		return to, i
	}
	k, named := i+1, r.kind(i-1) == tokNumber && len(r.tok[i-1].s) == 4 // "0900-1100"
	for r.kind(k) == tokFiller || r.kind(k) == tokClock || named && r.sign(k, ".") {
		named = named || r.kind(k) == tokClock
		k++
	}
	if r.kind(k) == tokEnd {
		return to, k + 1
	}
	to, n := r.hourAt(k, named)
	if n == k {
		return to, i
	}
	if _, z := r.zoneAt(n); !sure && !to.exact && to.part == "" && z == n {
		return hour{}, i
	}
	if _, m := r.dayAt(k, false); m > n { // "09.00 s.d. 13 Juli 2018"
		return hour{}, i
	}
	return to, n
}

// alternativeAt reads a second time behind "/" or "atau": the same one in another zone, or a doubt.
func (r *dateReader) alternativeAt(c clock, from, i int) (*Reason, int) {
	k := i
	if !r.sign(k, "/(=,") && r.kind(k) != tokOr {
		return nil, i
	}
	choice := r.kind(k) == tokOr
	for k++; r.kind(k) == tokClock; k++ {
	}
	h, n := r.hourAt(k, false)
	if n == k || !choice && !h.exact {
		return nil, i
	}
	if to, m := r.untilAt(n, true); c.hasEnd && to.written {
		n = m
	}
	off, z := r.zoneAt(n)
	switch {
	case z > n && c.zoned:
		if h, fault := h.settled(""); fault == nil && (h.h-off)*60+h.m == (c.begin.h-c.offset)*60+c.begin.m {
			if r.sign(z, ")") {
				z++
			}
			return nil, z
		}
		return &Reason{Code: ReasonContradiction, Text: r.words(from, z)}, z
	case choice:
		return &Reason{Code: ReasonAmbiguousTime, Text: r.words(from, n)}, n
	}
	return nil, i
}

// zoneAt reads a zone's name or an offset, "WIB", "(GMT+7)", "Waktu Indonesia Barat"; without one it returns i.
func (r *dateReader) zoneAt(i int) (offset, next int) {
	j := i
	if r.sign(j, "(,") {
		j++
	}
	if j+1 < len(r.tok) && r.tok[j].s == "waktu" {
		return r.placeAt(j+1, i)
	}
	signed := r.sign(i, "+") && r.tight(i)
	switch {
	case signed:
		j = i
	case r.kind(j) != tokZone:
		return 0, i
	default:
		if offset, j = r.tok[j].n, j+1; offset != 0 || !r.sign(j, "+") && !(r.sign(j, "-") && r.tight(j)) {
			return offset, j
		}
	}
	if r.numberAt(j+1, 0, 14) {
		if offset = r.tok[j+1].n; r.sign(j, "-") {
			offset = -offset
		}
		if j += 2; r.sign(j, ":") && r.numberAt(j+1, 0, 0) {
			j += 2
		}
		return offset, j
	}
	return 0, i
}

// placeAt reads the zone of "Waktu Indonesia Barat" behind its first word; without one it returns otherwise.
func (r *dateReader) placeAt(i, otherwise int) (offset, next int) {
	if r.tok[i].s == "jakarta" {
		return 7, i + 1
	}
	for k, name := range []string{"barat", "tengah", "timur"} {
		if r.tok[i].s == "indonesia" && i+1 < len(r.tok) && r.tok[i+1].s == name {
			return 7 + k, i + 2
		}
	}
	return 0, otherwise
}

// elsewhere finds the time of a place whose zone is not known, "waktu Wina", behind a time of day.
func (r *dateReader) elsewhere(i int) (next int) {
	if i+1 < len(r.tok) && r.tok[i].s == "waktu" && r.kind(i+1) == tokWord && r.tok[i+1].s != "setempat" {
		return i + 2
	}
	return i
}

// TellsClock reports whether a text tells a time of day.
func TellsClock(text string) bool { return clockIn(text).written() }
