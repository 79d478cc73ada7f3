package mailparse

import "strings"

// freshLines are the lines that the sender newly wrote, and those of the page where a mail has both forms. Where the
// page's own structure shows less, the page is right: its program knows what it quoted.
func (g *Grammar) freshLines(m *Message, b *body) (fresh, page []line) {
	fresh, m.Cuts = g.sift(b.text)
	numberCuts(m.Cuts, b.text)
	if len(b.plain) > 0 && !blankLines(b.html) {
		var cuts []Cut
		page, cuts = g.sift(b.html)
		short, long := foldWords(replyText(page)), foldWords(replyText(fresh))
		if len(b.text) == len(b.plain) && short != "" && len(short) < len(long) && strings.HasPrefix(long, short+" ") {
			fresh, m.Cuts = page, cuts
			for i := range m.Cuts {
				m.Cuts[i].Line = 0
			}
		}
	}
	for _, l := range append(fresh[:len(fresh):len(fresh)], page...) {
		if l.turned {
			m.Warnings = append(m.Warnings, "The new text holds marks that turn the reading order; they were left out.")
			break
		}
	}
	return fresh, page
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
	n := len(fresh)
	for i, l := range fresh {
		if l.signed {
			n = i
			break
		}
	}
	return joinLines(fresh[:n])
}

// uncertain says why the shown text may not be what its writer means to order: "deleted" where words were struck out,
// "script" where marks turn the reading order, "" where neither is so.
func uncertain(lines []line) string {
	for _, l := range lines {
		switch {
		case l.struck:
			return "deleted"
		case l.turned:
			return "script"
		}
	}
	return ""
}
