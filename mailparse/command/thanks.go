package command

import (
	"strings"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
)

// thanksWords are what a mail is made of that only thanks, or says that it was read.
var thanksWords = fold.List(`terimakasih banyak atas nya bantuan bantuannya info infonya informasi informasinya kerjasama kerjasamanya perhatian perhatiannya layanan layanannya laporan laporannya
	pak bu bapak ibu mas mbak semua tim admin ya yah baik baiklah oke ok siap noted sama kembali salam dan untuk sudah kami saya terima diterima dengan senang hati sukses mantap thank you very much for your so`)

// OnlyThanks reports whether a text says nothing but thanks, or that it was read.
func OnlyThanks(text string) bool {
	ws := lexicon.Words(text)
	if len(ws) == 0 || len(ws) > 20 || strings.ContainsAny(text, frowns+"?") {
		return false
	}
	thanks := false
	for _, w := range ws {
		if !thanksWords[w.Text] {
			return false
		}
		thanks = thanks || w.Text == "terimakasih" || w.Text == "noted" || w.Text == "baik" || w.Text == "siap" ||
			w.Text == "thank"
	}
	return thanks
}
