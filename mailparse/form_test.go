package mailparse_test

import (
	"fmt"
	"strings"
	"testing"

	"batan.go.id/layanan/mailparse"
)

// mailOf is a person's mail of Tuesday, 10 July 2018, to the service; headers end in line breaks.
func mailOf(headers, body string) []byte {
	return []byte("From: Ani <ani@batan.go.id>\nTo: layanan_batannet@batan.go.id\nDate: Tue, 10 Jul 2018 08:00:00 +0700\n" + headers + "\n" + body)
}

// brief is what was understood of a form, in one line.
func brief(m *mailparse.Message) string {
	if m.Form == nil {
		return string(m.Kind)
	}
	f, date := m.Form, "-"
	if f.Tanggal != nil {
		date = "?"
		if f.Tanggal.Start != nil {
			date = f.Tanggal.Start.Format("2006-01-02 15.04")
		}
		if f.Tanggal.End != nil {
			date += f.Tanggal.End.Format("-15.04")
		}
	}
	return fmt.Sprintf("%s: %s, %s, %s, %s, %s", m.Kind, f.Nama, f.NIP, f.UnitKerja, f.Kegiatan, date)
}

const understood = "request: Ani Wijaya, 198001012005012001, Biro Umum, Rapat Koordinasi, 2018-07-12 09.00"

// TestFormShapes reads one form in the many shapes that people send it in.
func TestFormShapes(t *testing.T) {
	shapes := map[string]string{
		"plain":           "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan: Rapat Koordinasi\nTanggal: Kamis, 12 Juli 2018 pukul 09.00 WIB\n",
		"wide gaps":       "Nama          Ani Wijaya\nNIP           198001012005012001\nUnit Kerja    Biro Umum\nKegiatan      Rapat Koordinasi\nTanggal       12 Juli 2018 pukul 09.00\n",
		"numbers":         "1. Nama: Ani Wijaya\n2. NIP: 198001012005012001\n3. Unit Kerja: Biro Umum\n4. Kegiatan: Rapat Koordinasi\n5. Tanggal: 12 Juli 2018 jam 9 pagi\n",
		"letters":         "a) Nama: Ani Wijaya\nb) NIP: 198001012005012001\nc) Unit Kerja: Biro Umum\nd) Kegiatan: Rapat Koordinasi\ne) Tanggal: 12 Juli 2018 jam 9 pagi\n",
		"roman numbers":   "I. Nama: Ani Wijaya\nII. NIP: 198001012005012001\nIII. Unit Kerja: Biro Umum\nIV. Kegiatan: Rapat Koordinasi\nV. Tanggal: 12 Juli 2018 jam 9 pagi\n",
		"brackets":        "(1) Nama: Ani Wijaya\n(2) NIP: 198001012005012001\n(3) Unit Kerja: Biro Umum\n(4) Kegiatan: Rapat Koordinasi\n(5) Tanggal: 12 Juli 2018 jam 9 pagi\n",
		"bullets":         "• Nama: Ani Wijaya\n• NIP: 198001012005012001\n- Unit Kerja: Biro Umum\n* Kegiatan: Rapat Koordinasi\n▪ Tanggal: 12 Juli 2018 jam 9 pagi\n",
		"bold":            "*Nama* : Ani Wijaya\n*NIP:* 198001012005012001\n**Unit Kerja**: Biro Umum\n_Kegiatan_: Rapat Koordinasi\n*Tanggal* : *12 Juli 2018 jam 9 pagi*\n",
		"capitals":        "NAMA : Ani Wijaya\nN I P : 19800101 200501 2 001\nUNIT KERJA : Biro Umum\nKEGIATAN : Rapat Koordinasi\nTANGGAL : 12 JULI 2018 PUKUL 09.00 WIB\n",
		"aliases":         "Nama Pemohon: Ani Wijaya\nN.I.P.: 19800101.200501.2.001\nSatuan Kerja: Biro Umum\nNama Kegiatan: Rapat Koordinasi\nHari/Tanggal: Kamis/12 Juli 2018\nPukul: 09.00 WIB\n",
		"slips":           "Nmaa: Ani Wijaya\nNIP: 198001012005012001\nUnit Kreja: Biro Umum\nKegitan: Rapat Koordinasi\nTangal: 12 Juli 2018 jam 9 pagi\n",
		"two slips":       "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerjja: Biro Umum\nKegiataan/Tangal: Rapat Koordinasi / 12 Juli 2018 jam 9 pagi\n",
		"dots leader":     "Nama........: Ani Wijaya\nNIP.........: 198001012005012001\nUnit Kerja..: Biro Umum\nKegiatan....: Rapat Koordinasi\nTanggal.....: 12 Juli 2018 jam 9 pagi\n",
		"dotted lines":    "Nama : ..Ani Wijaya......\nNIP : ....198001012005012001....\nUnit Kerja : ____Biro Umum____\nKegiatan : …Rapat Koordinasi…\nTanggal : ...12 Juli 2018 jam 9 pagi...\n",
		"leader alone":    "Nama ........ Ani Wijaya\nNIP ........ 198001012005012001\nUnit Kerja ........ Biro Umum\nKegiatan ........ Rapat Koordinasi\nTanggal ........ 12 Juli 2018 jam 9 pagi\n",
		"equals":          "nama = Ani Wijaya\nnip=198001012005012001\nunit kerja = Biro Umum\nkegiatan = Rapat Koordinasi\ntanggal = 12/7/2018 09:00\n",
		"arrows":          "Nama -> Ani Wijaya\nNIP -> 198001012005012001\nUnit Kerja => Biro Umum\nKegiatan → Rapat Koordinasi\nTanggal -> 12/7/2018 09:00\n",
		"full width":      "Nama：Ani Wijaya\nNIP：198001012005012001\nUnit Kerja：Biro Umum\nKegiatan：Rapat Koordinasi\nTanggal：12 Juli 2018 jam 9 pagi\n",
		"dashes":          "Nama - Ani Wijaya\nNIP - 198001012005012001\nUnit Kerja – Biro Umum\nKegiatan - Rapat Koordinasi\nTanggal – 12 Juli 2018 jam 9 pagi\n",
		"next line":       "Nama:\nAni Wijaya\nNIP:\n198001012005012001\nUnit Kerja:\nBiro Umum\nKegiatan:\nRapat Koordinasi\nTanggal:\n12 Juli 2018 jam 9 pagi\n",
		"next line, bare": "Nama\nAni Wijaya\n\nNIP\n198001012005012001\n\nUnit Kerja\nBiro Umum\n\nKegiatan\nRapat Koordinasi\n\nTanggal\n12 Juli 2018 jam 9 pagi\n",
		"colon below":     "Nama\n: Ani Wijaya\nNIP\n: 198001012005012001\nUnit Kerja\n: Biro Umum\nKegiatan\n: Rapat Koordinasi\nTanggal\n: 12 Juli 2018 jam 9 pagi\n",
		"one line":        "Nama: Ani Wijaya, NIP: 198001012005012001, Unit Kerja: Biro Umum, Kegiatan: Rapat Koordinasi, Tanggal: 12 Juli 2018 jam 9 pagi\n",
		"one line, bars":  "Nama: Ani Wijaya | NIP: 198001012005012001 | Unit Kerja: Biro Umum | Kegiatan: Rapat Koordinasi | Tanggal: 12 Juli 2018 jam 9 pagi\n",
		"semicolons":      "Nama: Ani Wijaya; NIP: 198001012005012001; Unit Kerja: Biro Umum; Kegiatan: Rapat Koordinasi; Tanggal: 12 Juli 2018 jam 9 pagi\n",
		"two to a line":   "Nama : Ani Wijaya      Email : ani@batan.go.id\nNip : 198001012005012001  Unit Kerja : Biro Umum\nKegiatan/ Tanggal : Rapat Koordinasi / 12 Juli 2018 jam 9 pagi\n",
		"cells":           "Nama\tAni Wijaya\nNIP\t198001012005012001\nUnit Kerja\tBiro Umum\nKegiatan\tRapat Koordinasi\nTanggal\t12 Juli 2018 jam 9 pagi\n",
		"cells, colons":   "Nama\t:\tAni Wijaya\nNIP\t:\t198001012005012001\nUnit Kerja\t:\tBiro Umum\nKegiatan\t:\tRapat Koordinasi\nTanggal\t:\t12 Juli 2018 jam 9 pagi\n",
		"numbered cells":  "1\tNama\tAni Wijaya\n2\tNIP\t198001012005012001\n3\tUnit Kerja\tBiro Umum\n4\tKegiatan\tRapat Koordinasi\n5\tTanggal\t12 Juli 2018 jam 9 pagi\n",
		"cells below":     "Nama\tNIP\tUnit Kerja\tKegiatan\tTanggal\nAni Wijaya\t198001012005012001\tBiro Umum\tRapat Koordinasi\t12 Juli 2018 jam 9 pagi\n",
		"separate time":   "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan: Rapat Koordinasi\nHari: Kamis\nTanggal: 12 Juli 2018\nJam: 9 pagi\n",
		"time first":      "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan: Rapat Koordinasi\nWaktu: 09.00 WIB s.d. selesai\nTanggal: 12 Juli 2018\n",
		"comma":           "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan/Tanggal: Rapat Koordinasi, Kamis, 12 Juli 2018 pukul 09.00\n",
		"pada":            "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan/Tanggal: Rapat Koordinasi pada hari Kamis tanggal 12 Juli 2018 pukul 09.00\n",
		"tanggal":         "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan/Tanggal: Rapat Koordinasi tanggal 12 Juli 2018 jam 9\n",
		"dash":            "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan/Tanggal: Rapat Koordinasi - 12 Juli 2018 jam 9\n",
		"brackets, date":  "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan/Tanggal: Rapat Koordinasi (Kamis, 12 Juli 2018 jam 9)\n",
		"date first":      "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan/Tanggal: 12 Juli 2018 pukul 09.00 - Rapat Koordinasi\n",
		"date below":      "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan/Tanggal: Rapat Koordinasi\nKamis, 12 Juli 2018 pukul 09.00\n",
		"both below":      "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan/Tanggal:\nRapat Koordinasi\nKamis, 12 Juli 2018 pukul 09.00\n",
		"two cells":       "Nama\tAni Wijaya\nNIP\t198001012005012001\nUnit Kerja\tBiro Umum\nKegiatan/Tanggal\tRapat Koordinasi\tKamis, 12 Juli 2018 pukul 09.00\n",
		"lusa":            "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan/Tanggal: Rapat Koordinasi, lusa jam 9\n",
		"date in subject": "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan: Rapat Koordinasi tanggal 12 Juli 2018 jam 9 pagi\n",
		"joint":           "Nama/NIP: Ani Wijaya / 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan/Tanggal: Rapat Koordinasi / 12 Juli 2018 jam 9\n",
		"hints":           "Nama (lengkap): Ani Wijaya\nNIP (18 digit): 198001012005012001\nUnit Kerja *): Biro Umum\nKegiatan (wajib diisi): Rapat Koordinasi\nTanggal*: 12 Juli 2018 jam 9 pagi\n",
	}
	for name, body := range shapes {
		t.Run(name, func(t *testing.T) {
			m := mailparse.Parse(mailOf("Subject: Permohonan\n", body), testGrammar())
			if got := brief(m); got != understood {
				t.Errorf("%s\ngot  %s\nwant %s\nwarnings %v", body, got, understood, m.Warnings)
			}
			crlf := mailparse.Parse([]byte(strings.ReplaceAll(string(mailOf("Subject: Permohonan\n", body)), "\n", "\r\n")), testGrammar())
			if brief(crlf) != brief(m) {
				t.Errorf("with CRLF: %s", brief(crlf))
			}
		})
	}
}
