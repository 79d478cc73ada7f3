package authres

import (
	"slices"
	"strings"

	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/fold"
)

// tokenTail is the number of base32 characters behind a token's request number.
const tokenTail = 20

// tokenIn returns the first reply token in lower-case text, and what follows it.
// A token is vc-2026-0001-k3j5…: a request number, a dash, 20 characters of a-z and 2-7.
func (o *Site) tokenIn(low string) (token, rest string) {
	for s := low; ; {
		number, tail, ok := o.NumberIn(s)
		if !ok {
			return "", ""
		}
		if len(tail) > tokenTail && tail[0] == '-' && isBase32(tail[1:tokenTail+1]) &&
			(len(tail) == tokenTail+1 || !isTokenByte(tail[tokenTail+1])) {
			return number + tail[:tokenTail+1], tail[tokenTail+1:]
		}
		s = tail
	}
}

// NumberIn returns the first request number in lower-case text, and what follows it. Each dash is looked at once,
// whatever the prefixes: whoever asks again with what follows reads a text once in all.
func (o *Site) NumberIn(low string) (number, rest string, ok bool) {
	for from := 0; ; {
		i := strings.IndexByte(low[from:], '-')
		if i < 0 {
			return "", "", false
		}
		i += from
		from = i + 1
		n := numberEnd(low[from:])
		if n == 0 {
			continue
		}
		for _, p := range o.prefixes {
			begin := i - len(p)
			if strings.HasSuffix(low[:i], p) && (begin == 0 || !isTokenByte(low[begin-1])) {
				return low[begin : from+n], low[from+n:], true
			}
		}
	}
}

// Another is the first request number in a text that is not the given one, upper-case; "" when there is none.
func (o *Site) Another(text, number string) string {
	low := strings.ToLower(text)
	for {
		n, rest, ok := o.NumberIn(low)
		if !ok || !strings.EqualFold(n, number) {
			return strings.ToUpper(n)
		}
		low = rest
	}
}

// mayHoldNumber is the cheap test of a long text: "-2026-" stands in it.
func mayHoldNumber(s string) bool {
	for {
		i := strings.IndexByte(s, '-')
		if i < 0 {
			return false
		}
		s = s[i+1:]
		if len(s) > 4 && s[4] == '-' && fold.IsDigit(s[0]) {
			return true
		}
	}
}

// numberEnd is the length of "2026-0001" at the beginning of s, 0 when it is not there.
func numberEnd(s string) int {
	if len(s) < 9 || s[4] != '-' {
		return 0
	}
	n := 5
	for n < len(s) && n < 5+12 && fold.IsDigit(s[n]) {
		n++
	}
	for i := range 4 {
		if !fold.IsDigit(s[i]) {
			return 0
		}
	}
	if n < 9 || n < len(s) && s[n] >= 'a' && s[n] <= 'z' {
		return 0
	}
	return n
}

func isTokenByte(c byte) bool { return c >= 'a' && c <= 'z' || fold.IsDigit(c) }

func isBase32(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '2' || c > '7') {
			return false
		}
	}
	return true
}

// NumberOf is the request number that a token carries, upper-case.
func NumberOf(token string) string {
	if len(token) <= tokenTail+1 {
		return ""
	}
	return strings.ToUpper(token[:len(token)-tokenTail-1])
}

// Token is a text that has the shape of a reply token, and where it stood. Whether it is one, only who has the key can
// say; until then it names nothing.
type Token struct {
	Text  string // lower-case
	Way   Way
	Field string // of the header, in lower case; "" in the body
}

// Way is how a token travels. What stands first in the list is trusted first.
type Way string

// The ways, in that order.
const (
	ByAddress    Way = "address"     // the service's plus address
	ByInReplyTo  Way = "in-reply-to" // the Message-ID that is answered
	ByReferences Way = "references"
	ByBody       Way = "body"
)

// Ways are all of them, the most trusted first.
var Ways = []Way{ByAddress, ByInReplyTo, ByReferences, ByBody}

// MaxTokens is how many tokens of one mail are looked at.
const MaxTokens = 20

// Tokens looks in all the places where a token travels: the header, the Message-IDs that a mail answers and refers
// to, its text.
func (o *Site) Tokens(h entity.Header, inReplyTo, references []string, text string) (list []Token) {
	add := func(way Way, field, s string) {
		for _, t := range o.TokensIn(s, MaxTokens-len(list)) {
			list = append(list, Token{t, way, field})
		}
	}
	user, domain, _ := strings.Cut(o.service, "@")
	for _, field := range []string{"to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-forwarded-to"} {
		for _, v := range h.All(field) {
			for _, addr := range entity.BareAddresses(v) {
				if u, d, _ := strings.Cut(addr, "@"); user != "" && d == domain && strings.HasPrefix(u, user+"+") {
					add(ByAddress, field, u[len(user)+1:])
				}
			}
		}
	}
	for _, id := range inReplyTo {
		add(ByInReplyTo, "in-reply-to", id)
	}
	for _, id := range slices.Backward(references) { // the last is the mail that is answered
		add(ByReferences, "references", id)
	}
	add(ByBody, "", text)
	return list
}

// TokensIn are the tokens of a text, each once, at most as many as given.
func (o *Site) TokensIn(text string, limit int) []string {
	if !mayHoldNumber(text) {
		return nil
	}
	var list []string
	for low := strings.ToLower(text); low != "" && len(list) < limit; {
		var t string
		if t, low = o.tokenIn(low); t == "" {
			break
		}
		if !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	return list
}

// Request names the request that a mail seems to belong to, upper-case: by a token that nobody has verified yet, by
// the number in its subject, by the Message-IDs of ours that have no token. "" when nothing names one.
func (o *Site) Request(tokens []Token, numbered string, references []string) string {
	if len(tokens) > 0 {
		return NumberOf(tokens[0].Text)
	}
	if numbered != "" {
		return numbered
	}
	for _, id := range slices.Backward(references) {
		if n, _, ok := o.NumberIn(strings.ToLower(id)); ok {
			return strings.ToUpper(n)
		}
	}
	return ""
}

// Bracketed is the request's number that stands in brackets in a subject, upper-case; "" when none does.
func (o *Site) Bracketed(subject string) string {
	for low := strings.ToLower(subject); ; {
		n, rest, ok := o.NumberIn(low)
		if !ok {
			return ""
		}
		if before := low[:len(low)-len(rest)-len(n)]; strings.HasSuffix(before, "[") && strings.HasPrefix(rest, "]") {
			return strings.ToUpper(n)
		}
		low = rest
	}
}
