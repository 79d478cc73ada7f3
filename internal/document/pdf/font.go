package pdf

import (
	"strconv"
	"strings"

	"batan.go.id/layanan/internal/document/page"
	"golang.org/x/text/encoding/charmap"
)

// pdfFont turns the bytes of a string into text and widths.
type pdfFont struct {
	wide    bool // two bytes a character
	texts   map[int]string
	simple  [256]string // where texts says nothing
	widths  map[int]float64
	missing float64
	scale   float64 // from glyph space to text space
	guess   bool    // no widths are given
	symbol  bool
	utf16   bool // codes are UTF-16
}

// font reads a font once (ISO 32000-1, 9.6 to 9.8).
func (f *pdfFile) font(v any) *pdfFont {
	if r, ok := v.(pdfRef); ok {
		if have, ok := f.fonts[r]; ok {
			return have
		}
	}
	f.operands -= 300 // what a font costs, should a file have no end of them
	d := f.dict(v)
	if d == nil {
		return &pdfFont{scale: 0.001, guess: true, simple: baseEncoding("")}
	}
	n := &pdfFont{scale: 0.001, widths: map[int]float64{}}
	if r, ok := v.(pdfRef); ok && len(f.fonts) < 1000 {
		f.fonts[r] = n
	}
	base := f.name(d["BaseFont"])
	if _, plain, ok := strings.Cut(base, "+"); ok {
		base = plain
	}
	n.symbol = page.IsSymbolFont(base)
	if s, ok := f.get(d["ToUnicode"]).(*pdfStream); ok {
		n.texts = f.readCMap(s)
	}
	if f.name(d["Subtype"]) == "Type0" {
		f.compositeFont(n, d)
	} else {
		f.simpleFont(n, d, base)
	}
	return n
}

func (f *pdfFile) simpleFont(n *pdfFont, d pdfDict, base string) {
	encoding := f.get(d["Encoding"])
	if name, ok := encoding.(pdfName); ok {
		n.simple = baseEncoding(string(name))
	} else {
		e := f.dict(encoding)
		n.simple = baseEncoding(f.name(e["BaseEncoding"]))
		if strings.Contains(base, "Dingbats") {
			n.simple = dingbats()
		}
		code := 0
		for _, v := range f.list(e["Differences"]) {
			switch v := f.get(v).(type) {
			case float64:
				code = int(v)
			case pdfName:
				if code >= 0 && code < 256 {
					n.simple[code] = glyphText(string(v))
				}
				code++
			}
		}
	}
	first := int(f.number(d["FirstChar"], 0))
	for i, w := range f.list(d["Widths"]) {
		if i < 256 {
			n.widths[first+i] = f.number(w, 0)
		}
	}
	n.missing = f.number(f.dict(d["FontDescriptor"])["MissingWidth"], 0)
	n.guess = len(n.widths) == 0
	if strings.Contains(base, "Courier") && n.guess {
		n.guess, n.missing = false, 600
	}
	if m := f.list(d["FontMatrix"]); len(m) == 6 && f.name(d["Subtype"]) == "Type3" {
		n.scale = f.number(m[0], 0.001)
	}
}

// compositeFont reads a font of many characters; its codes are taken for two bytes, as all programs write them.
func (f *pdfFile) compositeFont(n *pdfFont, d pdfDict) {
	n.wide = true
	if list := f.list(d["DescendantFonts"]); len(list) > 0 {
		d := f.dict(list[0])
		n.missing = f.number(d["DW"], 1000)
		f.cidWidths(n, f.list(d["W"]))
	}
	if name := f.name(d["Encoding"]); n.texts == nil && (strings.Contains(name, "UTF16") ||
		strings.Contains(name, "UCS2")) {
		n.utf16 = true
	}
}

// cidWidths reads "c [w1 w2]" and "first last w" (9.7.4.3).
func (f *pdfFile) cidWidths(n *pdfFont, w []any) {
	for i := 0; i+1 < len(w) && len(n.widths) < maxCodes; {
		first := int(f.number(w[i], 0))
		if list, ok := f.get(w[i+1]).([]any); ok {
			for j, v := range list[:min(len(list), maxCodes)] {
				n.widths[first+j] = f.number(v, n.missing)
			}
			i += 2
			continue
		}
		if i+2 < len(w) {
			last := min(int(f.number(w[i+1], 0)), 0xFFFF)
			for c := max(first, 0); c <= last && f.budget > 0; c++ {
				f.budget--
				n.widths[c] = f.number(w[i+2], n.missing)
			}
		}
		i += 3
	}
}

// next takes one character off s: its text, its width in text space, and how many bytes it was.
func (n *pdfFont) next(s string) (text string, width float64, size int) {
	code, size := int(s[0]), 1
	if n.wide && len(s) > 1 {
		code, size = code<<8|int(s[1]), 2
	}
	text, known := n.texts[code]
	if !known && !n.wide {
		text = n.simple[code&0xFF]
	}
	if n.utf16 {
		text = string(rune(code))
	}
	if n.symbol {
		text = strings.Map(page.SymbolRune, text)
	}
	width, known = n.widths[code]
	switch {
	case known:
	case n.guess:
		width = guessWidth(text)
	default:
		width = n.missing
	}
	return text, width * n.scale, size
}

// guessWidth is about a letter's width in Helvetica, in thousandths.
func guessWidth(s string) float64 {
	switch {
	case s == "":
		return 500
	case strings.Contains("ijl.,:;'|!/ \u00a0fIt()[]-", s):
		return 290
	case strings.Contains("mwMW@%", s):
		return 860
	case s >= "A" && s <= "Z":
		return 690
	}
	return 545
}

// baseEncoding is one of the encodings of annex D; fonts without one mostly follow the first. Standard differs from
// WinAnsi in what forms hardly use.
func baseEncoding(name string) (table [256]string) {
	cm := charmap.Windows1252
	if name == "MacRomanEncoding" {
		cm = charmap.Macintosh
	}
	for c := 0x20; c < 256; c++ {
		table[c] = string(cm.DecodeByte(byte(c)))
	}
	table[0xA0] = " "
	return table
}

// dingbats are the ticks and crosses of Zapf Dingbats.
func dingbats() (table [256]string) {
	for c := byte('3'); c <= '8'; c++ {
		table[c] = "☒"
	}
	for _, c := range []byte("nopqr") {
		table[c] = "☐"
	}
	table['n'] = "■"
	return table
}

// glyphText is the text of a glyph's name (the Adobe Glyph List, as far as offices use it).
func glyphText(name string) string {
	name, _, _ = strings.Cut(name, ".")
	if t, ok := glyphNames[name]; ok {
		return t
	}
	if len(name) == 1 {
		return name
	}
	hex, ok := strings.CutPrefix(name, "uni")
	if !ok {
		hex, ok = strings.CutPrefix(name, "u")
	}
	if v, err := strconv.ParseUint(hex, 16, 20); ok && err == nil && len(hex) >= 4 {
		return string(rune(v))
	}
	return ""
}

// glyphNames are the names of what is no letter, of accented letters, and of ligatures.
var glyphNames = func() map[string]string {
	m := map[string]string{
		"fi": "fi", "fl": "fl", "ff": "ff", "ffi": "ffi", "ffl": "ffl", "endash": "–", "emdash": "—", "bullet": "•",
		"ellipsis":  "…",
		"quoteleft": "‘", "quoteright": "’", "quotedblleft": "“", "quotedblright": "”", "quotesinglbase": "‚",
		"quotedblbase": "„",
		"minus":        "−", "Euro": "€", "trademark": "™", "dotlessi": "ı", "fraction": "/", "nbspace": " ", "a19": "☒",
		"a20": "☒", "a21": "☒", "a22": "☒", "a23": "☒", "a24": "☒",
	}
	ascii := "space exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft parenright asterisk plus " +
		"comma hyphen period slash " +
		"zero one two three four five six seven eight nine colon semicolon less equal greater question at"
	for i, name := range strings.Fields(ascii) {
		m[name] = string(rune(' ' + i))
	}
	for i, name := range strings.Fields("bracketleft backslash bracketright asciicircum underscore grave") {
		m[name] = string(rune('[' + i))
	}
	for i, name := range strings.Fields("braceleft bar braceright asciitilde") {
		m[name] = string(rune('{' + i))
	}
	latin := "exclamdown cent sterling currency yen brokenbar section dieresis copyright ordfeminine guillemotleft " +
		"logicalnot softhyphen registered macron " +
		"degree plusminus twosuperior threesuperior acute mu paragraph periodcentered cedilla onesuperior ordmasculine " +
		"guillemotright onequarter onehalf threequarters questiondown " +
		"Agrave Aacute Acircumflex Atilde Adieresis Aring AE Ccedilla Egrave Eacute Ecircumflex Edieresis Igrave Iacute " +
		"Icircumflex Idieresis " +
		"Eth Ntilde Ograve Oacute Ocircumflex Otilde Odieresis multiply Oslash Ugrave Uacute Ucircumflex Udieresis Yacute " +
		"Thorn germandbls " +
		"agrave aacute acircumflex atilde adieresis aring ae ccedilla egrave eacute ecircumflex edieresis igrave iacute " +
		"icircumflex idieresis " +
		"eth ntilde ograve oacute ocircumflex otilde odieresis divide oslash ugrave uacute ucircumflex udieresis yacute " +
		"thorn ydieresis"
	for i, name := range strings.Fields(latin) {
		m[name] = string(rune(0xA1 + i))
	}
	return m
}()
