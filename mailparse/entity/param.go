package entity

import (
	"sort"
	"strconv"
	"strings"
)

// ParseParams reads "value; name=text; …" (RFC 2045, 5.1), with RFC 2231 continuations and charsets. Names and the
// value are lower-case. Missing quotes, stray semicolons and duplicates (the first wins) are accepted.
func ParseParams(s string) (value string, params map[string]string) {
	if s == "" {
		return "", nil
	}
	if v, p, ok := readParams(s); ok {
		return v, p
	}
	items := splitParams(s)
	value = strings.ToLower(strings.TrimSpace(items[0]))
	value = strings.Join(strings.Fields(value), "")
	var parts []paramPart
	for _, it := range items[1:] {
		name, text, ok := strings.Cut(it, "=")
		if !ok {
			continue
		}
		p := paramPart{name: strings.ToLower(strings.TrimSpace(name)), text: unquote(strings.TrimSpace(text))}
		p.split()
		parts = append(parts, p)
	}
	if len(parts) == 0 {
		return value, nil
	}
	return value, joinParams(parts)
}

// paramPart is one section of a parameter: name*1*=text.
type paramPart struct {
	name, text string
	section    int
	extended   bool
}

func (p *paramPart) split() {
	if n, ok := strings.CutSuffix(p.name, "*"); ok {
		p.name, p.extended = n, true
	}
	if n, num, ok := strings.Cut(p.name, "*"); ok {
		if i, err := strconv.Atoi(num); err == nil {
			p.name, p.section = n, i
		}
	}
}

func joinParams(parts []paramPart) map[string]string {
	// where a name is given in both ways, the encoded one is whole (RFC 6266, 4.3)
	sort.SliceStable(parts, func(i, j int) bool {
		if parts[i].section != parts[j].section {
			return parts[i].section < parts[j].section
		}
		return parts[i].extended && !parts[j].extended
	})
	params, charsets, last := map[string]string{}, map[string]string{}, map[string]int{}
	for _, p := range parts {
		if at, ok := last[p.name]; ok && at >= p.section {
			continue
		}
		last[p.name] = p.section
		text := p.text
		if p.extended {
			if _, seen := params[p.name]; !seen {
				if c, rest, ok := strings.Cut(text, "'"); ok {
					if _, t, ok := strings.Cut(rest, "'"); ok {
						charsets[p.name], text = c, t
					}
				}
			}
			text = unpercent(text)
		}
		params[p.name] += text
	}
	for name, text := range params {
		if c, ok := charsets[name]; ok {
			params[name], _ = ToUTF8([]byte(text), c)
		} else if name != "boundary" {
			params[name] = DecodeWords(text)
		}
	}
	return params
}

// splitParams splits at semicolons outside of quotes; there is always at least one item.
func splitParams(s string) []string {
	var out []string
	start, quoted := 0, false
	for i := 0; i < len(s) && len(out) < 100; i++ {
		switch c := s[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case c == ';' && (!quoted || strings.IndexByte(s[i:], '"') < 0):
			out = append(out, s[start:i])
			start = i + 1
		}
	}
	return append(out, s[start:])
}

// unquote takes the quotes off a quoted string; other text loses a trailing comment.
func unquote(s string) string {
	if !strings.HasPrefix(s, `"`) {
		s, _, _ = strings.Cut(s, " (")
		return strings.Trim(s, `"' `)
	}
	var out strings.Builder
	end := strings.LastIndexByte(s, '"') // quotes within may lack their backslash
	if end == 0 {
		end = len(s)
	}
	for i := 1; i < end; i++ {
		if s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\') {
			i++
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

func unpercent(s string) string {
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			out.WriteByte(unhex(s[i+1])<<4 | unhex(s[i+2]))
			i += 2
			continue
		}
		out.WriteByte(s[i])
	}
	return out.String()
}
