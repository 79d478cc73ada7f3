package strictyaml

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
)

// inspect goes through the tree before anything is decoded: it refuses what
// this package does not read, and puts the environment in. A node at fault is
// marked, so that it is not blamed a second time for its type.
func (r *reader) inspect(n *yaml.Node, p *path, env func(string) (string, bool)) {
	switch {
	case n.Kind == yaml.AliasNode:
		r.blame(n, p, "aliases (*%s) are not read here: write the value out", plainKey(n.Value))
	case n.Anchor != "":
		r.blame(n, p, "anchors (&%s) are not read here: remove it", plainKey(n.Anchor))
	case n.Style&yaml.TaggedStyle != 0:
		r.blame(n, p, "tags (%s) are not read here: remove it", plainKey(n.Tag))
	case n.Kind == yaml.ScalarNode && env != nil && strings.Contains(n.Value, "$"):
		value, err := expand(n.Value, env)
		if err != nil {
			r.blame(n, p, "%v", err)
			return
		}
		n.Value, n.Tag = value, "!!str"
	}
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			r.inspect(key, p, nil)
			r.inspect(n.Content[i+1], p.child(key.Value), env)
		}
	case yaml.SequenceNode:
		for i, item := range n.Content {
			r.inspect(item, p.item(i), env)
		}
	}
}

func (r *reader) blame(n *yaml.Node, p *path, format string, args ...any) {
	if r.blamed == nil {
		r.blamed = make(map[*yaml.Node]bool)
	}
	r.blamed[n] = true
	r.fault(n, p, format, args...)
}

// expand replaces ${NAME} and $$; a dollar sign before anything else stays.
func expand(s string, env func(string) (string, bool)) (string, error) {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, "$")
		b.WriteString(before)
		switch {
		case !found:
			return b.String(), nil
		case strings.HasPrefix(after, "$"):
			b.WriteByte('$')
			s = after[1:]
		case strings.HasPrefix(after, "{"):
			name, rest, closed := strings.Cut(after[1:], "}")
			if !closed || !isName(name) {
				return "", fmt.Errorf("${ must be followed by the name of an environment variable and } ($$ stands for a dollar " +
					"sign)")
			}
			value, ok := env(name)
			if !ok {
				return "", fmt.Errorf("the environment variable %s is not set", plainKey(name))
			}
			b.WriteString(value)
			s = rest
		default:
			b.WriteByte('$')
			s = after
		}
	}
}

func isName(s string) bool {
	for i, r := range s {
		letter := r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
		if !letter && (i == 0 || r < '0' || '9' < r) {
			return false
		}
	}
	return s != ""
}
