package form_test

import (
	"fmt"
	"time"

	"batan.go.id/layanan/mailparse/form"
	"batan.go.id/layanan/mailparse/text"
)

func ExampleLabels_Read() {
	labels := form.New([]form.Field{
		{ID: "acara", Label: "Acara", Type: "text", Means: form.MeansEvent, Required: true},
		{ID: "hari", Label: "Hari", Type: "date", Means: form.MeansDate, Required: true},
	}, "layanan@kantor.go.id", time.UTC)
	r := labels.Read(map[string]string{"acara": "Rapat anggaran", "hari": "31 November 2026"}, nil)
	fmt.Println(r.Form.Text("acara"), r.Missing, r.Reasons["hari"].Code)
	// Output: Rapat anggaran [hari] no-such-day
}

func ExampleReader() {
	labels := form.New([]form.Field{{ID: "nama", Label: "Nama", Type: "text"}, {ID: "nip", Label: "NIP", Type: "nip"}},
		"", time.UTC)
	r := form.NewReader(labels)
	r.Read([]text.Line{{Text: "Nama\t: Ani Lestari"}, {Text: "NIP 19850217 201012 2 003"}})
	fmt.Println(r.Result(nil).Form.Text("nama"), r.Result(nil).Form.Text("nip"))
	// Output: Ani Lestari 198502172010122003
}
