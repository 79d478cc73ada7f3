package command

import (
	"fmt"
	"testing"

	"batan.go.id/layanan/mailparse/authres"
	"batan.go.id/layanan/mailparse/lexicon"
)

func TestZZ(t *testing.T) {
	index := NewIndex([]Word{{ID: "SETUJU", Forms: []string{"disetujui"}, Kind: Approve}})
	w := New(index, nil, nil, authres.NewSite("", "", nil), lexicon.Indonesian())
	r := &reader{Words: w, mail: &Mail{}}
	s := "Saya sudah baca berkasnya dan setuju."
	ws := r.tokens(s)
	m := matcher{ws: ws}
	for i := range ws {
		p, n := m.longest(rules().before[""], i)
		fmt.Println(i, ws[i].text, ws[i].class, ws[i].sign, n)
		if p != nil {
			fmt.Println(p.source)
		}
	}
}
