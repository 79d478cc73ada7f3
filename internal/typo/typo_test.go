package typo_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"batan.go.id/layanan/internal/typo"
)

func ExampleDistance() {
	fmt.Println(typo.Distance("kegiatan", "kegaitan", 2), typo.Distance("desember", "dsember", 2),
		typo.Distance("nama", "tempat", 2))
	// Output: 1 1 3
}

// TestDistance: slips are counted the same from either side, none part a word from itself, and a limit only cuts.
func TestDistance(t *testing.T) {
	words := rapid.StringMatching(`[a-d]{0,8}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b, limit := words.Draw(t, "a"), words.Draw(t, "b"), rapid.IntRange(0, 4).Draw(t, "limit")
		whole := typo.Distance(a, b, 100)
		if got := typo.Distance(a, b, limit); got != min(whole, limit+1) {
			t.Errorf("limit %d: %d, without a limit %d", limit, got, whole)
		}
		if back := typo.Distance(b, a, 100); back != whole || typo.Distance(a, a, 100) != 0 || (whole == 0) != (a == b) {
			t.Errorf("%q, %q: %d one way, %d the other", a, b, whole, back)
		}
	})
	if long := strings.Repeat("a", 61); typo.Distance(long, long, 2) != 3 {
		t.Error("long words are compared")
	}
}
