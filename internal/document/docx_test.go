package document_test

import "testing"

func docx(t testing.TB, body string) []byte {
	return zipped(t, "[Content_Types].xml", "<Types/>", "word/document.xml",
		`<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w" xmlns:w14="w14" xmlns:mc="mc"><w:body>`+body+
			`</w:body></w:document>`)
}

func TestWord(t *testing.T) {
	run := func(s string) string { return `<w:r><w:t xml:space="preserve">` + s + `</w:t></w:r>` }
	par := func(s string) string { return `<w:p>` + run(s) + `</w:p>` }
	cell := func(s string) string { return `<w:tc>` + s + `</w:tc>` }
	struck := func(s, prop string) string { return `<w:r><w:rPr>` + prop + `</w:rPr><w:t>` + s + `</w:t></w:r>` }
	box := func(on string) string {
		return `<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="` + on +
			`"/><w14:checkedState w14:val="2612"/></w14:checkbox></w:sdtPr><w:sdtContent>` + run("?") +
			`</w:sdtContent></w:sdt>`
	}
	checkLines(t, []linesTest{
		{"paragraphs", par("Nama: Budi") + `<w:p/>` + par("NIP:&#160;1"), "Nama: Budi//NIP:\u00a01"},
		{"split runs, tabs, breaks", `<w:p>` + run("Na") + run("ma") + `<w:r><w:tab/></w:r>` + run(": Budi") +
			`<w:r><w:br/></w:r>` + run("x") + `</w:p>`, "Nama|: Budi/x"},
		{"tab stops are no tabs", `<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>` + run("Nama") + `</w:p>`,
			"Nama"},
		{"a table", `<w:tbl><w:tr>` + cell(par("Nama")) + cell(par(":")) + cell(par("Budi")) + `</w:tr><w:tr>` +
			cell(par("NIP")) + cell(`<w:p/>`) + cell(par("1")+par("2")) + `</w:tr></w:tbl>`, "Nama|:|Budi/NIP||1 2"},
		{"cells of as many lines", `<w:tbl><w:tr>` + cell(par("Nama")+par("NIP")+par("Media")) +
			cell(par("a")+par("b")+par("c")) + `</w:tr></w:tbl>`, "Nama|a/NIP|b/Media|c"},
		{"a table in a table", `<w:tbl><w:tr>` + cell(`<w:tbl><w:tr>`+cell(par("Nama"))+cell(par("Budi"))+
			`</w:tr></w:tbl>`) + cell(par("logo")) + `</w:tr></w:tbl>`, "Nama|Budi/logo"},
		{"deleted and moved", `<w:p>` + run("a") + `<w:del><w:r><w:delText>b</w:delText></w:r></w:del><w:moveFrom>` +
			run("c") + `</w:moveFrom><w:ins>` + run("d") + `</w:ins></w:p>`, "ad"},
		{"struck out, hidden", `<w:p>` + run("Email/") + struck("SMS", `<w:strike/>`) +
			struck("Telp", `<w:dstrike w:val="true"/>`) + struck("x", `<w:vanish/>`) + struck("!", `<w:strike w:val="0"/>`) +
			`</w:p>`, "Email/!"},
		{"was struck out once", `<w:p>` + struck("Email", `<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>`) +
			`</w:p>`, "Email"},
		{"the paragraph's mark is struck out", `<w:p><w:pPr><w:rPr><w:strike/></w:rPr></w:pPr>` + run("Email") + `</w:p>`,
			"Email"},
		{"tick boxes", `<w:p>` + run("Media : ") + box("1") + run(" Email ") + box("0") + run(" SMS") + `</w:p>`,
			"Media : ☒ Email ☐ SMS"},
		{"a control on its own", `<w:sdt><w:sdtPr><w:date w:fullDate="2026-12-07T00:00:00Z"/></w:sdtPr><w:sdtContent>` +
			par("12/7/2026") + `</w:sdtContent></w:sdt>` + par("x"), "2026-12-07/x"},
		{"a filled control",
			`<w:p><w:sdt><w:sdtPr><w:dropDownList><w:listItem w:value="SMS"/></w:dropDownList></w:sdtPr><w:sdtContent>` +
				run("SMS") + `</w:sdtContent></w:sdt></w:p>`, "SMS"},
		{"an unfilled control", `<w:p>` + run("Nama: ") + `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` +
			run("Klik di sini.") + `</w:sdtContent></w:sdt></w:p>`, "Nama:"},
		{"an unfilled control as a cell", `<w:tbl><w:tr>` + cell(par("Nama")) +
			`<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` + cell(par("Klik")) + `</w:sdtContent></w:sdt>` +
			cell(par("x")) + `</w:tr></w:tbl>`, "Nama||x"},
		{"legacy fields", `<w:p><w:r><w:fldChar><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>` + run(" Email ") +
			`<w:r><w:fldChar><w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar></w:r>` +
			run(" SMS ") +
			`<w:r><w:fldChar><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="a"/><w:listEntry w:val="b"/></w:ddList></w:ffData></w:fldChar><w:instrText>FORMDROPDOWN</w:instrText></w:r></w:p>`, "☒ Email ☐ SMS b"},
		{"symbols", `<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>` + run(" Email ") +
			`<w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>o</w:t></w:r>` + run(" SMS") + `</w:p>`, "☑ Email ☐ SMS"},
		{"a text box, once", `<w:p><mc:AlternateContent><mc:Choice><w:txbxContent>` + par("Nama: Budi") +
			`</w:txbxContent></mc:Choice><mc:Fallback>` + par("Nama: Budi") + `</mc:Fallback></mc:AlternateContent></w:p>`,
			"Nama: Budi"},
	}, docx)
}

func TestWordSecondDocument(t *testing.T) {
	if got := read(t, zipped(t, "word/document2.xml", `<w:p><w:r><w:t>Nama</w:t></w:r></w:p>`)); len(got) != 1 ||
		got[0] != "Nama" {
		t.Errorf("got %q", got)
	}
}

func TestOpenDocument(t *testing.T) {
	styles := `<office:automatic-styles><style:style style:name="T1"><style:text-properties style:text-line-through-style="solid"/></style:style>` +
		`<style:style style:name="T2"><style:text-properties style:text-line-through-style="none"/></style:style></office:automatic-styles>`
	checkLines(t, []linesTest{
		{"paragraphs", `<text:h>Form</text:h><text:p>Nama:<text:s text:c="2"/>Budi<text:tab/>x<text:line-break/>y</text:p><text:p/>`, "Form/Nama:  Budi|x/y"},
		{"a table", `<table:table><table:table-row><table:table-cell><text:p>Nama</text:p></table:table-cell><table:table-cell/><table:table-cell><text:p>Budi</text:p></table:table-cell></table:table-row></table:table>`, "Nama||Budi"},
		{"struck out", `<text:p>Email/<text:span text:style-name="T1">SMS</text:span><text:span text:style-name="T2">!</text:span></text:p>`, "Email/!"},
		{"changes, comments, hints",
			`<text:tracked-changes><text:deletion><text:p>lama</text:p></text:deletion></text:tracked-changes><text:p>a<office:annotation><text:p>catatan</text:p></office:annotation><text:placeholder>&lt;nama&gt;</text:placeholder>b</text:p>`, "ab"},
		{"form fields", `<office:forms><form:form><form:text form:id="c1" form:current-value="Budi"/><form:checkbox form:id="c2" form:label="Email" form:current-state="checked"/>` +
			`<form:checkbox form:id="c3" form:label="SMS"/></form:form></office:forms><text:p>Nama: <draw:control draw:control="c1"/></text:p><text:p>Media: <draw:control draw:control="c2"/><draw:control draw:control="c3"/></text:p>`, "Nama: Budi/Media: ☒ Email ☐ SMS"},
		{"content controls",
			`<text:p><loext:content-control loext:checkbox="true" loext:checked="true">x</loext:content-control> Email <loext:content-control loext:showing-place-holder="true">Klik</loext:content-control></text:p>`, "☒ Email"},
		{"Word's boxes", `<text:p><field:fieldmark field:type="x"><field:param field:name="Checkbox_Checked" field:value="true"/></field:fieldmark> Email</text:p>`, "☒ Email"},
		{"a date in a sheet",
			`<table:table-row><table:table-cell><text:p>Tanggal</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2026-12-07T09:00:00"><text:p>12/7/26 9:00</text:p></table:table-cell></table:table-row>`, "Tanggal|2026-12-07 09:00"},
	}, func(t testing.TB, body string) []byte {
		return zipped(t, "content.xml", `<office:document-content>`+styles+`<office:body><office:text>`+body+
			`</office:text></office:body></office:document-content>`)
	})
}

func TestExcel(t *testing.T) {
	const shared = `<sst><si><t>Nama</t></si><si><r><t>Email</t></r><r><rPr><strike/></rPr><t>/SMS</t></r><rPh><t>bunyi</t></rPh></si></sst>`
	const styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\ mmmm\ yyyy\ hh:mm;@"/><numFmt numFmtId="165" formatCode="&quot;d&quot;0"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>` +
		`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="20"/><xf numFmtId="165"/></cellXfs></styleSheet>`
	checkLines(t, []linesTest{
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
