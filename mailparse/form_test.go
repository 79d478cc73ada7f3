package mailparse_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/mailparse"
)

// mailOf is a person's mail of Tuesday, 10 July 2018, to the service; headers end in line breaks.
func mailOf(headers, body string) []byte {
	return []byte("From: Ani <ani@batan.go.id>\nTo: layanan_batannet@batan.go.id\n" +
		"Date: Tue, 10 Jul 2018 08:00:00 +0700\n" + headers + "\n" + body)
}

// brief is what was understood of a form, in one line.
func brief(m *mailparse.Message) string {
	if m.Form == nil {
		return string(m.Kind)
	}
	f, date := m.Form, "-"
	if f["tanggal"].Date != nil {
		date = "?"
		if f["tanggal"].Date.Start != nil {
			date = f["tanggal"].Date.Start.Format("2006-01-02 15.04")
		}
		if f["tanggal"].Date.End != nil {
			date += f["tanggal"].Date.End.Format("-15.04")
		}
	}
	return fmt.Sprintf("%s: %s, %s, %s, %s, %s", m.Kind, f.Text("nama"), f.Text("nip"), f.Text("unit_kerja"),
		f.Text("kegiatan"), date)
}

const understood = "request: Ani Wijaya, 198001012005012001, Biro Umum, Rapat Koordinasi, 2018-07-12 09.00"

// TestFormShapes reads one form in the many shapes that people send it in.
func TestFormShapes(t *testing.T) {
	shapes := map[string]string{
		"plain": "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan: Rapat " +
			"Koordinasi\nTanggal: Kamis, 12 Juli 2018 pukul 09.00 WIB\n",
		"wide gaps": "Nama          Ani Wijaya\nNIP           198001012005012001\nUnit Kerja    Biro Umum\nKegiatan " +
			"     Rapat Koordinasi\nTanggal       12 Juli 2018 pukul 09.00\n",
		"numbers": "1. Nama: Ani Wijaya\n2. NIP: 198001012005012001\n3. Unit Kerja: Biro Umum\n4. Kegiatan: Rapat " +
			"Koordinasi\n5. Tanggal: 12 Juli 2018 jam 9 pagi\n",
		"letters": "a) Nama: Ani Wijaya\nb) NIP: 198001012005012001\nc) Unit Kerja: Biro Umum\nd) Kegiatan: Rapat " +
			"Koordinasi\ne) Tanggal: 12 Juli 2018 jam 9 pagi\n",
		"roman numbers": "I. Nama: Ani Wijaya\nII. NIP: 198001012005012001\nIII. Unit Kerja: Biro Umum\nIV. Kegiatan: " +
			"Rapat Koordinasi\nV. Tanggal: 12 Juli 2018 jam 9 pagi\n",
		"brackets": "(1) Nama: Ani Wijaya\n(2) NIP: 198001012005012001\n(3) Unit Kerja: Biro Umum\n(4) Kegiatan: " +
			"Rapat Koordinasi\n(5) Tanggal: 12 Juli 2018 jam 9 pagi\n",
		"bullets": "• Nama: Ani Wijaya\n• NIP: 198001012005012001\n- Unit Kerja: Biro Umum\n* Kegiatan: Rapat " +
			"Koordinasi\n▪ Tanggal: 12 Juli 2018 jam 9 pagi\n",
		"bold": "*Nama* : Ani Wijaya\n*NIP:* 198001012005012001\n**Unit Kerja**: Biro Umum\n_Kegiatan_: Rapat " +
			"Koordinasi\n*Tanggal* : *12 Juli 2018 jam 9 pagi*\n",
		"capitals": "NAMA : Ani Wijaya\nN I P : 19800101 200501 2 001\nUNIT KERJA : Biro Umum\nKEGIATAN : Rapat " +
			"Koordinasi\nTANGGAL : 12 JULI 2018 PUKUL 09.00 WIB\n",
		"aliases": "Nama Pemohon: Ani Wijaya\nN.I.P.: 19800101.200501.2.001\nSatuan Kerja: Biro Umum\nNama " +
			"Kegiatan: Rapat Koordinasi\nHari/Tanggal: Kamis/12 Juli 2018\nPukul: 09.00 WIB\n",
		"slips": "Nmaa: Ani Wijaya\nNIP: 198001012005012001\nUnit Kreja: Biro Umum\nKegitan: Rapat " +
			"Koordinasi\nTangal: 12 Juli 2018 jam 9 pagi\n",
		"two slips": "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerjja: Biro Umum\nKegiataan/Tangal: Rapat " +
			"Koordinasi / 12 Juli 2018 jam 9 pagi\n",
		"dots leader": "Nama........: Ani Wijaya\nNIP.........: 198001012005012001\nUnit Kerja..: Biro " +
			"Umum\nKegiatan....: Rapat Koordinasi\nTanggal.....: 12 Juli 2018 jam 9 pagi\n",
		"dotted lines": "Nama : ..Ani Wijaya......\nNIP : ....198001012005012001....\nUnit Kerja : ____Biro " +
			"Umum____\nKegiatan : …Rapat Koordinasi…\nTanggal : ...12 Juli 2018 jam 9 pagi...\n",
		"leader alone": "Nama ........ Ani Wijaya\nNIP ........ 198001012005012001\nUnit Kerja ........ Biro " +
			"Umum\nKegiatan ........ Rapat Koordinasi\nTanggal ........ 12 Juli 2018 jam 9 pagi\n",
		"equals": "nama = Ani Wijaya\nnip=198001012005012001\nunit kerja = Biro Umum\nkegiatan = Rapat " +
			"Koordinasi\ntanggal = 12/7/2018 09:00\n",
		"arrows": "Nama -> Ani Wijaya\nNIP -> 198001012005012001\nUnit Kerja => Biro Umum\nKegiatan → Rapat " +
			"Koordinasi\nTanggal -> 12/7/2018 09:00\n",
		"full width": "Nama：Ani Wijaya\nNIP：198001012005012001\nUnit Kerja：Biro Umum\nKegiatan：Rapat " +
			"Koordinasi\nTanggal：12 Juli 2018 jam 9 pagi\n",
		"dashes": "Nama - Ani Wijaya\nNIP - 198001012005012001\nUnit Kerja – Biro Umum\nKegiatan - Rapat " +
			"Koordinasi\nTanggal – 12 Juli 2018 jam 9 pagi\n",
		"next line": "Nama:\nAni Wijaya\nNIP:\n198001012005012001\nUnit Kerja:\nBiro Umum\nKegiatan:\nRapat " +
			"Koordinasi\nTanggal:\n12 Juli 2018 jam 9 pagi\n",
		"next line, bare": "Nama\nAni Wijaya\n\nNIP\n198001012005012001\n\nUnit Kerja\nBiro Umum\n\nKegiatan\nRapat " +
			"Koordinasi\n\nTanggal\n12 Juli 2018 jam 9 pagi\n",
		"colon below": "Nama\n: Ani Wijaya\nNIP\n: 198001012005012001\nUnit Kerja\n: Biro Umum\nKegiatan\n: Rapat " +
			"Koordinasi\nTanggal\n: 12 Juli 2018 jam 9 pagi\n",
		"one line": "Nama: Ani Wijaya, NIP: 198001012005012001, Unit Kerja: Biro Umum, Kegiatan: Rapat Koordinasi, " +
			"Tanggal: 12 Juli 2018 jam 9 pagi\n",
		"one line, bars": "Nama: Ani Wijaya | NIP: 198001012005012001 | Unit Kerja: Biro Umum | Kegiatan: Rapat " +
			"Koordinasi | Tanggal: 12 Juli 2018 jam 9 pagi\n",
		"semicolons": "Nama: Ani Wijaya; NIP: 198001012005012001; Unit Kerja: Biro Umum; Kegiatan: Rapat Koordinasi; " +
			"Tanggal: 12 Juli 2018 jam 9 pagi\n",
		"two to a line": "Nama : Ani Wijaya      Email : ani@batan.go.id\nNip : 198001012005012001  Unit Kerja : Biro " +
			"Umum\nKegiatan/ Tanggal : Rapat Koordinasi / 12 Juli 2018 jam 9 pagi\n",
		"cells": "Nama\tAni Wijaya\nNIP\t198001012005012001\nUnit Kerja\tBiro Umum\nKegiatan\tRapat " +
			"Koordinasi\nTanggal\t12 Juli 2018 jam 9 pagi\n",
		"cells, colons": "Nama\t:\tAni Wijaya\nNIP\t:\t198001012005012001\nUnit Kerja\t:\tBiro Umum\nKegiatan\t:\tRapat " +
			"Koordinasi\nTanggal\t:\t12 Juli 2018 jam 9 pagi\n",
		"numbered cells": "1\tNama\tAni Wijaya\n2\tNIP\t198001012005012001\n3\tUnit Kerja\tBiro Umum\n4\tKegiatan\tRapat " +
			"Koordinasi\n5\tTanggal\t12 Juli 2018 jam 9 pagi\n",
		"cells below": "Nama\tNIP\tUnit Kerja\tKegiatan\tTanggal\nAni Wijaya\t198001012005012001\tBiro Umum\tRapat " +
			"Koordinasi\t12 Juli 2018 jam 9 pagi\n",
		"separate time": "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan: Rapat " +
			"Koordinasi\nHari: Kamis\nTanggal: 12 Juli 2018\nJam: 9 pagi\n",
		"time first": "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan: Rapat " +
			"Koordinasi\nWaktu: 09.00 WIB s.d. selesai\nTanggal: 12 Juli 2018\n",
		"time below": "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan: Rapat " +
			"Koordinasi\nTanggal: Kamis, 12 Juli 2018\nPukul 09.00 WIB s.d. selesai\n",
		"no colons": "Nama Ani Wijaya\nNIP 198001012005012001\nUnit Kerja Biro Umum\nKegiatan Rapat " +
			"Koordinasi\nTanggal 12 Juli 2018 jam 9 pagi\n",
		"slash in label": "Nama: Ani Wijaya\nNIP/NIK: 198001012005012001\nUnit Kerja / Bagian: Biro Umum\nKegiatan & " +
			"Tanggal: Rapat Koordinasi & 12 Juli 2018 jam 9 pagi\n",
		"comma": "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan/Tanggal: Rapat " +
			"Koordinasi, Kamis, 12 Juli 2018 pukul 09.00\n",
		"pada": "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan/Tanggal: Rapat " +
			"Koordinasi pada hari Kamis tanggal 12 Juli 2018 pukul 09.00\n",
		"tanggal": "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan/Tanggal: Rapat " +
			"Koordinasi tanggal 12 Juli 2018 jam 9\n",
		"dash": "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan/Tanggal: Rapat " +
			"Koordinasi - 12 Juli 2018 jam 9\n",
		"brackets, date": "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan/Tanggal: Rapat " +
			"Koordinasi (Kamis, 12 Juli 2018 jam 9)\n",
		"date first": "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan/Tanggal: 12 Juli " +
			"2018 pukul 09.00 - Rapat Koordinasi\n",
		"date below": "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan/Tanggal: Rapat " +
			"Koordinasi\nKamis, 12 Juli 2018 pukul 09.00\n",
		"both below": "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan/Tanggal:\nRapat " +
			"Koordinasi\nKamis, 12 Juli 2018 pukul 09.00\n",
		"two cells": "Nama\tAni Wijaya\nNIP\t198001012005012001\nUnit Kerja\tBiro Umum\nKegiatan/Tanggal\tRapat " +
			"Koordinasi\tKamis, 12 Juli 2018 pukul 09.00\n",
		"lusa": "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan/Tanggal: Rapat " +
			"Koordinasi, lusa jam 9\n",
		"date in subject": "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan: Rapat Koordinasi " +
			"tanggal 12 Juli 2018 jam 9 pagi\n",
		"joint": "Nama/NIP: Ani Wijaya / 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan/Tanggal: Rapat " +
			"Koordinasi / 12 Juli 2018 jam 9\n",
		"hints": "Nama (lengkap): Ani Wijaya\nNIP (18 digit): 198001012005012001\nUnit Kerja *): Biro " +
			"Umum\nKegiatan (wajib diisi): Rapat Koordinasi\nTanggal*: 12 Juli 2018 jam 9 pagi\n",
	}
	for name, body := range shapes {
		t.Run(name, func(t *testing.T) {
			m := mailparse.Parse(mailOf("Subject: Permohonan\n", body), testGrammar())
			if got := brief(m); got != understood {
				t.Errorf("%s\ngot  %s\nwant %s\nwarnings %v", body, got, understood, m.Warnings)
			}
			crlf := mailparse.Parse([]byte(strings.ReplaceAll(string(mailOf("Subject: Permohonan\n", body)), "\n", "\r\n")),
				testGrammar())
			if brief(crlf) != brief(m) {
				t.Errorf("with CRLF: %s", brief(crlf))
			}
		})
	}
}

// TestMedia reads the medium that was kept, struck out around, or marked.
func TestMedia(t *testing.T) {
	tests := map[string]string{
		"Email":                          "Email",
		"email":                          "Email",
		"Telepon":                        "Telp",
		"telp.":                          "Telp",
		"Telpon":                         "Telp",
		"datang langsung ke kantor":      "Datang langsung",
		"Datang Langsung":                "Datang langsung",
		"E-mail":                         "Email",
		"Email/SMS/Telp/Datang langsung": "",
		"Email / SMS / Telp / Datang langsung *)":                  "",
		"Email/SMS/Telp/Datang langsung *) coret yang tidak perlu": "",
		"Email, SMS, Telp atau Datang langsung":                    "",
		"Telp/":                                                    "Telp",
		"/ / Telp /":                                               "Telp",
		"~Email~/~SMS~/Telp/~Datang langsung~":                     "Telp",
		"~~Email~~ / SMS / ~~Telp~~ / ~~Datang langsung~~":         "SMS",
		"--Email--/--SMS--/Telp/--Datang langsung--":               "Telp",
		"-Email-/-SMS-/Telp/-Datang langsung-":                     "Telp",
		"[x] Email [ ] SMS [ ] Telp [ ] Datang langsung":           "Email",
		"[ ] Email [X] SMS [ ] Telp":                               "SMS",
		"( ) Email (x) SMS ( ) Telp":                               "SMS",
		"Email (v) / SMS / Telp / Datang langsung":                 "Email",
		"Email / SMS (x) / Telp / Datang langsung":                 "SMS",
		"Email/SMS/Telp √/Datang langsung":                         "Telp",
		"Email/SMS/✓ Telp/Datang langsung":                         "Telp",
		"☐ Email ☒ SMS ☐ Telp ☐ Datang langsung":                   "SMS",
		"☐ Email ☐ SMS ☐ Telp ☑ Datang langsung":                   "Datang langsung",
		"Email V / SMS / Telp / Datang langsung":                   "Email",
		"Email/*SMS*/Telp/Datang langsung":                         "SMS",
		"Email dan Telp":                                           "Email dan Telp",
		"WhatsApp":                                                 "WhatsApp",
	}
	for media, want := range tests {
		m := mailparse.Parse(mailOf("Subject: Permohonan\n",
			"Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan: Rapat\nTanggal: 12 Juli 2018\nMedia: "+
				media+"\n"), testGrammar())
		if m.Form == nil || m.Form.Text("media") != want {
			t.Errorf("%q: got %q, want %q", media, m.Form.Text("media"), want)
		}
	}
	page := "Content-Type: text/html\n\n<p>Nama: Ani<br>NIP: 198001012005012001<br>Unit Kerja: Biro Umum<br>Kegiatan: " +
		"Rapat<br>Media : <s>Email</s>/<strike>SMS</strike>/Telp/<span style=\"text-decoration:line-through\">Datang " +
		"langsung</span></p>"
	if m := mailparse.Parse([]byte("From: ani@batan.go.id\n"+page), testGrammar()); m.Form == nil ||
		m.Form.Text("media") != "Telp" {
		t.Errorf("struck out on a page: %+v", m.Form)
	}
}

// TestFormUntouched tells the printed form, as it is or with its hints, from one that was filled in.
func TestFormUntouched(t *testing.T) {
	for name, body := range map[string]string{
		"dots": "Nama : ..........\nNIP : ..........\nUnit Kerja : ..........\nKegiatan/Tanggal : " +
			"..........\nPelaksanaan Video Konferensi : ..........\nMedia : Email/SMS/Telp/Datang langsung\n",
		"lines": "Nama : ____________\nNIP : ____________\nUnit Kerja : ____\nKegiatan : ____\nTanggal : ____\nMedia " +
			": Email / SMS / Telp / Datang langsung *)\n*) coret yang tidak perlu\n",
		"hints": "Nama : (diisi nama lengkap)\nNIP : (18 digit)\nUnit Kerja : (diisi unit kerja)\nKegiatan : [nama " +
			"kegiatan]\nTanggal : <hari, tanggal, jam>\nMedia : (pilih salah satu)\n",
		"words": "Nama : isi nama Anda\nNIP : diisi oleh pemohon\nUnit Kerja : isikan unit kerja\nKegiatan : " +
			"diisi\nTanggal : dd/mm/yyyy\nMedia : pilih salah satu\n",
		"crosses": "Nama : xxx\nNIP : xxxxxxxxxxxxxxxxxx\nUnit Kerja : XXXX\nKegiatan : xxx\nTanggal : xx/xx/xxxx\n",
		"empty":   "Nama :\nNIP :\nUnit Kerja :\nKegiatan/Tanggal :\nPelaksanaan Video Konferensi :\nMedia :\n",
		"cells": "Nama\t:\t\nNIP\t:\t\nUnit Kerja\t:\t\nKegiatan/Tanggal\t:\t\nMedia\t:\tEmail/SMS/Telp/Datang " +
			"langsung\n",
		"date hint": "Nama :\nNIP :\nUnit Kerja :\nKegiatan :\nTanggal : tgl/bln/thn\nPukul : ....... s.d. .......\n",
	} {
		m := mailparse.Parse(mailOf("Subject: formulir\n", body), testGrammar())
		if m.Kind == mailparse.KindRequest && fmt.Sprint(m.Missing) != "[nama nip unit_kerja kegiatan tanggal]" ||
			m.Command != nil {
			t.Errorf("%s: %s, missing %v, fields %q", name, brief(m), m.Missing, m.Fields)
		}
	}
}

// TestFormPart reads replies that give only what was missing, in whatever words.
func TestFormPart(t *testing.T) {
	tests := []struct{ body, fields string }{
		{"NIP saya 198503122010121002", "map[nip:198503122010121002]"},
		{"NIP saya: 19850312 201012 1 002", "map[nip:19850312 201012 1 002]"},
		{"198503122010121002", "map[nip:198503122010121002]"},
		{"19850312 201012 1 002", "map[nip:19850312 201012 1 002]"},
		{"nipnya 198503122010121002", "map[nip:198503122010121002]"},
		{"Nip saya adalah 198503122010121002.", "map[nip:198503122010121002]"},
		{"Selamat pagi,\n\nBerikut NIP saya: 198503122010121002\n\nTerima kasih", "map[nip:198503122010121002]"},
		{"Mohon maaf, NIP saya 198503122010121002. Terima kasih.", "map[nip:198503122010121002]"},
		{"tanggalnya 15 Desember 2026 jam 9", "map[tanggal:15 Desember 2026 jam 9]"},
		{"Tanggal 15 Desember 2026 pukul 09.00 WIB", "map[tanggal:15 Desember 2026 pukul 09.00 WIB]"},
		{"untuk tanggalnya 15 Desember 2026 jam 9", "map[tanggal:15 Desember 2026 jam 9]"},
		{"15 Desember 2026 pukul 09.00", "map[tanggal:15 Desember 2026 pukul 09.00]"},
		{"Selasa, 15 Desember 2026", "map[tanggal:Selasa, 15 Desember 2026]"},
		{"unit kerja PPIKSN", "map[unit_kerja:PPIKSN]"},
		{"unit kerja saya PPIKSN", "map[unit_kerja:PPIKSN]"},
		{"Unit kerjanya Biro Umum", "map[unit_kerja:Biro Umum]"},
		{"nama saya Ani Wijaya", "map[nama:Ani Wijaya]"},
		{"Nama kegiatannya Rapat Koordinasi", "map[kegiatan:Rapat Koordinasi]"},
		{"kegiatannya: Rapat Koordinasi", "map[kegiatan:Rapat Koordinasi]"},
		{"NIP 198503122010121002\nunit kerja PPIKSN", "map[nip:198503122010121002 unit_kerja:PPIKSN]"},
		{"NIP saya 198503122010121002, unit kerja PPIKSN", "map[nip:198503122010121002 unit_kerja:PPIKSN]"},
		{"tanggal 15 Desember 2026 pukul 09.00, unit kerja PPIKSN",
			"map[tanggal:15 Desember 2026 pukul 09.00 unit_kerja:PPIKSN]"},
		{"Bersama ini kami sampaikan NIP saya 198503122010121002 dan unit kerja Biro Umum dan Keuangan",
			"map[nip:198503122010121002 unit_kerja:Biro Umum dan Keuangan]"},
		{"Kegiatan dilaksanakan pada hari Selasa, 15 Desember 2026 pukul 09.00.",
			"map[tanggal:hari Selasa, 15 Desember 2026 pukul 09.00]"},
		{"Unit kerja saya di Biro Umum", "map[unit_kerja:Biro Umum]"},
		{"NIP saya 1985031220101210", "map[nip:1985031220101210]"},
		{"Tanggalnya 31 Juni 2027", "map[tanggal:31 Juni 2027]"},
		{"NIP: -", "map[nip:-]"},
		{"saya honorer, belum punya NIP", "map[]"},
		// prose
		{"Baik, terima kasih.", "map[]"},
		{"Nama baik kantor kita harus dijaga.", "map[]"},
		{"Unit kerja kami sedang menyiapkan datanya, mohon ditunggu.", "map[]"},
		{"Tanggal berapa paling lambat?", "map[]"},
		{"Kegiatan ini penting bagi kami semua.", "map[]"},
		{"NIP saya menyusul", "map[]"},
		{"Kemarin tanggal 3 Juli 2018 kami sudah mengirim surat kepada kepala pusat.", "map[]"},
		{"Nomor telepon saya 081234567890", "map[]"},
		{"Media yang dipakai belum tahu.", "map[]"},
		{"Hasil rapat kemarin sudah kami sampaikan.", "map[]"},
	}
	for _, tt := range tests {
		m := mailparse.Parse(mailOf("Subject: Re: [VC-2026-0005] Mohon lengkapi\n", tt.body+"\n"), testGrammar())
		fields := m.Fields
		if fields == nil {
			fields = map[string]string{}
		}
		if m.Kind != mailparse.KindReply || fmt.Sprint(fields) != tt.fields || m.Command != nil && m.Command.Taken() != "" {
			t.Errorf("%q: %s, fields %v, want %s; command %+v", tt.body, m.Kind, fields, tt.fields, m.Command)
		}
	}
}

// TestFormChange reads the fields that UBAH brings.
func TestFormChange(t *testing.T) {
	tests := []struct{ body, fields string }{
		{"UBAH\nTanggal: 15-12-26 jam 10", "map[tanggal:15-12-26 jam 10]"},
		{"UBAH Tanggal: 15-12-26 jam 10", "map[tanggal:15-12-26 jam 10]"},
		{"Ubah tanggal: 15-12-26 jam 10", "map[tanggal:15-12-26 jam 10]"},
		{"Ubah: NIP 198503122010121002", "map[nip:198503122010121002]"},
		{"UBAH - NIP: 198503122010121002", "map[nip:198503122010121002]"},
		{"UBAH tanggal jadi 15 Desember 2026 pukul 10.00", "map[tanggal:15 Desember 2026 pukul 10.00]"},
		{"UBAH tanggal menjadi 15 Desember 2026 pukul 10.00", "map[tanggal:15 Desember 2026 pukul 10.00]"},
		{"Ubah tanggal kegiatan menjadi Selasa, 15 Desember 2026", "map[tanggal:Selasa, 15 Desember 2026]"},
		{"ubah tanggalnya ke 15 Desember 2026", "map[tanggal:15 Desember 2026]"},
		{"UBAH nama kegiatan menjadi Rapat Anggaran", "map[kegiatan:Rapat Anggaran]"},
		{"UBAH unit kerja: Biro Umum, tanggal: 15 Desember 2026", "map[tanggal:15 Desember 2026 unit_kerja:Biro Umum]"},
		{"UBAH NIP menjadi 198503122010121002 dan unit kerja menjadi Biro Umum",
			"map[nip:198503122010121002 unit_kerja:Biro Umum]"},
		{"UBAH Media: Telp", "map[media:Telp]"},
		{"UBAH email ke budi@batan.go.id", "map[email:budi@batan.go.id]"},
		{"UBAH tempat", "map[]"},
	}
	for _, tt := range tests {
		m := mailparse.Parse(mailOf("Subject: Re: [VC-2026-0005] Terdaftar\n", tt.body+"\n"), testGrammar())
		fields := m.Fields
		if fields == nil {
			fields = map[string]string{}
		}
		if fmt.Sprint(fields) != tt.fields || m.Command == nil || m.Command.Taken() != "UBAH" {
			t.Errorf("%q: fields %v, want %s; command %+v", tt.body, fields, tt.fields, m.Command)
		}
	}
}

// TestFormTwice: the first value of a field counts, and not silently; of two dates nobody knows which is meant.
func TestFormTwice(t *testing.T) {
	const form = "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan: Rapat\n"
	tests := []struct{ body, nip, start, warning string }{
		{form + "Tanggal: 12 Juli 2018\n", "198001012005012001", "2018-07-12", ""},
		{form + "Tanggal: 12 Juli 2018\nNIP: 198001012005012001\n", "198001012005012001", "2018-07-12", ""},
		{form + "Tanggal: 12 Juli 2018\n\nNama: Budi\nNIP: 197001012005011001\n", "198001012005012001", "2018-07-12",
			`"nip" twice`},
		{form + "Tanggal: 12 Juli 2018\n\n" + strings.Replace(form, "Rapat", "Kuliah umum", 1) + "Tanggal: 12 Juli 2018\n",
			"198001012005012001", "2018-07-12", `"kegiatan" twice`},
		{"Nomor: 12/A/2018\nTanggal: 9 Juli 2018\n\n" + form + "Hari/Tanggal: Kamis, 12 Juli 2018\n", "198001012005012001",
			"-", "2018-07-09 or 2018-07-12"},
		{form + "Hari: Jumat\nTanggal: 12 Juli 2018\n", "198001012005012001", "-", "is a Thursday"},
		{form + "Hari: Kamis, 12 Juli 2018\nPukul: 09.00\n", "198001012005012001", "2018-07-12", ""},
		{form + "Tanggal: Jumat\nWaktu: 12 Juli 2018 jam 9\n", "198001012005012001", "-", "is a Thursday"},
		{form + "Hari: Senin\nPukul: 09.00\n", "198001012005012001", "-", "not name one day"},
		{form + "Waktu: Jumat, 12 Juli 2018 jam 9\n", "198001012005012001", "-", "is a Thursday"},
		{strings.Replace(form, "Kegiatan: Rapat", "Kegiatan/Tanggal: Tindak lanjut rapat 3 Juli 2018, 12 Juli 2018 jam 9",
			1), "198001012005012001", "2018-07-12", ""},
		{form + "Tanggal: 12 Juli 2018\nPukul: 25.00\n", "198001012005012001", "-", "25.00"},
	}
	for _, tt := range tests {
		m := mailparse.Parse(mailOf("Subject: Permohonan\n", tt.body), testGrammar())
		if m.Form == nil || m.Form["tanggal"].Date == nil {
			t.Errorf("%q: %s", tt.body, brief(m))
			continue
		}
		start := "-"
		if s := m.Form["tanggal"].Date.Start; s != nil {
			start = s.Format(time.DateOnly)
		}
		if w := strings.Join(m.Warnings, " "); m.Form.Text("nip") != tt.nip || start != tt.start ||
			!strings.Contains(w, tt.warning) || tt.warning == "" && w != "" {
			t.Errorf("%q: %s, warnings %q", tt.body, brief(m), w)
		}
	}
}
