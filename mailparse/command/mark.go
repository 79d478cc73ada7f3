package command

import (
	"slices"
	"strings"

	"batan.go.id/layanan/mailparse/lexicon"
)

// mark puts the marks of rows of words, beside an order with that complement, and releases those that say nothing
// against an order.
func (s *sentence) mark(complement string) {
	m := matcher{ws: s.ws, colon: strings.HasSuffix(strings.TrimSpace(s.text), ":")}
	for _, t := range rules().marks {
		m.each(t, complement, func() { m.last().class |= t.class })
	}
	for _, t := range rules().soften {
		m.each(t, complement, m.soften)
	}
	for _, t := range rules().release {
		m.each(t, complement, m.release)
	}
	for _, t := range rules().final {
		m.each(t, complement, func() { m.last().class, m.last().free = m.last().class|t.class, false })
	}
}

// last is the last word that the last pattern matched.
func (m *matcher) last() *token { return &m.ws[m.used[len(m.used)-1]] }

// each calls do for each place at which a pattern of a table matches.
func (m *matcher) each(t *table, complement string, do func()) {
	if len(t.only) > 0 && !slices.Contains(t.only, complement) {
		return
	}
	for i := range m.ws {
		for k := range t.patterns {
			if m.match(&t.patterns[k], i) > 0 && len(m.used) > 0 {
				do()
			}
		}
	}
}

// release frees the words that the last pattern matched.
func (m *matcher) release() {
	for _, k := range m.used {
		m.ws[k].free = true
	}
}

// soften makes the marks of the words that the last pattern matched uncertain ones.
func (m *matcher) soften() {
	for _, k := range m.used {
		if w := &m.ws[k]; w.class&lexicon.Marked != 0 {
			w.class = w.class&^lexicon.Marked | lexicon.Unsure
		}
	}
}
