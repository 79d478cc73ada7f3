package mailparse_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"batan.go.id/layanan/mailparse"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// encoded is a text in a charset.
func encoded(t *testing.T, e encoding.Encoding, text string) string {
	t.Helper()
	s, err := e.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// textMail is a mail of one text, its bytes safe in base64.
func textMail(charset, body string) []byte {
	return []byte("From: a@batan.go.id\nSubject: x\nContent-Type: text/plain; charset=\"" + charset +
		"\"\nContent-Transfer-Encoding: base64\n\n" +
		base64.StdEncoding.EncodeToString([]byte(body)) + "\n")
}

// TestCharsetNames reads a text in every charset that mail programs use, under every name they give it. None is a
// repair.
func TestCharsetNames(t *testing.T) {
	const latin, central, russian, greek, turkish, hebrew, arabic, baltic, thai = "Café à la crème", "Žluťoučký kůň",
		"Добрый день, коллеги", "Καλημέρα", "İyi günler ışık", "שלום", "مرحبا", "Labrytas ąčęė", "สวัสดีครับ"
	const chinese, taiwanese, japaneseText, koreanText = "您好,会议改到下周", "您好,會議改到下週", "会議の件、ありがとう", "안녕하세요 회의"
	tests := []struct {
		enc   encoding.Encoding
		text  string
		names string
	}{
		{unicode.UTF8, "Café – 会議", "utf-8 UTF8 utf_8 unicode-1-1-utf-8 cp65001 'utf-8' utf8mb4 UTF-8*id"},
		{charmap.Windows1252, latin + " “ya”",
			"windows-1252 cp1252 cp-1252 win-1252 windows1252 ansi_1252 x-cp1252 iso-8859-1 ISO8859-1 iso8859_1 ISO_8859-1 " +
				"iso_8859-1:1987 latin1 8859-1 l1"},
		{charmap.Windows1250, central, "windows-1250 cp1250 x-cp1250"},
		{charmap.ISO8859_2, central, "iso-8859-2 iso8859_2 latin2 csISOLatin2"},
		{charmap.Windows1251, russian, "windows-1251 cp1251 win1251 CP-1251"},
		{charmap.KOI8R, russian, "koi8-r KOI8_R koi8r cskoi8r"},
		{charmap.KOI8U, "Добрий день", "koi8-u koi8-ru"},
		{charmap.ISO8859_5, russian, "iso-8859-5 ISO8859-5"},
		{charmap.CodePage866, russian, "cp866 ibm866 866 dos-866"},
		{charmap.MacintoshCyrillic, russian, "x-mac-cyrillic mac-cyrillic"},
		{charmap.Windows1253, greek, "windows-1253 cp1253"},
		{charmap.ISO8859_7, greek, "iso-8859-7 greek"},
		{charmap.Windows1254, turkish, "windows-1254 iso-8859-9 latin5"},
		{charmap.Windows1255, hebrew, "windows-1255"},
		{charmap.ISO8859_8, hebrew, "iso-8859-8 iso-8859-8-i"},
		{charmap.Windows1256, arabic, "windows-1256 cp1256"},
		{charmap.ISO8859_6, arabic, "iso-8859-6"},
		{charmap.Windows1257, baltic, "windows-1257"},
		{charmap.ISO8859_13, baltic, "iso-8859-13"},
		{charmap.Windows1258, "Café", "windows-1258"},
		{charmap.ISO8859_15, "10 € café", "iso-8859-15 latin-9 iso8859_15"},
		{charmap.CodePage437, latin, "cp437 ibm437 437"},
		{charmap.CodePage850, latin, "cp850 cp-850 ibm850 850"},
		{charmap.Macintosh, latin, "macintosh x-mac-roman mac"},
		{charmap.Windows874, thai, "tis-620 windows-874 iso-8859-11 TIS620"},
		{simplifiedchinese.GBK, chinese, "gb2312 gbk gb_2312-80 x-gbk cp936 euc-cn"},
		{simplifiedchinese.GB18030, chinese + "𠀀", "gb18030 GB18030-2000"},
		{simplifiedchinese.HZGB2312, chinese, "hz-gb-2312 hz"},
		{traditionalchinese.Big5, taiwanese, "big5 x-big5 big5-hkscs cp950"},
		{japanese.ShiftJIS, japaneseText, "shift_jis shift-jis sjis x-sjis windows-31j cp932 ms932 ms_kanji"},
		{japanese.EUCJP, japaneseText, "euc-jp x-euc-jp eucjp"},
		{japanese.ISO2022JP, japaneseText, "iso-2022-jp csISO2022JP iso-2022-jp-2"},
		{korean.EUCKR, koreanText, "euc-kr ks_c_5601-1987 ks_c_5601 cp949 windows-949"},
		{unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), latin + "\r\nbaris dua",
			"utf-16le utf-16 unicode utf-16be"},
		{unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), latin + "\r\nbaris dua", "utf-16be utf-16 ucs-2 utf-16le"},
		{unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), chinese, "utf-16 utf-16be utf16"},
		{unicode.UTF16(unicode.BigEndian, unicode.UseBOM), chinese, "utf-16 utf-16le"},
		{utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), latin, "utf-32 utf-32be ucs-4"},
		{utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), latin, "utf-32 utf-32le"},
		{encoding.Nop, "Hi Mom +Jjo-!", "utf-7 utf7 unicode-1-1-utf-7 x-unicode-2-0-utf-7"},
		{encoding.Nop, "\x1b$)C\x0e>H3gGO<<?d\x0f", "iso-2022-kr"},
		{encoding.Nop, "Selamat pagi",
			"us-ascii ascii ANSI_X3.4-1968 unknown-8bit x-unknown default utf-8 iso-2022-jp big5"},
	}
	said := map[string]string{"utf-7": "Hi Mom ☺!", "iso-2022-kr": "안녕하세요"}
	for _, tt := range tests {
		for name := range strings.FieldsSeq(tt.names) {
			want := strings.ReplaceAll(tt.text, "\r", "")
			if tt.enc == encoding.Nop && tt.text != "Selamat pagi" {
				want = said[strings.Fields(tt.names)[0]]
			}
			m := mailparse.Parse(textMail(name, encoded(t, tt.enc, tt.text)), testGrammar())
			if m.Text != want || len(m.Warnings) > 0 {
				t.Errorf("%s: got %q, want %q, warnings %q", name, m.Text, want, m.Warnings)
			}
		}
	}
}

// TestCharsetRepairs reads texts whose charset is named wrongly, and is told so.
func TestCharsetRepairs(t *testing.T) {
	latin := encoded(t, charmap.Windows1252, "Café “rapat”")
	wide := encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "Setuju\r\nCafé")
	tests := []struct{ name, charset, body, want, warning string }{
		{"UTF-8 without a name", "", "Café", "Café", "The text is UTF-8, not us-ascii"},
		{"UTF-8 as ASCII", "us-ascii", "Café", "Café", `The text is UTF-8, not "us-ascii".`},
		{"UTF-8 as KOI8", "koi8-r", "Café", "Café", `The text is UTF-8, not "koi8-r".`},
		{"UTF-8 as GBK", "gbk", "会議の件", "会議の件", `The text is UTF-8, not "gbk".`},
		{"UTF-8 as ISO-2022-JP", "iso-2022-jp", "会議", "会議", `The text is UTF-8, not "iso-2022-jp".`},
		{"UTF-8 as UTF-16", "utf-16", "Café", "Café", `The text is UTF-8, not "utf-16".`},
		{"ASCII as UTF-16", "utf-16", "Setuju", "Setuju", `The text is UTF-8, not "utf-16".`},
		{"windows-1252 as UTF-8", "utf-8", latin, "Café “rapat”", `The text is not "utf-8"; it was read as windows-1252.`},
		{"windows-1252 without a help", "x-unknown", latin, "Café “rapat”", "it was read as windows-1252."},
		{"UTF-16 without a name", "", wide, "Setuju\nCafé", "The text is UTF-16, not us-ascii"},
		{"UTF-16 as UTF-8", "utf-8", wide, "Setuju\nCafé", `The text is UTF-16, not "utf-8".`},
		{"unknown, ASCII", "x-aneh", "Setuju", "Setuju", `The charset "x-aneh" is unknown.`},
		{"unknown, UTF-8", "x-aneh", "Café", "Café", `The charset "x-aneh" is unknown; the text was read as UTF-8.`},
		{"unknown, neither", "x-aneh", latin, "Café “rapat”",
			`The charset "x-aneh" is unknown; the text was read as windows-1252.`},
		{"cut within a character", "utf-8", "Café – caf\xc3", "Café – caf\uFFFD", "Some of the text is not valid UTF-8."},
		{"damaged Shift_JIS", "shift_jis", encoded(t, japanese.ShiftJIS, "会議") + "\xfd", "会議\uFFFD",
			`Some of the text is not valid "shift_jis".`},
		{"twice", "utf-8", "CafÃ© â€“ rapat", "CafÃ© â€“ rapat", "The text seems to be encoded twice as UTF-8."},
		{"twice, by latin-1", "utf-8", "rapat \u00e2\u0080\u0093 satu", "rapat \u00e2\u0080\u0093 satu",
			"The text seems to be encoded twice as UTF-8."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := mailparse.Parse(textMail(tt.charset, tt.body), testGrammar())
			if m.Text != tt.want || len(m.Warnings) != 1 || !strings.HasPrefix(m.Warnings[0], tt.warning) &&
				!strings.HasSuffix(m.Warnings[0], tt.warning) {
				t.Errorf("got %q, warnings %q", m.Text, m.Warnings)
			}
		})
	}
}

// TestShortEastAsian reads words of one or two characters whose bytes happen to be valid UTF-8: the name is right.
func TestShortEastAsian(t *testing.T) {
	for charset, raw := range map[string]string{"gbk": "\xc4\xa3\xc4\xa3", "euc-kr": "\xc7\xb1", "koi8-r": "\xc4\xc1"} {
		m := mailparse.Parse(textMail(charset, raw), testGrammar())
		if strings.Contains(m.Text, "ģ") || strings.Contains(m.Text, "Ǳ") || len(m.Warnings) > 0 {
			t.Errorf("%s: got %q, warnings %q", charset, m.Text, m.Warnings)
		}
	}
}
