package command

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
)

// sentence is one sentence of the answer, with its place in the text.
type sentence struct {
	text string
	at   int
	ws   []token
	long bool // words at its end are not among them
}

// sentences cuts a text into sentences of classified words.
func (r *reader) sentences(text string) []sentence {
	var out []sentence
	for at := 0; at < len(text); {
		s, n := lexicon.FirstSentence(text[at:])
		if ws := r.tokens(s); !enumerates(s) && (len(ws) > 0 || strings.TrimSpace(s) != "") {
			out = append(out, sentence{s, at, ws, len(ws) >= lexicon.MaxWords-1})
		}
		at += n
	}
	return out
}

// enumerates reports whether a sentence is only the number of what follows: "1.", "b)".
func enumerates(s string) bool {
	s = strings.Trim(s, " \t\n(-*•")
	n := strings.TrimRight(s, ".)")
	return n != s && (len(n) == 1 || len(n) == 2 && fold.IsDigit(n[0]))
}

// tokens are the words of a sentence with their classes. The numbers of requests and addresses are one word each.
func (r *reader) tokens(s string) []token {
	var out []token
	shouted := strings.ToUpper(s) == s
	numbers, skip := r.numbers(s), 0
	for i, w := range lexicon.Words(s) {
		if w.At < skip || !strings.ContainsFunc(w.Text, readable) {
			continue
		}
		t := token{text: w.Text, at: w.At, end: w.End}
		from, above := 0, ""
		if len(out) > 0 {
			last := &out[len(out)-1]
			from, above = last.end, fold.Lower(s[last.at:last.end])
			if n := joined[above+" "+w.Text]; n != "" && w.At == from+1 {
				last.text, last.end, last.class = n, w.End, r.lang.Class(n)
				continue
			}
		}
		t.sign = signIn(s[from:w.At], above, s[w.At])
		if strings.ContainsAny(s[from:w.At], "&+") && len(out) > 0 {
			out = append(out, token{text: "dan", at: w.At, end: w.At, class: lexicon.Function, sign: t.sign})
			t.sign = 0
		}
		r.classify(&t, s, w, numbers[w.At], i == 0 || t.parted() && t.sign != ',', shouted)
		skip = t.end
		if (i == 0 || t.parted()) && isPoint(s, t) {
			continue
		}
		out = append(out, t)
	}
	r.relate(out)
	return out
}

// isPoint reports whether a word is only the number of a point: "1.", "b)", "(ii)".
func isPoint(s string, t token) bool {
	rest := s[t.end:]
	return t.end-t.at <= 3 && len(rest) > 1 && (rest[0] == '.' || rest[0] == ')') && rest[1] == ' ' &&
		(t.class&lexicon.Number != 0 && t.end-t.at <= 2 || t.end-t.at == 1 || roman[t.text])
}

var roman = fold.Set("ii", "iii", "iv", "vi", "vii")

// classify says what a word is: the number of a request, an address, or by its class; first begins a clause.
func (r *reader) classify(t *token, s string, w lexicon.Word, n number, first, shouted bool) {
	switch end := address(s, w); {
	case n.own:
		t.text, t.end, t.class = "#own", n.end, lexicon.Request
	case n.end > 0:
		t.text, t.end, t.class = "#other", n.end, lexicon.Misdirect
	case end > 0:
		t.text, t.end, t.class = "#link", end, lexicon.Thing
	default:
		t.class = r.class(w.Text, s[w.At:w.End], first, shouted)
	}
	t.writer = r.isWriter(t.text)
}

// relate says of words what only those beside them tell: names behind a title or an order, and where orders begin.
func (r *reader) relate(out []token) {
	for i := range out {
		if i > 0 && (out[i-1].class&lexicon.Title != 0 || out[i-1].order) && !out[i].parted() &&
			lexicon.IsGivenName(out[i].text) {
			out[i].class |= lexicon.Name
		}
		id, _ := r.index.at(out[i:])
		out[i].order = id != "" && r.index.kinds[id] != Free
	}
}

// class is what kind of word it is, by the lists, its capital, and what it is nearly.
func (r *reader) class(word, written string, first, shouted bool) lexicon.Class {
	c := r.lang.Class(word)
	if c&lexicon.Marked != 0 {
		return c
	}
	initial, _ := utf8.DecodeRuneInString(written)
	switch capital := unicode.IsUpper(initial) && !shouted; {
	case r.isWriter(word):
		c |= lexicon.Name
	case capital && c == 0 && strings.ToUpper(written) == written && len(written) > 1:
		c = lexicon.Unit
	case capital && !first && c&^(lexicon.Everyday|lexicon.Rare) == 0:
		c |= lexicon.Name
	case c&^(lexicon.Everyday|lexicon.Rare) == 0 && (c == 0 || capital) && lexicon.IsGivenName(word):
		c |= lexicon.Name
	case c == 0:
		c = r.lang.Slip(word)
	}
	return c
}

// readable reports whether a character is part of a word, and no joiner of pictures.
func readable(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }

// joined are abbreviations of two letters, and what they stand for: "s.d.", "s/d", "a.n."
var joined = map[string]string{
	"s d": "sampai", "a n": "an", "u p": "up", "d a": "an", "a i": "an", "c q": "up", "r r": "ruang",
}

// number is a request's number in a sentence.
type number struct {
	end int
	own bool // of the request that the mail belongs to
}

// numbers are the request numbers of a sentence, by where they begin.
func (r *reader) numbers(s string) map[int]number {
	var out map[int]number
	low := fold.Lower(s)
	for at := 0; ; {
		n, rest, ok := r.site.NumberIn(low[at:])
		if !ok {
			return out
		}
		if out == nil {
			out = map[int]number{}
		}
		at = len(low) - len(rest)
		out[at-len(n)] = number{at, r.mail.Request == "" || strings.EqualFold(n, r.mail.Request)}
	}
}

// address is where the mail or web address ends that a word begins, 0 when it begins none.
func address(s string, w lexicon.Word) int {
	end := w.At
	for end < len(s) && s[end] > ' ' && !strings.ContainsRune(",;()<>\"", rune(s[end])) {
		end++
	}
	for end > w.End && strings.ContainsRune(".:!?", rune(s[end-1])) {
		end--
	}
	word := s[w.At:end]
	if at := strings.IndexByte(word, '@'); at > 0 && strings.Contains(word[at:], ".") || strings.Contains(word, "://") ||
		strings.HasPrefix(strings.ToLower(word), "www.") {
		return end
	}
	dot := strings.IndexByte(word, '.')
	if dot > 0 && strings.Contains(word[dot:], "/") && !strings.ContainsAny(word[:dot], "0123456789/") {
		return end
	}
	return 0
}

// signIn is the sign between two words that says most: what ends a clause before what doesn't. above is the first
// word, next begins the second.
func signIn(between, above string, next byte) rune {
	sign := rune(0)
	for i, c := range between {
		switch {
		case c == ' ' || c == '\t' || c == '\'' || c == '’' || c == '&' || c == '+':
		case c == '.' && (lexicon.IsAbbreviation(above) || i+1 == len(between) && (next < 'A' || next > 'Z')):
			// "lt. 3", "07.30"
		case strings.ContainsRune(",.;:!?()[]–—|~", c):
			return c
		case c == '-' && strings.HasPrefix(between, " "),
			c > unicode.MaxASCII && !strings.ContainsRune("“”‘", c):
			return '–'
		case sign == 0 && c != '\n':
			sign = c
		}
	}
	return sign
}
