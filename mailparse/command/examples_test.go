package command

import (
	"cmp"
	"flag"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"batan.go.id/layanan/mailparse/authres"
	"batan.go.id/layanan/mailparse/lexicon"
	"batan.go.id/layanan/mailparse/quote"
	"batan.go.id/layanan/mailparse/text"
)

var update = flag.Bool("update", false, "rewrite the headings of testdata/examples.txt")

// office are the words of the built-in SOP.
var office = []Word{
	{"SETUJU", []string{"disetujui", "menyetujui", "setujui", "acc", "approved", "approve"}, Approve},
	{"TOLAK", []string{"ditolak", "menolak", "rejected", "reject", "tidak setuju", "tidak disetujui",
		"tidak dapat disetujui", "tidak bisa disetujui", "tidak dapat kami setujui", "tidak bisa kami setujui",
		"tidak kami setujui", "tidak saya setujui", "tidak dapat menyetujui", "tidak bisa menyetujui"}, Firm},
	{"DISPOSISI", []string{"disposisikan", "didisposisikan", "mendisposisikan"}, Approve},
	{"TERUSKAN", []string{"diteruskan", "meneruskan"}, Approve},
	{"INSTRUKSI", []string{"instruksikan", "diinstruksikan", "menginstruksikan"}, Approve},
	{"SIAP", []string{"sudah siap", "telah siap", "siap digunakan"}, Approve},
	{"LAPORAN", []string{"lapor", "melaporkan", "dilaporkan", "laporkan"}, Form},
	{"KENDALA", []string{"terkendala", "ada kendala", "masih ada kendala"}, Free},
	{"KEMBALIKAN", []string{"dikembalikan", "mengembalikan"}, Firm},
	{"TANYA", []string{"pertanyaan", "bertanya", "menanyakan", "tanyakan", "ditanyakan"}, Free},
	{"DELEGASI", []string{"delegasikan", "didelegasikan", "mendelegasikan"}, Firm},
	{"STATUS", nil, Free}, {"BANTUAN", []string{"help"}, Free},
	{"BATAL", []string{"batalkan", "dibatalkan", "membatalkan"}, Firm},
	{"UBAH", []string{"diubah", "mengubah", "ganti", "perubahan"}, Form},
	{"TERIMA", []string{"diterima", "menerima"}, Approve},
	{"YA", []string{"iya", "yes", "yap", "benar", "betul", "leres"}, Yes},
	{"TARIK", []string{"tarik kembali", "ditarik", "menarik kembali"}, Firm},
}

// words are those of a site with the built-in SOP.
func words() *Words {
	index := NewIndex(office)
	frame := &quote.Frame{Label: func(string) (bool, bool) { return false, false }, Order: index.Orders}
	return New(index, nil, frame, authres.NewSite("", "", []string{"VC"}), lexicon.Indonesian())
}

// reads is how an answer is read, in the words of the file's headings.
func reads(w *Words, answer string) string {
	var lines []text.Line
	for l := range strings.SplitSeq(answer, "\n") {
		lines = append(lines, text.Line{Text: l})
	}
	return w.Read(&Mail{Fresh: quote.Fresh{Lines: lines}, Request: "VC-2026-0001"}).Reading()
}

type example struct{ answer, reading string }

const breaks = " ⏎ "

// examples are those of the file: a heading in brackets says how the answers below it are read, a line each.
func examples(t testing.TB) (all []example, head string) {
	data, err := os.ReadFile("testdata/examples.txt")
	if err != nil {
		t.Fatal(err)
	}
	reading := ""
	for l := range strings.SplitSeq(string(data), "\n") {
		switch {
		case strings.HasPrefix(l, "# "):
			head += l + "\n"
		case strings.HasPrefix(l, "== "):
			reading = strings.TrimPrefix(l, "== ")
		case l != "":
			all = append(all, example{strings.ReplaceAll(l, breaks, "\n"), reading})
		}
	}
	return all, head
}

// TestExamples holds every example to the reading that its heading names.
func TestExamples(t *testing.T) {
	w := words()
	all, head := examples(t)
	by := map[string][]string{}
	for _, e := range all {
		got := reads(w, e.answer)
		if got != e.reading && !*update {
			t.Errorf("%q: %s, want %s", e.answer, got, e.reading)
		}
		by[got] = append(by[got], strings.ReplaceAll(e.answer, "\n", breaks))
	}
	if !*update {
		return
	}
	out := head
	for _, reading := range slices.SortedFunc(maps.Keys(by), func(a, b string) int { return cmp.Compare(a, b) }) {
		slices.Sort(by[reading])
		out += "\n== " + reading + "\n" + strings.Join(slices.Compact(by[reading]), "\n") + "\n"
	}
	if err := os.WriteFile("testdata/examples.txt", []byte(out), 0o644); err != nil {
		t.Fatal(err)
	}
}
