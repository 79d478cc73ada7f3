package workflow

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A repeating holiday must begin in firstRepeatYear or later and is expanded up
// to the end of lastRepeatYear. This package has no clock, so the years are
// fixed.
const (
	firstRepeatYear = 1900
	lastRepeatYear  = 2099
)

// yearly is a recurrence rule with FREQ=YEARLY (RFC 5545 §3.3.10): in every
// interval-th year, the days that pass all lists which are not empty.
type yearly struct {
	start     Date
	interval  int
	count     int   // occurrences at most, the start being the first; 0: no bound
	until     *Date // last day, included; nil: no bound
	months    []int
	monthDays []int // from the month's end when negative
	weekdays  []ordinalWeekday
}

// ordinalWeekday is "TH" (every Thursday), "4TH" (the fourth of the month, or
// of the year when no month is given), "-1MO" (the last Monday).
type ordinalWeekday struct {
	ordinal int // 0: every one
	weekday time.Weekday
}

// parseYearly reads the value of an RRULE.
func parseYearly(value string, start Date, loc *time.Location) (*yearly, error) {
	rule := &yearly{start: start, interval: 1}
	frequency := ""
	for part := range strings.SplitSeq(strings.ToUpper(value), ";") {
		key, list, _ := strings.Cut(part, "=")
		var err error
		switch key {
		case "FREQ":
			frequency = list
		case "INTERVAL":
			rule.interval, err = parseWithin(list, 1, lastRepeatYear)
		case "COUNT":
			rule.count, err = parseWithin(list, 1, maxICSHolidays)
		case "UNTIL":
			var until Date
			until, _, err = parseICSDate(list, loc)
			rule.until = &until
		case "BYMONTH":
			rule.months, err = parseList(list, func(s string) (int, error) { return parseWithin(s, 1, 12) })
		case "BYMONTHDAY":
			rule.monthDays, err = parseList(list, func(s string) (int, error) { return parseWithin(s, -31, 31) })
		case "BYDAY":
			rule.weekdays, err = parseList(list, parseOrdinalWeekday)
		case "WKST", "": // where weeks begin means nothing to these rules
		default:
			err = errors.New("only yearly rules by month, day of the month or weekday are understood; list the dates instead")
		}
		if err != nil {
			return nil, fmt.Errorf("RRULE: %q: %w", shorten(part), err)
		}
	}
	if frequency != "YEARLY" {
		return nil, fmt.Errorf("RRULE: %q: only FREQ=YEARLY is understood; list the dates instead", shorten(value))
	}
	if start.Year < firstRepeatYear {
		return nil, fmt.Errorf("RRULE: repeats since %s, before %d", start, firstRepeatYear)
	}
	if rule.weekdays == nil && rule.monthDays == nil {
		rule.monthDays = []int{start.Day}
		if rule.months == nil {
			rule.months = []int{int(start.Month)}
		}
	}
	return rule, nil
}

// dates are the days of the rule in order, the start always among them.
func (y *yearly) dates() iter.Seq[Date] {
	return func(yield func(Date) bool) {
		if !yield(y.start) {
			return
		}
		found := 1
		for year := y.start.Year; year <= lastRepeatYear; year += y.interval {
			for date := range y.within(year) {
				switch {
				case date.compare(y.start) <= 0:
					continue
				case y.count > 0 && found >= y.count, y.until != nil && date.compare(*y.until) > 0:
					return
				}
				found++
				if !yield(date) {
					return
				}
			}
		}
	}
}

// within are the days of one year that pass the lists.
func (y *yearly) within(year int) iter.Seq[Date] {
	return func(yield func(Date) bool) {
		for month := time.January; month <= time.December; month++ {
			if y.months != nil && !slices.Contains(y.months, int(month)) {
				continue
			}
			length := int(Date{year, month + 1, 0}.number() - Date{year, month, 0}.number())
			for day := 1; day <= length; day++ {
				if y.monthDays != nil && !slices.Contains(y.monthDays, day) && !slices.Contains(y.monthDays, day-length-1) {
					continue
				}
				if date := (Date{year, month, day}); y.onWeekday(date, length) && !yield(date) {
					return
				}
			}
		}
	}
}

// onWeekday says whether a day passes BYDAY; monthLength is its month's.
func (y *yearly) onWeekday(d Date, monthLength int) bool {
	if y.weekdays == nil {
		return true
	}
	day, length := d.Day, monthLength
	if y.months == nil {
		newYear := Date{d.Year, time.January, 1}.number()
		day, length = int(d.number()-newYear)+1, int(Date{d.Year + 1, time.January, 1}.number()-newYear)
	}
	_, weekday := floorDiv(d.number()+epochWeekday, 7)
	return slices.ContainsFunc(y.weekdays, func(w ordinalWeekday) bool {
		return w.weekday == time.Weekday(weekday) &&
			(w.ordinal == 0 || w.ordinal == (day-1)/7+1 || w.ordinal == -((length-day)/7+1))
	})
}

func parseOrdinalWeekday(s string) (ordinalWeekday, error) {
	number, name := s[:max(len(s)-2, 0)], s[max(len(s)-2, 0):]
	i := slices.Index([]string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}, name)
	if i < 0 {
		return ordinalWeekday{}, fmt.Errorf("%q is no weekday", shorten(s))
	}
	if number == "" {
		return ordinalWeekday{0, time.Weekday(i)}, nil
	}
	ordinal, err := parseWithin(number, -53, 53)
	return ordinalWeekday{ordinal, time.Weekday(i)}, err
}

func parseList[T any](list string, parse func(string) (T, error)) ([]T, error) {
	var items []T
	for s := range strings.SplitSeq(list, ",") {
		item, err := parse(s)
		if err != nil {
			return nil, err
		}
		if items = append(items, item); len(items) > maxHolidayRange {
			return nil, errors.New("the list is too long")
		}
	}
	return items, nil
}

// parseWithin reads a whole number within bounds, and other than 0.
func parseWithin(s string, low, high int) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < low || n > high || n == 0 {
		return 0, fmt.Errorf("%q is not a number from %d to %d", shorten(s), low, high)
	}
	return n, nil
}
