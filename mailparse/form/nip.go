package form

import (
	"strings"
	"time"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/when"
)

// noNIP are what people without a civil servant's number write in its place, folded.
var noNIP = []string{
	"honorer", "ppnpn", "non pns", "nonpns", "kontrak", "tenaga kontrak", "pppk", "p3k", "pramubakti", "magang",
	"mahasiswa", "tidak ada", "belum ada", "outsourcing", "alih daya",
	"phl", "tamu", "non asn", "nonasn", "swasta", "tenaga ahli", "pensiun", "pensiunan", "belum punya", "tidak punya",
	"nihil",
}

// readNIP checks a civil servant's number: 18 digits, the old one of 9, or a word or dash for staff without one. A
// number is returned as digits. mark is a sentence about a value that is accepted but is no number of 18 digits.
func readNIP(s string) (nip, mark string, fault *when.Reason) {
	s = strings.TrimSpace(s)
	if strings.Trim(s, "-–— ") == "" {
		return "-", "The requester has no NIP.", nil
	}
	digits, rest := cutDigits(trimNIPLabel(s))
	if digits == "" || len(digits) < 9 && rest != "" {
		if f := " " + fold.Words(s) + " "; hasAny(f, noNIP) {
			return s, "The requester has no NIP: " + fold.Quote(s) + ".", nil
		}
	}
	switch {
	case rest != "" && len(digits) != 9 && len(digits) != 18:
		return s, "", &when.Reason{Code: ReasonNIPLetters, Text: s}
	case len(digits) == 9:
		return digits, "The NIP has 9 digits: an old one.", nil
	case len(digits) == 18:
		return digits, "", nipFault(digits)
	}
	return s, "", &when.Reason{Code: ReasonNIPLength, Text: s}
}

func hasAny(folded string, words []string) bool {
	for _, w := range words {
		if strings.Contains(folded, " "+w+" ") {
			return true
		}
	}
	return false
}

func trimNIPLabel(s string) string {
	if len(s) > 3 && strings.EqualFold(s[:3], "nip") {
		return strings.TrimLeft(s[3:], ".: ")
	}
	return s
}

// cutDigits takes the digits off the beginning of s, and the marks that people group them with; rest is a remark
// behind them.
func cutDigits(s string) (digits, rest string) {
	var out []byte
	for i, r := range s {
		switch {
		case r >= '0' && r <= '9':
			out = append(out, byte(r))
		case strings.ContainsRune(" .-/\t\u00a0\u2009\u2011\u2013\u2019'", r):
		default:
			return string(out), s[i:]
		}
	}
	return string(out), ""
}

// nipFault says what is wrong with 18 digits: birth date yyyymmdd, appointment yyyymm, sex 1 or 2, serial number from
// 001 on (regulation BKN 22/2007). Staff under contract (PPPK) have 21 or more in the month's place.
func nipFault(d string) *when.Reason {
	born, err := time.Parse("20060102", d[:8])
	if err != nil || born.Year() < 1900 {
		return &when.Reason{Code: ReasonNIPBirth, Text: d[:8]}
	}
	contract := d[12] == '2' && d[13] != '0' && d[8:12] >= "2019"
	appointed, err := time.Parse("200601", d[8:14])
	if contract {
		appointed, err = time.Parse("2006", d[8:12])
	}
	if err != nil || appointed.Year()-born.Year() < 15 || appointed.Year()-born.Year() > 70 {
		return &when.Reason{Code: ReasonNIPAppointed, Text: d[8:14]}
	}
	if d[14] != '1' && d[14] != '2' {
		return &when.Reason{Code: ReasonNIPSex, Text: d[14:15]}
	}
	if d[15:] == "000" {
		return &when.Reason{Code: ReasonNIPSerial, Text: d[15:]}
	}
	return nil
}
