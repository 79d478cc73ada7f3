package mailparse

import "strings"

// hiddenStyle recognises text that no reader sees.
func hiddenStyle(s string) bool {
	return s != "" && (strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") || strings.Contains(s, "mso-hide:all") ||
		nought(s, "font-size:") || nought(s, "opacity:") || nought(s, "max-height:"))
}

// nought reports whether a style sets a property, given with its colon, to nothing; 0.9em is something.
func nought(style, property string) bool {
	_, value, ok := strings.Cut(style, property)
	value, _, _ = strings.Cut(value, ";")
	return ok && (strings.Trim(value, "0.") == "" || value == "0px" || value == "0pt" || value == "0em" || value == "0%")
}

func voidElement(name string) bool {
	switch name {
	case "br", "hr", "img", "input", "meta", "link", "col", "area", "base", "wbr":
		return true
	}
	return false
}
