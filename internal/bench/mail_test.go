package bench

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// filler is what officials write around a form.
var filler = []string{
	"Sehubungan dengan rencana kegiatan koordinasi antarunit, bersama ini kami sampaikan permohonan penggunaan " +
		"perangkat video konferensi.",
	"Kegiatan akan diikuti oleh peserta dari beberapa kawasan, sehingga kami membutuhkan sambungan yang stabil " +
		"sepanjang acara.",
	"Mohon perangkat dapat dipasang dan dicoba sebelum acara dimulai, termasuk mikrofon, kamera, dan layar tambahan.",
	"Narahubung kami siap membantu petugas di lokasi apabila diperlukan informasi tambahan mengenai ruangan.",
	"Atas perhatian dan kerja sama Bapak/Ibu kami mengucapkan terima kasih.",
}

var months = [...]string{"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
	"Oktober", "November", "Desember"}

// requestMail is the i-th mail with a filled form: plain text, text with HTML,
// or text with an attachment, 2 to 20 kB, no two from one sender.
func requestMail(i int, service string) []byte {
	r := rand.New(rand.NewPCG(uint64(i), 20180628))
	name := fmt.Sprintf("Pegawai Nomor %d", i)
	from := fmt.Sprintf("pegawai%05d@batan.go.id", i)
	day := time.Now().AddDate(0, 0, 10+r.IntN(40))
	fields := [][2]string{{"Nama", name}, {"NIP", fmt.Sprintf("19%d0%d1%d 20%02d0%d %d %03d", 60+r.IntN(20), 1+r.IntN(9),
		r.IntN(9), 1+r.IntN(20), 1+r.IntN(9), 1+r.IntN(2), 1+r.IntN(900))},
		{"Unit Kerja", "Pusat Sains dan Teknologi Nuklir Terapan"},
		{"Kegiatan/ Tanggal", fmt.Sprintf("Rapat koordinasi ke-%d / %d %s %d pukul 09.00 WIB", i, day.Day(),
			months[day.Month()-1], day.Year())},
		{"Pelaksanaan Video Konferensi", "Ruang Rapat Utama"}, {"Media", "Email"}}
	var form, rows, prose strings.Builder
	for _, f := range fields {
		fmt.Fprintf(&form, "%-30s: %s\r\n", f[0], f[1])
		fmt.Fprintf(&rows,
			"<tr><td style=\"padding:4px;border:1px solid #999\"><b>%s</b></td><td>:</td><td>%s</td></tr>\r\n",
			f[0], f[1])
	}
	for range 3 + r.IntN(25) {
		prose.WriteString(filler[r.IntN(len(filler))] + "\r\n\r\n")
	}
	text := "Yth. Layanan BATANnet,\r\n\r\n" + form.String() + "\r\n" + prose.String() + "Hormat kami,\r\n" + name +
		"\r\n"
	head := fmt.Sprintf("Return-Path: <%s>\r\nReceived: from mx1.batan.go.id by mail.batan.go.id; %s\r\nDate: "+
		"%s\r\nFrom: %s <%s>\r\nTo: %s\r\nSubject: Permohonan video konferensi %d\r\nMessage-ID: "+
		"<%d.%d@batan.go.id>\r\nMIME-Version: 1.0\r\n",
		from, day.Format(time.RFC1123Z), time.Now().Format(time.RFC1123Z), name, from, service, i, i, time.Now().UnixNano())
	switch i % 10 {
	case 0:
		junk := make([]byte, 8<<10)
		for k := range junk {
			junk[k] = byte(r.Uint32())
		}
		return []byte(head +
			"Content-Type: multipart/mixed; boundary=\"b1\"\r\n\r\n--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" +
			text +
			"\r\n--b1\r\nContent-Type: application/pdf; name=\"Nota Dinas.pdf\"\r\nContent-Transfer-Encoding: " +
			"base64\r\nContent-Disposition: attachment; filename=\"Nota Dinas.pdf\"\r\n\r\n" +
			wrap(base64.StdEncoding.EncodeToString(junk)) + "\r\n--b1--\r\n")
	case 1, 2, 3, 4:
		return []byte(head +
			"Content-Type: multipart/alternative; boundary=\"b2\"\r\n\r\n--b2\r\nContent-Type: text/plain; " +
			"charset=utf-8\r\n\r\n" + text +
			"\r\n--b2\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>Yth. Layanan BATANnet,</p><table>" +
			rows.String() + "</table><p>" + prose.String() + "</p></body></html>\r\n--b2--\r\n")
	}
	return []byte(head + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + text)
}

func wrap(s string) string {
	var b strings.Builder
	for len(s) > 76 {
		b.WriteString(s[:76] + "\r\n")
		s = s[76:]
	}
	return b.String() + s
}
