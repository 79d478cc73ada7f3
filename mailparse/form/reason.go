package form

import (
	"strconv"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/when"
)

// Faults of values that are no dates.
const (
	ReasonNIPLetters   when.ReasonCode = "nip-letters"     // more than digits
	ReasonNIPLength    when.ReasonCode = "nip-length"      // neither 9 nor 18 digits
	ReasonNIPBirth     when.ReasonCode = "nip-birthdate"   // Text is the part that is no date of birth
	ReasonNIPAppointed when.ReasonCode = "nip-appointment" // Text is the part that is no month of appointment
	ReasonNIPSex       when.ReasonCode = "nip-sex"         // Text is the digit that is neither 1 nor 2
	ReasonNIPSerial    when.ReasonCode = "nip-serial"      // the last three digits are 000
	ReasonAddress      when.ReasonCode = "address"         // no mail address
)

// sentence is a reason for those who run the service.
func sentence(r *when.Reason) string {
	q := fold.Quote(r.Text)
	switch r.Code {
	case ReasonNIPLetters:
		return "The NIP " + q + " is no number."
	case ReasonNIPLength:
		digits, _ := cutDigits(trimNIPLabel(r.Text))
		return "The NIP " + q + " has " + strconv.Itoa(len(digits)) + " digits, not 18."
	case ReasonNIPBirth:
		return "The NIP does not begin with a date of birth: " + q + "."
	case ReasonNIPAppointed:
		return "The NIP has no month of appointment: " + q + "."
	case ReasonNIPSex:
		return "The NIP has no 1 or 2 in its fifteenth place: " + q + "."
	case ReasonNIPSerial:
		return "The NIP ends in the serial number 000."
	case ReasonAddress:
		return "The e-mail address " + q + " cannot be read."
	}
	return r.Sentence()
}
