package document_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"batan.go.id/layanan/internal/document"
	"batan.go.id/layanan/internal/document/page"
)

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

// TestRead hands each format to its family, and says why where there is none.
func TestRead(t *testing.T) {
	var word bytes.Buffer
	z := zip.NewWriter(&word)
	part, err := z.Create("word/document.xml")
	if err == nil {
		_, err = part.Write([]byte("<w:p><w:r><w:t>Nama</w:t></w:r></w:p>"))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	const pdf = "%PDF-1.4 1 0 obj << /Type /Page /Contents 2 0 R >> endobj " +
		"2 0 obj << /Length 32 >>\nstream\nBT /F 9 Tf 9 9 Td (Nama) Tj ET  \nendstream endobj"
	for name, tt := range map[string]struct {
		data string
		want error
	}{
		"Word":                {word.String(), nil},
		"PDF":                 {pdf, nil},
		"RTF":                 {`{\rtf1 Nama}`, nil},
		"a cut compound file": {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", page.ErrDamaged},
		"a picture":           {"\x89PNG\r\n\x1A\n", page.ErrPicture},
		"text":                {"Nama", page.ErrUnknown},
	} {
		lines, err := document.Read(document.Detect("", "", []byte(tt.data)), []byte(tt.data))
		if !errors.Is(err, tt.want) || tt.want == nil && strings.TrimSpace(strings.Join(lines, "")) != "Nama" {
			t.Errorf("%s: %q, %v, want %v", name, lines, err, tt.want)
		}
	}
	if _, err := document.Read(document.Broken, []byte("?")); !errors.Is(err, page.ErrDamaged) {
		t.Errorf("what only says that it is a document: %v", err)
	}
}
