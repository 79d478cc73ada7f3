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
	starts := []string{"Setuju", "SETUJU", "Disetujui", "Ya, setuju", "Baik Pak, disetujui", "Kami setujui", "Oke, acc", "*Setuju*", "Dengan ini disetujui", "Disposisikan", "Teruskan", "Instruksikan"}
	tails := []string{"", " permohonan tersebut", " untuk dilaksanakan di ruang rapat", ", silakan dilanjutkan", " sesuai jadwal dan agar dikoordinasikan dengan kawasan Serpong"}
	spoilers := []string{
		"tidak", "Tidak", "tdk", "gak", "nggak", "belum", "blm", "jangan", "bukan", "jika", "JIKA", "asal", "asalkan", "apabila", "kalau", "kalo", "bila", "selama", "sepanjang", "kecuali",
		"dengan syarat", "dengan catatan", "tapi", "tetapi", "namun", "nanti", "akan", "besok", "apakah", "bagaimana", "ditolak", "tolak", "ditunda", "dibatalkan", "mungkin", "setelah rapat", "tergantung", "menunggu",
	}
	greetings := []string{"", "Yth. Bapak Kepala,\n\n", "Selamat pagi,\n", "Assalamu'alaikum wr. wb.\n\n"}
	g := testGrammar()
	rapid.Check(t, func(r *rapid.T) {
		greeting := rapid.SampledFrom(greetings).Draw(r, "greeting")
		start := rapid.SampledFrom(starts).Draw(r, "start")
		tail := rapid.SampledFrom(tails).Draw(r, "tail")
		if m := mailparse.Parse(replyWith(greeting+start+tail+".\n"), g); m.Command == nil || m.Command.Word == "" {
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
			spoiled = strings.TrimSpace(start+" "+strings.Join(words[:at], " ")) + sep + strings.TrimSpace(spoiler+" "+strings.Join(words[at:], " "))
		}
		if m := mailparse.Parse(replyWith(greeting+spoiled+"\n"), g); m.Command == nil || m.Command.Word != "" {
			r.Fatalf("%q: %+v", spoiled, m.Command)
		}
	})
}

// TestQuotesNeverCommand puts command words into every kind of quote below, above and around an answer that holds none.
func TestQuotesNeverCommand(t *testing.T) {
	quotes := []string{
		"> SETUJU\n> TOLAK\n",
		"Pada Sen, 5 Jan 2026 pukul 08.00 Layanan <layanan@batan.go.id> menulis:\n> SETUJU\n",
		"Pada Sen, 5 Jan 2026 pukul 08.00 Layanan <\nlayanan@batan.go.id> menulis:\n\nSETUJU\n",
		"On Mon, Jan 5, 2026 at 8:00 AM Layanan <layanan@batan.go.id> wrote:\nSETUJU\n",
		"-----Original Message-----\nFrom: Layanan\n\nSETUJU\n",
		"----- Pesan Asli -----\nSETUJU\n",
		"-------- Pesan Terusan --------\nSETUJU\n",
		"________________________________\nDari: Layanan BATANnet\nDikirim: Senin, 05 Januari 2026 09:55\nKepada: Ka\nPerihal: x\n\nSETUJU\n",
		"From: Layanan BATANnet <layanan@batan.go.id>\nSent: Monday, January 5, 2026 9:55 AM\nTo: Ka\nSubject: x\n\nSETUJU\n",
		"*Dari:* Layanan <layanan@batan.go.id>\n*Kepada:* Ka\n*Subjek:* x\n\nSETUJU\n",
		"-- \nSETUJU\n",
		"Dikirim dari ponsel Samsung saya\n-------- Pesan asli --------\nSETUJU\n",
	}
	g := testGrammar()
	rapid.Check(t, func(r *rapid.T) {
		body := rapid.SampledFrom([]string{"", "\n", "Yth. Layanan,\n\n", "Baik, saya pelajari dulu.\n\n", "Selamat pagi\n\n"}).Draw(r, "answer")
		for range rapid.IntRange(1, 3).Draw(r, "quotes") {
			body += rapid.SampledFrom(quotes).Draw(r, "quote") + "\n"
		}
		m := mailparse.Parse(replyWith(body), g)
		if strings.Contains(m.Reply, "SETUJU") || m.Command != nil && m.Command.Word != "" {
			r.Fatalf("%q: reply %q, command %+v", body, m.Reply, m.Command)
		}
	})
}
