package office_test

import (
	"testing"

	"batan.go.id/layanan/internal/document/office"
	"batan.go.id/layanan/internal/document/page/pagetest"
)

func TestExcel(t *testing.T) {
	const shared = `<sst><si><t>Nama</t></si><si><r><t>Email</t></r><r><rPr><strike/></rPr><t>/SMS</t></r><rPh><t>bunyi</t></rPh></si></sst>`
	const styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\ mmmm\ yyyy\ hh:mm;@"/><numFmt numFmtId="165" formatCode="&quot;d&quot;0"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>` +
		`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="20"/><xf numFmtId="165"/></cellXfs></styleSheet>`
	pagetest.Lines(t, office.Read, []pagetest.Case{
		{"texts", `<row><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>Budi</t></is></c></row><row/><row><c r="A3" t="str"><v>NIP</v></c><c t="b"><v>1</v></c></row>`, "Nama||Budi//NIP|☒"},
		{"struck out", `<row><c t="s"><v>1</v></c></row>`, "Email"},
		{"dates", `<row><c s="1"><v>46371</v></c><c s="2"><v>46371.375</v></c><c s="3"><v>0.375</v></c><c s="4"><v>46371</v></c><c s="2"><v>46371</v></c></row>`, "2026-12-15|2026-12-15 09:00|09:00|46371|2026-12-15"},
		{"a number that lost digits",
			`<row><c><v>198001012005011</v></c><c><v>1.98001012005011E+17</v></c><c><v>2.5</v></c><c t="e"><v>#REF!</v></c></row>`, "198001012005011|1.98001012005011E+17|2.5"},
		{"no such string, a far column", `<row><c t="s"><v>99</v></c><c r="ZZZ1"><v>1</v></c><c r="B1"><v>2</v></c></row>`,
			"|2"},
	}, func(t testing.TB, body string) []byte {
		return zipped(t, "xl/workbook.xml",
			`<workbook><sheets><sheet name="Pilihan" state="hidden" sheetId="1" r:id="rId1"/><sheet name="Form" sheetId="2" r:id="rId2"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels",
			`<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>`,
			"xl/worksheets/sheet1.xml", `<row><c><v>7</v></c></row>`, "xl/worksheets/sheet2.xml", `<worksheet>`+body+
				`</worksheet>`,
			"xl/sharedStrings.xml", shared, "xl/styles.xml", styles)
	})
}
