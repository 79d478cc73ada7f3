package mailparse

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// readAuth reads the topmost Authentication-Results header of the trusted authserv-id (RFC 8601); nil when there is none.
// Headers of other hosts say nothing. The trusted host must strip those that claim its name (RFC 8601, 5).
func readAuth(h header, trusted, from string) *Auth {
	if trusted == "" {
		return nil
	}
	for _, v := range h.all("authentication-results") {
		items := splitResults(strings.ToLower(v))
		id, _, _ := strings.Cut(strings.TrimSpace(items[0]), " ")
		if !strings.EqualFold(strings.Trim(id, `"`), trusted) {
			continue
		}
		a := &Auth{By: strings.ToLower(trusted)}
		for _, item := range items[1:] {
			words := quotedFields(item)
			a.add(words, domainOf(from))
			if len(words) > 0 && words[0] == "arc=pass" && a.Chain == nil {
				a.Chain = readChain(h, from)
			}
		}
		if a.Proof != "" {
			a.Proof += " " + a.By
		}
		return a
	}
	return nil
}

// add reads one result: method=result [reason=…] ptype.property=value … Of several proofs DMARC's is kept.
func (a *Auth) add(words []string, from string) {
	if len(words) == 0 {
		return
	}
	if len(words) >= 3 && words[1] == "=" {
		words = append([]string{words[0] + "=" + words[2]}, words[3:]...)
	}
	method, result, ok := strings.Cut(words[0], "=")
	if !ok {
		return
	}
	method, _, _ = strings.Cut(method, "/")
	switch method {
	case "dmarc":
		if a.DMARC != "" {
			return
		}
		a.DMARC = result
		if of, stated := property(words[1:], "header.from"); result == "pass" && from != "" && (!stated || of == from) {
			a.Proof = "dmarc=pass"
		}
	case "spf":
		if a.SPF == "" {
			a.SPF = result
		}
	case "dkim":
		if a.DKIM == "" || result == "pass" {
			a.DKIM = result
		}
		signer, stated := property(words[1:], "header.d")
		if !stated {
			signer, _ = property(words[1:], "header.i")
		}
		if result == "pass" && a.Proof == "" && Aligned(signer, from) {
			a.Proof = "dkim=pass d=" + signer
		}
	}
}

// property is the domain of a result's property, "" when what is stated can be none.
func property(words []string, name string) (domain string, stated bool) {
	for _, w := range words {
		if n, value, _ := strings.Cut(w, "="); n == name {
			return hostName(domainOf(strings.Trim(value, `"`))), true
		}
	}
	return "", false
}

// hostName is the text, if it can be a host's name; it goes into records.
func hostName(s string) string {
	if len(s) > 253 || !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r == '"' || r == ',' || unicode.IsControl(r) }) {
		return ""
	}
	return s
}

// Aligned reports whether a signing domain vouches for a sender's: both belong to one organisational domain (relaxed
// alignment, RFC 7489, 3.1.1). The domains are in lower case; an empty one vouches for nobody.
func Aligned(signer, from string) bool {
	return signer != "" && from != "" && orgDomain(signer) == orgDomain(from)
}

// quotedFields splits at blanks outside of quotes: a quoted text may hold anything its sender liked.
func quotedFields(s string) []string {
	quoted := false
	return strings.FieldsFunc(s, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return !quoted && (r == ' ' || r == '\t' || r == '\n')
	})
}

// splitResults splits at semicolons and drops comments, both outside of quotes. There is always a first item.
func splitResults(s string) []string {
	if !strings.ContainsAny(s, `"\()`) {
		return strings.Split(s, ";")
	}
	var out []string
	var cur strings.Builder
	cur.Grow(len(s))
	depth, quoted := 0, false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\\' && (quoted || depth > 0): // an escaped character is only text: leave it out
			i++
			continue
		case quoted:
			quoted = c != '"'
		case depth > 0:
			if c == '(' {
				depth++
			} else if c == ')' {
				depth--
			}
			continue
		case c == '"':
			quoted = true
		case c == '(':
			depth++
			continue
		case c == ';':
			out = append(out, cur.String())
			cur.Reset()
			continue
		}
		cur.WriteByte(c)
	}
	return append(out, cur.String())
}
