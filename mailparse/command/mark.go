package command

import (
	"strings"

	"batan.go.id/layanan/mailparse/lexicon"
)

// mark puts the marks of rows of words, and releases those that say nothing against an order: by the rows that count
// beside every order, or, once that is known, by those of an order with that complement.
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
