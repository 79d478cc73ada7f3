package when

import (
	"time"

	"batan.go.id/layanan/mailparse/fold"
)

// resolve turns days and times of day into instants, or finds the fault that forbids it. at is the time of day of the
// first day, until that of the last where it has one of its own.
func (r *dateReader) resolve(e *Expr, items []dateItem, at, until clock) {
	loc := at.zone(r.Location)
	r.fill(items, e)
	days := make([]time.Time, len(items))
	for i := range items {
		if e.Fault == nil {
			days[i], e.Fault = r.settle(&items[i], e, loc)
		}
	}
	if e.Fault == nil {
		e.Fault = r.orderFault(e, items, days)
	}
	if e.Fault == nil {
		e.Fault = r.weekdayFault(items, days)
	}
	for _, c := range []clock{at, until} {
		if e.Fault == nil {
			e.Fault = c.fault
		}
	}
	if e.Fault != nil {
		return
	}
	e.Start, e.first = days[0], dayOf(days[0])
	if n := len(days); n > 1 {
		e.last = dayOf(days[n-1])
	}
	if until.ok { // "12 Juli pukul 09.00 s.d. 13 Juli pukul 15.00"
		at.hasEnd, at.end = true, until.begin
		if until.hasEnd {
			at.end = until.end
		}
	}
	e.setClock(at, loc)
}

// fill gives days without month or year those of the days after them, and the years of those before.
func (r *dateReader) fill(items []dateItem, e *Expr) {
	for i := len(items) - 2; i >= 0; i-- {
		d, after := &items[i].day, items[i+1].day
		if items[i].relative {
			continue
		}
		if d.m == 0 {
			d.m, d.y = after.m, after.y
		}
		if d.y == 0 && after.y > 0 {
			d.y = after.y
			if d.m > after.m {
				d.y--
			}
		}
	}
	for i := range items {
		d := &items[i].day
		if items[i].relative || d.y != 0 {
			continue
		}
		if i > 0 && items[i-1].day.y > 0 {
			d.y = items[i-1].day.y
			if d.m < items[i-1].day.m {
				d.y++
			}
		} else {
			r.guessYear(d, e)
		}
	}
}

// guessYear takes the next such day from the mail's date on.
func (r *dateReader) guessYear(d *day, e *Expr) {
	if r.Ref == nil {
		return
	}
	today := dayOf(r.Ref.In(r.Location))
	if d.y = today.y; d.before(today) {
		d.y++
		e.Notes = append(e.Notes, "The date has no year: it was read as "+
			time.Date(d.y, time.Month(d.m), d.d, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)+", the next such day.")
	}
}

// settle finds the one day that an item means.
func (r *dateReader) settle(t *dateItem, e *Expr, loc *time.Location) (time.Time, *Reason) {
	text := r.words(t.from, t.to)
	if t.relative {
		return r.settleRelative(t, e, loc, text)
	}
	if t.day.y == 0 {
		return time.Time{}, &Reason{Code: ReasonNoYear, Text: text}
	}
	at, ok := t.day.at(loc)
	if !ok {
		from := t.from
		for from < t.to-1 && (r.kind(from) != tokNumber && r.kind(from) != tokMonth) {
			from++
		}
		return at, &Reason{Code: ReasonNoSuchDay, Text: r.words(from, t.to)}
	}
	return at, nil
}

// settleRelative keeps of the days that relative words may mean those that fit what else was said.
func (r *dateReader) settleRelative(t *dateItem, e *Expr, loc *time.Location, text string) (time.Time, *Reason) {
	if len(t.meant) == 0 {
		if at, ok := t.day.at(loc); ok {
			return at, nil // the day is said as well
		}
		return time.Time{}, &Reason{Code: ReasonNoMailDate, Text: text}
	}
	var fit []time.Time
	for _, d := range t.meant {
		at, ok := d.at(loc)
		if !ok {
			return at, &Reason{Code: ReasonNoSuchDay, Text: text}
		}
		if t.day.d != 0 && t.day.d != d.d || t.day.m != 0 && t.day.m != d.m || t.day.y > 0 && t.day.y != d.y || t.day.y < 0 {
			continue
		}
		fit = append(fit, at)
	}
	switch len(fit) {
	case 0:
		return time.Time{}, &Reason{Code: ReasonContradiction, Text: text}
	case 1:
		if t.day.y == 0 {
			e.Notes = append(e.Notes, fold.Quote(text)+" was read as "+fit[0].Format(time.DateOnly)+", from the mail's date.")
		}
		return fit[0], nil
	}
	return fit[0], &Reason{Code: ReasonAmbiguous, Text: text, Dates: fit}
}

// weekdayFault finds a weekday that does not fit its day. "Senin - Rabu, 16 - 18 Juli" names all its weekdays first.
func (r *dateReader) weekdayFault(items []dateItem, days []time.Time) *Reason {
	for i := range items {
		w := items[i].weekdays
		for k, tok := range w {
			at := days[i]
			if i == 0 && len(w) > 1 && len(items) > 1 {
				switch {
				case len(w) == len(items):
					at = days[k]
				case k == len(w)-1:
					at = days[len(days)-1]
				case k > 0:
					continue
				}
			}
			if int(at.Weekday()) != r.tok[tok].n {
				return &Reason{Code: ReasonWeekday, Text: r.words(tok, tok+1), Dates: []time.Time{at}}
			}
		}
	}
	return nil
}

// orderFault finds alternatives, and days that go backwards; days with others between them are noted.
func (r *dateReader) orderFault(e *Expr, items []dateItem, days []time.Time) *Reason {
	text := r.words(items[0].from, items[len(items)-1].to)
	for i := 1; i < len(items); i++ {
		switch apart := days[i].Sub(days[i-1]); {
		case items[i].link == tokOr:
			return &Reason{Code: ReasonAmbiguous, Text: text, Dates: days}
		case apart < 0:
			return &Reason{Code: ReasonContradiction, Text: text}
		case apart > 36*time.Hour && items[i].link != tokRange:
			e.Notes = append(e.Notes, "The days "+fold.Quote(text)+
				" do not follow each other: they were read as all from the first to the last.")
		}
	}
	return nil
}

// setClock adds the time of day, or makes it a matter of whole days.
func (e *Expr) setClock(c clock, loc *time.Location) {
	last := e.first
	if e.last != (day{}) {
		last = e.last
	}
	e.stop = nil
	if !c.ok {
		if last != e.first {
			t := time.Date(last.y, time.Month(last.m), last.d, 23, 59, 59, 0, loc)
			e.stop = &t
		}
		return
	}
	e.HasClock = true
	e.Start = time.Date(e.first.y, time.Month(e.first.m), e.first.d, c.begin.h, c.begin.m, 0, 0, loc)
	if !c.hasEnd {
		return
	}
	t := time.Date(last.y, time.Month(last.m), last.d, c.end.h, c.end.m, 0, 0, loc)
	if !t.After(e.Start) {
		e.Notes = append(e.Notes, "The end is not after the beginning.")
		return
	}
	e.stop = &t
}

// addClock gives a date the time of day that stood in another place.
func (e *Expr) addClock(c clock, loc *time.Location) {
	if e.Fault = c.fault; e.Fault == nil {
		e.setClock(c, c.zone(loc))
	}
}

// Date is the finished date.
func (e *Expr) Date(text string) *Date {
	d := &Date{Text: text}
	if e.Readable() {
		start := e.Start
		d.Start, d.End, d.AllDay = &start, e.stop, !e.HasClock
	}
	return d
}
