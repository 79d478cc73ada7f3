package workflow

import (
	"slices"
	"strings"
)

// reasonless are the words that announce a reason without giving one.
var reasonless = []string{"karena", "sebab", "dengan alasan", "alasan", "alasannya", "berhubung"}

// hasReason reports whether a note says why, and more than that it will.
func hasReason(note string) bool {
	words := strings.FieldsFunc(strings.ToLower(note),
		func(r rune) bool { return strings.ContainsRune(" \t\r\n.,:;-–—…!?()[]", r) })
	said := strings.Join(words, " ")
	return said != "" && !slices.Contains(reasonless, said) && !slices.Contains(saysNothing, said)
}

// hasReasonWord reports whether a word announces a reason.
func hasReasonWord(word string) bool {
	return slices.Contains(reasonless, strings.ToLower(strings.Trim(word, ".,:;!")))
}

// saysNothing are words that may follow LAPORAN or TOLAK without telling anything.
var saysNothing = []string{"ya", "pak", "bu", "bapak", "ibu", "mas", "mbak", "bos", "komandan", "ndan", "terlampir",
	"saja", "aja", "dulu", "deh", "dong", "lah"}

// reports reports whether a note tells anything of what was done.
func reports(note string) bool {
	words := strings.Fields(strings.ToLower(strings.Trim(note, ".,:;!? ")))
	return len(words) > 1 || len(words) == 1 && !slices.Contains(saysNothing, words[0])
}

// besides is what a note says beside the lines that fill in the given fields.
func besides(note string, fields []Field) string {
	var out []string
	for line := range strings.SplitSeq(note, "\n") {
		label, _, labelled := strings.Cut(line, ":")
		label = strings.TrimSpace(label)
		if labelled && slices.ContainsFunc(fields, func(f Field) bool {
			return strings.EqualFold(f.Label, label) ||
				slices.ContainsFunc(f.Aliases, func(a string) bool { return strings.EqualFold(a, label) })
		}) {
			continue
		}
		out = append(out, line)
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}
