package mailparse

import (
	"sort"
	"strings"
)

// decisive names the header field because of which a rule holds: the one with which it begins to hold when the fields
// come in one by one. "" when it holds without any. The rule holds for all of h.
func decisive(h header, rule func(h header, subject string) bool) string {
	n := sort.Search(len(h), func(n int) bool { return rule(h[:n], oneLine(h[:n].get("subject"))) })
	if n == 0 {
		return ""
	}
	return h[n-1].name + ": " + quoteShort(oneLine(h[n-1].value))
}

// oneLine is a header's value as it is shown.
func oneLine(value string) string { return strings.Join(strings.Fields(decodeWords(value)), " ") }
