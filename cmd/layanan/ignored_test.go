package main

import (
	"testing"

	"batan.go.id/layanan/mailparse"
	"batan.go.id/layanan/mailparse/quote"
	"github.com/google/go-cmp/cmp"
)

func TestPieces(t *testing.T) {
	const body = "Yth. Bapak,\n\nSetuju.\n\nPada Senin Ani menulis:\n> satu\n> dua\n\nDan ini.\n-- \nYusi\nKepala\n"
	for _, tt := range []struct {
		name, text, reply string
		cuts              []quote.Cut
		want              []piece
	}{
		{"all is new", "Setuju.\n", "Setuju.", nil, nil},
		{"no rule is known", body, "Yth. Bapak,\n\nSetuju.\n\nDan ini.", nil,
			[]piece{{3, "", "Pada Senin Ani menulis:"}, {3, "", "-- "}}},
		{"rules", body, "Yth. Bapak,\n\nSetuju.\n\nDan ini.",
			[]quote.Cut{{Rule: "signature", Line: 10, Text: "--"}, {Rule: "greeting", Line: 1, Text: "Yth. Bapak,"},
				{Rule: "attribution line", Line: 5, Text: "Pada Senin"}, {Rule: "quote mark", Line: 6, Text: "> satu"}},
			[]piece{{1, "greeting", "Yth. Bapak,"}, {1, "attribution line", "Pada Senin"}, {2, "quote mark", "> satu"},
				{3, "signature", "--"}}},
		{"the page shows it", "Setuju.\n", "Setuju.", []quote.Cut{{Rule: "gmail_quote", Text: "Pada"}},
			[]piece{{0, "gmail_quote", "Pada"}}},
		{"the new text is the page's", "Setuju dong\n> x\n", "Setuju",
			[]quote.Cut{{Rule: "quote mark", Line: 2, Text: "> x"}}, []piece{{1, "quote mark", "> x"}}},
		{"a line beyond the text", "Setuju.\n", "Setuju.", []quote.Cut{{Rule: "x", Line: 99}}, nil},
	} {
		got := pieces(&mailparse.Message{Text: tt.text, Reply: tt.reply, Cuts: tt.cuts})
		if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(piece{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
