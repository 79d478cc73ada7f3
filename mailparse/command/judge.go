package command

import (
	"slices"
	"strings"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
)

// reader reads the answer of one mail.
type reader struct {
	*Words
	mail    *Mail
	writer  []string // the words of its writer's name and address
	word    string   // the order that was found
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
	shortText  = 200      // bytes that are read at once
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
	text = r.withoutOwn(r.skipGreetings(text))
	if id := r.bareYes(text); id != "" {
		return &Command{Word: id}
	}
	if len(text) > shortText && !r.mayOrder(text[:min(len(text), maxText)]) {
		return nil
	}
	long := len(text) > maxText
	said := r.unsigned(text[:min(len(text), maxText)])
	ss := r.sentences(said)
	first := ss[:min(len(ss), maxPolite+1)]
	for i := range ss {
		ss[i].mark("")
	}
	for i := range first {
		if o := r.orderIn(ss, i); o != nil && (rules().complement[o.complement].strict || r.opened(ss[:i])) {
			if long {
				r.doubts(Length, "")
				said = text
			}
			return r.judge(said, ss, i, o)
		}
		if lexicon.Labelled(ss[i].text) && len(ss[i].ws) > 0 && !headings[ss[i].ws[0].text] {
			return nil // a header, a form: whatever it is, what follows belongs to it
		}
	}
	for i := range first {
		if c := r.misplaced(&ss[i]); c != nil {
			return c
		}
	}
	return nil
}

// orderIn is the order of the i-th sentence; nil when it has none, or only says "yes, sir" before that of the next.
func (r *reader) orderIn(ss []sentence, i int) *order {
	o := r.find(&ss[i], 0)
	if o == nil || !r.yesSir(&ss[i], o) {
		return o
	}
	if next := r.find(&ss[i], o.at+1); next != nil {
		return next
	}
	if i+1 < len(ss) {
		if next := r.find(&ss[i+1], 0); next != nil && next.complement != "ready" && r.lateOrders(next) {
			return nil
		}
	}
	return o
}

// mayOrder reports whether an order's word stands in a text at all; most forms and letters have none.
func (r *reader) mayOrder(text string) bool {
	for n := 0; text != "" && n <= maxPolite*2; n++ {
		s, end := lexicon.FirstSentence(text)
		ws := lexicon.Words(s)
		for _, w := range ws {
			if len(r.index.forms[w.Text]) > 0 || r.index.yes[w.Text] != "" {
				return true
			}
		}
		if lexicon.Labelled(s) && len(ws) > 0 && !headings[ws[0].Text] {
			return false
		}
		text = text[end:]
	}
	return false
}

// judge reads the order in the i-th sentence, and all that stands around it as its note.
func (r *reader) judge(text string, ss []sentence, i int, o *order) *Command {
	s, rule := &ss[i], rules().complement[o.complement]
	if rule.strict && disguised(text) {
		r.doubts(Script, "")
	}
	r.word = o.id
	c := &Command{Word: o.id, Note: note(text[s.at+s.ws[o.at+o.n-1].end:])}
	for k := range ss {
		if ss[k].mark(o.complement); ss[k].long && rule.strict {
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

// opened reports whether sentences are nothing but what may stand before an order.
func (r *reader) opened(ss []sentence) bool {
	for i := range ss {
		m := matcher{ws: ss[i].ws}
		for k := 0; k < len(m.ws); {
			_, n := m.longest(rules().before[""], k)
			if n == 0 {
				return false
			}
			k += n
		}
	}
	return true
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
	passive := isPassive(last.text)
	switch {
	case o.at > 0 && first.sign == ':' && deputising[s.ws[0].text]:
	case o.complement != "yes" && o.complement != "send" && o.complement != "ready":
	case strings.HasPrefix(s.text[last.end:], "-") && !strings.HasPrefix(s.text[last.end:], "--"),
		alone && o.complement == "yes" && strings.HasPrefix(after, ":") && !strings.HasPrefix(after, ":)"),
		alone && o.at == 0 && strings.HasPrefix(after, ",") && (passive || strings.HasPrefix(last.text, "meny")),
		r.saidBy(s, o, passive):
		r.doubts(Position, s.text[first.at:last.end])
	case endsInQuote(strings.TrimRight(before, " ")) && startsWithQuote(s.text[last.end:]) && !alone:
		r.doubts(Quotation, "")
	}
}

// aroundReady are the classes of words that say when and where something stands ready.
const aroundReady = lexicon.Time | lexicon.Place | lexicon.Function | lexicon.Number

// saidBy reports whether the word before an order names who gave it: "Bapak setuju", "Permohonan saya disetujui", "Bu
// Ani: setuju".
func (r *reader) saidBy(s *sentence, o *order, passive bool) bool {
	if o.at == 0 {
		return false
	}
	before, first := &s.ws[o.at-1], &s.ws[o.at]
	titled := before.class&lexicon.Title != 0
	if first.parted() {
		return first.sign == ':' && o.complement != "send" && (titled || before.class&(lexicon.Name|lexicon.Person) != 0)
	}
	return titled && (passive || o.at == 1) || passive && (before.text == "saya" || before.text == "kami")
}

// complementEnd reads what stands behind the command up to the next sign: it must be what the order is about. It
// returns where the note begins.
func (r *reader) complementEnd(s *sentence, o *order, rule *table) int {
	m := matcher{ws: s.ws}
	i := o.at + o.n
	for i < len(s.ws) && !s.ws[i].parted() {
		w := &s.ws[i]
		if s.agent(i) {
			r.doubts(Report, s.text[w.at:s.ws[i+1].end])
			return i
		}
		p, n := m.longest(rule, i)
		if p == nil {
			if o.complement == "ready" && o.n > 1 && w.class&aroundReady != 0 { // "sudah siap di ruang utama"
				return i
			}
			switch text := s.text[w.at:w.end]; {
			case s.speaksAgainst(i, rule.doubts&^lexicon.Unsure): // it will be told
			case w.class == 0 && rule.strict:
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

// agent reports whether the i-th word names who did what a passive before it says: "Disetujui Pak Budi".
func (s *sentence) agent(i int) bool {
	w := &s.ws[i]
	return w.class&lexicon.Title != 0 && !informal[w.text] && isPassive(s.ws[i-1].text) && i+1 < len(s.ws) &&
		s.ws[i+1].class&lexicon.Name != 0
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

// rest reads the words of a sentence around the order, or of one without it: none may speak against the order, and
// where the order is a decision, all must be understood. from is where the note begins behind it.
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
		work := slices.ContainsFunc(s.ws[from:end], func(w token) bool {
			return w.class&(lexicon.Task|lexicon.Proceed|lexicon.Ask) != 0
		})
		allowed := lexicon.Domain
		if work || !rule.plain {
			allowed = lexicon.Understood
		}
		for i := from; i < end && !(work && rule.loose); i++ {
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
	return k != Free && k != Form && k != Yes && (r.index.kinds[id] == Approve) != (k == Approve) ||
		r.index.complement[other] == "trouble"
}

// headings are labels that an answer may have before the order.
var headings = fold.List("sifat disposisi lembar catatan keputusan jawaban tanggapan tindak isi petunjuk arahan")

// deputising begins the label of somebody who answers for another: "Plh. Kepala PPIKSN: setuju".
var deputising = fold.List("an plt plh")

// informal titles are said to whom one writes, not of whom one speaks.
var informal = fold.List("mas mbak mb bang kang kak dik gan bro min sis neng mang")

// overcome says that a trouble is over, or was none.
var overcome = fold.Set("teratasi", "diatasi", "selesai", "beres", "tertangani", "nihil", "pulih", "normal",
	"solved", "fixed")
