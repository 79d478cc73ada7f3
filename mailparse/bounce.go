package mailparse

import "strings"

// readBounce reads a delivery report; nil when the mail is none.
func readBounce(h header, b *body, root *part, m *Message) *Bounce {
	if b.report != nil {
		if r := reportedBounce(b.report); r != nil {
			fillBounce(r, h, b, m)
			return r
		}
	}
	if r := notifiedBounce(m.Text); r != nil {
		return r
	}
	if !looksLikeBounce(h, b, root, m) {
		return nil
	}
	r := enclosedBounce(b)
	if r == nil {
		r = &Bounce{}
	}
	fillBounce(r, h, b, m)
	return r
}

// enclosedBounce finds the report in a mail that a gateway wrapped into another one.
func enclosedBounce(b *body) *Bounce {
	if len(b.embedded) == 0 {
		return nil
	}
	var inner body
	inner.gather(b.embedded[0], &walker{})
	if inner.report == nil {
		return nil
	}
	if inner.returned != nil {
		b.returned = inner.returned
	}
	return reportedBounce(inner.report)
}

// reportedBounce reads the fields of a message/delivery-status (RFC 3464): the first recipient that failed, else the
// first one.
func reportedBounce(p *part) *Bounce {
	data, _ := p.data(256 << 10)
	var best *Bounce
	rest := unixLines(data)
	for range 200 {
		for len(rest) > 0 && (rest[0] == '\n' || rest[0] == ' ') {
			rest = rest[1:]
		}
		if len(rest) == 0 {
			break
		}
		var f header
		before := len(rest)
		f, rest, _ = splitHeader(rest)
		if len(rest) == before {
			_, rest = cutLine(rest)
		}
		r := recipientFields(f)
		if r == nil {
			continue
		}
		if best == nil || best.Action != "failed" && r.Action == "failed" {
			best = r
		}
	}
	return best
}

func recipientFields(f header) *Bounce {
	final, original := typedAddress(f.get("final-recipient")), typedAddress(f.get("original-recipient"))
	if final == "" && original == "" && !f.has("action") && !f.has("status") {
		return nil
	}
	r := &Bounce{Recipient: original, Action: firstWord(f.get("action")), Status: statusIn(f.get("status"))}
	if r.Recipient == "" { // the original is the address that we wrote to
		r.Recipient = final
	}
	if r.Recipient == "" {
		r.Recipient = typedAddress(f.get("x-actual-recipient"))
	}
	if s := statusIn(f.get("diagnostic-code")); s != "" && (r.Status == "" || s[0] == r.Status[0] && !strings.HasSuffix(s, ".0.0")) {
		r.Status = s // what the refusing server said
	}
	if r.Status == "" {
		r.Status = replyCode(f.get("diagnostic-code"))
	}
	return r
}

// typedAddress reads "rfc822; a@b".
func typedAddress(s string) string {
	if _, a, ok := strings.Cut(s, ";"); ok {
		s = a
	}
	return firstAddress(s)
}

// bestStatus is the first status code of a text that says more than its class.
func bestStatus(s string) string {
	first := ""
	for range 50 {
		code := statusIn(s)
		if code == "" {
			break
		}
		if first == "" || first[0] == '2' {
			first = code
		}
		if !strings.HasSuffix(code, ".0.0") && code[0] != '2' {
			return code
		}
		s = s[strings.Index(s, code)+len(code):]
	}
	return first
}

// replyCode makes a status of an SMTP reply code: 550 is 5.0.0.
func replyCode(s string) string {
	for i := 0; i+2 < len(s); i++ {
		if (s[i] == '4' || s[i] == '5') && s[i+1] >= '0' && s[i+1] <= '5' && isDigit(s[i+2]) &&
			(i == 0 || !isDigit(s[i-1]) && s[i-1] != '.' && s[i-1] != ':') && (i+3 == len(s) || s[i+3] == ' ' || s[i+3] == '-' || s[i+3] == '\n') {
			return s[i:i+1] + ".0.0"
		}
	}
	return ""
}

// statusIn finds an enhanced status code (RFC 3463) in a text.
func statusIn(s string) string {
	for i := 0; i+4 < len(s); i++ {
		if (s[i] != '2' && s[i] != '4' && s[i] != '5') || s[i+1] != '.' || i > 0 && (isDigit(s[i-1]) || s[i-1] == '.') {
			continue
		}
		j := i + 2
		for j < len(s) && isDigit(s[j]) {
			j++
		}
		if j == i+2 || j > i+5 || j >= len(s) || s[j] != '.' {
			continue
		}
		k := j + 1
		for k < len(s) && isDigit(s[k]) {
			k++
		}
		if k == j+1 || k > j+4 || k+1 < len(s) && s[k] == '.' && isDigit(s[k+1]) {
			continue
		}
		return s[i:k]
	}
	return ""
}
