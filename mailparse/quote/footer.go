package quote

import (
	"strings"

	"batan.go.id/layanan/mailparse/fold"
)

// disclaimerStarts begin what programs that speak other languages add below, folded.
var disclaimerStarts = fold.NewPhrases(
	"l absence de virus dans ce courrier", "este correo electrónico ha sido comprobado", "проверено на вирусы",
)

// maxFooterStart is how much of a line is compared with these beginnings, in bytes.
const maxFooterStart = 90

// bannerLinks begin what stands behind the warnings of Outlook, folded.
var bannerLinks = fold.NewPhrases("learn why this is important", "pelajari mengapa ini penting",
	"pelajari alasan hal ini penting", "external sender", "external message", "external mail", "external email",
	"external e mail", "email eksternal", "pesan eksternal", "pengirim eksternal", "surel eksternal", "e mail eksternal")

// bannerTags are banners of one word, which stand in brackets.
var bannerTags = fold.Set("external", "eksternal", "ext", "extern", "externo", "externe", "luar", "caution", "warning",
	"peringatan")

// banners returns the first line below the banners at the top: a paragraph that begins like one, and empty lines.
func (s *sifter) banners() int {
	at := 0
	for i := 0; i < len(s.lines) && i < 30; i++ {
		t := strings.TrimSpace(s.lines[i].Text)
		if t == "" || s.markAt(i) != "" {
			if t == "" {
				continue
			}
			break
		}
		if !isBanner(t) {
			break
		}
		s.cut(RuleBanner, i+1, t)
		for len(t) >= 60 && !strings.ContainsAny(t[len(t)-1:], ".!]") && i+
			1 < len(s.lines) && strings.TrimSpace(s.lines[i+1].Text) != "" {
			i++
			t = strings.TrimSpace(s.lines[i].Text)
		}
		at = i + 1
	}
	return at
}

func isBanner(t string) bool {
	if len(t) < 5 || len(t) > 1000 {
		return false
	}
	if p, _ := bannerLinks.Begin(t[:min(len(t), maxFooterStart)]); p != "" || warnsOfMail(t) {
		return true
	}
	return strings.ContainsAny(t[:1], "[(*") && strings.ContainsAny(t[len(t)-1:], "])*") && bannerTags[fold.Words(t)]
}
