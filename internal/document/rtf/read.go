package rtf

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf16"

	"batan.go.id/layanan/internal/document/page"
	"golang.org/x/text/encoding/charmap"
)

// maxGroups bounds groups within groups.
const maxGroups = 1000

// rtfState is what a group keeps to itself.
type rtfState struct {
	skip    bool // a table of fonts, a picture: no text
	hidden  bool // struck out, deleted or hidden
	symbol  bool
	fallen  int  // characters that stand for a Unicode one in old programs (\uc)
	tag     bool // holds HTML (MS-OXRTFEX)
	htmlRTF bool // holds what is no HTML
	font    int
}

// rtfReader reads Rich Text Format 1.9.
type rtfReader struct {
	page.Page
	b         []byte
	pos       int
	state     rtfState
	groups    []rtfState
	codePage  *charmap.Charmap
	fonts     map[int]string
	inFonts   int // depth of the font table, 0 outside
	row       bool
	skipChars int    // that follow a Unicode character
	high      rune   // the first half of a pair
	box       [3]int // of a form field: its type, state and default state
	fromHTML  bool
	html      strings.Builder
}

// Read gives the lines of a document; an error says what kept it from being read whole.
func Read(data []byte) ([]string, error) {
	r := newRTF(data)
	complete := r.run()
	lines := r.Finish()
	switch {
	case r.Full():
		return lines, page.ErrTooLarge
	case !complete:
		return lines, page.ErrDamaged
	}
	return lines, nil
}

// ReadMailBody gives the lines of a mail's text, and the page that it was made of, as Outlook wraps one; "" when it
// was none.
func ReadMailBody(data []byte) (lines []string, page string) {
	r := newRTF(data)
	r.run()
	lines = r.Finish()
	if r.fromHTML {
		page = r.html.String()
	}
	return lines, page
}

func newRTF(data []byte) *rtfReader {
	return &rtfReader{b: data, codePage: charmap.Windows1252, fonts: map[int]string{}, state: rtfState{fallen: 1}}
}

// run reads to the end of the outermost group; false when there is none.
func (r *rtfReader) run() bool {
	for r.pos < len(r.b) && !r.Full() {
		c := r.b[r.pos]
		r.pos++
		switch c {
		case '{':
			if len(r.groups) == maxGroups {
				return false
			}
			r.groups = append(r.groups, r.state)
			r.skipChars = 0
		case '}':
			n := len(r.groups)
			if n == 0 {
				return true
			}
			r.state, r.groups = r.groups[n-1], r.groups[:n-1]
			r.skipChars = 0
			if n <= r.inFonts {
				r.inFonts = 0
			}
			if n == 1 {
				return true
			}
		case '\\':
			r.control()
		case '\r', '\n':
		default:
			r.char(c)
		}
	}
	return false
}

// control reads a control word or symbol.
func (r *rtfReader) control() {
	if r.pos >= len(r.b) {
		return
	}
	start := r.pos
	for r.pos < len(r.b) && r.b[r.pos]|0x20 >= 'a' && r.b[r.pos]|0x20 <= 'z' && r.pos-start < 32 {
		r.pos++
	}
	if r.pos == start {
		r.pos++
		r.symbolControl(r.b[start])
		return
	}
	word := string(r.b[start:r.pos])
	digits := r.pos
	for r.pos < len(r.b) && (r.b[r.pos] >= '0' && r.b[r.pos] <= '9' || r.b[r.pos] == '-' && r.pos == digits) &&
		r.pos-digits < 11 {
		r.pos++
	}
	arg, err := strconv.Atoi(string(r.b[digits:r.pos]))
	given := err == nil
	if r.pos < len(r.b) && r.b[r.pos] == ' ' {
		r.pos++
	}
	r.word(word, arg, given)
}

func (r *rtfReader) symbolControl(c byte) {
	switch c {
	case '\'':
		if r.pos+2 <= len(r.b) {
			v, err := strconv.ParseUint(string(r.b[r.pos:r.pos+2]), 16, 8)
			r.pos += 2
			if err == nil {
				r.char(byte(v))
			}
		}
	case '*':
		r.destination()
	case '~':
		r.text(" ")
	case '_':
		r.text("-")
	case '\\', '{', '}':
		r.char(c)
	case '\r', '\n':
		r.word("par", 0, false)
	}
}

// destination passes over a group that not all programs know, but for those with text.
func (r *rtfReader) destination() {
	rest := r.b[r.pos:min(len(r.b), r.pos+20)]
	switch word := strings.TrimLeft(string(rest), "\\ \r\n"); {
	case strings.HasPrefix(word, "htmltag"):
		r.state.tag = true
	case strings.HasPrefix(word, "shpinst"), strings.HasPrefix(word, "formfield"),
		strings.HasPrefix(word, "nesttableprops"):
	default:
		r.state.skip = true
	}
}

func (r *rtfReader) word(word string, arg int, given bool) {
	on := !given || arg != 0
	switch word {
	case "par", "sect", "page":
		r.newLine()
	case "line":
		r.newLine()
	case "tab":
		r.text("\t")
	case "trowd", "intbl":
		if !r.row && !r.state.skip {
			r.row = true
			r.OpenRow()
		}
	case "cell":
		r.EndCell()
	case "row":
		r.CloseRow()
		r.row = false
	case "nestcell":
		r.text("\t")
	case "nestrow":
		r.newLine()
	case "strike", "striked", "deleted", "v":
		r.state.hidden = on
	case "plain":
		r.state.hidden, r.state.symbol = false, false
	case "u":
		r.unicode(arg)
	case "uc":
		r.state.fallen = min(max(arg, 0), 20)
	case "bin":
		r.pos += min(max(arg, 0), len(r.b)-r.pos)
	case "fromhtml":
		r.fromHTML = true
	case "htmlrtf":
		r.state.htmlRTF = on
	default:
		r.fontWord(word, arg)
	}
}

func (r *rtfReader) newLine() {
	if r.state.skip {
		return
	}
	if !r.state.tag {
		r.EndLine()
	}
	if r.fromHTML && !r.state.htmlRTF {
		r.html.WriteByte('\n')
	}
}

// char takes a byte of text.
func (r *rtfReader) char(c byte) {
	switch {
	case r.skipChars > 0:
		r.skipChars--
	case r.inFonts > 0 && c != ';':
		if len(r.fonts) < 1000 && len(r.fonts[r.state.font]) < 40 {
			r.fonts[r.state.font] += string(rune(c))
		}
	case !r.state.skip:
		r.text(string(r.codePage.DecodeByte(c)))
	}
}

// unicode takes a character by its number, and passes over its stand-in.
func (r *rtfReader) unicode(n int) {
	c := rune(uint16(n))
	r.skipChars = r.state.fallen
	switch {
	case utf16.IsSurrogate(c) && r.high == 0:
		r.high = c
		return
	case r.high != 0:
		c, r.high = utf16.DecodeRune(r.high, c), 0
	}
	r.text(string(c))
}

// text writes what a reader sees, and what a program wrapped up as HTML.
func (r *rtfReader) text(s string) {
	if r.state.skip || r.Full() {
		return
	}
	if r.state.symbol {
		s = strings.Map(page.SymbolRune, s)
	}
	if r.fromHTML && !r.state.htmlRTF {
		if r.state.tag {
			r.html.WriteString(s)
		} else {
			r.html.WriteString(html.EscapeString(s))
		}
	}
	if r.state.tag {
		r.Size += len(s)
	} else if !r.state.hidden {
		r.Write(s)
	}
}
