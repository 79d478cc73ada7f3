package entity

import (
	"bytes"
	"strings"

	"batan.go.id/layanan/mailparse/fold"
)

// Content-Transfer-Encodings that change the bytes (RFC 2045, 6.1), and the one of old.
const (
	Base64          = "base64"
	QuotedPrintable = "quoted-printable"
	UU              = "uuencode"
)

// TransferEncoding reads a Content-Transfer-Encoding, however it is spelt: "" when the bytes are as they are. known is
// false when nobody knows the name; then, too, the bytes are as they are.
func TransferEncoding(s string) (encoding string, known bool) {
	s, _, _ = strings.Cut(s, "(")
	s, _, _ = strings.Cut(s, ";")
	switch fold.Key(s) {
	case "", "7bit", "8bit", "binary", "7bits", "8bits", "none", "7", "8", "plain", "text":
		return "", true
	case "base64", "b64", "xbase64":
		return Base64, true
	case "quotedprintable", "quotedprintible", "qp", "quoted":
		return QuotedPrintable, true
	case "xuuencode", "uuencode", "xuue", "uue":
		return UU, true
	}
	return "", false
}

// decodeTransfer undoes an encoding, of at most limit decoded bytes. Damage is passed over: what can be decoded is,
// and repair says so.
func decodeTransfer(body []byte, encoding string, limit int) (out []byte, cut bool, repair string) {
	damaged, known := false, false
	switch encoding {
	case Base64:
		if readsAsText(body) {
			return body[:min(len(body), limit)], len(body) > limit, "The text is not in base64, as its header says."
		}
		if out, known = readBody(body, encoding, limit); !known {
			out, damaged = decodeBase64(body, limit)
		}
	case QuotedPrintable:
		if !strays(body) {
			out, known = readBody(body, encoding, limit)
		}
		if !known {
			out, damaged = decodeQP(body, limit)
		}
	case UU:
		out, damaged = decodeUU(body, limit)
	default:
		out = body
	}
	if cut = len(out) > limit; cut {
		return out[:limit], true, ""
	}
	if damaged {
		repair = "The " + encoding + " encoding is damaged; what could be decoded was."
	}
	return out, false, repair
}

// base64Value maps a byte to its six bits plus one; 0 is no base64 character. The URL alphabet is accepted too.
var base64Value = func() (t [256]byte) {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	for i := range len(alphabet) {
		t[alphabet[i]] = byte(i + 1)
	}
	t['-'], t['_'] = t['+'], t['/']
	return t
}()

// decodeBase64 skips what is not base64, and restarts after each padding, as concatenated parts need. What lists write
// below the data is text, not data.
func decodeBase64(b []byte, limit int) (out []byte, damaged bool) {
	out = make([]byte, 0, min(len(b)*3/4, limit)+3)
	var acc uint32
	var n uint // bits that are read and not yet written
	padded := false
	for len(b) > 0 && len(out) <= limit {
		var line []byte
		line, b = CutLine(b)
		if len(line) > 0 && (line[0] == '-' || line[0] == '_' || padded) && footer(line, padded) {
			damaged = true
			continue
		}
		for _, c := range line {
			v := base64Value[c]
			if v == 0 {
				switch c {
				case '=':
					damaged = damaged || n == 6
					acc, n, padded = 0, 0, true
				case ' ', '\t':
				default:
					damaged = true
				}
				continue
			}
			acc, n, padded = acc<<6|uint32(v-1), n+6, false
			if n >= 8 {
				n -= 8
				out = append(out, byte(acc>>n))
			}
		}
	}
	return out, damaged || n > 0
}

// footer recognises a line of text below base64 data: a rule, or, behind the padding, words.
func footer(line []byte, padded bool) bool {
	line = bytes.TrimSpace(line)
	if len(line) > 1 && len(bytes.Trim(line, "-_")) == 0 {
		return true
	}
	for _, c := range line {
		if padded && base64Value[c] == 0 && c != '=' {
			return true
		}
	}
	return false
}

// readsAsText reports whether bytes that are said to be base64 are words: of any length, with blanks between them.
func readsAsText(b []byte) bool {
	b = b[:min(len(b), 1<<10)]
	if bytes.IndexByte(bytes.TrimSpace(b), ' ') < 0 || bytes.IndexByte(b, '=') >= 0 {
		return false
	}
	words, odd := 0, 0
	for w := range bytes.FieldsSeq(b) {
		if words++; len(w)%4 != 0 {
			odd++
		}
	}
	return words > 1 && 2*odd >= words
}

// base64Size is the decoded size, without decoding.
func base64Size(b []byte) int {
	n := 0
	for _, c := range b {
		if base64Value[c] != 0 {
			n++
		}
	}
	return n * 3 / 4
}

// strays reports whether a "=" of quoted-printable begins neither an escape nor a soft line break: go-message lets
// some of them pass for what they are not.
func strays(b []byte) bool {
	for {
		i := bytes.IndexByte(b, '=')
		if i < 0 {
			return false
		}
		b = b[i+1:]
		if len(b) > 1 && isHex(b[0]) && isHex(b[1]) {
			b = b[2:]
			continue
		}
		if rest := bytes.TrimLeft(b[:min(len(b), maxSoftBlanks)], " \t"); len(rest) == 0 || rest[0] != '\n' {
			return true
		}
	}
}

// maxSoftBlanks is how many blanks a soft line break may have; more are a stray sign's.
const maxSoftBlanks = 80

// decodeQP undoes quoted-printable until there is more than limit bytes of it; a stray "=" stands for itself.
func decodeQP(b []byte, limit int) (out []byte, damaged bool) {
	i := bytes.IndexByte(b, '=')
	if i < 0 {
		return b, false
	}
	out = make([]byte, 0, min(len(b), limit+len("===")))
	for ; i >= 0 && len(out) <= limit; i = bytes.IndexByte(b, '=') {
		out = append(out, b[:min(i, limit+1)]...)
		b = b[i:]
		if len(b) > 2 && isHex(b[1]) && isHex(b[2]) {
			out = append(out, unhex(b[1])<<4|unhex(b[2]))
			b = b[3:]
			continue
		}
		rest := bytes.TrimLeft(b[1:], " \t") // soft line break: "=" blanks LF
		switch {
		case len(rest) == 0:
			return out, damaged
		case rest[0] == '\n':
			b = rest[1:]
		default:
			damaged = true
			out = append(out, '=')
			b = b[1:]
		}
	}
	return append(out, b[:min(len(b), max(0, limit+1-len(out)))]...), damaged
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	}
	return c - 'a' + 10
}
