package mailparse

import "strings"

// tokenTail is the number of base32 characters behind a token's request number.
const tokenTail = 20

// tokenIn returns the first reply token in lower-case text, and what follows it.
// A token is vc-2026-0001-k3j5…: a request number, a dash, 20 characters of a-z and 2-7.
func (g *Grammar) tokenIn(low string) (token, rest string) {
	for s := low; ; {
		number, tail, ok := g.numberIn(s)
		if !ok {
			return "", ""
		}
		if len(tail) > tokenTail && tail[0] == '-' && isBase32(tail[1:tokenTail+1]) && (len(tail) == tokenTail+1 || !isTokenByte(tail[tokenTail+1])) {
			return number + tail[:tokenTail+1], tail[tokenTail+1:]
		}
		s = tail
	}
}

// numberIn returns the first request number in lower-case text, and what follows it. Each dash is looked at once, whatever the
// prefixes: whoever asks again with what follows reads a text once in all.
func (g *Grammar) numberIn(low string) (number, rest string, ok bool) {
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
		for _, p := range g.Prefixes {
			p = strings.ToLower(p)
			begin := i - len(p)
			if p != "" && strings.HasSuffix(low[:i], p) && (begin == 0 || !isTokenByte(low[begin-1])) {
				return low[begin : from+n], low[from+n:], true
			}
		}
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
		if len(s) > 4 && s[4] == '-' && isDigit(s[0]) {
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
	for n < len(s) && n < 5+12 && isDigit(s[n]) {
		n++
	}
	for i := range 4 {
		if !isDigit(s[i]) {
			return 0
		}
	}
	if n < 9 || n < len(s) && s[n] >= 'a' && s[n] <= 'z' {
		return 0
	}
	return n
}

func isTokenByte(c byte) bool { return c >= 'a' && c <= 'z' || isDigit(c) }

func isBase32(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '2' || c > '7') {
			return false
		}
	}
	return true
}

// numberOf is the request number that a token carries, upper-case.
func numberOf(token string) string {
	if len(token) <= tokenTail+1 {
		return ""
	}
	return strings.ToUpper(token[:len(token)-tokenTail-1])
}

// findTokens looks in all the places where a token travels, in the order of trust: the plus address, the Message-IDs
// that are answered, the body.
func (g *Grammar) findTokens(h header, m *Message, text string) {
	add := func(s string) { m.Tokens = g.tokensIn(m.Tokens, s) }
	user, domain, _ := strings.Cut(g.Service, "@")
	addressed := m.To
	for _, name := range []string{"delivered-to", "x-original-to", "envelope-to", "x-forwarded-to"} {
		for _, v := range h.all(name) {
			addressed = append(addressed[:len(addressed):len(addressed)], bareAddresses(v)...)
		}
	}
	for _, addr := range addressed {
		if u, d, _ := strings.Cut(addr, "@"); user != "" && d == domain && strings.HasPrefix(u, user+"+") {
			add(u[len(user)+1:])
		}
	}
	for i := range m.InReplyTo {
		add(m.InReplyTo[i])
	}
	for i := len(m.References) - 1; i >= 0; i-- { // the last is the mail that is answered
		add(m.References[i])
	}
	add(text)
}

// tokensIn adds the tokens of a text to a list of at most 20.
func (g *Grammar) tokensIn(list []string, text string) []string {
	if !mayHoldNumber(text) {
		return list
	}
	for low := strings.ToLower(text); low != ""; {
		var t string
		if t, low = g.tokenIn(low); t == "" {
			break
		}
		if !contains(list, t) && len(list) < 20 {
			list = append(list, t)
		}
	}
	return list
}

// findRequest names the request: by token, by References, by the subject.
func (g *Grammar) findRequest(m *Message) {
	if len(m.Tokens) > 0 {
		m.Request = numberOf(m.Tokens[0])
		return
	}
	for i := len(m.References) - 1; i >= 0; i-- {
		if n, _, ok := g.numberIn(strings.ToLower(m.References[i])); ok {
			m.Request = strings.ToUpper(n)
			return
		}
	}
	for low := strings.ToLower(m.Subject); ; {
		n, rest, ok := g.numberIn(low)
		if !ok {
			return
		}
		if before := low[:len(low)-len(rest)-len(n)]; strings.HasSuffix(before, "[") && strings.HasPrefix(rest, "]") {
			m.Request = strings.ToUpper(n)
			return
		}
		low = rest
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
