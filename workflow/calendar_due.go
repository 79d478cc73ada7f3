package workflow

import (
	"slices"
	"time"
)

// Interval is the half-open stretch [From, To). A zero To: it is still open.
type Interval struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to,omitzero"`
}

// Add is the earliest instant by which d of office time has passed since t; it
// may be exactly a closing time. When d is not positive it is t.
func (c *Calendar) Add(t time.Time, d time.Duration) time.Time {
	unix, nano := bounded(t)
	if d <= 0 {
		return c.at(unix, nano)
	}
	if !c.isOpen(unix) {
		nano = 0 // a second in which nobody works
	}
	whole, rest := int64(d/time.Second), int64(d%time.Second)+nano
	whole, rest = whole+rest/int64(time.Second), rest%int64(time.Second)
	if rest > 0 {
		return c.at(c.nth(unix, whole), rest)
	}
	return c.at(c.nth(unix, whole-1)+1, 0)
}

// AddDays is n working days after NextOpen(t), at the same clock time; when n
// is not positive it is NextOpen(t). Where the hours of that day don't include
// the clock time, it is the nearest that suits the office: the opening when
// too early, the end of the break when in one, the closing when too late.
// Where the clock skips the time, it is the end of the gap; where it shows it
// twice, the first. More than 366,000 days count as that many.
func (c *Calendar) AddDays(t time.Time, n int) time.Time {
	start := c.NextOpen(t)
	if n <= 0 {
		return start
	}
	unix, nano := bounded(start)
	offset, _ := c.zone(unix)
	day, second := floorDiv(unix+offset, daySeconds)
	day = c.week.nextWorkday(day, int64(min(n, 1000*maxDays)))
	second, nano = clip(c.week.open(day), second, nano)
	local := day*daySeconds + second
	unix = c.wall(local)
	if offset, _ = c.zone(unix); unix+offset != local {
		nano = 0 // skipped by the clock
	}
	return c.at(unix, nano)
}

// clip moves a clock time into a day's spans, of which there is at least one;
// a span's end counts as in it.
func clip(spans []secondSpan, second, nano int64) (int64, int64) {
	for _, s := range spans {
		if second < s.from {
			return s.from, 0
		}
		if second < s.to || second == s.to && nano == 0 {
			return second, nano
		}
	}
	return spans[len(spans)-1].to, 0
}

// Due is the deadline of an SLA that began at from: d later by Add or AddDays,
// then pushed back by the office time lost in pauses. A pause that begins when
// the deadline has passed, as moved by those before, does not count. Pauses may
// come in any order and overlap; what lies before from does not count. An open
// pause has no length yet and is left out: give it To = now.
func (c *Calendar) Due(from time.Time, d Duration, pauses []Interval) time.Time {
	var due time.Time
	if d.Days > 0 {
		due = c.AddDays(from, d.Days)
	} else {
		due = c.Add(from, d.Clock)
	}
	for _, p := range merge(pauses, from, time.Time{}) {
		if !p.From.Before(due) {
			break
		}
		due = c.Add(due, c.Between(p.From, p.To))
	}
	return due
}

// Used is the office time that an SLA begun at from has used up by until, the
// pauses taken out. An open pause lasts until then.
func (c *Calendar) Used(from, until time.Time, pauses []Interval) time.Duration {
	used := c.Between(from, until)
	for _, p := range merge(pauses, from, until) {
		if p.To.After(until) {
			p.To = until
		}
		used -= c.Between(p.From, p.To)
	}
	return used
}

// merge sorts pauses, cuts off what lies before from, ends open ones at now,
// joins those that overlap or touch, and drops the empty ones.
func merge(pauses []Interval, from, now time.Time) []Interval {
	var kept []Interval
	for _, p := range pauses {
		if p.From.Before(from) {
			p.From = from
		}
		if p.To.IsZero() {
			p.To = now
		}
		if p.To.After(p.From) {
			kept = append(kept, p)
		}
	}
	slices.SortFunc(kept, func(a, b Interval) int { return a.From.Compare(b.From) })
	merged := kept[:0]
	for _, p := range kept {
		if last := len(merged) - 1; last < 0 || p.From.After(merged[last].To) {
			merged = append(merged, p)
		} else if p.To.After(merged[last].To) {
			merged[last].To = p.To
		}
	}
	return merged
}
