package document_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"hash/crc32"
	"runtime"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/cputime"
	"batan.go.id/layanan/internal/document"
	"batan.go.id/layanan/internal/document/page"
)

// packedTimes is s a number of times, deflated: a thousand to one.
func packedTimes(t *testing.T, s string, n int) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	block := []byte(strings.Repeat(s, 1+(1<<20)/len(s)))
	for left := n * len(s); left > 0; left -= len(block) {
		_, _ = w.Write(block[:min(left, len(block))])
	}
	_ = w.Close()
	return out.Bytes()
}

// bomb is a zip whose part holds s a number of times.
func bomb(t *testing.T, part, s string, n int) []byte {
	t.Helper()
	packed := packedTimes(t, s, n)
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

// TestBounded reads files made to take long or much. What is allocated in all, not only at a time, is bounded; so is
// time: five seconds of the processor are far more than any needs.
func TestBounded(t *testing.T) {
	repeat := func(s string, size int) string { return strings.Repeat(s, size/len(s)) }
	flateBomb := string(packedTimes(t, " ", 200<<20))
	zlib := "\x78\x9c" + flateBomb
	many := func(n int, object string) string {
		var out strings.Builder
		for i := range n {
			fmt.Fprintf(&out, "%d 0 obj %s endobj\n", 20+i, object)
		}
		return out.String()
	}
	pdf := func(rest string) []byte { return append(onPage(t, "50 700 Td (Nama) Tj"), rest...) }
	withContent := func(content, more string) []byte { return append(onPage(t, content), more...) }
	const mib = 1 << 20
	for name, data := range map[string][]byte{
		"a zip bomb in a .docx": bomb(t, "word/document.xml", "<w:p><w:r><w:t>a</w:t></w:r></w:p>", 6_000_000),
		"one text in a .docx":   bomb(t, "word/document.xml", "a", 200<<20),
		"nested tables":         docx(t, repeat("<w:tbl><w:tr><w:tc>", 4<<20)),
		"rows of many cells":    docx(t, "<w:tr>"+repeat("<w:tc></w:tc>", 4<<20)),
		"attributes":            docx(t, "<w:p "+repeat("a='b' ", 4<<20)),
		"entities": docx(t, `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>`+
			repeat("&b;", 1<<20)),
		"a directory of many files": []byte("PK\x03\x04" + repeat("PK\x01\x02", 20<<20)),
		"an .odt of struck styles": zipped(t, "content.xml",
			repeat(`<style:style style:name="T1"><style:text-properties style:text-line-through-style="solid"/>`, 4<<20)),
		"an .xlsx of shared texts": zipped(t, "xl/workbook.xml", repeat(`<sheet r:id="a"/>`, 4<<20),
			"xl/_rels/workbook.xml.rels", `<Relationship Id="a" Target="s.xml"/>`, "xl/s.xml",
			repeat("<row><c t='s'><v>0</v></c></row>", 4<<20), "xl/sharedStrings.xml",
			repeat("<si><t>"+repeat("a", 1000)+"</t></si>", 4<<20)),
		"a flate bomb in a PDF": pdfOf(catalog, pages, onePage, pdfStream("/Filter /FlateDecode", zlib), courier),
		"bombs in a bomb": pdfOf(catalog, pages, onePage,
			pdfStream("/Filter [/FlateDecode /FlateDecode]", deflated(zlib)), courier),
		"an LZW bomb": pdfOf(catalog, pages, onePage, pdfStream("/Filter /LZWDecode", repeat("\xff", 10<<20)),
			courier),
		"pages of one content": pdfOf(catalog, "<< /Kids ["+repeat("3 0 R ", 1<<20)+"] >>", onePage,
			pdfStream("/Filter /FlateDecode", zlib[:20000]), courier),
		"contents of one stream": pdfOf(catalog, pages, strings.Replace(onePage, "4 0 R", "["+repeat("4 0 R ", 1<<20)+"]",
			1), pdfStream("", repeat("q Q ", 1<<20)), courier),
		"objects":                pdf(many(300_000, "null")),
		"arrays":                 pdf(many(1, repeat("[", 4<<20))),
		"numbers":                pdf(many(1, "["+repeat("0 ", 8<<20)+"]")),
		"dictionaries":           pdf(many(1, repeat("<</A", 4<<20))),
		"streams without an end": pdf(many(1, repeat("<<>>stream ", 4<<20))),
		"trailers":               pdf(repeat("trailer<<", 8<<20)),
		"obj":                    pdf(repeat("1 0 obj(", 8<<20)),
		"letters":                withContent("("+repeat("a", 4<<20)+") Tj", ""),
		"letters on one spot":    withContent(repeat("50 0 Td (a) Tj -50 0 Td ", 4<<20), ""),
		"fonts":                  withContent(repeat("/F 1 Tf ", 4<<20), ""),
		"unknown fonts":          withContent(repeat("/X 1 Tf ", 4<<20), ""),
		"saved states":           withContent(repeat("q ", 4<<20), ""),
		"strokes":                withContent(repeat("1 1 m 100 1 l S ", 1<<20)+repeat("(a) Tj 0 0 Td ", 2<<20), ""),
		"a form that draws itself": pdfOf(catalog, strings.Replace(pages, "/Font", "/XObject << /X 6 0 R >> /Font", 1),
			onePage, pdfStream("", "/X Do"), courier, pdfStream("/Subtype /Form", repeat("/X Do ", 1<<16))),
		"a wide map of codes": pdfOf(catalog, pages, onePage, pdfStream("", "BT /F 10 Tf (a) Tj ET"),
			"<< /Subtype /Type0 /ToUnicode 6 0 R >>", pdfStream("", repeat("<0000> <ffff> <0000> endbfrange ", 4<<20))),
		"an empty compound file": append(compoundFile("WordDocument", "?"), make([]byte, 20<<20)...),
		"RTF groups":             []byte(`{\rtf1` + repeat("{", 8<<20)),
		"RTF text":               []byte(`{\rtf1 ` + repeat("a", 8<<20) + "}"),
		"RTF rows":               []byte(`{\rtf1 ` + repeat(`\trowd\cell\row`, 8<<20) + "}"),
		"a picture in RTF":       []byte(`{\rtf1{\pict ` + repeat("0a", 16<<20) + "}}"),
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := cputime.Used()
			lines, err := document.Read(document.Detect("", "", data), data)
			took := cputime.Used() - start
			runtime.ReadMemStats(&after)
			size := 0
			for _, l := range lines {
				size += len(l) + 1
			}
			used := (after.TotalAlloc - before.TotalAlloc) / mib
			if used > 250 || took > 5*time.Second || size > 2*mib {
				t.Errorf("%d MiB allocated, %v, %d bytes of text from %d (%v)", used, took, size, len(data), err)
			}
			t.Logf("%d MiB allocated, %v, %d bytes of text from %d (%v)", used, took, size, len(data), err)
		})
	}
}

// TestBombsAreToldOf: what was cut off is never taken for the whole.
func TestBombsAreToldOf(t *testing.T) {
	for name, data := range map[string][]byte{
		".docx": bomb(t, "word/document.xml", "<w:p><w:r><w:t>a</w:t></w:r></w:p>", 1_000_000),
		".pdf": pdfOf(catalog, pages, onePage, pdfStream("/Filter /FlateDecode", "\x78\x9c"+
			string(packedTimes(t, "(a) Tj ", 10_000_000))), courier),
	} {
		lines, err := document.Read(document.Detect(name, "", data), data)
		if !errors.Is(err, page.ErrTooLarge) {
			t.Errorf("%s: %d lines, %v", name, len(lines), err)
		}
	}
}
