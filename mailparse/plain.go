package mailparse

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// yes is the sentence of an approval, as far as it was read: n words of the command begin body.
type yes struct {
	g        *Grammar
	sentence string
	body     []word
	n        int
	writer   func(word string) bool // part of the writer's own name
	request  string                 // the number of the request that the mail belongs to
}

// doubt names the first word or sign in the sentence that an approval has no need of.
func (y *yes) doubt() string {
	first := y.body[0].s
	if d := y.position(); d != "" {
		return d
	}
	if d := oddSign(strings.ReplaceAll(y.sentence, "["+y.request+"]", "")); d != "" {
		return d
	}
	carries := strings.Contains(first, "instruksi") // what is to be done follows, in free words
	for i := y.n; i < len(y.body); i++ {
		w, between := y.body[i].s, y.sentence[y.body[i-1].end:y.body[i].at]
		if i == y.n && !parted(between) {
			if d := y.next(w); d != "" {
				return d
			}
		}
		if carries && (i > y.n || parted(between) || y.capital(i)) {
			return ""
		}
		if id, k := y.g.words.at(y.body[i:]); id != "" && y.g.words.kinds[id] == WordApprove {
			i += k - 1
			continue
		}
		if k := y.ownNumber(i); k > 0 {
			i += k - 1
			continue
		}
		if !y.plain(i) {
			return `unknown: "` + strings.ToLower(y.sentence[y.body[i].at:y.body[i].end]) + `"`
		}
	}
	return ""
}

// position recognises a word that is printed or talked about rather than said: a label ("Disetujui oleh: ____", "Bapak:
// setuju"), a signature block ("Menyetujui,").
func (y *yes) position() string {
	before := y.sentence[:y.body[0].at]
	end := y.sentence[y.body[y.n-1].end:]
	after := strings.TrimLeft(end, " \t*\"'”’)")
	switch {
	case strings.Contains(before, ":"), strings.HasPrefix(end, "-"), strings.HasPrefix(after, ":") && len(y.body) == y.n && !strings.HasPrefix(after, ":)"),
		len(y.body) == y.n && y.body[0].s == "menyetujui" && strings.TrimSpace(before) == "":
		return `position: "` + y.body[0].s + `"`
	}
	return ""
}

// next judges the word that follows the command without a sign between them: it may make somebody else the one who
// acted ("disetujui Kabid"), or the command a thing that is talked about ("instruksi Bapak kami laksanakan").
func (y *yes) next(w string) string {
	first := y.body[y.n-1].s
	switch {
	case isPassive(first) && officials[w] && !y.addressed():
		return `agent: "` + w + `"`
	case (first == "disposisi" || first == "instruksi") && (officials[w] && titles[w] || possessors[w]) && !y.addressed():
		return `position: "` + first + `"`
	case w == "sudah" || w == "telah":
		return `position: "` + first + `"`
	}
	return ""
}

// isPassive recognises "disetujui", "ditolak"; "disposisi" is none.
func isPassive(w string) bool {
	return strings.HasPrefix(w, "di") && !strings.HasPrefix(w, "disposisi")
}

// addressed reports whether nothing but a title, or a title and a name, follows the command: "disetujui, Pak" without
// its comma. A name behind a passive is the one who acted.
func (y *yes) addressed() bool {
	rest := y.body[y.n:]
	return len(rest) == 1 && titles[rest[0].s] || len(rest) > 1 && titles[rest[0].s] && parted(y.sentence[rest[0].end:rest[1].at])
}

var (
	titles     = set("pak", "bu", "bapak", "ibu", "bpk", "mas", "mbak", "bang", "kak")
	possessors = set("saya", "kami", "kita", "dari", "yang", "ini", "itu", "tersebut", "tsb", "di", "pada", "sesuai", "persetujuan", "is", "the", "atas", "sebagai", "dengan")
)

// plain reports whether the i-th word may stand in an approval.
func (y *yes) plain(i int) bool {
	w := y.body[i]
	switch {
	case w.s == "saja":
		return i == y.n || isPlain(y.body[i-1].s) && settled[y.body[i-1].s]
	case pairs[[2]string{y.body[i-1].s, w.s}], i+1 < len(y.body) && pairs[[2]string{w.s, y.body[i+1].s}]:
		return true
	case isPlain(w.s), y.writer(w.s):
		return true
	case w.s == "100":
		return i == y.n && strings.HasPrefix(y.sentence[w.end:], "%")
	case isDigit(w.s[0]):
		return numbered[y.body[i-1].s]
	case readyWords[w.s]:
		last := y.body[y.n-1].s
		return last == "siap" || strings.HasSuffix(last, "terima")
	}
	return y.named(i)
}

// pairs are words that are plain only beside each other.
var pairs = map[[2]string]bool{{"uji", "coba"}: true, {"diuji", "coba"}: true, {"lebih", "lanjut"}: true, {"terimakasih", "banyak"}: true, {"tanda", "tangan"}: true}

// settled are what "saja" may follow: "lanjutkan saja". Elsewhere it means "only".
var settled = set("lanjut", "lanjutkan", "dilanjutkan", "proses", "diproses", "teruskan", "diteruskan", "laksanakan", "dilaksanakan", "jalankan", "jalan", "silakan", "silahkan", "langsung")

// named reports whether a word is part of a name: written with a capital, behind a title or an office.
func (y *yes) named(i int) bool {
	for k := i; k >= y.n && k > i-4; k-- {
		w := y.body[k]
		if leaders[w.s] && k < i {
			return true
		}
		if !y.capital(k) || parted(strings.ReplaceAll(y.sentence[y.body[k-1].end:w.at], ".", "")) {
			return false
		}
	}
	return false
}

func (y *yes) capital(i int) bool {
	r, _ := utf8.DecodeRuneInString(y.sentence[y.body[i].at:])
	return unicode.IsUpper(r)
}

// ownNumber is how many words the request's own number takes at the i-th word.
func (y *yes) ownNumber(i int) int {
	at := y.body[i].at
	if y.request == "" || len(y.sentence)-at < len(y.request) || !strings.EqualFold(y.sentence[at:at+len(y.request)], y.request) {
		return 0
	}
	n := 0
	for k := i; k < len(y.body) && y.body[k].at < at+len(y.request); k++ {
		n++
	}
	return n
}

// oddSign finds a sign that a plain yes has no need of: a box to tick, a blank to fill in, a frown.
func oddSign(sentence string) string {
	for i, r := range sentence {
		switch {
		case r < utf8.RuneSelf && (isLetterRune(r) || strings.ContainsRune(" \t\n\r.,;:!-()*~/&+\"'>#@", r)), r >= utf8.RuneSelf && (isLetterRune(r) || unicode.IsSpace(r)):
		case strings.ContainsRune("–—‘’“”•·…\u00a0\ufe0f\u200d👍👌🙏✅✔✓😊🙂😀😁☺🤝👏💪🫡🏻🏼🏽🏾🏿", r) && r != '…':
		case r == '%' && strings.HasSuffix(sentence[:i], "100"):
		default:
			return `sign: "` + string(r) + `"`
		}
	}
	for _, s := range []string{"()", "( )", "*)", "(x)", "(X)"} {
		if strings.Contains(sentence, s) {
			return `sign: "` + s + `"`
		}
	}
	return ""
}

// frowns are signs that take back a yes wherever they stand.
const frowns = "👎❌🚫⛔✖✗✘🙅😡😠🤔❓❔⏳⏸☐☒"
