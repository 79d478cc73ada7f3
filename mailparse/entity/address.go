package entity

import (
	"strings"
	"unicode"

	"batan.go.id/layanan/mailparse/fold"
)

// Address is one mailbox of an address list.
type Address struct{ Name, Addr string }

const maxAddresses = 500

// parseAddresses reads an address list (RFC 5322, 3.4), and what is not quite one: missing brackets, missing quotes,
// groups, encoded words anywhere. Addresses come out in lower case.
func Addresses(s string) []Address {
	var out []Address
	for _, item := range splitList(s) {
		name, addr, comment := cutAddress(item)
		if addr == "" {
			continue
		}
		if name = cleanName(name); name == "" {
			name = cleanName(comment)
		}
		if out = append(out, Address{name, addr}); len(out) == maxAddresses {
			break
		}
	}
	return out
}

// BareAddresses reads an address list without its names.
func BareAddresses(s string) []string {
	var out []string
	for _, item := range splitList(s) {
		if _, addr, _ := cutAddress(item); addr != "" {
			if out = append(out, addr); len(out) == maxAddresses {
				break
			}
		}
	}
	return out
}

// FirstAddress is the first address of a list, "" when there is none.
func FirstAddress(s string) string {
	for _, item := range splitList(s) {
		if _, addr, _ := cutAddress(item); addr != "" {
			return addr
		}
	}
	return ""
}

// splitList splits at commas, semicolons and group names, outside of quotes, comments and brackets; and before
// brackets that follow a mailbox's own.
//
// One case for each sign of the grammar.
//
//gocyclo:ignore
func splitList(s string) []string {
	var out []string
	start, comment := 0, 0
	quoted, angle, closed, at := false, false, false, false // at: there is one since start
	for i := 0; i < len(s); i++ {
		at = at || s[i] == '@'
		switch c := s[i]; {
		case c == '\\' && (quoted || comment > 0):
			i++
		case quoted:
			quoted = c != '"'
		case c == '(':
			comment++
		case c == ')' && comment > 0:
			comment--
		case comment > 0:
		case c == '"' && strings.IndexByte(s[i+1:], '"') >= 0:
			quoted = true
		case c == '<' && closed: // a second mailbox without a comma: whose mail is it?
			out = append(out, s[start:i])
			start, angle, closed, at = i, true, false, false
		case c == '<':
			angle = true
		case c == '>':
			angle, closed = false, angle
		case (c == ',' || c == ';') && !angle:
			out = append(out, s[start:i])
			start, closed, at = i+1, false, false
		case c == ':' && !angle && !at: // a group's name
			start = i + 1
		}
	}
	return append(out, s[start:])
}

// cutAddress reads one mailbox: its address, and what stands beside it, still encoded.
func cutAddress(s string) (name, addr, comment string) {
	text, comment := DropComments(s)
	if i := strings.LastIndexByte(text, '<'); i >= 0 {
		name = text[:i]
		addr, _, _ = strings.Cut(text[i+1:], ">")
		if !strings.Contains(addr, "@") && strings.Contains(name, "@") { // "a@b <>"
			addr, name = name, ""
		}
	} else {
		var words []string
		for f := range strings.FieldsSeq(text) {
			if strings.Contains(f, "@") {
				addr = f
			} else {
				words = append(words, f)
			}
		}
		name = strings.Join(words, " ")
		if addr == "" && strings.Contains(text, "@") {
			addr = text
		}
	}
	return name, BareAddress(addr), comment
}

// DropComments takes "(comments)" out of an address, and returns the last of them.
func DropComments(s string) (text, comment string) {
	if strings.IndexByte(s, '(') < 0 {
		return s, ""
	}
	var out, note strings.Builder
	depth, quoted := 0, false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case depth == 0 && c == '"':
			quoted = !quoted
		case !quoted && c == '(':
			if depth++; depth == 1 {
				note.Reset()
				continue
			}
		case !quoted && c == ')' && depth > 0:
			if depth--; depth == 0 {
				continue
			}
		}
		if depth > 0 {
			note.WriteByte(c)
		} else {
			out.WriteByte(c)
		}
	}
	return out.String(), note.String()
}

// BareAddress makes one comparable address out of what stood between brackets: lower case, no blanks, no source route.
// Nothing else is normalised: an address with an invisible character in it is not the address without, nor is one with
// the sign for Kelvin that with the letter k.
func BareAddress(s string) string {
	if i := strings.LastIndex(s, "mailto:"); i >= 0 {
		s = s[i+len("mailto:"):]
	}
	if strings.HasPrefix(s, "@") { // RFC 822 source route
		if i := strings.IndexByte(s, ':'); i >= 0 {
			s = s[i+1:]
		}
	}
	if !plainAddress(s) {
		s = strings.Trim(fold.Lower(strings.ToValidUTF8(s, "\uFFFD")), " \t\r\n<>\"'`,;:.[]()")
		s = strings.Join(strings.Fields(s), "")
	}
	at := strings.LastIndexByte(s, '@')
	if at <= 0 || at == len(s)-1 || len(s) > 320 || strings.ContainsFunc(s, notInAddress) {
		return ""
	}
	if strings.IndexByte(s, '"') < 0 {
		return s
	}
	return strings.Trim(s[:at], `"`) + s[at:]
}

// notInAddress is what no address holds, however it is quoted.
func notInAddress(r rune) bool { return unicode.IsControl(r) || r == '<' || r == '>' }

// plainAddress reports whether an address is already as it is compared.
func plainAddress(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '@' && c != '-' && c != '_' && c != '+' &&
			(c != '.' || i == 0 || i == len(s)-1) {
			return false
		}
	}
	return true
}

// cleanName is a display name without its quotes, decoded.
func cleanName(s string) string {
	s = strings.TrimSpace(s)
	s = strings.ReplaceAll(s, `\"`, "'")
	s = strings.Trim(s, `"' `)
	s = strings.ReplaceAll(s, `\`, "")
	return fold.Squeeze(DecodeWords(s))
}

// MessageIDs reads the Message-IDs of a field, without brackets; the last 50 of a very long list.
func MessageIDs(values []string) []string {
	var out []string
	for _, s := range values {
		for {
			i := strings.IndexByte(s, '<')
			if i < 0 {
				break
			}
			j := strings.IndexByte(s[i:], '>')
			if j < 0 {
				break
			}
			id := s[i+1 : i+j]
			if strings.ContainsAny(id, " \t") {
				id = strings.Join(strings.Fields(id), "")
			}
			if id != "" && len(id) < 1000 {
				out = append(out, id)
			}
			s = s[i+j+1:]
		}
	}
	if len(out) > 50 {
		out = out[len(out)-50:]
	}
	return out
}

// DomainOf is the part after the last "@", lower-case; the whole where there is none.
func DomainOf(addr string) string {
	return strings.ToLower(addr[strings.LastIndexByte(addr, '@')+1:])
}
