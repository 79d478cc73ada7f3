package text_test

import (
	"fmt"

	"batan.go.id/layanan/mailparse/text"
)

func ExamplePage() {
	const page = "<table><tr><td>Nama</td><td>: Ani</td></tr></table><p>Setuju<del> asal lengkap</del></p>"
	for _, l := range text.Page(page, nil) {
		if l.Text != "" {
			fmt.Printf("%q struck=%v\n", l.Text, l.Struck)
		}
	}
	// Output:
	// "Nama\t: Ani" struck=false
	// "Setuju" struck=true
}

func ExamplePlain() {
	lines := text.Plain("Kami setuju \nuntuk dilanjutkan.\n", map[string]string{"format": "flowed"})
	fmt.Println(lines[0].Text)
	// Output: Kami setuju untuk dilanjutkan.
}
