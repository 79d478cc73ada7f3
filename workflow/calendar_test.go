package workflow_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/workflow"
)

// batan is the office of the example configuration, in 2026.
func batan(t interface{ Fatal(...any) }, zoneName string, lunch bool) *workflow.Calendar {
	text := map[string]string{"mon-thu": "07:30-16:00", "fri": "07:30-16:30"}
	if lunch {
		text = map[string]string{"mon-thu": "07:30-12:00, 13:00-16:00", "fri": "07:30-11:30, 13:00-16:30"}
	}
	hours, err := workflow.ParseHours(text)
	if err != nil {
		t.Fatal(err)
	}
	return office{zone(t, zoneName), hours, workflow.Holidays{
		{Year: 2026, Month: 1, Day: 1}:  "Tahun Baru",
		{Year: 2026, Month: 3, Day: 20}: "Idulfitri",
		{Year: 2026, Month: 3, Day: 23}: "Cuti bersama",
		{Year: 2026, Month: 3, Day: 24}: "Cuti bersama",
	}}.calendar(t)
}

func local(t *testing.T, c *workflow.Calendar, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, c.Location())
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestDue(t *testing.T) {
	t.Parallel()
	straight, lunch := batan(t, "Asia/Jakarta", false), batan(t, "Asia/Jakarta", true)
	for _, test := range []struct {
		name   string
		cal    *workflow.Calendar
		from   string
		sla    string
		pauses [][2]string
		want   string
	}{
		{"within the day", straight, "2026-01-05 09:00", "1h", nil, "2026-01-05 10:00"},
		{"exactly closing time", straight, "2026-01-05 15:00", "1h", nil, "2026-01-05 16:00"},
		{"over night", straight, "2026-01-05 15:30", "1h", nil, "2026-01-06 08:00"},
		{"from the night", straight, "2026-01-05 22:00", "1h", nil, "2026-01-06 08:30"},
		{"from closing time", straight, "2026-01-05 16:00", "1h", nil, "2026-01-06 08:30"},
		{"over the weekend", straight, "2026-01-09 16:00", "1h", nil, "2026-01-12 08:00"},
		{"over a long holiday", straight, "2026-03-19 15:30", "1h", nil, "2026-03-25 08:00"},
		{"over lunch", lunch, "2026-01-05 11:30", "1h", nil, "2026-01-05 13:30"},
		{"until lunch", lunch, "2026-01-05 11:00", "1h", nil, "2026-01-05 12:00"},

		{"a day", straight, "2026-01-05 10:00", "1d", nil, "2026-01-06 10:00"},
		{"a day over the weekend", straight, "2026-01-09 10:00", "1d", nil, "2026-01-12 10:00"},
		{"a day over holidays", straight, "2026-03-19 10:00", "1d", nil, "2026-03-25 10:00"},
		{"a day from the night", straight, "2026-01-05 22:00", "1d", nil, "2026-01-07 07:30"},
		{"a day, past the next day's closing", straight, "2026-01-09 16:15", "1d", nil, "2026-01-12 16:00"},
		{"a day, into Friday's lunch", lunch, "2026-01-08 11:45", "1d", nil, "2026-01-09 13:00"},
		{"a day, at the beginning of Friday's lunch", lunch, "2026-01-08 11:30", "1d", nil, "2026-01-09 11:30"},

		{"a pause", straight, "2026-01-05 09:00", "1h", [][2]string{{"2026-01-05 09:30", "2026-01-05 11:00"}},
			"2026-01-05 11:30"},
		{"a pause over night", straight, "2026-01-05 15:00", "1h", [][2]string{{"2026-01-05 15:30", "2026-01-06 08:00"}},
			"2026-01-06 08:30"},
		{"a pause that ends in the night", straight, "2026-01-05 15:00", "1h",
			[][2]string{{"2026-01-05 15:30", "2026-01-05 20:00"}}, "2026-01-06 08:00"},
		{"a pause when it is due", straight, "2026-01-05 09:00", "1h", [][2]string{{"2026-01-05 10:00", "2026-01-05 12:00"}},
			"2026-01-05 10:00"},
		{"a pause that counts because of another", straight, "2026-01-05 09:00", "1h",
			[][2]string{{"2026-01-05 10:15", "2026-01-05 11:15"}, {"2026-01-05 09:30", "2026-01-05 10:00"}},
			"2026-01-05 11:30"},
		{"overlapping pauses count once", straight, "2026-01-05 09:00", "1h",
			[][2]string{{"2026-01-05 09:10", "2026-01-05 10:00"}, {"2026-01-05 09:30", "2026-01-05 10:30"},
				{"2026-01-05 09:20", "2026-01-05 09:40"}}, "2026-01-05 11:20"},
		{"a pause from before", straight, "2026-01-05 09:00", "1h", [][2]string{{"2026-01-05 08:00", "2026-01-05 09:15"}},
			"2026-01-05 10:15"},
		{"an open pause", straight, "2026-01-05 09:00", "1h", [][2]string{{"2026-01-05 09:30", ""}}, "2026-01-05 10:00"},
		{"a pause of a day's SLA", straight, "2026-01-05 10:00", "1d", [][2]string{{"2026-01-05 15:00", "2026-01-06 09:00"}},
			"2026-01-06 12:30"},
	} {
		t.Run(test.name, func(t *testing.T) {
			sla, err := workflow.ParseDuration(test.sla)
			if err != nil {
				t.Fatal(err)
			}
			var pauses []workflow.Interval
			for _, p := range test.pauses {
				pause := workflow.Interval{From: local(t, test.cal, p[0])}
				if p[1] != "" {
					pause.To = local(t, test.cal, p[1])
				}
				pauses = append(pauses, pause)
			}
			before := append([]workflow.Interval(nil), pauses...)
			got := test.cal.Due(local(t, test.cal, test.from).UTC(), sla, pauses)
			if text := got.Format("2006-01-02 15:04"); text != test.want || got.Second() != 0 {
				t.Errorf("got %s, want %s", got, test.want)
			}
			for i := range pauses {
				if pauses[i] != before[i] {
					t.Errorf("Due changed its caller's pauses: %v", pauses)
				}
			}
		})
	}
}

func TestUsedWithAnOpenPause(t *testing.T) {
	t.Parallel()
	c := batan(t, "Asia/Jakarta", false)
	pauses := []workflow.Interval{{From: local(t, c, "2026-01-05 09:30")}}
	if got := c.Used(local(t, c, "2026-01-05 09:00"), local(t, c, "2026-01-07 09:00"), pauses); got != 30*time.Minute {
		t.Errorf("used %s, want 30m: the pause is still open", got)
	}
}

func TestOpenIsHalfOpen(t *testing.T) {
	t.Parallel()
	c := batan(t, "Asia/Jakarta", true)
	for at, want := range map[string]bool{
		"2026-01-05 07:29": false, "2026-01-05 07:30": true, "2026-01-05 11:59": true, "2026-01-05 12:00": false,
		"2026-01-05 13:00": true, "2026-01-05 16:00": false, "2026-01-04 10:00": false, "2026-01-01 10:00": false,
	} {
		if got := c.IsOpen(local(t, c, at)); got != want {
			t.Errorf("IsOpen(%s) = %t", at, got)
		}
	}
	if name, ok := c.Holiday(local(t, c, "2026-03-20 23:59")); !ok || name != "Idulfitri" {
		t.Errorf("Holiday = %q, %t", name, ok)
	}
	if name, ok := c.Holiday(local(t, c, "2026-03-21 00:00")); ok {
		t.Errorf("a Saturday is the holiday %q", name)
	}
}

// TestZoneChanges checks daylight saving by hand-computed figures; the
// reference in TestCalendarAgreesWithCountingMinutes shares package time.
func TestZoneChanges(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, zone, from, to string
		want                 time.Duration
	}{
		{"New York skips an hour", "America/New_York", "2026-03-08T00:00:00-05:00", "2026-03-09T00:00:00-04:00",
			23 * time.Hour},
		{"New York repeats an hour", "America/New_York", "2026-11-01T00:00:00-04:00", "2026-11-02T00:00:00-05:00",
			25 * time.Hour},
		{"Lord Howe repeats half an hour", "Australia/Lord_Howe", "2026-04-05T00:00:00+11:00", "2026-04-06T00:00:00+10:30",
			24*time.Hour + 30*time.Minute},
		{"São Paulo has no midnight", "America/Sao_Paulo", "2017-10-14T23:00:00-03:00", "2017-10-15T02:00:00-02:00",
			2 * time.Hour},
		{"Apia has no 30 December 2011", "Pacific/Apia", "2011-12-29T00:00:00-10:00", "2012-01-01T00:00:00+14:00",
			48 * time.Hour},
		{"a leap year's last day", "America/New_York", "2048-12-30T00:00:00-05:00", "2049-01-02T00:00:00-05:00",
			72 * time.Hour},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := workflow.Always(zone(t, test.zone))
			from, errFrom := time.Parse(time.RFC3339, test.from)
			to, errTo := time.Parse(time.RFC3339, test.to)
			if errFrom != nil || errTo != nil {
				t.Fatal(errFrom, errTo)
			}
			if got := c.Between(from, to); got != test.want {
				t.Errorf("Between = %s, want %s", got, test.want)
			}
			if got := c.Add(from, test.want); !got.Equal(to) {
				t.Errorf("Add = %s, want %s", got, to)
			}
		})
	}
}

func TestAddDaysWhereTheClockJumps(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, zone, from, want string }{
		{"into a skipped hour", "America/New_York", "2026-03-07T02:30:00-05:00", "2026-03-08T03:00:00-04:00"},
		{"into a repeated hour", "America/New_York", "2026-10-31T01:30:00-04:00", "2026-11-01T01:30:00-04:00"},
		{"out of a repeated hour", "America/New_York", "2026-11-01T01:30:00-05:00", "2026-11-02T01:30:00-05:00"},
		{"into a skipped midnight", "America/Sao_Paulo", "2017-10-14T00:00:00-03:00", "2017-10-15T01:00:00-02:00"},
		{"over a change", "America/New_York", "2026-03-07T10:00:00-05:00", "2026-03-08T10:00:00-04:00"},
	} {
		t.Run(test.name, func(t *testing.T) {
			from, err := time.Parse(time.RFC3339, test.from)
			if err != nil {
				t.Fatal(err)
			}
			if got := workflow.Always(zone(t, test.zone)).AddDays(from, 1).Format(time.RFC3339); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// TestFarInstants would hang, or take minutes, were any search by days.
func TestFarInstants(t *testing.T) {
	t.Parallel()
	one := map[time.Weekday][]workflow.Span{time.Monday: {{From: 9 * time.Hour, To: 9*time.Hour + time.Second}}}
	closed := make(workflow.Holidays)
	for year := 2026; year < 2056; year++ {
		dates, err := workflow.ParseHolidayDates(fmt.Sprintf("%d-01-01/%d-12-31", year, year))
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range dates {
			closed[d] = ""
		}
	}
	instants := []time.Time{
		{}, time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, time.UTC), time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Unix(math.MaxInt64, 0), time.Unix(math.MinInt64, 0), time.Date(2048, 12, 31, 12, 0, 0, 0, time.UTC),
	}
	for _, name := range []string{"Asia/Jakarta", "America/New_York", "Africa/Casablanca"} {
		c := office{zone(t, name), one, closed}.calendar(t)
		for _, at := range instants {
			for _, d := range []time.Duration{1, time.Hour, math.MaxInt64} {
				due := c.Add(at, d)
				if got := c.Between(at, due); due.Year() < 10000 && got != d {
					t.Errorf("%s: Between(%s, %s) = %s, want %s", name, at, due, got, d)
				}
			}
			if open := c.NextOpen(at); open.Year() < 10000 && !c.IsOpen(open) {
				t.Errorf("%s: NextOpen(%s) = %s is closed", name, at, open)
			}
			if got := c.AddDays(at, math.MaxInt); !got.After(c.AddDays(at, 1)) {
				t.Errorf("%s: AddDays(%s, MaxInt) = %s", name, at, got)
			}
			c.Between(instants[0], at)
		}
		c = workflow.Always(zone(t, name))
		if got := c.Between(instants[0], instants[1]); got != math.MaxInt64 {
			t.Errorf("%s: 9999 years are %s", name, got)
		}
	}
	c := office{time.UTC, one, closed}.calendar(t)
	if got := c.NextOpen(instants[2]).Year(); got != 2056 {
		t.Errorf("closed for thirty years, opens in %d", got)
	}
}

func TestNewCalendarRefuses(t *testing.T) {
	t.Parallel()
	span := func(from, to time.Duration) []workflow.Span { return []workflow.Span{{From: from, To: to}} }
	type week = map[time.Weekday][]workflow.Span
	for _, test := range []struct {
		name     string
		loc      *time.Location
		hours    week
		holidays workflow.Holidays
		want     string
	}{
		{"no zone", nil, week{time.Monday: span(0, time.Hour)}, nil, "no time zone"},
		{"nothing", time.UTC, nil, nil, "never open"},
		{"no hours", time.UTC, week{time.Monday: {}}, nil, "never open"},
		{"backwards", time.UTC, week{time.Monday: span(2*time.Hour, time.Hour)}, nil, "02:00-01:00 is not a span"},
		{"empty", time.UTC, week{time.Monday: span(time.Hour, time.Hour)}, nil, "not a span"},
		{"past midnight", time.UTC, week{time.Monday: span(0, 25*time.Hour)}, nil, "00:00-25:00"},
		{"negative", time.UTC, week{time.Monday: span(-1, time.Hour)}, nil, "not a span"},
		{"fraction", time.UTC, week{time.Monday: span(1, time.Hour)}, nil, "whole seconds"},
		{"overlap", time.UTC, week{time.Monday: append(span(0, 2*time.Hour), span(time.Hour, 3*time.Hour)...)}, nil,
			"overlaps"},
		{"eighth day", time.UTC, week{7: span(0, time.Hour)}, nil, "7 is no weekday"},
		{"30 February", time.UTC, week{time.Monday: span(0, time.Hour)},
			workflow.Holidays{{Year: 2026, Month: 2, Day: 30}: ""}, "no day 2026-02-30"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := workflow.NewCalendar(test.loc, test.hours, test.holidays)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestCalendarKeepsItsOwnCopy(t *testing.T) {
	t.Parallel()
	o := office{time.UTC, map[time.Weekday][]workflow.Span{time.Monday: {{To: time.Hour}}}, workflow.Holidays{}}
	c := o.calendar(t)
	monday := time.Date(2026, 1, 5, 0, 30, 0, 0, time.UTC)
	o.hours[time.Monday][0] = workflow.Span{From: 2 * time.Hour, To: 3 * time.Hour}
	o.holidays[workflow.DateOf(monday)] = "libur"
	if _, off := c.Holiday(monday); off || !c.IsOpen(monday) {
		t.Error("the calendar changed with its caller's maps")
	}
}

func BenchmarkDue(b *testing.B) {
	for _, zoneName := range []string{"Asia/Jakarta", "America/New_York"} {
		c := batan(b, zoneName, true)
		from := time.Date(2026, 3, 4, 3, 0, 0, 0, time.UTC)
		pauses := []workflow.Interval{{From: from.Add(time.Hour), To: from.Add(30 * time.Hour)}}
		b.Run(zoneName+"/Between 8 days", func(b *testing.B) {
			for b.Loop() {
				c.Between(from, from.AddDate(0, 0, 8))
			}
		})
		b.Run(zoneName+"/Due", func(b *testing.B) {
			for b.Loop() {
				c.Due(from, workflow.Duration{Clock: 60 * time.Hour}, nil)
			}
		})
		b.Run(zoneName+"/Due in days with a pause", func(b *testing.B) {
			for b.Loop() {
				c.Due(from, workflow.Duration{Days: 8}, pauses)
			}
		})
	}
}
