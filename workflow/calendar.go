package workflow

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"time"
)

// Span is a stretch of office hours within a day, half-open, as the wall clock
// shows it: From and To are the clock's reading, in whole seconds since 00:00,
// with 0 ≤ From < To ≤ 24h. A day with a lunch break has two.
type Span struct{ From, To time.Duration }

// String writes s as "07:30-16:00", with seconds where it has any.
func (s Span) String() string { return clockString(s.From) + "-" + clockString(s.To) }

func clockString(d time.Duration) string {
	text := fmt.Sprintf("%02d:%02d", int(d/time.Hour), int(d%time.Hour/time.Minute))
	if rest := d % time.Minute; rest != 0 {
		text += ":" + fmt.Sprintf("%02d", int(rest/time.Second))
	}
	return text
}

// Calendar knows when the office is open, in the office's zone. It never
// changes after it was made, and may be shared.
//
// The office is open at an instant when the wall clock of its zone then reads
// within the hours of that weekday and the day is no holiday. Everything else
// follows, in zones with daylight saving too: an hour that the clock skips is
// no office time, an hour that it shows twice counts twice. Hours are
// half-open: at closing time the office is closed.
//
// Traps, so that nobody need find them again:
//
//   - A deadline may be exactly a closing time, an instant at which IsOpen is
//     false: one hour from 15:00 with closing at 16:00 is 16:00, not tomorrow's
//     opening. To send something in office hours, ask NextOpen first.
//   - Add and AddDays differ: eight hours of office time is not a working day.
//   - Instants outside the years 1 to 9999 are taken for the nearest within.
//     Holidays are known only as far as they were given; a repeating one ends
//     with lastRepeatYear.
//   - time.Date must not be used to find a local clock time: what it returns for
//     a skipped or repeated hour is unspecified. See Calendar.wall.
//
// Results are in the office's zone. Cost grows with the number of zone changes
// between the instants (two or three a year), not with the days or holidays.
type Calendar struct {
	loc      *time.Location
	week     *week
	holidays Holidays
}

// NewCalendar makes a calendar from the hours of each weekday, in loc's time. A
// weekday without hours is closed. It is an error when the office is never
// open, when spans overlap or leave their day, and when a holiday is no date.
func NewCalendar(loc *time.Location, hours map[time.Weekday][]Span, holidays Holidays) (*Calendar, error) {
	if loc == nil {
		return nil, errors.New("calendar: no time zone")
	}
	week, err := newWeek(hours, holidays)
	if err != nil {
		return nil, err
	}
	return &Calendar{loc: loc, week: week, holidays: maps.Clone(holidays)}, nil
}

// Always is a calendar of an office that never closes; loc (UTC when nil)
// matters for working days only.
func Always(loc *time.Location) *Calendar {
	if loc == nil {
		loc = time.UTC
	}
	w := &week{lost: []int64{0}}
	for day := range w.spans {
		w.spans[day] = []secondSpan{{0, daySeconds}}
		w.before[day+1] = w.before[day] + daySeconds
		w.days[day+1] = w.days[day] + 1
	}
	return &Calendar{loc: loc, week: w}
}

// Location is the office's zone.
func (c *Calendar) Location() *time.Location { return c.loc }

// IsOpen says whether the office is open at t. At closing time it is closed.
func (c *Calendar) IsOpen(t time.Time) bool {
	unix, _ := bounded(t)
	return c.isOpen(unix)
}

// WorkingDay says whether t falls on a day with office hours, before and after
// them too.
func (c *Calendar) WorkingDay(t time.Time) bool {
	return len(c.week.open(DateOf(t.In(c.loc)).number())) > 0
}

// Holiday is the name of the holiday on which t falls, and whether it is one.
func (c *Calendar) Holiday(t time.Time) (name string, ok bool) {
	name, ok = c.holidays[DateOf(t.In(c.loc))]
	return name, ok
}

// NextOpen is t itself when the office is open, else the next opening.
func (c *Calendar) NextOpen(t time.Time) time.Time {
	unix, nano := bounded(t)
	if c.isOpen(unix) {
		return c.at(unix, nano)
	}
	return c.at(c.nth(unix, 0), 0)
}

// Between is the office time in [a, b): 0 when b is not after a, and the
// largest time.Duration (292 years) when it is more than that.
func (c *Calendar) Between(a, b time.Time) time.Duration {
	if !b.After(a) {
		return 0
	}
	from, fromNano := bounded(a)
	to, toNano := bounded(b)
	seconds := c.seconds(from, to)
	if seconds >= math.MaxInt64/int64(time.Second) {
		return math.MaxInt64
	}
	total := time.Duration(seconds) * time.Second
	// Opening and closing happen on whole seconds, so a begun second counts
	// either whole or not at all.
	if fromNano != 0 && c.isOpen(from) {
		total -= time.Duration(fromNano)
	}
	if toNano != 0 && c.isOpen(to) {
		total += time.Duration(toNano)
	}
	return total
}

// seconds is the office time between two instants, in seconds.
func (c *Calendar) seconds(from, to int64) int64 {
	var total int64
	for from < to {
		offset, until := c.zone(from)
		until = min(until, to)
		total += c.week.elapsed(until+offset) - c.week.elapsed(from+offset)
		from = until
	}
	return total
}

// nth finds the n-th (from 0) office second at or after an instant.
func (c *Calendar) nth(unix, n int64) int64 {
	for {
		offset, until := c.zone(unix)
		here := c.week.elapsed(until+offset) - c.week.elapsed(unix+offset)
		if n < here {
			return c.week.nth(unix+offset, n) - offset
		}
		n -= here
		unix = until
	}
}

func (c *Calendar) isOpen(unix int64) bool {
	offset, _ := c.zone(unix)
	day, second := floorDiv(unix+offset, daySeconds)
	for _, s := range c.week.open(day) {
		if s.from <= second && second < s.to {
			return true
		}
	}
	return false
}

// The instants that a calendar tells apart: 0001-01-01 to 9999-12-31. Beyond
// the last, and for ever, the zone stays as it is: that bounds every search.
const (
	firstUnix = -62135596800
	lastUnix  = 253402300799
	forever   = math.MaxInt64 / 2
)

// bounded is t in seconds since 1970 and the nanoseconds into that second.
func bounded(t time.Time) (unix, nano int64) {
	unix = t.Unix()
	if unix < firstUnix || unix > lastUnix {
		return min(max(unix, firstUnix), lastUnix), 0
	}
	return unix, int64(t.Nanosecond())
}

func (c *Calendar) at(unix, nano int64) time.Time { return time.Unix(unix, nano).In(c.loc) }

// zone is the zone's offset at an instant, in seconds east of UTC, and an
// instant up to which it holds (and perhaps longer).
func (c *Calendar) zone(unix int64) (offset, until int64) {
	t := c.at(unix, 0)
	_, seconds := t.Zone()
	_, end := t.ZoneBounds()
	switch {
	case end.IsZero() || unix >= lastUnix:
		until = forever
	case end.Unix() > unix:
		until = end.Unix()
	default:
		// Where zones follow a rule, package time takes every year for 365 days:
		// on 31 December (UTC) of a leap year the end lies in the past. No zone
		// changes on that day.
		day, _ := floorDiv(unix, daySeconds)
		until = (day + 1) * daySeconds
	}
	return int64(seconds), until
}

// wall is the first instant at which the office's clock shows the local second
// or a later one: the first of two when the clock shows it twice, the end of
// the gap when it skips it.
func (c *Calendar) wall(local int64) int64 {
	offset, _ := c.zone(local)
	unix := local - offset - 2*daySeconds // early enough for any change of offset
	for {
		offset, until := c.zone(unix)
		if found := max(unix, local-offset); found < until {
			return found
		}
		unix = until
	}
}
