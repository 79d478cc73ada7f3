package when_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/mailparse/when"
)

// TestEveryDay writes each day of sixteen years the ways people do, and reads it back.
func TestEveryDay(t *testing.T) {
	wib := time.FixedZone("WIB", 7*3600)
	ref := time.Date(2019, 12, 20, 8, 0, 0, 0, wib)
	long := strings.Fields("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember")
	short := strings.Fields("Jan Peb Mrt Apr Mei Jun Jul Agt Sept Okt Nop Des")
	roman := strings.Fields("I II III IV V VI VII VIII IX X XI XII")
	names := strings.Fields("Minggu Senin Selasa Rabu Kamis Jum'at Sabtu")
	for day := time.Date(2020, 1, 1, 0, 0, 0, 0, wib); day.Year() < 2036; day = day.AddDate(0, 0, 1) {
		d, m, y, w := day.Day(), int(day.Month()), day.Year(), names[day.Weekday()]
		for _, text := range []string{
			fmt.Sprintf("%s, %d %s %d", w, d, long[m-1], y),
			fmt.Sprintf("hari %s tgl %02d %s %d", w, d, short[m-1], y),
			fmt.Sprintf("%s/%d-%s-%02d", w, d, short[m-1], y%100),
			fmt.Sprintf("%d/%d/%d", d, m, y),
			fmt.Sprintf("%02d-%02d-%02d", d, m, y%100),
			fmt.Sprintf("%d.%02d.%d", d, m, y),
			fmt.Sprintf("%d-%s-%d", d, roman[m-1], y),
			fmt.Sprintf("tgl %d bln %d thn %d", d, m, y),
			day.Format("2006-01-02"), day.Format("Monday, January 2, 2006"), day.Format("2 January 2006"),
		} {
			got := when.Read(text, wib, &ref)
			if got == nil || got.Start == nil || !got.Start.Equal(day) || got.End != nil || !got.AllDay {
				t.Fatalf("%q: got %+v, want %s", text, got, day)
			}
		}
		wrong := fmt.Sprintf("%s, %d %s %d", names[(int(day.Weekday())+1+d%6)%7], d, long[m-1], y)
		if got := when.Read(wrong, wib, &ref); got == nil || got.Start != nil {
			t.Fatalf("%q: got %+v, want none", wrong, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"Kamis, 12 Juli 2018 pukul 09.00 WIB s.d. selesai", "12 s.d. 14 Juli", "besok lusa",
		"Senin depan", "12-VII-18 jam 25.00", "5 atau 6, 7 & 8/9/2018", "s.d. s/d - – 24.00 GMT-5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		wib := time.FixedZone("WIB", 7*3600)
		ref := time.Date(2018, 7, 10, 8, 0, 0, 0, wib)
		d := when.Read(text, wib, &ref)
		switch {
		case d == nil:
		case !strings.Contains(text, d.Text) || d.Text == "":
			t.Fatalf("%q: text %q", text, d.Text)
		case d.Start == nil && d.End != nil:
			t.Fatalf("%q: an end without a beginning", text)
		case d.Start != nil && (d.Start.Year() < 1899 || d.Start.Year() > 2200):
			t.Fatalf("%q: %s", text, d.Start)
		case d.End != nil && !d.End.After(*d.Start):
			t.Fatalf("%q: from %s to %s", text, d.Start, d.End)
		}
		if d == nil || d.Start == nil {
			return
		}
		if again := when.Read(d.Text, wib, &ref); again == nil || again.Start == nil || !again.Start.Equal(*d.Start) {
			t.Fatalf("%q: %q alone is read as %+v, not %s", text, d.Text, again, d.Start)
		}
	})
}

// TestReadWithoutZone: times without a zone are UTC, and what is relative needs a day to be counted from.
func TestReadWithoutZone(t *testing.T) {
	if d := when.Read("budi@batan.go.id 2026-01-05 s.d. 2026-01-09", nil, nil); d == nil ||
		show(d.Start) != "2026-01-05T00:00:00+00:00" || show(d.End) != "2026-01-09T23:59:59+00:00" {
		t.Errorf("got %+v", d)
	}
	if d := when.Read("mulai besok", nil, nil); d == nil || d.Start != nil {
		t.Errorf("got %+v", d)
	}
	ref := time.Date(2026, 1, 5, 20, 0, 0, 0, time.UTC)
	if d := when.Read("mulai besok", nil, &ref); d == nil || show(d.Start) != "2026-01-06T00:00:00+00:00" {
		t.Errorf("got %+v", d)
	}
}

func show(t *time.Time) string {
	if t == nil {
		return "-"
	}
	return t.Format("2006-01-02T15:04:05-07:00")
}
