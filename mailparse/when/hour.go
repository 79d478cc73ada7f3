package when

// hour is one hour and its minutes as written.
type hour struct {
	written bool
	h, m    int
	part    string // "pagi", "pm"
	exact   bool   // with minutes
	padded  bool   // with a leading nought, as only the 24-hour clock has it
	wrong   bool   // no hour of any clock
}

// hourAt reads "9", "09.00", "9 pagi", "setengah 9" and, where named says that a time is meant, "0900" and what is no
// time at all. Without an hour it returns i.
//
// One branch for each way to write an hour.
//
//gocyclo:ignore
func (r *dateReader) hourAt(i int, named bool) (h hour, next int) {
	start, half := i, r.kind(i) == tokWord && r.tok[i].s == "setengah"
	if half {
		i++
	}
	if n := hourWords[r.wordAt(i)]; n > 0 && (named || half) {
		h, next = hour{written: true, h: n}, i+1
		if r.wordAt(next) == "belas" {
			h.h, next = h.h+10, next+1
		}
		return r.finished(h, half, next)
	}
	if r.kind(i) != tokNumber {
		return hour{}, start
	}
	t := r.tok[i]
	h, next = hour{written: true, h: t.n, padded: len(t.s) > 1}, i+1
	switch {
	case len(t.s) == 4 && named:
		h.h, h.m, h.exact = t.n/100, t.n%100, true
	case len(t.s) > 2:
		return hour{}, start
	case r.sign(next, ".:") || named && r.sign(next, ","):
		minutes, n := r.minutesAt(next)
		if n < 0 {
			return hour{}, start
		}
		if n > next {
			h.m, h.exact, next = minutes, true, n
		} else if named && r.tight(next) && r.numberAt(next+1, 0, 9) { // "9.5"
			h.wrong, next = true, next+2
		}
	}
	if wrong := t.n > 24 && len(t.s) < 3; wrong && !named && !h.exact {
		return hour{}, start
	}
	return r.finished(h, half, next)
}

// hourWords are the hours that people write out.
var hourWords = map[string]int{"satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7,
	"delapan": 8, "sembilan": 9, "sepuluh": 10, "sebelas": 11}

func (r *dateReader) wordAt(i int) string {
	if r.kind(i) == tokWord {
		return r.tok[i].s
	}
	return ""
}

// finished adds to an hour what stands before and behind it: "setengah", "lewat 15", "pagi".
func (r *dateReader) finished(h hour, half bool, next int) (hour, int) {
	if half {
		h.h, h.m, h.exact = h.h-1, 30, true
	} else if !h.exact {
		next = r.minutesBeside(&h, next)
	}
	h.wrong = h.wrong || h.h > 24 || h.h < 0 || h.m > 59 || h.h == 24 && h.m > 0
	if r.kind(next) == tokPart {
		h.part, next = r.tok[next].s, next+1
	}
	return h, next
}

// minutesBeside reads "lewat 15", "kurang seperempat" and "kurang 15 menit" behind an hour.
func (r *dateReader) minutesBeside(h *hour, i int) (next int) {
	word := r.wordAt(i)
	if word != "lewat" && word != "lebih" && word != "kurang" {
		return i
	}
	m := 0
	switch {
	case r.numberAt(i+1, 1, 59):
		m = r.tok[i+1].n
	case r.wordAt(i+1) == "seperempat":
		m = 15
	default:
		return i
	}
	h.m, h.exact = m, true
	if word == "kurang" {
		h.h, h.m = h.h-1, 60-m
	}
	if next = i + 2; r.wordAt(next) == "menit" {
		next++
	}
	return next
}

// minutesAt reads ".30", and seconds behind; it returns -1 where the number before is part of a date, 12.07.2018.
func (r *dateReader) minutesAt(i int) (m, next int) {
	if r.kind(i+1) != tokNumber || len(r.tok[i+1].s) != 2 || r.tok[i].at != r.tok[i-1].end {
		return 0, i
	}
	m, next = r.tok[i+1].n, i+2
	switch {
	case r.sign(next, ":") && r.numberAt(next+1, 0, 59):
		next += 2
	case r.sign(next, ".") && r.kind(next+1) == tokNumber && r.tight(next):
		return 0, -1
	}
	return m, next
}

// settled applies the part of the day, and finds what no clock shows, or what two may: "jam 2" is at night or in the
// afternoon.
func (h hour) settled(text string) (hour, *Reason) {
	early := h.h >= 1 && h.h <= 5 && !h.padded && h.part == ""
	switch {
	case h.wrong:
		return h, &Reason{Code: ReasonNoSuchTime, Text: text}
	case early, h.h == 12 && h.part == "malam":
		return h, &Reason{Code: ReasonAmbiguousTime, Text: text}
	}
	plain := h.h
	if h.h = partHour(h.h, h.part); h.h < 0 {
		h.h = plain
		return h, &Reason{Code: ReasonNoSuchTime, Text: text}
	}
	return h, nil
}

// partHour is an hour in a part of the day, on the 24-hour clock; -1 where that part has no such hour.
func partHour(h int, part string) int {
	low, high := 0, 24 // the hours of that part
	switch part {
	case "pagi", "subuh":
		high = 11
	case "siang":
		low, high = 9, 16
	case "sore", "petang":
		low, high = 14, 19
	case "malam":
		if h <= 4 { // before dawn
			return h
		}
		low, high = 18, 24
	case "am":
		if h == 12 {
			return 0
		}
		high = 11
	case "pm":
		low, high = 12, 23
	}
	for ; h <= high; h += 12 {
		if h >= low {
			return h
		}
	}
	return -1
}
