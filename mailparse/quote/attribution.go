package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/text"
)

// wroteWords end (or, in some languages, begin) the line that introduces a quote: "Pada Kam, 12 Jul 2018 Ani
// menulis:". Folded, without accents only where people leave them out.
var wroteWords = []string{
	"menulis", "menulis surat", "telah menulis", "mengirim", "wrote", "writes", "said", "has written",
	"schrieb", "geschrieben", "a écrit", "a ecrit", "escribió", "escribio", "escribiu", "va escriure", "ha scritto",
	"scrisse", "escreveu",
	"schreef", "geschreven", "skrev", "skreiv", "kirjoitti", "napisał", "napisał(a)", "napisała", "napisal", "napsal",
	"napsal(a)",
	"napísal", "napísal(a)", "píše", "написал", "написал(а)", "написала", "пишет", "пише", "написав", "писал", "napisao",
	"je napisao/la", "je napisal",
	"a scris", "írta", "ezt írta", "yazdı", "şunu yazdı", "έγραψε", "đã viết", "kirjutas", "rašė", "rakstīja", "kirjutas",
	"skrifaði",
	"写道", "寫道", "写到", "写了", "のメッセージ", "書きました", "님이 작성", "작성", "wrote the following", "sent", "pisze", "ha escrito",
	"escribió lo siguiente", "menulis pesan", "tulis", "נכתב", "כתב", "كتب", "เขียนว่า", "เขียน", "написа",
	"је написао/ла", "نوشت", "쓴 글", "lietotājs", "sinulat ni", "aliandika", "geskryf", "ha escrit", "va escriure",
	"napisao je", "ने लिखा", "idatzi du", "shkroi", "написао је",
}

// introWords begin such a line.
var introWords = []string{
	"on", "pada", "le", "am", "op", "il", "el", "em", "den", "dnia", "dne", "w dniu", "tanggal", "de", "il giorno", "a",
	"at", "en", "no dia", "på", "na", "в", "quoting", "from", "dňa", "em", "vào", "tarihinde", "in article", "in message",
}

// maxAttribution is how many lines an attribution may be wrapped over.
const maxAttribution = 8

// attributionAt tells how many lines from i on introduce a quote; 0 when they do not.
//
// One loop over the lines, with a way out for each shape.
//
//gocyclo:ignore
func attributionAt(lines []text.Line, i int) int {
	first := strings.TrimSpace(StripMarks(lines[i].Text))
	if first == "" || len(first) > 400 || !endsNear(lines, i) || !mayIntroduce(first) {
		return 0
	}
	second := ""
	if i+1 < len(lines) {
		second = strings.ToLower(strings.TrimSpace(lines[i+1].Text))
	}
	joined := ""
	for n := 0; n < maxAttribution && i+n < len(lines); n++ {
		l := strings.TrimSpace(StripMarks(lines[i+n].Text))
		if l == "" {
			if dated := hasClock(joined) && startsIntro(strings.ToLower(joined)); !dated && !strings.HasSuffix(joined, ",") {
				return 0
			}
			continue
		}
		if n > 0 {
			joined += " "
		}
		joined += l
		if len(joined) > 500 {
			return 0
		}
		if endsAttribution(l) && isAttribution(joined, n) {
			if low := strings.ToLower(first); n > 0 && !startsDated(low) && !hasWroteWord(low) && !strings.Contains(low, "<") &&
				(startsDated(second) || !foreignStart(low) && !(hasClock(low) && yearIn(low))) {
				return 0 // the line above an attribution
			}
			return n + 1
		}
		if strings.HasSuffix(l, ":") {
			return 0
		}
	}
	return 0
}

// endsNear reports whether one of the next lines ends the way attributions do.
func endsNear(lines []text.Line, i int) bool {
	for k := i; k < len(lines) && k < i+maxAttribution; k++ {
		if endsAttribution(lines[k].Text) {
			return true
		}
	}
	return false
}

func endsAttribution(s string) bool {
	if s == "" || fold.ASCII[s[len(s)-1]] != 0 || s[len(s)-1] == '.' { // most lines
		return false
	}
	if s = strings.TrimRight(s, " \t*_"); s == "" {
		return false
	}
	switch c := s[len(s)-1]; c {
	case ':', '>', ';', '-', ')':
		return true
	default:
		return c >= 0x80 && strings.HasSuffix(s, "：")
	}
}

// mayIntroduce is the cheap test of a first line: a date, an address or a known beginning.
func mayIntroduce(s string) bool {
	r := strings.TrimLeft(strings.ToLower(s), "-–—*_[( \"'")
	if r == "" {
		return false
	}
	for _, w := range introWords {
		if strings.HasPrefix(r, w) && (len(r) == len(w) || !isWordByte(r[len(w):])) {
			return true
		}
	}
	return strings.ContainsRune(r, '@') || fold.IsDigit(r[0]) || weekdayStart(r) || yearIn(r) || hasWroteEnd(r) ||
		foreignStart(r) && endsAttribution(r)
}

func isWordByte(s string) bool {
	for _, r := range s {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\''
	}
	return false
}

// beforeAttribution is the text that shares its line with an attribution: "setuju Pada Kam, 12 Jul … menulis:".
func beforeAttribution(s string) string {
	low := strings.ToLower(s)
	for _, w := range []string{" on ", " pada ", " le ", " am ", " op ", " el ", " il "} {
		i := strings.Index(low, w)
		if i <= 0 || len(low) != len(s) {
			continue
		}
		rest := strings.TrimPrefix(low[i+len(w):], "tanggal ")
		if strings.ContainsAny(low[:i], "<@") || hasWroteWord(low[:i]) {
			continue
		}
		if rest != "" && (fold.IsDigit(rest[0]) || weekdayStart(rest)) && (hasClock(rest) || yearIn(rest)) &&
			!startsDated(low) {
			return strings.TrimRight(s[:i], " -–—")
		}
	}
	return ""
}

// Introduces reports whether a line by itself introduces a quote.
func Introduces(line string) bool { return isAttribution(line, 0) }

// isAttribution judges the joined text of an attribution of n+1 lines.
//
// One rule for each shape of such a line.
//
//gocyclo:ignore
func isAttribution(s string, n int) bool {
	low := strings.ToLower(strings.Trim(s, "*_ "))
	low = strings.TrimSpace(strings.TrimRight(low, "-–— "))
	dated := hasClock(low) || yearIn(low)
	if !hasWroteEnd(low) {
		colon := strings.HasSuffix(low, ":") || strings.HasSuffix(low, "：")
		switch {
		case colon && dated && (startsIntro(low) || foreignStart(low)) && hasWroteWord(low):
			// "Op 18 juli 2013 10:23 schreef Ani het volgende:"
			return true
		case colon && dated && bracketed(low) && !strings.Contains(low, ": "): // in any language
			return true
		case colon && namesSource(low) && (bracketed(low) || hasClock(low)): // "Quoting Ani <ani@batan.go.id>:"
			return !firstPerson(low)
		}
		return !colon && fold.IsDigit(low[0]) && startsDated(low) && yearIn(low[:min(len(low), 12)]) &&
			strings.HasSuffix(low, ">") && strings.Contains(low, "@")
	}
	if strings.ContainsRune(low, '@') || dated {
		return !firstPerson(low)
	}
	// "Budi menulis:" alone on a short line
	return n == 0 && len(low) < 80 && (startsIntro(low) || strings.Count(low, " ") <= 5) && !strings.HasPrefix(low,
		"i ") && !strings.HasPrefix(low, "saya ")
}

func startsIntro(low string) bool {
	for _, w := range introWords {
		if strings.HasPrefix(low, w+" ") {
			return true
		}
	}
	return false
}

// namesSource reports whether a short text begins with a word for "from".
func namesSource(low string) bool {
	first, _, _ := strings.Cut(low, " ")
	return (first == "quoting" || first == "from" || first == "dari" || first == "mengutip") &&
		strings.Count(low, " ") <= 8
}

// firstPerson finds the writer's own "saya menulis" in front of the colon: no program says so.
func firstPerson(low string) bool {
	for _, p := range []string{"saya ", "kami ", "aku ", "kita "} {
		if i := strings.LastIndex(low, p); i >= 0 && (i == 0 || low[i-1] == ' ') && !strings.ContainsAny(low[i:], "<@") &&
			strings.Count(low[i:], " ") <= 3 {
			return true
		}
	}
	return false
}

// foreignStart reports whether a text begins in a letter that Indonesian and English do not have.
func foreignStart(low string) bool {
	r, _ := utf8.DecodeRuneInString(low)
	return r >= utf8.RuneSelf && unicode.IsLetter(r)
}

// bracketed finds an address in brackets, as programs print it behind a name; "a@b<mailto:a@b>" is only a link.
func bracketed(s string) bool {
	for at := 0; ; {
		i := strings.IndexByte(s[at:], '@')
		if i < 0 {
			return false
		}
		i += at
		at = i + 1
		open := strings.LastIndexAny(s[:i], "<([ \t")
		end := strings.IndexAny(s[i:], ">)] \t")
		if open < 0 || end < 0 || s[open] == ' ' || s[open] == '\t' || s[i+end] == ' ' || s[i+end] == '\t' {
			continue
		}
		if open == 0 || s[open] != '<' || !strings.HasPrefix(s[open+1:], "mailto:") || s[open-1] == ' ' {
			return true
		}
	}
}

// startsDated reports whether a line begins with a date: digits or a weekday.
func startsDated(low string) bool {
	return low != "" && (fold.IsDigit(low[0]) || weekdayStart(low) || startsIntro(low))
}

// hasWroteWord finds a verb of writing anywhere.
func hasWroteWord(low string) bool {
	for _, w := range wroteWords {
		if i := strings.Index(low, w); i > 0 && !isLetterBefore(low, i) && !isWordByte(low[i+len(w):]) {
			return true
		}
	}
	return false
}

// hasWroteEnd reports whether lower-case text ends in a verb of writing and a colon; some languages put the date, the
// hour or an address behind the verb.
//
// One rule for each language's order of words.
//
//gocyclo:ignore
func hasWroteEnd(low string) bool {
	end := strings.TrimRight(low, " >*_")
	colon := strings.HasSuffix(end, ":") || strings.HasSuffix(end, "：") || strings.HasSuffix(end, ";")
	dashed := strings.Contains(low, "----")
	if !colon && !dashed {
		return false
	}
	end = strings.TrimRight(end, " :：;-–")
	for _, w := range wroteWords {
		at := strings.LastIndex(end, w)
		if at < 0 || at > 0 && isWordByte(end[at:]) && isLetterBefore(end, at) {
			continue
		}
		rest := end[at+len(w):]
		if isWordByte(rest) {
			continue
		}
		if rest == "" {
			return true
		}
		if colon && (strings.ContainsRune(rest, '@') || hasClock(rest) ||
			strings.HasPrefix(strings.TrimSpace(rest), "het volgende")) {
			return true
		}
		if colon && len(rest) < 60 && (strings.Contains(rest, "following") || strings.Contains(rest, "in message") ||
			strings.Contains(rest, "sebagai berikut")) {
			return true
		}
		if colon && yearIn(rest) {
			return true
		}
	}
	return false
}

func isLetterBefore(s string, at int) bool {
	c := s[at-1]
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
}
