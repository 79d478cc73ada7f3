package command

import (
	"math/bits"
	"slices"

	"batan.go.id/layanan/mailparse/lexicon"
)

// table is patterns, found by the first word that they may begin with: most words begin few of them.
type table struct {
	patterns []pattern
	byWord   map[string][]int
	byClass  [64][]int
	always   []int // they may begin with anything

	class  lexicon.Class // that the words of a row get
	only   []string      // the complements beside which they do; all where none is named
	doubts lexicon.Class // the marks that are a doubt in the note of a complement
	holds  lexicon.Class // those of them that only hold the order
	strict bool          // such a note must be understood
	loose  bool          // but may name what is not known in a clause with work
	plain  bool          // and may tell nothing but where, when, with whom and how well, in a clause without work
}

func (t *table) add(p pattern) {
	if t.byWord == nil {
		t.byWord = map[string][]int{}
	}
	i := len(t.patterns)
	t.patterns = append(t.patterns, p)
	words, class, any := p.first()
	if any {
		t.always = append(t.always, i)
		return
	}
	for w := range words {
		t.byWord[w] = append(t.byWord[w], i)
	}
	for class != 0 {
		bit := bits.TrailingZeros64(uint64(class))
		t.byClass[bit] = append(t.byClass[bit], i)
		class &^= 1 << bit
	}
}

// first is what a pattern may begin with; any says that this can't be told.
func (p *pattern) first() (words map[string]bool, class lexicon.Class, any bool) {
	words = map[string]bool{}
	for i := range p.items {
		it := &p.items[i]
		switch {
		case it.sign == "^", it.not:
			continue
		case it.sign != "", it.gap > 0:
			return nil, 0, true
		}
		for w := range it.words {
			words[w] = true
		}
		class |= it.class
		if !it.optional && !it.repeated {
			return words, class, words["#writer"]
		}
	}
	return nil, 0, true
}

// candidates calls try for each pattern that may begin with a word, in no order; one may come twice.
func (t *table) candidates(w *token, try func(i int)) {
	for _, i := range t.byWord[w.text] {
		try(i)
	}
	for class := w.class; class != 0; class &= class - 1 {
		for _, i := range t.byClass[bits.TrailingZeros64(uint64(class))] {
			try(i)
		}
	}
	for _, i := range t.always {
		try(i)
	}
}

// longest is the pattern of a table that matches the most words from the i-th on, and how many; nil and 0 when none
// does. Of two that match as many, the first in its file counts.
func (m *matcher) longest(t *table, i int) (p *pattern, n int) {
	if t == nil {
		return nil, 0
	}
	best := len(t.patterns)
	m.kept = m.kept[:0]
	t.candidates(&m.ws[i], func(k int) {
		if k == best {
			return
		}
		if got := m.match(&t.patterns[k], i); got > n || got == n && got > 0 && k < best {
			n, best = got, k
			m.kept = append(m.kept[:0], m.used...)
		}
	})
	if n == 0 {
		return nil, 0
	}
	m.used, m.kept = m.kept, m.used
	return &t.patterns[best], n
}

// each calls do for each place at which a pattern of a table matches.
func (m *matcher) each(t *table, complement string, do func()) {
	if complement == "" && len(t.only) > 0 || complement != "" && !slices.Contains(t.only, complement) {
		return
	}
	for i := range m.ws {
		t.candidates(&m.ws[i], func(k int) {
			if m.match(&t.patterns[k], i) > 0 && len(m.used) > 0 {
				do()
			}
		})
	}
}
