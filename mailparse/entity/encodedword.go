package entity

import "strings"

// DecodeWords decodes the encoded words of a header value (RFC 2047), also where mailers put them wrongly: inside
// quotes, next to text, with blanks in the text, a character or a group of base64 cut in two by the next word.
func DecodeWords(s string) string {
	s, _ = ReadWords(s)
	return s
}

// ReadWords decodes encoded words, and says in a sentence what was wrong with them: "" when nothing was.
func ReadWords(s string) (text, repair string) {
	if IsPlainASCII(s) && !strings.Contains(s, "=?") {
		return s, ""
	}
	if IsPlainASCII(s) {
		if t, ok := readEncodedWords(s); ok {
			t, _ = DropTurns(Clean(t))
			return strings.ReplaceAll(t, "\n", " "), ""
		}
	}
	return repairWords(s)
}

// repairWords decodes what is not quite encoded words.
func repairWords(s string) (text, repair string) {
	var d wordDecoder
	for s != "" {
		before, w, rest, ok := cutWord(s)
		if !ok {
			break
		}
		if w.cut {
			d.repair = "An encoded word in the text is cut off."
		}
		d.word(before, w)
		s = rest
	}
	d.flush()
	d.raw(s)
	return strings.ReplaceAll(d.out.String(), "\n", " "), d.repair
}

// wordDecoder puts adjacent words of one charset together before it decodes them.
type wordDecoder struct {
	out     strings.Builder
	pending []byte // decoded bytes of words in one charset
	charset string
	group   string // the last word's base64 characters behind its last group of four
	repair  string // what was found wrong first
}

func (d *wordDecoder) word(before string, w encodedWord) {
	apart := strings.TrimSpace(before) != ""
	if apart || w.charset != d.charset {
		d.flush()
	}
	if apart || d.out.Len()+len(d.pending) == 0 {
		d.raw(before)
	}
	d.charset = w.charset
	if w.base64 {
		d.base64(w.text)
		return
	}
	d.group = ""
	b, damaged := decodeQP([]byte(strings.ReplaceAll(w.text, "_", " ")), MaxText)
	d.pending = append(d.pending, b...)
	if damaged && d.repair == "" {
		d.repair = "An encoded word in the text is damaged."
	}
}

// base64 decodes a word's text, behind what the word before it left over of its last group.
func (d *wordDecoder) base64(text string) {
	text = strings.Map(func(r rune) rune {
		if r < 0x80 && (base64Value[r] != 0 || r == '=') {
			return r
		}
		return -1
	}, text)
	letters := len(strings.TrimRight(text, "="))
	if n := len(d.group); n == 1 || n > 1 && (n+len(text))%4 == 0 && letters%4 > 0 {
		d.pending = d.pending[:len(d.pending)-len(d.group)*6/8]
		text = d.group + text
	}
	d.group = ""
	if n := len(text) % 4; !strings.Contains(text, "=") {
		d.group = text[len(text)-n:]
	}
	b, _ := decodeBase64([]byte(text), maxHeaderValue)
	d.pending = append(d.pending, b...)
}

// flush decodes what is pending.
func (d *wordDecoder) flush() {
	if len(d.pending) > 0 {
		t, repair := ToUTF8(d.pending, d.charset)
		d.out.WriteString(t)
		if d.repair == "" {
			d.repair = repair
		}
	}
	d.pending, d.group = nil, ""
}

// raw takes text outside of encoded words. Bytes beyond ASCII are UTF-8 (RFC 6532), or else guessed.
func (d *wordDecoder) raw(s string) {
	if IsPlainASCII(s) {
		d.out.WriteString(s)
		return
	}
	t, repair := ToUTF8([]byte(s), "utf-8")
	d.out.WriteString(t)
	if d.repair == "" {
		d.repair = repair
	}
}

// encodedWord is one encoded word, its text still encoded.
type encodedWord struct {
	charset, text string
	base64        bool // else Q
	cut           bool // it has no end
}

// cutWord finds the first encoded word of s.
func cutWord(s string) (before string, w encodedWord, rest string, ok bool) {
	for from := 0; ; {
		i := strings.Index(s[from:], "=?")
		if i < 0 {
			return "", w, "", false
		}
		i += from
		charset, r, ok1 := strings.Cut(s[i+2:min(len(s), i+60)], "?")
		enc, _, ok2 := strings.Cut(r, "?")
		if !ok1 || !ok2 || len(charset) > 40 || strings.ContainsAny(charset, " =") || len(enc) != 1 ||
			!strings.Contains("bBqQ", enc) {
			from = i + 2
			continue
		}
		start := i + 2 + len(charset) + len("?b?")
		text, rest, closed := strings.Cut(s[start:], "?=")
		if next := strings.Index(text, "=?"); next > 0 && text[next-1] == ' ' { // the next word begins before this one ends
			text, rest, closed = text[:next-1], s[start+next-1:], false
		}
		w = encodedWord{charset: charsetName(charset), text: strings.TrimRight(text, "?"), base64: enc == "b" || enc == "B",
			cut: !closed}
		if closed {
			w.text = text
		}
		return s[:i], w, rest, true
	}
}
