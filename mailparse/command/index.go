package command

import (
	"slices"

	"batan.go.id/layanan/mailparse/lexicon"
)

// Index finds the command word that a sentence begins with, the longest form first.
type Index struct {
	forms map[string][]wordForm // by their first word, the longest first
	kinds map[string]string     // id → kind
	// id → the name of what may follow it
	complement map[string]string
	yes        map[string]string // form of a word of kind yes → id; no sentence begins with those
	last       map[string]bool   // words that a form ends with
}

type wordForm struct {
	words []string
	id    string
}

// NewIndex prepares the forms of words.
func NewIndex(list []Word) *Index {
	x := &Index{forms: map[string][]wordForm{}, kinds: map[string]string{}, complement: map[string]string{},
		yes:  map[string]string{},
		last: map[string]bool{}}
	for _, w := range list {
		x.kinds[w.ID], x.complement[w.ID] = w.Kind, complementOf(w.ID, w.Kind)
		for _, f := range append([]string{w.ID}, w.Forms...) {
			words := foldedWords(f)
			switch {
			case w.Kind == Yes && len(words) == 1:
				x.yes[words[0]] = w.ID
			case w.Kind != Yes && len(words) > 0:
				x.forms[words[0]] = append(x.forms[words[0]], wordForm{words, w.ID})
				x.last[words[len(words)-1]] = true
			}
		}
	}
	for _, forms := range x.forms {
		slices.SortStableFunc(forms, func(a, b wordForm) int { return len(b.words) - len(a.words) })
	}
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
func (x *Index) at(ws []token) (id string, n int) {
	if len(ws) == 0 {
		return "", 0
	}
	for _, f := range x.forms[ws[0].text] {
		if len(f.words) <= len(ws) && matches(ws, f.words) {
			return f.id, len(f.words)
		}
	}
	return "", 0
}

// matches reports whether the words of a form stand at the beginning of ws, with no sign between them.
func matches(ws []token, form []string) bool {
	for i, f := range form {
		if ws[i].text != f || i > 0 && ws[i].sign != 0 {
			return false
		}
	}
	return true
}

// Orders reports whether a word by itself orders something.
func (x *Index) Orders(w lexicon.Word) bool {
	id, _ := x.at([]token{{text: w.Text}})
	return id != "" && x.kinds[id] != Free && x.complement[id] != "report"
}

// plain are words as an index finds them, without their classes.
func plain(ws []lexicon.Word) []token {
	out := make([]token, len(ws))
	for i, w := range ws {
		out[i] = token{text: w.Text, at: w.At, end: w.End}
		if w.Parted {
			out[i].sign = ','
		}
	}
	return out
}
