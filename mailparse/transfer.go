package mailparse

import "bytes"

// decodeTransfer undoes a Content-Transfer-Encoding (RFC 2045, 6), of at most limit decoded bytes. Damage is passed over:
// what can be decoded is.
func decodeTransfer(body []byte, encoding string, limit int) (out []byte, cut bool) {
	switch encoding {
	case "base64":
		out = decodeBase64(body, limit)
	case "quoted-printable":
		out = decodeQP(body)
	case "x-uuencode", "uuencode", "x-uue", "uue":
		out = decodeUU(body)
	default:
		out = body
	}
	if len(out) > limit {
		return out[:limit], true
	}
	return out, false
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

// decodeBase64 skips what is not base64, and restarts after each padding, as concatenated parts need. A line that
// begins with "--" or the text after the last padding that holds spaces is a list's footer, not data.
func decodeBase64(b []byte, limit int) []byte {
	out := make([]byte, 0, min(len(b)*3/4, limit)+3)
	var acc uint32
	var n uint
	for _, c := range b {
		v := base64Value[c]
		if v == 0 {
			if c == '=' {
				acc, n = 0, 0
			}
			continue
		}
		acc, n = acc<<6|uint32(v-1), n+6
		if n >= 8 {
			n -= 8
			out = append(out, byte(acc>>n))
			if len(out) > limit {
				break
			}
		}
	}
	return out
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

// decodeQP undoes quoted-printable; a stray "=" stands for itself.
func decodeQP(b []byte) []byte {
	if bytes.IndexByte(b, '=') < 0 {
		return b
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		c := b[i]
		if c != '=' {
			out = append(out, c)
			continue
		}
		if i+2 < len(b) && isHex(b[i+1]) && isHex(b[i+2]) {
			out = append(out, unhex(b[i+1])<<4|unhex(b[i+2]))
			i += 2
			continue
		}
		j := i + 1 // soft line break: "=" blanks LF
		for j < len(b) && (b[j] == ' ' || b[j] == '\t') {
			j++
		}
		if j < len(b) && b[j] == '\n' {
			i = j
		} else if j < len(b) {
			out = append(out, c)
		}
	}
	return out
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

// decodeUU undoes uuencode between "begin" and "end"; without a begin line the bytes are left as they are.
func decodeUU(b []byte) []byte {
	i := bytes.Index(b, []byte("begin "))
	if i < 0 {
		return b
	}
	_, b = cutLine(b[i:])
	var out []byte
	for len(b) > 0 {
		var line []byte
		line, b = cutLine(b)
		if len(line) == 0 || string(line) == "end" {
			break
		}
		n := int(line[0]-' ') & 63
		line = line[1:]
		for ; n > 0 && len(line) >= 2; n -= 3 {
			var g [4]byte
			for k := range g {
				if k < len(line) {
					g[k] = (line[k] - ' ') & 63
				}
			}
			three := []byte{g[0]<<2 | g[1]>>4, g[1]<<4 | g[2]>>2, g[2]<<6 | g[3]}
			out = append(out, three[:min(n, 3)]...)
			line = line[min(4, len(line)):]
		}
	}
	return out
}
