package authres_test

import (
	"fmt"

	"batan.go.id/layanan/mailparse/authres"
	"batan.go.id/layanan/mailparse/entity"
)

func ExampleSite_Auth() {
	site := authres.NewSite("layanan@batan.go.id", "mx.batan.go.id", []string{"VC"})
	h, _, _ := entity.SplitHeader(
		[]byte("Authentication-Results: mx.batan.go.id; dmarc=pass header.from=batan.go.id\n\n"))
	fmt.Println(site.Auth(h, "ani@batan.go.id").Proof)
	// Output: dmarc=pass mx.batan.go.id
}

func ExampleSite_Bracketed() {
	site := authres.NewSite("layanan@batan.go.id", "", []string{"VC"})
	fmt.Println(site.Bracketed("Re: [VC-2026-0001] Permohonan"))
	// Output: VC-2026-0001
}
