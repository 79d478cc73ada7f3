package command

import (
	"slices"
	"strings"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
)

// skipGreetings drops empty lines, greetings and our own template's lines from the beginning.
func (g *Words) skipGreetings(text string) string {
	for text != "" {
		l, rest, _ := strings.Cut(text, "\n")
		switch t := strings.TrimSpace(l); {
		case t == "", g.isOwn(t):
			text = rest
		case lexicon.IsGreeting(t) && !g.endsInCommand(t):
			text = g.skipAddress(t, rest)
		default:
			return strings.TrimLeft(text, " \t")
		}
	}
	return ""
}

// withoutOwn drops the lines of our own mails, which a program may have left when it quoted them.
func (g *Words) withoutOwn(text string) string {
	lines := strings.Split(text, "\n")
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return len(l) > 8 && g.isOwn(l) }), "\n")
}

// endsInCommand reports whether a line that greets goes on to the command: "Bismillah setuju".
func (g *Words) endsInCommand(s string) bool {
	ws := lexicon.Words(s[strings.LastIndexByte(strings.TrimRight(s, " .,!"), ' ')+1:])
	if len(ws) == 0 || !g.index.last[ws[len(ws)-1].Text] {
		return false
	}
	all := plain(lexicon.Words(s))
	for i := 1; i < len(all); i++ {
		if id, n := g.index.at(all[i:]); id != "" && i+n == len(all) && g.index.kinds[id] != Free {
			return true
		}
	}
	return false
}

// isOwn reports whether a line is text of our own mails.
func (g *Words) isOwn(s string) bool {
	if len(g.own) == 0 {
		return false
	}
	f := fold.Words(s)
	for _, o := range g.own {
		if f == o || len(f) >= 12 && strings.Count(f, " ") >= 2 && strings.Contains(o, f) {
			return true
		}
	}
	return false
}

// skipAddress drops the lines of an inside address, "Kepada Yth. / Kepala PPIKSN / di tempat", below its first one: up
// to "di tempat", or while they name persons, offices and places.
func (g *Words) skipAddress(first, rest string) string {
	f := fold.Words(first)
	if !strings.Contains(f, "yth") && !strings.Contains(f, "ysh") && !strings.Contains(f, "terhormat") &&
		!strings.HasPrefix(f, "kepada") {
		return rest
	}
	tail, named := rest, true
	for range 5 {
		l, after, ok := strings.Cut(tail, "\n")
		t := strings.TrimSpace(l)
		if k := fold.Key(t); k == "ditempat" || k == "tempat" {
			return after
		}
		if !ok || t == "" || !g.frame.Unspoken(t) {
			break
		}
		if named = named && (lexicon.IsOffice(t) || lexicon.IsName(t)); named {
			rest = after
		}
		tail = after
	}
	return rest
}
