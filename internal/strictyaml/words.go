package strictyaml

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"batan.go.id/layanan/internal/typo"

	"go.yaml.in/yaml/v4"
)

// shown is how many characters of a value or key a message repeats.
const shown = 40

// short cuts a long text.
func short(s string) string {
	if r := []rune(s[:min(len(s), 4*shown+4)]); len(r) > shown {
		return string(r[:shown]) + "…"
	}
	return s
}

// quote repeats what was written, shortened, on one line.
func quote(s string) string { return strconv.Quote(short(s)) }

// plainKey is a key as a message shows it: quoted only when it has to be.
func plainKey(key string) string {
	odd := func(r rune) bool { return !unicode.IsPrint(r) || strings.ContainsRune(".[]:\"", r) }
	if len(key) > shown || strings.ContainsFunc(key, odd) {
		return quote(key)
	}
	return key
}

// describe says what a node is, for "want …, have …".
func describe(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case isEmpty(n):
		return "nothing"
	case n.Tag == "!!int" || n.Tag == "!!float":
		return "the number " + short(n.Value)
	case n.Tag == "!!bool":
		return n.Value
	}
	return "text " + quote(n.Value)
}

// isNull reports a value that was left out: nothing after the colon, or null.
func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

// isEmpty reports a value that was left out, or is text without letters.
func isEmpty(n *yaml.Node) bool { return isNull(n) || n.Kind == yaml.ScalarNode && n.Value == "" }

// unknownKey words the fault of a key that is not among known.
func unknownKey(key string, known []string) (msg, meant string) {
	if meant = nearest(key, known); meant != "" {
		return fmt.Sprintf("unknown key (did you mean %s?)", meant), meant
	}
	if len(known) == 0 {
		return "unknown key", ""
	}
	return "unknown key (known are " + strings.Join(known, ", ") + ")", ""
}

// nearest gives the known word that key is most likely a misspelling of, or
// "" when none is near.
func nearest(key string, known []string) string {
	best, bestAt := "", 3 // more than two slips are another word
	key = strings.ReplaceAll(strings.ToLower(key), "-", "_")
	for _, k := range known {
		if len(key) > 2*len(k)+2 {
			continue
		}
		if d := typo.Distance(key, k, 2); d < bestAt && d <= max(1, len(k)/3) {
			best, bestAt = k, d
		}
	}
	return best
}
