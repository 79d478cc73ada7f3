package bot_test

import (
	"testing"

	"batan.go.id/layanan/mailparse/command"
	"batan.go.id/layanan/templates"
	"batan.go.id/layanan/workflow"
)

// TestEveryDoubtHasWords: whatever makes a command unsure, the one who wrote it reads a phrase of its own.
func TestEveryDoubtHasWords(t *testing.T) {
	set, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	phrases := map[string]command.Code{}
	for _, code := range append(command.Codes, "no such code") {
		phrase, err := set.Part(string(workflow.NoticeUnrecognised), "doubt",
			workflow.Doubt{Code: string(code), Text: "asal"})
		if err != nil || phrase == "" {
			t.Errorf("%s: %q, %v", code, phrase, err)
		}
		if other, taken := phrases[phrase]; taken {
			t.Errorf("%s and %s are told alike: %q", code, other, phrase)
		}
		phrases[phrase] = code
	}
}
