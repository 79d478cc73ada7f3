package notify_test

import (
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

// slips are what a template with a missing value leaves behind.
var slips = regexp.MustCompile(`<no value>|%!|“”|\(\)|\S  |\s[,.;:?]|[,;]\.|\.\.|,,|\[\]`)

// purpose is what a first sentence must say: what to do, or that there is
// nothing to do, or what was done with what the recipient sent.
var purpose = regexp.MustCompile(`[Mm]ohon|tidak perlu|tidak ada (lagi )?yang perlu|telah|tidak mengubah|tidak dapat|menunggu|ditangani|dapat menggunakan`)

func TestLanguage(t *testing.T) {
	eachLetter(t, func(t *testing.T, _ notify.Identity, l letter) {
		body, _, _ := strings.Cut(l.text, "\n\nHormat kami,")
		for line := range strings.SplitSeq(body, "\n") {
			if slip := slips.FindString(strings.TrimLeft(line, " ")); slip != "" && !strings.HasPrefix(strings.TrimSpace(line),
				"»") {
				t.Errorf("%q in %q", slip, line)
			}
		}
		if slip := slips.FindString(l.subject); slip != "" {
			t.Errorf("%q in the subject %q", slip, l.subject)
		}
		paras := strings.Split(l.text, "\n\n")
		if !strings.HasPrefix(paras[0], "Yth. ") || !strings.HasSuffix(paras[0], ",") {
			t.Errorf("the mail begins with %q", paras[0])
		}
		first, _, _ := strings.Cut(paras[1], ". ")
		readBack := l.notice.Asks || !l.notice.Until.IsZero() // they begin with how an answer was read
		if !readBack && !purpose.MatchString(first) {
			t.Errorf("the first sentence does not say what to do: %q", first)
		}
		if n := utf8.RuneCountInString(first); n > 220 {
			t.Errorf("the first sentence has %d characters: %q", n, first)
		}
	})
}

// TestDates covers the ways in which an event or a delegation may last.
func TestDates(t *testing.T) {
	day := func(d, h, m int) time.Time { return time.Date(2026, 12, d, h, m, 0, 0, wib) }
	for _, c := range []struct {
		v    workflow.Value
		want string
	}{
		{workflow.Value{Start: day(3, 9, 0)}, "Kamis, 3 Desember 2026 pukul 09.00 WIB"},
		{workflow.Value{Start: day(3, 9, 0), End: day(3, 11, 30)}, "Kamis, 3 Desember 2026 pukul 09.00–11.30 WIB"},
		{workflow.Value{Start: day(3, 9, 0), End: day(4, 16, 0)},
			"Kamis, 3 Desember 2026 pukul 09.00 WIB s.d. Jumat, 4 Desember 2026 pukul 16.00 WIB"},
		{workflow.Value{Start: day(3, 0, 0), AllDay: true}, "Kamis, 3 Desember 2026"},
		{workflow.Value{Start: day(3, 0, 0), End: day(3, 23, 59), AllDay: true}, "Kamis, 3 Desember 2026"},
		{workflow.Value{Start: day(3, 0, 0), End: day(5, 23, 59), AllDay: true},
			"Kamis, 3 Desember 2026 s.d. Sabtu, 5 Desember 2026"},
		{workflow.Value{Start: day(3, 2, 0).UTC()}, "Kamis, 3 Desember 2026 pukul 02.00 WIB"},
	} {
		c.v.Date, c.v.Text = true, "kapan saja"
		s := newStory(t).file(filled(workflow.Form{"tanggal": c.v}))
		n := s.notice(t, workflow.NoticeTask, kepala)
		l := post(t, renderer(t, identity, s.p), s.last.Request, n, s.context(n))
		if !strings.Contains(l.text, "“Rapat koordinasi anggaran” pada "+c.want+".") ||
			!strings.Contains(l.text, "  Tanggal: "+c.want+" (tertulis “kapan saja”)\n") {
			t.Errorf("want %q in\n%s", c.want, l.text)
		}
	}
}

// TestDoubts: every doubt that the parser names is explained.
func TestDoubts(t *testing.T) {
	for doubt, want := range map[string]string{
		`negation: "tidak"`:     "ada kata ingkar “tidak”",
		`condition: "asal"`:     "ada syarat “asal”",
		"question":              "kalimatnya berupa pertanyaan",
		`contradiction: "eh"`:   "ada kata lain yang bertentangan “eh”",
		`future: "akan"`:        "tindakannya belum terlaksana “akan”",
		`hedge: "mungkin"`:      "ada kata yang menyiratkan keraguan “mungkin”",
		`position: "setuju"`:    "kata “setuju” tidak berdiri sendiri di awal kalimat",
		`unknown: "nek"`:        "kata “nek” belum kami pahami",
		`sign: "👎"`:             "ada tanda “👎” yang dapat mengubah maksudnya",
		`decision: "kapus"`:     "kata “kapus” menyerahkan keputusan kepada pihak lain",
		`subject: "tolak"`:      "judul surat “tolak” bertentangan dengan isinya",
		"automatic":             "isinya menyerupai balasan otomatis",
		"attachment":            "kata itu hanya terdapat di dalam berkas lampiran",
		"deleted":               "ada kata yang dicoret",
		"hidden":                "sebagian isi surat tersembunyi",
		"script":                "ada huruf atau tanda tersembunyi",
		"difference":            "isi surat berbeda dari yang ditampilkan",
		"length":                "kalimatnya terlalu panjang",
		"quotation":             "kata itu berada di dalam tanda petik",
		`courtesy: "siap pak"`:  "ungkapan “siap pak” lazim juga dipakai sebagai jawaban sopan",
		`something new: "abcd"`: "belum jelas bagi kami: maksudnya dapat lebih dari satu",
	} {
		s := newStory(t).upTo("persetujuan").step(workflow.Event{Kind: workflow.Mailed, By: kepala, Doubt: doubtOf(t, doubt),
			Token: workflow.LiveToken})
		n := s.notice(t, workflow.NoticeUnrecognised, kepala)
		l := post(t, renderer(t, identity, s.p), s.last.Request, n, s.context(n))
		if !strings.Contains(l.text, want) {
			t.Errorf("%s: want %q in\n%s", doubt, want, l.text)
		}
	}
}

// doubtOf reads a doubt as it is written.
func doubtOf(t *testing.T, written string) (d workflow.Doubt) {
	if err := d.UnmarshalText([]byte(written)); err != nil {
		t.Fatal(err)
	}
	return d
}

// TestReasons: whatever the reader of mails says is wrong with a field, the
// requester reads a sentence.
func TestReasons(t *testing.T) {
	friday, fifth, seventh := time.Date(2018, 7, 13, 0, 0, 0, 0, wib), time.Date(2026, 12, 5, 0, 0, 0, 0, wib),
		time.Date(2026, 12, 7, 0, 0, 0, 0, wib)
	for _, c := range []struct {
		field, text, reason, part, want string
		dates                           []time.Time
	}{
		{"nip", "", workflow.Missing, "", "NIP belum diisi; contoh", nil},
		{"nip", "", "belum diisi", "", "NIP belum diisi; contoh", nil}, // as older versions kept it
		{"nip", "12345", "nip-length", "12345",
			"NIP (tertulis “12345”) harus terdiri atas 18 angka (9 angka untuk NIP lama); contoh", nil},
		{"nip", "198513172010122003", "nip-birthdate", "19851317",
			"harus diawali tanggal lahir yang ada dalam kalender, bukan 19851317; contoh", nil},
		{"nip", "198502172010172003", "nip-appointment", "201017", "pada angka ke-9 sampai ke-14, bukan 201017; contoh",
			nil},
		{"nip", "198502172010123003", "nip-sex", "3", "angka 1 atau 2 pada urutan ke-15, bukan 3; contoh", nil},
		{"nip", "198502172010122000", "nip-serial", "000", "nomor urut tiga angka, bukan 000; contoh", nil},
		{"nip", "19850217201O122003", "nip-letters", "19850217201O122003", "harus berupa angka saja; contoh", nil},
		{"nip", "abc", "something new", "", "NIP (tertulis “abc”) harus terdiri atas 18 angka", nil},
		{"tanggal", "Kamis, 13 Juli 2018", "weekday", "Kamis",
			"menyebut hari Kamis, padahal tanggal itu Jumat, 13 Juli 2018; contoh", []time.Time{friday}},
		{"tanggal", "Kamis, 13 Juli 2018", "weekday", "", "tidak cocok dengan harinya; contoh", nil},
		{"tanggal", "31 Juni 2026", "no-such-day", "31 Juni 2026",
			"Tanggal (tertulis “31 Juni 2026”) tidak ada dalam kalender; contoh", nil},
		{"tanggal", "3 Juni pukul 25", "no-such-time", "pukul 25", "memuat jam yang tidak ada (“pukul 25”); contoh", nil},
		{"tanggal", "5 atau 7 Desember", "ambiguous", "",
			"dapat berarti Sabtu, 5 Desember 2026 atau Senin, 7 Desember 2026; contoh", []time.Time{fifth, seventh}},
		{"tanggal", "awal bulan", "ambiguous", "", "dapat berarti lebih dari satu hari; contoh", nil},
		{"tanggal", "3 Juni jam 7", "ambiguous-time", "jam 7", "dapat berarti pagi atau malam (“jam 7”); contoh", nil},
		{"tanggal", "minggu depan", "vague", "", "belum menyebut satu tanggal yang pasti; contoh", nil},
		{"tanggal", "15 Juni", "no-year", "", "belum menyebut tahunnya; contoh", nil},
		{"tanggal", "besok", "no-mail-date", "besok", "bila ditulis dengan tanggal, bulan, dan tahun; contoh", nil},
		{"tanggal", "5 s.d. 3 Juni 2026 pukul 9", "contradiction", "5 s.d. 3 Juni",
			"memuat dua hal yang bertentangan (“5 s.d. 3 Juni”); contoh", nil},
		{"tanggal", "entah", "something <b>new</b>", "x",
			"Tanggal (tertulis “entah”) belum dapat kami baca sebagai tanggal; contoh", nil},
		{"email", "ani@@batan", "address", "ani@@batan", "Email (tertulis “ani@@batan”) bukan alamat email yang sah; contoh",
			nil},
		{"kegiatan", "?", "something new", "", "Kegiatan (tertulis “?”) belum dapat kami baca; contoh", nil},
	} {
		s := newStory(t).file(filled(broken))
		n := s.notice(t, workflow.NoticeIncomplete, ani)
		s.last.Request.Problems = []workflow.Problem{{Field: c.field, Text: c.text, Reason: c.reason, Part: c.part,
			Dates: c.dates}}
		l := post(t, renderer(t, identity, s.p), s.last.Request, n, s.context(n))
		if !strings.Contains(l.text, c.want) {
			t.Errorf("%s: want %q in\n%s", c.reason, c.want, l.text)
		}
	}
}
