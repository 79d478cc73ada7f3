package lexicon

import (
	"strings"

	"batan.go.id/layanan/mailparse/fold"
)

// IsName recognises a person's name, with degrees: up to seven words, all with a capital.
func IsName(t string) bool {
	if strings.ContainsAny(t, ":@0123456789") || len(t) > 60 {
		return false
	}
	words := strings.FieldsFunc(t, func(r rune) bool { return strings.ContainsRune(" .,*()/-_&", r) })
	for _, w := range words {
		if c := w[0]; c >= 'a' && c <= 'z' && w != "dan" && w != "and" && w != "bin" && w != "binti" && w != "van" &&
			w != "de" && w != "of" && w != "dr" && w != "drg" {
			return false
		}
	}
	return len(words) > 0 && len(words) <= 9
}

// IsOfficial recognises an official number: "NIP. 19800101 200501 2 001".
func IsOfficial(t string) bool {
	if c := fold.ASCII[t[0]]; c != 0 && c != 'n' || countDigits(t) < 6 {
		return false
	}
	f := fold.Words(t)
	return strings.HasPrefix(f, "nip ") || strings.HasPrefix(f, "nik ") || strings.HasPrefix(f, "npp ")
}

// officeWords stand in the name of an office, an address or a number.
var officeWords = fold.Set(
	"kepala", "ka", "kabid", "kasubbid", "kabag", "kasubag", "kasi", "plt", "plh", "direktur", "deputi", "sekretaris",
	"manajer", "staf", "pranata", "peneliti", "perekayasa", "administrator", "analis", "bidang", "subbidang", "bagian",
	"subbagian", "pusat", "biro", "badan", "batan", "brin", "kementerian", "universitas", "lembaga", "dinas",
	"direktorat",
	"telp", "telepon", "telpon", "tlp", "hp", "wa", "whatsapp", "faks", "surel", "jl", "jln", "jalan", "gedung", "gd",
	"lantai", "lt", "kawasan", "kompleks", "komplek", "jakarta", "serpong", "bandung", "yogyakarta", "tangerang",
	"indonesia",
)

// IsOffice recognises a line of an office, an address or a telephone.
func IsOffice(t string) bool {
	if IsProse(t) {
		return false
	}
	f := fold.Words(t)
	if countDigits(t) >= 8 && (strings.Contains(t, "+62") || strings.HasPrefix(f, "08") || strings.HasPrefix(f, "021")) {
		return true
	}
	for w := range strings.FieldsSeq(f) {
		if officeWords[w] {
			return true
		}
	}
	return false
}

// IsProse reports whether several words of a line have no capital: names of offices and streets have.
func IsProse(t string) bool {
	small := 0
	for w := range strings.FieldsSeq(t) {
		if c := w[0]; c >= 'a' && c <= 'z' && w != "dan" && w != "di" && !strings.ContainsAny(w, "@./") &&
			!officeWords[fold.Key(w)] {
			if small++; small > 1 {
				return true
			}
		}
	}
	return false
}

// IsContact recognises a line of a site, an address or a number of any country.
func IsContact(t string) bool {
	return strings.ContainsAny(t, "@|") || strings.Contains(t, "www.") || strings.Contains(t, "://") ||
		countDigits(t) >= 5
}

func countDigits(s string) (n int) {
	for i := range len(s) {
		if fold.IsDigit(s[i]) {
			n++
		}
	}
	return n
}
