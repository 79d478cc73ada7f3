package notify

import (
	"bytes"
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// spelled is a text that was taken out of some code, such as percent signs or
// quoted-printable: its bytes, and where in the written text each came from.
type spelled struct {
	text     []byte
	from, to []int
}

func asWritten(s string) *spelled {
	t := &spelled{text: []byte(s), from: make([]int, len(s)), to: make([]int, len(s))}
	for i := range t.text {
		t.from[i], t.to[i] = i, i+1
	}
	return t
}

// unspell takes one layer of codes off, and reports whether there was one.
func (t *spelled) unspell() (*spelled, bool) {
	out := &spelled{text: make([]byte, 0, len(t.text)), from: make([]int, 0, len(t.text)),
		to: make([]int, 0, len(t.text))}
	found := false
	for i := 0; i < len(t.text); {
		meant, n := t.text[i:i+1], 1
		switch t.text[i] {
		case '%', '=', '&', '\\':
			if s, length := escaped(t.text[i:min(i+longestEscape, len(t.text))]); length > 0 {
				meant, n, found = []byte(s), length, true
			}
		}
		for _, b := range meant {
			out.text, out.from, out.to = append(out.text, b), append(out.from, t.from[i]), append(out.to, t.to[i+n-1])
		}
		i += n
	}
	return out, found
}

// longestEscape is enough for &NonBreakingSpace; and its like.
const longestEscape = 24

// escaped is what an escape at the beginning of s stands for: %2D, =2D, a soft
// line end, &#45;, &hyphen;, \u002d. The length is 0 when there is none.
func escaped(s []byte) (meant string, length int) {
	hex := func(from, digits int) (rune, bool) {
		if len(s) < from+digits {
			return 0, false
		}
		n, err := strconv.ParseUint(string(s[from:from+digits]), 16, 32)
		return rune(n), err == nil
	}
	switch s[0] {
	case '%', '=':
		if r, ok := hex(1, 2); ok {
			return string([]byte{byte(r)}), 3
		}
		if s[0] == '=' {
			rest := strings.TrimLeft(string(s[1:]), " \t") // a soft line end (RFC 2045, 6.7)
			if n := len(rest) - len(strings.TrimPrefix(strings.TrimPrefix(rest, "\r"), "\n")); n > 0 {
				return "", len(s) - len(rest) + n
			}
		}
	case '\\':
		if len(s) > 1 && s[1] == 'x' {
			if r, ok := hex(2, 2); ok {
				return string(r), 4
			}
		}
		if len(s) > 1 && s[1] == 'u' {
			if r, ok := hex(2, 4); ok {
				return string(r), 6
			}
		}
	case '&':
		if end := strings.IndexByte(string(s), ';'); end > 0 {
			if r := html.UnescapeString(string(s[:end+1])); len(r) <= end { // known
				return r, end + 1
			}
		}
	}
	return "", 0
}

// The signs that runes leave in a skeleton, besides letters and digits.
const (
	dash      = '-'
	other     = '!' // never a part of a token
	space     = ' ' // leaves a gap
	invisible = 0   // leaves nothing
)

// skeleton is a text without what can come between a token's characters: the
// letters and digits in lower case and plain form, and what parts them.
type skeleton struct {
	text     []byte
	from, to []int
	gap      []bool // blanks or marks of a quotation came before
}

func (t *spelled) skeleton() *skeleton {
	k := &skeleton{text: make([]byte, 0, len(t.text))}
	gap := false
	for i := 0; i < len(t.text); {
		r, n := utf8.DecodeRune(t.text[i:])
		if r == '<' {
			if tag := tagLength(t.text[i:]); tag > 0 {
				gap = true
				i += tag
				continue
			}
		}
		c := plain(r)
		if r == '/' && gap && i+1 < len(t.text) && t.text[i+1] == ' ' { // joins the lines of a field
			c = space
		}
		switch c {
		case invisible:
		case space:
			gap = true
		default:
			k.text, k.gap = append(k.text, c), append(k.gap, gap)
			k.from, k.to = append(k.from, t.from[i]), append(k.to, t.to[i+n-1])
			gap = false
		}
		i += n
	}
	return k
}

// plain is the sign that a rune leaves.
func plain(r rune) byte {
	switch {
	case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
		return byte(r)
	case 'A' <= r && r <= 'Z':
		return byte(r) | 0x20
	case r == '-', r == '_', r == '¬', r == '−', r == '⁃', r == '˗', unicode.Is(unicode.Pd, r):
		return dash
	case unicode.IsSpace(r), strings.ContainsRune(">|»*`", r): // blanks, and what marks quotations
		return space
	case r < utf8.RuneSelf && r > ' ' && r != 0x7f:
		return other
	case unicode.In(r, unicode.C, unicode.Mn, unicode.Me), r == utf8.RuneError:
		return invisible
	}
	if s := norm.NFKC.String(string(r)); len(s) == 1 { // full-width, mathematical, in a circle
		return plain(rune(s[0]))
	}
	return other
}

// tagLength is the length of an HTML tag at the beginning of a text, such as
// <wbr>; 0 when there is none, or one that holds a number itself.
func tagLength(s []byte) int {
	m := tagPattern.Find(s[:min(len(s), maxTag)])
	if m == nil || bytes.ContainsRune(m, '@') || yearPattern.Match(m) {
		return 0
	}
	return len(m)
}

var (
	tagPattern  = regexp.MustCompile(`^</?[a-zA-Z]+[0-9]?(?:\s[^<>]*)?/?>`)
	yearPattern = regexp.MustCompile(`[0-9]{4}`)
)

// maxTag is more than a tag between two letters usually has.
const maxTag = 200
