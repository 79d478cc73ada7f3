package pdf

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxCodes bounds a font's map.
const maxCodes = 70_000

// readCMap reads a ToUnicode map (ISO 32000-1, 9.10.3): character codes → text.
func (f *pdfFile) readCMap(s *pdfStream) map[int]string {
	m := map[int]string{}
	l := &pdfLexer{b: f.unpack(s), budget: &f.budget}
	var list []any // operands since the last operator
	for len(m) < maxCodes {
		v := l.next()
		op, ok := v.(pdfOp)
		if !ok {
			if len(list) < 4096 {
				list = append(list, v)
			}
			continue
		}
		switch op {
		case endOfData:
			return m
		case "endbfchar":
			for i := 0; i+1 < len(list); i += 2 {
				from, ok1 := list[i].(string)
				to, ok2 := list[i+1].(string)
				if ok1 && ok2 {
					m[charCode(from)] = utf16Text(to)
				}
			}
		case "endbfrange":
			for i := 0; i+2 < len(list); i += 3 {
				f.addRange(m, list[i], list[i+1], list[i+2])
			}
		}
		list = list[:0]
	}
	return m
}

// addRange maps the codes from low to high to what follows the first, or to a list.
func (f *pdfFile) addRange(m map[int]string, low, high, to any) {
	a, ok1 := low.(string)
	b, ok2 := high.(string)
	first, last := charCode(a), charCode(b)
	if !ok1 || !ok2 || last-first > 0xFFFF {
		return
	}
	for code := first; code <= last && len(m) < maxCodes && f.budget > 0; code++ {
		f.budget--
		switch to := to.(type) {
		case string:
			if to != "" {
				end := len(to) - 1
				m[code] = utf16Text(to[:end] + string([]byte{to[end] + byte(code-first)}))
			}
		case []any:
			if code-first < len(to) {
				if s, ok := to[code-first].(string); ok {
					m[code] = utf16Text(s)
				}
			}
		}
	}
}

// charCode is the number that a code's bytes make.
func charCode(s string) (code int) {
	for i := range min(len(s), 4) {
		code = code<<8 | int(s[i])
	}
	return code
}

// utf16Text decodes UTF-16, big end first.
func utf16Text(s string) string {
	units := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	if len(s) == 1 {
		units = append(units, uint16(s[0]))
	}
	return string(utf16.Decode(units))
}

// pdfText decodes a text string (7.9.2.2): UTF-16 or UTF-8 by its mark, else PDFDocEncoding, which is Latin-1 but for
// some punctuation.
func pdfText(s string) string {
	switch {
	case strings.HasPrefix(s, "\xFE\xFF"):
		return utf16Text(s[2:])
	case strings.HasPrefix(s, "\xFF\xFE"):
		b := []byte(s[2:])
		for i := 0; i+1 < len(b); i += 2 {
			b[i], b[i+1] = b[i+1], b[i]
		}
		return utf16Text(string(b))
	case strings.HasPrefix(s, "\xEF\xBB\xBF") && utf8.ValidString(s):
		return s[3:]
	}
	var out strings.Builder
	for i := range len(s) {
		if c := s[i]; c >= 0x80 && c <= 0x9F {
			out.WriteRune([]rune("•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\uFFFD")[c-0x80])
		} else if c == 0xA0 {
			out.WriteRune('€')
		} else {
			out.WriteRune(rune(c))
		}
	}
	return out.String()
}
