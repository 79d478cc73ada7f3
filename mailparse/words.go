package mailparse

import (
	"strings"
)

// decodeWords decodes the encoded words of a header value (RFC 2047), also where mailers put them wrongly: inside
// quotes, next to text, with blanks in the text, a character cut in two by the next word.
func decodeWords(s string) string {
	if !strings.Contains(s, "=?") {
		if isPlainASCII(s) {
			return s
		}
		out, _ := toUTF8([]byte(s), "")
		return strings.ReplaceAll(out, "\n", " ")
	}
	var out strings.Builder
	var pending []byte // bytes of adjacent words in one charset
	charset := ""
	flush := func() {
		if len(pending) > 0 {
			t, _ := toUTF8(pending, charset)
			out.WriteString(t)
			pending = nil
		}
	}
	for s != "" {
		before, w, rest, ok := cutWord(s)
		if !ok {
			flush()
			out.WriteString(rawText(s))
			break
		}
		if strings.TrimSpace(before) != "" || len(pending) == 0 || w.charset != charset {
			flush()
			if strings.TrimSpace(before) != "" || out.Len() == 0 {
				out.WriteString(rawText(before))
			}
		}
		charset = w.charset
		pending = append(pending, w.bytes...)
		s = rest
	}
	flush()
	return strings.ReplaceAll(out.String(), "\n", " ")
}

type encodedWord struct {
	charset string
	bytes   []byte
}

// cutWord finds the first encoded word of s.
func cutWord(s string) (before string, w encodedWord, rest string, ok bool) {
	for from := 0; ; {
		i := strings.Index(s[from:], "=?")
		if i < 0 {
			return "", w, "", false
		}
		i += from
		charset, r, ok1 := strings.Cut(s[i+2:], "?")
		enc, r, ok2 := strings.Cut(r, "?")
		if !ok1 || !ok2 || len(charset) > 40 || strings.ContainsAny(charset, " =") || len(enc) != 1 {
			from = i + 2
			continue
		}
		text, r, ok3 := strings.Cut(r, "?=")
		if !ok3 { // cut off by its mailer: decode what there is
			text, r = strings.TrimRight(text, "?"), ""
		}
		w.charset = charsetName(charset)
		switch enc {
		case "b", "B":
			w.bytes = decodeBase64([]byte(text), 64<<10)
		case "q", "Q":
			w.bytes = decodeQP([]byte(strings.ReplaceAll(text, "_", " ")))
		default:
			from = i + 2
			continue
		}
		return s[:i], w, r, true
	}
}

// squeeze leaves one blank where there are several, and none around the text.
func squeeze(s string) string {
	blank := true
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c >= 0x7f || c == ' ' && blank {
			return strings.Join(strings.Fields(s), " ")
		}
		blank = c == ' '
	}
	return strings.TrimSuffix(s, " ")
}

// rawText is header text outside of encoded words; bytes beyond ASCII are guessed (RFC 6532 says UTF-8).
func rawText(s string) string {
	if isPlainASCII(s) {
		return s
	}
	t, _ := toUTF8([]byte(s), "")
	return t
}
