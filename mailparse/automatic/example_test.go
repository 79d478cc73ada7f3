package automatic_test

import (
	"fmt"

	"batan.go.id/layanan/mailparse/automatic"
	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/text"
)

func ExampleClassify() {
	w := &entity.Walker{}
	root := w.Mail([]byte("From: ka.ppiksn@batan.go.id\nAuto-Submitted: auto-replied\nSubject: Re: Permohonan\n\nSaya " +
		"sedang cuti.\n"))
	v := automatic.Classify(&automatic.Mail{Root: root, Body: text.NewBody(nil), From: "ka.ppiksn@batan.go.id",
		Subject: "Re: Permohonan"}, "", false)
	fmt.Println(v.Kind, v.Away, v.Why)
	// Output: auto-reply true auto-submitted: "auto-replied"
}
