package mailparse

import (
	"strconv"
	"strings"
	"time"
)

// noNIP are what people without a civil servant's number write in its place, folded.
var noNIP = map[string]bool{
	"honorer": true, "ppnpn": true, "non pns": true, "nonpns": true, "kontrak": true, "tenaga kontrak": true, "pppk": true, "pramubakti": true,
	"magang": true, "mahasiswa": true, "tidak ada": true, "belum ada": true, "outsourcing": true, "phl": true, "tamu": true, "non asn": true, "pegawai honorer": true, "tenaga honorer": true,
}

// readNIP checks a civil servant's number: 18 digits (birth date yyyymmdd, appointment yyyymm, sex 1 or 2, serial number
// of three; the sex is 1 or 2), the old one of 9, or a word or dash for staff without one. A number is returned as
// digits. problem is a sentence when the value cannot be one.
func readNIP(s string) (nip, problem string) {
	s = strings.TrimSpace(s)
	if strings.Trim(s, "-–— ") == "" {
		return "-", ""
	}
	f := foldWords(s)
	if noNIP[f] {
		return s, ""
	}
	for w := range noNIP {
		if strings.HasPrefix(f, w+" ") || strings.HasSuffix(f, " "+w) {
			return s, ""
		}
	}
	digits := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case strings.ContainsRune(" .-/\t\u2013'", r):
			return -1
		}
		return 'x'
	}, strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(s), "nip"), "."))
	if i := strings.IndexByte(digits, 'x'); i >= 0 {
		if i != 9 && i != 18 { // a number may be followed by a remark
			return s, "The NIP " + quoteShort(s) + " is no number."
		}
		digits = digits[:i]
	}
	switch len(digits) {
	case 9:
		return digits, ""
	case 18:
		return digits, nipFault(digits)
	}
	return s, "The NIP " + quoteShort(s) + " has " + strconv.Itoa(len(digits)) + " digits, not 18."
}

// nipFault says what is wrong with 18 digits.
func nipFault(d string) string {
	born, err := time.Parse("20060102", d[:8])
	if err != nil || born.Year() < 1900 {
		return "The NIP " + quoteShort(d) + " does not begin with a date of birth."
	}
	if _, err := time.Parse("200601", d[8:14]); err != nil {
		// 21 and later mark staff under contract (PPPK): the month is no calendar month.
		if y, _ := strconv.Atoi(d[8:12]); y < 1945 || d[12] != '2' {
			return "The NIP " + quoteShort(d) + " has no month of appointment."
		}
	}
	if d[14] != '1' && d[14] != '2' {
		return "The NIP " + quoteShort(d) + " has no 1 or 2 in its fifteenth place."
	}
	return ""
}
