package command

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"batan.go.id/layanan/mailparse/lexicon"
)

// taken are approvals, dispositions and reports of readiness that are taken, with a note: fifty of them, spread over
// the file.
func taken(t *testing.T) (out []string) {
	all, _ := examples(t)
	var fit []string
	for _, e := range all {
		note := strings.ContainsAny(e.answer, ",.") && !strings.ContainsAny(e.answer, "\n")
		if note && (e.reading == "taken SETUJU" || e.reading == "taken DISPOSISI") {
			fit = append(fit, e.answer)
		}
	}
	for i := range 50 {
		out = append(out, fit[i*len(fit)/50])
	}
	return out
}

// marked are the marked forms of the language, those of roots by the root.
func marked() (out []string) {
	for w, c := range lexicon.Indonesian().Words() {
		if c&lexicon.Marked != 0 {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return out
}

// TestMarksInserted puts each marked form into fifty answers that are taken: none may be taken any more.
func TestMarksInserted(t *testing.T) {
	w, answers := words(), taken(t)
	for _, mark := range marked() {
		for _, a := range answers {
			inserted := a + "\n\n" + mark + "."
			if got := reads(w, inserted); strings.HasPrefix(got, "taken") {
				t.Errorf("%q is %s", inserted, got)
				break
			}
		}
	}
}

// foreign are what an order may be about besides the request.
var foreign = strings.Split(`usulan Budi|usul Kabid|proposalnya|proposal itu|pendapat Bapak|saran Bu Ani|permohonan PTLR|permohonan lain|permohonan yang lain|permohonan kemarin
	permohonan Pak Budi|kegiatan PRFN|acara sebelah|rapat yang kemarin|surat yang lain|email sebelumnya|pesan Bu Kepala|arahan Deputi|keputusan Direktur|kata Kabid
	dengan Pak Budi|dengan Kabid|dengan Deputi|dengan usulan itu|dengan syarat|dengan catatan|dengan PTLR|kalau lengkap|asal kosong|bila sempat
	jika bisa|apabila ada|setelah rapat Kapus|sebelum Deputi pulang|menunggu Kapus|tunggu kabar|nanti saja|besok saja|lusa|minggu depan
	tahun depan|kapan-kapan|hari Jumat saja|jam 10 saja|sebagian|separuh|setengah|sementara|hanya ruangnya|tanpa Zoom
	diganti Senin|diundur|ditunda|dibatalkan|ditolak|dikembalikan|dipindah|diubah|direvisi|dibahas dulu
	dikaji|ditinjau ulang|dipertimbangkan|dirapatkan|diajukan ke Deputi|diserahkan ke Kabid|diwakilkan|dihapus|dicabut|diabaikan
	kita rapat dulu|saya pelajari|saya pikir dulu|saya tanya Kapus|saya kabari|kami bahas|kami kaji|beliau yang putuskan|Deputi saja|terserah Kapus
	tidak ya|belum|bukan|atau tidak|apa tidak|siapa|kapan|mengapa|mana|berapa
	mungkin|sepertinya|kayaknya|rasanya|tapi bohong|tapi nanti|namun nanti|hehe|bercanda|salah kirim`, "|")

// TestForeignComplements tries the complement of each order with a hundred foreign objects: none is taken.
func TestForeignComplements(t *testing.T) {
	w, objects := words(), []string{}
	for _, line := range foreign {
		for o := range strings.SplitSeq(line, "\n") {
			objects = append(objects, strings.TrimSpace(o))
		}
	}
	if len(objects) < 100 {
		t.Fatalf("%d objects", len(objects))
	}
	for _, order := range []string{"Setuju", "Disetujui", "Acc", "Approved", "Disposisi", "Teruskan", "Instruksikan",
		"Siap", "Sudah siap", "Terima", "Tolak", "Batalkan", "Kembalikan", "Tarik"} {
		for _, o := range objects {
			if got := reads(w, order+" "+o); strings.HasPrefix(got, "taken") {
				t.Errorf("%s %s: %s", order, o, got)
			}
		}
	}
}

// TestEveryRowIsNeeded takes each row of the data files out: an example must be read otherwise, or the row is there
// for nothing.
func TestEveryRowIsNeeded(t *testing.T) {
	w := words()
	all, _ := examples(t)
	tokens := make([][]token, len(all)) // with the marks that the words have by themselves
	for i, e := range all {
		r := &reader{Words: w, mail: &Mail{Request: "VC-2026-0001"}}
		for _, s := range r.sentences(e.answer) {
			tokens[i] = append(tokens[i], s.ws...)
		}
	}
	g := rules()
	tables := slices.Concat(g.marks, g.release, g.soften, g.final)
	for _, name := range append([]string{""}, g.kinds...) {
		tables = append(tables, g.before[name])
	}
	for _, m := range []map[string]*table{g.complement, g.evidence} {
		for _, table := range m {
			tables = append(tables, table)
		}
	}
	seen := map[string]bool{}
	for _, table := range tables {
		for k := range table.patterns {
			p := &table.patterns[k]
			if needed(w, all, tokens, p) {
				seen[p.source] = true
			} else if !seen[p.source] {
				seen[p.source] = false
			}
		}
	}
	for source, used := range seen {
		if !used {
			t.Errorf("no example needs %q", source)
		}
	}
}

// TestEveryListIsNeeded takes each list of each file of the lexicon out: an example must be read otherwise, or nobody
// would notice if it were lost.
func TestEveryListIsNeeded(t *testing.T) {
	all, _ := examples(t)
	files := fstest.MapFS{}
	names, err := fs.Glob(os.DirFS("../lexicon"), "data/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile("../lexicon/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	for name, file := range files {
		whole := file.Data
		parts := regexp.MustCompile(`(?m)^\[`).Split(string(whole), -1)
		for i := 1; i < len(parts); i++ {
			file.Data = []byte("[" + strings.Join(slices.Delete(slices.Clone(parts[1:]), i-1, i), "["))
			if len(parts) == 2 {
				file.Data = nil
			}
			l, err := lexicon.Read(files)
			if err != nil {
				t.Fatal(err)
			}
			w := words()
			w.lang = l
			if !slices.ContainsFunc(all, func(e example) bool { return reads(w, e.answer) != e.reading }) {
				head, _, _ := strings.Cut(parts[i], "\n")
				t.Errorf("no example needs [%s of %s", head, name)
			}
		}
		file.Data = whole
	}
}

// needed reports whether an example is read otherwise without a pattern.
func needed(w *Words, all []example, tokens [][]token, p *pattern) bool {
	items := p.items
	defer func() { p.items = items }()
	for i, e := range all {
		words := map[string]bool{}
		for k := range tokens[i] {
			words[tokens[i][k].text] = true
		}
		if !mayMatch(items, tokens[i]) {
			continue
		}
		p.items = []item{{words: map[string]bool{}}} // matches nothing
		got := reads(w, e.answer)
		p.items = items
		if got != e.reading {
			return true
		}
	}
	return false
}

// mayMatch reports whether each item that must match a word finds one among the words.
func mayMatch(items []item, ws []token) bool {
	for i := range items {
		it := &items[i]
		if it.optional || it.repeated || it.not || it.gap > 0 || it.sign != "" {
			continue
		}
		if !slices.ContainsFunc(ws, func(w token) bool { return it.words[w.text] || w.class&it.class != 0 || w.writer }) {
			return false
		}
	}
	return true
}
