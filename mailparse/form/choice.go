package form

import (
	"slices"
	"strings"
	"unicode/utf8"

	"batan.go.id/layanan/mailparse/fold"
)

// choiceNames are other names of the usual choices, folded.
var choiceNames = map[string][]string{
	"telp":           {"telepon", "telpon", "telephone", "phone", "tlp", "tel"},
	"email":          {"e mail", "surel", "surat elektronik"},
	"sms":            {"pesan singkat"},
	"datanglangsung": {"datang", "tatap muka", "walk in"},
}

// chosen is what a list of choices shows of one of them.
type chosen struct {
	name          string
	marked, blank bool // ticked; beside an empty box
}

// readChoice finds the choice that a person made: the only one named, or, of several, the one that was kept, ticked or
// emphasised. "" means that the printed list was left as it is; what is none of it is returned as written.
func readChoice(v string, choices []string) string {
	list := listChoices(stripStruck(v), choices)
	var marked, open []string
	for _, c := range list {
		if c.marked {
			marked = append(marked, c.name)
		}
		if !c.blank {
			open = append(open, c.name)
		}
	}
	switch {
	case len(marked) == 1:
		return marked[0]
	case len(marked) > 1:
		return strings.Join(marked, ", ")
	case len(list) == 1:
		return list[0].name
	case len(list) >= len(choices), len(list) > 1 && len(open) == 0:
		return ""
	}
	return v
}

// listChoices finds the choices that a text names, and the marks at them.
func listChoices(v string, choices []string) []chosen {
	var out []chosen
	before := "" // what stands between the choice before and this one
	for rest := v; rest != ""; {
		name, n := choiceAt(rest, choices)
		if n == 0 || before != "" && fold.IsLetter(lastRune(before)) {
			_, n = utf8.DecodeRuneInString(rest)
			before, rest = before+rest[:n], rest[n:]
			continue
		}
		lead, trail := markSides(before, len(out) > 0)
		if len(out) > 0 {
			out[len(out)-1].mark(trail)
		}
		c := chosen{name: name}
		c.mark(lead)
		if !slices.ContainsFunc(out, func(o chosen) bool { return o.name == name }) {
			out = append(out, c)
		}
		before, rest = "", rest[n:]
	}
	if len(out) > 0 {
		out[len(out)-1].mark(before)
	}
	return out
}

// markSides parts what stands between two choices: at the separator, or where a box for the next one begins.
func markSides(between string, inner bool) (lead, trail string) {
	if !inner {
		return between, ""
	}
	if i := strings.IndexAny(between, "/,;|"); i >= 0 {
		return between[i+1:], between[:i]
	}
	return between, ""
}

// mark takes in the marks beside a choice.
func (c *chosen) mark(s string) {
	s = strings.ToLower(s)
	t := strings.Trim(s, " .:)]([")
	switch {
	case strings.ContainsAny(s, "✓✔√☑☒✗✘●◉") || t == "x" || t == "v":
		c.marked = true
	case strings.HasSuffix(s, "*") || strings.HasPrefix(s, "*") && !strings.HasPrefix(s, "*)"), strings.HasSuffix(s, "_"):
		c.marked = true
	case strings.ContainsAny(s, "☐□○") || strings.Contains(s, "[]") || strings.Contains(s, "[ ]") ||
		strings.Contains(s, "( )") || strings.Contains(s, "()"):
		c.blank = true
	}
}

// choiceAt is the choice that s begins with, and the length of its name there.
func choiceAt(s string, choices []string) (name string, length int) {
	for _, c := range choices {
		for _, n := range append([]string{fold.Words(c)}, choiceNames[fold.Key(c)]...) {
			if l := foldedPrefix(s, n); l > length {
				name, length = c, l
			}
		}
	}
	return name, length
}

// foldedPrefix is the length of the text at the beginning of s that folds to the words; 0 when others stand there.
func foldedPrefix(s, words string) int {
	i := 0
	for k := 0; k < len(words); k++ {
		if words[k] == ' ' {
			for i < len(s) && (s[i] == ' ' || s[i] == '-') {
				i++
			}
			continue
		}
		if i >= len(s) || s[i]|0x20 != words[k] {
			return 0
		}
		i++
	}
	if i < len(s) {
		if r, _ := utf8.DecodeRuneInString(s[i:]); fold.IsLetter(r) {
			return 0
		}
	}
	return i
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// stripStruck takes out what is struck out by signs: ~~Email~~, ~Email~, --Email--, -Email-.
func stripStruck(v string) string {
	for _, sign := range []string{"~~", "~", "--", "-"} {
		parts := strings.Split(v, sign)
		if len(parts) < 3 || len(parts) > 40 {
			continue
		}
		var out strings.Builder
		for i := 0; i < len(parts); i++ {
			struck := i > 0 && i+1 < len(parts) && parts[i] != "" && parts[i] == strings.TrimSpace(parts[i]) &&
				opens(parts[i-1]) && closes(parts[i+1])
			if !struck {
				if i > 0 && out.Len() > 0 && !strings.HasSuffix(out.String(), "\x00") {
					out.WriteString(sign)
				}
				out.WriteString(parts[i])
				continue
			}
			out.WriteString("\x00") // no sign of its own on either side
		}
		v = strings.ReplaceAll(out.String(), "\x00", "")
	}
	return v
}

func opens(before string) bool {
	return before == "" || !fold.IsLetter(lastRune(before))
}

func closes(after string) bool {
	r, _ := utf8.DecodeRuneInString(after)
	return after == "" || !fold.IsLetter(r)
}
