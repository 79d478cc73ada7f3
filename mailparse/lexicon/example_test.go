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

func ExampleHesitation() {
	fmt.Println(lexicon.Hesitation("asal", true), lexicon.Hesitation("ruangan", true) == lexicon.None)
	// Output: condition true
}
