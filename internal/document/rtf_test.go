package document_test

import (
	"strings"
	"testing"

	"batan.go.id/layanan/internal/document/page"
)

func TestRTF(t *testing.T) {
	checkLines(t, []linesTest{
		{"paragraphs", `Nama\tab : Budi\par NIP: 1\line x`, "Nama|: Budi/NIP: 1/x"},
		{"what is no text", `{\fonttbl{\f0 Arial;}}{\colortbl;\red0;}{\stylesheet{\s0 Normal;}}{\*\generator X;}{\info{\title Judul}}{\header kop\par}{\pict 0a0b}Nama\par`, "Nama"},
		{"a table", `\trowd\cellx100\cellx200\intbl Nama\cell :\cell Budi\par Santoso\cell\trowd\row\trowd\intbl NIP\cell\cell 1\cell\row\pard sesudah\par`, "Nama|:|Budi Santoso/NIP||1/sesudah"},
		{"struck out and deleted", `Email/{\strike SMS}{\strike\strike0 /}{\deleted Telp}{\v x}\striked1 y\plain .`,
			"Email//."},
		{"code pages", `caf\'e9 \u8217\'92\u-10179?\u-8704? {\uc0\u233}\uc2\u233??!`, "café ’😀 éé!"},
		{"code page of the file", `\ansicpg1251 \'cd`, "Н"},
		{"escapes", `\{a\\b\}\~c\_d\-e\endash`, `{a\b} c-de–`},
		{"symbols", `{\fonttbl{\f3\fnil Wingdings;}}{\f3\'fe} Email {\f3 o} SMS`, "☑ Email ☐ SMS"},
		{"form fields", `Media: {\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres1{\*\ffname x}}}}{\fldrslt}} Email {\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres25\ffdefres0}}}{\fldrslt}} SMS`, "Media: ☒ Email ☐ SMS"},
		{"binary data", `a{\pict\bin3 }}}}b`, "ab"},
		{"a text box", `a\par{\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt Nama\par}}{\shprslt Nama\par}}`, "a/Nama"},
	}, func(_ testing.TB, body string) []byte { return []byte(`{\rtf1\ansi ` + body + "}") })
}

func TestRTFDamaged(t *testing.T) {
	for _, data := range []string{`{\rtf1 Nama`, `{\rtf1` + strings.Repeat("{", 5000)} {
		refused(t, data, page.ErrDamaged)
	}
}
