package command

import (
	"strings"
	"unicode"

	"batan.go.id/layanan/mailparse/lexicon"
)

// Anonymous is what somebody wrote, as an example that may leave its office: names become Budi, each digit 0, an
// address x@contoh.id. Its words, their spelling and its signs stay, since they are what an example is for.
func (g *Words) Anonymous(text string) string {
	r := &reader{Words: g, mail: &Mail{}}
	var out strings.Builder
	for line := range strings.SplitAfterSeq(text, "\n") {
		from := 0
		for _, t := range r.tokens(line) {
			if t.end <= from || t.at < from {
				continue
			}
			written := line[t.at:t.end]
			out.WriteString(line[from:t.at])
			switch {
			case t.text == "#link":
				written = "x@contoh.id"
			case t.class&lexicon.Name != 0:
				written = "Budi"
			}
			out.WriteString(written)
			from = t.end
		}
		out.WriteString(line[from:])
	}
	return strings.Map(func(c rune) rune {
		if unicode.IsDigit(c) {
			return '0'
		}
		return c
	}, out.String())
}
