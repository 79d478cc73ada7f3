package quote_test

import (
	"strings"
	"testing"

	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/lexicon"
	"batan.go.id/layanan/mailparse/quote"
	"batan.go.id/layanan/mailparse/text"
)

// reply is what is new in a mail with that text.
func reply(s string) string {
	frame := &quote.Frame{
		Label: func(string) (is, inSignature bool) { return false, false },
		Order: func(w lexicon.Word) bool { return w.Text == "setuju" },
	}
	w := &entity.Walker{}
	body := text.NewBody(quote.Introduces)
	body.Gather(w.Mail([]byte("From: ani@batan.go.id\n\n"+s)), w)
	fresh := frame.Fresh(body)
	return fresh.Reply()
}

// TestWarnings: what gateways put above a mail is known by its kind; what a person writes of mails is not one.
func TestWarnings(t *testing.T) {
	for s, want := range map[string]bool{
		"This email originated from outside of the organization.":              true,
		"You don't often get email from ani@contoh.id. Learn why":              true,
		"Anda jarang mendapatkan email dari ani@contoh.id.":                    true,
		"PERHATIAN: pengirim tidak dikenal, mohon tidak klik tautan apa pun":   true,
		"Surel ini dikirim dari luar kantor; waspadai tautan dan lampirannya.": true,
		"Jangan klik tautan atau buka lampiran.":                               true,
		"Jangan dari luar kota pak.":                                           false,
		"Email ini berasal dari Bu Ani.":                                       false,
		"Perhatian, besok ada tamu dari kementerian":                           false,
		"Pesan ini untuk Pak Agus.":                                            false,
	} {
		if got := reply(s + "\n\nBaik."); (got == "Baik.") != want {
			t.Errorf("%q: %q", s, got)
		}
	}
}

// TestDisclaimers: in both languages, whatever the wording, over several lines; an order is none.
func TestDisclaimers(t *testing.T) {
	for paragraph, want := range map[string]bool{
		"Isi pesan ini rahasia dan hanya untuk penerima yang dituju":                                            true,
		"Surat elektronik berikut seluruh lampirannya\nditujukan bagi penerima; penyebaran tanpa izin dilarang": true,
		"Confidential: for the addressee of this message only":                                                  true,
		"Disclaimer":                                               true,
		"Bebas virus. www.avast.com":                               true,
		"Scanned by Kaspersky, no viruses detected":                true,
		"Think of the environment before you print":                true,
		"Sebelum mencetak surel ini, ingatlah lingkungan":          true,
		"Undangan dicetak di kertas tebal, dua rangkap":            false,
		"Rapat ini rahasia, pintu ditutup":                         false,
		"Setuju, pesan ini rahasia, hanya untuk penerima undangan": false,
		"Lampiran sudah saya baca":                                 false,
	} {
		got := reply("Baik.\n\n" + paragraph + "\n\nTerima kasih")
		if (strings.Join(strings.Fields(got), " ") == "Baik. Terima kasih") != want {
			t.Errorf("%q: %q", paragraph, got)
		}
	}
}
