package when

import "time"

// Calendar is what dates are read against.
type Calendar struct {
	Location *time.Location
	Ref      *time.Time // the mail's own date; nil: what has no year cannot be read
	Quoted   bool       // the text is older than the mail: "besok" is not the mail's tomorrow
}

// dateExpr is a date expression found in a text.
type Expr struct {
	At, To      int // its place in the text
	Start       time.Time
	stop        *time.Time
	HasClock    bool     // a time of day was given
	Fault       *Reason  // why it cannot be used; nil when it can
	Notes       []string // what was understood in a way that its writer may not have meant
	first, last day
}

// Readable reports whether the expression stands for a time.
func (e *Expr) Readable() bool { return e.Fault == nil }

// TakeClock takes the time of day over that a text tells, and reports whether it tells one.
func (e *Expr) TakeClock(text string, loc *time.Location) bool {
	c := clockIn(text)
	if c.written() {
		e.addClock(c, loc)
	}
	return c.written()
}

// SameDay reports whether both begin on the same day.
func (e *Expr) SameDay(o *Expr) bool { return e.first == o.first }

// WeekdayFault finds a weekday in a text ("Hari: Kamis") that does not fit the date; nil where it does, or none is
// there.
func (e *Expr) WeekdayFault(text string) *Reason {
	for _, t := range dateTokens(text) {
		if t.kind == tokWeekday && e.last == (day{}) && int(e.first.weekday()) != t.n {
			return &Reason{Code: ReasonWeekday, Text: text[t.at:t.end], Dates: []time.Time{e.Start}}
		}
	}
	return nil
}

// day is a calendar date; a part that is not written is 0, a year that is none -1.
type day struct{ y, m, d int }

// dateReader reads the dates of one text.
type dateReader struct {
	Calendar
	text string
	tok  []dateToken
}

func (c Calendar) reader(text string) *dateReader {
	return &dateReader{c, text, dateTokens(text)}
}

// Find returns the date expressions of a text.
func (c Calendar) Find(text string) []Expr {
	r := c.reader(text)
	var out []Expr
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

// exprAt reads [time] days [time] [joint days [time]] at token i.
func (r *dateReader) exprAt(i int) (e Expr, next int, ok bool) {
	lead, j := r.leadingClock(i)
	items, j, ok := r.itemsAt(j)
	if !ok {
		return e, i, false
	}
	at, k := r.timeAfter(j)
	if lead.written() {
		if at.written() {
			at.fault = &Reason{Code: ReasonContradiction, Text: r.words(i, k)}
		} else {
			at, k = lead, j
		}
	}
	j = k
	var until clock
	if joint := r.kind(j); at.ok && !at.hasEnd && (joint == tokRange || joint == tokAlso || joint == tokOr) {
		if more, n, ok := r.itemsAt(j + 1); ok && more[0].complete() {
			more[0].link = joint
			items = append(items, more...)
			until, j = r.timeAfter(n)
		}
	}
	e.At, e.To = r.tok[i].at, r.tok[j-1].end
	r.resolve(&e, items, at, until)
	return e, j, true
}

// leadingClock reads "pukul 09.00 WIB, " before a date; without one it returns i.
func (r *dateReader) leadingClock(i int) (clock, int) {
	named, j := false, i
	for r.kind(j) == tokClock || named && r.sign(j, ".:") {
		named, j = true, j+1
	}
	c, j := r.clockAt(j, named)
	if !c.written() {
		return clock{}, i
	}
	for k := j; j < len(r.tok) && j < k+3 && (r.kind(j) == tokFiller || r.sign(j, ",/;|")); {
		j++
	}
	if r.kind(j) == tokDate || r.kind(j) == tokWeekday || r.kind(j) == tokNumber || r.kind(j) == tokRelative {
		return c, j
	}
	return clock{}, i
}

// kind is the kind of token i; 0 beyond the end.
func (r *dateReader) kind(i int) byte {
	if i < 0 || i >= len(r.tok) {
		return 0
	}
	return r.tok[i].kind
}

// sign reports whether token i is one of the signs.
func (r *dateReader) sign(i int, signs string) bool {
	if i < 0 || i >= len(r.tok) || len(r.tok[i].s) != 1 {
		return false
	}
	for k := range len(signs) {
		if r.tok[i].s[0] == signs[k] {
			return true
		}
	}
	return false
}

// tight reports whether a token stands between its neighbours without a blank.
func (r *dateReader) tight(i int) bool {
	return i > 0 && i+1 < len(r.tok) && r.tok[i-1].end == r.tok[i].at && r.tok[i].end == r.tok[i+1].at
}

func (r *dateReader) numberAt(i, low, high int) bool {
	return r.kind(i) == tokNumber && r.tok[i].n >= low && r.tok[i].n <= high
}

// words is the text of the tokens from i to before j.
func (r *dateReader) words(i, j int) string {
	if i >= j || j > len(r.tok) {
		return ""
	}
	return r.text[r.tok[i].at:r.tok[j-1].end]
}

// at is midnight of a day; false when there is no such day.
func (d day) at(loc *time.Location) (time.Time, bool) {
	if d.y < 1900 || d.y > 2199 || d.m < 1 || d.m > 12 || d.d < 1 || d.d > 31 {
		return time.Time{}, false
	}
	t := time.Date(d.y, time.Month(d.m), d.d, 0, 0, 0, 0, loc)
	return t, t.Day() == d.d && t.Month() == time.Month(d.m)
}

// dayOf is the calendar day of an instant.
func dayOf(t time.Time) day { return day{t.Year(), int(t.Month()), t.Day()} }

// plus is the day n days later.
func (d day) plus(n int) day {
	return dayOf(time.Date(d.y, time.Month(d.m), d.d+n, 0, 0, 0, 0, time.UTC))
}

func (d day) before(o day) bool {
	return d.y < o.y || d.y == o.y && (d.m < o.m || d.m == o.m && d.d < o.d)
}

func (d day) weekday() time.Weekday {
	return time.Date(d.y, time.Month(d.m), d.d, 0, 0, 0, 0, time.UTC).Weekday()
}
