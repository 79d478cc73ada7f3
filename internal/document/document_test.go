package document_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"batan.go.id/layanan/internal/document"
	"batan.go.id/layanan/internal/document/page"
	"github.com/google/go-cmp/cmp"
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

// read gives the lines of a file that is not damaged.
func read(t *testing.T, data []byte) []string {
	t.Helper()
	lines, err := document.Read(document.Detect("", "", data), data)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

type linesTest struct{ name, body, want string }

// checkLines compares the lines of files that make builds, shown with / for the end of a line and | for a cell's.
func checkLines(t *testing.T, tests []linesTest, file func(testing.TB, string) []byte) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := strings.ReplaceAll(strings.Join(read(t, file(t, tt.body)), "/"), "\t", "|")
			if d := cmp.Diff(tt.want, strings.TrimRight(got, "/")); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestDetect(t *testing.T) {
	for _, tt := range []struct {
		name, mediaType, head string
		want                  document.Format
	}{
		{"form.docx", "application/octet-stream", "PK\x03\x04", document.Zipped},
		{"form.doc", "application/msword", "PK\x03\x04", document.Zipped},
		{"form.doc", "application/msword", "{\\rtf1\\ansi", document.RTF},
		{"form.doc", "application/msword", "<html xmlns:o=", document.HTML},
		{"form.doc", "application/msword", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", document.OldOffice},
		{"form.doc", "application/msword", "?", document.Broken},
		{"scan.pdf", "application/pdf", "\xFF\xD8\xFF\xE0", document.Picture},
		{"", "application/octet-stream", "\r\n%PDF-1.7", document.PDF},
		{"form.pdf", "application/octet-stream", "", document.Broken},
		{"foto.HEIC", "application/octet-stream", "\x00\x00\x00\x18ftypheic\x00", document.Picture},
		{"foto", "image/x-unknown", "?", document.Picture},
		{"winmail.dat", "application/ms-tnef", "\x78\x9F\x3E\x22", document.TNEF},
		{"undangan.ics", "application/octet-stream", "\xEF\xBB\xBFBEGIN:VCALENDAR", document.Calendar},
		{"isi.txt", "application/octet-stream", "Nama: Budi", document.Text},
		{"isi", "text/plain", "Nama: Budi", document.Text},
		{"isi.html", "application/octet-stream", "Nama: Budi", document.HTML},
		{"rekaman.mp4", "video/mp4", "\x00\x00\x00\x18ftypmp42\x00", document.Unknown},
	} {
		if got := document.Detect(tt.name, tt.mediaType, []byte(tt.head)); got != tt.want {
			t.Errorf("%s %s %q: format %d, want %d", tt.name, tt.mediaType, tt.head, got, tt.want)
		}
	}
}

func TestRefused(t *testing.T) {
	docx := string(zipped(t, "word/document.xml", "<w:p/>"))
	for name, tt := range map[string]struct {
		data string
		want error
	}{
		"picture":   {"\x89PNG\r\n\x1A\n", page.ErrPicture},
		"cut zip":   {docx[:len(docx)-30], page.ErrDamaged},
		"other zip": {string(zipped(t, "isi.txt", "x")), page.ErrUnknown},
		"sealed odt": {string(zipped(t, "content.xml", "?", "META-INF/manifest.xml", "<manifest:encryption-data/>")),
			page.ErrEncrypted},
		"nothing in a PDF": {"%PDF-1.4\n", page.ErrDamaged},
		"text":             {"Nama: Budi", page.ErrUnknown},
	} {
		t.Run(name, func(t *testing.T) { refused(t, tt.data, tt.want) })
	}
}

func refused(t *testing.T, data string, want error) {
	t.Helper()
	if _, err := document.Read(document.Detect("", "", []byte(data)), []byte(data)); !errors.Is(err, want) {
		t.Errorf("%.40q: %v, want %v", data, err, want)
	}
}
