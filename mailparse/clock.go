package mailparse

import "time"

// clock is a time of day, or a range of it, as written.
type clock struct {
	ok     bool
	h, m   int
	hasEnd bool
	eh, em int
	offset int // hours east of UTC
	zoned  bool
}

// zone is the zone to read the clock in: loc, unless the text names another one.
func (c clock) zone(loc *time.Location) *time.Location {
	if !c.zoned {
		return loc
	}
	if _, off := time.Date(2020, 1, 1, 0, 0, 0, 0, loc).Zone(); off == c.offset*3600 {
		return loc
	}
	for name, h := range zoneOffsets {
		if h == c.offset && h != 0 {
			return time.FixedZone(name, h*3600)
		}
	}
	return time.FixedZone("", c.offset*3600)
}

// findClock returns the first time of day in a text.
func findClock(text string) clock {
	r := dateReader{tok: dateTokens(text)}
	for i := range r.tok {
		if c, _ := r.clockAt(i, timeWord(r.tok, i-1)); c.ok {
			return c
		}
	}
	return clock{}
}

func timeWord(tok []dateToken, i int) bool {
	for i >= 0 && (tok[i].s == "." || tok[i].s == ":") {
		i--
	}
	if i < 0 {
		return false
	}
	switch tok[i].s {
	case "pukul", "jam", "pkl", "pk", "at", "mulai":
		return true
	}
	return false
}

// timeAfter reads the time of day behind a date at token i; without one it returns i.
func (r *dateReader) timeAfter(i int) (clock, int) {
	named := false
	for j := i; j < len(r.tok) && j < i+6; j++ {
		if c, n := r.clockAt(j, named); c.ok {
			return c, n
		}
		switch t := r.tok[j]; t.s {
		case "pukul", "jam", "pkl", "pk", "at", "mulai":
			named = true
		case ",", ";", "/", "(", "-", ".", ":", "t", "waktu", "wkt", "dan", "pada", "dari", "|":
		default:
			return clock{}, i
		}
	}
	return clock{}, i
}

// clockAt reads "09.00 - 11.00 WIB", "9 pagi", or, behind a word like "pukul", "9 s.d. selesai".
func (r *dateReader) clockAt(i int, named bool) (c clock, next int) {
	h, m, part, exact, j := r.hourAt(i)
	if j == i || i > 0 && !named && (r.tok[i-1].s == "." || r.tok[i-1].s == ":") && r.tok[i-1].end == r.tok[i].at {
		return c, i
	}
	sure := exact || part != "" || named
	c.h, c.m = h, m
	c.zoned, c.offset, j = r.zoneAt(j)
	sure = sure || c.zoned
	if k := j; k+1 < len(r.tok) && rangeWords[r.tok[k].s] {
		k++
		for k < len(r.tok) && (r.tok[k].s == "pukul" || r.tok[k].s == "jam" || r.tok[k].s == "dengan" || r.tok[k].s == "pkl") {
			k++
		}
		if k < len(r.tok) && (r.tok[k].s == "selesai" || r.tok[k].s == "end" || r.tok[k].s == "done") {
			j = k + 1
		} else if eh, em, epart, eexact, n := r.hourAt(k); n > k && (sure || eexact || epart != "" || r.zoneFollows(n)) {
			if part == "" && epart != "" && c.h <= 12 && dayHour(c.h, epart) <= dayHour(eh, epart) {
				part = epart
			}
			c.hasEnd, c.eh, c.em, sure, j = true, dayHour(eh, epart), em, true, n
			if z, off, n := r.zoneAt(j); z {
				c.zoned, c.offset, j = true, off, n
			}
		}
	}
	c.h = dayHour(c.h, part)
	c.ok = sure && c.h < 24 && (!c.hasEnd || c.eh <= 24)
	if !c.ok {
		return clock{}, i
	}
	return c, j
}

// hourAt reads one hour, its minutes and its part of the day. exact means that minutes were written.
func (r *dateReader) hourAt(i int) (h, m int, part string, exact bool, next int) {
	if !r.numberAt(i, 0, 24) || len(r.tok[i].s) > 2 {
		return 0, 0, "", false, i
	}
	h, next = r.tok[i].n, i+1
	if next+1 < len(r.tok) && (r.tok[next].s == "." || r.tok[next].s == ":") && r.numberAt(next+1, 0, 59) && len(r.tok[next+1].s) == 2 && r.tok[next].at == r.tok[i].end {
		m, exact, next = r.tok[next+1].n, true, next+2
		if next+1 < len(r.tok) && r.tok[next].s == ":" && r.numberAt(next+1, 0, 59) { // seconds
			next += 2
		} else if next < len(r.tok) && r.tok[next].s == "." && next+1 < len(r.tok) && r.tok[next+1].kind == 'n' && r.tok[next].end == r.tok[next+1].at {
			return 0, 0, "", false, i // 12.07.2018
		}
	}
	if next < len(r.tok) {
		switch p := r.tok[next].s; p {
		case "pagi", "siang", "sore", "malam", "am", "pm", "petang":
			part, next = p, next+1
		}
	}
	return h, m, part, exact, next
}

// dayHour applies a part of the day to an hour.
func dayHour(h int, part string) int {
	switch part {
	case "siang":
		if h >= 1 && h <= 6 {
			return h + 12
		}
	case "sore", "petang", "pm":
		if h >= 1 && h < 12 {
			return h + 12
		}
	case "malam":
		if h >= 6 && h < 12 {
			return h + 12
		}
		if h == 12 {
			return 24
		}
	case "am":
		if h == 12 {
			return 0
		}
	}
	return h
}

// zoneAt reads a zone's name, with an offset behind GMT and UTC.
func (r *dateReader) zoneAt(i int) (zoned bool, offset, next int) {
	j := i
	if j < len(r.tok) && (r.tok[j].s == "(" || r.tok[j].s == ",") {
		j++
	}
	if j >= len(r.tok) {
		return false, 0, i
	}
	off, ok := zoneOffsets[r.tok[j].s]
	if !ok {
		return false, 0, i
	}
	j++
	if j+1 < len(r.tok) && off == 0 && (r.tok[j].s == "+" || r.tok[j].s == "-") && r.numberAt(j+1, 0, 14) {
		off = r.tok[j+1].n
		if r.tok[j].s == "-" {
			off = -off
		}
		j += 2
	}
	return true, off, j
}

func (r *dateReader) zoneFollows(i int) bool {
	z, _, _ := r.zoneAt(i)
	return z
}
