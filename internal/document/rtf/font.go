package rtf

import (
	"batan.go.id/layanan/internal/document/page"
	"golang.org/x/text/encoding/charmap"
)

// rtfSkipped are the groups without text of the document.
var rtfSkipped = map[string]bool{
	"colortbl": true, "stylesheet": true, "info": true, "pict": true, "object": true, "header": true, "headerl": true,
	"headerr": true, "headerf": true,
	"footer": true, "footerl": true, "footerr": true, "footerf": true, "fldinst": true, "footnote": true,
	"annotation": true, "listtext": true,
	"pntext": true, "nonesttables": true, "nonshppict": true, "shprslt": true, "sp": true, "bkmkstart": true,
	"bkmkend": true, "ffname": true,
	"ffdeftext": true, "ffformat": true, "ffhelptext": true, "ffstattext": true, "ffl": true,
}

var rtfSymbols = map[string]string{
	"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
	"emspace": " ", "enspace": " ",
}

// fontWord reads what concerns fonts and code pages, form fields, symbols, and groups to pass over.
func (r *rtfReader) fontWord(word string, arg int) {
	switch word {
	case "fonttbl":
		r.inFonts = len(r.groups)
		r.state.skip = true
	case "f":
		r.state.font = arg
		r.state.symbol = r.inFonts == 0 && page.IsSymbolFont(r.fonts[arg])
	case "ansicpg":
		r.codePage = CodePage(arg)
	case "mac":
		r.codePage = charmap.Macintosh
	case "pc":
		r.codePage = charmap.CodePage437
	case "fftype":
		r.box = [3]int{arg, 25, 0}
	case "ffres":
		r.box[1] = arg
	case "ffdefres":
		r.box[2] = arg
	case "fldrslt":
		if r.box[0] == 1 { // a tick box; 25 means as it was made
			r.text(page.Tick(r.box[1] == 1 || r.box[1] == 25 && r.box[2] == 1))
		}
		r.box = [3]int{}
	default:
		if rtfSkipped[word] {
			r.state.skip = true
		} else if s, ok := rtfSymbols[word]; ok {
			r.text(s)
		}
	}
}

// CodePage is a Windows code page of one byte a character.
func CodePage(n int) *charmap.Charmap {
	pages := map[int]*charmap.Charmap{
		437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 866: charmap.CodePage866,
		874: charmap.Windows874, 1250: charmap.Windows1250,
		1251: charmap.Windows1251, 1253: charmap.Windows1253, 1254: charmap.Windows1254, 1255: charmap.Windows1255,
		1256: charmap.Windows1256, 1257: charmap.Windows1257, 1258: charmap.Windows1258,
	}
	if c, ok := pages[n]; ok {
		return c
	}
	return charmap.Windows1252
}
