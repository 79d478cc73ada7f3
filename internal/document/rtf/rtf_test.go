package rtf_test

import (
	"strings"
	"testing"

	"batan.go.id/layanan/internal/document/page"
	"batan.go.id/layanan/internal/document/page/pagetest"
	"batan.go.id/layanan/internal/document/rtf"
)

func TestRead(t *testing.T) {
	pagetest.Lines(t, rtf.Read, []pagetest.Case{
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

func TestDamaged(t *testing.T) {
	for _, data := range []string{`{\rtf1 Nama`, `{\rtf1` + strings.Repeat("{", 5000)} {
		pagetest.Refused(t, rtf.Read, []byte(data), page.ErrDamaged)
	}
}

func TestBounded(t *testing.T) {
	for name, data := range map[string][]byte{
		"RTF groups":       []byte(`{\rtf1` + pagetest.Fill("{", 8<<20)),
		"RTF text":         []byte(`{\rtf1 ` + pagetest.Fill("a", 8<<20) + "}"),
		"RTF rows":         []byte(`{\rtf1 ` + pagetest.Fill(`\trowd\cell\row`, 8<<20) + "}"),
		"a picture in RTF": []byte(`{\rtf1{\pict ` + pagetest.Fill("0a", 16<<20) + "}}"),
	} {
		t.Run(name, func(t *testing.T) { pagetest.Bounded(t, rtf.Read, data) })
	}
}

func FuzzRTF(f *testing.F) {
	f.Add([]byte(`{\rtf1\ansi\fromhtml1{\fonttbl{\f3\fnil Wingdings;}}{\*\htmltag <p>}{\f3\'fe}\u-10179?\bin3 }}}\trowd a\cell\row{\*\formfield{\fftype1\ffres1}}{\fldrslt}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		lines, _ := rtf.Read(data)
		pagetest.Small(t, lines)
	})
}
