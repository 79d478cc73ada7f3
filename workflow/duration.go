package workflow

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// The longest SLA that a SOP may name. A longer one is a slip of the pen: it
// would never be reminded of in the lifetime of a request.
const (
	maxDays  = 366
	maxClock = 1000 * time.Hour
)

// Duration is an SLA as the SOP writes it. "30s", "5m" and "1h30m" are office
// time; "2d" is working days, which keep the clock time: 1d from Friday 10:00
// is Monday 10:00, whatever the office hours are. One is never converted into
// the other, so exactly one of the two fields is non-zero. The zero Duration
// is no SLA at all.
type Duration struct {
	Days  int           // working days
	Clock time.Duration // office time, in whole seconds
}

// ParseDuration reads "30s", "5m", "1h", "1h30m" or "2d". Zero, a sign, a
// fraction, a mix of days with hours, units out of order and anything beyond
// 366 days or 1000 hours are errors.
func ParseDuration(s string) (Duration, error) {
	fail := func(why string) (Duration, error) {
		return Duration{}, fmt.Errorf("duration %q: %s", shorten(s), why)
	}
	if days, ok := strings.CutSuffix(s, "d"); ok {
		n, ok := parseCount(days)
		switch {
		case !ok:
			return fail("write working days as 2d, not mixed with hours")
		case n == 0:
			return fail("must be more than zero")
		case n > maxDays:
			return fail(fmt.Sprintf("more than %d working days", maxDays))
		}
		return Duration{Days: int(n)}, nil
	}
	clock, ok := parseClock(s)
	switch {
	case !ok:
		return fail("write office time as 30s, 5m, 1h or 1h30m, working days as 2d")
	case clock == 0:
		return fail("must be more than zero")
	case clock > maxClock:
		return fail(fmt.Sprintf("more than %d hours", maxClock/time.Hour))
	}
	return Duration{Clock: clock}, nil
}

// parseClock reads hours, minutes and seconds, each at most once and in that
// order. A sum too large to hold is returned as the largest duration.
func parseClock(s string) (time.Duration, bool) {
	if s == "" {
		return 0, false
	}
	var total time.Duration
	for _, unit := range []struct {
		letter byte
		length time.Duration
	}{{'h', time.Hour}, {'m', time.Minute}, {'s', time.Second}} {
		i := strings.IndexByte(s, unit.letter)
		if i < 0 {
			continue
		}
		n, ok := parseCount(s[:i])
		if !ok {
			return 0, false
		}
		total += time.Duration(min(n, 1e6)) * unit.length
		s = s[i+1:]
	}
	return total, s == ""
}

// parseCount reads plain digits; a number too large to hold is returned as the
// largest one, which every caller refuses.
func parseCount(s string) (int64, bool) {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return math.MaxInt64, true
	}
	return n, true
}

// String writes d so that ParseDuration reads it back: "2d", "1h30m", "45s".
// The zero Duration is "0s".
func (d Duration) String() string {
	if d.Days != 0 {
		return strconv.Itoa(d.Days) + "d"
	}
	s := d.Clock.String() // 1h0m0s
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// MarshalText writes d for YAML and JSON. A Duration that ParseDuration would
// not read back is an error.
func (d Duration) MarshalText() ([]byte, error) {
	text := d.String()
	if back, err := ParseDuration(text); err != nil {
		return nil, err
	} else if back != d {
		return nil, errors.New("duration: either working days or office time, not both")
	}
	return []byte(text), nil
}

// UnmarshalText is ParseDuration.
func (d *Duration) UnmarshalText(text []byte) error {
	parsed, err := ParseDuration(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// shorten keeps what a foreign file says from flooding an error message.
func shorten(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
