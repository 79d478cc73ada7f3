package bot_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"batan.go.id/layanan/internal/store"
)

// What the operators read of dead letters, day after day.
func TestDeadLettersAreToldOfDaily(t *testing.T) {
	onBoth(t, func(t *testing.T, s *story) {
		lead := func() string {
			text := opened(t, s.find("operator", "dead-letter").Raw).text
			return strings.ReplaceAll(regexp.MustCompile(`(?s)^.*?\n\n(.*?)\n\n.*$`).ReplaceAllString(text, "$1"), "\u00a0",
				" ")
		}
		s.pour(s.plain("orang@example.com", "Promo", "Beli sekarang"))
		s.expectSent(map[string]string{"operator": ""}) // it can wait
		for i := range 50 {
			s.pour(s.plain("budi", fmt.Sprint("[VC-2026-0999] ", i), "Setuju"))
		}
		s.expectSent(map[string]string{"operator": "1 dead-letter"})
		if want := "Mohon periksa 2 surat yang tidak dapat diproses dengan perintah “layanan dead-letters list”: 1 " +
			"tentang permohonan yang tidak ada, 1 dari pengirim di luar kantor. Yang terbaru berasal dari budi@batan.go.id " +
			"dengan perihal “[VC-2026-0999] 0”."; lead() != want {
			t.Errorf("%s", lead())
		}
		for day, want := range []string{"1 dead-letter", "2 dead-letter", "3 dead-letter", "4 dead-letter", "5 dead-letter",
			"5 dead-letter", "5 dead-letter", "6 dead-letter"} {
			s.expectSent(map[string]string{"operator": want})
			s.pass(24, func() {})
			if t.Failed() {
				t.Fatalf("on day %d", day)
			}
		}
		if want := "Mohon periksa 51 surat yang tidak dapat diproses dengan perintah “layanan dead-letters list”: 50 " +
			"tentang permohonan yang tidak ada, 1 dari pengirim di luar kantor."; lead() != want {
			t.Errorf("%s", lead())
		}
		all, err := s.store.DeadLetters(t.Context(), store.DeadFilter{})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.store.InTx(t.Context(), func(tx *store.Tx) error {
			for _, d := range all {
				if err := tx.Settle(d.ID, "discarded", "uji"); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		before := s.sent("operator")
		s.pass(24*7, func() {})
		s.expectSent(map[string]string{"operator": before})
	})
}
