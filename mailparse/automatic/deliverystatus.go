package automatic

import (
	"strconv"
	"strings"

	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/fold"
)

// reportedBounce reads the fields of a message/delivery-status (RFC 3464) or a message/global-delivery-status (RFC
// 6533): the first recipient that failed, else the first one.
func reportedBounce(p *entity.Part) *Bounce {
	data, _ := p.Data(256 << 10)
	return bounceInFields(entity.UnixLines(data))
}

// bounceInFields reads groups of fields between empty lines.
func bounceInFields(rest []byte) *Bounce {
	var best *Bounce
	for range 200 {
		for len(rest) > 0 && (rest[0] == '\n' || rest[0] == ' ') {
			rest = rest[1:]
		}
		if len(rest) == 0 {
			break
		}
		var f entity.Header
		before := len(rest)
		f, rest, _ = entity.SplitHeader(rest)
		if len(rest) == before {
			_, rest = entity.CutLine(rest)
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

// bounceInText finds such fields in plain text: of a report whose parts a gateway flattened.
func bounceInText(text string) *Bounce {
	i := strings.Index(fold.Lower(text), "\nfinal-recipient:")
	if i < 0 {
		return nil
	}
	if start := strings.LastIndex(text[:i], "\n\n"); start >= 0 {
		i = start
	}
	return bounceInFields([]byte(text[i:]))
}

// recipientFields reads one recipient's group (RFC 3464, 2.3); nil when it is none.
func recipientFields(f entity.Header) *Bounce {
	final, original := typedAddress(f.Get("final-recipient")), typedAddress(f.Get("original-recipient"))
	if final == "" && original == "" && !f.Has("action") && !f.Has("status") {
		return nil
	}
	r := &Bounce{Recipient: original, Action: action(f.Get("action")), Status: statusIn(f.Get("status"))}
	if r.Recipient == "" { // the original is the address that we wrote to
		r.Recipient = final
	}
	if r.Recipient == "" {
		r.Recipient = typedAddress(f.Get("x-actual-recipient"))
	}
	said := f.Get("diagnostic-code")
	if s := bestStatus(said); s != "" && (r.Status == "" || s[0] == r.Status[0] && !vague(s)) {
		r.Status = s // what the refusing server said
	}
	if class := replyClass(said); r.Status == "" && class != 0 {
		r.Status = string(class) + ".0.0"
	}
	return r
}

// action is the Action field in one of the five words that RFC 3464, 2.3.3 knows; "" when it is none. Some mailers
// write "failure" or "expired".
func action(s string) string {
	s = entity.FirstWord(s)
	for _, a := range []struct{ begin, word string }{
		{"fail", "failed"}, {"expire", "failed"}, {"undeliver", "failed"}, {"bounce", "failed"}, {"error", "failed"},
		{"delay", "delayed"}, {"defer", "delayed"}, {"deliver", "delivered"}, {"relay", "relayed"}, {"expand", "expanded"},
	} {
		if strings.HasPrefix(s, a.begin) {
			return a.word
		}
	}
	return ""
}

// typedAddress reads "rfc822; a@b" and its kin: "utf-8; …" may write characters as \x{…} (RFC 6533, 3), an ORCPT that
// was not decoded as +XX (RFC 3461, 4), X.400 hides the address in an attribute (RFC 2156).
func typedAddress(s string) string {
	typ, a, ok := strings.Cut(s, ";")
	if !ok {
		return entity.FirstAddress(s)
	}
	switch strings.ToLower(strings.TrimSpace(typ)) {
	case "utf-8":
		a = decodeUnicode(a)
	case "x400":
		if i := strings.Index(strings.ToLower(a), "/rfc-822="); i >= 0 {
			a, _, _ = strings.Cut(a[i+len("/rfc-822="):], "/")
			a = strings.Replace(a, "(a)", "@", 1)
		}
	}
	if strings.IndexByte(a, '+') >= 0 {
		a = xtext.Replace(a)
	}
	return entity.FirstAddress(a)
}

// xtext undoes what RFC 3461, 4 must encode in an address.
var xtext = strings.NewReplacer("+2B", "+", "+3D", "=", "+40", "@")

// decodeUnicode undoes "\x{10FFFF}".
func decodeUnicode(s string) string {
	if !strings.Contains(s, `\x{`) {
		return s
	}
	var out strings.Builder
	for {
		before, rest, ok := strings.Cut(s, `\x{`)
		out.WriteString(before)
		if !ok {
			return out.String()
		}
		digits, after, _ := strings.Cut(rest, "}")
		n, err := strconv.ParseUint(digits, 16, 32)
		if err != nil || n <= ' ' {
			out.WriteString(`\x{`)
			s = rest
			continue
		}
		out.WriteRune(rune(n))
		s = after
	}
}
