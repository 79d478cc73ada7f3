package mailparse

import "strings"

// cleanText takes out what no reader sees: NUL, byte order marks, zero-width and bidirectional control characters.
// NBSP and other blanks become spaces.
func cleanText(s string) string {
	if isPlainASCII(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case '\t', '\n':
			return r
		case '\r', '\u2028', '\u2029', '\u0085':
			return '\n'
		case '\f', '\v':
			return '\n'
		case '\u00a0', '\u2002', '\u2003', '\u2007', '\u2009', '\u202f', '\u3000':
			return ' '
		case '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff', '\u00ad':
			return -1
		}
		if r < ' ' || r == 0x7f || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' {
			return -1
		}
		return r
	}, s)
}

// isPlainASCII reports whether a text is ASCII that cleanText leaves alone.
func isPlainASCII[T string | []byte](s T) bool {
	for i := range len(s) {
		if c := s[i]; c >= 0x7f || c < ' ' && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}
