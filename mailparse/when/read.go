package when

import "time"

// Date is a date as a person wrote it, and the time it stands for in the grammar's zone unless it names another.
type Date struct {
	Text   string     `json:"text"`
	Start  *time.Time `json:"start"` // nil when the text cannot be read
	End    *time.Time `json:"end"`   // nil when the end is open
	AllDay bool       `json:"-"`     // no time of day was given: Start is midnight, End the last second of the last day
}

// ReadDate reads the first date, or range of dates, in a text, in loc (nil is UTC) unless the text names a zone. ref
// is when the text was written: a date without a year is the next one from then on, and "besok", "lusa", "Senin
// depan", "Selasa minggu depan" or "tgl 15 ini" are counted from it; without ref these are unreadable. nil when the
// text holds no date, and a weekday or a month alone is none. Start is nil when the date does not exist, contradicts
// itself or its weekday, or may mean more than one day: never guess.
func Read(text string, loc *time.Location, ref *time.Time) *Date {
	if loc == nil {
		loc = time.UTC
	}
	found := Calendar{Location: loc, Ref: ref}.Find(text)
	if len(found) == 0 {
		return nil
	}
	e := found[0]
	return e.Date(text[e.At:e.To])
}
