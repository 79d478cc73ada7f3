package mailparse_test

import (
	"bytes"
	"io"
	"net/mail"
	"strings"
	"testing"

	"batan.go.id/layanan/mailparse"
	"github.com/emersion/go-message"
)

// benchMail is a request of about 10 KB in both forms, with an older mail quoted below.
func benchMail() []byte {
	var plain, page strings.Builder
	form := "Nama : Ani Wijaya\nNIP : 198001012005012001\nUnit Kerja : Biro Umum\nKegiatan/ Tanggal : Rapat / 12 Juli 2018\nPelaksanaan Video Konferensi : 09.00 - 11.00 WIB, Ruang 71\nMedia : Email\n"
	plain.WriteString("Yth. Layanan BATANnet,\n\nDengan hormat,\n\n" + form)
	page.WriteString("<html><body><p>Yth. Layanan BATANnet,</p><table>")
	for l := range strings.SplitSeq(strings.TrimSpace(form), "\n") {
		k, v, _ := strings.Cut(l, ":")
		page.WriteString("<tr><td style=\"border:1px solid\">" + k + "</td><td>:</td><td>" + v + "</td></tr>")
	}
	page.WriteString("</table>")
	for range 30 {
		plain.WriteString("Mohon kiranya dapat disiapkan perangkat proyektor, kamera, dan mikrofon.\n")
		page.WriteString("<p class=\"MsoNormal\" style=\"margin:0 0 8pt 0\">Mohon kiranya dapat disiapkan perangkat proyektor.</p>\n")
	}
	plain.WriteString("\nPada 12 Juli 2018, Budi menulis:\n")
	for range 20 {
		plain.WriteString("> Daftar hadir peserta dan susunan acara akan kami kirimkan menyusul.\n")
	}
	return []byte("From: Ani <ani@batan.go.id>\nTo: layanan_batannet@batan.go.id\nSubject: Permohonan\nDate: Tue, 10 Jul 2018 08:00:00 +0700\nMIME-Version: 1.0\n" +
		"Content-Type: multipart/alternative; boundary=B\n\n--B\nContent-Type: text/plain; charset=utf-8\n\n" + plain.String() + "\n--B\nContent-Type: text/html; charset=utf-8\n\n" + page.String() + "\n--B--\n")
}

func BenchmarkParse(b *testing.B) {
	raw, g := benchMail(), testGrammar()
	if m := mailparse.Parse(raw, g); m.Kind != mailparse.KindRequest || len(m.Missing) > 0 {
		b.Fatalf("%+v", m)
	}
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		mailparse.Parse(raw, g)
	}
}

// BenchmarkGoMessage only walks the parts with go-message: the price of a parser that understands nothing.
func BenchmarkGoMessage(b *testing.B) {
	raw := benchMail()
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		e, err := message.Read(bytes.NewReader(raw))
		if err != nil {
			b.Fatal(err)
		}
		err = e.Walk(func(_ []int, e *message.Entity, err error) error {
			if err == nil && e.MultipartReader() == nil {
				_, err = io.Copy(io.Discard, e.Body)
			}
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNetMail(b *testing.B) {
	raw := benchMail()
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		m, err := mail.ReadMessage(bytes.NewReader(raw))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, m.Body); err != nil {
			b.Fatal(err)
		}
	}
}
