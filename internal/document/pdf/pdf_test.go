package pdf_test

import (
	"bytes"
	"compress/lzw"
	"compress/zlib"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/ascii85"
	"fmt"
	"strings"
	"testing"

	"batan.go.id/layanan/internal/document/page"
	"batan.go.id/layanan/internal/document/page/pagetest"
	"batan.go.id/layanan/internal/document/pdf"
	"github.com/google/go-cmp/cmp"
)

// fileOf is a file of numbered objects, the first being the catalog.
func fileOf(objects ...string) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n")
	for i, o := range objects {
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	out.WriteString("trailer << /Root 1 0 R >>\n%%EOF")
	return out.Bytes()
}

// stream is an object with data.
func stream(dict, data string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(data), data)
}

func deflated(s string) string {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	_, _ = w.Write([]byte(s))
	_ = w.Close()
	return out.String()
}

const (
	catalog = `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [10 0 R 11 0 R 12 0 R 13 0 R 14 0 R] >> >>`
	pages   = `<< /Type /Pages /Kids [3 0 R] /Resources << /Font << /F 5 0 R >> >> >>`
	onePage = `<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Annots [10 0 R 11 0 R 12 0 R 13 0 R 14 0 R 15 0 R 16 0 R] >>`
	// 6 points a letter at size 10
	courier = `<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>`
)

// onPage is a file of one page with the given content.
func onPage(_ testing.TB, content string) []byte {
	return fileOf(catalog, pages, onePage, stream("", "BT /F 10 Tf "+content+" ET"), courier)
}

func TestText(t *testing.T) {
	row := func(y int, cells ...string) string {
		var out strings.Builder
		for i, c := range cells {
			fmt.Fprintf(&out, "1 0 0 1 %d %d Tm (%s) Tj ", 50+150*i, y, c)
		}
		return out.String()
	}
	rule := func(x0, x1, y int) string { return fmt.Sprintf("ET %d %d m %d %d l S BT ", x0, y, x1, y) }
	pagetest.Lines(t, pdf.Read, []pagetest.Case{
		{"a line", "50 700 Td (Nama : Budi) Tj", "Nama : Budi"},
		{"pieces", "50 700 Td [(Na) 0 (ma) -600 (:) -3000 (Budi)] TJ", "Nama :|Budi"},
		{"rows, out of order", row(680, "NIP", ": 1") + row(700, "Nama", ": Budi"), "Nama|: Budi/NIP|: 1"},
		{"uneven baselines", "50 700 Td (Nama) Tj 100 2 Td (: Budi) Tj", "Nama|: Budi"},
		{"a gap between paragraphs", row(700, "a") + row(688, "b") + row(640, "c"), "a/b//c"},
		{"leading and next line", "12 TL 50 700 Td (a) Tj T* (b) Tj (c) ' 0 0 (d) \" 0 -12 TD (e) Tj", "a/b/c/d/e"},
		{"spacing of letters", "50 700 Td 3 Tc (ab) Tj 0 Tc 200 Tz (cd) Tj", "abcd"},
		{"escapes", `50 700 Td (\(a\)\134\061\
b) Tj <63 6> Tj`, "(a)\\1bc`"},
		{"a wrapped value", row(700, "Kegiatan", "Rapat koordinasi") + row(688, "", "jaringan") + row(676, "NIP", "1"),
			"Kegiatan|Rapat koordinasi jaringan/NIP|1"},
		{"a wrapped label in a table", rule(40, 400, 712) + row(700, "Pelaksanaan", "Ruang 71") + row(688, "Konferensi") +
			rule(40, 400, 680) + row(668, "NIP", "1") + rule(40, 400, 660), "Pelaksanaan Konferensi|Ruang 71/NIP|1"},
		{"a frame is no table", rule(40, 400, 712) + row(700, "Nama", "Budi") + row(688, "NIP", "1") + rule(40, 400, 680),
			"Nama|Budi/NIP|1"},
		{"a label that fills its column", row(700, "Nama", "Budi") + row(680, "NIP", "1") +
			"1 0 0 1 50 660 Tm (Unit kerja kami semuanya) Tj " + row(660, "", "PPIKSN"),
			"Nama|Budi/NIP|1/Unit kerja kami semuanya  PPIKSN"},
		{"struck out by a line", "50 700 Td (Email;SMS;Telp) Tj " + rule(86, 134, 703), "Email;"},
		{"underlined", "50 700 Td (Email) Tj " + rule(50, 80, 699), "Email"},
		{"a clip is no line", "50 700 Td (Email) Tj ET 50 703 40 1 re W n BT", "Email"},
		{"drawn twice", "50 700 Td (Nama) Tj -0.3 0 Td (Nama) Tj", "Nama"},
		{"a watermark", "50 700 Td (Nama) Tj 0.7 0.7 -0.7 0.7 100 100 Tm (SALINAN) Tj", "Nama"},
		{"an inline image", "ET BI /W 1 /H 1 ID \x00(EI( EI BT 50 700 Td (Nama) Tj", "Nama"},
		{"saved state", "50 700 Td q 2 0 0 2 0 0 cm Q (Nama) Tj Q Q", "Nama"},
		{"accents and quotes", "50 700 Td (caf\xe9 \x93a\x94) Tj", "café “a”"},
	}, onPage)
}

func TestStructure(t *testing.T) {
	text := "BT /F 10 Tf 50 700 Td (Nama : Budi) Tj ET"
	page := stream("", text)
	packed := func(s string) string {
		var out bytes.Buffer
		w := lzw.NewWriter(&out, lzw.MSB, 8)
		_, _ = w.Write([]byte(s))
		_ = w.Close()
		return out.String()
	}
	base85 := func(s string) string {
		out := make([]byte, ascii85.MaxEncodedLen(len(s)))
		return string(out[:ascii85.Encode(out, []byte(s))])
	}
	inner := "2 0 3 " + fmt.Sprint(len(pages)+1) + " "
	predicted := func(s string) string { // rows of ten bytes, each with the filter "up"
		var out, last []byte
		last = make([]byte, 10)
		for len(s) > 0 {
			row := []byte((s + strings.Repeat(" ", 10))[:10])
			s = s[min(len(s), 10):]
			out = append(out, 2)
			for i := range row {
				out = append(out, row[i]-last[i])
			}
			last = row
		}
		return string(out)
	}
	pagetest.Lines(t, pdf.Read, []pagetest.Case{
		{"plain", string(fileOf(catalog, pages, onePage, page, courier)), "Nama : Budi"},
		{"deflated", string(fileOf(catalog, pages, onePage, stream("/Filter /FlateDecode", deflated(text)), courier)),
			"Nama : Budi"},
		{"predicted", string(fileOf(catalog, pages, onePage,
			stream("/Filter [/FlateDecode] /DecodeParms [<< /Predictor 12 /Columns 10 >>]", deflated(predicted(text))),
			courier)), "Nama : Budi"},
		{"hex", string(fileOf(catalog, pages, onePage, stream("/Filter /AHx", fmt.Sprintf("%x>", text)), courier)),
			"Nama : Budi"},
		{"base 85", string(fileOf(catalog, pages, onePage, stream("/Filter /A85", base85(text)+"~>"), courier)),
			"Nama : Budi"},
		{"LZW", string(fileOf(catalog, pages, onePage, stream("/Filter /LZWDecode /DecodeParms << /EarlyChange 0 >>",
			packed(strings.Repeat("% aaaaa lalala\n", 2000)+text)), courier)), "Nama : Budi"},
		{"run length", string(fileOf(catalog, pages, onePage,
			stream("/Filter /RL", string([]byte{byte(len(text) - 1)})+text+"\x80"), courier)), "Nama : Budi"},
		{"a wrong length", strings.Replace(string(fileOf(catalog, pages, onePage, page, courier)), "/Length ", "/Length 9",
			1), "Nama : Budi"},
		{"a length elsewhere", strings.Replace(string(fileOf(catalog, pages, onePage, page, courier)),
			fmt.Sprintf("/Length %d", len(text)), "/Length 9 0 R", 1), "Nama : Budi"},
		{"no trailer", strings.Split(string(fileOf(catalog, pages, onePage, page, courier)), "trailer")[0], "Nama : Budi"},
		{"no page tree", string(fileOf("<< /Type /Catalog /Pages 2 0 R >>", "null",
			strings.Replace(onePage, "/Type", "/Resources << /Font << /F 5 0 R >> >> /Type", 1), page, courier)),
			"Nama : Budi"},
		{"a page tree that bites its tail", string(fileOf(catalog, strings.Replace(pages, "3 0 R", "2 0 R 3 0 R", 1),
			onePage, page, courier)), "Nama : Budi"},
		{"revised", string(fileOf(catalog, pages, onePage, stream("", "BT (lama) Tj ET"), courier)) + "\n4 0 obj " + page +
			" endobj", "Nama : Budi"},
		{"object streams", string(fileOf(catalog, "null", "null", page, courier,
			stream(fmt.Sprintf("/Type /ObjStm /N 2 /First %d /Filter /FlateDecode", len(inner)),
				deflated(inner+pages+" "+onePage)))), "Nama : Budi"},
		{"turned", string(fileOf(catalog, pages, strings.Replace(onePage, "/Type", "/Rotate 90 /Type", 1),
			stream("", "BT /F 10 Tf 0 1 -1 0 100 50 Tm (Nama :) Tj 0 1 -1 0 100 200 Tm (Budi) Tj ET"), courier)),
			"Nama :|Budi"},
		{"a form drawn on the page",
			string(fileOf(catalog, strings.Replace(pages, "/Font", "/XObject << /X 6 0 R >> /Font", 1), onePage,
				stream("", "q 1 0 0 1 0 600 cm /X Do Q /X Do"), courier,
				stream("/Subtype /Form /Matrix [1 0 0 1 0 100]", "BT /F 10 Tf 50 0 Td (Budi) Tj ET"))), "Budi//Budi"},
	}, func(_ testing.TB, file string) []byte { return []byte(file) })
}

func TestFonts(t *testing.T) {
	cmap := stream("",
		"begincmap 1 beginbfchar <0041> <004E> endbfchar 2 beginbfrange <0042> <0044> <0061> <0045> <0046> [<0078> "+
			"<D83DDE00>] endbfrange endcmap")
	show := func(s string) string { return "BT /F 10 Tf 50 700 Td " + s + " Tj ET" }
	for _, tt := range []struct{ name, font, content, want string }{
		{"two bytes a letter",
			"<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 6 0 R /DescendantFonts [<< /DW 500 /W [65 [600 " +
				"600] 67 70 600] >>] >>", show("<004100420043004400450046>"), "Nabcx😀"},
		{"letters by name", "<< /Type /Font /Subtype /Type1 /BaseFont /X /Encoding << /Differences [65 /N /a /uni006D " +
			"/a.alt 97 /fi /eacute  /one] >> >>", show("(ABCDabc)"), "Namafié1"},
		{"unicode for some",
			"<< /Type /Font /Subtype /TrueType /BaseFont /X /Encoding /MacRomanEncoding /ToUnicode 6 0 R >>", show("(A\x8eZ)"),
			"NéZ"},
		{"UTF-16", "<< /Type /Font /Subtype /Type0 /Encoding /UniJIS-UTF16-H /DescendantFonts [<< >>] >>",
			show("<004E0061>"), "Na"},
		{"ticks", "<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>", show("(4o)"), "☒☐"},
		{"symbols", "<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+Wingdings-Regular >>", show("(\xfe\xa8)"), "☑☐"},
		{"no font", "null", show("(Nama)"), "Nama"},
		{"widths of letters", "<< /Type /Font /Subtype /Type1 /BaseFont /X /FirstChar 65 /Widths [1000 100 1000] >>",
			"BT /F 10 Tf 50 700 Td (A) Tj 10 0 Td (B) Tj 1 0 Td (C) Tj 20 0 Td (A) Tj ET", "ABC  A"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := pagetest.Read(t, pdf.Read, fileOf(catalog, pages, onePage, stream("", tt.content), tt.font, cmap))
			if d := cmp.Diff(tt.want, strings.TrimRight(strings.Join(got, "/"), "/")); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestForm(t *testing.T) {
	content := "BT /F 10 Tf 50 700 Td (Nama :...............) Tj 0 -30 Td (Media :    Email     SMS    Telp) Tj 0 -30 " +
		"Td (Unit Kerja : PPIKSN/PRSG) Tj ET"
	data := fileOf(catalog, pages, onePage, stream("", content), courier, "null", "null", "null", "null",
		`<< /Subtype /Widget /FT /Tx /T (f1) /TU (Nama pemohon) /V (Budi \(Ketua\)) /Rect [90 696 200 712] >>`,
		`<< /Subtype /Widget /FT /Btn /T (f2) /AS /Ya /Rect [100 668 110 678] >>`,
		`<< /Subtype /Widget /FT /Btn /T (f3) /AS /Off /V /Off /Rect [160 668 170 678] >>`,
		`<< /Subtype /Widget /FT /Tx /T (rahasia) /V (x) /F 2 /Rect [10 10 20 20] >>`,
		`<< /Subtype /Widget /FT /Ch /T (Acara) /V (2) /Opt [[(1) (Rapat)] [(2) (`+"\xFE\xFF\x00S\x00e\x00m"+
			`)]] /Rect [50 500 200 512] >>`,
		`<< /Subtype /FreeText /Contents (NIP : 1\rLantai 2) /Rect [50 560 200 590] >>`,
		`<< /Subtype /StrikeOut /Rect [50 630 300 650] /QuadPoints [164 650 200 650 164 638 200 638] >>`)
	want := []string{"Nama : Budi (Ketua)", "", "Media : ☒ Email  ☐ SMS\tTelp", "", "Unit Kerja : PPIKSN", "", "NIP : 1",
		"Lantai 2", "", "Sem", "",
		"Nama pemohon: Budi (Ketua)", "rahasia: x", "Acara: Sem"}
	if d := cmp.Diff(want, pagetest.Read(t, pdf.Read, data)); d != "" {
		t.Error(d)
	}
}

func TestRefused(t *testing.T) {
	for name, tt := range map[string]struct {
		data []byte
		want error
	}{
		"a scan": {fileOf(catalog, pages, onePage, stream("", "q 500 0 0 800 0 0 cm /Im Do Q"), courier),
			page.ErrNoText},
		"a password": {bytes.Replace(onPage(t, "(x) Tj"), []byte("/Root"),
			[]byte("/Encrypt << /Filter /Standard /V 2 /R 3 /O (01234567890123456789012345678901) /U "+
				"(01234567890123456789012345678901) /P -4 >> /Root"), 1), page.ErrEncrypted},
		"nothing in it":     {[]byte("%PDF-1.4\n"), page.ErrDamaged},
		"cut before a page": {onPage(t, "(x) Tj")[:100], page.ErrDamaged},
		"damaged by a stray": {fileOf(catalog, pages, onePage, stream("/Filter /FlateDecode", "\x78\x9c????"), courier),
			page.ErrDamaged},
	} {
		t.Run(name, func(t *testing.T) { pagetest.Refused(t, pdf.Read, tt.data, tt.want) })
	}
}

// TestWithoutPassword reads a file that is encrypted only to forbid changes: its password is empty. The keys are
// made here as ISO 32000-2, 7.6.4 has them for AES-256 of the first kind.
func TestWithoutPassword(t *testing.T) {
	fileKey := []byte("0123456789abcdef0123456789abcdef")
	sum := func(salt string) []byte { s := sha256.Sum256([]byte(salt)); return s[:] }
	encrypt := func(key []byte, iv, data string) string {
		block, err := aes.NewCipher(key)
		if err != nil {
			t.Fatal(err)
		}
		out := []byte(data)
		cipher.NewCBCEncrypter(block, []byte(iv)).CryptBlocks(out, out)
		return string(out)
	}
	const zeros, iv = "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", "initialisation.."
	user := string(sum("validate")) + "validate" + "key salt"
	text := "BT /F 10 Tf 50 700 Td (Nama : Budi) Tj ET"
	text += strings.Repeat(string(rune(16-len(text)%16)), 16-len(text)%16)
	handler := fmt.Sprintf("/Encrypt << /Filter /Standard /V 5 /R 5 /O <%x> /U <%x> /UE <%x> /CF << /StdCF << /CFM "+
		"/AESV3 >> >> /StmF /StdCF /StrF /StdCF >>",
		user, user, encrypt(sum("key salt"), zeros, string(fileKey)))
	data := string(fileOf(catalog, pages, onePage, stream("", iv+encrypt(fileKey, iv, text)), courier))
	if got := pagetest.Read(t, pdf.Read, []byte(strings.Replace(data, "/Root", handler+" /Root", 1))); len(got) == 0 ||
		got[0] != "Nama : Budi" {
		t.Errorf("got %q", got)
	}
}
