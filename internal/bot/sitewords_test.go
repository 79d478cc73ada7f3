package bot_test

import (
	"testing"
	"time"

	"batan.go.id/layanan/internal/bot"
	"batan.go.id/layanan/mailparse"
	"batan.go.id/layanan/workflow"
)

// TestSiteWords: what the SOP's lexicon names is understood there, and what it marks is asked back.
func TestSiteWords(t *testing.T) {
	sop := *workflow.BuiltInSOP()
	sop.Lexicon = workflow.Lexicon{Thing: []string{"visualizer*"}, Place: []string{"anjungan"}, Mark: []string{"sarpel"}}
	for _, tt := range []struct{ answer, builtIn, site string }{
		{"Setuju, dgn visualizernya di anjungan.", "held SETUJU", "taken SETUJU"},
		{"Setuju, ikut sarpel.", "held SETUJU", "asked back SETUJU decision"},
	} {
		raw := []byte("From: yusi@batan.go.id\nTo: layanan@batan.go.id\nSubject: Re: [VC-2026-0001] Mohon\n\n" +
			tt.answer + "\n")
		for p, want := range map[*workflow.SOP]string{workflow.BuiltInSOP(): tt.builtIn, &sop: tt.site} {
			g := bot.Grammar(&workflow.Procedure{SOP: p, Calendar: workflow.Always(time.UTC)}, "layanan@batan.go.id", "", nil)
			if got := mailparse.Parse(raw, g).Command.Reading(); got != want {
				t.Errorf("%q: %s, want %s", tt.answer, got, want)
			}
		}
	}
}
