package workflow

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// ParseHours reads office hours as the configuration writes them. Keys name
// weekdays by three letters, English or Indonesian, in any case: "fri", "jum",
// "mon-thu" (ranges may pass Sunday: "sat-mon"), "mon,wed". Values are one or
// more spans of the 24-hour clock: "07:30-16:00", "07:30-11:30, 13:00-16:30",
// with 24:00 as the latest end; "07.30" is read too. A weekday that is named
// twice is an error, as are spans that overlap or go past midnight; errors name
// the key.
func ParseHours(hours map[string]string) (map[time.Weekday][]Span, error) {
	parsed := make(map[time.Weekday][]Span)
	named := make(map[time.Weekday]string)
	for _, key := range slices.Sorted(maps.Keys(hours)) { // sorted, so that errors don't vary
		days, err := parseWeekdays(key)
		if err != nil {
			return nil, fmt.Errorf("hours: key %q: %w", shorten(key), err)
		}
		spans, err := parseSpans(hours[key])
		if err != nil {
			return nil, fmt.Errorf("hours: key %q: %w", shorten(key), err)
		}
		for _, day := range days {
			if other, twice := named[day]; twice {
				return nil, fmt.Errorf("hours: key %q: %s is named by %q too", shorten(key), day, shorten(other))
			}
			named[day], parsed[day] = key, slices.Clone(spans)
		}
	}
	return parsed, nil
}

func parseWeekdays(key string) ([]time.Weekday, error) {
	var days []time.Weekday
	for part := range strings.SplitSeq(key, ",") {
		first, last, isRange := strings.Cut(part, "-")
		from, err := parseWeekday(first)
		if err != nil {
			return nil, err
		}
		to := from
		if isRange {
			if to, err = parseWeekday(last); err != nil {
				return nil, err
			}
		}
		for day := from; ; day = (day + 1) % 7 {
			if slices.Contains(days, day) {
				return nil, fmt.Errorf("%s is named twice", day)
			}
			days = append(days, day)
			if day == to {
				break
			}
		}
	}
	return days, nil
}

func parseWeekday(name string) (time.Weekday, error) {
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "sun", "min":
		return time.Sunday, nil
	case "mon", "sen":
		return time.Monday, nil
	case "tue", "sel":
		return time.Tuesday, nil
	case "wed", "rab":
		return time.Wednesday, nil
	case "thu", "kam":
		return time.Thursday, nil
	case "fri", "jum":
		return time.Friday, nil
	case "sat", "sab":
		return time.Saturday, nil
	}
	return 0, fmt.Errorf("unknown weekday %q (use mon tue wed thu fri sat sun)", shorten(name))
}

func parseSpans(value string) ([]Span, error) {
	var spans []Span
	for part := range strings.SplitSeq(value, ",") {
		from, to, _ := strings.Cut(part, "-")
		opens, okFrom := parseClockTime(from)
		closes, okTo := parseClockTime(to)
		switch {
		case !okFrom || !okTo:
			return nil, fmt.Errorf("%q is not a span of the form 07:30-16:00", shorten(part))
		case opens >= closes:
			return nil, fmt.Errorf("%q ends before it begins (split a night at 24:00)", shorten(part))
		}
		spans = append(spans, Span{opens, closes})
	}
	if _, err := joinSpans(spans); err != nil {
		return nil, err
	}
	return spans, nil
}

// parseClockTime reads "7:30", "07:30", "07.30" or "24:00".
func parseClockTime(s string) (time.Duration, bool) {
	hours, minutes, ok := strings.Cut(strings.Replace(strings.TrimSpace(s), ".", ":", 1), ":")
	if !ok || len(hours) > 2 || len(minutes) != 2 {
		return 0, false
	}
	h, okHours := parseCount(hours)
	m, okMinutes := parseCount(minutes)
	if !okHours || !okMinutes || m > 59 || h*60+m > 24*60 {
		return 0, false
	}
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute, true
}
