// Package icalendar reads the lines and components of an iCalendar file (RFC 5545); what a property means is for its
// readers to say. It is pure.
package icalendar

import (
	"errors"
	"fmt"
	"strings"
)

// Property is a content line (RFC 5545 §3.1).
type Property struct {
	Name   string // upper-case
	Params string // as written, without the first semicolon: "TZID=Asia/Jakarta"
	Value  string // as written; [Unescape] undoes the escapes of a text
}

// Param is a parameter's value, "" without it.
func (p Property) Param(name string) string {
	for param := range strings.SplitSeq(p.Params, ";") {
		if key, value, ok := strings.Cut(param, "="); ok && strings.EqualFold(strings.TrimSpace(key), name) {
			return strings.Trim(strings.TrimSpace(value), `"`)
		}
	}
	return ""
}

// Component is what stands between BEGIN and END.
type Component struct {
	Name   string                // upper-case: VCALENDAR, VEVENT
	Line   int                   // of its BEGIN
	Parent *Component            // nil for the outermost
	Props  map[string][]Property // by name, in the order of the file
}

// First is the first property of a name.
func (c *Component) First(name string) (Property, bool) {
	if lines := c.Props[name]; len(lines) > 0 {
		return lines[0], true
	}
	return Property{}, false
}

// Value is the first property's value as written, "" without the property.
func (c *Component) Value(name string) string {
	line, _ := c.First(name)
	return line.Value
}

// Is reports whether a component has a name and lies directly in one of another.
func (c *Component) Is(name, parent string) bool {
	return c.Name == name && c.Parent != nil && c.Parent.Name == parent
}

// maxDepth bounds components within components; real files have three.
const maxDepth = 16

// Read reads a file's components in the order of their BEGIN. Lines within them that are no content lines are passed
// over; components that don't nest, or don't end, are an error: the file was cut off. What was read before it is
// given, too.
func Read(text string) ([]*Component, error) {
	var (
		all   []*Component
		open  *Component // the one we are in
		depth int
	)
	lines := unfold(text)
	for _, raw := range lines {
		line, ok := parseLine(raw.text)
		if len(all) == 0 && !(line.Name == "BEGIN" && strings.EqualFold(line.Value, "VCALENDAR")) {
			return nil, errors.New("not a calendar: it does not begin with BEGIN:VCALENDAR")
		}
		switch {
		case !ok:
		case line.Name == "BEGIN":
			if depth++; depth > maxDepth {
				return all, fmt.Errorf("line %d: more than %d components within each other", raw.number, maxDepth)
			}
			open = &Component{Name: strings.ToUpper(line.Value), Line: raw.number, Parent: open}
			all = append(all, open)
		case line.Name == "END":
			if open == nil || !strings.EqualFold(open.Name, line.Value) {
				return all, fmt.Errorf("line %d: END:%s without its BEGIN", raw.number, shorten(line.Value))
			}
			open = open.Parent
			depth--
		case open != nil:
			if open.Props == nil {
				open.Props = make(map[string][]Property)
			}
			open.Props[line.Name] = append(open.Props[line.Name], line)
		}
	}
	switch {
	case len(all) == 0:
		return nil, errors.New("the file is empty")
	case open != nil:
		return all, fmt.Errorf("the file is cut off: no END:%s", shorten(open.Name))
	}
	return all, nil
}

// shorten cuts foreign text for an error.
func shorten(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// numberedLine is a line with the number of its first line in the file.
type numberedLine struct {
	number int
	text   string
}

// unfold joins folded lines (RFC 5545 §3.1), drops empty ones, and takes
// bare LF and a byte order mark as they come. A fold may cut a character in
// two, so bytes are joined before anybody looks at them.
func unfold(text string) []numberedLine {
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

// parseLine splits a content line at the first colon outside quotes.
func parseLine(line string) (Property, bool) {
	quoted := false
	for i := range len(line) {
		switch {
		case line[i] == '"':
			quoted = !quoted
		case line[i] == ':' && !quoted:
			name, params, _ := strings.Cut(line[:i], ";")
			return Property{strings.ToUpper(strings.TrimSpace(name)), params, strings.TrimSpace(line[i+1:])}, true
		}
	}
	return Property{}, false
}

// Unescape undoes the escapes of a TEXT value (RFC 5545 §3.3.11) and drops
// what is no UTF-8.
func Unescape(value string) string {
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
