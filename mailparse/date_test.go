package mailparse_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/mailparse"
	"pgregory.net/rapid"
)

// formWith is a request mail of 10 July 2018 with two lines of the form as given.
func formWith(tanggal, pelaksanaan string) []byte {
	return []byte("From: ani@batan.go.id\nTo: layanan_batannet@batan.go.id\nSubject: Permohonan\nDate: Tue, 10 Jul " +
		"2018 08:00:00 +0700\nContent-Type: text/plain; charset=utf-8\n\n" +
		"Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: PPIKSN\nKegiatan: Rapat\nTanggal: " + tanggal +
		"\nPelaksanaan Video Konferensi: " + pelaksanaan + "\nMedia: Email\n")
}

func show(t *time.Time) string {
	if t == nil {
		return "-"
	}
	return t.Format("2006-01-02T15:04:05-07:00")
}

func TestDate(t *testing.T) {
	tests := []struct{ tanggal, pelaksanaan, start, end, warning string }{
		{"Kamis, 12 Juli 2018 pukul 09.00 WIB s.d. selesai", "", "2018-07-12T09:00:00+07:00", "-", ""},
		{"Kamis, 12 Juli 2018 pukul 09.00 WIB", "", "2018-07-12T09:00:00+07:00", "-", ""},
		{"Rapat ke 7 / 3/12/2026 pukul 09.00", "", "2026-12-03T09:00:00+07:00", "-", ""},
		{"12/7/18 jam 9 pagi", "", "2018-07-12T09:00:00+07:00", "-", ""},
		{"12 s.d. 14 Juli 2018", "", "2018-07-12T00:00:00+07:00", "2018-07-14T23:59:59+07:00", ""},
		{"12 - 14 Juli 2018", "09.00 - 11.00 WIB, Ruang Rapat", "2018-07-12T09:00:00+07:00", "2018-07-14T11:00:00+07:00",
			""},
		{"2018-07-12 09:00", "", "2018-07-12T09:00:00+07:00", "-", ""},
		{"Jum'at tgl 13 Juli 2018 pkl 13.30-15.00", "", "2018-07-13T13:30:00+07:00", "2018-07-13T15:00:00+07:00", ""},
		{"Jumat/13 Juli 2018", "13.30 s/d 15.00 WIB", "2018-07-13T13:30:00+07:00", "2018-07-13T15:00:00+07:00", ""},
		{"12 Juli 2018", "Ruang Rapat 71 Lantai 2, pukul 09.00 - 11.00 WIB", "2018-07-12T09:00:00+07:00",
			"2018-07-12T11:00:00+07:00", ""},
		{"12 Juli 2018", "", "2018-07-12T00:00:00+07:00", "-", ""},
		{"12 Juli", "", "2018-07-12T00:00:00+07:00", "-", ""},
		{"9 Juli", "", "2019-07-09T00:00:00+07:00", "-", "no year"},
		{"12-07-2018", "", "2018-07-12T00:00:00+07:00", "-", ""},
		{"12.07.2018 jam 10.00", "", "2018-07-12T10:00:00+07:00", "-", ""},
		{"12-Jul-2018", "", "2018-07-12T00:00:00+07:00", "-", ""},
		{"July 12, 2018 at 2 pm", "", "2018-07-12T14:00:00+07:00", "-", ""},
		{"12 Agt 2018 jam 1 - 3 siang", "", "2018-08-12T13:00:00+07:00", "2018-08-12T15:00:00+07:00", ""},
		{"12 Nopember 2018 jam 7 malam", "", "2018-11-12T19:00:00+07:00", "-", ""},
		{"12 Pebruari 2019, 09:00 WITA", "", "2019-02-12T09:00:00+08:00", "-", ""},
		{"30 Juli s.d. 2 Agustus 2018", "", "2018-07-30T00:00:00+07:00", "2018-08-02T23:59:59+07:00", ""},
		{"30 Desember - 2 Januari 2019", "", "2018-12-30T00:00:00+07:00", "2019-01-02T23:59:59+07:00", ""},
		{"Senin - Rabu, 16 - 18 Juli 2018", "", "2018-07-16T00:00:00+07:00", "2018-07-18T23:59:59+07:00", ""},
		{"Kamis, 12 Juli 2018 (09.00-12.00 WIB)", "", "2018-07-12T09:00:00+07:00", "2018-07-12T12:00:00+07:00", ""},
		{"Kamis 12 Juli 2018 Jam 08.30 sampai dengan 11.30", "", "2018-07-12T08:30:00+07:00", "2018-07-12T11:30:00+07:00",
			""},
		{"12 Juli 2018 jam 9 - 11 WIB", "", "2018-07-12T09:00:00+07:00", "2018-07-12T11:00:00+07:00", ""},
		{"Rabu, 12 Juli 2018", "", "-", "-", "weekday"},
		{"31 Juni 2018", "", "-", "-", "does not exist"},
		{"30/2/2018", "", "-", "-", "does not exist"},
		{"minggu depan", "", "-", "-", "cannot be read"},
		{"12 Juli 2018 pukul 15.00 - 13.00", "", "2018-07-12T15:00:00+07:00", "-", "not after"},
		// as people write them by hand
		{"12/7/18 jam 9 pagi s/d selesai", "", "2018-07-12T09:00:00+07:00", "-", ""},
		{"12 s.d. 14 Juli", "", "2018-07-12T00:00:00+07:00", "2018-07-14T23:59:59+07:00", ""},
		{"12-14/7/2026", "", "2026-07-12T00:00:00+07:00", "2026-07-14T23:59:59+07:00", ""},
		{"12/7-14/7/2026", "", "2026-07-12T00:00:00+07:00", "2026-07-14T23:59:59+07:00", ""},
		{"12/7/2026 s.d. 14/7/2026", "", "2026-07-12T00:00:00+07:00", "2026-07-14T23:59:59+07:00", ""},
		{"12 - 14 Juli 2018, 09.00-15.00", "", "2018-07-12T09:00:00+07:00", "2018-07-14T15:00:00+07:00", ""},
		{"Rabu & Kamis, 5 dan 6 Agustus 2026", "", "2026-08-05T00:00:00+07:00", "2026-08-06T23:59:59+07:00", ""},
		{"Rabu dan Kamis, 5 & 6 Agustus 2026 pukul 08.00 s/d 12.00", "", "2026-08-05T08:00:00+07:00",
			"2026-08-06T12:00:00+07:00", ""},
		{"Senin, Selasa dan Rabu, 16, 17 dan 18 Juli 2018", "", "2018-07-16T00:00:00+07:00", "2018-07-18T23:59:59+07:00",
			""},
		{"Senin, 16 Juli 2018 s.d. Rabu, 18 Juli 2018", "", "2018-07-16T00:00:00+07:00", "2018-07-18T23:59:59+07:00", ""},
		{"Senin 16 Juli 2018 pukul 09.00 s.d. Selasa 17 Juli 2018 pukul 15.00 WIB", "", "2018-07-16T09:00:00+07:00",
			"2018-07-17T15:00:00+07:00", ""},
		{"13 dan 20 Juli 2018", "", "2018-07-13T00:00:00+07:00", "2018-07-20T23:59:59+07:00", "do not follow"},
		{"12 Juli 2018 jam 2 siang", "", "2018-07-12T14:00:00+07:00", "-", ""},
		{"12 Juli 2018 jam 8 malam", "", "2018-07-12T20:00:00+07:00", "-", ""},
		{"12 Juli 2018 jam 4 sore - 6 sore", "", "2018-07-12T16:00:00+07:00", "2018-07-12T18:00:00+07:00", ""},
		{"12 Juli 2018 jam 12 siang", "", "2018-07-12T12:00:00+07:00", "-", ""},
		{"12 Juli 2018 jam setengah 9 pagi", "", "2018-07-12T08:30:00+07:00", "-", ""},
		{"12 Juli 2018 jam 9 lewat 15", "", "2018-07-12T09:15:00+07:00", "-", ""},
		{"12 Juli 2018 jam 9 kurang 15 menit", "", "2018-07-12T08:45:00+07:00", "-", ""},
		{"12 Juli 2018 pkl 9", "", "2018-07-12T09:00:00+07:00", "-", ""},
		{"12 Juli 2018 pukul 0900 WIB", "", "2018-07-12T09:00:00+07:00", "-", ""},
		{"12 Juli 2018 09:00-selesai", "", "2018-07-12T09:00:00+07:00", "-", ""},
		{"12 Juli 2018, 09.00 WIB/10.00 WITA", "", "2018-07-12T09:00:00+07:00", "-", ""},
		{"12 Juli 2018 pukul 09.00 WIB (11.00 WIT)", "", "2018-07-12T09:00:00+07:00", "-", ""},
		{"12 Juli 2018 mulai jam 9 sampai jam 11", "", "2018-07-12T09:00:00+07:00", "2018-07-12T11:00:00+07:00", ""},
		{"12 Juli 2018 dari pukul 9 hingga pukul 11", "", "2018-07-12T09:00:00+07:00", "2018-07-12T11:00:00+07:00", ""},
		{"12 Juli 2018 (09.00 – 11.00)", "", "2018-07-12T09:00:00+07:00", "2018-07-12T11:00:00+07:00", ""},
		{"12\u00a0Juli\u00a02018 pukul\u00a009.00\u00a0–\u00a011.00\u00a0WIB", "", "2018-07-12T09:00:00+07:00",
			"2018-07-12T11:00:00+07:00", ""},
		{"12‑07‑2018 09.00−11.00", "", "2018-07-12T09:00:00+07:00", "2018-07-12T11:00:00+07:00", ""},
		{"pukul 09.00 - 11.00 WIB, Kamis 12 Juli 2018", "", "2018-07-12T09:00:00+07:00", "2018-07-12T11:00:00+07:00", ""},
		{"jam 9 pagi tgl 12/7/18", "", "2018-07-12T09:00:00+07:00", "-", ""},
		{"hari Kamis tanggal 12 bulan Juli tahun 2018 jam 10", "", "2018-07-12T10:00:00+07:00", "-", ""},
		{"tgl. 12 bln 7 thn 2018", "", "2018-07-12T00:00:00+07:00", "-", ""},
		{"tgl 12/7", "", "2018-07-12T00:00:00+07:00", "-", ""},
		{"12-VII-2018", "", "2018-07-12T00:00:00+07:00", "-", ""},
		{"12 XII 2018", "", "2018-12-12T00:00:00+07:00", "-", ""},
		{"12 - 7 - 2018", "", "2018-07-12T00:00:00+07:00", "-", ""},
		{"12 Juli '18 jam 10.00", "", "2018-07-12T10:00:00+07:00", "-", ""},
		{"12 Juli 18", "", "2018-07-12T00:00:00+07:00", "-", ""},
		{"12-Jul-18", "", "2018-07-12T00:00:00+07:00", "-", ""},
		{"12 Djuli 2018", "", "2018-07-12T00:00:00+07:00", "-", ""},
		{"12 Juny 2019", "", "2019-06-12T00:00:00+07:00", "-", ""},
		{"12 Agst 2018", "", "2018-08-12T00:00:00+07:00", "-", ""},
		{"12 Agusutus 2018", "", "2018-08-12T00:00:00+07:00", "-", ""},
		{"12 Febuari 2019", "", "2019-02-12T00:00:00+07:00", "-", ""},
		{"12 Septmber 2018", "", "2018-09-12T00:00:00+07:00", "-", ""},
		{"12 Desembr 2018", "", "2018-12-12T00:00:00+07:00", "-", ""},
		{"Jum’at, 13 Juli 2018", "", "2018-07-13T00:00:00+07:00", "-", ""},
		{"Jum'at tgl 13 Juli 2018 pkl 13.30-15.00 wib", "", "2018-07-13T13:30:00+07:00", "2018-07-13T15:00:00+07:00", ""},
		{"Thursday, July 12th, 2018, 2:30 pm - 4 pm", "", "2018-07-12T14:30:00+07:00", "2018-07-12T16:00:00+07:00", ""},
		{"12th of July 2018 at 10 am", "", "2018-07-12T10:00:00+07:00", "-", ""},
		{"2018-07-12T09:00:00+08:00", "", "2018-07-12T09:00:00+08:00", "-", ""},
		{"2018/07/12 9:00", "", "2018-07-12T09:00:00+07:00", "-", ""},
		{"12 Juli 2018 09.00 WIT", "", "2018-07-12T09:00:00+09:00", "-", ""},
		{"12 Juli 2018 09.00 (GMT+7)", "", "2018-07-12T09:00:00+07:00", "-", ""},
		{"12 Juli 2018 09.00 UTC+08:00", "", "2018-07-12T09:00:00+08:00", "-", ""},
		{"12 Juli 2018 10.00 CEST", "", "2018-07-12T10:00:00+02:00", "-", ""},
		{"12 Juli 2018 pukul 09.00 Waktu Indonesia Timur", "", "2018-07-12T09:00:00+09:00", "-", ""},
		{"7/12/2018", "", "2018-12-07T00:00:00+07:00", "-", ""},
		{"9 Juli 2018", "", "2018-07-09T00:00:00+07:00", "-", "past"},

		{"12 Juli 2018, jam 09.00 - 12.00 dan 13.00 - 15.00", "", "2018-07-12T09:00:00+07:00", "2018-07-12T15:00:00+07:00",
			""},
		{"12 Juli 2018 09.00-11.00 WIB / 10.00-12.00 WITA", "", "2018-07-12T09:00:00+07:00", "2018-07-12T11:00:00+07:00",
			""},
		{"12 Juli 2018 jam sembilan pagi", "", "2018-07-12T09:00:00+07:00", "-", ""},
		{"12 Juli 2018 pukul dua belas siang", "", "2018-07-12T12:00:00+07:00", "-", ""},
		{"12 Juli 2018 pukul 0900-1100", "", "2018-07-12T09:00:00+07:00", "2018-07-12T11:00:00+07:00", ""},
		{"12 Juli 2018 jam 9 kurang seperempat", "", "2018-07-12T08:45:00+07:00", "-", ""},
		{"2018-07-12T09:00Z", "", "2018-07-12T09:00:00+00:00", "-", ""},
		{"mulai 12 Juli 2018", "", "2018-07-12T00:00:00+07:00", "-", ""},

		// told from the mail's date, a Tuesday
		{"besok", "", "2018-07-11T00:00:00+07:00", "-", "\"besok\" was read as 2018-07-11"},
		{"besok jam 9", "", "2018-07-11T09:00:00+07:00", "-", "2018-07-11"},
		{"besok pagi jam 9.30", "", "2018-07-11T09:30:00+07:00", "-", "2018-07-11"},
		{"besok siang jam 2", "", "2018-07-11T14:00:00+07:00", "-", "2018-07-11"},
		{"besok, Rabu 11 Juli 2018", "", "2018-07-11T00:00:00+07:00", "-", ""},
		{"besok hari Rabu pukul 10.00", "", "2018-07-11T10:00:00+07:00", "-", "2018-07-11"},
		{"dua hari lagi", "", "2018-07-12T00:00:00+07:00", "-", "2018-07-12"},
		{"15 Desember tahun depan", "", "2019-12-15T00:00:00+07:00", "-", ""},
		{"15 Desember tahun ini", "", "2018-12-15T00:00:00+07:00", "-", ""},
		{"Rabu besok", "", "2018-07-11T00:00:00+07:00", "-", "2018-07-11"},
		{"nanti siang jam 2", "", "2018-07-10T14:00:00+07:00", "-", "2018-07-10"},
		{"lusa pukul 13.00-15.00", "", "2018-07-12T13:00:00+07:00", "2018-07-12T15:00:00+07:00", "2018-07-12"},
		{"hari ini jam 14.00", "", "2018-07-10T14:00:00+07:00", "-", "2018-07-10"},
		{"3 hari lagi", "", "2018-07-13T00:00:00+07:00", "-", "2018-07-13"},
		{"Senin depan", "", "2018-07-16T00:00:00+07:00", "-", "2018-07-16"},
		{"Senin depan tgl 16", "", "2018-07-16T00:00:00+07:00", "-", "2018-07-16"},
		{"hari Senin yang akan datang jam 9", "", "2018-07-16T09:00:00+07:00", "-", "2018-07-16"},
		{"minggu depan hari Selasa", "", "2018-07-17T00:00:00+07:00", "-", "2018-07-17"},
		{"Selasa minggu depan pukul 10", "", "2018-07-17T10:00:00+07:00", "-", "2018-07-17"},
		{"hari Kamis ini", "", "2018-07-12T00:00:00+07:00", "-", "2018-07-12"},
		{"Kamis minggu ini jam 9", "", "2018-07-12T09:00:00+07:00", "-", "2018-07-12"},
		{"tgl 15 ini", "", "2018-07-15T00:00:00+07:00", "-", "2018-07-15"},
		{"15 bulan depan", "", "2018-08-15T00:00:00+07:00", "-", "2018-08-15"},
		{"tanggal 15 bulan ini jam 10", "", "2018-07-15T10:00:00+07:00", "-", "2018-07-15"},
		{"besok s.d. lusa", "", "2018-07-11T00:00:00+07:00", "2018-07-12T23:59:59+07:00", "2018-07-12"},
		{"Jumat depan tgl 20", "", "2018-07-20T00:00:00+07:00", "-", "2018-07-20"},
		{"next Monday at 2 pm", "", "2018-07-16T14:00:00+07:00", "-", "2018-07-16"},

		// contradictory, impossible, ambiguous, incomplete: asked, never repaired
		{"Kamis, 13 Juli 2018", "", "-", "-", "2018-07-13 is a Friday"},
		{"Senin - Rabu, 16 - 19 Juli 2018", "", "-", "-", "2018-07-19 is a Thursday"},
		{"Senin, 16 Juli 2018 s.d. Rabu, 19 Juli 2018", "", "-", "-", "2018-07-19 is a Thursday"},
		{"Rabu, 12 Juli", "", "-", "-", "weekday"},
		{"29 Februari 2019", "", "-", "-", "does not exist"},
		{"30 Februari", "", "-", "-", "does not exist"},
		{"32 Juli 2018", "", "-", "-", "does not exist"},
		{"7/13/2018", "", "-", "-", "does not exist"},
		{"31 bulan depan jam 9", "", "2018-08-31T09:00:00+07:00", "-", "2018-08-31"},
		{"31/6/18", "", "-", "-", "does not exist"},
		{"15 Desember 20226", "", "-", "-", "does not exist"},
		{"15/12/20226", "", "-", "-", "does not exist"},
		{"12 Juli 2018 pukul 25.00", "", "-", "-", "time of day"},
		{"12 Juli 2018 pukul 09.75", "", "-", "-", "time of day"},
		{"12 Juli 2018 jam 14 pagi", "", "-", "-", "time of day"},
		{"12 Juli 2018 pukul 24.00", "", "-", "-", "time of day"},
		{"12 Juli 2018 jam 2", "", "-", "-", "ambiguous"},
		{"12 Juli 2018 jam 12 malam", "", "-", "-", "ambiguous"},
		{"12 Juli 2018 jam 9 atau 10", "", "-", "-", "ambiguous"},
		{"12 Juli 2018, 09.00 WIB/11.00 WITA", "", "-", "-", "contradicts"},
		{"15 atau 16 Desember 2018", "", "-", "-", "2018-12-15 or 2018-12-16"},
		{"12 Juli 2018 atau 13 Juli 2018", "", "-", "-", "ambiguous"},
		{"12 Juli 2018 jam 9, cadangan 13 Juli 2018 jam 9", "", "-", "-", "ambiguous"},
		{"14 - 12 Juli 2018", "", "-", "-", "contradicts"},
		{"besok, 13 Juli 2018", "", "-", "-", "contradicts"},
		{"besok hari Kamis", "", "-", "-", "2018-07-11 is a Wednesday"},
		{"Jumat depan", "", "-", "-", "2018-07-13 or 2018-07-20"},
		{"Minggu minggu depan", "", "-", "-", "ambiguous"},
		{"Senin besok", "", "-", "-", "2018-07-11 is a Wednesday"},
		{"15 / 16 Juli 2018", "", "-", "-", "2018-07-15 or 2018-07-16"},
		{"sebelum 12 Juli 2018", "", "-", "-", "not name one day"},
		{"antara 12 dan 14 Juli 2018", "", "-", "-", "not name one day"},
		{"setiap Kamis mulai 12 Juli 2018", "", "-", "-", "not name one day"},
		{"12 Juli 2018 pukul 09.00 waktu Wina", "", "-", "-", "cannot be read"},
		{"17122018", "", "-", "-", "cannot be read"},
		{"Minggu ke-2 Desember 2018", "", "-", "-", "not name one day"},
		{"minggu ke 3 bulan Desember", "", "-", "-", "not name one day"},
		{"Kamis atau Jumat, 12 atau 13 Juli 2018", "", "-", "-", "2018-07-12 or 2018-07-13"},
		{"12 Juli 2018 pukul 9.5", "", "-", "-", "time of day"},
		{"Senin", "", "-", "-", "not name one day"},
		{"hari Senin jam 9", "", "-", "-", "not name one day"},
		{"awal bulan", "", "-", "-", "not name one day"},
		{"pertengahan Desember 2018", "", "-", "-", "not name one day"},
		{"Juli 2018", "", "-", "-", "not name one day"},
		{"tgl 15", "", "-", "-", "not name one day"},
		{"menyusul", "", "-", "-", "cannot be read"},
		{"secepatnya", "", "-", "-", "cannot be read"},
	}
	for _, tt := range tests {
		m := mailparse.Parse(formWith(tt.tanggal, tt.pelaksanaan), testGrammar())
		if m.Form == nil || m.Form["tanggal"].Date == nil {
			t.Errorf("%q: no date in %+v", tt.tanggal, m.Form)
			continue
		}
		d := m.Form["tanggal"].Date
		if show(d.Start) != tt.start || show(d.End) != tt.end || d.Text != strings.Join(strings.Fields(tt.tanggal), " ") {
			t.Errorf("%q, %q: got %s .. %s, text %q; want %s .. %s", tt.tanggal, tt.pelaksanaan, show(d.Start), show(d.End),
				d.Text, tt.start, tt.end)
		}
		warned := strings.Join(m.Warnings, " ")
		if tt.warning == "" && warned != "" || !strings.Contains(warned, tt.warning) {
			t.Errorf("%q: warnings %q, want %q", tt.tanggal, warned, tt.warning)
		}
		if _, why := m.Reasons["tanggal"]; why != (tt.start == "-") {
			t.Errorf("%q: reasons %v", tt.tanggal, m.Reasons)
		}
		if missing := fmt.Sprint(m.Missing) == "[tanggal]"; missing != (tt.start == "-") {
			t.Errorf("%q: missing %v", tt.tanggal, m.Missing)
		}
	}
}

// TestDateRoundTrip writes random days and times the ways people do and reads them back.
func TestDateRoundTrip(t *testing.T) {
	months := strings.Fields("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember")
	days := strings.Fields("Minggu Senin Selasa Rabu Kamis Jumat Sabtu")
	wib := time.FixedZone("WIB", 7*3600)
	g := testGrammar()
	rapid.Check(t, func(r *rapid.T) {
		day := time.Date(2018, 7, 11, 0, 0, 0, 0, wib).AddDate(0, 0, rapid.IntRange(0, 4000).Draw(r, "day"))
		h, min := rapid.IntRange(0, 22).Draw(r, "hour"), rapid.IntRange(0, 59).Draw(r, "minute")
		long := fmt.Sprintf("%d %s %d", day.Day(), months[day.Month()-1], day.Year())
		date := rapid.SampledFrom([]string{
			long, days[day.Weekday()] + ", " + long, days[day.Weekday()] + " tanggal " + long, day.Format("2006-01-02"),
			day.Format("02/01/2006"), day.Format("2-1-2006"), day.Format("02.01.2006"),
		}).Draw(r, "date")
		sep := rapid.SampledFrom([]string{" pukul ", ", jam ", " pkl. ", " / ", ", "}).Draw(r, "separator")
		clock := fmt.Sprintf("%02d.%02d", h, min)
		if rapid.Bool().Draw(r, "colon") {
			clock = fmt.Sprintf("%02d:%02d", h, min)
		}
		tail := rapid.SampledFrom([]string{"", " WIB", " s.d. selesai", " - 23.59 WIB"}).Draw(r, "tail")
		text := date + sep + clock + tail
		m := mailparse.Parse(formWith(text, ""), g)
		want := day.Add(time.Duration(h)*time.Hour + time.Duration(min)*time.Minute)
		if m.Form == nil || m.Form["tanggal"].Date == nil || m.Form["tanggal"].Date.Start == nil ||
			!m.Form["tanggal"].Date.Start.Equal(want) {
			r.Fatalf("%q: got %+v, want %s", text, m.Form["tanggal"].Date, want)
		}
		if strings.HasPrefix(tail, " - ") != (m.Form["tanggal"].Date.End != nil) {
			r.Fatalf("%q: end %s", text, show(m.Form["tanggal"].Date.End))
		}
		if len(m.Warnings) > 0 {
			r.Fatalf("%q: %v", text, m.Warnings)
		}
	})
}
