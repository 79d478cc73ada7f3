package mailparse_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/mailparse"
	"batan.go.id/layanan/mailparse/form"
	"batan.go.id/layanan/mailparse/when"
	"pgregory.net/rapid"
)

func withNIP(nip string) *mailparse.Message {
	return mailparse.Parse(mailOf("", "Nama: Ani\nNIP: "+nip+
		"\nUnit Kerja: Biro Umum\nKegiatan: Rapat\nTanggal: 12 Juli 2018\n"), testGrammar())
}

func TestNIP(t *testing.T) {
	tests := []struct {
		nip, want string
		code      when.ReasonCode
		warning   string
	}{
		{"198001012005012001", "198001012005012001", "", ""},
		{"19800101 200501 2 001", "198001012005012001", "", ""},
		{"1980 0101 2005 0120 01", "198001012005012001", "", ""},
		{"19800101.200501.2.001", "198001012005012001", "", ""},
		{"19800101-200501-2-001", "198001012005012001", "", ""},
		{"19800101\u00a0200501\u00a02\u00a0001", "198001012005012001", "", ""},
		{"NIP. 198001012005012001", "198001012005012001", "", ""},
		{"198001012005012001 / Penata", "198001012005012001", "", ""},
		{"198001012005012001 (PNS)", "198001012005012001", "", ""},
		{"199505052022211012", "199505052022211012", "", ""}, // staff under contract
		{"199009132025242014", "199009132025242014", "", ""}, // and part of the day
		{"330001234", "330001234", "", "old one"},
		{"330 001 234", "330001234", "", "old one"},
		{"-", "-", "", "no NIP"},
		{"–", "-", "", "no NIP"},
		{"honorer", "honorer", "", "no NIP"},
		{"PPNPN", "PPNPN", "", "no NIP"},
		{"Non PNS", "Non PNS", "", "no NIP"},
		{"non-PNS", "non-PNS", "", "no NIP"},
		{"outsourcing", "outsourcing", "", "no NIP"},
		{"mahasiswa magang", "mahasiswa magang", "", "no NIP"},
		{"tidak ada (honorer)", "tidak ada (honorer)", "", "no NIP"},
		{"1985", "", "nip-length", "4 digits"},
		{"19800101200501200", "", "nip-length", "17 digits"},
		{"1980010120050120011", "", "nip-length", "19 digits"},
		{"3174012345678901", "", "nip-length", "16 digits"},
		{"19850O17201012 1 002", "", "nip-letters", "no number"},
		{"1985xxxx", "", "nip-letters", "no number"},
		{"lupa", "", "nip-letters", "no number"},
		{"198013012005012001", "", "nip-birthdate", "19801301"},
		{"198002302005012001", "", "nip-birthdate", "19800230"},
		{"188001012005012001", "", "nip-birthdate", "18800101"},
		{"198001012005132001", "", "nip-appointment", "200513"},
		{"198001012005002001", "", "nip-appointment", "200500"},
		{"198001011985012001", "", "nip-appointment", "198501"},
		{"198001012005213001", "", "nip-appointment", "200521"},
		{"198001012005013001", "", "nip-sex", "\"3\""},
		{"198001012005012000", "", "nip-serial", "000"},
	}
	for _, tt := range tests {
		m := withNIP(tt.nip)
		if m.Form == nil || m.Reasons["nip"].Code != tt.code || tt.code == "" && m.Form.Text("nip") != tt.want {
			t.Errorf("%q: form %+v, reasons %v", tt.nip, m.Form, m.Reasons)
			continue
		}
		if missing := fmt.Sprint(m.Missing) == "[nip]"; missing != (tt.code != "") {
			t.Errorf("%q: missing %v", tt.nip, m.Missing)
		}
		if w := strings.Join(m.Warnings, " "); !strings.Contains(w, tt.warning) || tt.warning == "" && w != "" {
			t.Errorf("%q: warnings %q, want %q", tt.nip, w, tt.warning)
		}
	}
}

// TestNIPOneDigit: a right number is understood however it is grouped, and no digit of its date of birth may leave the
// calendar unseen.
func TestNIPOneDigit(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		born := time.Date(1955, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 15000).Draw(r, "born"))
		year := born.Year() + rapid.IntRange(18, 40).Draw(r, "age")
		digits := fmt.Sprintf("%s%d%02d%d%03d", born.Format("20060102"), year, rapid.IntRange(1, 12).Draw(r, "month"),
			rapid.IntRange(1, 2).Draw(r, "sex"), rapid.IntRange(1, 999).Draw(r, "serial"))
		sep := rapid.SampledFrom([]string{"", " ", ".", "-", "  "}).Draw(r, "separator")
		if m := withNIP(strings.Join([]string{digits[:8], digits[8:14], digits[14:15], digits[15:]},
			sep)); m.Form.Text("nip") != digits || len(m.Missing) > 0 || len(m.Warnings) > 0 {
			r.Fatalf("%s: %+v, %v", digits, m.Form, m.Warnings)
		}
		wrong := digits[:4] + rapid.SampledFrom([]string{"00", "13", "19"}).Draw(r, "wrong month") + digits[6:]
		if m := withNIP(wrong); m.Reasons["nip"].Code != form.ReasonNIPBirth {
			r.Fatalf("%s: %v", wrong, m.Reasons)
		}
	})
}
