package mailparse_test

import (
	"strings"
	"testing"

	"batan.go.id/layanan/mailparse"
)

// FuzzReply holds what is true of the reply to any text: it has the text's own lines, and what a mail program puts
// below changes nothing.
func FuzzReply(f *testing.F) {
	for _, l := range languages {
		for _, write := range textClients {
			f.Add(write(l))
		}
	}
	f.Add("Baik." + signed)
	f.Add("[EKSTERNAL]\n\nYth. Bapak,\nBaik.\n\n-Budi")
	g := testGrammar()
	f.Fuzz(func(t *testing.T, body string) {
		if len(body) > 20_000 || strings.Contains(body, "\r") {
			return
		}
		m := mailparse.Parse(replyWith(body), g)
		lines := map[string]bool{}
		for l := range strings.SplitSeq(m.Text, "\n") {
			lines[strings.TrimSpace(l)] = true
		}
		for l := range strings.SplitSeq(m.Reply, "\n") {
			if l = strings.TrimSpace(l); !lines[l] && !begins(lines, l) {
				t.Fatalf("%q is no line of %q", l, m.Text)
			}
		}
		for _, c := range m.Cuts {
			if c.Line < 1 || c.Line > strings.Count(m.Text, "\n")+1 || c.Rule == "" || c.Text == "" {
				t.Fatalf("%+v in %q", c, m.Text)
			}
		}
		for _, below := range []string{"\n\n> satu\n> dua\n", "\n\n-- \nBudi\n",
			"\n\n-----Pesan Asli-----\nDari: Ani\n\nSETUJU"} {
			if got := mailparse.Parse(replyWith(body+below), g); strings.TrimSpace(got.Reply) != strings.TrimSpace(m.Reply) {
				t.Fatalf("%q below %q: reply %q, was %q", below, body, got.Reply, m.Reply)
			}
		}
	})
}

// begins reports whether one of the lines begins with s: an answer may stand before an attribution on its line.
func begins(lines map[string]bool, s string) bool {
	for l := range lines {
		if strings.HasPrefix(l, s) {
			return true
		}
	}
	return false
}
