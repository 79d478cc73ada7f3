package quote

import (
	_ "embed"
	"strings"
	"sync"

	"batan.go.id/layanan/mailparse/lexicon"
	"batan.go.id/layanan/mailparse/text"
)

//go:embed notices.txt
var noticeWords string

// kind is a set of the lists of notices.txt.
type kind uint16

// notices are the words of notices.txt with the lists that have them; kinds are the lists by their names.
var notices = sync.OnceValue(func() (n struct {
	words map[string]kind
	kinds map[string]kind
}) {
	n.words, n.kinds = map[string]kind{}, map[string]kind{}
	into := kind(0)
	for line := range strings.SplitSeq(noticeWords, "\n") {
		switch {
		case strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			into = 1 << len(n.kinds)
			n.kinds[strings.Trim(line, "[]")] = into
		default:
			for w := range strings.FieldsSeq(line) {
				n.words[w] |= into
			}
		}
	}
	return n
})

const (
	maxNotice  = 500 // bytes of a notice that are read
	minNotice  = 12  // bytes: shorter ones are headings
	aboutWords = 10  // one of which says what a notice is about
	maxNoticed = 500 // lines of a mail that are looked at
	longLine   = 60  // bytes: a notice begins below an empty line, or with a long one
)

// notice is what is known of a text that may be one: the kinds of its words, in their order.
type notice []kind

// readNotice reads so many words of a text.
func readNotice(t string, most int) notice {
	out := make(notice, 0, 12)
	words, word := notices().words, make([]byte, 0, 32)
	for i := 0; i <= len(t) && i < maxNotice && len(out) < most; i++ {
		switch {
		case i < len(t) && (t[i] >= 'a' && t[i] <= 'z' || t[i] >= 0x80):
			word = append(word, t[i])
		case i < len(t) && t[i] >= 'A' && t[i] <= 'Z':
			word = append(word, t[i]|0x20)
		case len(word) > 0:
			out, word = append(out, words[string(word)]), word[:0]
		}
	}
	return out
}

// of is how many words are of one of the named kinds.
func (n notice) of(names ...string) int {
	want, found := kind(0), 0
	for _, name := range names {
		want |= notices().kinds[name]
	}
	for _, k := range n {
		if k&want != 0 {
			found++
		}
	}
	return found
}

// disclaims recognises the paragraph that begins in the i-th line as one that a mail server or a virus scanner adds
// below: that the mail is confidential, is free of viruses, or should not be printed. What begins with an order is
// none. Below another notice it need not say all of that.
func (s *sifter) disclaims(lines []text.Line, i int, below bool) bool {
	line := strings.TrimSpace(lines[i].Text)
	first, _, _ := strings.Cut(line, " ")
	if line == "" || i > maxNoticed || len(line) < longLine && strings.TrimSpace(lines[i-1].Text) != "" &&
		readNotice(first, 1).of("heading") == 0 {
		return false
	}
	about := readNotice(line[:min(len(line), maxFooterStart)], aboutWords)
	if len(line) < minNotice {
		return len(about) > 0 && about.of("heading") > 0 && about.of("confidential") == len(about)
	}
	if about.of("mail", "scanner", "heading", "paper", "print") == 0 {
		return false
	}
	if p, _ := disclaimerStarts.Begin(line[:min(len(line), maxFooterStart)]); p != "" {
		return true
	}
	for i, w := range lexicon.Words(line) {
		if i < 4 && s.frame.Order(w) {
			return false
		}
	}
	return isNotice(readNotice(paragraph(lines[i:]), maxNotice), below)
}

// isNotice reports whether words say what a notice does.
func isNotice(n notice, below bool) bool {
	mail, secret := n.of("mail"), n.of("confidential")
	return below && n.of("mail", "confidential", "scanner") >= 2 ||
		mail > 0 && secret > 0 && mail+secret >= 3 || n[:1].of("heading") > 0 ||
		len(n) > 1 && n.of("scanner") > 0 && n.of("clean") > 0 ||
		n.of("paper") > 0 && n.of("print") > 0 && n.of("mail", "think") > 0
}

// paragraph is the lines up to the next empty one, as far as a notice is read.
func paragraph(lines []text.Line) string {
	var out strings.Builder
	for _, l := range lines {
		t := strings.TrimSpace(l.Text)
		if t == "" || out.Len() > maxNotice {
			break
		}
		out.WriteString(t + " ")
	}
	return out.String()
}

// warnsOfMail recognises a warning of the kind that gateways put above mails from elsewhere, whatever its wording: it
// begins by warning or by speaking of the mail, and names what comes from outside.
func warnsOfMail(t string) bool {
	const most, least = 400, 4
	if len(t) > most {
		return false
	}
	n := readNotice(t, most)
	return len(n) >= least && n[1:].of("outside") >= 2 &&
		(n[:1].of("alarm") > 0 || n[:3].of("mail", "advice") > 0 && n.of("risk") > 0)
}
