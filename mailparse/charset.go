package mailparse

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode/utf32"
)

// toUTF8 decodes b from the named charset, without what turns the reading order.
func toUTF8(b []byte, name string) (s string, known bool) {
	s, known = decodeCharset(b, name)
	s, _ = dropTurns(s)
	return s, known
}

// decodeCharset decodes b from the named charset. What is valid UTF-8 with a character beyond ASCII is UTF-8 whatever the name
// says, for mislabelled mails are common and such bytes hardly ever are anything else. An unknown name, or none, means
// windows-1252. known is false when the name was given and means nothing.
func decodeCharset(b []byte, name string) (s string, known bool) {
	name = charsetName(name)
	e, known := charsetEncoding(name)
	if e == nil || !stateful(name) && utf8.Valid(b) {
		if name == "utf-7" {
			return readable(decodeUTF7(b)), true
		}
		if utf8.Valid(b) {
			return readable(string(b)), known
		}
		if name == "utf-8" && mostlyUTF8(b) {
			return readable(strings.ToValidUTF8(string(b), "\uFFFD")), true
		}
		e = charmap.Windows1252
	}
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return readable(strings.ToValidUTF8(string(b), "\uFFFD")), known
	}
	return readable(string(out)), known
}

// charsetName strips what mailers put around a charset's name.
func charsetName(s string) string {
	s = strings.ToLower(strings.Trim(s, " \t\"'<>;="))
	s, _, _ = strings.Cut(s, "*") // RFC 2231 language
	switch s {
	case "utf8", "unicode-1-1-utf-8", "utf-8mb4", "utf8mb4":
		return "utf-8"
	case "unicode-1-1-utf-7", "utf7", "x-unicode-2-0-utf-7":
		return "utf-7"
	}
	return s
}

// charsetEncoding finds a charset; nil with known=true is UTF-8, ASCII or UTF-7.
func charsetEncoding(name string) (e encoding.Encoding, known bool) {
	switch name {
	case "", "utf-8", "us-ascii", "ascii", "utf-7", "ansi_x3.4-1968":
		return nil, true
	case "unknown-8bit", "x-unknown", "default", "unknown", "x-user-defined", "8bit", "binary":
		return nil, true
	case "hz-gb-2312":
		return simplifiedchinese.HZGB2312, true
	case "utf-32", "utf-32be":
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM), true
	case "utf-32le":
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), true
	}
	for _, n := range []string{name, strings.ReplaceAll(name, "_", "-"), strings.Replace(name, "cp-", "cp", 1), strings.Replace(name, "cp", "windows-", 1)} {
		if e, err := htmlindex.Get(n); err == nil && e != encoding.Replacement {
			return e, true
		}
		if e, err := ianaindex.MIME.Encoding(n); err == nil && e != nil {
			return e, true
		}
	}
	switch strings.TrimPrefix(name, "cp-") {
	case "cp850", "850":
		return charmap.CodePage850, true
	case "cp437", "437":
		return charmap.CodePage437, true
	case "tis-620":
		return charmap.Windows874, true
	case "ks_c_5601", "ks_c_5601-1987":
		e, _ := htmlindex.Get("euc-kr")
		return e, e != nil
	}
	return nil, false
}

// stateful charsets are made of ASCII bytes, or of bytes that may happen to be valid UTF-8.
func stateful(name string) bool {
	return strings.HasPrefix(name, "iso-2022") || strings.HasPrefix(name, "utf-16") || strings.HasPrefix(name, "utf-32") ||
		strings.HasPrefix(name, "hz") || strings.HasPrefix(name, "csiso2022") || name == "unicode" || name == "ucs-2"
}

// mostlyUTF8 tells cut or damaged UTF-8 from another charset under the wrong name.
func mostlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case len(b) > 1 && !utf8.FullRune(b): // cut within its last character
			return good >= bad
		case r == utf8.RuneError && n <= 1:
			bad++
		case n > 1:
			good++
		}
		b = b[n:]
	}
	return good >= bad && good > 0
}

// decodeUTF7 undoes UTF-7 (RFC 2152).
func decodeUTF7(b []byte) string {
	var out strings.Builder
	for len(b) > 0 {
		i := bytes.IndexByte(b, '+')
		if i < 0 {
			out.Write(b)
			break
		}
		out.Write(b[:i])
		b = b[i+1:]
		n := 0
		for n < len(b) && base64Value[b[n]] != 0 && b[n] != '-' && b[n] != '_' {
			n++
		}
		if n == 0 {
			out.WriteByte('+')
		} else if raw, err := base64.RawStdEncoding.DecodeString(string(b[:n])); err == nil || len(raw) > 0 {
			u := make([]uint16, len(raw)/2)
			for k := range u {
				u[k] = uint16(raw[2*k])<<8 | uint16(raw[2*k+1])
			}
			out.WriteString(string(utf16.Decode(u)))
		}
		b = b[n:]
		if len(b) > 0 && b[0] == '-' {
			b = b[1:]
		}
	}
	return strings.ToValidUTF8(out.String(), "\uFFFD")
}

// readable takes out what no reader sees: NUL, byte order marks, zero-width characters and tags.
// NBSP and other blanks become spaces.
func readable(s string) string {
	if isPlainASCII(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case '\t', '\n':
			return r
		case '\r', '\u2028', '\u2029', '\u0085':
			return '\n'
		case '\f', '\v':
			return '\n'
		case '\u00a0', '\u2002', '\u2003', '\u2007', '\u2009', '\u202f', '\u3000':
			return ' '
		case '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff', '\u00ad':
			return -1
		}
		if r < ' ' || r == 0x7f || r >= '\u2061' && r <= '\u2064' || r >= 0xe0000 && r <= 0xe007f {
			return -1
		}
		return r
	}, s)
}

// dropTurns takes out the marks that turn the reading order, U+202A to U+202E and U+2066 to U+2069, and says whether
// there were any.
func dropTurns(s string) (string, bool) {
	if !strings.Contains(s, "\xe2\x80") && !strings.Contains(s, "\xe2\x81") {
		return s, false
	}
	t := strings.Map(func(r rune) rune {
		if r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' {
			return -1
		}
		return r
	}, s)
	return t, len(t) < len(s)
}

func isPlainASCII(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= 0x7f || c < ' ' && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}
