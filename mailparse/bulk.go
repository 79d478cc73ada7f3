package mailparse

import "strings"

// isBulk reports whether a mail went to many: a list (RFC 2369, 2919), a newsletter, a program's notice.
func isBulk(h header) bool {
	switch firstWord(h.get("precedence")) {
	case "bulk", "list", "junk":
		return true
	}
	if listHeader(h) {
		return true
	}
	for _, name := range []string{"x-campaign-id", "feedback-id", "x-mc-user", "x-csa-complaints"} {
		if h.has(name) {
			return true
		}
	}
	local, _, _ := strings.Cut(firstAddress(h.get("from")), "@")
	switch local {
	case "noreply", "no-reply", "donotreply", "do-not-reply", "tidak-dibalas", "newsletter":
		return true
	}
	return false
}

func listHeader(h header) bool {
	for _, name := range []string{"list-id", "list-post", "list-unsubscribe", "list-help", "mailing-list", "x-mailing-list"} {
		if h.has(name) {
			return true
		}
	}
	return false
}

func firstAddress(s string) string {
	if as := parseAddresses(s); len(as) > 0 {
		return as[0].addr
	}
	return ""
}
