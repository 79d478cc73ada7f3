package quote

import (
	_ "embed"
	"strings"
	"sync"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
	"batan.go.id/layanan/mailparse/text"
)

//go:embed notices.txt
var noticeWords string

// notices are the lists of notices.txt by their names.
var notices = sync.OnceValue(func() map[string]map[string]bool {
	lists, into := map[string]map[string]bool{}, map[string]bool(nil)
	for line := range strings.SplitSeq(noticeWords, "\n") {
		switch {
		case strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			into = map[string]bool{}
			lists[strings.Trim(line, "[]")] = into
		default:
			for w := range strings.FieldsSeq(line) {
				into[w] = true
			}
		}
	}
	return lists
})

const (
	maxNotice  = 500 // bytes of a notice that are read
	minNotice  = 12  // bytes: shorter ones are headings
	aboutWords = 10  // one of which says what a notice is about
	maxNoticed = 500 // lines of a mail that are looked at
)

// counts are how many words of each list a text has; a word of several lists counts in all.
type counts struct {
	words int
	of    map[string]int
	first string
}

func count(t string, most int) counts {
	c := counts{of: map[string]int{}}
	for w := range strings.FieldsSeq(fold.Words(t[:min(len(t), maxNotice)])) {
		if c.words++; c.words > most {
			break
		}
		if c.first == "" {
			c.first = w
		}
		for name, list := range notices() {
			if list[w] {
				c.of[name]++
			}
		}
	}
	return c
}

// disclaims recognises the paragraph that begins in a line as one that a mail server or a virus scanner adds below:
// that the mail is confidential, is free of viruses, or should not be printed. What begins with an order is none.
// Below another notice it need not say all of that.
func (s *sifter) disclaims(lines []text.Line, below bool) bool {
	line := strings.TrimSpace(lines[0].Text)
	if len(line) < minNotice {
		c := count(line, aboutWords)
		return c.words > 0 && c.of["heading"] > 0 && c.of["confidential"] == c.words
	}
	about := count(line, aboutWords)
	if about.of["mail"]+about.of["scanner"]+about.of["heading"]+about.of["paper"]+about.of["print"] == 0 {
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
	c := count(paragraph(lines), maxNotice)
	switch n := c.of; {
	case below && n["confidential"]+n["mail"]+n["scanner"] >= 2,
		n["confidential"] > 0 && n["mail"] > 0 && n["confidential"]+n["mail"] >= 3, notices()["heading"][c.first],
		n["scanner"] > 0 && n["clean"] > 0 && c.words > 1,
		n["paper"] > 0 && n["print"] > 0 && n["mail"]+n["think"] > 0:
		return true
	}
	return false
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
	about, c := count(t, 3), count(t, most)
	if notices()["outside"][c.first] {
		c.of["outside"]--
	}
	return c.words >= least && c.of["outside"] >= 2 &&
		(notices()["alarm"][c.first] || about.of["mail"]+about.of["advice"] > 0 && c.of["risk"] > 0)
}
