package mailparse

import (
	"unicode"
	"unicode/utf8"
)

// foldWords makes text comparable: lower case, words of letters and digits with one space between them.
func foldWords(s string) string { return fold(s, true) }

func fold(s string, spaces bool) string {
	var stack [128]byte
	out := stack[:0]
	if len(s) > len(stack) {
		out = make([]byte, 0, len(s))
	}
	gap := false
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		switch {
		case r >= 'A' && r <= 'Z':
			r += 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
		case r >= utf8.RuneSelf:
			if r, n = utf8.DecodeRuneInString(s[i:]); isLetterRune(r) {
				r = unicode.ToLower(r)
			} else {
				r = 0
			}
		default:
			r = 0
		}
		i += n
		if r == 0 {
			gap = true
			continue
		}
		if gap && spaces && len(out) > 0 {
			out = append(out, ' ')
		}
		gap = false
		out = utf8.AppendRune(out, r)
	}
	return string(out)
}

// foldKey is foldWords without the spaces: what labels are compared by.
func foldKey(s string) string { return fold(s, false) }

func isLetterRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) }
