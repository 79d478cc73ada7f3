package pdf_test

import (
	"testing"

	"batan.go.id/layanan/internal/document/page/pagetest"
	"batan.go.id/layanan/internal/document/pdf"
)

func FuzzPDF(f *testing.F) {
	f.Add(onPage(f, "50 700 Td [(Na) -300 (ma)] TJ 0 -12 Td (x) Tj 1 1 m 9 1 l S"))
	f.Add(fileOf(catalog, pages, onePage, stream("/Filter /FlateDecode", deflated("BT /F 10 Tf (a) Tj ET")), courier))
	f.Add(fileOf(catalog, pages, onePage, stream("/Filter [/A85 /LZW] /DecodeParms [null << /Predictor 12 >>]",
		"abc~>"), "<< /Subtype /Type0 /ToUnicode 6 0 R /DescendantFonts [<< /W [1 [2 3] 4 5 6] >>] >>",
		stream("", "<41> <0041> endbfchar <41> <45> [<0041>] endbfrange")))
	f.Add(fileOf(catalog, pages, onePage, stream("", "(a) Tj"), courier, "null", "null", "null", "null",
		`<< /Subtype /Widget /FT /Ch /V (a) /Opt [[(a) (b)]] /Rect [1 2 3 4] >>`,
		`<< /Subtype /StrikeOut /Rect [1 2 3 4] /QuadPoints [1 2 3 4 5 6 7 8] >>`))
	f.Add([]byte("%PDF-1.7 1 0 obj << /Type /XRef /Root 2 0 R /Encrypt << /V 4 /R 4 /O " +
		"(01234567890123456789012345678901) /U (01234567890123456789012345678901) /CF << /S << /CFM /AESV2 >> >> /StmF /S " +
		">> >> stream"))
	f.Add([]byte(`0 0 obj <<(a\`))
	f.Fuzz(func(t *testing.T, data []byte) {
		lines, err := pdf.Read(data)
		pagetest.Small(t, lines)
		if lines == nil && err == nil {
			t.Fatal("neither text nor a reason")
		}
	})
}
