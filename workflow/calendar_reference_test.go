package workflow_test

import (
	"slices"
	"testing"
	"time"

	"batan.go.id/layanan/workflow"
	"pgregory.net/rapid"
)

// office is what a Calendar is made of, and a slow but obvious reference for
// it, which asks the wall clock about every single minute.
type office struct {
	loc      *time.Location
	hours    map[time.Weekday][]workflow.Span
	holidays workflow.Holidays
}

func (o office) calendar(t interface{ Fatal(...any) }) *workflow.Calendar {
	c, err := workflow.NewCalendar(o.loc, o.hours, o.holidays)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (o office) workingDay(d workflow.Date) bool {
	_, off := o.holidays[d]
	return !off && len(o.spans(d)) > 0
}

func (o office) spans(d workflow.Date) []workflow.Span {
	return o.hours[time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Weekday()]
}

// open holds for a whole minute: hours and zone changes are in whole minutes.
func (o office) open(t time.Time) bool {
	t = t.In(o.loc)
	date := workflow.DateOf(t)
	clock := time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
	return o.workingDay(date) && slices.ContainsFunc(o.spans(date), func(s workflow.Span) bool {
		return s.From <= clock && clock < s.To
	})
}

// walk yields every stretch of open time from a on, each within a minute and
// cut where a pause begins or ends, with those in a pause left out.
func (o office) walk(a time.Time, pauses []workflow.Interval, yield func(from, to time.Time) bool) {
	for minute := a.Truncate(time.Minute); ; minute = minute.Add(time.Minute) {
		end := minute.Add(time.Minute)
		cuts := []time.Time{latest(minute, a), end}
		for _, p := range pauses {
			for _, t := range []time.Time{p.From, p.To} {
				if t.After(cuts[0]) && t.Before(end) {
					cuts = append(cuts, t)
				}
			}
		}
		slices.SortFunc(cuts, time.Time.Compare)
		isOpen := o.open(minute)
		for i := range len(cuts) - 1 {
			from, to := cuts[i], cuts[i+1]
			paused := slices.ContainsFunc(pauses, func(p workflow.Interval) bool {
				return !from.Before(p.From) && from.Before(p.To)
			})
			if (!isOpen || paused) && to.Before(end) {
				continue
			}
			if !isOpen || paused {
				from = to // still let the caller look at the time
			}
			if !yield(from, to) {
				return
			}
		}
	}
}

func (o office) used(a, b time.Time, pauses []workflow.Interval) time.Duration {
	var total time.Duration
	if !b.After(a) {
		return 0
	}
	o.walk(a, pauses, func(from, to time.Time) bool {
		total += max(0, earliest(to, b).Sub(from))
		return to.Before(b)
	})
	return total
}

func (o office) add(t time.Time, d time.Duration, pauses []workflow.Interval) time.Time {
	due := t
	if d <= 0 {
		return due
	}
	o.walk(t, pauses, func(from, to time.Time) bool {
		if length := to.Sub(from); length < d {
			d -= length
			return true
		}
		due = from.Add(d)
		return false
	})
	return due
}

func (o office) nextOpen(t time.Time) time.Time {
	if o.open(t) {
		return t
	}
	for t = t.Truncate(time.Minute); !o.open(t); t = t.Add(time.Minute) {
	}
	return t
}

func (o office) addDays(t time.Time, n int) time.Time {
	t = o.nextOpen(t).In(o.loc)
	date := workflow.DateOf(t)
	for found := 0; found < n; {
		next := time.Date(date.Year, date.Month, date.Day+1, 0, 0, 0, 0, time.UTC)
		if date = workflow.DateOf(next); o.workingDay(date) {
			found++
		}
	}
	hour, minute, second := t.Clock()
	clock := time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute +
		time.Duration(second)*time.Second + time.Duration(t.Nanosecond())
	spans := o.spans(date)
	best := spans[len(spans)-1].To
	for _, s := range slices.Backward(spans) {
		if clock <= s.To {
			best = max(clock, s.From)
		}
	}
	return o.firstReading(date, best)
}

// firstReading is the first instant at which the clock reads at least that.
func (o office) firstReading(date workflow.Date, clock time.Duration) time.Time {
	want := time.Date(date.Year, date.Month, date.Day, 0, 0, 0, 0, time.UTC).Add(clock)
	for t := want.Add(-36 * time.Hour).Truncate(time.Minute); ; t = t.Add(time.Minute) {
		reading := o.reading(t)
		if reading.Equal(want.Truncate(time.Minute)) {
			return t.Add(clock % time.Minute)
		}
		if reading.After(want) {
			return t
		}
	}
}

// reading is what the office's clock shows at t, as if it were UTC.
func (o office) reading(t time.Time) time.Time {
	_, offset := t.In(o.loc).Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

func earliest(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func zone(t interface{ Fatal(...any) }, name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// drawOffice draws an office and an instant, often near a change of its zone.
func drawOffice(t *rapid.T) (office, time.Time) {
	o := office{
		loc: zone(t, rapid.SampledFrom([]string{
			"Asia/Jakarta", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo",
			"Africa/Cairo", "Europe/Dublin", "Pacific/Apia", "America/Havana", "UTC",
		}).Draw(t, "zone")),
		hours:    make(map[time.Weekday][]workflow.Span),
		holidays: make(workflow.Holidays),
	}
	first := time.Date(1995, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	last := time.Date(2060, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	start := time.Unix(rapid.Int64Range(first, last).Draw(t, "start"), 0).In(o.loc)
	if rapid.Bool().Draw(t, "near a zone change") {
		if _, end := start.ZoneBounds(); !end.IsZero() {
			start = end.Add(time.Duration(rapid.IntRange(-2*86400, 86400).Draw(t, "seconds from it")) * time.Second)
		}
	}
	if rapid.Bool().Draw(t, "with nanoseconds") {
		start = start.Add(time.Duration(rapid.IntRange(1, 999_999_999).Draw(t, "nanoseconds")))
	}
	for _, day := range rapid.SliceOfNDistinct(rapid.IntRange(0, 6), 1, 7, rapid.ID).Draw(t, "weekdays") {
		marks := rapid.SliceOfNDistinct(rapid.IntRange(0, 24*60), 4, 4, rapid.ID).Draw(t, "marks")
		slices.Sort(marks)
		for i := 0; i < len(marks); i += 2 {
			o.hours[time.Weekday(day)] = append(o.hours[time.Weekday(day)], workflow.Span{
				From: time.Duration(marks[i]) * time.Minute, To: time.Duration(marks[i+1]) * time.Minute,
			})
		}
		if rapid.Bool().Draw(t, "no lunch") {
			o.hours[time.Weekday(day)] = o.hours[time.Weekday(day)][:1]
		}
	}
	for _, n := range rapid.SliceOfN(rapid.IntRange(-3, 12), 0, 5).Draw(t, "holidays") {
		o.holidays[workflow.DateOf(start.AddDate(0, 0, n))] = "libur"
	}
	return o, start
}

func drawPauses(t *rapid.T, start time.Time) []workflow.Interval {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) workflow.Interval {
		from := start.Add(time.Duration(rapid.IntRange(-86400, 5*86400).Draw(t, "pause")) * time.Second)
		return workflow.Interval{From: from,
			To: from.Add(time.Duration(rapid.IntRange(-600, 2*86400).Draw(t, "length")) * time.Second)}
	}), 0, 3).Draw(t, "pauses")
}

// drawLater draws whole days and the rest apart, because rapid prefers small
// numbers.
func drawLater(t *rapid.T, start time.Time) time.Time {
	return start.AddDate(0, 0, rapid.IntRange(0, 9).Draw(t, "days later")).
		Add(time.Duration(rapid.Int64Range(-int64(time.Hour), int64(24*time.Hour)).Draw(t, "and")))
}

func drawOfficeTime(t *rapid.T) time.Duration {
	return time.Duration(rapid.Int64Range(0, int64(6*time.Hour)).Draw(t, "office time")).Truncate(
		rapid.SampledFrom([]time.Duration{1, time.Second, time.Minute, time.Hour}).Draw(t, "in"))
}

func TestCalendarAgreesWithCountingMinutes(t *testing.T) {
	t.Parallel()
	same := func(t *rapid.T, what string, got, want time.Time) {
		if !got.Equal(want) {
			t.Fatalf("%s: got %s, counting gives %s", what, got, want)
		}
	}
	t.Run("IsOpen, NextOpen, WorkingDay", rapid.MakeCheck(func(t *rapid.T) {
		o, start := drawOffice(t)
		c := o.calendar(t)
		if got, want := c.IsOpen(start), o.open(start); got != want {
			t.Fatalf("IsOpen(%s) = %t", start, got)
		}
		if got, want := c.WorkingDay(start), o.workingDay(workflow.DateOf(start.In(o.loc))); got != want {
			t.Fatalf("WorkingDay(%s) = %t", start, got)
		}
		same(t, "NextOpen", c.NextOpen(start), o.nextOpen(start))
	}))
	t.Run("Between", rapid.MakeCheck(func(t *rapid.T) {
		o, a := drawOffice(t)
		b := drawLater(t, a)
		if got, want := o.calendar(t).Between(a, b), o.used(a, b, nil); got != want {
			t.Fatalf("Between(%s, %s) = %s, counting gives %s", a, b, got, want)
		}
	}))
	t.Run("Add", rapid.MakeCheck(func(t *rapid.T) {
		o, start := drawOffice(t)
		d := drawOfficeTime(t)
		same(t, "Add", o.calendar(t).Add(start, d), o.add(start, d, nil))
	}))
	t.Run("AddDays", rapid.MakeCheck(func(t *rapid.T) {
		o, start := drawOffice(t)
		n := rapid.IntRange(0, 4).Draw(t, "days")
		got := o.calendar(t).AddDays(start, n)
		if n == 0 {
			same(t, "AddDays 0", got, o.nextOpen(start))
			return
		}
		same(t, "AddDays", got, o.addDays(start, n))
	}))
	t.Run("Due and Used with pauses", rapid.MakeCheck(func(t *rapid.T) {
		o, start := drawOffice(t)
		c, d, pauses := o.calendar(t), drawOfficeTime(t), drawPauses(t, start)
		due := c.Due(start, workflow.Duration{Clock: d}, pauses)
		same(t, "Due", due, o.add(start, d, pauses))
		if used := c.Used(start, due, pauses); used != d {
			t.Fatalf("Used until the deadline is %s of %s", used, d)
		}
		until := drawLater(t, start)
		if got, want := c.Used(start, until, pauses), o.used(start, until, pauses); got != want {
			t.Fatalf("Used(%s) = %s, counting gives %s", until, got, want)
		}
	}))
}

func TestCalendarLaws(t *testing.T) {
	t.Parallel()
	t.Run("what Add adds, Between finds", rapid.MakeCheck(func(t *rapid.T) {
		o, start := drawOffice(t)
		c := o.calendar(t)
		// before the year 9999, at a minute a week
		d := time.Duration(rapid.Int64Range(0, int64(5000*time.Hour)).Draw(t, "d"))
		due := c.Add(start, d)
		if got := c.Between(start, due); got != d {
			t.Fatalf("Between(t, Add(t, %s)) = %s", d, got)
		}
		if d > 0 && c.Between(start, due.Add(-1)) >= d {
			t.Fatalf("Add(t, %s) = %s is not the earliest", d, due)
		}
	}))
	t.Run("Add in two parts is Add at once", rapid.MakeCheck(func(t *rapid.T) {
		o, start := drawOffice(t)
		c, d, e := o.calendar(t), drawOfficeTime(t), drawOfficeTime(t)
		if once, parts := c.Add(start, d+e), c.Add(c.Add(start, d), e); !once.Equal(parts) {
			t.Fatalf("once %s, in parts %s", once, parts)
		}
	}))
	t.Run("later in, not earlier out", rapid.MakeCheck(func(t *rapid.T) {
		o, start := drawOffice(t)
		c, d, n := o.calendar(t), drawOfficeTime(t), rapid.IntRange(0, 400).Draw(t, "n")
		later := start.Add(time.Duration(rapid.Int64Range(0, int64(3*24*time.Hour)).Draw(t, "later")))
		if a, b := c.Add(start, d), c.Add(later, d); d > 0 && b.Before(a) {
			t.Fatalf("Add: %s then %s", a, b)
		}
		setBack := o.reading(c.NextOpen(later)).Before(o.reading(c.NextOpen(start))) // AddDays follows the clock
		if a, b := c.AddDays(start, n), c.AddDays(later, n); n > 0 && !setBack && b.Before(a) {
			t.Fatalf("AddDays: %s then %s", a, b)
		}
		if a, b := c.AddDays(start, n), c.AddDays(start, n+1); b.Before(a) {
			t.Fatalf("AddDays n, n+1: %s then %s", a, b)
		}
	}))
	t.Run("a pause costs its office time", rapid.MakeCheck(func(t *rapid.T) {
		o, start := drawOffice(t)
		c := o.calendar(t)
		sla := workflow.Duration{Clock: time.Hour}
		if rapid.Bool().Draw(t, "in days") {
			sla = workflow.Duration{Days: rapid.IntRange(1, 5).Draw(t, "days")}
		}
		due := c.Due(start, sla, nil)
		p := workflow.Interval{From: start.Add(due.Sub(start) / 2)}
		p.To = p.From.Add(time.Duration(rapid.Int64Range(0, int64(99*time.Hour)).Draw(t, "length")))
		paused := c.Due(start, sla, []workflow.Interval{p})
		if got, want := c.Between(due, paused), c.Between(p.From, p.To); p.From.Before(due) && got != want {
			t.Fatalf("moved by %s, paused for %s", got, want)
		}
		late := workflow.Interval{From: due, To: due.Add(99 * time.Hour)}
		if got := c.Due(start, sla, []workflow.Interval{late}); !got.Equal(due) {
			t.Fatalf("a pause after the deadline moved it from %s to %s", due, got)
		}
	}))
}
