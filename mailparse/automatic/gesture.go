package automatic

import (
	"slices"
	"strings"

	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/fold"
)

// reaction is the type of the part that Gmail sends when somebody taps an emoji below a mail.
const reaction = "text/vnd.google.email-reaction+json"

// gestures are what mail programs write of whoever taps an emoji below a mail, or takes one back, behind the name;
// gestured is what such a line speaks of. Folded.
var (
	gestures = fold.NewPhrases("reacted", "liked", "loved", "laughed at", "menyukai", "bereaksi", "memberi reaksi",
		"memberikan reaksi", "menanggapi dengan emoji", "would like to recall", "ingin menarik kembali",
		"ingin memanggil kembali", "ingin mengingat kembali", "ingin menarik")
	gestured = fold.List("message pesan mail email surel gmail outlook")
)

const (
	maxGestureLine  = 300 // bytes
	maxGestureLines = 4
	maxNameWords    = 6
)

// gesture recognises what is no answer though a person caused it: an emoji tapped below a mail, a recall by Outlook.
func gesture(m *Mail) bool {
	if hasPart(m.Root, reaction) {
		return true
	}
	writer := strings.Fields(fold.Words(entity.DecodeWords(m.Root.Header.Get("from"))))
	n := 0
	for _, l := range m.Body.Lines {
		t := strings.TrimSpace(l.Text)
		if t == "" {
			continue
		}
		if n++; n > maxGestureLines || len(t) > maxGestureLine {
			return false
		}
		ws := strings.Fields(fold.Words(t))
		for i := 1; i < len(ws) && i <= maxNameWords && slices.Contains(writer, ws[i-1]); i++ {
			if p, _ := gestures.Begin(strings.Join(ws[i:], " ")); p != "" {
				return slices.ContainsFunc(ws[i:], func(w string) bool { return gestured[w] })
			}
		}
	}
	return false
}

// hasPart reports whether a mail has a part of a type.
func hasPart(p *entity.Part, of string) bool {
	return p.Type == of || slices.ContainsFunc(p.Children, func(sub *entity.Part) bool { return hasPart(sub, of) })
}
