package quote

import (
	"strings"

	"batan.go.id/layanan/mailparse/text"
)

// glued are what some programs on telephones write right behind the new text, without a line break: the device's line,
// and the separator above the quote, which itself runs on into the quoted mail.
var glued = []string{"Dikirim dari ", "Sent from my ", "Sent from Samsung", "-------- Pesan asli --------",
	"-------- Original message --------", "-------- Pesan Asli --------", "-------- Original Message --------"}

// unglue puts such text on lines of its own. It copies only where there is some.
func unglue(lines []text.Line) []text.Line {
	for i := range lines {
		if n := gluedAt(lines[i].Text); n > 0 {
			out := append(make([]text.Line, 0, len(lines)+2), lines[:i]...)
			for _, l := range lines[i:] {
				for n := gluedAt(l.Text); n > 0; n = gluedAt(l.Text) {
					head := l
					head.Text = strings.TrimRight(l.Text[:n], " ")
					out = append(out, head)
					l.Text = l.Text[n:]
				}
				out = append(out, l)
			}
			return out
		}
	}
	return lines
}

// gluedAt is where a line is to be cut, 0 when it is whole.
func gluedAt(s string) int {
	if !strings.Contains(s, "----") && !strings.Contains(s, "Sent from ") && !strings.Contains(s, "Dikirim ") {
		return 0
	}
	for _, g := range glued {
		switch i := strings.Index(s, g); {
		case i > 0 && (g[0] == '-' || s[i-1] != ' '):
			return i
		case i == 0 && g[0] == '-' && len(s) > len(g):
			return len(g)
		}
	}
	return 0
}
