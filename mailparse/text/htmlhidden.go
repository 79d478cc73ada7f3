package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"batan.go.id/layanan/mailparse/fold"
)

// hiddenStyle recognises text that no reader sees.
func hiddenStyle(s string) bool {
	return s != "" && (strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") ||
		strings.Contains(s, "mso-hide:all") ||
		nought(s, "font-size:") || nought(s, "opacity:") || nought(s, "max-height:"))
}

// veiledStyle recognises text that a reader may not see: white, or beside the page.
func veiledStyle(s string) bool {
	for rule := range strings.SplitSeq(s, ";") {
		property, value, _ := strings.Cut(rule, ":")
		switch property {
		case "color":
			if whites[value] && !strings.Contains(s, "background") {
				return true
			}
		case "height", "width":
			if strings.Contains(s, "overflow:hidden") && nought(rule, property+":") {
				return true
			}
		case "left", "top", "right", "text-indent", "margin-left", "margin-top":
			if far, ok := strings.CutPrefix(value, "-"); ok && len(far)-len(strings.TrimLeft(far, "0123456789")) >= 3 {
				return true
			}
		}
	}
	return false
}

var whites = fold.Set("white", "#fff", "#ffffff", "transparent", "rgb(255,255,255)")

// hidingSheet recognises a style sheet that hides text or strikes it out. What it says of some screens alone does not
// count.
func hidingSheet(css string) bool {
	css, _, _ = strings.Cut(strings.ToLower(strings.ReplaceAll(css, " ", "")), "@media")
	return strings.Contains(css, "display:none") || strings.Contains(css, "visibility:hidden") ||
		strings.Contains(css, "line-through") || strings.Contains(css, "font-size:0;") ||
		strings.Contains(css, "font-size:0}")
}

// isSigns recognises the text of a picture that stands for a sign: an emoji.
func isSigns(alt string) bool {
	return alt != "" && len(alt) <= 32 && strings.IndexFunc(alt,
		func(r rune) bool { return r < utf8.RuneSelf || unicode.IsLetter(r) }) < 0
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
