package fold_test

import (
	"fmt"

	"batan.go.id/layanan/mailparse/fold"
)

func ExampleWords() {
	fmt.Println(fold.Words("  Disetujui,\u00a0Bu!"))
	// Output: disetujui bu
}

func ExampleKey() {
	fmt.Println(fold.Key("N.I.P."), fold.Key("Unit / Kerja"))
	// Output: nip unitkerja
}

func ExamplePhrases() {
	device := fold.NewPhrases("sent from my", "dikirim dari")
	phrase, _ := device.Begin("Dikirim dari iPhone saya")
	fmt.Println(phrase)
	// Output: dikirim dari
}
