package quote_test

import (
	"fmt"

	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/lexicon"
	"batan.go.id/layanan/mailparse/quote"
	"batan.go.id/layanan/mailparse/text"
)

func ExampleFrame_Fresh() {
	frame := &quote.Frame{
		Label: func(name string) (is, inSignature bool) { return name == "Nama", false },
		Order: func(w lexicon.Word) bool { return w.Text == "setuju" },
	}
	w := &entity.Walker{}
	body := text.NewBody(quote.Introduces)
	body.Gather(w.Mail([]byte("From: ani@batan.go.id\n\nSetuju.\n\nPada Kam, 12 Jul 2018 pukul 09.15 Budi menulis:\n> "+
		"Mohon persetujuan\n")), w)
	fresh := frame.Fresh(body)
	fmt.Println(fresh.Reply())
	for _, c := range fresh.Cuts {
		fmt.Println(c.Line, c.Rule)
	}
	// Output:
	// Setuju.
	// 3 attribution line
	// 4 quote mark
}
