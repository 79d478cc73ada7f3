package lexicon

import (
	"slices"
	"strings"
	"sync"

	"batan.go.id/layanan/mailparse/fold"
)

// Word is one word of a sentence: folded, with its place in the text.
type Word struct {
	Text    string
	At, End int
	Parted  bool // a sign or a line break stands before it
}

// MaxWords is how many words of a text [Words] returns at most.
const MaxWords = 200

// Words cuts a text into folded words; "tdk" and its kin become one spelling, "terima kasih" one word.
//
// One loop over the text, so that it is read once.
//
//gocyclo:ignore
func Words(text string) []Word {
	out := make([]Word, 0, min(len(text)/5+2, MaxWords))
	respelt := spellings()
	start, sign := -1, false
	flush := func(end int) {
		if start >= 0 && len(out) < MaxWords {
			s := text[start:end]
			if !fold.IsFolded(s) {
				s = fold.Key(s)
			}
			if n, ok := respelt[s]; ok {
				s = n
			} else if q := squeezeLetters(s); len(q) < len(s) {
				if n, ok := respelt[q]; ok {
					s = n
				}
			}
			switch n := len(out); {
			case s == "kasih" && n > 0 && out[n-1].Text == "terima": // thanks, not the word TERIMA
				out[n-1].Text, out[n-1].End = "terimakasih", end
			case s != "":
				out = append(out, Word{s, start, end, sign && n > 0})
			}
			sign = false
		}
		start = -1
	}
	for i, r := range text {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r >= 0x80 && fold.IsLetter(r)
		switch {
		case letter && start < 0:
			start = i
		case !letter && start >= 0 && !(r == '\'' || r == '’'):
			flush(i)
		}
		if start < 0 && r != ' ' && r != '\t' && r != '*' {
			sign = true
		}
	}
	flush(len(text))
	return out
}

// squeezeLetters writes letters that are repeated for emphasis once: "setujuuu", "siaaap"; not those of "telaah".
func squeezeLetters(s string) string {
	for i := 1; i < len(s); i++ {
		if s[i] == s[i-1] && (i+1 == len(s) || i > 1 && s[i] == s[i-2]) {
			return string(slices.Compact([]byte(s)))
		}
	}
	return s
}

// spellings maps what people type on telephones to the words of the rules.
var spellings = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for line := range strings.SplitSeq(file("spellings.txt"), "\n") {
		if ws := strings.Fields(line); len(ws) > 1 && ws[0] != "#" {
			for _, w := range ws {
				m[fold.Key(w)] = ws[0]
			}
		}
	}
	return m
})

// FirstSentence returns the sentence that text begins with, and where it ends. A line break ends it when an empty
// line, a list or a sentence that could stand alone follows; a wrapped line belongs to it.
func FirstSentence(text string) (sentence string, end int) {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '?' || c == '!':
			for i+1 < len(text) && (text[i+1] == '?' || text[i+1] == '!' || text[i+1] == '.') {
				i++
			}
			return text[:i+1], i + 1
		case c == '.' && endsSentence(text, i):
			return text[:i+1], i + 1
		case c == '\n' && lineEndsSentence(text, i):
			return text[:i], i + 1
		}
	}
	return text, len(text)
}

// abbreviations end in a dot that ends no sentence.
var abbreviations = fold.List(`yth bp bpk sdr sdri dr drs ir prof ka kasubbid kabid subbid bid no tgl pkl jl s.d a.n u.p d.a hj h ext
	telp lt gd kav st mt m s r rg psw tel hp ass wr wb kel jln kapt sub ttd apt rer nat dra kec tlp min max
	maks ket mr mrs bag dkk dll dsb`)

// IsAbbreviation reports whether a dot behind a word, in lower case, ends no sentence.
func IsAbbreviation(word string) bool { return abbreviations[word] || len(word) == 1 }

// endsSentence tells a full stop from the dot of a number, an address or an abbreviation.
func endsSentence(text string, i int) bool {
	if i+1 < len(text) && !strings.ContainsRune(" \n\t.\")", rune(text[i+1])) {
		return false
	}
	j := strings.LastIndexAny(text[:i], " \n\t(\"")
	last := text[j+1 : i]
	return !abbreviations[strings.ToLower(last)] && !(len(last) == 1 && last[0] >= 'A' && last[0] <= 'Z') // an initial
}

// lineEndsSentence judges a line break at text[i].
func lineEndsSentence(text string, i int) bool {
	rest := text[i+1:]
	next, _, _ := strings.Cut(rest, "\n")
	t := strings.TrimSpace(next)
	if t == "" {
		return true
	}
	c := t[0]
	if c == '-' || c == '*' || c == '>' || fold.IsDigit(c) || Labelled(t) {
		return true
	}
	return c >= 'A' && c <= 'Z' || strings.HasPrefix(t, "•")
}

// Labelled recognises a line that begins with a label of some other form.
func Labelled(s string) bool {
	i := strings.IndexByte(s, ':')
	return i > 0 && i < 40 && strings.Count(s[:i], " ") <= 5 && (i+1 == len(s) || !fold.IsDigit(s[i+1]))
}
