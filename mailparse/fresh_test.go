package mailparse_test

import (
	"strings"
	"testing"

	"batan.go.id/layanan/mailparse"
	"batan.go.id/layanan/mailparse/quote"
	"github.com/google/go-cmp/cmp"
)

const signed = "\n\nHormat kami,\n\nDr. Budi Santoso, M.Si.\nNIP. 19700101 199503 1 001\nKepala PPIKSN\nGedung 71 " +
	"Lt. 2, Kawasan Puspiptek Serpong\nTelp. (021) 756-0562 ext. 123"

// TestFooters: what programs, servers and habit put around an answer is no part of it.
func TestFooters(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"office signature", "Baik." + signed, "Baik."},
		{"office signature below thanks",
			"Baik.\n\nTerima kasih.\n\nBudi Santoso\nNIP 197001011995031001\nKepala Bidang PJKKD", "Baik.\n\nTerima kasih."},
		{"office signature below nothing", "Baik.\n\nBudi Santoso\nNIP 197001011995031001", "Baik."},
		{"closed in another language", "Baik.\n\nMet vriendelijke groet,\n\nBudi Santoso", "Baik."},
		{"a name alone", "Baik.\n\nSalam,\nBudi", "Baik.\n\nSalam,\nBudi"},
		{"thanks in the middle", "Terima kasih.\n\nRapat kami mulai pukul 09.00 di Gedung 71, mohon disiapkan.",
			"Terima kasih.\n\nRapat kami mulai pukul 09.00 di Gedung 71, mohon disiapkan."},
		{"thanks above a list", "Terima kasih.\n\nPeserta\n1. Kepala Biro Umum\n2. Kepala Bidang PJKKD datang pukul 10",
			"Terima kasih.\n\nPeserta\n1. Kepala Biro Umum\n2. Kepala Bidang PJKKD datang pukul 10"},
		{"a refusal below thanks", "Baik.\n\nTerima kasih\nBudi Santoso\nKepala Bidang tidak setuju",
			"Baik.\n\nTerima kasih\nBudi Santoso\nKepala Bidang tidak setuju"},
		{"the form below thanks", "Terima kasih.\n\nBudi Santoso\nUnit Kerja: Biro Umum\nTelp. 0217560562",
			"Terima kasih.\n\nBudi Santoso\nUnit Kerja: Biro Umum\nTelp. 0217560562"},
		{"telephone of Indonesia", "Baik.\n\nDikirim dari ponsel cerdas Samsung Galaxy saya.", "Baik."},
		{"Yahoo on a telephone", "Baik.\n\nTerkirim dari Yahoo Mail di Android", "Baik."},
		{"Xiaomi", "Baik.\n\nDikirim dari Xiaomi saya", "Baik."},
		{"Oppo, English", "Baik.\n\nSent from my OPPO phone", "Baik."},
		{"Huawei", "Baik.\n\nDikirim dari ponsel Huawei saya", "Baik."},
		{"by a program", "Baik.\n\nDikirim menggunakan aplikasi BlueMail", "Baik."},
		{"not by a program", "Undangan:\nDikirim melalui kurir besok pagi.", "Undangan:\nDikirim melalui kurir besok pagi."},
		{"a telephone is spoken of", "iPhone saya rusak.\nOutlook di Android juga.",
			"iPhone saya rusak.\nOutlook di Android juga."},
		{"disclaimer", "Baik.\n\nEmail ini beserta lampirannya bersifat rahasia dan hanya ditujukan\nbagi penerima.",
			"Baik."},
		{"English disclaimer", "Baik.\n\nThis e-mail and any attachments are confidential.", "Baik."},
		{"virus scanner", "Baik.\n\nBebas virus. www.avast.com", "Baik."},
		{"banner", "CAUTION: This email originated from outside the organization. Do not click links or open\nattachments " +
			"unless you recognize the sender.\n\nBaik.", "Baik."},
		{"banner of one word", "[EKSTERNAL]\n\nBaik.", "Baik."},
		{"safety tip", "Anda tidak sering menerima email dari budi@contoh.id. Pelajari mengapa ini penting\n\nBaik.",
			"Baik."},
		{"two banners", "*** EXTERNAL ***\n\nPeringatan: pesan ini berasal dari luar.\n\nBaik.", "Baik."},
		{"a warning is meant", "Perhatian: rapat mulai pukul 09.00.", "Perhatian: rapat mulai pukul 09.00."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			answered(t, tt.name, "plain", tt.body, tt.want)
			answered(t, tt.name, "plain", tt.body+"\n\nPada Kam, 12 Jul 2018 Ani <ani@batan.go.id> menulis:\n> "+oldWords,
				tt.want)
		})
	}
}

// TestQuoteEnds: prose that looks like the line above a quote is the writer's own, and odd quotes are not.
func TestQuoteEnds(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"in principle", "Pada prinsipnya 20 orang, ruang 71:\n- kamera\n- mikrofon",
			"Pada prinsipnya 20 orang, ruang 71:\n- kamera\n- mikrofon"},
		{"the writer wrote", "Pada tanggal 12 Juli 2018 kami menulis:\nruang 71, bukan 72.",
			"Pada tanggal 12 Juli 2018 kami menulis:\nruang 71, bukan 72."},
		{"the writer sent", "Pada 12 Juli 2018 pukul 09.00 surat kami kirim. Isinya:\nruang 71.",
			"Pada 12 Juli 2018 pukul 09.00 surat kami kirim. Isinya:\nruang 71."},
		{"an address and a list", "Mohon kirim ke ani@batan.go.id sebelum 12 Juli 2018 pukul 09.00:\n- daftar hadir",
			"Mohon kirim ke ani@batan.go.id sebelum 12 Juli 2018 pukul 09.00:\n- daftar hadir"},
		{"a field alone above a header",
			"Tanggal: 12 Juli 2018 pukul 09.00\n\nDari: Ani\nDikirim: 11 Juli 2018 09.15\nKepada: Budi\n\n" + oldWords,
			"Tanggal: 12 Juli 2018 pukul 09.00"},
		{"points of a meeting", "Perihal: rapat\nHari: Kamis\nRuang: 71", "Perihal: rapat\nHari: Kamis\nRuang: 71"},
		{"answer at the line above", "Baik\nPada 12 Jul 2018 09.15, \"Ani\" <ani@batan.go.id> menulis:\n\n> " + oldWords,
			"Baik"},
		{"answer on the same line", "Baik Pada Kam, 12 Jul 2018 09.15 Ani <ani@batan.go.id> menulis:\n" + oldWords, "Baik"},
		{"line in no language", "Baik.\n\nZum 12 Jul 2018 wum 09:15, Ani Wijaya <ani@batan.go.id> bum:\n\n" + oldWords,
			"Baik."},
		{"header in no language",
			"Baik.\n\nZum: Ani Wijaya <ani@batan.go.id>\nWum: 12 Jul 2018 09:15\nBum: Budi Santoso\n\n" + oldWords, "Baik."},
		{"title in no language", "Baik.\n\n-------- Zum bum --------\nWum: Ani <ani@batan.go.id>\n\n" + oldWords, "Baik."},
		{"GroupWise", "Baik.\n\n>>> Ani Wijaya <ani@batan.go.id> 12/07/2018 09:15 >>>\n" + oldWords, "Baik."},
		{"Lotus Notes", "Baik.\n\nFrom:\tAni Wijaya/PPIKSN/BATAN\nTo:\tBudi Santoso/PPIKSN/BATAN@BATAN\nDate:\t07/12/2018 " +
			"09:15 AM\nSubject:\tPermohonan\n\n" + oldWords, "Baik."},
		{"Yahoo of old", "Baik.\n\n--- Pada Kam, 12/7/18, Ani Wijaya <ani@batan.go.id> menulis:\n\nDari: Ani\n" + oldWords,
			"Baik."},
		{"mark lost within an attribution",
			"Baik.\n\n> Pada Kam, 12 Jul 2018 pukul 09.15 Ani Wijaya\n<ani@batan.go.id> menulis:\n> " + oldWords, "Baik."},
		{"questions answered",
			"Pada 12/07/18 09.15, Ani menulis:\n> Berapa orang?\nSepuluh.\n\n> Di mana?\nRuang 71.\n\n-- \nBudi",
			"Sepuluh.\n\nRuang 71."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { answered(t, tt.name, "plain", tt.body, tt.want) })
	}
}

// TestCuts: each cut says its rule and where it begins.
func TestCuts(t *testing.T) {
	body := "\n[EKSTERNAL]\n\nYth. Bapak,\nBaik.\nDikirim dari iPhone saya\n\nPada Kam, 12 Jul 2018 Ani <a@b.id> " +
		"menulis:\n> satu\n> dua\n\nSepuluh." + signed
	want := []quote.Cut{
		{Rule: quote.RuleBanner, Line: 1, Text: "[EKSTERNAL]"},
		{Rule: quote.RuleGreeting, Line: 3, Text: "Yth. Bapak,"},
		{Rule: quote.RuleDevice, Line: 5, Text: "Dikirim dari iPhone saya"},
		{Rule: quote.RuleAttribution, Line: 7, Text: "Pada Kam, 12 Jul 2018 Ani <a@b.id> menulis:"},
		{Rule: quote.RuleMark, Line: 8, Text: "> satu"},
		{Rule: quote.RuleFoot, Line: 11, Text: "Sepuluh."},
		{Rule: quote.RuleClosing + "hormat kami", Line: 13, Text: "Hormat kami,"},
	}
	m := mailparse.Parse(replyWith(body), testGrammar())
	if d := cmp.Diff(want, m.Cuts); d != "" {
		t.Error(d)
	}
	for _, c := range m.Cuts {
		if got := strings.Split(m.Text, "\n")[c.Line-1]; got != c.Text {
			t.Errorf("line %d is %q, not %q", c.Line, got, c.Text)
		}
	}
	m = mailparse.Parse(replyPage("<p>Baik.</p><blockquote type=cite>satu<br>dua</blockquote><p>tiga</p><div "+
		"id=divRplyFwdMsg>empat</div>"), testGrammar())
	if d := cmp.Diff([]quote.Cut{{Rule: "blockquote", Line: 3, Text: "satu"},
		{Rule: "divrplyfwdmsg", Line: 8, Text: "empat"}}, m.Cuts); d != "" {
		t.Errorf("%s in %q", d, m.Text)
	}
	for body, rule := range map[string]string{
		"Baik.\n-- \nBudi":                    quote.RuleSignature,
		"Baik.\n\n-Budi":                      quote.RuleName,
		"Baik.\n\nDISCLAIMER: rahasia":        quote.RuleDisclaimer,
		"Baik.\n\n-----Pesan Asli-----\nsatu": quote.RuleSeparator,
		"Baik.\n\nDari: Ani\nDikirim: 12 Juli 2018 09.15\nKepada: Budi": quote.RuleHeader,
	} {
		if m := mailparse.Parse(replyWith(body), testGrammar()); len(m.Cuts) != 1 || m.Cuts[0].Rule != rule {
			t.Errorf("%q: %v, want %s", body, m.Cuts, rule)
		}
	}
}
