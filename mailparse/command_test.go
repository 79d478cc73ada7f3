package mailparse_test

import (
	"strings"
	"testing"

	"batan.go.id/layanan/mailparse"
	"batan.go.id/layanan/mailparse/command"
)

// replyWith wraps a body in a mail that belongs to a request.
func replyWith(body string) []byte {
	return []byte("From: Ka PPIKSN <ka@batan.go.id>\nTo: layanan_batannet@batan.go.id\nSubject: Re: [VC-2026-0001] " +
		"Permohonan\n" +
		"Date: Mon, 05 Jan 2026 09:00:00 +0700\nMessage-ID: <1@batan.go.id>\nContent-Type: text/plain; charset=utf-8\n\n" +
		body)
}

func TestCommandWord(t *testing.T) {
	tests := []struct{ body, word, note string }{
		{"SETUJU", "SETUJU", ""},
		{"setuju.", "SETUJU", ""},
		{"*SETUJU*", "SETUJU", ""},
		{"Disetujui", "SETUJU", ""},
		{"ACC", "SETUJU", ""},
		{"acc pak", "SETUJU", "pak"},
		{"Approved.", "SETUJU", ""},
		{"Ya, setuju", "SETUJU", ""},
		{"Baik Pak, setuju, silakan dilanjutkan.", "SETUJU", "silakan dilanjutkan."},
		{"Oke setuju", "SETUJU", ""},
		{"OK, acc", "SETUJU", ""},
		{"Saya setuju", "SETUJU", ""},
		{"Kami setujui. Mohon ditindaklanjuti.", "SETUJU", "Mohon ditindaklanjuti."},
		{"Dengan ini saya menyetujui permohonan tersebut.", "SETUJU", "permohonan tersebut."},
		{"Siap Pak, disetujui", "SETUJU", ""},
		{"Terima kasih. Setuju.", "SETUJU", ""},
		{"Kepada Yth.\nLayanan BATANnet\ndi tempat\n\nSETUJU", "SETUJU", ""},
		{"Wa'alaikumsalam, setuju", "SETUJU", ""},
		{"Saya sangat setuju", "SETUJU", ""},
		{"SIAP\nUji coba berhasil.", "SIAP", "Uji coba berhasil."},
		{"Setuju, terima kasih", "SETUJU", ""},
		{"Makasih pak, setuju", "SETUJU", ""},
		{"Siap, setuju", "SETUJU", ""},
		{"Izin, kami setujui", "SETUJU", ""},
		{"Setuju.Terima kasih", "SETUJU", ""},
		{"Setuju, mohon disiapkan.\n\nSalam hormat,\nBudi Santoso\nKepala Pusat", "SETUJU", "mohon disiapkan."},
		{"Mohon maaf baru sempat membalas.\nSetuju.", "SETUJU", ""},
		{"Yth. Bapak Kepala,\n\nSelamat pagi.\nSETUJU\n\nHormat kami,\nBudi", "SETUJU", ""},
		{"Assalamu'alaikum wr. wb.\n\nSetuju, teruskan ke Ka. Bid PJKKD.\n\nWassalam", "SETUJU",
			"teruskan ke Ka. Bid PJKKD."},
		{"Setuju, segera ditindaklanjuti", "SETUJU", "segera ditindaklanjuti"},
		{"SETUJU\n\nMohon koordinasi dengan admin Serpong.\n", "SETUJU", "Mohon koordinasi dengan admin Serpong."},
		{"Setuju.\n\nKalau ada kendala, hubungi saya.", "SETUJU", "Kalau ada kendala, hubungi saya."},
		{"Setuju. Jangan lupa siapkan proyektor.", "SETUJU", "Jangan lupa siapkan proyektor."},
		{"setuju\n\nDikirim dari iPhone saya", "SETUJU", ""},
		{"setuju\n-- \nBudi\nTolak adalah kata lain", "SETUJU", ""},
		{"Setuju\n\n> Apakah Bapak setuju?\n> TOLAK", "SETUJU", ""},
		{"Selamat pagi Pak, setuju", "SETUJU", ""},
		{"Stuju", "SETUJU", ""},
		{"Setuju 👍", "SETUJU", "👍"},
		{"TOLAK karena ruangan tidak tersedia", "TOLAK", "karena ruangan tidak tersedia"},
		{"Tolak. Jadwal bentrok.", "TOLAK", "Jadwal bentrok."},
		{"tidak setuju", "TOLAK", ""},
		{"Tdk setuju, jadwal bentrok", "TOLAK", "jadwal bentrok"},
		{"Tidak disetujui.", "TOLAK", ""},
		{"Saya tidak setuju", "TOLAK", ""},
		{"Ditolak karena jika dipaksakan mengganggu layanan lain.", "TOLAK",
			"karena jika dipaksakan mengganggu layanan lain."},
		{"Mohon maaf, kami tolak: lewat batas waktu", "TOLAK", "lewat batas waktu"},
		{"Disposisi ke Kasubbid PJ", "DISPOSISI", "ke Kasubbid PJ"},
		{"Teruskan ke Kasubbid untuk ditindaklanjuti.", "DISPOSISI", "ke Kasubbid untuk ditindaklanjuti."},
		{"INSTRUKSI: siapkan ruang 71", "INSTRUKSI", "siapkan ruang 71"},
		{"SIAP", "SIAP", ""},
		{"Sudah siap, uji coba berhasil.", "SIAP", "uji coba berhasil."},
		{"Siap digunakan", "SIAP", ""},
		{"KENDALA: kamera rusak, jika diganti perlu 2 hari", "KENDALA", "kamera rusak, jika diganti perlu 2 hari"},
		{"Ada kendala jaringan di Serpong", "KENDALA", "jaringan di Serpong"},
		{"Tanya: jam berapa mulainya?", "TANYA", "jam berapa mulainya?"},
		{"Pertanyaan, apakah perlu rekaman?", "TANYA", "apakah perlu rekaman?"},
		{"Kembalikan, lampiran kurang", "KEMBALIKAN", "lampiran kurang"},
		{"DELEGASI budi@batan.go.id 2026-01-05 s.d. 2026-01-09", "DELEGASI", "budi@batan.go.id 2026-01-05 s.d. 2026-01-09"},
		{"Status?", "STATUS", ""},
		{"STATUS", "STATUS", ""},
		{"Bantuan", "BANTUAN", ""},
		{"Batalkan, acara diundur", "BATAL", "acara diundur"},
		{"TERIMA", "TERIMA", ""},
		{"Terima kasih, laporan diterima", "TERIMA", ""},
		{"Diterima dengan baik, terima kasih.", "TERIMA", "dengan baik, terima kasih."},
		{"tarik kembali", "TARIK", ""},
		{"Tidak ada masalah, setuju", "SETUJU", ""},
		{"Lanjutkan, setuju", "SETUJU", ""},
		{"Bersama ini kami setujui", "SETUJU", ""},
		{"Permohonan ini kami setujui, mohon diproses lebih lanjut.", "SETUJU", "mohon diproses lebih lanjut."},
		{"Setuju 100%", "SETUJU", "100%"},
		{"SETUJU [VC-2026-0001]", "SETUJU", "[VC-2026-0001]"},
		{"Yth. Pak Budi, setuju", "SETUJU", ""},
		{"Setuju, mohon dikoordinasikan dengan Sdr. Joko Susilo", "SETUJU", "mohon dikoordinasikan dengan Sdr. Joko Susilo"},
		{"Setuju.\nMohon Kabid tindak lanjuti, jangan sampai terlambat.", "SETUJU",
			"Mohon Kabid tindak lanjuti, jangan sampai terlambat."},
		{"Acc.\nTerima kasih, mohon maaf baru sempat membalas", "SETUJU", "Terima kasih, mohon maaf baru sempat membalas"},
		{"Instruksikan Joko dan Andi memasang kamera PTZ", "INSTRUKSI", "Joko dan Andi memasang kamera PTZ"},
		{"Peralatan sudah siap", "SIAP", ""},
		{"Siap, peralatan sudah terpasang", "SIAP", "peralatan sudah terpasang"},
		{"Berikut kami sampaikan laporan pelaksanaan", "LAPORAN", "pelaksanaan"},
		{"Mohon dibatalkan", "BATAL", ""},
		{"Permohonan ditolak karena ruangan dipakai", "TOLAK", "karena ruangan dipakai"},
		{"Mau tanya, berapa peserta?", "TANYA", "berapa peserta?"},
		{"Tarik", "TARIK", ""},
		{"Halo, apa kabar?", "", ""},
		{"", "", ""},
	}
	g := testGrammar()
	for _, tt := range tests {
		m := mailparse.Parse(replyWith(tt.body), g)
		var c command.Command
		if m.Command != nil {
			c = *m.Command
		}
		if c.Taken() != tt.word || c.Taken() != "" && c.Note != tt.note {
			t.Errorf("%q: word %q note %q doubt %q, want word %q note %q", tt.body, c.Word, c.Note, c.Doubt, tt.word, tt.note)
		}
	}
}

// TestNoFalseApproval holds sentences with an approving word that approve nothing. None may ever yield a word of kind
// "approve"; the doubt must say why.
func TestNoFalseApproval(t *testing.T) {
	tests := []struct{ body, doubt string }{
		{"Belum setuju", `negation: "belum"`},
		{"Belum disetujui", `negation: "belum"`},
		{"blm disetujui pak", `negation: "belum"`},
		{"Jangan disetujui dulu", `negation: "jangan"`},
		{"Bukan setuju", `negation: "bukan"`},
		{"Kurang setuju", `negation: "kurang"`},
		{"Setuju asal ruangan tersedia", `condition: "asal"`},
		{"Setuju jika tidak bentrok", `condition: "jika"`},
		{"Setuju apabila anggaran ada.", `condition: "apabila"`},
		{"Setuju kalau jam 10", `condition: "kalau"`},
		{"Setuju klo jam 10", `condition: "kalau"`},
		{"Setuju bila sempat", `condition: "bila"`},
		{"Setuju selama tidak mengganggu", `condition: "selama"`},
		{"Setuju dengan syarat ada operator", `condition: "syarat"`},
		{"Setuju dengan catatan jam digeser", `condition: "catatan"`},
		{"Setuju, tapi jamnya digeser", `condition: "tapi"`},
		{"Setuju\nasal ruangan tersedia", `condition: "asal"`},
		{"Setuju\nAsal ruangan tersedia", `condition: "asal"`},
		{"Setuju.\nAsalkan ada operator.", `condition: "asalkan"`},
		{"Setuju. Kalau ruangannya ada.", `condition: "kalau"`},
		{"Setuju, dilaksanakan di ruang rapat lantai 2 gedung utama kawasan Serpong\nkalau ruang itu kosong.",
			`condition: "kalau"`},
		{"Kalau lengkap, setuju", `condition: "kalau"`},
		{"Setuju?", "question"},
		{"Apakah disetujui?", "question"},
		{"Apa sudah setuju pak", "question"},
		{"Setuju atau tolak?", "question"},
		{"Setuju nanti setelah rapat", `future: "nanti"`},
		{"Akan saya setujui", `future: "akan"`},
		{"Nanti saya setujui", `future: "nanti"`},
		{"Segera disetujui", `future: "segera"`},
		{"SETUJU / TOLAK", `contradiction: "tolak"`},
		{"Setuju untuk ditolak", `contradiction: "ditolak"`},
		{"Setuju ditunda saja", `contradiction: "ditunda"`},
		{"Setuju. Eh, tidak setuju.", `contradiction: "eh"`},
		{"Setuju. Ralat, ditolak.", `contradiction: "ralat"`},
		{"Setuju tidaknya saya kabari", `negation: "tidaknya"`},
		{"Mungkin setuju", `hedge: "mungkin"`},
		{"Pada prinsipnya setuju", `hedge: "prinsipnya"`},
		{"Mohon disetujui", `hedge: "mohon"`},
		{"Tolong disetujui pak", `hedge: "tolong"`},
		{"Permohonan ini menurut saya bagus dan setuju", `position: "setuju"`},
		{"Saya sudah membaca dan setuju", `position: "setuju"`},
		{"\"Setuju\" itu maksudnya begini", "quotation"},
		{"Siap, Pak", `courtesy: "siap pak"`},
		{"siap pak", `courtesy: "siap pak"`},
		{"Siap Bu!", `courtesy: "siap bu"`},
		{"Siap, segera kami kerjakan", `courtesy: "siap, segera"`},
		{"Siap. Segera kami kerjakan.", `courtesy: "siap … segera"`},
		{"siap bos", `courtesy: "siap bos"`},
		{"Siap. Kamera belum datang.", `negation: "belum"`},
		{"Siap membantu", `courtesy: "siap … membantu"`},
		{"Siap kami tindaklanjuti", `courtesy: "siap … kami"`},
		{"Siap laksanakan instruksi Bapak", `courtesy: "siap laksanakan"`},
		{"Siap Pak disetujui", `courtesy: "siap pak"`},
		{"Instruksi Bapak sudah kami terima", `contradiction: "terima"`},
		{"Disposisi sudah diterima, terima kasih", `contradiction: "diterima"`},
		{"Setuju\nTidak", `negation: "tidak"`},
		{"Setuju.\n\nBelum.", `negation: "belum"`},
		{"Setuju\n1) asal ruangan tersedia", `condition: "asal"`},
		{"Setuju\n1. asal ruangan tersedia", `condition: "asal"`},
		{"Setuju. Akan tetapi jamnya digeser.", `future: "akan"`},
		{"Setuju\nCatatan: jika ruangan ada", `condition: "catatan"`},
		{"Setuju sementara", `hedge: "sementara"`},
		{"Approved subject to budget", `condition: "subject"`},
		{"Not approved", `negation: "tidak"`},
		{"Setuju, " + strings.Repeat("dan ", 300) + "tidak", "length"},
		{"Batal setuju", `contradiction: "setuju"`},
		{"Setuju. Maaf, salah kirim.", `contradiction: "maaf"`},
		{"Setuju. Mohon abaikan email ini.", `contradiction: "abaikan"`},
		{"Setuju. Jangan diproses dulu.", `negation: "jangan"`},
		{"Setuju. Mohon ditahan sampai saya kabari.", `contradiction: "ditahan"`},
		{"Setuju diundur", `contradiction: "diundur"`},
		{"Setuju minggu depan", `future: "depan"`},
		{"Setuju tanggal 16 Desember", `unknown: "tanggal"`},
		{"Setuju, tahan dulu", `contradiction: "tahan"`},
		{"Setuju sebagian", `hedge: "sebagian"`},
		{"Setuju 50%", `sign: "%"`},
		{"Setuju begitu ruangan siap", `unknown: "begitu"`},
		{"acc kl sdh lengkap", `condition: "kalau"`},
		{"acc stlh lengkap", `condition: "setelah"`},
		{"Setuju g jadi", `negation: "tidak"`},
		{"Approved in principle", `unknown: "in"`},
		{"Acc-nya mana", "question"},
		{"Setuju: ( )", `position: "setuju"`},
		{"Approved by: ________", `hedge: "by"`},
		{"Disetujui oleh:\nTanggal:\nParaf:", `hedge: "oleh"`},
		{"Menyetujui,\n\n(……………)\nKepala PPIKSN", `position: "menyetujui"`},
		{"Bapak: setuju", `position: "setuju"`},
		{"Setuju, tid\u0430k jadi", "script"},
		{"Laporan menyusul", `future: "menyusul"`},
		{"Laporan belum ada", `future: "belum"`},
		{"Batal, eh jangan", `contradiction: "eh"`},
		{"Batal tidak ya", `contradiction: "tidak"`},
		{"Belum siap", `negation: "belum"`},
		{"Siap jika listrik menyala", `condition: "jika"`},
		{"Tidak siap", `negation: "tidak"`},
		{"Laporan belum selesai", `future: "belum"`},
		{"Tolak?", "question"},
		{"Jangan dibatalkan", `negation: "jangan"`},
		{"Setuju 50:50", `unknown: "50"`},
		{"Setuju nek lengkap", `unknown: "nek"`},
		{"Setuju asl lengkap", `condition: "asal"`},
		{"Setuju hari pertama saja", `unknown: "hari"`},
		{"Setuju ruangannya diganti", `contradiction: "diganti"`},
		{"Setuju [v]", `sign: "["`},
		{"Setuju \U0001F44E", `sign: "👎"`},
		{"☐ Setuju", `sign: "☐"`},
		{"Setuju. \U0001F44E", `sign: "👎"`},
		{"Setuju VC-2026-0009", `unknown: "2026"`},
		{"Disetujui Kabid", `agent: "kabid"`},
		{"Disetujui Pak Budi", `agent: "pak"`},
		{"Permohonan sudah disetujui", `position: "disetujui"`},
		{"ACC. No rekening 123", `negation: "tidak"`},
		{"Teruskan saja ke bidang lain", `unknown: "saja"`},
		{"Bersama ini kami teruskan permohonan dari Bapak Candra", `position: "teruskan"`},
		{"Instruksi Bapak kami laksanakan", `position: "instruksi"`},
		{"Disposisi Pak Kabid sudah ada", `position: "disposisi"`},
		{"Laporan in progress", `unknown: "in"`},
		{"Laporan sudah saya kirim kemarin", `unknown: "sudah"`},
		{"Tolak ukurnya apa", `unknown: "ukurnya"`},
		{"Tolak. Ralat: setuju.", `contradiction: "ralat"`},
		{"Tolak\n\nMaaf, maksud saya setuju", `contradiction: "maksud"`},
		{"Batal makan siang", `unknown: "makan"`},
		{"Rejected by spam filter", `unknown: "by"`},
		{"Ditolak oleh sistem", `unknown: "oleh"`},
		{"Ditolak Kabid", `agent: "kabid"`},
		{"Tarik kabel ke ruang 71", `unknown: "kabel"`},
		{"Kembalikan dulu atau tidak ya", `contradiction: "atau"`},
	}
	g := testGrammar()
	kind := map[string]string{}
	for _, w := range testWords {
		kind[w.ID] = w.Kind
	}
	for _, tt := range tests {
		m := mailparse.Parse(replyWith(tt.body), g)
		switch {
		case m.Command == nil:
			t.Errorf("%q: no command, want doubt %s", tt.body, tt.doubt)
		case m.Command.Taken() != "":
			t.Errorf("%q: FALSE COMMAND %s", tt.body, m.Command.Taken())
		case m.Command.Doubt.String() != tt.doubt:
			t.Errorf("%q: doubt %s, want %s", tt.body, m.Command.Doubt, tt.doubt)
		}
	}
}

// TestNeverACommand holds texts in which no word may be found at all, whatever the doubt.
func TestNeverACommand(t *testing.T) {
	for _, body := range []string{
		"Terima kasih",
		"Terima kasih banyak Pak atas persetujuannya",
		"Tidak ada kendala",
		"> SETUJU",
		"Pada Kam, 12 Jul 2018 pukul 09.00 Ani <ani@batan.go.id> menulis:\n> SETUJU",
		"-----Pesan Asli-----\nDari: Ani\nSETUJU",
		"Dari: Ani <ani@batan.go.id>\nDikirim: Kamis\nKepada: x\nPerihal: y\n\nSETUJU",
		"-- \nSETUJU",
		"Dikirim dari iPhone saya\n\nSETUJU",
		"Setuju berarti permohonan diteruskan ke Kepala Bidang PJKKD.",
		"Balas surat ini dengan salah satu kata berikut pada baris pertama.",
		"Persetujuan akan saya sampaikan.",
		"Mohon persetujuan Bapak.",
	} {
		m := mailparse.Parse(replyWith(body), testGrammar())
		if m.Command != nil && m.Command.Taken() != "" {
			t.Errorf("%q: word %s", body, m.Command.Taken())
		}
	}
}

// TestPageMustAgree: what is struck out in the page is plain in the text.
func TestPageMustAgree(t *testing.T) {
	both := func(text, page string) *command.Command {
		return mailparse.Parse([]byte("From: ka@batan.go.id\nSubject: Re: [VC-2026-0001]\nContent-Type: "+
			"multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n"+text+
			"\n--b\nContent-Type: text/html\n\n"+page+"\n--b--\n"), testGrammar()).Command
	}
	for _, tt := range []struct{ text, page, word, doubt string }{
		{"Setuju", "<p>Setuju</p>", "SETUJU", ""},
		{"Setuju saya pelajari dulu", "<p><s>Setuju</s> saya pelajari dulu</p>", "", "difference"},
		{"Setuju saya tolak", "<p><span style='text-decoration: line-through'>Setuju</span> saya tolak</p>", "",
			"difference"},
		{"Setuju", "<p>PERHATIAN: surat dari luar kantor</p><p>Setuju</p>", "SETUJU", ""},
		{"Setuju", "<p>Setuju asal lengkap</p>", "", `condition: "asal"`},
		{"Setuju", "", "SETUJU", ""},
	} {
		c := both(tt.text, tt.page)
		if c.Taken() != tt.word || tt.doubt != "" && c.Doubt.Code == "" {
			t.Errorf("%q, %q: %+v", tt.text, tt.page, c)
		}
	}
}
