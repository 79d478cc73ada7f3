package quote

import (
	"strings"

	"batan.go.id/layanan/mailparse/text"
)

// signature takes off the signature: from a "-- " line on, the lines that a device adds, disclaimers, and the name and
// office below the words that close a mail.
func (s *sifter) signature() {
	lines := s.fresh
	for i, l := range lines {
		if signatureMark(l.Text) {
			s.cutFrom(RuleSignature, lines[i:])
			lines = lines[:i]
			break
		}
	}
	out, foot := lines[:0], false // quotes made them for us
	below := false                // a notice
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		t := strings.TrimSpace(l.Text)
		if deviceLine(t) {
			if n := len(out); n > 0 && !foot {
				out[n-1].Text = strings.TrimRight(out[n-1].Text, " –—")
			}
			foot = true
			s.cut(RuleDevice, l.N, t)
			continue
		}
		if len(out) > 0 && s.disclaims(lines, i, below) {
			s.cut(RuleDisclaimer, l.N, t)
			for below = true; i+1 < len(lines) && strings.TrimSpace(lines[i+1].Text) != ""; i++ {
			}
			continue
		}
		l.Foot = foot
		out = append(out, l)
	}
	s.fresh = out
	s.tail()
	s.signElement()
	if at, words := s.frame.closingBlock(s.fresh); at >= 0 {
		s.cut(RuleClosing+words, s.fresh[at].N, s.fresh[at].Text)
		for i := at; i < len(s.fresh); i++ {
			s.fresh[i].Signed = true
		}
	}
}

// signElement takes off what a mail program marks as the signature, unless nothing else is new or it was written in.
func (s *sifter) signElement() {
	other, first := false, -1
	for i, l := range s.fresh {
		t := strings.TrimSpace(l.Text)
		switch {
		case t == "":
		case l.Mark != RuleElement:
			other = true
		case !s.frame.Unspoken(t):
			s.veilElement()
			return
		case first < 0:
			first = i
		}
	}
	if !other || first < 0 {
		s.veilElement()
		return
	}
	s.cut(RuleElement, s.fresh[first].N, s.fresh[first].Text)
	for i := range s.fresh {
		if l := &s.fresh[i]; l.Mark == RuleElement {
			l.Signed = true
		}
	}
}

// veilElement hides what is written in the signature: an order is not looked for there.
func (s *sifter) veilElement() {
	for i := range s.fresh {
		if l := &s.fresh[i]; l.Mark == RuleElement {
			l.Veiled = true
		}
	}
}

// cutFrom notes the cut of all lines from the first of these with text on.
func (s *sifter) cutFrom(rule string, lines []text.Line) {
	for _, l := range lines {
		if strings.TrimSpace(l.Text) != "" {
			s.cut(rule, l.N, l.Text)
			return
		}
	}
}

// tail takes off a rule, and then a name behind a dash, at the end: "-Budi".
func (s *sifter) tail() {
	out := s.fresh
	n := len(out)
	for n > 0 && strings.Trim(out[n-1].Text, " -–—_=*~") == "" {
		n--
	}
	s.fresh = out[:n]
	if n < 2 {
		return
	}
	last := strings.TrimSpace(out[n-1].Text)
	name := strings.TrimLeft(last, "-")
	if name == "" || name == last || len(name) > 40 || name[0] < 'A' || name[0] > 'Z' || strings.Count(name, " ") > 2 {
		return
	}
	if above := strings.TrimSpace(out[n-2].Text); strings.HasPrefix(above, "-") {
		return // a list
	}
	s.cut(RuleName, out[n-1].N, last)
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
