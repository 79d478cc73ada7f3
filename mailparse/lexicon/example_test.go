package lexicon_test

import (
	"fmt"

	"batan.go.id/layanan/mailparse/lexicon"
)

func ExampleWords() {
	for _, w := range lexicon.Words("Blm setujuuu, trims") {
		fmt.Println(w.Text, w.Parted)
	}
	// Output:
	// belum false
	// setuju false
	// terimakasih true
}

func ExampleLanguage_Class() {
	l := lexicon.Indonesian()
	fmt.Println(l.Class("asal").Mark(), l.Class("berasal").Mark() == "", l.Class("dipasangkan")&lexicon.Task != 0)
	// Output: condition true true
}
