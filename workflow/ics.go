package workflow

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"strings"
	"time"

	"batan.go.id/layanan/internal/icalendar"
)

// Bounds of a holiday file. A calendar of a country's holidays over ten years
// is 200 events in 100 KB.
const (
	maxICSBytes    = 1 << 20
	maxICSHolidays = 20_000
	maxICSRepeats  = 200
)

// ParseICS reads holidays from an iCalendar file (RFC 5545): every all-day
// VEVENT is one, named by its SUMMARY; where two fall on a day, the first in
// the file names it. An event lasts from DTSTART to before DTEND, or for
// DURATION, or one day; at most 366 days. Yearly repetition is expanded up to
// 2099: FREQ=YEARLY with INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY and BYDAY,
// with RDATE, EXDATE and RECURRENCE-ID. Any other rule is an error rather than
// a guess: such holidays can be written out.
//
// An event with clock times counts when it lasts from midnight to midnight in
// its own zone (how some programs write whole days), UTC being shown in loc;
// others are meetings and are passed over, as are cancelled events and the days
// that Google's holiday calendars mark as observed but worked
// ("DESCRIPTION:Perayaan"). TRANSP says nothing: those calendars mark all their
// holidays as free time.
//
// It is an error when the file is not a calendar, is cut off, has no all-day
// event at all, or exceeds 1 MiB, 200 repeating events or 20,000 holidays.
func ParseICS(r io.Reader, loc *time.Location) (Holidays, error) {
	if loc == nil {
		loc = time.UTC
	}
	data, err := io.ReadAll(io.LimitReader(r, maxICSBytes+1))
	if err != nil {
		return nil, fmt.Errorf("iCalendar: %w", err)
	}
	if len(data) > maxICSBytes {
		return nil, errors.New("iCalendar: larger than 1 MiB")
	}
	components, err := icalendar.Read(string(data))
	if err != nil {
		return nil, fmt.Errorf("iCalendar: %w", err)
	}
	var events []icsEvent
	for _, c := range components {
		if c.Is("VEVENT", "VCALENDAR") && c.Parent.Parent == nil {
			events = append(events, icsEvent{c})
		}
	}
	reading := &icsReading{loc: loc, holidays: make(Holidays), moved: make(map[icsInstance]bool)}
	for _, read := range []func(icsEvent) error{reading.noteMoved, reading.addEvent} {
		for _, event := range events {
			if err := read(event); err != nil {
				return nil, fmt.Errorf("iCalendar: line %d: event %q: %w", event.Line, shorten(event.name()), err)
			}
		}
	}
	if len(reading.holidays) == 0 {
		return nil, errors.New("iCalendar: no all-day event, so no holiday")
	}
	return reading.holidays, nil
}

// icsReading is one file half read.
type icsReading struct {
	loc      *time.Location
	holidays Holidays
	moved    map[icsInstance]bool // occurrences that an event of their own replaces
	repeats  int                  // events that repeat
	days     int                  // days read, those that coincide too
}

// icsInstance is one occurrence of a repeating event.
type icsInstance struct {
	uid  string
	date Date
}

// noteMoved notes which occurrence an event replaces, if it does.
func (r *icsReading) noteMoved(event icsEvent) error {
	id, ok := event.First("RECURRENCE-ID")
	if !ok {
		return nil
	}
	date, _, err := parseICSDate(id.Value, r.loc)
	if err != nil {
		return err
	}
	r.moved[icsInstance{event.Value("UID"), date}] = true
	return nil
}

// addEvent adds an event's days to the holidays, if it is a holiday.
func (r *icsReading) addEvent(event icsEvent) error {
	if strings.EqualFold(event.Value("STATUS"), "CANCELLED") || event.isObservance() {
		return nil
	}
	start, days, err := event.extent(r.loc)
	if err != nil || days == 0 {
		return err
	}
	starts, err := r.occurrences(event, start)
	if err != nil {
		return err
	}
	for date := range starts {
		if r.days += int(days); r.days > maxICSHolidays {
			return fmt.Errorf("more than %d holidays", maxICSHolidays)
		}
		for n := range days {
			day := dateOfNumber(date.number() + n)
			if _, named := r.holidays[day]; !named {
				r.holidays[day] = event.name()
			}
		}
	}
	return nil
}

// occurrences are the days on which an event begins.
func (r *icsReading) occurrences(event icsEvent, start Date) (map[Date]bool, error) {
	starts := map[Date]bool{start: true}
	if _, replaces := event.First("RECURRENCE-ID"); replaces {
		return starts, nil
	}
	if rule, ok := event.First("RRULE"); ok {
		if r.repeats++; r.repeats > maxICSRepeats {
			return nil, fmt.Errorf("more than %d repeating events", maxICSRepeats)
		}
		yearly, err := parseYearly(rule.Value, start, r.loc)
		if err != nil {
			return nil, err
		}
		for date := range yearly.dates() {
			starts[date] = true
		}
	}
	extra, err := event.dates("RDATE", r.loc)
	if err != nil {
		return nil, err
	}
	for _, date := range extra {
		starts[date] = true
	}
	except, err := event.dates("EXDATE", r.loc)
	if err != nil {
		return nil, err
	}
	for _, date := range except {
		delete(starts, date)
	}
	uid := event.Value("UID")
	maps.DeleteFunc(starts, func(date Date, _ bool) bool { return r.moved[icsInstance{uid, date}] })
	return starts, nil
}
