package workflow

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"batan.go.id/layanan/internal/icalendar"
)

// icsEvent is a VEVENT.
type icsEvent struct{ *icalendar.Component }

// name is the SUMMARY on one line.
func (e icsEvent) name() string {
	return strings.Join(strings.Fields(icalendar.Unescape(e.Value("SUMMARY"))), " ")
}

// isObservance knows the days that Google's public calendars list though
// offices work, by the first word of their description (English, Indonesian);
// the second line tells how to hide them.
func (e icsEvent) isObservance() bool {
	word, _, _ := strings.Cut(icalendar.Unescape(e.Value("DESCRIPTION")), "\n")
	word = strings.TrimSpace(word)
	return word == "Observance" || word == "Perayaan"
}

// extent is the event's first day and how many days it lasts: 0 when it is no
// all-day event.
func (e icsEvent) extent(loc *time.Location) (start Date, days int64, err error) {
	begin, ok := e.First("DTSTART")
	if !ok {
		return Date{}, 0, errors.New("no DTSTART")
	}
	start, kind, err := parseICSDate(begin.Value, loc)
	if err != nil || kind == clockTime {
		return Date{}, 0, err
	}
	last, hasEnd := e.First("DTEND")
	length, hasLength := e.First("DURATION")
	switch {
	case hasEnd:
		end, kind, err := parseICSDate(last.Value, loc)
		if err != nil || kind == clockTime {
			return Date{}, 0, err
		}
		days = end.number() - start.number()
	case hasLength:
		if days, ok = parseICSDays(length.Value); !ok {
			return Date{}, 0, nil
		}
	case kind == wholeDay:
		days = 1
	default: // a moment at midnight
		return Date{}, 0, nil
	}
	switch {
	case days == 0 && kind == wholeDay:
		days = 1 // DTEND must be later (RFC 5545 §3.8.2.2), but equal is common
	case days < 0:
		return Date{}, 0, fmt.Errorf("ends before it begins (%s)", start)
	case days > maxHolidayRange:
		return Date{}, 0, fmt.Errorf("longer than %d days", maxHolidayRange)
	}
	return start, days, nil
}

// dates are the days that all properties of a name list (RDATE, EXDATE).
func (e icsEvent) dates(name string, loc *time.Location) ([]Date, error) {
	var dates []Date
	for _, line := range e.Props[name] {
		for value := range strings.SplitSeq(line.Value, ",") {
			date, _, err := parseICSDate(value, loc)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			dates = append(dates, date)
		}
	}
	return dates, nil
}

// icsDateKind tells what parseICSDate found.
type icsDateKind int

const (
	wholeDay  icsDateKind = iota // 20260101
	midnight                     // 20260101T000000, in its own zone
	clockTime                    // any other time
)

// parseICSDate reads a DATE or DATE-TIME (RFC 5545 §3.3.4, §3.3.5). A time in
// UTC is shown in loc; any other keeps the day that it names, whatever its
// TZID, for a holiday is a day and not an instant.
func parseICSDate(value string, loc *time.Location) (Date, icsDateKind, error) {
	value = strings.TrimSpace(value)
	if t, err := time.Parse("20060102", value); err == nil {
		return DateOf(t), wholeDay, nil
	}
	t, err := time.Parse("20060102T150405Z", value)
	if err == nil {
		t = t.In(loc)
	} else if t, err = time.Parse("20060102T150405", value); err != nil {
		return Date{}, 0, fmt.Errorf("%q is not a date of the form 20260131", shorten(value))
	}
	if hour, minute, second := t.Clock(); hour != 0 || minute != 0 || second != 0 || t.Nanosecond() != 0 {
		return DateOf(t), clockTime, nil
	}
	return DateOf(t), midnight, nil
}

// parseICSDays reads a DURATION of whole days or weeks (RFC 5545 §3.3.6).
func parseICSDays(value string) (int64, bool) {
	count, ok := strings.CutPrefix(strings.TrimPrefix(strings.TrimSpace(value), "+"), "P")
	if !ok {
		return 0, false
	}
	length := int64(1)
	if weeks, ok := strings.CutSuffix(count, "W"); ok {
		count, length = weeks, 7
	} else if count, ok = strings.CutSuffix(count, "D"); !ok {
		return 0, false
	}
	n, ok := parseCount(count)
	return min(n, 10*maxHolidayRange) * length, ok
}
