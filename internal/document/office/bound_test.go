package office_test

import (
	"archive/zip"
	"bytes"
	"hash/crc32"
	"testing"

	"batan.go.id/layanan/internal/document/office"
	"batan.go.id/layanan/internal/document/page"
	"batan.go.id/layanan/internal/document/page/pagetest"
)

// bomb is a zip whose part holds s a number of times.
func bomb(t *testing.T, part, s string, n int) []byte {
	t.Helper()
	packed := pagetest.DeflatedTimes(t, s, n)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.CreateRaw(&zip.FileHeader{Name: part, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(nil),
		CompressedSize64: uint64(len(packed)), UncompressedSize64: uint64(n * len(s))})
	if err == nil {
		_, err = w.Write(packed)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestBounded(t *testing.T) {
	for name, data := range map[string][]byte{
		"a zip bomb in a .docx": bomb(t, "word/document.xml", "<w:p><w:r><w:t>a</w:t></w:r></w:p>", 6_000_000),
		"one text in a .docx":   bomb(t, "word/document.xml", "a", 200<<20),
		"nested tables":         docx(t, pagetest.Fill("<w:tbl><w:tr><w:tc>", 4<<20)),
		"rows of many cells":    docx(t, "<w:tr>"+pagetest.Fill("<w:tc></w:tc>", 4<<20)),
		"attributes":            docx(t, "<w:p "+pagetest.Fill("a='b' ", 4<<20)),
		"entities": docx(t, `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>`+
			pagetest.Fill("&b;", 1<<20)),
		"a directory of many files": []byte("PK\x03\x04" + pagetest.Fill("PK\x01\x02", 20<<20)),
		"an .odt of struck styles": zipped(t, "content.xml",
			pagetest.Fill(`<style:style style:name="T1"><style:text-properties style:text-line-through-style="solid"/>`,
				4<<20)),
		"an .xlsx of shared texts": zipped(t, "xl/workbook.xml", pagetest.Fill(`<sheet r:id="a"/>`, 4<<20),
			"xl/_rels/workbook.xml.rels", `<Relationship Id="a" Target="s.xml"/>`, "xl/s.xml",
			pagetest.Fill("<row><c t='s'><v>0</v></c></row>", 4<<20), "xl/sharedStrings.xml",
			pagetest.Fill("<si><t>"+pagetest.Fill("a", 1000)+"</t></si>", 4<<20)),
	} {
		t.Run(name, func(t *testing.T) { pagetest.Bounded(t, office.Read, data) })
	}
}

// TestBombsAreToldOf: what was cut off is never taken for the whole.
func TestBombsAreToldOf(t *testing.T) {
	data := bomb(t, "word/document.xml", "<w:p><w:r><w:t>a</w:t></w:r></w:p>", 1_000_000)
	pagetest.Refused(t, office.Read, data, page.ErrTooLarge)
}
