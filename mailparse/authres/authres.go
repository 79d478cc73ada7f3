package authres

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"batan.go.id/layanan/mailparse/entity"
)

// Auth is what the topmost of the trusted Authentication-Results headers says (RFC 8601), and "fail" where any of
// them does. Results are in lower case, "" when not stated.
type Auth struct {
	DMARC string `json:"dmarc"`
	DKIM  string `json:"dkim"`
	SPF   string `json:"spf"`
	By    string `json:"by"` // the authserv-id

	// the result that vouches for From, aligned with it (RFC 7489, 3.1): "dmarc=pass mx.batan.go.id"; "" when none does
	Proof string `json:"-"`
	// what a trusted header says against the sender, which outweighs all else: "spf=fail", "dmarc contradicts itself";
	// "" when none does
	Failed string `json:"-"`
	Chain  *Chain `json:"-"` // of relays, where the server found it whole (arc=pass); nil when there is none
}

// maxResults bounds how many results are held against each other; no honest mail has so many.
const maxResults = 100

// Auth reads the Authentication-Results headers of the trusted authserv-id (RFC 8601); nil when there is none. A good
// result counts only in the topmost, a bad one in any: who sends a mail could have put in those below. Headers of
// other hosts say nothing. The trusted host must strip those that claim its name (RFC 8601, 5).
func (o *Site) Auth(h entity.Header, from string) *Auth {
	trusted := o.authservID
	if trusted == "" {
		return nil
	}
	headers := 0
	var results []result
	for _, v := range h.All("authentication-results") {
		v = strings.ToLower(v)
		items, closed := splitResults(v)
		if id := strings.Fields(items[0]); len(results) > maxResults || len(id) == 0 ||
			!strings.EqualFold(strings.Trim(id[0], `"`), trusted) {
			continue
		}
		if !closed { // a sender's quote or bracket must not hide what follows it
			items = append(items, strings.Split(v, ";")...)
		}
		for _, item := range items[1:min(len(items), maxResults+2)] {
			results = append(results, readResult(item, headers == 0 && closed))
		}
		headers++
	}
	if headers == 0 {
		return nil
	}
	a := judge(results, entity.DomainOf(from))
	if a.By = strings.ToLower(trusted); a.Proof != "" {
		a.Proof += " " + a.By
	}
	for _, r := range results {
		if r.topmost && r.method == "arc" && r.value == "pass" && a.Chain == nil {
			a.Chain = readChain(h, from)
		}
	}
	return a
}

// result is what was found by one method: method=result [reason=…] ptype.property=value …
type result struct {
	method, value string
	properties    []string
	topmost       bool
}

func readResult(item string, topmost bool) result {
	method, rest, _ := strings.Cut(item, "=")
	method, _, _ = strings.Cut(strings.TrimSpace(method), "/")
	r := result{method: strings.TrimSpace(method), topmost: topmost}
	if words := quotedFields(rest); len(words) > 0 {
		r.value, r.properties = words[0], words[1:]
	}
	if r.value == "hardfail" { // as some write it
		r.value = "fail"
	}
	return r
}

// judge sums the results up, and says what failed. What failed vouches for nobody.
func judge(results []result, from string) *Auth {
	a := &Auth{}
	for _, r := range results {
		a.add(r, from)
	}
	if len(results) > maxResults {
		a.Failed = "too many results"
	}
	for i, r := range results[:min(len(results), maxResults)] {
		for _, earlier := range results[:i] {
			if a.Failed == "" && r.contradicts(earlier) {
				a.Failed = r.method + " contradicts itself"
				if r.method == "dkim" {
					a.DKIM = "fail"
				}
			}
		}
	}
	switch {
	case a.Failed != "":
	case a.DMARC == "fail":
		a.Failed = "dmarc=fail"
	case a.SPF == "fail" && a.Proof == "": // else a forwarder's address did
		a.Failed = "spf=fail"
	}
	if a.Failed != "" {
		a.Proof = ""
	}
	return a
}

// add takes in one result. Of several proofs DMARC's is kept.
//
// One case for each method.
//
//gocyclo:ignore
func (a *Auth) add(r result, from string) {
	switch first := r.topmost && a.DMARC == ""; r.method {
	case "dmarc":
		if first || r.value == "fail" {
			a.DMARC = r.value
		}
		if of, stated := r.domain("header.from"); first && r.value == "pass" && from != "" && (!stated || of == from) {
			a.Proof = "dmarc=pass"
		}
	case "spf":
		if r.topmost && a.SPF == "" || r.value == "fail" {
			a.SPF = r.value
		}
	case "dkim":
		if r.topmost && (a.DKIM == "" || r.value == "pass") {
			a.DKIM = r.value
		}
		if signer := r.signer(); r.topmost && r.value == "pass" && a.Proof == "" && Aligned(signer, from) {
			a.Proof = "dkim=pass d=" + signer
		}
	}
}

// contradicts reports whether one of two results says that the same thing passed, the other that it failed.
func (r result) contradicts(o result) bool {
	if r.method != o.method || (r.value != "pass" || o.value != "fail") && (r.value != "fail" || o.value != "pass") {
		return false
	}
	switch r.method {
	case "dmarc":
		return true
	case "spf": // of the envelope or of the greeting (RFC 7208, 2.3 and 2.4)
		return r.ofGreeting() == o.ofGreeting()
	case "dkim": // of one signature; gateways add theirs (RFC 6008)
		return r.signer() == o.signer() && r.mayShare(o, "header.s") && r.mayShare(o, "header.b")
	}
	return false
}

func (r result) ofGreeting() bool {
	_, greeting := r.property("smtp.helo")
	_, envelope := r.property("smtp.mailfrom")
	return greeting && !envelope
}

// mayShare reports whether two results could be of one signature by a property that either may leave out. A
// signature's own bytes are stated in part.
func (r result) mayShare(o result, name string) bool {
	a, _ := r.property(name)
	b, _ := o.property(name)
	begins := strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
	return a == b || a == "" || b == "" || begins && name == "header.b"
}

// signer is the domain of a signature, "" when none is stated.
func (r result) signer() string {
	signer, stated := r.domain("header.d")
	if !stated {
		signer, _ = r.domain("header.i")
	}
	return signer
}

// domain is the domain of a property, "" when what is stated can be none.
func (r result) domain(name string) (domain string, stated bool) {
	value, stated := r.property(name)
	return hostName(entity.DomainOf(value)), stated
}

// property is the value of one, "" when two are stated that differ.
func (r result) property(name string) (value string, stated bool) {
	for _, w := range r.properties {
		n, v, _ := strings.Cut(w, "=")
		switch v = strings.Trim(v, `"`); {
		case n != name:
		case stated && v != value:
			return "", true
		default:
			value, stated = v, true
		}
	}
	return value, stated
}

// hostName is the text, if it can be a host's name; it goes into records.
func hostName(s string) string {
	if len(s) > 253 || !utf8.ValidString(s) || strings.ContainsFunc(s,
		func(r rune) bool { return r <= ' ' || r == '"' || r == ',' || unicode.IsControl(r) }) {
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

// splitResults splits at semicolons and drops comments, both outside of quotes. There is always a first item. closed
// is false where a quote or a comment never ends.
func splitResults(s string) (out []string, closed bool) {
	if !strings.ContainsAny(s, `"\()`) {
		return strings.Split(s, ";"), true
	}
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
	return append(out, cur.String()), !quoted && depth == 0
}
