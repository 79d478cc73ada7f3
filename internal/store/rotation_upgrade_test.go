package store_test

import (
	"testing"
	"time"
)

// A key that is replaced within the hour after an upgrade leaves nothing
// behind that only it can vouch for.
func TestKeyReplacedSoonAfterAnUpgrade(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		aged(t, b, 6)
		if _, _, err := b.connect(t).Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		renewed := []byte("another key for tests, 32 bytes.")
		for i, keys := range [][][]byte{{key}, {renewed, key}, {renewed}} {
			now := noon.Add(time.Duration(i) * time.Minute)
			s := b.holding(t, keys...)
			must(s.Seal(t.Context(), now))(t)
			if faults := audit(t, s, now); len(faults) > 0 {
				t.Errorf("with keys %d: %q", i, faults)
			}
		}
	})
}
