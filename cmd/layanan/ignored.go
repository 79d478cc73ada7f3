package main

import (
	"slices"
	"strings"

	"batan.go.id/layanan/mailparse"
	"batan.go.id/layanan/mailparse/quote"
)

// piece is a stretch of a mail's text that does not count.
type piece struct {
	lines int    // that are not blank; 0: told by the page alone
	rule  string // why; "" when nobody says
	text  string // how it begins
}

// pieces are the stretches of the text that are not the sender's new text, each
// with the rule that cut it.
func pieces(m *mailparse.Message) []piece {
	text, fresh := strings.Split(m.Text, "\n"), strings.Split(m.Reply, "\n")
	old, whole := oldLines(text, fresh)
	var out []piece
	cuts := slices.Clone(m.Cuts)
	slices.SortStableFunc(cuts, func(a, b quote.Cut) int { return a.Line - b.Line })
	if !whole { // the new text is not the old one's lines: the rules are all that is known
		old = make([]bool, len(text))
	}
	run := false // the piece before goes on
	for i, line := range text {
		var at []quote.Cut
		for len(cuts) > 0 && cuts[0].Line <= i+1 {
			at, cuts = append(at, cuts[0]), cuts[1:]
		}
		for _, c := range at {
			out, run = append(out, piece{rule: c.Rule, text: c.Text, lines: min(c.Line, 1)}), old[i]
		}
		switch blank := strings.TrimSpace(line) == ""; {
		case blank:
		case !old[i]:
			run = false
		case len(at) > 0: // counted
		case run:
			out[len(out)-1].lines++
		default:
			out, run = append(out, piece{lines: 1, text: line}), true
		}
	}
	return out
}

// oldLines marks the lines of a text that are not among its new ones; whole is
// false when the new ones are not all found, in order.
func oldLines(text, fresh []string) (old []bool, whole bool) {
	old = make([]bool, len(text))
	i := 0
	next := func() string {
		for i < len(fresh) && strings.TrimSpace(fresh[i]) == "" {
			i++
		}
		if i == len(fresh) {
			return ""
		}
		return strings.TrimSpace(fresh[i])
	}
	for n, line := range text {
		if want := next(); want != "" && strings.TrimSpace(line) == want {
			i++
		} else {
			old[n] = true
		}
	}
	return old, next() == ""
}
