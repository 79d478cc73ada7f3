package notify

import (
	"strings"

	"batan.go.id/layanan/workflow"
)

// glue keeps command words from the beginning of a line. Some programs wrap
// what they quote and mark only the first of the pieces; a piece that begins
// with a word of ours, or with a polite word and then ours ("kami teruskan"),
// would look like an answer. So the two blanks before each such word are ones
// at which no line breaks (U+00A0).
type glue map[string]bool // first words of all forms, in lower case

func newGlue(words []workflow.Word) glue {
	g := glue{}
	for _, w := range words {
		for _, form := range append([]string{w.ID}, w.Forms...) {
			first, _, _ := strings.Cut(strings.ToLower(form), " ")
			g[first] = true
		}
	}
	return g
}

// join replaces the blanks before command words in a plain text.
func (g glue) join(s string) string {
	var b strings.Builder
	b.Grow(len(s) + len(s)/16)
	word, rest, more := strings.Cut(s, " ")
	b.WriteString(word)
	for ours := false; more; {
		word, rest, more = strings.Cut(rest, " ")
		next := g.begins(rest)
		if ours || next {
			b.WriteString("\u00a0")
		} else {
			b.WriteByte(' ')
		}
		b.WriteString(word)
		ours = next
	}
	return b.String()
}

// begins reports whether the first word of a text, up to its blank and without
// what stands before its letters, is a command's. Letters are those of ASCII,
// as in all of Indonesian.
func (g glue) begins(s string) bool {
	var word [longest]byte
	n := 0
	for i := 0; i < len(s) && s[i] != ' '; i++ {
		switch c := s[i] | 0x20; {
		case c < 'a' || c > 'z':
			if n > 0 {
				return g[string(word[:n])]
			}
		case n == longest:
			return false
		default:
			word[n] = c
			n++
		}
	}
	return g[string(word[:n])]
}

// longest is more than any command word has.
const longest = 32
