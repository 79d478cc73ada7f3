package entity

import "strings"

// Clean takes out what no reader sees: NUL, byte order marks, zero-width characters and tags.
// NBSP and other blanks become spaces.
func Clean(s string) string {
	if IsPlainASCII(s) {
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
		if r < ' ' || r == 0x7f || r >= '\u2061' && r <= '\u2064' || r >= 0xe0000 && r <= 0xe007f {
			return -1
		}
		return r
	}, s)
}

// DropTurns takes out the marks that turn the reading order, U+202A to U+202E and U+2066 to U+2069, and says whether
// there were any.
func DropTurns(s string) (string, bool) {
	if !strings.Contains(s, "\xe2\x80") && !strings.Contains(s, "\xe2\x81") {
		return s, false
	}
	t := strings.Map(func(r rune) rune {
		if r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' {
			return -1
		}
		return r
	}, s)
	return t, len(t) < len(s)
}

// IsPlainASCII reports whether a text is ASCII that [Clean] leaves alone.
func IsPlainASCII[T string | []byte](s T) bool {
	for i := range len(s) {
		if c := s[i]; c >= 0x7f || c < ' ' && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}
