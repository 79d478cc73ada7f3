package mailparse

import "time"

// ReadDate reads the first date, or range of dates, in a text, in loc (nil is UTC) unless the text names a zone. ref is
// when the text was written: a date without a year is the next one from then on, and "besok", "lusa", "Senin depan",
// "Selasa minggu depan" or "tgl 15 ini" are counted from it; without ref these are unreadable. nil when the text holds no
// date, and a weekday or a month alone is none. Start is nil when the date does not exist, contradicts itself or its
// weekday, or may mean more than one day: never guess.
func ReadDate(text string, loc *time.Location, ref *time.Time) *Date {
	if loc == nil {
		loc = time.UTC
	}
	found := calendar{loc: loc, ref: ref}.find(text)
	if len(found) == 0 {
		return nil
	}
	e := found[0]
	return e.date(text[e.at:e.end])
}
