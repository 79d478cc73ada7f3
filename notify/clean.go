package notify

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"batan.go.id/layanan/workflow"
)

// Bounds on what is shown of a text that came by mail, in characters.
const (
	maxName    = 80
	maxEvent   = 60 // what a subject says that the request is about
	maxSubject = 200
	maxValue   = 1000
	maxNote    = 4000
	maxLines   = 100
	maxText    = 64 << 10 // of which anything is shown, in bytes
)

// clean makes a text fit to be printed on one line: white space becomes one
// blank, control characters and invisible ones (which can turn the direction
// of a line around) and reply tokens go, and what exceeds limit characters is
// cut at a word.
func clean(s string, limit int) string {
	s = withoutCodes(s[:min(len(s), maxText)])
	if len(s) <= limit && isClean(s) {
		return s
	}
	var b strings.Builder
	n, gap := 0, false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			gap = n > 0
			continue
		case r < ' ', r >= 0x7f && unicode.Is(unicode.C, r):
			continue
		}
		if gap {
			b.WriteByte(' ')
			n, gap = n+1, false
		}
		if n++; n > limit {
			return cut(b.String())
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isClean recognises the usual text that needs no cleaning.
func isClean(s string) bool {
	blank := true // no blank at the beginning, the end, or next to another
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f || c == ' ' && blank {
			return false
		}
		blank = s[i] == ' '
	}
	return s == "" || !blank
}

// cut makes room for an ellipsis: at the end of a word, unless that would lose
// half of the text.
func cut(s string) string {
	if i := strings.LastIndexByte(s, ' '); i > len(s)/2 {
		s = s[:i]
	} else {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return strings.TrimRight(s, " ,.;:-") + "…"
}

// noteLines are what a person wrote, line by line. A line of which nothing is
// left without the reply tokens that were quoted along is left out.
func noteLines(note string) []string {
	var lines []string
	left := maxNote
	for line := range strings.FieldsFuncSeq(withoutCodes(note[:min(len(note), maxText)]),
		func(r rune) bool { return r == '\n' || r == '\r' }) {
		if line = clean(line, left); strings.Trim(line, "… >|") == "" {
			continue
		}
		if left -= len(line); left <= 0 || len(lines) == maxLines {
			return append(lines, "…")
		}
		lines = append(lines, line)
	}
	return lines
}

// personName is how a person is called in a sentence.
func personName(p workflow.Person) string {
	if name := clean(p.Name, maxName); name != "" {
		return name
	}
	return clean(p.Email, maxValue)
}
