package office_test

import (
	"testing"

	"batan.go.id/layanan/internal/document/office"
	"batan.go.id/layanan/internal/document/page/pagetest"
)

// docx is a Word file of one body.
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
	pagetest.Lines(t, office.Read, []pagetest.Case{
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
	if got := pagetest.Read(t, office.Read, zipped(t, "word/document2.xml",
		`<w:p><w:r><w:t>Nama</w:t></w:r></w:p>`)); len(got) != 1 ||
		got[0] != "Nama" {
		t.Errorf("got %q", got)
	}
}
