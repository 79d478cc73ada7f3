package office

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"
	"time"
)

// dateKind says whether a number is shown as a date, a time of day, or both.
type dateKind uint8

const (
	hasDate dateKind = 1 << iota
	hasTime
)

// dateStyles reads which cell styles show dates.
func (a *archive) dateStyles() []dateKind {
	custom := map[string]dateKind{}
	var styles []dateKind
	inCells := false
	for t := range a.tokens("xl/styles.xml") {
		switch t := t.(type) {
		case xml.StartElement:
			id, _ := attr(t, "numFmtId")
			switch t.Name.Local {
			case "numFmt":
				code, _ := attr(t, "formatCode")
				custom[id] = dateFormat(code)
			case "cellXfs":
				inCells = true
			case "xf":
				if kind, ok := custom[id]; inCells && ok {
					styles = append(styles, kind)
				} else if inCells {
					styles = append(styles, builtInFormat(id))
				}
			}
		case xml.EndElement:
			if t.Name.Local == "cellXfs" {
				inCells = false
			}
		}
	}
	return styles
}

// builtInFormat knows the formats that have numbers only (ISO 29500-1, 18.8.30).
func builtInFormat(id string) dateKind {
	switch n, _ := strconv.Atoi(id); {
	case n >= 14 && n <= 17, n >= 27 && n <= 31, n >= 50 && n <= 58:
		return hasDate
	case n == 22:
		return hasDate | hasTime
	case n >= 18 && n <= 21, n >= 32 && n <= 36, n >= 45 && n <= 47:
		return hasTime
	}
	return 0
}

// dateFormat judges a format's letters; those in quotes and brackets are text.
func dateFormat(code string) (kind dateKind) {
	code, _, _ = strings.Cut(strings.ToLower(code), ";")
	var quote byte
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"':
			quote = '"'
		case c == '[':
			quote = ']'
		case c == '\\' || c == '_' || c == '*':
			i++
		case c == 'y' || c == 'd':
			kind |= hasDate
		case c == 'h' || c == 's':
			kind |= hasTime
		}
	}
	return kind
}

// number shows a number as its style does where that is a date, else plainly: a NIP that lost digits keeps its
// exponent, and so is seen to be none.
func (w *workbook) number(v, style string) string {
	f, err := strconv.ParseFloat(v, 64)
	if err != nil {
		return v
	}
	var kind dateKind
	if i, err := strconv.Atoi(style); err == nil && i >= 0 && i < len(w.dates) {
		kind = w.dates[i]
	}
	if kind == 0 || f < 0 || f > 100_000 { // in 2173
		if f == math.Trunc(f) && math.Abs(f) < 1e15 {
			return strconv.FormatFloat(f, 'f', 0, 64)
		}
		return v
	}
	epoch := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	if w.from1904 {
		epoch = time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	at := epoch.Add(time.Duration(math.Round(f*24*60)) * time.Minute)
	switch {
	case kind == hasTime:
		return at.Format("15:04")
	case kind == hasDate || f == math.Trunc(f):
		return at.Format("2006-01-02")
	}
	return at.Format("2006-01-02 15:04")
}
