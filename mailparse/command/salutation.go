package command

import (
	"strings"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
)

// skipAddress drops the lines of an inside address, "Kepada Yth. / Kepala PPIKSN / di tempat", below its first one: up
// to "di tempat", or while they name persons, offices and places.
func (g *Words) skipAddress(first, rest string) string {
	f := fold.Words(first)
	if !strings.Contains(f, "yth") && !strings.Contains(f, "ysh") && !strings.Contains(f, "terhormat") &&
		!strings.HasPrefix(f, "kepada") {
		return rest
	}
	tail, named := rest, true
	for range 5 {
		l, after, ok := strings.Cut(tail, "\n")
		t := strings.TrimSpace(l)
		if k := fold.Key(t); k == "ditempat" || k == "tempat" {
			return after
		}
		if !ok || t == "" || !g.frame.Unspoken(t) {
			break
		}
		if named = named && (lexicon.IsOffice(t) || lexicon.IsName(t)); named {
			rest = after
		}
		tail = after
	}
	return rest
}

// cutClosing takes the closing off the end: from a closing line on, when at most six short lines follow it.
func cutClosing(lines []string) []string {
	for i := max(0, len(lines)-14); i < len(lines); i++ {
		if !lexicon.IsClosing(lines[i]) {
			continue
		}
		after := 0
		for _, l := range lines[i+1:] {
			if strings.TrimSpace(l) != "" {
				after++
			}
			if len(l) > 70 {
				after = 99
			}
		}
		if after <= 6 {
			return lines[:i]
		}
	}
	return lines
}
