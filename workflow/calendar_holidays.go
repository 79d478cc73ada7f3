package workflow

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// Date is a day of the (proleptic Gregorian) calendar, in no zone.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// Holidays are the days on which the office stays closed, each with its name,
// which may be empty. The days are local: they begin and end at the office's
// own midnight.
type Holidays map[Date]string

// DateOf is the day that t's own zone shows.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date{year, month, day}
}

// ParseDate reads "2026-01-31" (RFC 3339 full-date). A day that does not exist
// is an error.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a date of the form 2026-01-31", shorten(s))
	}
	return DateOf(t), nil
}

// ParseHolidayDates reads one day, "2026-01-01", or a range that includes both
// ends, "2026-03-20/2026-03-24", of at most 366 days.
func ParseHolidayDates(s string) ([]Date, error) {
	first, last, isRange := strings.Cut(s, "/")
	from, err := ParseDate(strings.TrimSpace(first))
	if err != nil {
		return nil, err
	}
	to := from
	if isRange {
		if to, err = ParseDate(strings.TrimSpace(last)); err != nil {
			return nil, err
		}
	}
	days := to.number() - from.number() + 1
	switch {
	case days < 1:
		return nil, fmt.Errorf("%s/%s ends before it begins", from, to)
	case days > maxHolidayRange:
		return nil, fmt.Errorf("%s/%s is longer than %d days", from, to, maxHolidayRange)
	}
	dates := make([]Date, 0, days)
	for n := from.number(); n <= to.number(); n++ {
		dates = append(dates, dateOfNumber(n))
	}
	return dates, nil
}

// maxHolidayRange bounds one range or one event: more is a mistyped year.
const maxHolidayRange = 366

// String writes d as "2026-01-31".
func (d Date) String() string {
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// valid says that d exists.
func (d Date) valid() bool { return dateOfNumber(d.number()) == d }

// compare is negative when d is before other, 0 when it is the same day.
func (d Date) compare(other Date) int {
	return cmp.Or(cmp.Compare(d.Year, other.Year), cmp.Compare(d.Month, other.Month), cmp.Compare(d.Day, other.Day))
}

// number counts d in days since 1970-01-01.
func (d Date) number() int64 {
	midnight := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix()
	day, _ := floorDiv(midnight, daySeconds)
	return day
}

func dateOfNumber(n int64) Date { return DateOf(time.Unix(n*daySeconds, 0).UTC()) }
