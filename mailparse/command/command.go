package command

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
)

// wordIndex finds the command word that a sentence begins with, the longest form first.
type Index struct {
	forms []wordForm
	kinds map[string]string // id → kind
	yes   map[string]string // form of a word of kind yes → id; no sentence begins with those
	last  map[string]bool   // words that a form ends with
}

type wordForm struct {
	words []string
	id    string
}

// NewIndex prepares the forms of words.
func NewIndex(list []Word) *Index {
	x := &Index{kinds: map[string]string{}, yes: map[string]string{}, last: map[string]bool{}}
	for _, w := range list {
		x.kinds[w.ID] = w.Kind
		for _, f := range append([]string{w.ID}, w.Forms...) {
			words := foldedWords(f)
			switch {
			case w.Kind == Yes && len(words) == 1:
				x.yes[words[0]] = w.ID
			case w.Kind != Yes && len(words) > 0:
				x.forms = append(x.forms, wordForm{words, w.ID})
				x.last[words[len(words)-1]] = true
			}
		}
	}
	sort.SliceStable(x.forms, func(i, j int) bool { return len(x.forms[i].words) > len(x.forms[j].words) })
	return x
}

func foldedWords(s string) []string {
	var out []string
	for _, w := range lexicon.Words(s) {
		out = append(out, w.Text)
	}
	return out
}

// at returns the word whose form stands at the beginning of ws, and the form's length in words.
func (x *Index) at(ws []lexicon.Word) (id string, n int) {
	for _, f := range x.forms {
		if len(f.words) <= len(ws) && matches(ws, f.words) && !slices.ContainsFunc(ws[1:len(f.words)],
			func(w lexicon.Word) bool { return w.Parted }) {
			return f.id, len(f.words)
		}
	}
	return "", 0
}

func matches(ws []lexicon.Word, form []string) bool {
	for i, f := range form {
		if ws[i].Text != f {
			return false
		}
	}
	return true
}

// commandReader reads the command of one mail.
type commandReader struct {
	*Words
	writer  func(word string) bool // part of the writer's own name
	request string                 // the number of the request that the mail belongs to
}

// readCommand reads the command from what the sender newly wrote; nil when no command word is in its first sentence.
func (g *commandReader) readCommand(reply string) *Command {
	text := g.skipGreetings(reply)
	if id := g.bareYes(text); id != "" {
		return &Command{Word: id}
	}
	for range 4 { // sentences that are nothing but politeness
		sentence, end := lexicon.FirstSentence(text)
		ws := lexicon.Words(sentence)
		// "not", among technicians
		if len(ws) == 0 && strings.HasSuffix(sentence, "!") && end < len(text) && fold.IsLetter(rune(text[end])) {
			return &Command{Note: strings.TrimSpace(text), Doubt: Doubt{Sign, "!"}}
		}
		polite := g.politeness(ws, sentence)
		if polite < len(ws) && !g.barelySiap(ws, text[end:]) {
			return g.judge(text, sentence, end, ws, polite)
		}
		if c := courtesy(ws); c != "" && strings.TrimSpace(text[end:]) == "" {
			return &Command{Doubt: Doubt{Courtesy, c}}
		}
		if text = g.skipGreetings(text[end:]); text == "" {
			return nil
		}
	}
	return nil
}

// skipGreetings drops empty lines, greetings and our own template's lines from the beginning.
func (g *Words) skipGreetings(text string) string {
	for text != "" {
		l, rest, _ := strings.Cut(text, "\n")
		switch t := strings.TrimSpace(l); {
		case t == "", g.isOwn(t):
			text = rest
		case lexicon.IsGreeting(t) && !g.endsInCommand(t):
			text = g.skipAddress(t, rest)
		default:
			return strings.TrimLeft(text, " \t")
		}
	}
	return ""
}

// endsInCommand reports whether a line that greets goes on to the command: "Bismillah setuju".
func (g *Words) endsInCommand(s string) bool {
	ws := lexicon.Words(s[strings.LastIndexByte(strings.TrimRight(s, " .,!"), ' ')+1:])
	if len(ws) == 0 || !g.index.last[ws[len(ws)-1].Text] {
		return false
	}
	ws = lexicon.Words(s)
	for i := 1; i < len(ws); i++ {
		if id, n := g.index.at(ws[i:]); id != "" && i+n == len(ws) && g.index.kinds[id] != Free {
			return true
		}
	}
	return false
}

// isOwn reports whether a line is text of our own mails.
func (g *Words) isOwn(s string) bool {
	if len(g.own) == 0 {
		return false
	}
	f := fold.Words(s)
	for _, o := range g.own {
		if f == o || len(f) >= 12 && strings.Count(f, " ") >= 2 && strings.Contains(o, f) {
			return true
		}
	}
	return false
}

// judge decides about the command's sentence, whose first words are polite.
func (g *commandReader) judge(text, sentence string, end int, ws []lexicon.Word, polite int) *Command {
	body := ws[polite:]
	if c := courtesy(body); c != "" {
		return &Command{Note: strings.TrimSpace(text), Doubt: Doubt{Courtesy, c}}
	}
	id, n := g.index.at(body)
	if id == "" {
		return g.noWord(sentence, ws, polite)
	}
	c := &Command{Word: id, Note: note(text[body[n-1].End:])}
	switch g.index.kinds[id] {
	case Free:
		c.Doubt = troubleDoubt(body, n, sentence)
	case Form:
		c.Doubt = formDoubt(body, n, sentence)
	case Approve:
		c.Doubt = g.approvalDoubt(id, ws[:polite], body, n, text, sentence, end)
	default:
		c.Doubt = g.firmDoubt(id, body, n, sentence, text[end:])
	}
	return c
}

// approvalDoubt names what keeps an approval from being a plain yes: first what takes a yes back, to name it; then
// whatever else is no part of one.
func (g *commandReader) approvalDoubt(id string, prefix, body []lexicon.Word, n int, text, sentence string,
	end int) Doubt {
	if d := g.doubtAfter(Approve, id, body, n, sentence); d != NoDoubt {
		return d
	}
	if disguised(text) {
		return Doubt{Code: Script}
	}
	y := newYes(g, sentence, body, n)
	if d := y.doubt(prefix); d != NoDoubt {
		return d
	}
	if strings.HasPrefix(strings.TrimLeft(text[end:], " ("), "...") {
		return Doubt{Sign, "..."}
	}
	if i := strings.IndexAny(text[end:], frowns); i >= 0 {
		r, _ := utf8.DecodeRuneInString(text[end+i:])
		return Doubt{Sign, string(r)}
	}
	if d := g.doubtLater(text[end:], sentence, y); d != NoDoubt {
		return d
	}
	if n == 1 && body[0].Text == "siap" {
		return promise(body, sentence, text[end:])
	}
	return Doubt{}
}

// noWord names the command word that stands elsewhere in the sentence, if any.
func (g *commandReader) noWord(sentence string, ws []lexicon.Word, polite int) *Command {
	for i := polite; i < len(ws); i++ {
		id, n := g.index.at(ws[i:])
		if id == "" || g.index.kinds[id] == Free {
			continue
		}
		doubt := NoDoubt
		for _, w := range ws[:i] {
			if doubt = doubtOf(w.Text, false); doubt != NoDoubt {
				break
			}
		}
		if doubt == NoDoubt && strings.ContainsRune(sentence, '?') {
			doubt = Doubt{Code: Question}
		}
		if doubt == NoDoubt {
			doubt = Doubt{Position, strings.ToLower(sentence[ws[i].At:ws[i+n-1].End])}
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
