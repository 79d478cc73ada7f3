package quote

import (
	"bytes"
	"slices"
	"strings"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/text"
)

// Fresh is what a mail's sender newly wrote.
type Fresh struct {
	Lines    []text.Line // of the text that is shown
	Page     []text.Line // of the page, where a mail has both forms; else what was struck out or hidden there
	Cuts     []Cut       // what is not new, in order
	Warnings []string
}

// Fresh finds the lines that the sender newly wrote, and those of the page where a mail has both forms. Where the page
// shows the beginning of the same, or quotes what the text does not, the page is right: its program knows what it
// quoted.
//
// Text and page are held against each other in one place.
//
//gocyclo:ignore
func (f *Frame) Fresh(b *text.Body) (n Fresh) {
	n.Lines, n.Cuts = f.sift(b.Lines)
	numberCuts(n.Cuts, b.Lines)
	if len(b.Plain) > 0 && !text.Blank(b.HTML) {
		var cuts []Cut
		n.Page, cuts = f.sift(b.HTML)
		short, long := foldLines(n.Page), foldLines(n.Lines)
		begins := len(short) > 0 && len(short) < len(long) && long[len(short)] == ' ' &&
			bytes.HasPrefix(long, short) && endsLine(n.Lines, len(short))
		if len(b.Lines) == len(b.Plain) && len(short) < len(long) && (begins || quotedByProgram(cuts) && !quoted(n.Cuts)) {
			n.Lines, n.Cuts = n.Page, cuts
			for i := range n.Cuts {
				n.Cuts[i].Line = 0
			}
		}
	}
	if len(b.Plain) > 0 && n.Page == nil { // nothing is shown there, but something may have been struck out
		for _, l := range b.HTML {
			if l.Struck || l.Veiled || l.Turned {
				n.Page = append(n.Page, l)
			}
		}
	}
	turned := func(l text.Line) bool { return l.Turned }
	if slices.ContainsFunc(n.Lines, turned) || slices.ContainsFunc(n.Page, turned) {
		n.Warnings = append(n.Warnings, "The new text holds marks that turn the reading order; they were left out.")
	}
	return n
}

// Reply is the reply: the new lines without the signature.
func (n *Fresh) Reply() string { return replyText(n.Lines) }

// foldLines is the reply as it is compared.
func foldLines(fresh []text.Line) []byte {
	out := make([]byte, 0, 64*len(fresh))
	for _, l := range fresh {
		out = appendLine(out, &l)
	}
	return out
}

// appendLine appends the line as it is compared, behind a blank.
func appendLine(out []byte, l *text.Line) []byte {
	if l.Signed {
		return out
	}
	n := len(out)
	if n > 0 {
		out = append(out, ' ')
	}
	from := len(out)
	if out = fold.Append(out, l.Text, true); len(out) == from {
		out = out[:n]
	}
	return out
}

// endsLine reports whether a line ends where the folded lines have so many bytes.
func endsLine(lines []text.Line, size int) bool {
	var out []byte
	for i := 0; i < len(lines) && len(out) < size; i++ {
		out = appendLine(out, &lines[i])
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

// quotedByProgram reports whether one of the cuts is marked by a mail program's own class or name, so that it cannot
// be a frame that the writer drew around new text.
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
func numberCuts(cuts []Cut, lines []text.Line) {
	blank := 0
	for blank < len(lines) && lines[blank].Text == "" {
		blank++
	}
	for i := range cuts {
		cuts[i].Line -= blank
	}
}

// replyText is the reply: the new lines without the signature.
func replyText(fresh []text.Line) string {
	if !slices.ContainsFunc(fresh, func(l text.Line) bool { return l.Signed }) {
		return text.Join(fresh)
	}
	kept := make([]text.Line, 0, len(fresh))
	for _, l := range fresh {
		if !l.Signed {
			kept = append(kept, l)
		}
	}
	return text.Join(kept)
}
