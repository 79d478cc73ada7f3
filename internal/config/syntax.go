package config

import (
	"errors"
	"math"
	"net"
	"net/mail"
	"net/netip"
	"strconv"
	"strings"
)

// address refuses anything but a bare ASCII address: names, comments and
// SMTPUTF8 have no place in the configuration.
func (c *checker) address(key, s string) bool {
	a, err := mail.ParseAddress(s)
	ascii := !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
	if err != nil || a.Name != "" || a.Address != s || !ascii || len(s) > 254 {
		c.fail(key, "want a mail address such as nama@batan.go.id, have %q", s)
		return false
	}
	if domain := s[strings.LastIndexByte(s, '@')+1:]; !isDomain(domain) {
		c.fail(key, "%q is not a domain that mail can be sent to", domain)
		return false
	}
	return true
}

// isDomain reports a domain in the letters, digits and hyphens of RFC 1123.
func isDomain(s string) bool {
	if s == "" || len(s) > 253 {
		return false
	}
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 63 || strings.Trim(label, "-") != label {
			return false
		}
		odd := func(r rune) bool {
			return r != '-' && (r < '0' || '9' < r) && (r < 'a' || 'z' < r) && (r < 'A' || 'Z' < r)
		}
		if strings.ContainsFunc(label, odd) {
			return false
		}
	}
	return true
}

// hostPort splits the address of a server.
func (c *checker) hostPort(key, s string) (host string, ok bool) {
	host, port, err := net.SplitHostPort(s)
	if err != nil {
		c.fail(key, "want host:port such as mail.batan.go.id:993, have %q", s)
		return "", false
	}
	// containers have such names
	if _, err := netip.ParseAddr(host); err != nil && !isDomain(strings.ReplaceAll(host, "_", "x")) {
		c.fail(key, "%q is neither the name nor the address of a host", host)
		return "", false
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
		c.fail(key, "want a port from 1 to 65535, have %q", port)
		return "", false
	}
	return host, true
}

// isLoopback reports a host that is this machine, judged without asking DNS.
func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	if err == nil {
		return ip.Unmap().IsLoopback()
	}
	return strings.EqualFold(host, "localhost")
}

// size is a number of bytes: 25MiB, 10MB or 1048576.
type size int64

// units, longest first, so that MiB is not read as B.
var units = []struct {
	name  string
	bytes int64
}{
	{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30},
	{"kB", 1e3}, {"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"B", 1}, {"", 1},
}

// UnmarshalText implements [encoding.TextUnmarshaler].
func (z *size) UnmarshalText(text []byte) error {
	for _, u := range units {
		digits, ok := strings.CutSuffix(string(text), u.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseUint(strings.TrimSpace(digits), 10, 63)
		if err != nil {
			break
		}
		if int64(n) > math.MaxInt64/u.bytes {
			return errors.New("the size is too large")
		}
		*z = size(int64(n) * u.bytes)
		return nil
	}
	return errors.New("want a size such as 25MiB, 10MB or 1048576, have " + strconv.Quote(string(text)))
}

// days is a number of days: 90d.
type days int

// maxDays keeps what a number of days becomes within a time.Duration.
const maxDays = 36_500

// UnmarshalText implements [encoding.TextUnmarshaler].
func (d *days) UnmarshalText(text []byte) error {
	digits, ok := strings.CutSuffix(string(text), "d")
	n, err := strconv.ParseUint(digits, 10, 31)
	if !ok || err != nil || n > maxDays {
		return errors.New("want a number of days such as 90d, have " + strconv.Quote(string(text)))
	}
	*d = days(n)
	return nil
}
