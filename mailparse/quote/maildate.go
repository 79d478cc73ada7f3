package quote

import (
	"strings"

	"batan.go.id/layanan/mailparse/fold"
)

// hasClock finds 09:00 or 9.00.
func hasClock(s string) bool {
	if eastern(s) {
		s = westernDigits(s)
	}
	for i := 1; i+2 < len(s); i++ {
		if (s[i] == ':' || s[i] == '.') && fold.IsDigit(s[i-1]) && fold.IsDigit(s[i+1]) && fold.IsDigit(s[i+2]) {
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
		if (s[i:i+2] == "20" || s[i:i+3] == "199") && fold.IsDigit(s[i+2]) && fold.IsDigit(s[i+3]) &&
			(i == 0 || !fold.IsDigit(s[i-1])) && (i+4 == len(s) || !fold.IsDigit(s[i+4])) {
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

// weekdays are names of days and what programs shorten them to. Those with a dot are words as well, so that a sign
// must follow.
var weekdays = fold.Set(
	"senin", "selasa", "rabu", "kamis", "jumat", "jum'at", "sabtu", "minggu", "ahad", "sen", "sel", "rab", "kam", "jum",
	"sab", "min.", "isn", "kha", "khamis", "jumaat", "isnin", "ahd",
	"mon", "monday", "tue", "tues", "tuesday", "wed", "wednesday", "thu", "thur", "thurs", "thursday", "fri", "friday",
	"sat.", "saturday", "sun.", "sunday",
	"montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "mo.", "di.", "mi.", "do.", "fr.",
	"sa.", "so.", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "ma.", "wo.", "vr.",
	"za.", "zo.",
	"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lun", "mar", "mer", "jeu", "ven", "sam",
	"dim", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo", "mié", "jue", "vie", "sáb", "dom",
	"seg", "ter", "qua", "qui", "sex", "segunda", "terça", "quarta", "quinta", "sexta", "gio", "lunedì", "martedì",
	"mercoledì", "giovedì", "venerdì", "sabato", "domenica",
	"mån", "tis", "ons", "tors", "fre", "lör", "sön", "man.", "tir", "tor.", "lør", "søn", "ti.", "ke.", "to.", "pe.",
	"la.", "su.", "pon", "pn", "wt", "śr", "czw", "sob", "niedz", "nd", "po.", "út", "st.", "čt", "pá", "ne.", "pzt",
	"sal.", "çar", "per.", "cum", "cmt", "paz",
	"пн", "вт", "ср", "чт", "пт", "сб", "вс", "нд", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота",
	"воскресенье",
)

// weekdayStart reports whether lower-case text begins with a weekday.
func weekdayStart(low string) bool {
	i := strings.IndexAny(low, " ,.;:(/")
	if i < 2 || i > 24 {
		return false
	}
	w := low[:i]
	return weekdays[w] || (low[i] == ',' || low[i] == '.') && weekdays[w+"."]
}
