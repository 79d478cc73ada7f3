package entity

import (
	"strconv"
	"strings"

	"batan.go.id/layanan/mailparse/fold"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// charsetKind says how a charset's bytes are to be judged.
type charsetKind int

const (
	unnamed     charsetKind = iota // no name, or one that says nothing
	meaningless                    // a name that nobody knows
	ascii                          // us-ascii
	utf8Bytes                      // utf-8
	singleByte                     // a table of 256 characters
	multiByte                      // the charsets of East Asia
	sevenBit                       // made of ASCII bytes: utf-7, iso-2022, hz
	wideUnits                      // utf-16, utf-32
)

// charset is what a name stands for. It is comparable; enc is nil for UTF-8 and its kin.
type charset struct {
	kind charsetKind
	enc  encoding.Encoding
	name string // lower-case, as it is shown
}

// charsetName strips what mailers put around a charset's name.
func charsetName(s string) string {
	s = strings.ToLower(strings.Trim(s, " \t\"'<>;=,."))
	s = strings.TrimPrefix(s, "charset=")
	s, _, _ = strings.Cut(s, "*") // RFC 2231 language
	return s
}

// charsetKey leaves only letters and digits, without an "x" for experimental: "X_ISO 8859_1" is "iso88591".
func charsetKey(name string) string {
	key := make([]byte, 0, 24)
	name = strings.TrimPrefix(name, "x-")
	for i := range min(len(name), 40) {
		if c := fold.ASCII[name[i]]; c != 0 {
			key = append(key, c)
		}
	}
	return string(key)
}

// lookupCharset finds a charset by the names that mailers give it.
func lookupCharset(name string) charset {
	name = charsetName(name)
	cs := charset{name: name}
	key := charsetKey(name)
	switch key {
	case "utf8", "unicode11utf8", "utf8mb4", "utf8mb3", "utf8n", "cp65001", "utf8bom", "65001":
		cs.kind = utf8Bytes
	case "usascii", "ascii", "ansix341968", "ansix341986", "iso646us", "iso646irv", "cp367", "ibm367", "us", "7bit":
		cs.kind = ascii
	case "", "unknown", "unknown8bit", "default", "userdefined", "8bit", "binary", "none", "null", "charset", "ansi",
		"autodetect", "any", "other":
		cs.kind = unnamed
	case "utf7", "unicode11utf7", "unicode20utf7", "csunicode11utf7", "cp65000":
		cs.kind = sevenBit
	case "iso2022kr", "csiso2022kr":
		cs.kind, cs.enc = sevenBit, korean.EUCKR
	default:
		cs.enc = namedEncoding(name, key)
		cs.kind = kindOf(cs.enc)
	}
	return cs
}

// kindOf sorts the encodings.
func kindOf(e encoding.Encoding) charsetKind {
	if e == nil {
		return meaningless
	}
	if _, table := e.(*charmap.Charmap); table {
		return singleByte
	}
	switch e {
	case japanese.ISO2022JP, simplifiedchinese.HZGB2312:
		return sevenBit
	case utf16BE, utf16LE, utf32BE, utf32LE:
		return wideUnits
	case charmap.ISO8859_6E, charmap.ISO8859_6I, charmap.ISO8859_8E, charmap.ISO8859_8I:
		return singleByte
	}
	return multiByte
}

// A byte order mark is believed more than a name.
var (
	utf16BE = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	utf16LE = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	utf32BE = utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	utf32LE = utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)
)

// codePages are the numbers that Microsoft and IBM give their charsets: cp850, windows-1252, ms932, ansi_1252.
var codePages = map[int]encoding.Encoding{
	437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 855: charmap.CodePage855,
	858: charmap.CodePage858, 860: charmap.CodePage860,
	862: charmap.CodePage862, 863: charmap.CodePage863, 865: charmap.CodePage865, 866: charmap.CodePage866,
	874: charmap.Windows874,
	932: japanese.ShiftJIS, 936: simplifiedchinese.GBK, 949: korean.EUCKR, 950: traditionalchinese.Big5,
	943: japanese.ShiftJIS, 51932: japanese.EUCJP,
	1200: utf16LE, 1201: utf16BE, 12000: utf32LE, 12001: utf32BE, 50220: japanese.ISO2022JP, 50221: japanese.ISO2022JP,
	50222: japanese.ISO2022JP, 51936: simplifiedchinese.GBK, 51949: korean.EUCKR, 54936: simplifiedchinese.GB18030,
	1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252, 1253: charmap.Windows1253,
	1254: charmap.Windows1254,
	1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257, 1258: charmap.Windows1258,
	10000: charmap.Macintosh, 10007: charmap.MacintoshCyrillic, 20866: charmap.KOI8R, 21866: charmap.KOI8U,
	28591: charmap.Windows1252, 28592: charmap.ISO8859_2, 28595: charmap.ISO8859_5, 28597: charmap.ISO8859_7,
	28599: charmap.Windows1254, 28605: charmap.ISO8859_15,
}

// otherNames are keys that no index knows.
var otherNames = map[string]encoding.Encoding{
	"utf16": utf16BE, "utf16be": utf16BE, "utf16le": utf16LE, "unicode": utf16LE, "unicodefffe": utf16BE, "ucs2": utf16BE,
	"iso10646ucs2": utf16BE, "csunicode": utf16BE,
	"utf32": utf32BE, "utf32be": utf32BE, "utf32le": utf32LE, "ucs4": utf32BE, "iso10646ucs4": utf32BE, "csucs4": utf32BE,
	"hz": simplifiedchinese.HZGB2312, "hzgb2312": simplifiedchinese.HZGB2312, "hzgb": simplifiedchinese.HZGB2312,
	"iso2022jp": japanese.ISO2022JP, "csiso2022jp": japanese.ISO2022JP, "iso2022jp1": japanese.ISO2022JP,
	"iso2022jp2": japanese.ISO2022JP, "iso2022jp3": japanese.ISO2022JP, "iso2022jpms": japanese.ISO2022JP,
	"jis":  japanese.ISO2022JP,
	"sjis": japanese.ShiftJIS, "shiftjis": japanese.ShiftJIS, "shiftjis2004": japanese.ShiftJIS, "eucjp": japanese.EUCJP,
	"euc": japanese.EUCJP, "ujis": japanese.EUCJP, "eucjpms": japanese.EUCJP,
	"euckr": korean.EUCKR, "ksc5601": korean.EUCKR, "ksc56011987": korean.EUCKR, "ksc56011992": korean.EUCKR,
	"ks": korean.EUCKR, "uhc": korean.EUCKR,
	"gb": simplifiedchinese.GBK, "gb2312": simplifiedchinese.GBK, "gb231280": simplifiedchinese.GBK,
	"isogb2312": simplifiedchinese.GBK, "euccn": simplifiedchinese.GBK, "gbk": simplifiedchinese.GBK,
	"gb18030": simplifiedchinese.GB18030, "gb180302000": simplifiedchinese.GB18030,
	"chinesesimplified": simplifiedchinese.GBK,
	"big5":              traditionalchinese.Big5, "big5hkscs": traditionalchinese.Big5,
	"big5eten": traditionalchinese.Big5,
	"euctw":    traditionalchinese.Big5, "chinesetraditional": traditionalchinese.Big5,
	"tis620": charmap.Windows874, "tis6202533": charmap.Windows874, "tis62025330": charmap.Windows874,
	"thai": charmap.Windows874, "iso885911": charmap.Windows874,
	"mac": charmap.Macintosh, "macintosh": charmap.Macintosh, "macroman": charmap.Macintosh,
	"applemacintosh": charmap.Macintosh, "maccyrillic": charmap.MacintoshCyrillic,
	"macukrainian": charmap.MacintoshCyrillic,
	"koi8":         charmap.KOI8R, "koi8r": charmap.KOI8R, "koi8u": charmap.KOI8U, "koi8ru": charmap.KOI8U,
	"cyrillic": charmap.Windows1251, "western": charmap.Windows1252, "latin": charmap.Windows1252,
	"latin9": charmap.ISO8859_15, "latin0": charmap.ISO8859_15, "iso88598i": charmap.ISO8859_8,
	"visual": charmap.ISO8859_8, "logical": charmap.ISO8859_8, "iso88596i": charmap.ISO8859_6,
}

// namedEncoding finds an encoding; nil when nobody knows the name.
func namedEncoding(name, key string) encoding.Encoding {
	if e := otherNames[key]; e != nil {
		return e
	}
	family := strings.TrimRight(key, "0123456789")
	number, err := strconv.Atoi(key[len(family):])
	switch family {
	case "windows", "win", "cp", "ms", "ibm", "dos", "ansi", "codepage", "cswindows", "mswin":
		if e := codePages[number]; err == nil && e != nil {
			return e
		}
	case "iso", "":
		key = "iso-8859-" + strings.TrimPrefix(key[len(family):], "8859")
	case "latin":
		key = "l" + key[len(family):]
	}
	for _, n := range []string{name, strings.ReplaceAll(name, "_", "-"), key} {
		if e, err := htmlindex.Get(n); err == nil && e != encoding.Replacement && e != unicode.UTF8 {
			return e
		}
		if e, err := ianaindex.MIME.Encoding(n); err == nil && e != nil && e != unicode.UTF8 {
			return e
		}
	}
	return nil
}
