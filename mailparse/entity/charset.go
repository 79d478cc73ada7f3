package entity

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"batan.go.id/layanan/mailparse/fold"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// ToUTF8 is [DecodeCharset] without the marks that turn the reading order.
func ToUTF8(b []byte, name string) (s, repair string) {
	s, repair = DecodeCharset(b, name)
	s, _ = DropTurns(s)
	return s, repair
}

// DecodeCharset decodes b from the named charset. What is valid UTF-8 with characters beyond ASCII is UTF-8 whatever
// the name says, for mislabelled mails are common and such bytes hardly ever are anything else. Without a name that
// helps, what is not UTF-8 is windows-1252. repair says in a sentence what the name did not: "" when it was right.
//
// The order of the guesses is the rule: it is to be read in one piece.
//
//gocyclo:ignore
func DecodeCharset(b []byte, name string) (s, repair string) {
	cs := lookupCharset(name)
	if cs.kind == sevenBit {
		return cs.decodeSevenBit(b)
	}
	if e := wideBytes(b, cs); e != nil {
		s, repair = cs.decode(b, e)
		if cs.kind != wideUnits {
			repair = "The text is UTF-16, not " + cs.label() + "."
		}
		return s, repair
	}
	b = UnixLines(b)
	if IsPlainASCII(b) {
		switch cs.kind {
		case meaningless:
			repair = "The charset " + fold.Quote(cs.name) + " is unknown."
		case wideUnits:
			repair = "The text is UTF-8, not " + cs.label() + "."
		}
		return string(b), repair
	}
	valid := utf8.Valid(b)
	switch {
	case valid && (cs.kind != multiByte || mostlyWide(b)):
		s = Clean(string(b))
		switch {
		case IsPlainASCII(s): // there were only control characters
		case cs.kind == meaningless:
			repair = "The charset " + fold.Quote(cs.name) + " is unknown; the text was read as UTF-8."
		case cs.kind != utf8Bytes:
			repair = "The text is UTF-8, not " + cs.label() + "."
		case twiceEncoded(string(b[:min(len(b), 64<<10)])):
			repair = "The text seems to be encoded twice as UTF-8."
		}
		return s, repair
	case cs.kind == singleByte, cs.kind == multiByte:
		if s, repair = cs.decode(b, cs.enc); repair == "" || cs.kind == singleByte || !mostlyUTF8(b) {
			return s, repair
		}
		fallthrough
	case cs.kind == utf8Bytes && mostlyUTF8(b):
		return Clean(strings.ToValidUTF8(string(b), "\uFFFD")), "Some of the text is not valid UTF-8."
	}
	s, _ = cs.decode(b, charmap.Windows1252)
	if cs.kind == meaningless {
		return s, "The charset " + fold.Quote(cs.name) + " is unknown; the text was read as windows-1252."
	}
	return s, "The text is not " + cs.label() + "; it was read as windows-1252."
}

// label names the charset in a warning.
func (cs charset) label() string {
	if cs.kind == unnamed {
		return "us-ascii, as text without a charset should be"
	}
	return fold.Quote(cs.name)
}

// decode uses an encoding, and reports what it has no characters for.
func (cs charset) decode(b []byte, e encoding.Encoding) (s, repair string) {
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		out = bytes.ToValidUTF8(b, []byte("\uFFFD"))
	}
	if bytes.Contains(out, []byte("\uFFFD")) {
		repair = "Some of the text is not valid " + fold.Quote(cs.name) + "."
	}
	return Clean(string(UnixLines(out))), repair
}

// decodeSevenBit decodes the charsets that are made of ASCII bytes. With other bytes the name must be wrong.
func (cs charset) decodeSevenBit(b []byte) (s, repair string) {
	beyond := bytes.ContainsFunc(b, func(r rune) bool { return r >= utf8.RuneSelf })
	if beyond && utf8.Valid(b) {
		return Clean(string(b)), "The text is UTF-8, not " + cs.label() + "."
	}
	switch {
	case cs.enc == nil:
		return Clean(decodeUTF7(UnixLines(b))), ""
	case strings.HasSuffix(charsetKey(cs.name), "2022kr"):
		b = decodeISO2022KR(b)
	}
	return cs.decode(b, cs.enc)
}

// wideBytes finds out whether text is UTF-16 or UTF-32: by its byte order mark, its name, or, without either, because
// every other byte is zero. Text of that name without any zero byte is something else.
//
// One rule for each pattern of zeros.
//
//gocyclo:ignore
func wideBytes(b []byte, cs charset) encoding.Encoding {
	marked := bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff"))
	if cs.kind != wideUnits && !marked && (len(b) < 4 || bytes.IndexByte(b[:min(len(b), 64)], 0) < 0) {
		return nil
	}
	var zeros [4]int
	sample := b[:min(len(b), 1024)&^3]
	for i, c := range sample {
		if c == 0 {
			zeros[i&3]++
		}
	}
	even, odd := zeros[0]+zeros[2], zeros[1]+zeros[3]
	switch {
	case cs.kind == wideUnits && even+odd == 0 && !marked && utf8.Valid(b):
		return nil
	case cs.enc == utf32BE || cs.enc == utf32LE:
		if !marked && zeros[3] > zeros[0] {
			return utf32LE
		}
		return cs.enc
	case marked && (cs.kind == wideUnits || even+odd > 0):
		return utf16BE
	case 3*max(odd, even) < len(sample) && cs.kind != wideUnits:
		return nil
	case odd > 2*even:
		return utf16LE
	case even > 2*odd:
		return utf16BE
	case cs.kind == wideUnits:
		return cs.enc
	}
	return nil
}

// mostlyWide reports whether valid UTF-8 has more characters of three bytes than of two. The charsets of East Asia
// have pairs of bytes that happen to be valid UTF-8, but hardly ever triples.
func mostlyWide(b []byte) bool {
	pairs, triples := 0, 0
	for _, c := range b {
		switch {
		case c >= 0xe0:
			triples++
		case c >= 0xc0:
			pairs++
		}
	}
	return triples > pairs
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

// twiceEncoded recognises UTF-8 that was taken for windows-1252 and encoded again: "Ã©", "â€“".
func twiceEncoded(s string) bool {
	if !strings.Contains(s, "Ã") && !strings.Contains(s, "â") && !strings.Contains(s, "Â") {
		return false
	}
	for _, e := range []*charmap.Charmap{charmap.Windows1252, charmap.ISO8859_1} {
		if back, err := e.NewEncoder().String(s); err == nil && utf8.ValidString(back) {
			return true
		}
	}
	return false
}
