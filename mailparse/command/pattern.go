package command

import (
	"fmt"
	"strings"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
)

// token is one word of a sentence.
type token struct {
	text    string // folded
	at, end int    // its place in the sentence
	class   lexicon.Class
	sign    rune // the sign that parts it from the word before: , : . ( / – or a line break; 0 when there is none
	free    bool // a frame releases its mark
	order   bool // an order may begin here
	writer  bool // part of the writer's own name
}

func (t *token) marked() bool { return t.class&lexicon.Marked != 0 && !t.free }

// parted reports whether a clause ends before the token.
func (t *token) parted() bool {
	return t.sign != 0 && !strings.ContainsRune("/&-'’+*\"“”", t.sign)
}

// pattern is a row of items, each of which one word must match; the files grammar.txt and frames.txt are made of
// them, and say how they are written.
type pattern struct {
	source string
	items  []item
	note   bool // what follows is a note
	unsure bool // and the whole is not quite understood
}

type item struct {
	words    map[string]bool
	class    lexicon.Class
	optional bool // ?
	repeated bool // *
	not      bool // ! the next word is none of these
	gap      int  // so many words that are not marked, at most; the item matches nothing else
	sign     string
}

// maxGap is how many words "..." stands for, at most.
const (
	maxGap = 6
	maxRun = 12 // of a repeated item
)

// compile reads a pattern. sets are the named lists of words, "=who".
func compile(source string, sets map[string][]string) (p pattern, err error) {
	p.source = source
	fields := strings.Fields(source)
	if n := len(fields) - 1; n >= 0 && (fields[n] == ">" || fields[n] == ">?") {
		p.note, p.unsure, fields = true, fields[n] == ">?", fields[:n]
	}
	for _, f := range fields {
		it := item{words: map[string]bool{}}
		switch {
		case f == "..":
			it.gap = maxGap / 2
		case f == "...":
			it.gap = maxGap
		case f == "....":
			it.gap = 4 * maxGap
		case f == "," || f == "$" || f == "^" || f == ":" || f == "!:":
			it.sign = f
		default:
			f, it.not = strings.CutPrefix(f, "!")
			f, it.optional = strings.CutSuffix(f, "?")
			f, it.repeated = strings.CutSuffix(f, "*")
			if err = it.choices(f, sets); err != nil {
				return p, fmt.Errorf("%q: %w", source, err)
			}
		}
		p.items = append(p.items, it)
	}
	return p, nil
}

func (it *item) choices(f string, sets map[string][]string) error {
	for choice := range strings.SplitSeq(f, "|") {
		switch name := choice[1:]; {
		case choice[0] == '@':
			c := lexicon.ClassOf(name)
			if c == 0 {
				return fmt.Errorf("there is no class %s", name)
			}
			it.class |= c
		case choice[0] == '=':
			if sets[name] == nil {
				return fmt.Errorf("there is no list %s", name)
			}
			for _, w := range sets[name] {
				if err := it.choices(w, sets); err != nil {
					return err
				}
			}
		case choice[0] == '#':
			it.words[choice] = true
		default:
			it.words[fold.Key(choice)] = true
		}
	}
	return nil
}

// matcher tries patterns on the words of one sentence.
type matcher struct {
	ws    []token
	colon bool  // the sentence ends in one
	kept  []int // the same, of the longest pattern so far
	used  []int // the words that items other than a gap matched
}

// match returns how many words from the i-th on p matches, 0 when it doesn't match.
func (m *matcher) match(p *pattern, i int) int {
	m.used = m.used[:0]
	if len(p.items) == 0 { // anything
		return 1
	}
	if end := m.rest(p.items, i, i); end > i {
		return end - i
	}
	return 0
}

// rest matches items from the i-th word on and returns where they end, -1 when they don't match. from is where the
// pattern began: a sign before its first word is not its matter.
func (m *matcher) rest(items []item, i, from int) int {
	if len(items) == 0 {
		return i
	}
	it, rest := &items[0], items[1:]
	switch {
	case it.sign != "":
		if !m.signed(it.sign, i) {
			return -1
		}
		return m.rest(rest, i, i)
	case it.gap > 0:
		return m.gap(it, rest, i, from)
	case it.not:
		if m.holds(it, i, from) {
			return -1
		}
		return m.rest(rest, i, from)
	}
	return m.run(it, rest, i, from)
}

// gap matches words that are not marked, as few as it can.
func (m *matcher) gap(it *item, rest []item, i, from int) int {
	for n := 0; ; n++ {
		if end := m.rest(rest, i+n, from); end >= 0 {
			return end
		}
		if k := i + n; n == it.gap || k == len(m.ws) || m.ws[k].marked() || m.ws[k].order || k > from && m.ws[k].parted() {
			return -1
		}
	}
}

// run matches the words that an item holds, as many as it can.
func (m *matcher) run(it *item, rest []item, i, from int) int {
	least, most := 1, 1
	if it.repeated {
		most = maxRun
	}
	if it.optional || it.repeated {
		least = 0
	}
	n, kept := 0, len(m.used)
	for n < most && m.holds(it, i+n, from) {
		n++
	}
	for ; n >= least; n-- {
		m.used = m.used[:kept]
		for k := range n {
			m.used = append(m.used, i+k)
		}
		if end := m.rest(rest, i+n, from); end >= 0 {
			return end
		}
	}
	m.used = m.used[:kept]
	return -1
}

// holds reports whether an item matches the i-th word, which belongs to the clause of the word before it.
func (m *matcher) holds(it *item, i, from int) bool {
	return i < len(m.ws) && (i <= from || !m.ws[i].parted()) && it.holds(&m.ws[i])
}

// holds reports whether an item matches a word. A class of plain words holds none that is marked.
func (it *item) holds(t *token) bool {
	c := t.class & it.class
	return it.words[t.text] || c&lexicon.Marked != 0 || c != 0 && !t.marked() || t.writer && it.words["#writer"]
}

// signed reports whether the sign of a pattern stands before the i-th word.
func (m *matcher) signed(sign string, i int) bool {
	switch sign {
	case "$":
		return i == len(m.ws) || m.ws[i].parted()
	case "^":
		return i == 0 || i < len(m.ws) && m.ws[i].parted()
	case "!:":
		return i == len(m.ws) || m.ws[i].sign != ':'
	case ":":
		return i < len(m.ws) && m.ws[i].sign == ':' || i == len(m.ws) && m.colon
	}
	return i == len(m.ws) || m.ws[i].parted()
}
