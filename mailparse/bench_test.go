package mailparse_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/mail"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"batan.go.id/layanan/mailparse"
	"github.com/emersion/go-message"
	"github.com/emersion/go-message/charset"
)

const (
	benchForm = "Nama : Ani Wijaya\nNIP : 198001012005012001\nUnit Kerja : Biro Umum\nKegiatan/ Tanggal : Rapat / 12 " +
		"Juli 2026\nPelaksanaan Video Konferensi : 09.00 - 11.00 WIB, Ruang 71\nMedia : Email\n"
	benchProse = "Mohon kiranya dapat disiapkan perangkat proyektor, kamera, dan mikrofon.\n"
	benchQuote = "Daftar hadir peserta dan susunan acara akan kami kirimkan menyusul.\n"
	benchIntro = "Pada Sen, 5 Jan 2026 pukul 08.00 Layanan BATANnet <layanan_batannet@batan.go.id> menulis:"
)

// benchHead is a header as a mail has it that came through three hosts.
func benchHead(subject, typ string) string {
	var b strings.Builder
	for i := range 3 {
		fmt.Fprintf(&b, "Received: from mx%d.batan.go.id (mx%d.batan.go.id [10.0.0.%d])\n\tby mail.batan.go.id (Postfix) "+
			"with ESMTPS id 4F00BA%d\n\tfor <layanan_batannet@batan.go.id>; Mon, 05 Jan 2026 09:10:0%d +0700 (WIB)\n", i, i, i,
			i, i)
	}
	to, answered := "layanan_batannet@batan.go.id", ""
	if strings.HasPrefix(subject, "Re:") {
		to, answered = "layanan_batannet+vc-2026-0001-abcdefghij234567klmn@batan.go.id",
			"In-Reply-To: <vc-2026-0001-abcdefghij234567klmn.2@batan.go.id>\n"
	}
	return b.String() + "Authentication-Results: mx.batan.go.id; dmarc=pass header.from=batan.go.id; dkim=pass " +
		"header.d=batan.go.id\n" +
		"From: Kepala PPIKSN <ka.ppiksn@batan.go.id>\nTo: Layanan BATANnet <" + to + ">\nSubject: " + subject +
		"\nDate: Mon, 05 Jan 2026 09:10:00 +0700\nMessage-ID: <a1@mail.batan.go.id>\n" + answered +
		"MIME-Version: 1.0\nContent-Type: " + typ + "\n"
}

func benchPage() string {
	var b strings.Builder
	b.WriteString("<html><body><p>Yth. Layanan BATANnet,</p><table>")
	for l := range strings.SplitSeq(strings.TrimSpace(benchForm), "\n") {
		k, v, _ := strings.Cut(l, ":")
		b.WriteString("<tr><td style=\"border:1px solid\">" + k + "</td><td>:</td><td>" + v + "</td></tr>")
	}
	b.WriteString("</table>")
	for range 30 {
		b.WriteString("<p class=\"MsoNormal\" style=\"margin:0 0 8pt 0\">" + benchProse + "</p>\n")
	}
	return b.String() + "</body></html>\n"
}

// benchMails are the shapes that most mails have.
func benchMails() map[string]string {
	const re = "Re: [VC-2026-0001] Persetujuan layanan video konferensi"
	quoted := benchIntro + "\n\n" + strings.Repeat("> "+benchQuote, 20)
	form := "Yth. Layanan BATANnet,\n\nDengan hormat,\n\n" + benchForm + "\n" + strings.Repeat(benchProse, 10) +
		"\nHormat kami,\nAni Wijaya\n"
	page := `<div dir="ltr">Setuju, segera ditindaklanjuti.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">` + benchIntro + "<br></div><blockquote class=\"gmail_quote\">" +
		strings.Repeat("<p style=\"margin:0px 0px 8px\">"+benchQuote+"</p>\n", 20) + "</blockquote></div>\n"
	return map[string]string{
		"plain-reply": benchHead(re, "text/plain; charset=utf-8") +
			"\nSetuju, segera ditindaklanjuti.\n\nTerima kasih.\n\n" + quoted,
		"quoted-form": benchHead(re, "text/plain; charset=utf-8") + "\nBerikut kami lengkapi.\n\n" + benchForm +
			"\nTerima kasih.\n\n" + benchIntro + "\n\n> " + strings.ReplaceAll(form, "\n", "\n> ") + "\n",
		"plain-form": benchHead("Permohonan", "text/plain; charset=utf-8") + "\n" + form,
		"html-reply": benchHead(re, "text/html; charset=utf-8") + "\n" + page,
		"alternative": benchHead("Permohonan", "multipart/alternative; boundary=B") +
			"\n--B\nContent-Type: text/plain; charset=utf-8\n\n" + form + strings.Repeat(benchProse, 20) + quoted +
			"\n--B\nContent-Type: text/html; charset=utf-8\n\n" + benchPage() + "\n--B--\n",
		"attachment": benchHead("Permohonan", "multipart/mixed; boundary=B") +
			"\n--B\nContent-Type: text/plain; charset=utf-8\n\n" + form +
			"\n--B\nContent-Type: image/jpeg; name=scan.jpg\nContent-Transfer-Encoding: base64\nContent-Disposition: " +
			"attachment; filename=scan.jpg\n\n" + base64Lines(1<<20) + "\n--B--\n",
	}
}

// base64Lines are size bytes in base64, in lines as mailers break them.
func base64Lines(size int) string {
	var b strings.Builder
	for s := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte("layanan "), size/8)); s != ""; {
		n := min(76, len(s))
		b.WriteString(s[:n] + "\r\n")
		s = s[n:]
	}
	return b.String()
}

// BenchmarkParse reports, besides time and allocations, how many times the price of [bareRead] a mail costs (x-bare).
func BenchmarkParse(b *testing.B) {
	g, mails := testGrammar(), benchMails()
	for _, name := range slices.Sorted(maps.Keys(mails)) {
		raw := []byte(strings.ReplaceAll(strings.ReplaceAll(mails[name], "\r\n", "\n"), "\n", "\r\n"))
		b.Run(name, func(b *testing.B) {
			if m := mailparse.Parse(raw, g); m.Form == nil && m.Command == nil || len(m.Warnings) > 0 {
				b.Fatalf("%+v", m)
			}
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				mailparse.Parse(raw, g)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "mails/s")
			b.ReportMetric(timesBare(b, raw, g), "x-bare")
		})
	}
}

// timesBare is the middle one of many ratios, each of two short runs next to each other, in processor time: what else
// the machine does at that time does not count.
func timesBare(b *testing.B, raw []byte, g *mailparse.Grammar) float64 {
	ratios := make([]float64, 15)
	mails := max(1, 400_000/len(raw))
	for i := range ratios {
		start := cpuTime(b)
		for range mails {
			mailparse.Parse(raw, g)
		}
		between := cpuTime(b)
		for range mails {
			if err := bareRead(raw); err != nil {
				b.Fatal(err)
			}
		}
		ratios[i] = float64(between-start) / float64(max(cpuTime(b)-between, 1))
	}
	slices.Sort(ratios)
	return ratios[len(ratios)/2]
}

// cpuTime is the processor time that the process has used, the garbage collector's included.
func cpuTime(b *testing.B) time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		b.Fatal(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// bareRead reads a mail with net/mail and go-message: addresses, subject, date, and every part's decoded bytes, text
// as UTF-8. It is the price of a parser that understands nothing.
func bareRead(raw []byte) error {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	for _, name := range []string{"From", "To"} {
		if _, err := m.Header.AddressList(name); err != nil {
			return err
		}
	}
	if _, err := m.Header.Date(); err != nil {
		return err
	}
	if _, err := (&mime.WordDecoder{CharsetReader: charset.Reader}).DecodeHeader(m.Header.Get("Subject")); err != nil {
		return err
	}
	e, err := message.New(message.HeaderFromMap(m.Header), m.Body)
	if err != nil {
		return err
	}
	return e.Walk(func(_ []int, e *message.Entity, err error) error {
		if err == nil && e.MultipartReader() == nil {
			_, err = io.ReadAll(e.Body)
		}
		return err
	})
}
