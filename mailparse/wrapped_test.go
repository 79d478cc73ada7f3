package mailparse_test

import (
	"strings"
	"testing"

	"batan.go.id/layanan/mailparse"
)

// TestWrappedOnce holds a value that goes on in the next line to be taken once, however many forms of the text a mail
// has.
func TestWrappedOnce(t *testing.T) {
	const want = "Lokakarya keselamatan radiasi bagi petugas laboratorium se-Jawa bersama para peneliti muda"
	lines := []string{"Nama : Budi Santoso", "NIP : 198001012005011002", "Unit Kerja : Biro Umum",
		"Kegiatan : Lokakarya keselamatan radiasi bagi petugas laboratorium se-Jawa",
		"bersama para peneliti muda", "Tanggal : 12 Juli 2026", "Media : Email"}
	head := "From: Ani <ani@batan.go.id>\nTo: layanan_batannet@batan.go.id\nSubject: Fwd: Permohonan\nDate: Mon, 05 " +
		"Jan 2026 09:10:00 +0700\nMessage-ID: <1@batan.go.id>\nMIME-Version: 1.0\n"
	text, page := strings.Join(lines, "\n")+"\n", strings.Join(lines, "<br>\n")+"<br>\n"
	quotedText, quotedPage := "Mohon bantuan.\n\n> "+strings.Join(lines, "\n> ")+"\n",
		"<p>Mohon bantuan.</p><blockquote type=\"cite\">"+page+"</blockquote>\n"
	both := func(text, page string) string {
		return "Content-Type: multipart/alternative; boundary=B\n\n--B\nContent-Type: text/plain\n\n" + text +
			"\n--B\nContent-Type: text/html\n\n" + page + "\n--B--\n"
	}
	for name, body := range map[string]string{
		"text":        "\n" + text,
		"page":        "Content-Type: text/html\n\n" + page,
		"both":        both(text, page),
		"quoted text": "\n" + quotedText,
		"quoted page": "Content-Type: text/html\n\n" + quotedPage,
		"quoted both": both(quotedText, quotedPage),
	} {
		m := mailparse.Parse([]byte(head+body), testGrammar())
		if m.Form == nil || m.Form.Text("kegiatan") != want {
			t.Errorf("%s: %+v", name, m.Form)
		}
	}
}
