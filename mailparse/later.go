package mailparse

import "strings"

// binding begin a sentence that binds the approval before it, contrary ones take it back.
var (
	binding = set("asal", "asalkan", "syarat", "bersyarat", "catatan", "ketentuan", "asumsi", "kecuali", "selama", "sepanjang", "tapi", "tetapi", "namun", "hanya", "tergantung", "cuma")
	taking  = set("ralat", "eh", "bukan", "batal", "tunggu", "tunda", "ditunda", "tolak", "ditolak", "koreksi")
)

// undoing are words that may take an approval back, or put it off, wherever they stand in what follows it.
var undoing = set("maaf", "diganti", "salah", "keliru", "abaikan", "diabaikan", "tahan", "ditahan", "cabut", "dicabut", "tunggu", "menunggu", "nunggu", "jangan", "dulu", "dahulu", "setelah",
	"belum", "tes", "test", "testing", "draf", "draft", "berubah", "pikiran", "batal", "batalkan", "dibatalkan", "tunda", "ditunda", "pending", "dipending", "ralat", "kecuali", "asal", "asalkan", "pastikan", "stop", "diundur", "rekening")

// wavering may bind what was said, too, on a line that looks like part of a signature.
var wavering = set("gugur", "nol", "tiada", "minus", "maksimal", "maksimum", "dibatasi", "pabila", "misal", "misalnya", "semisal", "andaikata", "umpama", "umpamanya", "begitu", "ketika", "saat", "waktu", "hal", "hingga", "nunggu", "abis",
	"habis", "seizin", "seijin", "pastikan", "lengkapi", "dulu", "dahulu", "conditionally", "conditions", "however", "only", "principle", "except", "without")

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
			if undoing[v.s] && !harmless(v.s, next, s) {
				return `contradiction: "` + v.s + `"`
			}
		}
	}
	return ""
}

// harmless reports whether a word that may undo an approval does not, where it stands: "jangan lupa", "mohon maaf baru
// sempat membalas".
func harmless(w, next, sentence string) bool {
	switch w {
	case "salah":
		return next == "satu"
	case "jangan":
		return next == "lupa" || next == "sampai" || next == "ada" || next == "terlambat" || next == "telat"
	case "maaf":
		for _, v := range wordsOf(sentence) {
			if late[v.s] {
				return true
			}
		}
	}
	return false
}

var late = set("terlambat", "telat", "lama", "baru", "lambat", "merepotkan", "mengganggu", "menunggu")

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
