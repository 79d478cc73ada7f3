package workflow_test

import (
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/workflow"
	"github.com/google/go-cmp/cmp"
)

func hm(hours, minutes int) time.Duration {
	return time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
}

func TestParseHours(t *testing.T) {
	t.Parallel()
	type week = map[time.Weekday][]workflow.Span
	day := []workflow.Span{{From: hm(7, 30), To: hm(16, 0)}}
	for _, test := range []struct {
		name string
		text map[string]string
		want week
	}{
		{"nothing", nil, week{}},
		{"the example", map[string]string{"mon-thu": "07:30-16:00", "fri": "07:30-16:30"}, week{
			time.Monday: day, time.Tuesday: day, time.Wednesday: day, time.Thursday: day,
			time.Friday: {{From: hm(7, 30), To: hm(16, 30)}},
		}},
		{"lunch", map[string]string{"fri": "7:30-11:30, 13:00-16:30"}, week{
			time.Friday: {{From: hm(7, 30), To: hm(11, 30)}, {From: hm(13, 0), To: hm(16, 30)}},
		}},
		{"a list, Indonesian, capitals, dots", map[string]string{" Sen , RAB ": "07.30 - 16.00"},
			week{time.Monday: day, time.Wednesday: day}},
		{"past Sunday", map[string]string{"sab-sen": "00:00-24:00"}, week{
			time.Saturday: {{To: hm(24, 0)}}, time.Sunday: {{To: hm(24, 0)}}, time.Monday: {{To: hm(24, 0)}},
		}},
		{"the rest of the names", map[string]string{"sel,kam": "07:30-16:00", "jum": "07:30-16:00", "min": "07:30-16:00"},
			week{
				time.Tuesday: day, time.Thursday: day, time.Friday: day, time.Sunday: day,
			}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := workflow.ParseHours(test.text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParseHoursRefuses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ key, value, want string }{
		{"mo", "07:30-16:00", `key "mo": unknown weekday "mo"`},
		{"", "07:30-16:00", `key "": unknown weekday ""`},
		{"mon-", "07:30-16:00", `unknown weekday ""`},
		{"mon-wed,tue", "07:30-16:00", `key "mon-wed,tue": Tuesday is named twice`},
		{"fri", "", `key "fri": "" is not a span`},
		{"fri", "07:30", "is not a span"},
		{"fri", "07:30-16:00,", "is not a span"},
		{"fri", "7-16", "is not a span"},
		{"fri", "07:60-16:00", "is not a span"},
		{"fri", "07:30-24:01", "is not a span"},
		{"fri", "-1:30-16:00", "is not a span"},
		{"fri", "07:30-16:00-17:00", "is not a span"},
		{"fri", "16:00-07:30", "ends before it begins"},
		{"fri", "07:30-07:30", "ends before it begins"},
		{"fri", "07:30-12:00, 11:00-16:00", `key "fri": 11:00-16:00 overlaps`},
	} {
		_, err := workflow.ParseHours(map[string]string{test.key: test.value})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: %q: got %v, want %q", test.key, test.value, err, test.want)
		}
	}
	_, err := workflow.ParseHours(map[string]string{"mon-fri": "07:30-16:00", "jum": "07:30-16:30"})
	if want := `hours: key "mon-fri": Friday is named by "jum" too`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func FuzzParseHours(f *testing.F) {
	f.Add("mon-thu", "07:30-11:30, 13:00-16:30")
	f.Add("sat-mon,rab", "00:00-24:00")
	f.Add("mon,,", "-,:")
	f.Fuzz(func(t *testing.T, key, value string) {
		hours, err := workflow.ParseHours(map[string]string{key: value})
		if err != nil {
			return
		}
		if _, err := workflow.NewCalendar(time.UTC, hours, nil); err != nil {
			t.Fatalf("%q: %q was read as %v, but: %v", key, value, hours, err)
		}
	})
}
