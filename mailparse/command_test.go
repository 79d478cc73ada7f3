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
		{"Berikut kami sampaikan laporan pelaksanaan: lancar", "LAPORAN", "pelaksanaan: lancar"},
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
// "approve".
func TestNoFalseApproval(t *testing.T) {
	tests := []string{
		"Belum setuju",
		"Belum disetujui",
		"blm disetujui pak",
		"Jangan disetujui dulu",
		"Bukan setuju",
		"Kurang setuju",
		"Setuju asal ruangan tersedia",
		"Setuju jika tidak bentrok",
		"Setuju apabila anggaran ada.",
		"Setuju kalau jam 10",
		"Setuju klo jam 10",
		"Setuju bila sempat",
		"Setuju selama tidak mengganggu",
		"Setuju dengan syarat ada operator",
		"Setuju dengan catatan jam digeser",
		"Setuju, tapi jamnya digeser",
		"Setuju\nasal ruangan tersedia",
		"Setuju\nAsal ruangan tersedia",
		"Setuju.\nAsalkan ada operator.",
		"Setuju. Kalau ruangannya ada.",
		"Setuju, dilaksanakan di ruang rapat lantai 2 gedung utama kawasan Serpong\nkalau ruang itu kosong.",
		"Kalau lengkap, setuju",
		"Setuju?",
		"Apakah disetujui?",
		"Apa sudah setuju pak",
		"Setuju atau tolak?",
		"Setuju nanti setelah rapat",
		"Akan saya setujui",
		"Nanti saya setujui",
		"Segera disetujui",
		"SETUJU / TOLAK",
		"Setuju untuk ditolak",
		"Setuju ditunda saja",
		"Setuju. Eh, tidak setuju.",
		"Setuju. Ralat, ditolak.",
		"Setuju tidaknya saya kabari",
		"Mungkin setuju",
		"Pada prinsipnya setuju",
		"Mohon disetujui",
		"Tolong disetujui pak",
		"Permohonan ini menurut saya bagus dan setuju",
		"\"Setuju\" itu maksudnya begini",
		"Siap, Pak",
		"siap pak",
		"Siap Bu!",
		"Siap, segera kami kerjakan",
		"Siap. Segera kami kerjakan.",
		"siap bos",
		"Siap. Kamera belum datang.",
		"Siap membantu",
		"Siap kami tindaklanjuti",
		"Siap laksanakan instruksi Bapak",
		"Siap Pak disetujui",
		"Instruksi Bapak sudah kami terima",
		"Disposisi sudah diterima, terima kasih",
		"Setuju\nTidak",
		"Setuju.\n\nBelum.",
		"Setuju\n1) asal ruangan tersedia",
		"Setuju\n1. asal ruangan tersedia",
		"Setuju. Akan tetapi jamnya digeser.",
		"Setuju\nCatatan: jika ruangan ada",
		"Setuju sementara",
		"Approved subject to budget",
		"Not approved",
		"Setuju, " + strings.Repeat("dan ", 300) + "tidak",
		"Batal setuju",
		"Setuju. Maaf, salah kirim.",
		"Setuju. Mohon abaikan email ini.",
		"Setuju. Jangan diproses dulu.",
		"Setuju. Mohon ditahan sampai saya kabari.",
		"Setuju diundur",
		"Setuju minggu depan",
		"Setuju tanggal 16 Desember",
		"Setuju, tahan dulu",
		"Setuju sebagian",
		"Setuju 50%",
		"Setuju begitu ruangan siap",
		"acc kl sdh lengkap",
		"acc stlh lengkap",
		"Setuju g jadi",
		"Approved in principle",
		"Acc-nya mana",
		"Setuju: ( )",
		"Approved by: ________",
		"Disetujui oleh:\nTanggal:\nParaf:",
		"Menyetujui,\n\n(……………)\nKepala PPIKSN",
		"Bapak: setuju",
		"Setuju, tid\u0430k jadi",
		"Laporan menyusul",
		"Laporan belum ada",
		"Batal, eh jangan",
		"Batal tidak ya",
		"Belum siap",
		"Siap jika listrik menyala",
		"Tidak siap",
		"Laporan belum selesai",
		"Tolak?",
		"Jangan dibatalkan",
		"Setuju 50:50",
		"Setuju nek lengkap",
		"Setuju asl lengkap",
		"Setuju hari pertama saja",
		"Setuju ruangannya diganti",
		"Setuju \U0001F44E",
		"☐ Setuju",
		"Setuju. \U0001F44E",
		"Setuju VC-2026-0009",
		"Disetujui Kabid",
		"Disetujui Pak Budi",
		"ACC. No rekening 123",
		"Teruskan saja ke bidang lain",
		"Bersama ini kami teruskan permohonan dari Bapak Candra",
		"Instruksi Bapak kami laksanakan",
		"Disposisi Pak Kabid sudah ada",
		"Laporan in progress",
		"Laporan sudah saya kirim kemarin",
		"Tolak ukurnya apa",
		"Tolak. Ralat: setuju.",
		"Tolak\n\nMaaf, maksud saya setuju",
		"Batal makan siang",
		"Rejected by spam filter",
		"Ditolak oleh sistem",
		"Ditolak Kabid",
		"Tarik kabel ke ruang 71",
		"Kembalikan dulu atau tidak ya",
	}
	g := testGrammar()
	for _, body := range tests {
		m := mailparse.Parse(replyWith(body), g)
		switch {
		case m.Command == nil:
			t.Errorf("%q: no command, want a doubt", body)
		case m.Command.Taken() != "":
			t.Errorf("%q: FALSE COMMAND %s", body, m.Command.Taken())
		}
	}
}

// TestAttachedReport: a report says how it went, or brings the file that does; a logo does not.
func TestAttachedReport(t *testing.T) {
	g := testGrammar()
	for disposition, want := range map[string]string{"attachment": "LAPORAN", "inline": ""} {
		raw := "From: Eko <eko@batan.go.id>\nTo: layanan_batannet@batan.go.id\nSubject: Re: [VC-2026-0001] Laporan\n" +
			"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nLaporan VC\n" +
			"--b\nContent-Type: image/jpeg; name=a.jpg\nContent-Disposition: " + disposition + "; filename=a.jpg\n\nx\n--b--\n"
		if c := mailparse.Parse([]byte(raw), g).Command; c.Taken() != want {
			t.Errorf("%s: %s, want %q", disposition, c.Reading(), want)
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
