package command

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
)

// yes is the sentence of an approval, as far as it was read: n words of the command begin body.
type yes struct {
	g        *Words
	sentence string
	body     []lexicon.Word
	n        int
	writer   func(word string) bool // part of the writer's own name
	request  string                 // the number of the request that the mail belongs to
	class    yesClass
	carries  bool // what is to be done follows, in free words
}

// yesClass is what kind of approval a word is, by the words that may follow it.
type yesClass int

const (
	classYes   yesClass = iota
	classSend           // "disposisi", "teruskan", "instruksi": to somebody
	classReady          // "siap"
	classTaken          // "terima", of a report
)

func newYes(r *commandReader, sentence string, body []lexicon.Word, n int) *yes {
	y := &yes{g: r.Words, sentence: sentence, body: body, n: n, writer: r.writer, request: r.request}
	switch w := body[n-1].Text; {
	case body[0].Text == "siap" || w == "siap" || w == "digunakan":
		y.class = classReady
	case strings.HasSuffix(w, "terima"):
		y.class = classTaken
	case strings.Contains(w, "instruksi"):
		y.class, y.carries = classSend, true
	case strings.Contains(w, "disposisi"), strings.Contains(w, "terus"), strings.Contains(w, "nerus"):
		y.class = classSend
	}
	return y
}

// doubt names the first word or sign in the sentence that an approval has no need of.
func (y *yes) doubt(prefix []lexicon.Word) Doubt {
	if d := y.position(); d != NoDoubt {
		return d
	}
	if d := y.spokenOf(prefix); d != NoDoubt {
		return d
	}
	sentence := strings.TrimSpace(strings.ReplaceAll(y.sentence, "["+y.request+"]", ""))
	if s, ok := strings.CutPrefix(sentence, "_"); ok { // as some programs write italics
		sentence = strings.TrimSuffix(s, "_")
	}
	if d := oddSign(sentence); d != NoDoubt {
		return d
	}
	if d := y.reported(); d != NoDoubt {
		return d
	}
	i, d := y.head()
	if d != NoDoubt || y.carries {
		return d
	}
	return y.note(i)
}

// position recognises a word that is printed or talked about rather than said: a label ("Disetujui oleh: ____",
// "Bapak: setuju"), a signature block ("Menyetujui,").
func (y *yes) position() Doubt {
	before := y.sentence[:y.body[0].At]
	end := y.sentence[y.body[y.n-1].End:]
	after := strings.TrimLeft(end, " \t*\"'”’)")
	alone := len(y.body) == y.n && strings.TrimSpace(before) == ""
	last := y.body[y.n-1].Text
	switch {
	case strings.Contains(before, ":") && !labelledAnswer(before), strings.HasPrefix(end, "-"),
		strings.HasPrefix(after, ":") && len(y.body) == y.n && !strings.HasPrefix(after, ":)"),
		strings.HasSuffix(strings.TrimSpace(y.sentence), ":"),
		alone && last == "menyetujui", alone && y.passive() && strings.HasPrefix(after, ","):
		return Doubt{Position, y.body[0].Text}
	}
	return Doubt{}
}

// spokenOf recognises by the words before it an approval that somebody else gave, or is to give: "Bapak setuju",
// "Permohonan saya disetujui", "Izin acc".
func (y *yes) spokenOf(prefix []lexicon.Word) Doubt {
	if len(prefix) == 0 {
		return Doubt{}
	}
	w := prefix[len(prefix)-1].Text
	switch {
	case y.body[0].Parted:
	case w == "bapak" || w == "ibu" || w == "beliau", lexicon.Titles[w] && len(prefix) == 1,
		isPassive(y.body[y.n-1].Text) && (w == "saya" || w == "kami" || lexicon.Titles[w]):
		return Doubt{Position, y.body[0].Text}
	}
	if y.class != classYes || !y.passive() {
		return Doubt{}
	}
	if lexicon.Titles[prefix[0].Text] || holdsWord(prefix, begging) {
		return Doubt{Hedge, prefix[0].Text}
	}
	return Doubt{}
}

// begging are words before a passive that ask for it, or give thanks for it.
var begging = fold.Set("izin", "ijin", "alhamdulillah", "terimakasih")

// reported recognises a disposition or an instruction that is spoken of: "Instruksi Bapak sudah kami laksanakan",
// "Kami teruskan permohonan dari Ibu Ani".
func (y *yes) reported() Doubt {
	if y.class != classSend {
		return Doubt{}
	}
	for i, w := range y.body[y.n:] {
		own := (w.Text == "saya" || w.Text == "kami") && i+1 < len(y.body[y.n:]) && lexicon.IsVerb(y.body[y.n+i+1].Text)
		if reports[w.Text] || own {
			return Doubt{Position, y.body[y.n-1].Text}
		}
	}
	return Doubt{}
}

var reports = fold.List(`sudah telah sedang masih terlampir dari ditunggu tunggu tadi kemarin beliau membingungkan`)

// note judges the free words behind the head, or behind a sign: each must be plain, and none may put the yes off or
// ask somebody else for it.
//
// One rule for each word that no yes needs.
//
//gocyclo:ignore
func (y *yes) note(from int) Doubt {
	for i := from; i < len(y.body); i++ {
		// "maaf baru sempat membalas", "tidak ada masalah"
		if k := max(clause(y.body[i:]), phraseAt(y.body[i:], consents)); k > 0 {
			i += k - 1
			continue
		}
		w, next := y.body[i].Text, ""
		if i+1 < len(y.body) && !y.body[i+1].Parted {
			next = y.body[i+1].Text
		}
		switch {
		case asks[w] && asked[next], (w == "mohon" || w == "tolong") && i+1 == len(y.body),
			w == "segera" && y.class == classTaken:
			return Doubt{Hedge, w + " " + next}
		case (w == "saya" || w == "kami" || w == "kita") && next != "" && !functionWords[next] && y.class != classReady:
			return Doubt{Future, w + " " + next}
		case lexicon.Higher[w], w == "rapat" && (y.body[i-1].Text == "di" || y.body[i-1].Text == "ke"):
			return Doubt{Agent, w}
		case lexicon.Officials[w] && i == from && y.body[i].Parted && next == "" && i+1 == len(y.body) && !y.writer(w):
			return Doubt{Agent, w}
		}
		if id, k := y.g.index.at(y.body[i:]); id != "" && y.g.index.kinds[id] == Approve {
			if isPassive(w) && (y.body[i-1].Text == "agar" || y.body[i-1].Text == "untuk" || y.body[i-1].Text == "supaya") {
				return Doubt{Hedge, w}
			}
			i += k - 1
			continue
		}
		if k := y.ownNumber(i); k > 0 {
			i += k - 1
			continue
		}
		if !y.plain(i) {
			return Doubt{Unknown, strings.ToLower(y.sentence[y.body[i].At:y.body[i].End])}
		}
	}
	return Doubt{}
}

var (
	asks  = fold.Set("mohon", "minta", "harap", "tolong", "izin", "ijin", "perlu", "butuh")
	asked = fold.Set("persetujuan", "arahan", "petunjuk", "acc", "disetujui", "setujui", "keputusan", "izin",
		"ijin", "tanda", "pertimbangan", "approval", "konfirmasi")
	functionWords = fold.Set("dan", "di", "ke", "untuk", "dengan", "agar", "ya", "juga", "saja", "via", "melalui")
)

// passive reports whether the command is a passive, or as good as one: "disetujui Kabid", "acc Kabid".
func (y *yes) passive() bool {
	w := y.body[y.n-1].Text
	return isPassive(w) || w == "acc" || w == "approved"
}

// isPassive recognises "disetujui", "ditolak"; "disposisi" is none.
func isPassive(w string) bool {
	return strings.HasPrefix(w, "di") && len(w) > 4 && !strings.HasPrefix(w, "disposisi")
}

// plain reports whether the i-th word may stand in a note.
//
// One rule for each kind of plain word.
//
//gocyclo:ignore
func (y *yes) plain(i int) bool {
	w := y.body[i]
	switch {
	case w.Text == "saja":
		return settled[y.body[i-1].Text]
	case pairs[[2]string{y.body[i-1].Text, w.Text}], i+1 < len(y.body) && pairs[[2]string{w.Text, y.body[i+1].Text}]:
		return true
	case lexicon.IsPlain(w.Text), w.Text == "oleh" && isPassive(y.body[i-1].Text) && lexicon.IsVerb(y.body[i-1].Text):
		return true
	case i+1 == len(y.body) && w.Parted && y.signs(i): // "Setuju, Budi"
		return true
	case y.writer(w.Text) && !lexicon.NotNames[w.Text] && (i+1 == len(y.body) || y.body[i+1].Parted):
		return true
	case fold.IsDigit(w.Text[0]):
		prev := y.body[i-1].Text
		return lexicon.Numbered[prev] || prev == "h" && len(w.Text) == 1 || i+
			1 < len(y.body) && lexicon.Counted[y.body[i+1].Text]
	case w.Text == "h": // "H-1"
		return i+1 < len(y.body) && fold.IsDigit(y.body[i+1].Text[0])
	case lexicon.Leaders[w.Text]:
		return i+1 < len(y.body) && y.capital(i+1)
	case lexicon.ReadyWords[w.Text] && (y.class == classReady || y.class == classTaken):
		return true
	}
	return y.named(i)
}

// pairs are words that are plain only beside each other.
var pairs = map[[2]string]bool{{"uji", "coba"}: true, {"diuji", "coba"}: true, {"lebih", "lanjut"}: true,
	{"terimakasih", "banyak"}: true, {"tepat", "waktu"}: true, {"sesuai", "ketentuan"}: true, {"sesuai", "rencana"}: true,
	{"sesuai", "aturan"}: true, {"sesuai", "permintaan"}: true, {"sampai", "selesai"}: true, {"hingga", "selesai"}: true,
	{"setelah", "selesai"}: true, {"setelah", "acara"}: true, {"setelah", "kegiatan"}: true, {"jangan", "lupa"}: true,
	{"jangan", "sampai"}: true}

// settled are what "saja" may follow: "lanjutkan saja". Elsewhere it means "only".
var settled = fold.Set("lanjut", "lanjutkan", "dilanjutkan", "proses", "diproses", "teruskan", "diteruskan",
	"laksanakan", "dilaksanakan", "jalankan", "jalan", "silakan", "silahkan", "langsung")

// named reports whether a word is part of a name: written with a capital, behind a title or an office. In a sentence
// of capitals nothing is.
func (y *yes) named(i int) bool {
	if strings.ToUpper(y.sentence) == y.sentence {
		return false
	}
	for k := i; k >= y.n && k > i-4; k-- {
		w := y.body[k]
		if lexicon.Leaders[w.Text] && k < i {
			return true
		}
		if !y.capital(k) || lexicon.NotNames[w.Text] || lexicon.Hesitation(w.Text, true) != lexicon.None ||
			lexicon.Contraries[w.Text] || w.Parted && !strings.HasSuffix(strings.TrimRight(y.sentence[:w.At], " "), ".") {
			return false
		}
	}
	return false
}

// signs reports whether the last word may be its writer's name.
func (y *yes) signs(i int) bool {
	w := y.body[i].Text
	return y.capital(i) && strings.ToUpper(y.sentence) != y.sentence && !lexicon.NotNames[w] && !interjections[w] &&
		!lexicon.Contraries[w] && !lexicon.Undoing[w]
}

func (y *yes) capital(i int) bool {
	r, _ := utf8.DecodeRuneInString(y.sentence[y.body[i].At:])
	return unicode.IsUpper(r)
}

// ownNumber is how many words the request's own number takes at the i-th word.
func (y *yes) ownNumber(i int) int {
	at := y.body[i].At
	if y.request == "" || len(y.sentence)-at < len(y.request) || !strings.EqualFold(y.sentence[at:at+len(y.request)],
		y.request) {
		return 0
	}
	n := 0
	for k := i; k < len(y.body) && y.body[k].At < at+len(y.request); k++ {
		n++
	}
	return n
}

// oddSign finds a sign that a plain yes has no need of: a box to tick, a blank to fill in, a frown.
func oddSign(sentence string) Doubt {
	for i, r := range sentence {
		switch {
		case r < utf8.RuneSelf && (fold.IsLetter(r) || strings.ContainsRune(" \t\n\r.,;:!-()*/&+\"'>#@", r)),
			r >= utf8.RuneSelf && (fold.IsLetter(r) || unicode.IsSpace(r)):
		case strings.ContainsRune("–—‘’“”•·\u00a0\ufe0f\u200d👍👌🙏✅✔✓😊🙂😀😁☺🤝👏💪🫡🏻🏼🏽🏾🏿", r):
		case r == '%' && strings.HasSuffix(sentence[:i], "100"):
		default:
			return Doubt{Sign, string(r)}
		}
	}
	for _, s := range []string{"()", "( )", "*)", "(x)", "(X)", "....", "(..", "---"} {
		if strings.Contains(sentence, s) {
			return Doubt{Sign, s}
		}
	}
	return Doubt{}
}

// frowns are signs that take back a yes wherever they stand.
const frowns = "👎❌🚫⛔✖✗✘🙅😡😠🤔❓❔⏳⏸☐☒"
