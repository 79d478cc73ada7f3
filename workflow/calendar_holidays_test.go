package workflow_test

import (
	"strings"
	"testing"

	"batan.go.id/layanan/workflow"
	"github.com/google/go-cmp/cmp"
)

func TestParseHolidayDates(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"2026-01-01":              {"2026-01-01"},
		"2024-02-28/2024-03-01":   {"2024-02-28", "2024-02-29", "2024-03-01"},
		"2026-12-31 / 2027-01-01": {"2026-12-31", "2027-01-01"},
		"2026-03-20/2026-03-20":   {"2026-03-20"},
	} {
		dates, err := workflow.ParseHolidayDates(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
		}
		var got []string
		for _, d := range dates {
			got = append(got, d.String())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func TestParseHolidayDatesRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                 `"" is not a date`,
		"2026-02-29":                       `"2026-02-29" is not a date`,
		"2026-13-01":                       "is not a date",
		"2026-1-1":                         "is not a date",
		"01-01-2026":                       "is not a date",
		"2026-03-20/":                      `"" is not a date`,
		"2026-03-20/24":                    `"24" is not a date`,
		"2026-03-20/2026-03-24/2026-03-25": "is not a date",
		"2026-03-24/2026-03-20":            "2026-03-24/2026-03-20 ends before it begins",
		"2026-03-20/2062-03-24":            "longer than 366 days",
	} {
		if dates, err := workflow.ParseHolidayDates(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, %v, want %q", text, dates, err, want)
		}
	}
}

func FuzzParseHolidayDates(f *testing.F) {
	f.Add("2026-03-20/2026-03-24")
	f.Add("0000-01-01/9999-12-31")
	f.Fuzz(func(t *testing.T, s string) {
		dates, err := workflow.ParseHolidayDates(s)
		if err != nil {
			return
		}
		for _, d := range dates {
			if back, err := workflow.ParseDate(d.String()); err != nil || back != d {
				t.Fatalf("%q: %s became %s, %v", s, d, back, err)
			}
		}
		if len(dates) == 0 || len(dates) > 366 {
			t.Fatalf("%q is %d days", s, len(dates))
		}
	})
}
