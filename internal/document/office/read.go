package office

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"

	"batan.go.id/layanan/internal/document/page"
)

// archive is an office file's container.
type archive struct {
	files map[string]*zip.File
	err   error // the first part that could not be read to its end
}

// Read finds out which office file a zip is.
func Read(data []byte) ([]string, error) {
	if bytes.Count(data, []byte("PK\x01\x02")) > page.MaxEntries { // before a directory of that size is built
		return nil, page.ErrTooLarge
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, page.ErrDamaged
	}
	a := &archive{files: map[string]*zip.File{}}
	word := ""
	for _, f := range z.File {
		name := strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
		a.files[name] = f
		// Office 365 writes document2.xml, too
		if rest, ok := strings.CutPrefix(name, "word/document"); ok && strings.HasSuffix(rest, ".xml") {
			word = name
		}
	}
	var lines []string
	switch {
	case word != "":
		lines = a.readWord(word)
	case a.files["xl/workbook.xml"] != nil:
		lines = a.readExcel()
	case a.files["content.xml"] != nil:
		if m := a.files["META-INF/manifest.xml"]; m != nil && bytes.Contains(a.bytes("META-INF/manifest.xml"),
			[]byte("encryption-data")) {
			return nil, page.ErrEncrypted
		}
		lines = a.readODF()
	default:
		return nil, page.ErrUnknown
	}
	return lines, a.err
}

// open gives a part's content, nothing when it is not there.
func (a *archive) open(name string) io.Reader {
	f := a.files[name]
	if f == nil {
		return strings.NewReader("")
	}
	r, err := f.Open()
	if err != nil {
		a.fail(page.ErrDamaged)
		return strings.NewReader("")
	}
	return r // closing releases nothing: the container is in memory
}

func (a *archive) bytes(name string) []byte {
	b, err := io.ReadAll(io.LimitReader(a.open(name), page.MaxUnpacked))
	if err != nil {
		a.fail(page.ErrDamaged)
	}
	return b
}

func (a *archive) fail(err error) {
	if a.err == nil {
		a.err = err
	}
}
