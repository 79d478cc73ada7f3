package mailparse

import (
	"bytes"
	"slices"
	"strings"

	"batan.go.id/layanan/mailparse/fold"
)

// freshLines are the lines that the sender newly wrote, and those of the page where a mail has both forms. Where the
// page shows the beginning of the same, or quotes what the text does not, the page is right: its program knows what it
// quoted.
func (g *Grammar) freshLines(m *Message, b *body) (fresh, page []line) {
	fresh, m.Cuts = g.sift(b.text)
	numberCuts(m.Cuts, b.text)
	if len(b.plain) > 0 && !blankLines(b.html) {
		var cuts []Cut
		page, cuts = g.sift(b.html)
		short, long := foldLines(page), foldLines(fresh)
		begins := len(short) > 0 && len(short) < len(long) && long[len(short)] == ' ' && bytes.HasPrefix(long, short) && endsLine(fresh, len(short))
		if len(b.text) == len(b.plain) && len(short) < len(long) && (begins || quotedByProgram(cuts) && !quoted(m.Cuts)) {
			fresh, m.Cuts = page, cuts
			for i := range m.Cuts {
				m.Cuts[i].Line = 0
			}
		}
	}
	if len(b.plain) > 0 && page == nil { // nothing is shown there, but something may have been struck out
		for _, l := range b.html {
			if l.struck || l.veiled || l.turned {
				page = append(page, l)
			}
		}
	}
	turned := func(l line) bool { return l.turned }
	if slices.ContainsFunc(fresh, turned) || slices.ContainsFunc(page, turned) {
		m.Warnings = append(m.Warnings, "The new text holds marks that turn the reading order; they were left out.")
	}
	return fresh, page
}

// foldLines is the reply as it is compared.
func foldLines(fresh []line) []byte {
	out := make([]byte, 0, 64*len(fresh))
	for _, l := range fresh {
		out = l.fold(out)
	}
	return out
}

// fold appends the line as it is compared, behind a blank.
func (l *line) fold(out []byte) []byte {
	if l.signed {
		return out
	}
	n := len(out)
	if n > 0 {
		out = append(out, ' ')
	}
	from := len(out)
	if out = fold.Append(out, l.text, true); len(out) == from {
		out = out[:n]
	}
	return out
}

// endsLine reports whether a line ends where the folded lines have so many bytes.
func endsLine(lines []line, size int) bool {
	var out []byte
	for i := 0; i < len(lines) && len(out) < size; i++ {
		out = lines[i].fold(out)
	}
	return len(out) == size
}

// quoted reports whether one of the cuts is an older mail's text.
func quoted(cuts []Cut) bool {
	for _, c := range cuts {
		switch c.Rule {
		case RuleBanner, RuleGreeting, RuleFoot, RuleDevice, RuleDisclaimer, RuleSignature, RuleElement, RuleName:
		default:
			if !strings.HasPrefix(c.Rule, RuleClosing) {
				return true
			}
		}
	}
	return false
}

// quotedByProgram reports whether one of the cuts is marked by a mail program's own class or name, so that it cannot be
// a frame that the writer drew around new text.
func quotedByProgram(cuts []Cut) bool {
	for _, c := range cuts {
		switch c.Rule {
		case RuleMark, RuleAttribution, RuleSeparator, RuleHeader, RuleRule, RuleEdge:
		default:
			if quoted([]Cut{c}) {
				return true
			}
		}
	}
	return false
}

// numberCuts counts from the first line that Text shows.
func numberCuts(cuts []Cut, lines []line) {
	blank := 0
	for blank < len(lines) && lines[blank].text == "" {
		blank++
	}
	for i := range cuts {
		cuts[i].Line -= blank
	}
}

// replyText is the reply: the new lines without the signature.
func replyText(fresh []line) string {
	if !slices.ContainsFunc(fresh, func(l line) bool { return l.signed }) {
		return joinLines(fresh)
	}
	kept := make([]line, 0, len(fresh))
	for _, l := range fresh {
		if !l.signed {
			kept = append(kept, l)
		}
	}
	return joinLines(kept)
}

// uncertain says why the shown text may not be what its writer means to order: "deleted" where words were struck out,
// "script" where marks turn the reading order, "hidden" where readers may see less or more, "" where all is plain.
func uncertain(texts ...[]line) string {
	for _, lines := range texts {
		for _, l := range lines {
			switch {
			case l.struck:
				return "deleted"
			case l.turned:
				return "script"
			case l.veiled:
				return "hidden"
			}
		}
	}
	return ""
}
