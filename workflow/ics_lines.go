package workflow

import (
	"errors"
	"fmt"
	"strings"
)

// icsLine is a content line of RFC 5545 §3.1, unfolded, its parameters dropped:
// a holiday's meaning is in none of them (the form of a date says whether it is
// one, and a TZID does not move a holiday).
type icsLine struct{ name, value string }

// maxICSDepth bounds components within components; real files have three.
const maxICSDepth = 16

// icsEvents reads a file's VEVENTs. Lines within them that are no content lines
// are passed over; components that don't nest, or don't end, are an error: the
// file was cut off.
func icsEvents(text string) ([]icsEvent, error) {
	var (
		events []icsEvent
		open   []string // the components we are in
		began  bool
	)
	lines := unfoldICS(text)
	for _, raw := range lines {
		line, ok := parseICSLine(raw.text)
		if !began && !(line.name == "BEGIN" && strings.EqualFold(line.value, "VCALENDAR")) {
			return nil, errors.New("not a calendar: it does not begin with BEGIN:VCALENDAR")
		}
		began = true
		inEvent := len(open) == 2 && open[1] == "VEVENT"
		switch {
		case !ok:
		case line.name == "BEGIN":
			open = append(open, strings.ToUpper(line.value))
			if len(open) > maxICSDepth {
				return nil, fmt.Errorf("line %d: more than %d components within each other", raw.number, maxICSDepth)
			}
			if len(open) == 2 && open[1] == "VEVENT" {
				events = append(events, icsEvent{line: raw.number, props: make(map[string][]icsLine)})
			}
		case line.name == "END":
			if len(open) == 0 || !strings.EqualFold(open[len(open)-1], line.value) {
				return nil, fmt.Errorf("line %d: END:%s without its BEGIN", raw.number, shorten(line.value))
			}
			open = open[:len(open)-1]
		case inEvent:
			props := events[len(events)-1].props
			props[line.name] = append(props[line.name], line)
		}
	}
	switch {
	case !began:
		return nil, errors.New("the file is empty")
	case len(open) > 0:
		return nil, fmt.Errorf("the file is cut off: no END:%s", shorten(open[len(open)-1]))
	}
	return events, nil
}

// numberedLine is a line with the number of its first line in the file.
type numberedLine struct {
	number int
	text   string
}

// unfoldICS joins folded lines (RFC 5545 §3.1), drops empty ones, and takes
// bare LF and a byte order mark as they come. A fold may cut a character in
// two, so bytes are joined before anybody looks at them.
func unfoldICS(text string) []numberedLine {
	var (
		lines []numberedLine
		parts []string // of the last line
	)
	finish := func() {
		if len(parts) > 1 {
			lines[len(lines)-1].text = strings.Join(parts, "")
		}
	}
	number := 0
	for line := range strings.SplitSeq(strings.TrimPrefix(text, "\ufeff"), "\n") {
		number++
		line = strings.TrimSuffix(line, "\r")
		switch {
		case strings.TrimSpace(line) == "":
		case (line[0] == ' ' || line[0] == '\t') && len(lines) > 0:
			parts = append(parts, line[1:])
		default:
			finish()
			parts = append(parts[:0], line)
			lines = append(lines, numberedLine{number, line})
		}
	}
	finish()
	return lines
}

// parseICSLine splits a content line at the first colon outside quotes.
func parseICSLine(line string) (icsLine, bool) {
	quoted := false
	for i := range len(line) {
		switch {
		case line[i] == '"':
			quoted = !quoted
		case line[i] == ':' && !quoted:
			name, _, _ := strings.Cut(line[:i], ";")
			return icsLine{strings.ToUpper(strings.TrimSpace(name)), strings.TrimSpace(line[i+1:])}, true
		}
	}
	return icsLine{}, false
}

// unescapeICS undoes the escapes of a TEXT value (RFC 5545 §3.3.11) and drops
// what is no UTF-8.
func unescapeICS(value string) string {
	var b strings.Builder
	for i := 0; i < len(value); i++ {
		c := value[i]
		if c == '\\' && i+1 < len(value) {
			i++
			if c = value[i]; c == 'n' || c == 'N' {
				c = '\n'
			}
		}
		b.WriteByte(c)
	}
	return strings.ToValidUTF8(b.String(), "")
}
