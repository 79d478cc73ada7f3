package text_test

import (
	"strings"
	"testing"

	"batan.go.id/layanan/mailparse/text"
)

// TestDetails: what a closed details holds is hidden, but for its summary; beside the line that is shown it is told.
func TestDetails(t *testing.T) {
	for _, tt := range []struct {
		page, want string
		veiled     bool
	}{
		{"<details><summary>Catatan</summary>asal lengkap</details>Setuju", "Catatan|Setuju", true},
		{"<details><p>asal lengkap</p><summary>Catatan</summary></details>Setuju", "Catatan|Setuju", true},
		{"<details open><summary>Catatan</summary>asal lengkap</details>Setuju", "Catatan|asal lengkap|Setuju", false},
		{"<details>a<details>b</details>c</details>Setuju", "Setuju", true},
		{"Setuju<details><summary>a</summary>b", "Setuju|a", true},
		{"Setuju<details>b<summary>a", "Setuju|a", true},
		{"Setuju<details></details>", "Setuju", false},
	} {
		var shown []string
		veiled := false
		for _, l := range text.Page(tt.page, nil) {
			if veiled = veiled || l.Veiled; l.Text != "" {
				shown = append(shown, l.Text)
			}
		}
		if got := strings.Join(shown, "|"); got != tt.want || veiled != tt.veiled {
			t.Errorf("%s: %q veiled=%v, want %q veiled=%v", tt.page, got, veiled, tt.want, tt.veiled)
		}
	}
}
