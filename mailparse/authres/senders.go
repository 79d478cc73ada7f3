package authres

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/fold"
)

// Strays are the addresses in a From header besides those that were found in it: whoever reads it in another way
// takes one of them for the sender. A quoted or encoded name before a mailbox in brackets may hold any text, and so
// may a comment.
func Strays(from string, found []entity.Address) (out []string) {
	if strings.Count(from, "@") < 2 && !strings.ContainsAny(from, "(=") { // there is but one
		return nil
	}
	for _, r := range readings {
		for _, s := range r.addresses(from) {
			known := slices.Contains(out, s)
			for i := 0; i < len(found) && !known; i++ {
				known = found[i].Addr == s
			}
			if !known {
				if out = append(out, s); len(out) == maxStrays {
					return out
				}
			}
		}
	}
	return out
}

// maxStrays is how many are told of; one is too many.
const maxStrays = 10

// reading is one way to see where a quoted text and a comment end: with or without RFC 5322's escapes and nesting.
type reading struct{ escapes, nesting bool }

var readings = [...]reading{{true, true}, {true, false}, {false, true}, {false, false}}

// quotedText stands for a quoted text in what is outside of quotes.
const quotedText = '\x00'

// addresses are the words outside of names and comments that have an @, as [entity.BareAddress] writes them where
// they are addresses.
func (r reading) addresses(s string) (out []string) {
	text, quoted := r.outside(s)
	for _, piece := range strings.FieldsFunc(text, func(c rune) bool { return c == ',' || c == ';' || c == '>' }) {
		own := quoted[:strings.Count(piece, string(quotedText))]
		quoted = quoted[len(own):]
		name, addr, bracketed := strings.Cut(piece, "<")
		if bracketed {
			clear(own[:strings.Count(name, string(quotedText))])
			piece = wholeWord.ReplaceAllString(name, " ") + "<" + addr
		}
		piece = fill(piece, own)
		if !bracketed {
			piece = entity.DecodeWords(piece)
		}
		piece = aroundAt.ReplaceAllString(piece, "@")
		for _, w := range strings.FieldsFunc(piece, separates) {
			if i := strings.IndexByte(w, '@'); i < 0 || i == len(w)-1 {
				continue
			}
			if addr := entity.BareAddress(w); addr != "" {
				w = addr
			} else {
				w = fold.Lower(w)
			}
			out = append(out, w)
		}
	}
	return out
}

// fill puts the quoted texts back where their marks stand.
func fill(piece string, quoted []string) string {
	var out strings.Builder
	for i, part := range strings.Split(piece, string(quotedText)) {
		if i > 0 {
			out.WriteString(" " + quoted[i-1])
		}
		out.WriteString(part)
	}
	return out.String()
}

var (
	wholeWord = regexp.MustCompile(`=\?[^?\s]+\?[BbQq]\?[^?\s]*\?=`)
	aroundAt  = regexp.MustCompile(`\s*@\s*`)
)

// separates reports whether a character stands between addresses, for somebody; a program in C ends at the first NUL.
func separates(c rune) bool {
	return strings.ContainsRune("<>()\":,;", c) || unicode.IsSpace(c) || unicode.IsControl(c)
}

// outside is the text without its comments, a mark for each quoted text, and the quoted texts. What never ends is
// text as it stands, and so is all of its kind that follows.
func (r reading) outside(s string) (text string, quoted []string) {
	var out strings.Builder
	quotes, comments := true, true
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' && quotes:
			end := r.quoteEnd(s, i+1)
			if quotes = end >= 0; quotes {
				out.WriteByte(quotedText)
				quoted = append(quoted, s[i+1:end])
				i = end
			}
		case c == '(' && comments:
			end := r.commentEnd(s, i+1)
			if comments = end >= 0; comments {
				out.WriteByte(' ')
				i = end
			}
		case c < ' ' || c == 0x7f:
			out.WriteByte(';')
		default:
			out.WriteByte(c)
		}
	}
	return out.String(), quoted
}

// quoteEnd finds the end of the quoted text that begins at i; -1 when there is none.
func (r reading) quoteEnd(s string, i int) int {
	for ; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return i
		case s[i] == '\\' && r.escapes:
			i++
		}
	}
	return -1
}

// commentEnd finds the end of the comment that begins at i; -1 when there is none.
func (r reading) commentEnd(s string, i int) int {
	for depth := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && r.escapes:
			i++
		case s[i] == '(' && r.nesting:
			depth++
		case s[i] == ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}
