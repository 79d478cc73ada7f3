package command

import (
	"cmp"
	"slices"
	"strings"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
)

// reader reads the answer of one mail.
type reader struct {
	*Words
	mail    *Mail
	word    string // the order that was found
	because []Because
	doubt   Doubt // the first of them that is one; the others are not understood
}

// order is the command that was found in a sentence.
type order struct {
	id         string
	complement string // the name of what may follow
	at, n      int    // the words of the command
	evidence   bool   // what stands before it says that it is done
}

const (
	maxText    = 16 << 10 // bytes of an answer: whoever writes more has more to say than an order
	maxPolite  = 5        // sentences before the order
	maxBecause = 8        // reasons that are told
)

// doubts notes what speaks against the order; nothing that is only not understood is told beside it.
func (r *reader) doubts(code Code, text string) {
	if r.doubt == NoDoubt {
		r.doubt, r.because = Doubt{code, strings.ToLower(text)}, nil
	}
	r.tell(code, text)
}

// holds notes what is not understood.
func (r *reader) holds(text string) {
	if r.doubt == NoDoubt {
		r.tell(Unknown, text)
	}
}

func (r *reader) tell(code Code, text string) {
	if len(r.because) < maxBecause {
		r.because = append(r.because, Because{text, code})
	}
}

// read reads what was newly written; nil when it orders nothing.
func (r *reader) read(text string) *Command {
	text = r.skipGreetings(text)
	if id := r.bareYes(text); id != "" {
		return &Command{Word: id}
	}
	long := len(text) > maxText
	ss := r.sentences(r.unsigned(text[:min(len(text), maxText)]))
	first := ss[:min(len(ss), maxPolite+1)]
	for i := range ss {
		ss[i].mark("")
	}
	for i := range first {
		o := r.find(&ss[i], 0)
		if o != nil && r.yesSir(&ss[i], o) {
			if next := r.find(&ss[i], o.at+1); next != nil {
				o = next
			} else if i+1 < len(ss) {
				if next := r.find(&ss[i+1], 0); next != nil && next.complement != "ready" {
					continue
				}
			}
		}
		if o != nil {
			if long {
				r.doubts(Length, "")
			}
			return r.judge(text, ss, i, o)
		}
	}
	for i := range first {
		if c := r.misplaced(&ss[i]); c != nil {
			return c
		}
	}
	return nil
}

// judge reads the order in the i-th sentence, and all that stands around it as its note.
func (r *reader) judge(text string, ss []sentence, i int, o *order) *Command {
	s, rule := &ss[i], rules().complement[o.complement]
	if rule.strict && disguised(text) {
		r.doubts(Script, "")
	}
	r.word = o.id
	c := &Command{Word: o.id, Note: r.note(text[s.at+s.ws[o.at+o.n-1].end:])}
	for k := range ss {
		if ss[k].mark(o.complement); ss[k].long {
			r.doubts(Length, "")
		}
	}
	r.position(s, o)
	next := r.complementEnd(s, o, rule)
	for k := range ss {
		if k == i {
			r.rest(s, next, o, rule)
		} else {
			r.rest(&ss[k], 0, nil, rule)
		}
	}
	r.sense(ss, i, o)
	c.Because, c.Doubt, c.Hold = r.because, r.doubt, r.doubt == NoDoubt && len(r.because) > 0
	return c
}

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

// find finds the order that a sentence gives from one of its words on: the command word that they begin with, after
// what may stand before it. Where they begin with none, a later clause may.
func (r *reader) find(s *sentence, i int) *order {
	m := matcher{ws: s.ws}
	for late := false; i < len(s.ws); late = true {
		for i < len(s.ws) {
			if o := r.orderAt(&m, i); o != nil && (!late || r.lateOrders(o)) {
				return o
			}
			_, n := m.longest(rules().before[""], i)
			if n == 0 {
				break
			}
			m.release()
			i += n
		}
		for i++; i < len(s.ws) && !s.ws[i].parted(); i++ {
		}
	}
	return nil
}

// lateOrders reports whether an order may stand behind another clause of its sentence: "Sudah saya cek, setuju".
func (r *reader) lateOrders(o *order) bool {
	k := r.index.kinds[o.id]
	return (k == Approve || k == Firm) && o.complement != "help" && o.complement != "firm"
}

// orderAt is the order that stands at a word, itself or behind what only its own kind may have before it.
func (r *reader) orderAt(m *matcher, i int) *order {
	for name, t := range rules().before {
		if name == "" {
			continue
		}
		if o := r.behind(m, t, name, i); o != nil {
			return o
		}
	}
	id, n := r.index.at(m.ws[i:])
	if id == "" {
		return nil
	}
	return r.whole(m, &order{id: id, complement: r.index.complement[id], at: i, n: n})
}

// whole is the order, or the one that it only introduces; nil where it is only spoken of.
func (r *reader) whole(m *matcher, o *order) *order {
	if o.complement == "assist" && !r.onlyHelp(m, o.at+o.n) {
		return nil
	}
	return cmp.Or(r.heads(m, o), o)
}

// heads finds the order that a word only introduces, as a heading ("Disposisi: setuju", "Status: siap") or as a report
// ("Dilaporkan bahwa peralatan telah siap", "Lapor kendala").
func (r *reader) heads(m *matcher, o *order) *order {
	next := o.at + o.n
	heading := next < len(m.ws) && m.ws[next].sign == ':' && (o.complement == "send" || o.complement == "instruct" || o.complement == "help")
	if heading {
		if found := r.orderAt(m, next); found != nil && r.lateOrders(found) {
			return found
		}
	}
	if o.complement != "report" {
		return nil
	}
	for i := next; i < len(m.ws); i++ {
		id, n := r.index.at(m.ws[i:])
		switch r.index.complement[id] {
		case "ready":
			return &order{id: id, complement: "ready", at: i, n: n, evidence: true}
		case "trouble":
			if i == next {
				return &order{id: id, complement: "trouble", at: i, n: n}
			}
		}
	}
	return nil
}

// onlyHelp reports whether nothing but help is asked for: "mohon bantuan Bu Ani menyiapkan ruang" is no BANTUAN.
func (r *reader) onlyHelp(m *matcher, i int) bool {
	for i < len(m.ws) && !m.ws[i].parted() {
		_, n := m.longest(rules().complement["assist"], i)
		if n == 0 {
			return false
		}
		i += n
	}
	return true
}

// behind finds an order behind what only its own kind may have before it: "Permohonan ini kami" before "setujui".
func (r *reader) behind(m *matcher, t *table, name string, i int) *order {
	from, evidence := i, false
	for i < len(m.ws) {
		if i > from {
			if id, n := r.index.at(m.ws[i:]); id != "" && r.index.complement[id] == name &&
				(!m.ws[i].parted() || name == "ready") {
				return r.whole(m, &order{id: id, complement: name, at: i, n: n, evidence: evidence})
			}
		}
		_, n := m.longest(t, i)
		if n == 0 && i > from {
			_, n = m.longest(rules().before[""], i)
		} else {
			evidence = evidence || n > 0
		}
		if n == 0 {
			return nil
		}
		m.release()
		i += n
	}
	return nil
}

// misplaced is the doubt about a command word that stands where none is looked for; nil when there is none.
func (r *reader) misplaced(s *sentence) *Command {
	for i := range s.ws {
		id, n := r.index.at(s.ws[i:])
		if id == "" || r.index.kinds[id] == Free {
			continue
		}
		r.because = nil
		for k := range s.ws[:i] {
			if w := &s.ws[k]; w.marked() {
				r.doubts(Code(w.class.Mark()), s.text[w.at:w.end])
			}
		}
		if strings.ContainsRune(s.text, '?') {
			r.doubts(Question, "")
		}
		if r.doubt == NoDoubt {
			r.doubts(Position, s.text[s.ws[i].at:s.ws[i+n-1].end])
		}
		return &Command{Word: id, Note: strings.TrimSpace(s.text), Doubt: r.doubt, Because: r.because}
	}
	return nil
}

// position doubts a word that is printed or talked about rather than said: a label ("Disetujui oleh: ____", "Bapak:
// setuju"), a signature block ("Menyetujui,"), quotation marks.
func (r *reader) position(s *sentence, o *order) {
	first, last := &s.ws[o.at], &s.ws[o.at+o.n-1]
	before, after := s.text[:first.at], strings.TrimLeft(s.text[last.end:], " \t*_\"'”’)")
	alone := o.at+o.n == len(s.ws)
	switch passive := isPassive(last.text); {
	case o.at > 0 && first.sign == ':' && deputising[s.ws[0].text]:
		return
	case o.complement != "yes" && o.complement != "send" && o.complement != "ready":
		return
	case strings.HasPrefix(s.text[last.end:], "-") && !strings.HasPrefix(s.text[last.end:], "--"),
		alone && o.complement == "yes" && strings.HasPrefix(after, ":") && !strings.HasPrefix(after, ":)"),
		alone && o.at == 0 && strings.HasPrefix(after, ",") && (passive || strings.HasPrefix(last.text, "meny")):
		r.doubts(Position, s.text[first.at:last.end])
	case o.at > 0 && passive && !first.parted() && (s.ws[o.at-1].class&lexicon.Title != 0 || s.ws[o.at-1].text == "saya" || s.ws[o.at-1].text == "kami"),
		o.at == 1 && s.ws[0].class&lexicon.Title != 0 && !first.parted(), o.complement != "send" && o.at > 0 && first.sign == ':' && s.ws[o.at-1].class&(lexicon.Title|lexicon.Name|lexicon.Person) != 0:
		r.doubts(Position, s.text[first.at:last.end])
	case endsInQuote(strings.TrimRight(before, " ")) && startsWithQuote(s.text[last.end:]) && !alone:
		r.doubts(Quotation, "")
	}
}

// complementEnd reads what stands behind the command up to the next sign: it must be what the order is about. It
// returns where the note begins.
func (r *reader) complementEnd(s *sentence, o *order, rule *table) int {
	m := matcher{ws: s.ws}
	i := o.at + o.n
	for i < len(s.ws) && !s.ws[i].parted() {
		w := &s.ws[i]
		if w.class&lexicon.Title != 0 && isPassive(s.ws[i-1].text) && !informal[w.text] && i+1 < len(s.ws) && s.ws[i+1].class&lexicon.Name != 0 {
			r.doubts(Report, s.text[w.at:s.ws[i+1].end]) // "Disetujui Pak Budi"
			return i
		}
		p, n := m.longest(rule, i)
		if p == nil {
			switch text := s.text[w.at:w.end]; {
			case s.speaksAgainst(i, rule.doubts): // it will be told
			case w.class == 0:
				r.holds(text)
			default:
				r.doubts(Object, text)
			}
			return i
		}
		m.release()
		if p.unsure {
			r.holds(s.text[w.at:w.end])
		}
		o.evidence = o.evidence || s.ws[i].class&(lexicon.Title|lexicon.Name|lexicon.Courtesy) == 0
		if p.note {
			return i
		}
		i += n
	}
	return i
}

// speaksAgainst reports whether a word has one of these marks from the i-th up to the next sign.
func (s *sentence) speaksAgainst(i int, of lexicon.Class) bool {
	for k := i; k < len(s.ws) && (k == i || !s.ws[k].parted()); k++ {
		if s.ws[k].marked() && s.ws[k].class&of != 0 {
			return true
		}
	}
	return false
}

// rest reads the words of a sentence around the order, or of one without it: none may speak against the order, and where
// the order is a decision, all must be understood. from is where the note begins behind it.
func (r *reader) rest(s *sentence, from int, o *order, rule *table) {
	at, end := 0, 0
	if o != nil {
		at, end = o.at, o.at+o.n
	}
	for i := range s.ws {
		w := &s.ws[i]
		if i >= at && i < end || !w.marked() || w.class&rule.doubts == 0 {
			continue
		}
		if w.class&rule.doubts&^(rule.holds|lexicon.Unsure) == 0 {
			r.holds(s.text[w.at:w.end])
		} else {
			r.doubts(Code((w.class & rule.doubts).Mark()), s.text[w.at:w.end])
		}
	}
	asks := rule.strict || o != nil && r.index.kinds[o.id] == Firm && o.complement != "help" && o.complement != "assist"
	if asks && strings.ContainsRune(s.text, '?') {
		r.doubts(Question, "")
	}
	if !rule.strict {
		return
	}
	r.signs(s.text)
	r.second(s, o)
	r.clauses(s, 0, at, rule)
	r.clauses(s, from, len(s.ws), rule)
}

// clauses asks of each part of a note between two signs that it can be understood: every word is known, and it names
// work, or says nothing but where, when, with whom, with what, and that all is well.
func (r *reader) clauses(s *sentence, from, to int, rule *table) {
	for from < to {
		end := from + 1
		for end < to && !s.ws[end].parted() {
			end++
		}
		allowed := lexicon.Domain
		for _, w := range s.ws[from:end] {
			if !rule.plain || w.class&(lexicon.Task|lexicon.Proceed|lexicon.Ask) != 0 {
				allowed = lexicon.Understood
			}
		}
		for i := from; i < end; i++ {
			if w := &s.ws[i]; !w.free && w.class&allowed == 0 && !w.order {
				r.holds(s.text[w.at:w.end])
			}
		}
		from = end
	}
}

// second doubts another order that takes back the first: at the beginning of a clause.
func (r *reader) second(s *sentence, o *order) {
	for i := range s.ws {
		if i > 0 && !s.ws[i].parted() || o != nil && i == o.at {
			continue
		}
		if id, n := r.index.at(s.ws[i:]); id != "" && r.contradicts(r.word, id) {
			r.doubts(Contradiction, s.text[s.ws[i].at:s.ws[i+n-1].end])
		}
	}
}

// contradicts reports whether another word takes back the first. Approvals go together: "setuju, teruskan". Words of
// free text never do.
func (r *reader) contradicts(id, other string) bool {
	k := r.index.kinds[other]
	return k != Free && k != Form && k != Yes && (r.index.kinds[id] == Approve) != (k == Approve) || r.index.complement[other] == "trouble"
}

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
		(next == len(s.ws) || s.ws[next].parted() || s.ws[next].order)
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
		for j := from; j < len(ss[k].ws); j++ {
			w := &ss[k].ws[j]
			switch {
			case w.class&(lexicon.Good|lexicon.Done) != 0:
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
		for j := range ss[k].ws {
			w := &ss[k].ws[j]
			result = result || w.class&lexicon.Good != 0 && !w.marked() || w.text == "terlampir"
		}
	}
	if !result {
		r.doubts(NoResult, "")
	}
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

// deputising begins the label of somebody who answers for another: "Plh. Kepala PPIKSN: setuju".
var deputising = fold.List("an plt plh")

// informal titles are said to whom one writes, not of whom one speaks.
var informal = fold.List("mas mbak mb bang kang kak dik gan bro min sis neng mang")

// overcome says that a trouble is over, or was none.
var overcome = fold.Set("teratasi", "diatasi", "selesai", "beres", "tertangani", "nihil", "pulih", "normal",
	"solved", "fixed")
