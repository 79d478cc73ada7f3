package office_test

import (
	"testing"

	"batan.go.id/layanan/internal/document/office"
	"batan.go.id/layanan/internal/document/page/pagetest"
)

func FuzzWord(f *testing.F) {
	f.Add([]byte(`<w:tbl><w:tr><w:tc><w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`))
	f.Add([]byte(`<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent><w:t>x</w:t></w:sdtContent></w:sdt><w:sym w:font="Wingdings" w:char="F0FE"/>`))
	f.Add([]byte(`<w:fldChar><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="a"/></w:ddList></w:ffData></w:fldChar>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		lines, _ := office.Read(docx(t, string(data)))
		pagetest.Small(t, lines)
	})
}

func FuzzOpenDocument(f *testing.F) {
	f.Add([]byte(`<office:forms><form:text form:id="c" form:current-value="a"/></office:forms><text:p>a<text:s text:c="9"/><draw:control draw:control="c"/></text:p><table:table-row><table:table-cell office:date-value="2026-01-01"/></table:table-row>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		lines, _ := office.Read(zipped(t, "content.xml", string(data)))
		pagetest.Small(t, lines)
	})
}

func FuzzExcel(f *testing.F) {
	f.Add([]byte(`<row r="1"><c r="B1" t="s" s="1"><v>0</v></c><c><v>4.6e4</v></c><c t="inlineStr"><is><t>a</t></is></c></row>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		body := string(data)
		lines, _ := office.Read(zipped(t, "xl/workbook.xml", `<sheet r:id="a"/>`, "xl/_rels/workbook.xml.rels",
			`<Relationship Id="a" Target="s.xml"/>`, "xl/s.xml", body, "xl/sharedStrings.xml", body, "xl/styles.xml", body))
		pagetest.Small(t, lines)
	})
}

func FuzzZip(f *testing.F) {
	f.Add(docx(f, `<w:p><w:t>a</w:t></w:p>`))
	f.Add(zipped(f, "content.xml", "<text:p>a</text:p>", "META-INF/manifest.xml", "x"))
	f.Fuzz(func(t *testing.T, data []byte) {
		lines, _ := office.Read(data)
		pagetest.Small(t, lines)
	})
}
