package when

import (
	"strings"
	"time"

	"batan.go.id/layanan/mailparse/fold"
)

// ReasonCode says what kind of fault a value has.
type ReasonCode string

// The faults of values.
const (
	ReasonUnreadable ReasonCode = "unreadable" // makes no sense at all
	// Text is the weekday as written, Dates the day that it does not fit
	ReasonWeekday       ReasonCode = "weekday"
	ReasonNoSuchDay     ReasonCode = "no-such-day"    // Text is the day as written
	ReasonNoSuchTime    ReasonCode = "no-such-time"   // Text is the time of day as written
	ReasonAmbiguous     ReasonCode = "ambiguous"      // Dates are the days that Text may mean, where they are few
	ReasonAmbiguousTime ReasonCode = "ambiguous-time" // Text is a time of day that may be in the morning or later
	ReasonVague         ReasonCode = "vague"          // a month, a week or a weekday, but no day
	ReasonContradiction ReasonCode = "contradiction"  // Text says two things that exclude each other
	ReasonNoYear        ReasonCode = "no-year"        // and the mail has no date to tell it by
	ReasonNoMailDate    ReasonCode = "no-mail-date"   // Text ("besok") is relative to a day that nobody knows
)

// Reason says why a value cannot be used as it was written, with the facts that a person needs to mend it.
type Reason struct {
	Code  ReasonCode
	Text  string      // the part of the value at fault
	Dates []time.Time // in the grammar's zone; only the days matter
}

// Sentence is the reason for those who run the service.
func (r *Reason) Sentence() string {
	q := fold.Quote(r.Text)
	switch r.Code {
	case ReasonWeekday:
		return "The weekday " + q + " does not fit the date: " + listDays(r.Dates, ", ") + " is a " +
			r.Dates[0].Weekday().String() + "."
	case ReasonNoSuchDay:
		return "The date " + q + " does not exist."
	case ReasonNoSuchTime:
		return "The time of day " + q + " does not exist."
	case ReasonAmbiguous:
		if len(r.Dates) > 0 {
			return "The date " + q + " is ambiguous: it may mean " + listDays(r.Dates, " or ") + "."
		}
		return "The date " + q + " is ambiguous."
	case ReasonAmbiguousTime:
		return "The time of day " + q + " is ambiguous."
	case ReasonVague:
		return "The date " + q + " cannot be read: it does not name one day."
	case ReasonContradiction:
		return "The date " + q + " contradicts itself."
	case ReasonNoYear:
		return "The date " + q + " has no year."
	case ReasonNoMailDate:
		return "The date " + q + " cannot be read: the day it was written on is not known."
	case ReasonUnreadable:
	}
	return "The date " + q + " cannot be read."
}

func listDays(days []time.Time, sep string) string {
	var out []string
	for _, d := range days {
		out = append(out, d.Format(time.DateOnly))
	}
	return strings.Join(out, sep)
}
