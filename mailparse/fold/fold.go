package fold

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// Words makes text comparable: lower case, words of letters and digits with one space between them.
func Words(s string) string {
	var stack [160]byte
	return string(Append(stack[:0], s, true))
}

// Key is [Words] without the spaces: what labels are compared by.
func Key(s string) string {
	var stack [160]byte
	return string(Append(stack[:0], s, false))
}

// IsFolded reports whether a word is as it is compared: ASCII, in lower case.
func IsFolded(word string) bool {
	for i := range len(word) {
		if c := ASCII[word[i]]; c == 0 || c != word[i] {
			return false
		}
	}
	return true
}

// Append appends the folded text to out.
func Append(out []byte, s string, spaces bool) []byte {
	out = slices.Grow(out, len(s))
	gap, start := false, len(out)
	for i := 0; i < len(s); {
		r, n := rune(ASCII[s[i]]), 1
		if s[i] >= utf8.RuneSelf {
			if r, n = utf8.DecodeRuneInString(s[i:]); IsLetter(r) {
				r = unicode.ToLower(r)
			} else {
				r = 0
			}
		}
		i += n
		if r == 0 {
			gap = true
			continue
		}
		if gap && spaces && len(out) > start {
			out = append(out, ' ')
		}
		gap = false
		if r < utf8.RuneSelf {
			out = append(out, byte(r))
		} else {
			out = utf8.AppendRune(out, r)
		}
	}
	return out
}

// foldedASCII maps an ASCII letter or digit to what it is compared by, others to 0.
var ASCII = func() (t [256]byte) {
	for c := byte('a'); c <= 'z'; c++ {
		t[c], t[c-'a'+'A'] = c, c
	}
	for c := byte('0'); c <= '9'; c++ {
		t[c] = c
	}
	return t
}()

// IsLetter reports whether a rune belongs to a word: a letter, a mark on one, a digit.
func IsLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) }
