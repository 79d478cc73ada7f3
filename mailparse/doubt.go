package mailparse

import (
	"strings"
	"unicode"
)

// politeWords may stand before the command word.
var politeWords = map[string]bool{
	"ya": true, "iya": true, "baik": true, "baiklah": true, "oke": true, "ok": true, "okay": true, "okey": true, "sip": true, "yes": true, "yth": true,
	"pak": true, "bu": true, "bapak": true, "ibu": true, "mas": true, "mbak": true, "bang": true, "saya": true, "kami": true, "aku": true,
	"terimakasih": true, "maaf": true, "izin": true, "ijin": true, "noted": true, "sangat": true, "amat": true, "halo": true, "hai": true, "pagi": true, "siang": true, "sore": true, "malam": true, "assalamualaikum": true, "waalaikumsalam": true, "waalaikumussalam": true, "wr": true, "wb": true, "nggih": true, "inggih": true, "monggo": true, "alhamdulillah": true, "bismillah": true,
}

// politePhrases are politeness of several words.
var politePhrases = [][]string{
	{"terimakasih", "banyak"}, {"mohon", "maaf"}, {"mohon", "izin"}, {"mohon", "ijin"}, {"dengan", "hormat"}, {"dengan", "ini"}, {"selamat", "pagi"}, {"selamat", "siang"}, {"selamat", "sore"}, {"selamat", "malam"},
	{"siap", "pak"}, {"siap", "bu"}, {"siap", "bapak"}, {"siap", "ibu"}, {"siap", "mas"}, {"siap", "mbak"}, {"siap", "laksanakan"}, {"siap", "dilaksanakan"}, {"siap", "86"}, {"siap", "ndan"}, {"siap", "komandan"}, {"siap", "siap"}, {"siap", "bos"}, {"siap", "boss"}, {"siap", "kak"}, {"siap", "om"}, {"siap", "gan"}, {"siap", "dan"}, {"siap", "grak"}, {"siap", "perintah"}, {"siap", "noted"}, {"siap", "ok"}, {"siap", "oke"}, {"siap", "izin"}, {"siap", "ijin"}, {"siap", "salah"}, {"siap", "terimakasih"},
}

// politeness is the number of words that a sentence begins with and that only are polite. "Siap" ("yes, sir") must be
// parted from what follows by a sign: "siap laksanakan instruksi Bapak" gives no instruction.
func (g *Grammar) politeness(ws []word, sentence string) int {
	i := 0
	for i < len(ws) {
		n := phraseAt(ws[i:], politePhrases)
		if n == 0 && ws[i].s == "siap" && g.commandFollows(ws[i+1:]) {
			n = 1
		}
		if n > 0 && ws[i].s == "siap" && i+n < len(ws) && !parted(sentence[ws[i+n-1].end:ws[i+n].at]) {
			return i
		}
		if n == 0 && politeWords[ws[i].s] {
			n = 1
		}
		if n == 0 {
			break
		}
		i += n
	}
	return i
}

// commandFollows reports whether the words begin with a command word other than "siap".
func (g *Grammar) commandFollows(ws []word) bool {
	id, _ := g.words.at(ws)
	return id != "" && ws[0].s != "siap"
}

func parted(between string) bool { return strings.ContainsAny(between, ",.;:!-\n") }

func phraseAt(ws []word, phrases [][]string) int {
	for _, p := range phrases {
		if len(p) <= len(ws) && matches(ws, p) {
			return len(p)
		}
	}
	return 0
}

// courtesy returns "siap pak" and its kin when words begin with it: "yes, sir", not a report of readiness.
func courtesy(ws []word) string {
	if len(ws) > 1 && ws[0].s == "siap" && phraseAt(ws, politePhrases) > 0 {
		return "siap " + ws[1].s
	}
	return ""
}

// underWay are the words of somebody who is about to act: "Siap, segera kami kerjakan" reports no readiness.
var underWay = set("menyiapkan", "membantu", "bertugas", "melaksanakan", "menindaklanjuti", "tindak", "disiapkan", "mohon", "besok", "arahan", "petunjuk", "belum", "tinggal", "menunggu", "segera", "akan", "nanti", "kami", "saya", "kerjakan", "dikerjakan", "laksanakan", "dilaksanakan", "tindaklanjuti", "ditindaklanjuti", "meluncur", "hadir", "monitor", "dimengerti")

// promise finds out whether a bare "siap" is a yes to an order: a comma behind it, or words about what comes.
func promise(body []word, sentence, rest string) string {
	if len(body) > 1 && strings.Contains(sentence[body[0].end:body[1].at], ",") {
		return `courtesy: "siap, ` + body[1].s + `"`
	}
	next, _ := firstSentence(strings.TrimLeft(rest, " \t\n"))
	after := wordsOf(next)
	for _, w := range append(body[1:len(body):len(body)], after[:min(len(after), 3)]...) {
		if underWay[w.s] {
			return `courtesy: "siap … ` + w.s + `"`
		}
	}
	return ""
}

// Words that leave a doubt.
var (
	negations  = set("tidak", "belum", "jangan", "bukan", "kurang", "batal", "urung", "tidaknya", "never")
	conditions = set("jika", "asal", "asalkan", "apabila", "kalau", "bila", "bilamana", "selama", "sepanjang", "syarat", "bersyarat", "kecuali", "terkecuali", "seandainya", "andai", "andaikan", "jikalau", "manakala", "sekiranya", "tergantung", "asumsi", "tapi", "tetapi", "namun", "hanya", "cuma", "catatan", "ketentuan", "setelah", "sesudah", "sampai", "menunggu", "tunggu", "sebelum",
		"if", "unless", "provided", "subject", "but", "when", "once", "until", "after")
	questions  = set("apa", "apakah", "kenapa", "mengapa", "bagaimana", "kapan", "siapa", "berapa", "kok", "dimana", "kah", "ataukah", "atau", "mana", "apanya")
	futures    = set("akan", "nanti", "besok", "lusa", "will", "rencana", "rencananya", "depan", "menyusul")
	hedges     = set("mungkin", "sepertinya", "kayaknya", "kelihatannya", "rasanya", "prinsipnya", "prinsip", "pertimbangkan", "dipertimbangkan", "ragu", "seharusnya", "harusnya", "sementara", "hampir", "agak", "maybe", "sebagian", "separuh", "setengah", "setengahnya", "selain", "tanpa", "luar", "tes", "test", "testing", "draf", "draft", "kemarin", "oleh", "by", "bank", "rekening", "kan", "x", "y")
	requests   = set("mohon", "tolong", "minta", "coba", "perlu", "pikir", "harap") // before the word: somebody else is to say it
	contraries = set("tolak", "ditolak", "menolak", "tunda", "ditunda", "menunda", "pending", "batalkan", "dibatalkan", "cancel", "reject", "rejected", "hold", "kembalikan", "dikembalikan", "ralat", "keberatan", "tahan", "ditahan", "dipending", "ditangguhkan", "tangguhkan", "dihentikan", "hentikan", "stop", "distop", "dicoret", "coret", "dihapus", "hapus", "drop", "didrop", "mundur", "diundur", "diundurkan", "undur", "dijadwal", "dijadwalkan", "jadwalkan", "reschedule", "rescheduled", "dikaji", "ditinjau", "dibahas", "didiskusikan", "dirapatkan", "diganti", "ganti", "diubah", "dipindah", "dipindahkan", "gajadi", "penolakan", "cabut", "dicabut", "abaikan", "diabaikan", "salah", "keliru")
	reasons    = set("karena", "sebab", "lantaran", "alasan", "alasannya", "mengingat", "berhubung", "dikarenakan", "disebabkan", "because")
	// An approval may not hold these; an order may.
	wavering = set("disetop", "gugur", "ntaran", "nol", "tiada", "minus", "mayoritas", "maksimal", "maksimum", "dibatasi", "kertas", "pabila", "misal", "misalnya", "semisal", "andaikata", "umpama", "umpamanya", "begitu", "ketika", "saat", "waktu", "hal", "hingga", "nunggu", "abis", "habis", "seizin", "seijin", "pastikan", "lengkapi", "dulu", "dahulu", "conditionally", "conditions", "however", "only", "principle", "except", "without")
	// A firm order may hold these: "Tolak, tapi boleh diajukan lagi".
	mild = set("tapi", "tetapi", "catatan", "hanya", "cuma", "sebelum", "setelah", "selama", "sampai", "but", "after", "until")
)

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// hesitation names what makes a word doubtful near a command. after is for words behind it.
func hesitation(w string, after bool) string {
	switch {
	case negations[w]:
		return `negation: "` + w + `"`
	case conditions[w]:
		return `condition: "` + w + `"`
	case futures[w], !after && w == "segera":
		return `future: "` + w + `"`
	case questions[w]:
		return "question"
	case hedges[w], !after && requests[w]:
		return `hedge: "` + w + `"`
	}
	return ""
}

// doubtAfter looks at the rest of the sentence. body begins with the n words of the command.
func (g *Grammar) doubtAfter(kind, id string, body []word, n int, sentence string) string {
	strict := kind == WordApprove
	if strict && len(body) >= maxSentenceWords-20 {
		return "length"
	}
	for i := n; i < len(body); i++ {
		w := body[i].s
		if !strict && reasons[w] {
			break
		}
		if d := g.doubtWord(w, strict); d != "" {
			return d
		}
		if received[w] && !received[body[0].s] {
			return `contradiction: "` + w + `"`
		}
		if other, k := g.words.at(body[i:]); other != "" && other != id && (g.contradicts(kind, other) || strict && i == n && reported(body[0].s, w)) {
			return `contradiction: "` + strings.ToLower(sentence[body[i].at:body[i+k-1].end]) + `"`
		}
	}
	if strings.ContainsRune(sentence, '?') {
		return "question"
	}
	if strict {
		if d := formLike(body, n, sentence); d != "" {
			return d
		}
	}
	if strict && quotedWord(sentence, body[0], body[n-1]) && len(body) > n {
		return "quotation"
	}
	return ""
}

// formLike recognises a word that is printed or talked about rather than said: a label ("Disetujui oleh: ____", "Bapak:
// setuju"), a box to tick, a date right behind it ("Setuju tanggal 16"), a signature block ("Menyetujui,").
func formLike(body []word, n int, sentence string) string {
	before, after := sentence[:body[0].at], strings.TrimLeft(sentence[body[n-1].end:], " \t*_\"'”’)")
	switch {
	case strings.Contains(before, ":"), strings.HasPrefix(after, ":") && len(body) < n+2, strings.HasPrefix(after, "="), strings.HasPrefix(sentence[body[n-1].end:], "-"):
		return `position: "` + body[0].s + `"`
	case strings.ContainsAny(sentence, "%=_[]…"), strings.Contains(sentence, "*)"), strings.Contains(sentence, "()"), strings.Contains(sentence, "( )"):
		return `position: "` + body[0].s + `"`
	case len(body) > n && aboutTime[body[n].s]:
		return `hedge: "` + body[n].s + `"`
	case len(body) == n && body[0].s == "menyetujui" && strings.TrimSpace(before) == "":
		return `position: "menyetujui"`
	}
	return ""
}

var aboutTime = set("tanggal", "tgl", "tanggalnya", "jam", "pukul", "pkl", "hari", "minggu", "bulan", "tahun")

// disguised reports letters that only look like others, or marks that turn the reading order: what is shown is not
// what is written.
func disguised(text string) bool {
	latin, other := false, false
	for _, r := range text {
		switch {
		case r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
			return true
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
			latin = true
		case unicode.In(r, unicode.Cyrillic, unicode.Greek):
			other = true
		case !unicode.IsLetter(r):
			latin, other = false, false
		}
		if latin && other {
			return true
		}
	}
	return false
}

// doubtWord judges one word behind the command. An order other than an approval may well say "tidak" in its reason.
func (g *Grammar) doubtWord(w string, strict bool) string {
	d := hesitation(w, true)
	switch {
	case d == "":
		if strict && contraries[w] {
			return `contradiction: "` + w + `"`
		}
		if strict && wavering[w] {
			return `condition: "` + w + `"`
		}
	case strict, conditions[w] && !mild[w]:
		return d
	}
	return ""
}

// received are the words of "instruksi Bapak sudah kami terima": an acknowledgement, whatever word comes first.
var received = set("terima", "diterima", "menerima")

// reported recognises "laporan diterima", "disposisi disetujui": the first word is what the second speaks of.
func reported(first, second string) bool {
	return strings.HasPrefix(second, "di") && first != "setuju" && first != "acc" && !strings.HasPrefix(first, "di")
}

// contradicts reports whether another word in the sentence takes back the first. Approvals go together: "setuju,
// teruskan". Words of free text never do.
func (g *Grammar) contradicts(kind, other string) bool {
	k := g.words.kinds[other]
	if k == WordFree || k == WordForm {
		return false
	}
	return (kind == WordApprove) != (k == WordApprove)
}

// quotedWord reports whether the command stands in quotation marks: then it is talked about, not said.
func quotedWord(sentence string, first, last word) bool {
	before := strings.TrimRight(sentence[:first.at], " ")
	after := sentence[last.end:]
	return endsInQuote(before) && startsWithQuote(after)
}

func endsInQuote(s string) bool {
	return strings.HasSuffix(s, `"`) || strings.HasSuffix(s, "“") || strings.HasSuffix(s, "'") || strings.HasSuffix(s, "‘")
}

func startsWithQuote(s string) bool {
	return strings.HasPrefix(s, `"`) || strings.HasPrefix(s, "”") || strings.HasPrefix(s, "'") || strings.HasPrefix(s, "’")
}

// binding begin a sentence that binds the approval before it, contrary ones take it back.
var (
	binding = set("asal", "asalkan", "syarat", "bersyarat", "catatan", "ketentuan", "asumsi", "kecuali", "selama", "sepanjang", "tapi", "tetapi", "namun", "hanya", "tergantung", "cuma")
	taking  = set("ralat", "eh", "bukan", "batal", "tunggu", "tunda", "ditunda", "tolak", "ditolak", "koreksi")
)

// undoing are words that may take an approval back, or put it off, wherever they stand in what follows it.
var undoing = set("maaf", "diganti", "salah", "keliru", "abaikan", "diabaikan", "tahan", "ditahan", "cabut", "dicabut", "tunggu", "menunggu", "nunggu", "jangan", "dulu", "dahulu", "setelah",
	"belum", "tes", "test", "testing", "draf", "draft", "berubah", "pikiran", "batal", "batalkan", "dibatalkan", "tunda", "ditunda", "pending", "dipending", "ralat", "kecuali", "asal", "asalkan", "pastikan", "stop", "diundur")

// ifs begin a sentence that may bind the approval, or stand for itself: "Kalau ada kendala, hubungi saya."
var ifs = set("jika", "kalau", "apabila", "bila", "jikalau", "bilamana", "andai", "seandainya", "if")

// doubtLater looks at what follows an approval's sentence. Where only a line break parts them, the next line may well
// belong to it.
func (g *Grammar) doubtLater(rest, sentence string) string {
	end := strings.TrimSpace(sentence)
	joined := !strings.HasSuffix(end, ".") && !strings.HasSuffix(end, "!") && !strings.HasPrefix(strings.TrimLeft(rest, " \t"), "\n")
	for first := true; rest != ""; first = false {
		rest = strings.TrimLeft(rest, " \t\n")
		s, n := firstSentence(rest)
		rest = rest[n:]
		ws := wordsOf(s)
		for len(ws) > 1 && isDigit(ws[0].s[0]) { // "1. asal …"
			ws = ws[1:]
		}
		if len(ws) == 0 {
			continue
		}
		w := ws[0].s
		if len(ws) > 1 && (w == "dengan" || w == "akan" || w == "oh") && conditions[ws[1].s] { // "dengan syarat", "akan tetapi"
			w = ws[1].s
		}
		d := hesitation(w, true)
		switch {
		case binding[w]:
			return `condition: "` + w + `"`
		case taking[w]:
			return `contradiction: "` + w + `"`
		case d != "" && (first && joined || len(ws) <= 2 && negations[w]):
			return d
		case first && ifs[w] && !standsAlone(ws):
			return `condition: "` + w + `"`
		}
		if d := g.takesBack(ws, s); d != "" {
			return d
		}
		for i, v := range ws {
			next := ""
			if i+1 < len(ws) {
				next = ws[i+1].s
			}
			if undoing[v.s] && !(v.s == "salah" && next == "satu") && !(v.s == "jangan" && next == "lupa") {
				return `contradiction: "` + v.s + `"`
			}
		}
	}
	return ""
}

// standsAlone reports whether a sentence that begins with "kalau" asks for something, so that it is whole.
func standsAlone(ws []word) bool {
	for _, w := range ws {
		switch w.s {
		case "hubungi", "kabari", "mohon", "tolong", "silakan", "silahkan", "lapor", "laporkan", "beritahu", "beritahukan", "info", "infokan", "informasikan", "telepon", "telpon", "harap", "sampaikan", "koordinasikan", "koordinasi", "agar", "kontak", "segera", "tanyakan":
			return true
		}
	}
	return false
}

// takesBack finds a contrary command in a later sentence: "Setuju. Eh, tidak setuju."
func (g *Grammar) takesBack(ws []word, s string) string {
	p := g.politeness(ws, s)
	for i := range ws {
		id, n := g.words.at(ws[i:])
		firm := id != "" && g.words.kinds[id] == WordFirm
		if firm && (i == p || n > 1) || i == p && contraries[ws[i].s] {
			return `contradiction: "` + ws[i].s + `"`
		}
	}
	return ""
}
