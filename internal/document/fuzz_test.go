package document_test

import (
	"testing"
	"unicode/utf8"

	"batan.go.id/layanan/internal/document"
	"batan.go.id/layanan/internal/document/outlook"
)

// fuzzDocument holds what is true of every file: no panic, bounded text, and an error where there is none.
func fuzzDocument(f *testing.F, format document.Format, wrap func(testing.TB, string) []byte) {
	f.Fuzz(func(t *testing.T, data []byte) {
		if wrap != nil {
			data = wrap(t, string(data))
		}
		lines, err := document.Read(format, data)
		size := 0
		for _, l := range lines {
			size += len(l) + 1
		}
		if size > 4<<20 {
			t.Fatalf("%d bytes of text", size)
		}
		if lines == nil && err == nil && format == document.PDF {
			t.Fatal("neither text nor a reason")
		}
	})
}

func FuzzWord(f *testing.F) {
	f.Add([]byte(`<w:tbl><w:tr><w:tc><w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`))
	f.Add([]byte(`<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent><w:t>x</w:t></w:sdtContent></w:sdt><w:sym w:font="Wingdings" w:char="F0FE"/>`))
	f.Add([]byte(`<w:fldChar><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="a"/></w:ddList></w:ffData></w:fldChar>`))
	fuzzDocument(f, document.Zipped, docx)
}

func FuzzOpenDocument(f *testing.F) {
	f.Add([]byte(`<office:forms><form:text form:id="c" form:current-value="a"/></office:forms><text:p>a<text:s text:c="9"/><draw:control draw:control="c"/></text:p><table:table-row><table:table-cell office:date-value="2026-01-01"/></table:table-row>`))
	fuzzDocument(f, document.Zipped, func(t testing.TB, body string) []byte { return zipped(t, "content.xml", body) })
}

func FuzzExcel(f *testing.F) {
	f.Add([]byte(`<row r="1"><c r="B1" t="s" s="1"><v>0</v></c><c><v>4.6e4</v></c><c t="inlineStr"><is><t>a</t></is></c></row>`))
	fuzzDocument(f, document.Zipped, func(t testing.TB, body string) []byte {
		return zipped(t, "xl/workbook.xml", `<sheet r:id="a"/>`, "xl/_rels/workbook.xml.rels",
			`<Relationship Id="a" Target="s.xml"/>`, "xl/s.xml", body, "xl/sharedStrings.xml", body, "xl/styles.xml", body)
	})
}

func FuzzZip(f *testing.F) {
	f.Add(docx(f, `<w:p><w:t>a</w:t></w:p>`))
	f.Add(zipped(f, "content.xml", "<text:p>a</text:p>", "META-INF/manifest.xml", "x"))
	fuzzDocument(f, document.Zipped, nil)
}

func FuzzPDF(f *testing.F) {
	f.Add(onPage(f, "50 700 Td [(Na) -300 (ma)] TJ 0 -12 Td (x) Tj 1 1 m 9 1 l S"))
	f.Add(pdfOf(catalog, pages, onePage, pdfStream("/Filter /FlateDecode", deflated("BT /F 10 Tf (a) Tj ET")), courier))
	f.Add(pdfOf(catalog, pages, onePage, pdfStream("/Filter [/A85 /LZW] /DecodeParms [null << /Predictor 12 >>]",
		"abc~>"), "<< /Subtype /Type0 /ToUnicode 6 0 R /DescendantFonts [<< /W [1 [2 3] 4 5 6] >>] >>",
		pdfStream("", "<41> <0041> endbfchar <41> <45> [<0041>] endbfrange")))
	f.Add(pdfOf(catalog, pages, onePage, pdfStream("", "(a) Tj"), courier, "null", "null", "null", "null",
		`<< /Subtype /Widget /FT /Ch /V (a) /Opt [[(a) (b)]] /Rect [1 2 3 4] >>`,
		`<< /Subtype /StrikeOut /Rect [1 2 3 4] /QuadPoints [1 2 3 4 5 6 7 8] >>`))
	f.Add([]byte("%PDF-1.7 1 0 obj << /Type /XRef /Root 2 0 R /Encrypt << /V 4 /R 4 /O " +
		"(01234567890123456789012345678901) /U (01234567890123456789012345678901) /CF << /S << /CFM /AESV2 >> >> /StmF /S " +
		">> >> stream"))
	f.Add([]byte(`0 0 obj <<(a\`))
	fuzzDocument(f, document.PDF, nil)
}

func FuzzRTF(f *testing.F) {
	f.Add([]byte(`{\rtf1\ansi\fromhtml1{\fonttbl{\f3\fnil Wingdings;}}{\*\htmltag <p>}{\f3\'fe}\u-10179?\bin3 }}}\trowd a\cell\row{\*\formfield{\fftype1\ffres1}}{\fldrslt}}`))
	fuzzDocument(f, document.RTF, nil)
}

func FuzzTNEF(f *testing.F) {
	f.Add(tnef(attribute(1, 0x69003, properties(number(0x3FDE, 65001), property(0x102, 0x1009, packedRTF(`{\rtf1 a}`)),
		property(0x1F, 0x1000, wide("a"))))))
	f.Add(tnef(attribute(2, 0x69002, "x"), attribute(2, 0x18010, "a.doc"), attribute(2, 0x6800F, "isi"),
		attribute(2, 0x69005, properties(property(0x0D, 0x3701, "0123456789abcdefisi")))))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := outlook.ReadTNEF(data)
		if c == nil && err == nil {
			t.Fatal("neither a container nor a reason")
		}
		if c != nil && c.Body != nil && c.Body.Charset == "utf-8" && c.Body.Type == "text/plain" &&
			!utf8.Valid(c.Body.Data) {
			t.Fatalf("not UTF-8: %q", c.Body.Data)
		}
	})
}
