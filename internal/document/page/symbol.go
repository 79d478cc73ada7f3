package page

import "strings"

// Tick shows a box to tick.
func Tick(on bool) string {
	if on {
		return "☒"
	}
	return "☐"
}

// IsSymbolFont knows the fonts whose letters are pictures.
func IsSymbolFont(name string) bool { return strings.HasPrefix(strings.ToLower(name), "wingdings") }

// SymbolRune is what a character of Wingdings shows, as far as forms use it: boxes, ticks and crosses. They are
// written as letters or, by Word, from U+F000 on.
func SymbolRune(r rune) rune {
	switch r &^ 0xF000 {
	case 0x78, 0xFD, 0x51, 0x53, 0x54: // crossed boxes; the last three of Wingdings 2
		return '☒'
	case 0xFE, 0x52: // ticked boxes
		return '☑'
	case 0x6F, 0x71, 0x72, 0xA8, 0xA3: // empty boxes
		return '☐'
	case 0xFC, 0x50:
		return '✓'
	case 0xFB, 0x4F:
		return '✗'
	}
	return r
}
