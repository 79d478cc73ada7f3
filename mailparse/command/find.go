package command

import "cmp"

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
	for _, name := range rules().kinds {
		if o := r.behind(m, rules().before[name], name, i); o != nil {
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
	if next < len(m.ws) && m.ws[next].sign == ':' && headline[o.complement] {
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

// headline are the complements whose word is a heading, too.
var headline = map[string]bool{"send": true, "instruct": true, "help": true}

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
	var used []int
	for i < len(m.ws) {
		if i > from {
			if id, n := r.index.at(m.ws[i:]); id != "" && r.index.complement[id] == name &&
				(!m.ws[i].parted() || name == "ready") {
				m.used = used
				m.release()
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
		used = append(used, m.used...)
		i += n
	}
	return nil
}
