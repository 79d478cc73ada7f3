package workflow_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/workflow"
	"pgregory.net/rapid"
)

func TestParseDuration(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]workflow.Duration{
		"30s":     {Clock: 30 * time.Second},
		"90s":     {Clock: 90 * time.Second},
		"5m":      {Clock: 5 * time.Minute},
		"1h":      {Clock: time.Hour},
		"1h30m":   {Clock: 90 * time.Minute},
		"1h5s":    {Clock: time.Hour + 5*time.Second},
		"1h0m10s": {Clock: time.Hour + 10*time.Second},
		"1000h":   {Clock: 1000 * time.Hour},
		"1d":      {Days: 1},
		"366d":    {Days: 366},
	} {
		got, err := workflow.ParseDuration(text)
		if err != nil || got != want {
			t.Errorf("%q: got %+v, %v, want %+v", text, got, err, want)
		}
	}
}

func TestParseDurationRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                       "write office time",
		"1":                      "write office time",
		"h":                      "write office time",
		"d":                      "write working days",
		"1.5h":                   "write office time",
		"-1h":                    "write office time",
		"+1h":                    "write office time",
		"-1d":                    "write working days",
		"1h 30m":                 "write office time",
		"30m1h":                  "write office time",
		"1h1h":                   "write office time",
		"1H":                     "write office time",
		"1w":                     "write office time",
		"10ms":                   "write office time",
		"1d2h":                   "write office time",
		"2h1d":                   "not mixed",
		"٣h":                     "write office time",
		"0s":                     "more than zero",
		"0d":                     "more than zero",
		"0h0m":                   "more than zero",
		"367d":                   "more than 366 working days",
		"1000h1s":                "more than 1000 hours",
		"99999999999999999999h":  "more than 1000 hours",
		"99999999999999999999d":  "more than 366 working days",
		strings.Repeat("x", 1e6): "xxx…",
	} {
		_, err := workflow.ParseDuration(text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: got %v, want %q", text, err, want)
		} else if len(err.Error()) > 200 {
			t.Errorf("%.20q: the error is %d bytes long", text, len(err.Error()))
		}
	}
}

func TestDurationRoundTrip(t *testing.T) {
	t.Parallel()
	for d, want := range map[workflow.Duration]string{
		{}:                           "0s",
		{Days: 2}:                    "2d",
		{Clock: time.Hour}:           "1h",
		{Clock: 90 * time.Minute}:    "1h30m",
		{Clock: 10 * time.Minute}:    "10m",
		{Clock: 20 * time.Second}:    "20s",
		{Clock: 3610 * time.Second}:  "1h0m10s",
		{Clock: 10 * 60 * time.Hour}: "600h",
	} {
		if got := d.String(); got != want {
			t.Errorf("%#v is %q, want %q", d, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		d := workflow.Duration{Clock: time.Duration(rapid.IntRange(1, 3_600_000).Draw(t, "seconds")) * time.Second}
		if rapid.Bool().Draw(t, "days") {
			d = workflow.Duration{Days: rapid.IntRange(1, 366).Draw(t, "n")}
		}
		text, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		var back workflow.Duration
		if err := json.Unmarshal(text, &back); err != nil || back != d {
			t.Fatalf("%s became %+v, %v, from %+v", text, back, err, d)
		}
	})
}

func TestDurationThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	for _, d := range []workflow.Duration{{}, {Days: -1}, {Clock: -time.Hour}, {Days: 1, Clock: time.Hour},
		{Clock: time.Millisecond}} {
		if text, err := d.MarshalText(); err == nil {
			t.Errorf("%#v became %q", d, text)
		}
	}
	if d := (workflow.Duration{Days: 3}); d.UnmarshalText([]byte("3x")) == nil || d.Days != 3 {
		t.Errorf("a failed UnmarshalText left %+v", d)
	}
}

func FuzzParseDuration(f *testing.F) {
	for _, seed := range []string{"1h30m", "2d", "0s", "1d2h", "99999999999999999999h", "s"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := workflow.ParseDuration(s)
		if err != nil {
			return
		}
		if (d.Days > 0) == (d.Clock > 0) || d.Days < 0 || d.Clock < 0 {
			t.Fatalf("%q became %+v", s, d)
		}
		if back, err := workflow.ParseDuration(d.String()); err != nil || back != d {
			t.Fatalf("%q: %+v, written %q, read %+v, %v", s, d, d, back, err)
		}
	})
}
