package command_test

import (
	"fmt"

	"batan.go.id/layanan/mailparse/authres"
	"batan.go.id/layanan/mailparse/command"
	"batan.go.id/layanan/mailparse/lexicon"
	"batan.go.id/layanan/mailparse/quote"
	"batan.go.id/layanan/mailparse/text"
)

func ExampleWords_Read() {
	index := command.NewIndex([]command.Word{{ID: "SETUJU", Forms: []string{"disetujui"}, Kind: command.Approve}})
	frame := &quote.Frame{Label: func(string) (bool, bool) { return false, false }, Order: index.Orders}
	words := command.New(index, nil, frame, authres.NewSite("", "", nil), lexicon.Indonesian())
	for _, said := range []string{"Disetujui, mohon segera diproses.", "Setuju asal ruangan tersedia"} {
		c := words.Read(&command.Mail{Fresh: quote.Fresh{Lines: []text.Line{{Text: said}}}})
		fmt.Printf("%q %q %q\n", c.Word, c.Note, c.Doubt)
	}
	// Output:
	// "SETUJU" "mohon segera diproses." ""
	// "SETUJU" "asal ruangan tersedia" "condition: \"asal\""
}
