package quote

import (
	"slices"
	"strings"

	"batan.go.id/layanan/mailparse/lexicon"
	"batan.go.id/layanan/mailparse/text"
)

// Cut is a piece of the text that is not the sender's new text, or not part of what is read as a command.
type Cut struct {
	Rule string // why, one of the Rule constants, or the mark of a mail program: blockquote, gmail_quote, divRplyFwdMsg
	Line int    // where it begins in Message.Text, from 1; 0 when only the page shows it
	Text string // its first line, shortened
}

// Rules of cuts. Those marked (kept) stay in Message.Reply, and only are no command.
const (
	RuleMark        = "quote mark"          // "> "
	RuleAttribution = "attribution line"    // "Pada Kam, 12 Jul 2018 Ani menulis:"
	RuleSeparator   = "separator line"      // "-----Pesan Asli-----"
	RuleHeader      = "printed header"      // "Dari: … Dikirim: …"
	RuleEdge        = text.MarkEdge         // a page's line at the left or right of it
	RuleRule        = "rule above all text" // a line drawn with nothing new above it
	RuleSignature   = "signature line"      // "-- " (RFC 3676, 4.3)
	RuleElement     = text.MarkElement      // what a mail program marks as the signature
	RuleClosing     = "signature after "    // and the words that close the mail
	RuleDevice      = "device line"         // "Dikirim dari iPhone saya"
	RuleFoot        = "below a device line" // (kept)
	RuleDisclaimer  = "disclaimer"          // what a mail server adds below
	RuleBanner      = "banner"              // what a mail server adds above
	RuleName        = "name behind a dash"  // "-Budi"
	RuleGreeting    = "greeting"            // (kept)
)

const (
	maxCuts    = 100
	maxCutText = 80
)

// sifter parts what the sender newly wrote from all else.
type sifter struct {
	frame *Frame
	lines []text.Line
	fresh []text.Line
	cuts  []Cut
	text  bool // a line with text was found new
}

// sift keeps the lines that the sender newly wrote.
func (f *Frame) sift(lines []text.Line) (fresh []text.Line, cuts []Cut) {
	lines = unglue(lines)
	s := &sifter{frame: f, lines: lines, fresh: make([]text.Line, 0, len(lines))}
	s.quotes()
	s.signature()
	s.kept()
	slices.SortStableFunc(s.cuts, func(a, b Cut) int { return a.Line - b.Line })
	return s.fresh, s.cuts
}

// kept notes what stays in the reply but is no command: greetings at the top, and what is below a device's line.
func (s *sifter) kept() {
	top, foot := true, false
	for _, l := range s.fresh {
		t := strings.TrimSpace(l.Text)
		switch {
		case t == "":
		case top && lexicon.IsGreeting(t):
			s.cut(RuleGreeting, l.N, t)
			continue
		case l.Foot && !l.Signed && !foot:
			s.cut(RuleFoot, l.N, t)
			foot = true
			fallthrough
		default:
			top = false
		}
	}
}

// cut notes that a rule took lines away from the n-th on.
func (s *sifter) cut(rule string, n int, text string) {
	text = strings.TrimSpace(text)
	if text == "" || len(s.cuts) == maxCuts {
		return
	}
	if len(text) > maxCutText {
		text = strings.ToValidUTF8(text[:maxCutText], "") + "…"
	}
	s.cuts = append(s.cuts, Cut{rule, n, text})
}

// quotes takes off quotes. Lines between them stay (people answer point by point); after a separator that no mark goes
// with, everything is old.
func (s *sifter) quotes() {
	last := "" // the rule of the line above
	for i := s.banners(); i < len(s.lines); {
		l := s.lines[i]
		if mark := s.markAt(i); mark != "" {
			if mark != last {
				s.cut(mark, i+1, l.Text)
			}
			last = mark
			i++
			continue
		}
		if rule := s.separatorAt(i); rule != "" {
			s.cut(rule, i+1, l.Text)
			return
		}
		if n := attributionAt(s.lines, i); n > 0 {
			before := beforeAttribution(l.Text)
			if before != "" {
				s.keep(text.Line{Text: before}, i+1)
			}
			s.cut(RuleAttribution, i+1, strings.TrimPrefix(l.Text, before))
			if !markedFrom(s.lines, i+n) {
				return
			}
			i += n
			continue
		}
		s.keep(l, i+1)
		if strings.TrimSpace(l.Text) != "" {
			last = ""
		}
		i++
	}
}

func (s *sifter) keep(l text.Line, n int) {
	l.N = n
	s.fresh = append(s.fresh, l)
	s.text = s.text || strings.TrimSpace(l.Text) != ""
}

// markAt is the rule by which one line is quoted, "" when it is not.
func (s *sifter) markAt(i int) string {
	switch l := &s.lines[i]; {
	case l.Mark != "" && l.Mark != RuleElement:
		return l.Mark
	case isQuoteMark(l.Text) && !groupWise(l.Text), wrappedQuote(s.lines, i):
		return RuleMark
	}
	return ""
}

// isQuoteMark recognises "> text" and "ab> text".
func isQuoteMark(s string) bool {
	t := text.TrimStart(s)
	if t == "" {
		return false
	}
	if t[0] == '>' {
		return true
	}
	for i := 0; i < len(t) && i < 4; i++ {
		if t[i] == '>' {
			return i > 0 && (i+1 == len(t) || t[i+1] == ' ' || t[i+1] == '>')
		}
		if c := t[i]; c < 'A' || c > 'Z' {
			return false
		}
	}
	return false
}

// wrappedQuote recognises the end of a quoted line that a mail program broke, losing the mark: between two marked
// lines, the first of them full, and beginning in lower case; or the rest of an attribution.
func wrappedQuote(lines []text.Line, i int) bool {
	if i == 0 || i+1 == len(lines) || lines[i].Text == "" || !isQuoteMark(lines[i-1].Text) ||
		!isQuoteMark(lines[i+1].Text) {
		return false
	}
	if c := lines[i].Text[0]; c >= 'a' && c <= 'z' && len(lines[i-1].Text) >= 60 {
		return true
	}
	above := StripMarks(lines[i-1].Text)
	return len(above)+len(lines[i].Text) < 300 && endsAttribution(lines[i].Text) && isAttribution(above+" "+lines[i].Text,
		1)
}

// markedFrom reports whether the next line with text is marked as quoted.
func markedFrom(lines []text.Line, i int) bool {
	for ; i < len(lines); i++ {
		if lines[i].Mark != "" && lines[i].Mark != RuleElement || isQuoteMark(lines[i].Text) {
			return true
		}
		if strings.TrimSpace(lines[i].Text) != "" {
			return false
		}
	}
	return false
}

// separatorAt is the rule that says that from a line on everything is an older mail, "" when it is not.
func (s *sifter) separatorAt(i int) string {
	t := strings.TrimSpace(s.lines[i].Text)
	switch {
	case t == "" || len(t) > 400:
		return ""
	case s.lines[i].Rule && !s.text && len(s.cuts) == 0:
		return RuleRule
	case len(t) <= 120 && separatorLine(t), groupWise(t):
		return RuleSeparator
	case s.headerAt(i, t):
		return RuleHeader
	}
	return ""
}

// groupWise recognises the line of Novell's program: ">>> Ani Wijaya <ani@batan.go.id> 12/07/2018 09:15 >>>".
func groupWise(t string) bool {
	return strings.HasPrefix(t, ">>> ") && strings.HasSuffix(t, ">>>") && (hasClock(t) || strings.ContainsRune(t, '@'))
}

// StripMarks takes quote marks off the beginning of a line.
func StripMarks(s string) string {
	for {
		t := text.TrimStart(s)
		if !strings.HasPrefix(t, ">") {
			return s
		}
		s = t[1:]
	}
}
