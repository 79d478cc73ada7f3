package fold

import "strings"

// Set is a set of words.
func Set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// List is the set of the words of a text, parted by blanks.
func List(s string) map[string]bool { return Set(strings.Fields(s)...) }
