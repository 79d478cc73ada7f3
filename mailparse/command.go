package mailparse

import (
	"sort"
	"strings"
)

// wordIndex finds the command word that a sentence begins with, the longest form first.
type wordIndex struct {
	forms []wordForm
	kinds map[string]string // id → kind
}

type wordForm struct {
	words []string
	id    string
}

func newWordIndex(list []Word) wordIndex {
	x := wordIndex{kinds: map[string]string{}}
	for _, w := range list {
		x.kinds[w.ID] = w.Kind
		for _, f := range append([]string{w.ID}, w.Forms...) {
			if words := foldedWords(f); len(words) > 0 {
				x.forms = append(x.forms, wordForm{words, w.ID})
			}
		}
	}
	sort.SliceStable(x.forms, func(i, j int) bool { return len(x.forms[i].words) > len(x.forms[j].words) })
	return x
}

func foldedWords(s string) []string {
	var out []string
	for _, w := range wordsOf(s) {
		out = append(out, w.s)
	}
	return out
}

// at returns the word whose form stands at the beginning of ws, and the form's length in words.
func (x *wordIndex) at(ws []word) (id string, n int) {
	for _, f := range x.forms {
		if len(f.words) <= len(ws) && matches(ws, f.words) {
			return f.id, len(f.words)
		}
	}
	return "", 0
}

func matches(ws []word, form []string) bool {
	for i, f := range form {
		if ws[i].s != f {
			return false
		}
	}
	return true
}

// readCommand reads the command from what the sender newly wrote; nil when no command word is in its first sentence.
func (g *Grammar) readCommand(reply string) *Command {
	text := g.skipGreetings(reply)
	for range 4 { // sentences that are nothing but politeness
		sentence, end := firstSentence(text)
		ws := wordsOf(sentence)
		polite := g.politeness(ws, sentence)
		if polite < len(ws) {
			return g.judge(text, sentence, end, ws, polite)
		}
		if c := courtesy(ws); c != "" && strings.TrimSpace(text[end:]) == "" {
			return &Command{Doubt: `courtesy: "` + c + `"`}
		}
		if text = g.skipGreetings(text[end:]); text == "" {
			return nil
		}
	}
	return nil
}

// skipGreetings drops empty lines, greetings and our own template's lines from the beginning.
func (g *Grammar) skipGreetings(text string) string {
	for text != "" {
		l, rest, _ := strings.Cut(text, "\n")
		switch t := strings.TrimSpace(l); {
		case t == "", g.isOwn(t):
			text = rest
		case isGreeting(t):
			text = g.skipAddress(t, rest)
		default:
			return strings.TrimLeft(text, " \t")
		}
	}
	return ""
}

// isOwn reports whether a line is text of our own mails.
func (g *Grammar) isOwn(s string) bool {
	if len(g.own) == 0 {
		return false
	}
	f := foldWords(s)
	for _, o := range g.own {
		if f == o || len(f) >= 12 && strings.Count(f, " ") >= 2 && strings.Contains(o, f) {
			return true
		}
	}
	return false
}

// judge decides about the command's sentence, whose first words are polite.
func (g *Grammar) judge(text, sentence string, end int, ws []word, polite int) *Command {
	body := ws[polite:]
	if c := courtesy(body); c != "" {
		return &Command{Note: strings.TrimSpace(text), Doubt: `courtesy: "` + c + `"`}
	}
	id, n := g.words.at(body)
	if id == "" {
		return g.noWord(sentence, ws, polite)
	}
	kind := g.words.kinds[id]
	c := &Command{Word: id, Note: note(text[body[n-1].end:])}
	if d := g.empty(kind, body, n, sentence); d != "" {
		c.Word, c.Doubt = "", d
	}
	if kind == WordFree || kind == WordForm {
		return c
	}
	doubt := g.doubtAfter(kind, id, body, n, sentence)
	if doubt == "" && kind == WordApprove {
		doubt = g.doubtLater(text[end:], sentence)
	}
	if doubt == "" && kind == WordApprove && disguised(text) {
		doubt = "script"
	}
	if doubt == "" && kind == WordApprove && n == 1 && body[0].s == "siap" {
		doubt = promise(body, sentence, text[end:])
	}
	if doubt != "" {
		c.Word, c.Doubt = "", doubt
	}
	return c
}

// unwritten are words of a report that is still to come; they stand right behind its word.
var unwritten = set("menyusul", "besok", "nanti", "belum", "sedang", "akan", "siapa", "apa", "ditunda", "tunda")

// empty doubts a word that brings text when the text says that there is none yet ("Laporan menyusul"), and an order that
// is taken back in its own sentence ("Batal, eh jangan").
func (g *Grammar) empty(kind string, body []word, n int, sentence string) string {
	for i := n; i < len(body); i++ {
		w := body[i].s
		switch {
		case strings.HasPrefix(sentence[body[i].end:], "@") || strings.HasPrefix(sentence[body[i].end:], ".") && i+1 < len(body) && body[i+1].at == body[i].end+1:
			return "" // an address: tidak.ada@batan.go.id
		case kind == WordForm && i < n+3 && unwritten[w]:
			return `future: "` + w + `"`
		case kind == WordFirm && (w == "jangan" || w == "eh" || i == n && (w == "tidak" || w == "belum" || w == "atau" || w == "nanti" || w == "akan")):
			return `contradiction: "` + w + `"`
		}
	}
	return ""
}

// noWord names the command word that stands elsewhere in the sentence, if any.
func (g *Grammar) noWord(sentence string, ws []word, polite int) *Command {
	for i := polite; i < len(ws); i++ {
		id, n := g.words.at(ws[i:])
		if id == "" || g.words.kinds[id] == WordFree {
			continue
		}
		doubt := ""
		for _, w := range ws[:i] {
			if doubt = hesitation(w.s, false); doubt != "" {
				break
			}
		}
		if doubt == "" && strings.ContainsRune(sentence, '?') {
			doubt = "question"
		}
		if doubt == "" {
			doubt = `position: "` + strings.ToLower(sentence[ws[i].at:ws[i+n-1].end]) + `"`
		}
		return &Command{Note: strings.TrimSpace(sentence), Doubt: doubt}
	}
	return nil
}

// note is the rest of the text, without the punctuation that joined it to the word, and without the closing.
func note(rest string) string {
	rest = strings.TrimLeft(rest, " \t,.;:!-–—*_\"')]>\n")
	lines := cutClosing(strings.Split(rest, "\n"))
	rest = strings.TrimSpace(strings.Join(lines, "\n"))
	if strings.Trim(rest, "?!.") == "" {
		return ""
	}
	return rest
}
