package command

import (
	"strings"

	"batan.go.id/layanan/mailparse/lexicon"
)

// sense asks of some orders for what makes them whole.
func (r *reader) sense(ss []sentence, i int, o *order) {
	switch o.complement {
	case "ready":
		r.ready(ss, i, o)
	case "report":
		r.report(ss, i, o)
	case "trouble":
		r.trouble(&ss[i], o)
	}
}

// yesSir reports whether a word of readiness stands bare, as "yes, sir" does before another order.
func (r *reader) yesSir(s *sentence, o *order) bool {
	next := o.at + o.n
	for next < len(s.ws) && !s.ws[next].parted() && s.ws[next].class&(lexicon.Title|lexicon.Name|lexicon.Courtesy) != 0 {
		next++
	}
	return o.complement == "ready" && o.n == 1 && !o.evidence &&
		(next == len(s.ws) || s.ws[next].parted() || s.ws[next].order && !isPassive(s.ws[next].text))
}

// ready tells "it is ready" from "yes, sir". Bare, it counts only where nothing is promised and nobody addressed.
func (r *reader) ready(ss []sentence, i int, o *order) {
	s, done := &ss[i], o.evidence || o.n > 1
	well, promise := false, ""
	for k := range ss {
		from := 0
		if k == i {
			from = o.at + o.n
		}
		m := matcher{ws: ss[k].ws[from:]}
		for j := range m.ws {
			w := &m.ws[j]
			switch {
			case m.evident("ready", j):
				well = true
			case w.class&(lexicon.Task|lexicon.Proceed|lexicon.Ask) != 0 && promise == "":
				promise = ss[k].text[w.at:w.end]
			}
		}
	}
	addressed := o.at+o.n < len(s.ws)
	switch {
	case done || well:
	case promise == "" && r.doubt == NoDoubt && len(r.because) > 0: // whatever else it says, it doesn't say so
		r.doubts(Courtesy, r.because[0].Text)
	case promise != "":
		r.doubts(Courtesy, promise)
	case addressed:
		w := &s.ws[o.at+o.n]
		r.doubts(Courtesy, s.text[s.ws[o.at].at:w.end])
	}
}

// report asks for a result: a report without one is still to come.
func (r *reader) report(ss []sentence, i int, o *order) {
	result := r.mail.Result
	for k := range ss {
		m := matcher{ws: ss[k].ws}
		for j := range m.ws {
			result = result || m.evident("report", j)
		}
	}
	if !result {
		r.doubts(NoResult, "")
	}
}

// evident reports whether a row of an order's evidence begins at a word.
func (m *matcher) evident(complement string, i int) bool {
	_, n := m.longest(rules().evidence[complement], i)
	return n > 0
}

// trouble doubts a word of trouble that is over, or not there.
func (r *reader) trouble(s *sentence, o *order) {
	rest := s.ws[o.at+o.n:]
	if len(rest) == 0 && strings.ContainsAny(s.text[s.ws[o.at+o.n-1].end:], "?-") {
		r.doubts(Question, "")
	}
	for k := range rest {
		if w := &rest[k]; overcome[w.text] && (k == 0 || rest[k-1].class&lexicon.Negation == 0) {
			r.doubts(Contradiction, s.text[w.at:w.end])
		}
	}
	if strings.ContainsRune(s.text, '?') && len(rest) <= 2 {
		r.doubts(Question, "")
	}
}
