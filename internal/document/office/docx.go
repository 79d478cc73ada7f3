package office

import (
	"encoding/xml"
	"strconv"
	"strings"

	"batan.go.id/layanan/internal/document/page"
)

// wordReader reads the main text of a Word file.
type wordReader struct {
	page.Page
	unseen region // deleted, moved away, hidden, a placeholder
	text   bool   // inside of w:t
	inRun  bool
	struck bool // the run is struck out or hidden
	symbol bool // the run is in a font of symbols
	boxes  []control
	legacy legacyField
}

// control is a content control (w:sdt).
type control struct {
	shown       string // stands for its content: a tick box, a date
	tick        bool
	placeholder bool
}

// legacyField is a form field of Word 97 (w:ffData).
type legacyField struct {
	box, on bool
	list    []string // of a drop-down
	chosen  int
}

func (a *archive) readWord(name string) []string {
	r := &wordReader{}
	for t := range a.tokens(name) {
		switch t := t.(type) {
		case xml.StartElement:
			r.unseen.open()
			r.start(t)
		case xml.EndElement:
			r.end(t.Name.Local)
			r.unseen.close()
		case xml.CharData:
			if r.text {
				r.put(string(t))
			}
		}
		if r.Full() {
			a.fail(page.ErrTooLarge)
			break
		}
	}
	return r.Finish()
}

// put writes text that a reader sees.
func (r *wordReader) put(s string) {
	if !r.unseen.inside() && !(r.inRun && r.struck) {
		if r.symbol {
			s = strings.Map(page.SymbolRune, s)
		}
		r.Write(s)
	}
}

// One case for each element.
//
//gocyclo:ignore
func (r *wordReader) start(e xml.StartElement) {
	switch e.Name.Local {
	case "t":
		r.text = true
	case "r":
		r.inRun, r.struck, r.symbol = true, false, false
	case "strike", "dstrike", "vanish":
		if r.inRun && !r.unseen.inside() && isOn(e) {
			r.struck = true
		}
	case "rFonts":
		if f, _ := attr(e, "ascii"); r.inRun && !r.unseen.inside() {
			r.symbol = page.IsSymbolFont(f)
		}
	case "del", "moveFrom", "rPrChange", "pPrChange", "Fallback": // Fallback repeats a text box for old programs
		r.unseen.enter()
	case "p":
		if !r.unseen.inside() {
			r.EndOpenLine()
		}
	case "tab":
		if r.inRun { // elsewhere it sets a stop
			r.put("\t")
		}
	case "noBreakHyphen":
		r.put("-")
	case "br", "cr":
		if r.inRun && !r.unseen.inside() {
			r.EndLine()
		}
	case "sym":
		r.sym(e)
	case "txbxContent":
		r.EndOpenLine()
	case "tr":
		r.OpenRow()
	default:
		r.startControl(e)
	}
}

func (r *wordReader) end(name string) {
	switch name {
	case "t":
		r.text = false
	case "r":
		r.inRun = false
	case "p":
		if !r.unseen.inside() {
			r.EndLine()
		}
	case "tc":
		r.EndCell()
	case "tr":
		r.CloseRow()
	case "sdt":
		if n := len(r.boxes); n > 0 {
			r.boxes = r.boxes[:n-1]
		}
	case "checkBox":
		r.put(page.Tick(r.legacy.on))
		r.legacy = legacyField{}
	case "ddList":
		if i := r.legacy.chosen; i >= 0 && i < len(r.legacy.list) {
			r.put(r.legacy.list[i])
		}
		r.legacy = legacyField{}
	}
}

// startControl reads the properties of content controls and of form fields.
func (r *wordReader) startControl(e xml.StartElement) {
	v, _ := attr(e, "val")
	switch e.Name.Local {
	case "checkBox":
		r.legacy = legacyField{box: true}
	case "ddList":
		r.legacy = legacyField{}
	case "listEntry":
		if len(r.legacy.list) < 100 {
			r.legacy.list = append(r.legacy.list, v)
		}
	case "result":
		r.legacy.chosen, _ = strconv.Atoi(v)
	case "default":
		r.legacy.on = r.legacy.box && isOn(e)
	case "checked":
		if n := len(r.boxes); n > 0 && r.boxes[n-1].tick {
			r.boxes[n-1].shown = page.Tick(isOn(e))
		} else if r.legacy.box {
			r.legacy.on = isOn(e)
		}
	case "sdt":
		if len(r.boxes) < page.MaxNesting {
			r.boxes = append(r.boxes, control{})
		}
	}
	if n := len(r.boxes); n > 0 {
		r.boxes[n-1].property(e)
		if c := r.boxes[n-1]; e.Name.Local == "sdtContent" && (c.placeholder || c.shown != "") {
			if !c.placeholder || c.tick {
				r.put(c.shown)
			}
			r.unseen.enter()
		}
	}
}

// property takes in what a control says of itself. A date picker's own date is plain; its text is in an order that
// only its writer's Windows knows.
func (c *control) property(e xml.StartElement) {
	switch e.Name.Local {
	case "checkbox":
		c.tick, c.shown = true, page.Tick(false)
	case "showingPlcHdr":
		c.placeholder = isOn(e)
	case "date":
		if v, _ := attr(e, "fullDate"); len(v) >= len("2006-01-02") {
			c.shown = v[:len("2006-01-02")]
		}
	}
}

// sym writes a character of a font of symbols.
func (r *wordReader) sym(e xml.StartElement) {
	font, _ := attr(e, "font")
	char, _ := attr(e, "char")
	if code, err := strconv.ParseUint(char, 16, 16); err == nil {
		c := rune(code)
		if page.IsSymbolFont(font) {
			c = page.SymbolRune(c)
		}
		r.put(string(c))
	}
}
