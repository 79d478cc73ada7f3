package mailparse_test

import (
	"strings"
	"testing"

	"batan.go.id/layanan/mailparse"
	"pgregory.net/rapid"
)

// TestApprovalNeedsAClearYes builds approving sentences and puts one thing in them that takes the clarity away. None
// may come out as a word; the same sentence without it must.
func TestApprovalNeedsAClearYes(t *testing.T) {
	starts := []string{"Setuju", "SETUJU", "Disetujui", "Ya, setuju", "Baik Pak, disetujui", "Kami setujui", "Oke, acc",
		"*Setuju*", "Dengan ini disetujui", "Disposisikan", "Teruskan", "Instruksikan"}
	tails := []string{"", " permohonan tersebut", " untuk dilaksanakan di ruang rapat", ", silakan dilanjutkan",
		" sesuai jadwal dan agar dikoordinasikan dengan kawasan Serpong"}
	spoilers := []string{
		"tidak", "Tidak", "tdk", "gak", "nggak", "belum", "blm", "jangan", "bukan", "jika", "JIKA", "asal", "asalkan",
		"apabila", "kalau", "kalo", "bila", "selama kosong", "sepanjang lengkap", "kecuali",
		"dengan syarat", "dengan catatan", "tapi", "tetapi", "namun", "minggu depan", "tahun depan", "kapan-kapan",
		"apakah", "bagaimana",
		"ditolak", "tolak", "ditunda", "dibatalkan", "mungkin", "setelah lengkap", "tergantung", "menunggu",
	}
	greetings := []string{"", "Yth. Bapak Kepala,\n\n", "Selamat pagi,\n", "Assalamu'alaikum wr. wb.\n\n"}
	g := testGrammar()
	rapid.Check(t, func(r *rapid.T) {
		greeting := rapid.SampledFrom(greetings).Draw(r, "greeting")
		start := rapid.SampledFrom(starts).Draw(r, "start")
		tail := rapid.SampledFrom(tails).Draw(r, "tail")
		if m := mailparse.Parse(replyWith(greeting+start+tail+".\n"), g); m.Command == nil || m.Command.Taken() == "" {
			r.Fatalf("%q is no command: %+v", start+tail, m.Command)
		}
		spoiled := ""
		if rapid.IntRange(0, 5).Draw(r, "how") == 0 {
			spoiled = start + tail + "?"
		} else {
			words := strings.Fields(tail)
			at := rapid.IntRange(0, len(words)).Draw(r, "at")
			spoiler := rapid.SampledFrom(spoilers).Draw(r, "spoiler")
			sep := rapid.SampledFrom([]string{" ", ", ", "\n", " - ", " ("}).Draw(r, "separator")
			spoiled = strings.TrimSpace(start+" "+strings.Join(words[:at], " ")) + sep +
				strings.TrimSpace(spoiler+" "+strings.Join(words[at:], " "))
		}
		c := mailparse.Parse(replyWith(greeting+spoiled+"\n"), g).Command
		if c == nil || c.Taken() != "" && !c.Hold {
			r.Fatalf("%q: %+v", spoiled, c)
		}
	})
}

// TestQuotesNeverCommand puts command words into every kind of quote below, above and around an answer that holds
// none.
func TestQuotesNeverCommand(t *testing.T) {
	quotes := []string{
		"> SETUJU\n> TOLAK\n",
		"Pada Sen, 5 Jan 2026 pukul 08.00 Layanan <layanan@batan.go.id> menulis:\n> SETUJU\n",
		"Pada Sen, 5 Jan 2026 pukul 08.00 Layanan <\nlayanan@batan.go.id> menulis:\n\nSETUJU\n",
		"On Mon, Jan 5, 2026 at 8:00 AM Layanan <layanan@batan.go.id> wrote:\nSETUJU\n",
		"-----Original Message-----\nFrom: Layanan\n\nSETUJU\n",
		"----- Pesan Asli -----\nSETUJU\n",
		"-------- Pesan Terusan --------\nSETUJU\n",
		"________________________________\nDari: Layanan BATANnet\nDikirim: Senin, 05 Januari 2026 09:55\nKepada: " +
			"Ka\nPerihal: x\n\nSETUJU\n",
		"From: Layanan BATANnet <layanan@batan.go.id>\nSent: Monday, January 5, 2026 9:55 AM\n" +
			"To: Ka\nSubject: x\n\nSETUJU\n",
		"*Dari:* Layanan <layanan@batan.go.id>\n*Kepada:* Ka\n*Subjek:* x\n\nSETUJU\n",
		"-- \nSETUJU\n",
		"Dikirim dari ponsel Samsung saya\n-------- Pesan asli --------\nSETUJU\n",
	}
	g := testGrammar()
	rapid.Check(t, func(r *rapid.T) {
		body := rapid.SampledFrom([]string{"", "\n", "Yth. Layanan,\n\n", "Baik, saya pelajari dulu.\n\n",
			"Selamat pagi\n\n"}).Draw(r, "answer")
		for range rapid.IntRange(1, 3).Draw(r, "quotes") {
			body += rapid.SampledFrom(quotes).Draw(r, "quote") + "\n"
		}
		m := mailparse.Parse(replyWith(body), g)
		if strings.Contains(m.Reply, "SETUJU") || m.Command != nil && m.Command.Taken() != "" {
			r.Fatalf("%q: reply %q, command %+v", body, m.Reply, m.Command)
		}
	})
}

// TestNaturalApprovals holds what heads of office write from their telephones: with a note, a name, a greeting. Each
// is a plain yes.
func TestNaturalApprovals(t *testing.T) {
	for _, body := range []string{
		"SETUJU, mohon dipersiapkan ruang rapat lt. 3", "Setuju. Gunakan ruang rapat utama.",
		"SETUJU\nTolong siapkan kamera tambahan.", "Setuju. Siapkan 2 kamera.", "Setuju. Pastikan koneksi stabil.",
		"Setuju. Harap dilaporkan setelah selesai.", "Setuju. Mohon uji coba H-1.", "Disetujui. Teruskan ke Kabid.",
		"Setuju, dan tolong rekam acaranya", "Setuju. Pak Andi tolong bantu.",
		"Baik, setuju. Mohon dikawal sampai selesai.", "Ok. Setuju.", "Siap.\nSetuju.", "SETUJU - sudah saya cek",
		"Sudah saya baca, setuju", "Maaf baru balas, setuju", "Tidak ada masalah. Setuju.",
		"Setuju. Mohon Kabid PJKKD menugaskan staf.", "Kepada Yth. Sdr. Joko\n\nDisetujui, silakan diproses",
		"Bismillah setuju", "Jawaban: Setuju", "setujuuu", "Setuju mbak Ani", "Setuju :)",
		"SETUJU\n\nDr. Ir. Budi Santoso, M.Sc.\nKepala PPIKSN", "Setuju\nttd\nBudi", "SETUJU\n\nSalam,\nB. Santoso",
		"Dengan ini kami sampaikan bahwa permohonan disetujui", "Setuju, ditindaklanjuti oleh Kabid PJKKD",
		"Setuju. Selamat bekerja.", "Setuju, mohon didahulukan.",
		"SETUJU untuk ditindaklanjuti sesuai ketentuan yang berlaku", "Setuju untuk VC-2026-0001", "I approve",
	} {
		if m := mailparse.Parse(replyWith(body), testGrammar()); m.Command == nil || m.Command.Taken() != "SETUJU" {
			t.Errorf("%q: %+v", body, m.Command)
		}
	}
}

// TestUnknownWordsHold: whatever a word that the reader does not know may mean, it is no part of a plain yes.
func TestUnknownWordsHold(t *testing.T) {
	g := testGrammar()
	rapid.Check(t, func(r *rapid.T) {
		strange := rapid.StringMatching("[bcdfghjklmnpqrstvwxyz]{3,4}[aiueo]{2}[bcdfghjklmnpqrstvwxyz]{2,3}").Draw(r, "word")
		body := rapid.SampledFrom([]string{"Setuju %", "Setuju, %", "% setuju", "Setuju permohonan ini %",
			"Disetujui, mohon % diproses", "Disposisi ke %", "Siap %", "Setuju. %.", "Setuju. Mohon % diproses."}).Draw(r,
			"body")
		body = strings.Replace(body, "%", strange, 1)
		if m := mailparse.Parse(replyWith(body), g); m.Command.Taken() != "" && !m.Command.Hold {
			r.Fatalf("%q: %+v", body, m.Command)
		}
	})
}

// TestTakenBackLater holds approvals that the sentences behind them bind, put off or take back.
func TestTakenBackLater(t *testing.T) {
	for _, body := range []string{
		"Setuju. Gimana?", "Setuju. Ga jadi pak.", "Setuju. Saya sih tidak.", "Setuju. Tidak usah diproses.",
		"Approved. Actually no.", "Setuju. Permohonan ini saya tolak.", "Setuju. Diproses jika lengkap.",
		"Setuju. Ya tapi jamnya digeser.", "Setuju. Sebagian saja.", "Setuju. Hari pertama saja.",
		"Setuju. Untuk VC-2026-0002.", "Setuju. Pindah ke Jumat.", "Setuju. Prosesnya nanti.", "Setuju. Oops.",
		"Setuju. Bercanda.",
		"Setuju. Dalam mimpi.", "Setuju.\nDemikian, mohon tidak diproses.", "Setuju. 𝗧𝗶𝗱𝗮𝗸 jadi.", "Setuju. " +
			strings.Repeat("Mohon diproses. ", 2000), "Setuju. " + strings.Repeat("mohon diproses ", 150) + "batal.",
		"Setuju\n\nBudi\n\nPS: ga jadi", "Setuju\n\nDikirim dari iPhone saya\n\nEh jangan dulu",
		"Setuju\n\nSent from my iPhone\n\nCancel that, tolak", "Setuju. Mohon berkasnya diperbaiki dan dikirim kembali.",
		"Setuju. Saya bicarakan dengan Deputi dan tunggu kabarnya.", "Siap. Jaringan rusak.", "Siap. Masih setting.",
		"Sudah siap. Uji coba gagal.",
		"Setuju\nKENDALA", "Setuju, mohon persetujuan Kepala", "Kami setuju dan mohon arahan Bapak",
		"Setuju diajukan ke pimpinan", "Setuju segera saya sampaikan", "Setuju dengan Pak Budi", "Setuju usul Kabid",
		"Bapak setuju", "Permohonan saya disetujui",
	} {
		if m := mailparse.Parse(replyWith(body), testGrammar()); m.Command != nil && m.Command.Taken() != "" {
			t.Errorf("%.80q: FALSE COMMAND %s", body, m.Command.Taken())
		}
	}
}
