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
	return []byte("From: ani@batan.go.id\nTo: layanan_batannet@batan.go.id\nSubject: Permohonan\nDate: Tue, 10 Jul 2018 08:00:00 +0700\n\n" +
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
		{"12 - 14 Juli 2018", "09.00 - 11.00 WIB, Ruang Rapat", "2018-07-12T09:00:00+07:00", "2018-07-14T11:00:00+07:00", ""},
		{"2018-07-12 09:00", "", "2018-07-12T09:00:00+07:00", "-", ""},
		{"Jum'at tgl 13 Juli 2018 pkl 13.30-15.00", "", "2018-07-13T13:30:00+07:00", "2018-07-13T15:00:00+07:00", ""},
		{"Jumat/13 Juli 2018", "13.30 s/d 15.00 WIB", "2018-07-13T13:30:00+07:00", "2018-07-13T15:00:00+07:00", ""},
		{"12 Juli 2018", "Ruang Rapat 71 Lantai 2, pukul 09.00 - 11.00 WIB", "2018-07-12T09:00:00+07:00", "2018-07-12T11:00:00+07:00", ""},
		{"12 Juli 2018", "", "2018-07-12T00:00:00+07:00", "-", ""},
		{"12 Juli", "", "2018-07-12T00:00:00+07:00", "-", ""},
		{"9 Juli", "", "2019-07-09T00:00:00+07:00", "-", ""},
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
		{"Kamis 12 Juli 2018 Jam 08.30 sampai dengan 11.30", "", "2018-07-12T08:30:00+07:00", "2018-07-12T11:30:00+07:00", ""},
		{"12 Juli 2018 jam 9 - 11 WIB", "", "2018-07-12T09:00:00+07:00", "2018-07-12T11:00:00+07:00", ""},
		{"Rabu, 12 Juli 2018", "", "2018-07-12T00:00:00+07:00", "-", "weekday"},
		{"31 Juni 2018", "", "-", "-", "does not exist"},
		{"30/2/2018", "", "-", "-", "does not exist"},
		{"minggu depan", "", "-", "-", "cannot be read"},
		{"besok jam 9", "", "-", "-", "cannot be read"},
		{"12 Juli 2018 pukul 15.00 - 13.00", "", "2018-07-12T15:00:00+07:00", "-", "not after"},
	}
	for _, tt := range tests {
		m := mailparse.Parse(formWith(tt.tanggal, tt.pelaksanaan), testGrammar())
		if m.Form == nil || m.Form.Tanggal == nil {
			t.Errorf("%q: no date in %+v", tt.tanggal, m.Form)
			continue
		}
		d := m.Form.Tanggal
		if show(d.Start) != tt.start || show(d.End) != tt.end || d.Text != tt.tanggal {
			t.Errorf("%q, %q: got %s .. %s, text %q; want %s .. %s", tt.tanggal, tt.pelaksanaan, show(d.Start), show(d.End), d.Text, tt.start, tt.end)
		}
		warned := strings.Join(m.Warnings, " ")
		if tt.warning == "" && warned != "" || !strings.Contains(warned, tt.warning) {
			t.Errorf("%q: warnings %q, want %q", tt.tanggal, warned, tt.warning)
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
			long, days[day.Weekday()] + ", " + long, days[day.Weekday()] + " tanggal " + long, day.Format("2006-01-02"), day.Format("02/01/2006"), day.Format("2-1-2006"), day.Format("02.01.2006"),
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
		if m.Form == nil || m.Form.Tanggal == nil || m.Form.Tanggal.Start == nil || !m.Form.Tanggal.Start.Equal(want) {
			r.Fatalf("%q: got %+v, want %s", text, m.Form.Tanggal, want)
		}
		if strings.HasPrefix(tail, " - ") != (m.Form.Tanggal.End != nil) {
			r.Fatalf("%q: end %s", text, show(m.Form.Tanggal.End))
		}
		if len(m.Warnings) > 0 {
			r.Fatalf("%q: %v", text, m.Warnings)
		}
	})
}
