package mailparse

import "strings"

// hasClock finds 09:00 or 9.00.
func hasClock(s string) bool {
	if eastern(s) {
		s = westernDigits(s)
	}
	for i := 1; i+2 < len(s); i++ {
		if (s[i] == ':' || s[i] == '.') && isDigit(s[i-1]) && isDigit(s[i+1]) && isDigit(s[i+2]) {
			return true
		}
	}
	return false
}

// yearIn finds a number from 1990 to 2099.
func yearIn(s string) bool {
	if eastern(s) {
		s = westernDigits(s)
	}
	for i := 0; i+4 <= len(s); i++ {
		if (s[i:i+2] == "20" || s[i:i+3] == "199") && isDigit(s[i+2]) && isDigit(s[i+3]) && (i == 0 || !isDigit(s[i-1])) && (i+4 == len(s) || !isDigit(s[i+4])) {
			return true
		}
	}
	return false
}

// eastern reports whether a text may hold Arabic or Persian digits: U+0660 to U+0669, U+06F0 to U+06F9.
func eastern(s string) bool {
	return strings.IndexByte(s, 0xd9) >= 0 || strings.IndexByte(s, 0xdb) >= 0
}

func westernDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩':
			return r - '٠' + '0'
		case r >= '۰' && r <= '۹':
			return r - '۰' + '0'
		}
		return r
	}, s)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func weekdayStart(low string) bool {
	for _, d := range []string{"senin", "selasa", "rabu", "kamis", "jum", "sabtu", "minggu", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "понед", "втор", "сред", "четв", "пятн", "субб", "воскр", "пн,", "вт,", "ср,", "чт,", "пт,", "сб,", "вс,", "lun", "mar", "mer", "jeu", "ven", "dom", "mié", "jue", "vie", "sáb", "mo.", "di.", "mi.", "do.", "fr.", "sa.", "so."} {
		if strings.HasPrefix(low, d) {
			return true
		}
	}
	return false
}
