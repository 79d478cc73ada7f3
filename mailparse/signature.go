package mailparse

import "strings"

// signature takes off the signature: from a "-- " line on, the lines that a device adds, disclaimers, and the name and
// office below the words that close a mail.
func (s *sifter) signature() {
	lines := s.fresh
	for i, l := range lines {
		if signatureMark(l.text) {
			s.cutFrom(RuleSignature, lines[i:])
			lines = lines[:i]
			break
		}
	}
	out, foot := lines[:0], false // newLines made them for us
	for i, l := range lines {
		t := strings.TrimSpace(l.text)
		if deviceLine(t) {
			if n := len(out); n > 0 && !foot {
				out[n-1].text = strings.TrimRight(out[n-1].text, " –—")
			}
			foot = true
			s.cut(RuleDevice, l.n, t)
			continue
		}
		if len(out) > 0 && disclaimerStart(t) {
			s.cutFrom(RuleDisclaimer, lines[i:])
			break
		}
		l.foot = foot
		out = append(out, l)
	}
	s.fresh = out
	s.tail()
	s.signElement()
	if at, words := s.g.closingBlock(s.fresh); at >= 0 {
		s.cut(RuleClosing+words, s.fresh[at].n, s.fresh[at].text)
		for i := at; i < len(s.fresh); i++ {
			s.fresh[i].signed = true
		}
	}
}

// signElement takes off what a mail program marks as the signature, unless nothing else is new or it was written in.
func (s *sifter) signElement() {
	other, first := false, -1
	for i, l := range s.fresh {
		s.fresh[i].veiled = l.veiled || l.mark == RuleElement // an order is not looked for there
		t := strings.TrimSpace(l.text)
		switch {
		case t == "":
		case l.mark != RuleElement:
			other = true
		case !s.g.unspoken(t):
			return
		case first < 0:
			first = i
		}
	}
	if !other || first < 0 {
		return
	}
	s.cut(RuleElement, s.fresh[first].n, s.fresh[first].text)
	for i := range s.fresh {
		if l := &s.fresh[i]; l.mark == RuleElement {
			l.signed = true
		}
	}
}

// cutFrom notes the cut of all lines from the first of these with text on.
func (s *sifter) cutFrom(rule string, lines []line) {
	for _, l := range lines {
		if strings.TrimSpace(l.text) != "" {
			s.cut(rule, l.n, l.text)
			return
		}
	}
}

// tail takes off a rule, and then a name behind a dash, at the end: "-Budi".
func (s *sifter) tail() {
	out := s.fresh
	n := len(out)
	for n > 0 && strings.Trim(out[n-1].text, " -–—_=*~") == "" {
		n--
	}
	s.fresh = out[:n]
	if n < 2 {
		return
	}
	last := strings.TrimSpace(out[n-1].text)
	name := strings.TrimLeft(last, "-")
	if name == "" || name == last || len(name) > 40 || name[0] < 'A' || name[0] > 'Z' || strings.Count(name, " ") > 2 {
		return
	}
	if above := strings.TrimSpace(out[n-2].text); strings.HasPrefix(above, "-") {
		return // a list
	}
	s.cut(RuleName, out[n-1].n, last)
	s.fresh = out[:n-1]
}

// signatureMark recognises the line above a signature (RFC 3676, 4.3), and its worn forms.
func signatureMark(s string) bool {
	t := strings.TrimSpace(s)
	switch t {
	case "--", "–", "—", "__", "- -", "-- -", "--=20", "—-":
		return true
	}
	return len(t) >= 10 && strings.Trim(t, "_") == ""
}
