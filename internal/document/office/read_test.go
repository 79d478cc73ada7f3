package office_test

import (
	"archive/zip"
	"bytes"
	"testing"

	"batan.go.id/layanan/internal/document/office"
	"batan.go.id/layanan/internal/document/page"
	"batan.go.id/layanan/internal/document/page/pagetest"
)

// zipped is a container with the given parts, each name followed by its content.
func zipped(t testing.TB, parts ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = w.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestRefused(t *testing.T) {
	docx := zipped(t, "word/document.xml", "<w:p/>")
	for name, tt := range map[string]struct {
		data []byte
		want error
	}{
		"cut":   {docx[:len(docx)-30], page.ErrDamaged},
		"other": {zipped(t, "isi.txt", "x"), page.ErrUnknown},
		"sealed odt": {zipped(t, "content.xml", "?", "META-INF/manifest.xml", "<manifest:encryption-data/>"),
			page.ErrEncrypted},
	} {
		t.Run(name, func(t *testing.T) { pagetest.Refused(t, office.Read, tt.data, tt.want) })
	}
}
