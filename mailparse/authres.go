package mailparse

import "strings"

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
			a.add(quotedFields(item), from)
		}
		return a
	}
	return nil
}

// add reads one result: method=result [reason=…] ptype.property=value …
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
		if a.DMARC == "" {
			a.DMARC = result
		}
	case "spf":
		if a.SPF == "" {
			a.SPF = result
		}
	case "dkim":
		if a.DKIM == "" || result == "pass" {
			a.DKIM = result
		}
		if result == "pass" && alignedWith(words[1:], from) {
			a.DKIMAligned = true
		}
	}
}

// alignedWith compares the signing domain among a result's properties with the sender's: header.d, or header.i where a
// server writes only that.
func alignedWith(props []string, from string) bool {
	domain := ""
	for _, p := range props {
		name, value, _ := strings.Cut(p, "=")
		if name == "header.d" || name == "header.i" && domain == "" {
			domain = domainOf(strings.Trim(value, `"`))
		}
	}
	if domain == "" || from == "" {
		return false
	}
	sender := domainOf(from)
	return domain == sender || orgDomain(domain) == orgDomain(sender)
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
