package mailparse_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/cputime"
	"batan.go.id/layanan/mailparse"
)

// hostile are mails that a parser could go through again at each turn: a place of linear_test.go and what is repeated
// there. Each was slow once, here or elsewhere.
var hostile = [][2]string{
	{"text", "\r"}, {"text", "\n"}, {"text", " \n"}, {"text", "> "}, {"text", ">"}, {"text", "> a\n"}, {"text", "a"},
	{"text", "--\n"}, {"text", "____\n"}, {"text", "Terima kasih\n"}, {"text", "Dari: a\n"}, {"text", "vc-2026-0001-"},
	{"text", "Pada 12 Juli 2018, a@b menulis:\n"}, {"text", "begin 644 a\n"}, {"text", "\u202e"}, {"text", "\x00"},
	{"text below", "setuju "}, {"text below", "jika "}, {"text below", ". "}, {"form", "Nama: a\n"}, {"form", "\t"},
	{"form", "12 Juli "}, {"form", "Kegiatan: a Tanggal: b "}, {"quoted", "=\n"}, {"quoted", "= "}, {"quoted", "="},
	{"quoted", "=20"}, {"base64", "\n"}, {"base64", "YWFh\n"}, {"base64", "="}, {"base64", "\r"}, {"page", "<a b='"},
	{"page", "<"}, {"page", "<div>"}, {"page", "&"}, {"page", "<!--"}, {"page", "<details>"}, {"page element", "<tr>"},
	{"page element", "<td>a</td>"}, {"page element", "<table><tr><td>"}, {"parts", "--b\n\n"}, {"parts", "--b--\n"},
	{"subject", "=?utf-8?q?a?= "}, {"from", "a <a@b>, "}, {"from", "(a"}, {"to", "a@b, "}, {"references", "<a@b>"},
	{"results", "(;"}, {"header", "X: y\n"}, {"header", "X\n"}, {"received", ";a=b"}, {"notice", "<a@b>: "},
	{"notice", "5.1.1 a@b.c "}, {"calendar", "X:\n a\n"}, {"unknown bytes", "+AGE-"}, {"attached", "Nama: a\n"},
}

// TestDoubling reads each of them at 1 MiB and doubles it up to 8 MiB: eight times the mail may take at most twice
// eight times the work, with room for what a clock of 10 ms sees. With -full each is read at 25 MiB, too, within 5 s.
func TestDoubling(t *testing.T) {
	if len(hostile) < 40 {
		t.Fatalf("%d shapes only", len(hostile))
	}
	g := testGrammar()
	took := func(shape [2]string, size int) time.Duration {
		raw := []byte(fmt.Sprintf(places[shape[0]], strings.Repeat(shape[1], size/len(shape[1]))))
		start := cputime.Used()
		mailparse.Parse(raw, g)
		return cputime.Used() - start
	}
	const mib, ratio, room = 1 << 20, 2, 100 * time.Millisecond
	for _, shape := range hostile {
		first := took(shape, mib)
		for size := 2; size <= 8; size *= 2 {
			if now := took(shape, size*mib); now > time.Duration(size*ratio)*first+room {
				t.Errorf("%s of %q: 1 MiB takes %s, %d MiB %s", shape[0], shape[1], first, size, now)
			}
		}
		if *full {
			if now := took(shape, 25*mib); now > 5*time.Second {
				t.Errorf("%s of %q: 25 MiB take %s", shape[0], shape[1], now)
			}
		}
	}
}
