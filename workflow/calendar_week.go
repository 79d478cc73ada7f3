package workflow

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"
)

const (
	daySeconds = 24 * 60 * 60
	// epochWeekday is the weekday of day number 0, 1970-01-01.
	epochWeekday = int64(time.Thursday)
)

// week is the office's week and its holidays as a function of the local clock
// alone, zones left out. A local second counts the seconds that a wall clock
// shows since 1970-01-01 00:00; day number 0 is that day.
//
// Office time up to any local second has a closed form: whole weeks, plus the
// days of this week, minus the holidays before, plus the part of today. So
// every question costs a binary search over the holidays, whether it spans a
// minute or a century.
type week struct {
	spans  [7][]secondSpan // by weekday; ascending, apart from each other
	before [8]int64        // office seconds in the week before that weekday; [7] is the whole week
	days   [8]int64        // working days in the week before that weekday
	off    []int64         // holidays on a weekday that has hours, ascending day numbers
	lost   []int64         // lost[i]: office seconds that off[:i] take away
}

// secondSpan is a Span in whole seconds.
type secondSpan struct{ from, to int64 }

func newWeek(hours map[time.Weekday][]Span, holidays Holidays) (*week, error) {
	w := &week{lost: []int64{0}}
	for day, spans := range hours {
		if day < time.Sunday || day > time.Saturday {
			return nil, fmt.Errorf("office hours: %d is no weekday", int(day))
		}
		var err error
		if w.spans[day], err = joinSpans(spans); err != nil {
			return nil, fmt.Errorf("office hours: %s: %w", day, err)
		}
	}
	for day := range 7 {
		w.before[day+1] = w.before[day] + spanned(w.spans[day], daySeconds)
		w.days[day+1] = w.days[day] + int64(min(len(w.spans[day]), 1))
	}
	if w.before[7] == 0 {
		return nil, errors.New("office hours: the office is never open")
	}
	for date := range holidays {
		if !date.valid() {
			return nil, fmt.Errorf("holidays: there is no day %s", date)
		}
		if n := date.number(); len(w.hours(n)) > 0 {
			w.off = append(w.off, n)
		}
	}
	slices.Sort(w.off)
	for i, n := range w.off {
		w.lost = append(w.lost, w.lost[i]+spanned(w.hours(n), daySeconds))
	}
	return w, nil
}

// joinSpans checks a day's spans, sorts them and joins those that touch.
func joinSpans(spans []Span) ([]secondSpan, error) {
	sorted := slices.SortedFunc(slices.Values(spans), func(a, b Span) int { return cmp.Compare(a.From, b.From) })
	var joined []secondSpan
	for _, s := range sorted {
		switch {
		case s.From < 0 || s.To > 24*time.Hour || s.From >= s.To:
			return nil, fmt.Errorf("%s is not a span within a day", s)
		case s.From%time.Second != 0 || s.To%time.Second != 0:
			return nil, fmt.Errorf("%s is not in whole seconds", s)
		}
		next := secondSpan{int64(s.From / time.Second), int64(s.To / time.Second)}
		switch last := len(joined) - 1; {
		case last >= 0 && next.from < joined[last].to:
			return nil, fmt.Errorf("%s overlaps another span", s)
		case last >= 0 && next.from == joined[last].to:
			joined[last].to = next.to
		default:
			joined = append(joined, next)
		}
	}
	return joined, nil
}

// spanned is the part of spans before the given second of the day.
func spanned(spans []secondSpan, second int64) int64 {
	var total int64
	for _, s := range spans {
		total += min(max(second, s.from), s.to) - s.from
	}
	return total
}

// hours are the spans of a day by its weekday, holiday or not.
func (w *week) hours(day int64) []secondSpan {
	_, weekday := floorDiv(day+epochWeekday, 7)
	return w.spans[weekday]
}

// open are the spans of a day, none on a holiday.
func (w *week) open(day int64) []secondSpan {
	if _, off := slices.BinarySearch(w.off, day); off {
		return nil
	}
	return w.hours(day)
}

// elapsed is the office seconds before a local second, counted from some fixed
// origin: only differences mean anything.
func (w *week) elapsed(local int64) int64 {
	day, second := floorDiv(local, daySeconds)
	weeks, weekday := floorDiv(day+epochWeekday, 7)
	i, off := slices.BinarySearch(w.off, day)
	total := weeks*w.before[7] + w.before[weekday] - w.lost[i]
	if !off {
		total += spanned(w.spans[weekday], second)
	}
	return total
}

// nth finds the n-th (from 0) office second at or after a local second.
func (w *week) nth(local, n int64) int64 {
	day, _ := floorDiv(local, daySeconds)
	target := w.elapsed(local) + n
	// Each holiday costs at most one week's hours, so this many weeks suffice.
	weeks := n/w.before[7] + int64(len(w.off)) + 2
	day = searchDay(day, day+7*weeks, func(d int64) bool { return w.elapsed((d+1)*daySeconds) > target })
	rest := target - w.elapsed(day*daySeconds)
	for _, s := range w.open(day) {
		if length := s.to - s.from; rest >= length {
			rest -= length
			continue
		}
		return day*daySeconds + s.from + rest
	}
	return (day + 1) * daySeconds // not reached: that day has more than rest
}

// workdays is the number of working days before a day, from a fixed origin.
func (w *week) workdays(day int64) int64 {
	weeks, weekday := floorDiv(day+epochWeekday, 7)
	i, _ := slices.BinarySearch(w.off, day)
	return weeks*w.days[7] + w.days[weekday] - int64(i)
}

// nextWorkday finds the n-th (from 1) working day after a day.
func (w *week) nextWorkday(day, n int64) int64 {
	target := w.workdays(day+1) + n
	weeks := n/w.days[7] + int64(len(w.off)) + 2
	return searchDay(day+1, day+7*weeks, func(d int64) bool { return w.workdays(d+1) >= target })
}

// searchDay finds the first day in [low, high] for which done holds, high when
// none does; done must not go back to false.
func searchDay(low, high int64, done func(day int64) bool) int64 {
	for low < high {
		if mid := low + (high-low)/2; done(mid) {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return low
}

// floorDiv divides so that the remainder is never negative: days before 1970
// begin at midnight too.
func floorDiv(a, b int64) (quotient, remainder int64) {
	quotient, remainder = a/b, a%b
	if remainder < 0 {
		return quotient - 1, remainder + b
	}
	return quotient, remainder
}
