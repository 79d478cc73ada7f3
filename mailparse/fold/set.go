package fold

import (
	"maps"
	"strings"
)

// Set is a set of words.
func Set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// Union is the set of all words of some sets.
func Union(sets ...map[string]bool) map[string]bool {
	all := map[string]bool{}
	for _, s := range sets {
		maps.Copy(all, s)
	}
	return all
}

// List is the set of the words of a text, parted by blanks.
func List(s string) map[string]bool { return Set(strings.Fields(s)...) }
