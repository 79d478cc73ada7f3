package notify

import (
	"bytes"
	"encoding/base64"
	"slices"
)

// MaskMail takes the signatures of all reply tokens out of a mail as it was
// sent, and of nothing within packed attachments. An asterisk stands for each
// character, and nothing moves: the mail keeps its length, its lines and its parts.
func MaskMail(raw []byte) []byte {
	masked := slices.Clone(raw)
	mask(masked)
	for from, to := base64Block(raw, 0); to > 0; from, to = base64Block(raw, to) {
		maskBase64(masked[from:to])
	}
	return masked
}

// mask reports whether there was a token in a text.
func mask(text []byte) bool {
	found := codes(string(text))
	for _, c := range found {
		for _, letter := range c.letters {
			for i := letter[0]; i < letter[1]; i++ {
				if b := text[i]; b != '\r' && b != '\n' {
					text[i] = '*'
				}
			}
		}
	}
	return len(found) > 0
}

// base64Block finds, from some place on, lines that may be a text in base64;
// the end is 0 when there are none.
func base64Block(raw []byte, at int) (from, to int) {
	for at < len(raw) {
		line := len(raw) - at
		if end := bytes.IndexByte(raw[at:], '\n'); end >= 0 {
			line = end + 1
		}
		text := bytes.TrimRight(raw[at:at+line], "\r\n")
		switch coded := len(text) > 0 && !bytes.ContainsFunc(text, notBase64); {
		case coded && to == 0:
			from, to = at, at+line
		case coded:
			to = at + line
		case to > 0:
			return from, to
		}
		at += line
	}
	return from, to
}

func notBase64(r rune) bool {
	return (r < 'a' || 'z' < r) && (r < 'A' || 'Z' < r) && (r < '0' || '9' < r) && r != '+' && r != '/' && r != '='
}

// maskBase64 masks what the lines say. The text has its length again, so each
// character of its code has its place.
func maskBase64(lines []byte) {
	code := slices.DeleteFunc(slices.Clone(lines), func(b byte) bool { return b == '\r' || b == '\n' })
	text := make([]byte, base64.StdEncoding.DecodedLen(len(code)))
	n, _ := base64.StdEncoding.Decode(text, code) // up to what is damaged
	if text = text[:n]; !mask(text) {
		return
	}
	base64.StdEncoding.Encode(code, text)
	for i, b := range lines {
		if len(code) > 0 && b != '\r' && b != '\n' {
			lines[i], code = code[0], code[1:]
		}
	}
}
