package authres

import (
	"strconv"
	"strings"

	"batan.go.id/layanan/mailparse/entity"
)

// Chain is an authenticated received chain (RFC 8617) that the trusted server found whole: what the first relay found
// of the sender before it changed or passed on the mail. It is worth as much as those who sealed it.
type Chain struct {
	Sealers []string // domains in lower case, the first relay's first
	Proof   string   // as in [Auth]; "" when the first relay found none
}

// maxHops is how many relays a chain may have (RFC 8617, 4.2.1).
const maxHops = 50

// readChain reads the chain off a header; nil where one of its seals is missing or stands twice.
func readChain(h entity.Header, from string) *Chain {
	seals := make([]string, len(h.All("arc-seal")))
	if len(seals) == 0 || len(seals) > maxHops {
		return nil
	}
	for _, v := range h.All("arc-seal") {
		i, err := strconv.Atoi(arcTag(v, "i"))
		domain := strings.ToLower(arcTag(v, "d"))
		if err != nil || i < 1 || i > len(seals) || seals[i-1] != "" || domain == "" {
			return nil
		}
		seals[i-1] = domain
	}
	c, first := &Chain{Sealers: seals}, 0
	for _, v := range h.All("arc-authentication-results") {
		items, closed := splitResults(strings.ToLower(v))
		if len(items) < 2 || arcTag(items[0], "i") != "1" {
			continue
		}
		if first++; first > 1 {
			return nil
		}
		var results []result
		for _, item := range items[2:] {
			r := readResult(item, closed)
			// of a From that may have been another then
			if _, stated := r.property("header.from"); stated || r.method != "dmarc" || r.value != "pass" {
				results = append(results, r)
			}
		}
		if c.Proof = judge(results, entity.DomainOf(from)).Proof; c.Proof != "" {
			c.Proof += " " + hostName(entity.FirstWord(items[1]))
		}
	}
	return c
}

// arcTag is the value of a tag in a list such as "i=1; d=batan.go.id" (RFC 6376, 3.2).
func arcTag(list, name string) string {
	for tag := range strings.SplitSeq(list, ";") {
		if n, value, _ := strings.Cut(tag, "="); strings.TrimSpace(n) == name {
			return strings.Join(strings.Fields(value), "")
		}
	}
	return ""
}
