package mailparse

import (
	"strings"
	"time"
	"unicode"
)

// dateToken is a number, a word or a sign of a date text, with its place there.
type dateToken struct {
	kind    byte // 'n', 'w', 'p'
	s       string
	n       int // of a number of at most 4 digits; else -1
	at, end int
}

const maxDateTokens = 400

// dateTokens cuts a text up. "s.d.", "s/d" and "sd" become the word "sd".
func dateTokens(text string) []dateToken {
	low := strings.ToLower(text)
	if len(low) != len(text) { // letters that change their length: places would be wrong
		low = text
	}
	var out []dateToken
	for i := 0; i < len(low) && len(out) < maxDateTokens; {
		c := low[i]
		if n := untilMark(low[i:]); n > 0 && (i == 0 || !isTokenByte(low[i-1])) {
			out = append(out, dateToken{'w', "sd", -1, i, i + n})
			i += n
			continue
		}
		j := i + 1
		switch {
		case isDigit(c):
			for j < len(low) && isDigit(low[j]) {
				j++
			}
			out = append(out, dateToken{'n', low[i:j], smallNumber(low[i:j]), i, j})
		case c >= 'a' && c <= 'z' || c >= 0x80:
			for j < len(low) && (low[j] >= 'a' && low[j] <= 'z' || low[j] >= 0x80 || low[j] == '\'' || low[j] == '`') {
				j++
			}
			out = append(out, wordTokens(low, i, j)...)
		case unicode.IsSpace(rune(c)):
		default:
			out = append(out, dateToken{'p', low[i:j], -1, i, j})
		}
		i = j
	}
	return out
}

// wordTokens is one word; a dash or quotation mark beyond ASCII is a sign of its own.
func wordTokens(low string, i, j int) []dateToken {
	var out []dateToken
	word := i
	flush := func(to int) {
		if to > word {
			out = append(out, dateToken{'w', strings.Map(dropApostrophe, low[word:to]), -1, word, to})
		}
	}
	for k, r := range low[i:j] {
		if r < 0x80 || unicode.IsLetter(r) || unicode.IsMark(r) || r == '’' || r == '‘' {
			continue
		}
		size := len(string(r))
		flush(i + k)
		if r == '–' || r == '—' || r == '−' {
			out = append(out, dateToken{'p', "-", -1, i + k, i + k + size})
		}
		word = i + k + size
	}
	if word < j {
		flush(j)
	}
	return out
}

func dropApostrophe(r rune) rune {
	if r == '\'' || r == '`' || r == '’' || r == '‘' {
		return -1
	}
	return r
}

// untilMark is the length of "s.d.", "s/d", "s.d" or "s d." at the beginning of s.
func untilMark(s string) int {
	for _, m := range []string{"s.d.", "s/d.", "s.d", "s/d", "s. d."} {
		if strings.HasPrefix(s, m) && (len(s) == len(m) || s[len(m)] < 'a' || s[len(m)] > 'z') {
			return len(m)
		}
	}
	return 0
}

func smallNumber(s string) int {
	if len(s) > 4 {
		return -1
	}
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

var monthNames = map[string]time.Month{
	"januari": 1, "jan": 1, "january": 1, "februari": 2, "feb": 2, "pebruari": 2, "february": 2, "peb": 2, "maret": 3, "mar": 3, "mrt": 3, "march": 3,
	"april": 4, "apr": 4, "mei": 5, "may": 5, "juni": 6, "jun": 6, "june": 6, "juli": 7, "jul": 7, "july": 7, "agustus": 8, "agu": 8, "agt": 8, "agst": 8, "ags": 8, "agus": 8, "august": 8, "aug": 8,
	"september": 9, "sep": 9, "sept": 9, "oktober": 10, "okt": 10, "october": 10, "oct": 10, "november": 11, "nov": 11, "nopember": 11, "nop": 11, "desember": 12, "des": 12, "december": 12, "dec": 12,
}

var weekdayNames = map[string]time.Weekday{
	"minggu": 0, "ahad": 0, "sunday": 0, "sun": 0, "min": 0, "mgg": 0, "senin": 1, "sen": 1, "monday": 1, "mon": 1, "selasa": 2, "sel": 2, "tuesday": 2, "tue": 2,
	"rabu": 3, "rab": 3, "wednesday": 3, "wed": 3, "kamis": 4, "kam": 4, "thursday": 4, "thu": 4, "jumat": 5, "jum": 5, "jumaat": 5, "friday": 5, "fri": 5,
	"sabtu": 6, "sab": 6, "saturday": 6, "sat": 6,
}

// zoneOffsets are the hours east of UTC of the zones people write.
var zoneOffsets = map[string]int{"wib": 7, "wita": 8, "wit": 9, "gmt": 0, "utc": 0}

// rangeWords stand between the two ends of a range.
var rangeWords = map[string]bool{"-": true, "sd": true, "sampai": true, "hingga": true, "to": true, "until": true, "sampe": true}
