package lexicon_test

import (
	"testing"

	"batan.go.id/layanan/mailparse/lexicon"
)

// TestWith: a site's words count beside the built-in ones, with all forms of a root; what the language marks stays
// marked.
func TestWith(t *testing.T) {
	site := lexicon.Indonesian().With(map[string][]string{
		"thing": {"visualizer", "mimbar*", "batal"}, "decision": {"rapim"},
	})
	for word, want := range map[string]lexicon.Class{
		"visualizer": lexicon.Thing, "mimbarnya": lexicon.Thing, "rapim": lexicon.Decision, "batal": lexicon.Undo,
	} {
		if got := site.Class(word); got&want == 0 {
			t.Errorf("%s: %b, want %b in it", word, got, want)
		}
	}
	if got := lexicon.Indonesian().Class("visualizer"); got != 0 {
		t.Errorf("the built-in language has visualizer: %b", got)
	}
}
