package when

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"batan.go.id/layanan/mailparse/fold"
)

// dateToken is a number, a word or a sign of a date text, with its place there.
type dateToken struct {
	kind    byte // one of the tok constants
	s       string
	n       int // of a number of at most 4 digits, else -1; of a word, what the lexicon says
	at, end int
}

const maxDateTokens = 400

// dateTokens cuts a text up. "s.d.", "s/d" and "sd" become the word "sd"; the "th" of "12th" is left out.
//
// One branch for each kind of token.
//
//gocyclo:ignore
func dateTokens(text string) []dateToken {
	if text == "" {
		return nil
	}
	low := strings.ToLower(text)
	if len(low) != len(text) { // letters that change their length: places would be wrong
		low = text
	}
	out := make([]dateToken, 0, min(len(low)/3+1, maxDateTokens))
	for i := 0; i < len(low) && len(out) < maxDateTokens; {
		c := low[i]
		if n := untilMark(low[i:]); n > 0 && (i == 0 || !letterOrDigit(low[i-1])) {
			out = append(out, dateToken{tokRange, "sd", -1, i, i + n})
			i += n
			continue
		}
		j := i + 1
		switch {
		case fold.IsDigit(c):
			for j < len(low) && fold.IsDigit(low[j]) {
				j++
			}
			out = append(out, dateToken{tokNumber, low[i:j], smallNumber(low[i:j]), i, j})
			if o := low[j:min(j+2, len(low))]; (o == "st" || o == "nd" || o == "rd" || o == "th") && !letterAt(low, j+2) {
				j += 2
			}
		case c >= 'a' && c <= 'z' || c >= utf8.RuneSelf:
			for j < len(low) && (low[j] >= 'a' && low[j] <= 'z' || low[j] >= utf8.RuneSelf ||
				(low[j] == '\'' || low[j] == '`') && letterAt(low, j+1)) {
				j++
			}
			out = appendWords(out, low, i, j)
		case unicode.IsSpace(rune(c)):
		default:
			out = append(out, lexed(low[i:j], i, j, tokSign))
		}
		i = j
	}
	return out
}

func letterAt(s string, i int) bool { return i < len(s) && s[i] >= 'a' && s[i] <= 'z' }

// lexed makes a token of a word or sign.
func lexed(s string, at, end int, kind byte) dateToken {
	if x, ok := dateLexicon[s]; ok {
		return dateToken{x.kind, s, x.n, at, end}
	}
	return dateToken{kind, s, -1, at, end}
}

// appendWords adds the words of low[i:j]; a dash or quotation mark beyond ASCII is a sign of its own.
func appendWords(out []dateToken, low string, i, j int) []dateToken {
	word := i
	flush := func(to int) {
		if to > word {
			out = append(out, lexed(strings.Map(dropApostrophe, low[word:to]), word, to, tokWord))
		}
	}
	for k, r := range low[i:j] {
		if r < utf8.RuneSelf || unicode.IsLetter(r) || unicode.IsMark(r) || r == '’' || r == '‘' {
			continue
		}
		flush(i + k)
		_, size := utf8.DecodeRuneInString(low[i+k:])
		if unicode.Is(unicode.Pd, r) || r == '−' {
			out = append(out, dateToken{tokRange, "-", -1, i + k, i + k + size})
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

// untilMark is the length of "s.d.", "s/d", "s.d" or "s. d." at the beginning of s.
func untilMark(s string) int {
	if s[0] != 's' {
		return 0
	}
	for _, m := range []string{"s.d.", "s/d.", "s.d", "s/d", "s. d."} {
		if strings.HasPrefix(s, m) && !letterAt(s, len(m)) {
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

func letterOrDigit(c byte) bool { return c >= 'a' && c <= 'z' || fold.IsDigit(c) }
