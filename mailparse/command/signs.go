package command

import (
	"strings"
	"unicode"
)

// signs doubts a sign that takes an order back, or that stands for a word still to be chosen: a frown, a box to tick,
// a blank to fill in.
func (r *reader) signs(sentence string) {
	for _, c := range sentence {
		if strings.ContainsRune(frowns, c) {
			r.doubts(Sign, string(c))
			return
		}
	}
	for _, s := range []string{
		"()", "( )", "*)", "[ ]", "[]", "(x)", "(X)", "(*)", "(•)", "....", "(..", "__", "==", " = ",
	} {
		if strings.Contains(sentence, s) && !strings.Contains(sentence, "----") {
			r.doubts(Sign, s)
			return
		}
	}
}

// frowns are signs that take back a yes wherever they stand, or may be meant as a jest.
const frowns = "👎❌🚫⛔✖✗✘🙅😡😠🤔❓❔⏳⌛⏸☐☒😂🤣😜😝🤪" +
	"😏🙃😬🤨😒🙄🤷🛑✋⚠😢😭😞😟😕💔🔄🤥🤭◉○◯●☑"

// disguised reports letters that only look like others, or marks that turn the reading order: what is shown is not
// what is written.
func disguised(text string) bool {
	latin, other := false, false
	for _, r := range text {
		switch {
		case r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r >= 0x1d400 && r <= 0x1d7ff ||
			r >= 0xff21 && r <= 0xff5a:
			return true
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
			latin = true
		case unicode.In(r, unicode.Cyrillic, unicode.Greek):
			other = true
		case !unicode.IsLetter(r):
			latin, other = false, false
		}
		if latin && other {
			return true
		}
	}
	return false
}

func endsInQuote(s string) bool {
	return strings.HasSuffix(s, `"`) || strings.HasSuffix(s, "“") || strings.HasSuffix(s, "'") ||
		strings.HasSuffix(s, "‘")
}

func startsWithQuote(s string) bool {
	return strings.HasPrefix(s, `"`) || strings.HasPrefix(s, "”") || strings.HasPrefix(s, "'") ||
		strings.HasPrefix(s, "’")
}

// isPassive recognises "disetujui", "ditolak"; "disposisi" is none.
func isPassive(w string) bool {
	return strings.HasPrefix(w, "di") && len(w) > 4 && !strings.HasPrefix(w, "disposisi")
}
