package strictyaml

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// path is the way from the root to a value. It is a chain, written out only
// when a fault needs it, so that long keys cost nothing while reading.
type path struct {
	parent *path
	key    string // in a mapping
	index  int    // in a list; -1 in a mapping
}

func (p *path) child(key string) *path { return &path{parent: p, key: key, index: -1} }
func (p *path) item(i int) *path       { return &path{parent: p, index: i} }

// String gives the dotted form: steps[2].actor.
func (p *path) String() string {
	var parts []string
	for ; p != nil; p = p.parent {
		if p.index >= 0 {
			parts = append(parts, fmt.Sprintf("[%d]", p.index))
			continue
		}
		parts = append(parts, "."+plainKey(p.key))
	}
	slices.Reverse(parts)
	return strings.TrimPrefix(strings.Join(parts, ""), ".")
}

// Pos is the place of a mapping in a file. A struct that has a field of this
// type keeps it for checks that come after decoding.
type Pos struct {
	File         string
	Line, Column int

	path *path
	node *yaml.Node
}

// Errorf makes a fault of the value that key leads to, seen from this mapping;
// key is dotted and may hold indexes, e.g. tls, hours.fri or domains[1]. When
// the value is absent, the place is that of the nearest thing there is. The
// fault's key is the full path.
func (p Pos) Errorf(key, format string, args ...any) *Error {
	e := &Error{
		File: p.File, Line: p.Line, Column: p.Column,
		Key: joinKey(p.path.String(), key),
		Msg: oneLine(fmt.Sprintf(format, args...)),
	}
	if n := find(p.node, key); n != nil {
		e.Line, e.Column = n.Line, n.Column
	}
	return e
}

// find follows key from n as far as it leads.
func find(n *yaml.Node, key string) *yaml.Node {
	for n != nil && key != "" {
		next, rest := step(n, key)
		if next == nil {
			break
		}
		n, key = next, rest
	}
	return n
}

// step follows the first part of key from n, and gives what is left of key. In
// a mapping the longest key that fits wins, because keys may hold dots.
func step(n *yaml.Node, key string) (next *yaml.Node, rest string) {
	switch n.Kind {
	case yaml.MappingNode:
		best := -1
		for i := 0; i+1 < len(n.Content); i += 2 {
			k := n.Content[i].Value
			if tail, ok := strings.CutPrefix(key, k); ok && len(k) > best && (tail == "" || tail[0] == '.' || tail[0] == '[') {
				best, next, rest = len(k), n.Content[i+1], strings.TrimPrefix(tail, ".")
			}
		}
	case yaml.SequenceNode:
		var i int
		if _, err := fmt.Sscanf(key, "[%d]", &i); err == nil && i >= 0 && i < len(n.Content) {
			_, tail, _ := strings.Cut(key, "]")
			next, rest = n.Content[i], strings.TrimPrefix(tail, ".")
		}
	}
	return next, rest
}

func joinKey(parent, key string) string {
	if parent == "" || key == "" || strings.HasPrefix(key, "[") {
		return parent + key
	}
	return parent + "." + key
}
