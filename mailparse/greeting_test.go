package mailparse_test

import (
	"testing"

	"batan.go.id/layanan/mailparse"
)

// TestGreetings: a command below a greeting of any kind is found, and what only begins like a greeting is read.
func TestGreetings(t *testing.T) {
	for _, greeting := range []string{
		"Selamat pagi Pak Budi, semoga sehat selalu.\n\n", "Assalamu'alaikum Wr. Wb.\nYth. Bapak Kepala\ndi Tempat\n\n",
		"Assalamu’alaikum warahmatullahi wabarakatuh,\n\n",
		"Dear Bapak/Ibu,\n", "Bapak/Ibu Yth,\n", "Bapak Budi yth.\n\n", "Kepada Yth.\nBapak Kepala PPIKSN\nBATAN\n\n",
		"Kepada Yth.:\nTim Layanan BATANnet\nSerpong\n\nDengan hormat,\n",
		"Yth. Tim Layanan BATANnet\nPPIKSN - BATAN\n", "Selamat siang, Bapak/Ibu.\n", "Pagi Pak,\n", "Pagi semua\n",
		"Met pagi,\n", "Salam sejahtera bagi kita semua,\n", "Om Swastiastu\n", "Halo Tim,\n",
		"Pak Agus,\n", "Bu Ani,\n\n", "Rekan-rekan Yth.,\n", "Rekan2 layanan ysh,\n",
		"Tim Layanan BATANnet yang terhormat,\n\n", "Dh,\n", "Dear Sir/Madam,\n\n", "Waalaikumsalam wr wb\n",
		"Wa'alaikumussalam warahmatullah\n",
		"السلام عليكم\n", "Bismillahirrahmanirrahim\n", "Sugeng enjang,\n", "Kepada: Layanan BATANnet\n",
		"Yth. Bapak,\nSelamat pagi.\nSalam sehat,\n\n", "Selamat pagi Pak, ", "Baik Pak, ",
	} {
		if m := mailparse.Parse(replyWith(greeting+"Setuju."), testGrammar()); m.Command == nil ||
			m.Command.Taken() != "SETUJU" {
			t.Errorf("%q: %+v", greeting, m.Command)
		}
	}
	for _, body := range []string{
		"Yth. Bapak, permohonan ini tidak dapat\nSetuju", "Kepada Yth. Kepala, kami belum\nsetuju",
		"Yth. Bapak\nKami menolak\ndi tempat\nSetuju", "Pak Agus tidak,\nSetuju",
		"Kepada Yth.\nKepala Biro Menolak\n\nSetuju",
		"Selamat pagi, apakah\nsetuju", "Bapak Kepala belum,\nsetuju", "Tim Audit menolak yth.\nSetuju",
		"Halo, jangan\nsetuju",
	} {
		if m := mailparse.Parse(replyWith(body), testGrammar()); m.Command != nil && m.Command.Taken() == "SETUJU" {
			t.Errorf("%q: %+v", body, m.Command)
		}
	}
}
