package mailparse

import "time"

// ReadDate reads the first date, or range of dates, in a text, in loc (nil is UTC) unless the text names a zone. A date
// without a year is the next one from ref on; without ref it is unreadable. nil when the text holds no date; Start is
// nil when it cannot be read or does not exist. Words such as "besok" are not understood: never guess.
func ReadDate(text string, loc *time.Location, ref *time.Time) *Date {
	if loc == nil {
		loc = time.UTC
	}
	found := findDates(text, loc, ref)
	if len(found) == 0 {
		return nil
	}
	e := found[0]
	return e.date(text[e.at:e.end])
}
