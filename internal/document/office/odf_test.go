package office_test

import (
	"testing"

	"batan.go.id/layanan/internal/document/office"
	"batan.go.id/layanan/internal/document/page/pagetest"
)

func TestOpenDocument(t *testing.T) {
	styles := `<office:automatic-styles><style:style style:name="T1"><style:text-properties style:text-line-through-style="solid"/></style:style>` +
		`<style:style style:name="T2"><style:text-properties style:text-line-through-style="none"/></style:style></office:automatic-styles>`
	pagetest.Lines(t, office.Read, []pagetest.Case{
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
