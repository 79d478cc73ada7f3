package mailparse

import "time"

// ReasonCode says what kind of fault a value has.
type ReasonCode string

// The faults of values.
const (
	ReasonUnreadable    ReasonCode = "unreadable"      // makes no sense at all
	ReasonWeekday       ReasonCode = "weekday"         // Text is the weekday as written, Dates the day that it does not fit
	ReasonNoSuchDay     ReasonCode = "no-such-day"     // Text is the day as written
	ReasonNoSuchTime    ReasonCode = "no-such-time"    // Text is the time of day as written
	ReasonAmbiguous     ReasonCode = "ambiguous"       // Dates are the days that Text may mean, where they are few
	ReasonAmbiguousTime ReasonCode = "ambiguous-time"  // Text is a time of day that may be in the morning or later
	ReasonVague         ReasonCode = "vague"           // a month, a week or a weekday, but no day
	ReasonContradiction ReasonCode = "contradiction"   // Text says two things that exclude each other
	ReasonNoYear        ReasonCode = "no-year"         // and the mail has no date to tell it by
	ReasonNoMailDate    ReasonCode = "no-mail-date"    // Text ("besok") is relative to a day that nobody knows
	ReasonNIPLetters    ReasonCode = "nip-letters"     // more than digits
	ReasonNIPLength     ReasonCode = "nip-length"      // neither 9 nor 18 digits
	ReasonNIPBirth      ReasonCode = "nip-birthdate"   // Text is the part that is no date of birth
	ReasonNIPAppointed  ReasonCode = "nip-appointment" // Text is the part that is no month of appointment
	ReasonNIPSex        ReasonCode = "nip-sex"         // Text is the digit that is neither 1 nor 2
	ReasonNIPSerial     ReasonCode = "nip-serial"      // the last three digits are 000
	ReasonAddress       ReasonCode = "address"         // no mail address
)

// Reason says why a value cannot be used as it was written, with the facts that a person needs to mend it.
type Reason struct {
	Code  ReasonCode
	Text  string      // the part of the value at fault
	Dates []time.Time // midnight, in the grammar's zone
}
