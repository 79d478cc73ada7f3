package command

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
)

//go:embed data
var data embed.FS

// grammar is grammar.txt and frames.txt as they are used; it must not be changed.
type grammar struct {
	before     map[string]*table // by the name of a complement, "" for what may stand before any order
	kinds      []string          // those names, sorted
	complement map[string]*table
	marks      []*table          // rows of words that are marked together
	release    []*table          // rows in which marks say nothing against an order
	final      []*table          // rows that are marked whatever was released
	soften     []*table          // rows in which they make it uncertain, and no more
	evidence   map[string]*table // by the name of a complement: rows that say that it is done, or how it went
}

var rules = sync.OnceValue(func() *grammar {
	g, err := load("grammar.txt", "frames.txt")
	if err != nil {
		panic(err) // the files are embedded
	}
	return g
})

// load reads files of patterns.
func load(files ...string) (*grammar, error) {
	g := &grammar{before: map[string]*table{}, complement: map[string]*table{}, evidence: map[string]*table{}}
	sets := map[string][]string{}
	for _, name := range files {
		b, err := data.ReadFile("data/" + name)
		if err != nil {
			return nil, err
		}
		var into []*table
		for i, line := range strings.Split(string(b), "\n") {
			switch {
			case line == "" || line[0] == '#' && !strings.HasPrefix(line, "#own") && !strings.HasPrefix(line, "#writer"):
			case line[0] == '=':
				name, words, _ := strings.Cut(line[1:], " ")
				if strings.ContainsAny(name, "|?* ") || strings.HasPrefix(words, "=") || len(into) > 0 {
					if err := addTo(into, line, sets); err != nil {
						return nil, fmt.Errorf("%s:%d: %w", files, i+1, err)
					}
					continue
				}
				sets[name] = strings.Fields(words)
			case line[0] == '[':
				into = g.section(strings.Fields(strings.NewReplacer("[", "", "]", "").Replace(line)))
			default:
				if err := addTo(into, line, sets); err != nil {
					return nil, fmt.Errorf("%s:%d: %w", files, i+1, err)
				}
			}
		}
	}
	for name := range g.before {
		if name != "" {
			g.kinds = append(g.kinds, name)
		}
	}
	slices.Sort(g.kinds)
	return g, nil
}

func addTo(into []*table, line string, sets map[string][]string) error {
	p, err := compile(line, sets)
	for _, t := range into {
		t.add(p)
	}
	return err
}

// section is the tables that a heading's patterns belong to.
func (g *grammar) section(head []string) (into []*table) {
	of := func(m map[string]*table, name string) *table {
		if m[name] == nil {
			m[name] = &table{}
		}
		return m[name]
	}
	switch head[0] {
	case "before", "evidence":
		tables := g.before
		if head[0] == "evidence" {
			tables = g.evidence
		} else if len(head) == 1 {
			head = append(head, "")
		}
		for _, name := range head[1:] {
			into = append(into, of(tables, name))
		}
		return into
	case "mark", "final":
		t := &table{class: lexicon.ClassOf(head[1]), only: head[2:]}
		if head[0] == "mark" {
			g.marks = append(g.marks, t)
		} else {
			g.final = append(g.final, t)
		}
		return []*table{t}
	case "release", "hold":
		t := &table{only: head[1:]}
		if head[0] == "release" {
			g.release = append(g.release, t)
		} else {
			g.soften = append(g.soften, t)
		}
		return []*table{t}
	}
	t := of(g.complement, head[0])
	if len(head) > 1 && (head[1] == "plain" || head[1] == "loose") {
		t.plain, t.loose = head[1] == "plain", head[1] == "loose"
		head = slices.Delete(head, 1, 2)
	}
	t.doubts, t.strict = lexicon.Marked, len(head) == 1
	if !t.strict {
		t.doubts = 0
	}
	for _, name := range head[1:] {
		if soft, ok := strings.CutPrefix(name, "?"); ok {
			t.doubts, t.strict = lexicon.Marked, true
			t.holds |= lexicon.ClassOf(soft)
		} else {
			t.doubts |= lexicon.ClassOf(name)
		}
	}
	return []*table{t}
}

// complements are the names of complements by the roots of the words that have them; what a site's own words have is
// told by their kind.
var complements = map[string]string{
	"setuju": "yes", "disposisi": "send", "terus": "send", "instruksi": "instruct", "siap": "ready", "terima": "accept",
	"tolak": "refuse", "batal": "cancel", "kembali": "return", "tarik": "withdraw", "lapor": "report",
	"kendala": "trouble",
	"tanya":   "ask", "ubah": "change", "status": "help", "bantu": "assist",
}

// complementOf is the name of a word's complement.
func complementOf(id, kind string) string {
	root := lexicon.Root(fold.Key(id), func(w string) bool { return complements[w] != "" })
	if name := complements[root]; name != "" {
		return name
	}
	switch kind {
	case Approve:
		return "yes"
	case Free:
		return "ask"
	case Form:
		return "change"
	}
	return "firm"
}
