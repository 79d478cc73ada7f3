package pdf_test

import (
	"fmt"
	"strings"
	"testing"

	"batan.go.id/layanan/internal/document/page"
	"batan.go.id/layanan/internal/document/page/pagetest"
	"batan.go.id/layanan/internal/document/pdf"
)

func TestBounded(t *testing.T) {
	flateBomb := string(pagetest.DeflatedTimes(t, " ", 200<<20))
	zlib := "\x78\x9c" + flateBomb
	many := func(n int, object string) string {
		var out strings.Builder
		for i := range n {
			fmt.Fprintf(&out, "%d 0 obj %s endobj\n", 20+i, object)
		}
		return out.String()
	}
	file := func(rest string) []byte { return append(onPage(t, "50 700 Td (Nama) Tj"), rest...) }
	withContent := func(content, more string) []byte { return append(onPage(t, content), more...) }
	for name, data := range map[string][]byte{
		"a flate bomb in a PDF": fileOf(catalog, pages, onePage, stream("/Filter /FlateDecode", zlib), courier),
		"bombs in a bomb": fileOf(catalog, pages, onePage,
			stream("/Filter [/FlateDecode /FlateDecode]", deflated(zlib)), courier),
		"an LZW bomb": fileOf(catalog, pages, onePage, stream("/Filter /LZWDecode", pagetest.Fill("\xff", 10<<20)),
			courier),
		"pages of one content": fileOf(catalog, "<< /Kids ["+pagetest.Fill("3 0 R ", 1<<20)+"] >>", onePage,
			stream("/Filter /FlateDecode", zlib[:20000]), courier),
		"contents of one stream": fileOf(catalog, pages,
			strings.Replace(onePage, "4 0 R", "["+pagetest.Fill("4 0 R ", 1<<20)+"]", 1),
			stream("", pagetest.Fill("q Q ", 1<<20)), courier),
		"objects":                file(many(300_000, "null")),
		"arrays":                 file(many(1, pagetest.Fill("[", 4<<20))),
		"numbers":                file(many(1, "["+pagetest.Fill("0 ", 8<<20)+"]")),
		"dictionaries":           file(many(1, pagetest.Fill("<</A", 4<<20))),
		"streams without an end": file(many(1, pagetest.Fill("<<>>stream ", 4<<20))),
		"trailers":               file(pagetest.Fill("trailer<<", 8<<20)),
		"obj":                    file(pagetest.Fill("1 0 obj(", 8<<20)),
		"letters":                withContent("("+pagetest.Fill("a", 4<<20)+") Tj", ""),
		"letters on one spot":    withContent(pagetest.Fill("50 0 Td (a) Tj -50 0 Td ", 4<<20), ""),
		"fonts":                  withContent(pagetest.Fill("/F 1 Tf ", 4<<20), ""),
		"unknown fonts":          withContent(pagetest.Fill("/X 1 Tf ", 4<<20), ""),
		"saved states":           withContent(pagetest.Fill("q ", 4<<20), ""),
		"strokes": withContent(pagetest.Fill("1 1 m 100 1 l S ", 1<<20)+
			pagetest.Fill("(a) Tj 0 0 Td ", 2<<20), ""),
		"a form that draws itself": fileOf(catalog, strings.Replace(pages, "/Font", "/XObject << /X 6 0 R >> /Font", 1),
			onePage, stream("", "/X Do"), courier, stream("/Subtype /Form", pagetest.Fill("/X Do ", 1<<16))),
		"a wide map of codes": fileOf(catalog, pages, onePage, stream("", "BT /F 10 Tf (a) Tj ET"),
			"<< /Subtype /Type0 /ToUnicode 6 0 R >>", stream("", pagetest.Fill("<0000> <ffff> <0000> endbfrange ", 4<<20))),
	} {
		t.Run(name, func(t *testing.T) { pagetest.Bounded(t, pdf.Read, data) })
	}
}

// TestBombsAreToldOf: what was cut off is never taken for the whole.
func TestBombsAreToldOf(t *testing.T) {
	bomb := "\x78\x9c" + string(pagetest.DeflatedTimes(t, "(a) Tj ", 10_000_000))
	data := fileOf(catalog, pages, onePage, stream("/Filter /FlateDecode", bomb), courier)
	pagetest.Refused(t, pdf.Read, data, page.ErrTooLarge)
}
