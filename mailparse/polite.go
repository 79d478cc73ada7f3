package mailparse

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// politeWords may stand before the command word.
var politeWords = map[string]bool{
	"ya": true, "iya": true, "baik": true, "baiklah": true, "oke": true, "ok": true, "okay": true, "okey": true, "sip": true, "yes": true, "yth": true,
	"pak": true, "bu": true, "bapak": true, "ibu": true, "mas": true, "mbak": true, "bang": true, "saya": true, "kami": true, "aku": true,
	"terimakasih": true, "maaf": true, "izin": true, "ijin": true, "noted": true, "sangat": true, "amat": true, "halo": true, "hai": true, "pagi": true, "siang": true, "sore": true, "malam": true, "assalamualaikum": true, "waalaikumsalam": true, "waalaikumussalam": true, "wr": true, "wb": true, "nggih": true, "inggih": true, "monggo": true, "alhamdulillah": true, "bismillah": true,
}

// politePhrases are politeness of several words.
var politePhrases = [][]string{
	{"terimakasih", "banyak"}, {"mohon", "maaf"}, {"mohon", "izin"}, {"mohon", "ijin"}, {"dengan", "hormat"}, {"selamat", "pagi"}, {"selamat", "siang"}, {"selamat", "sore"}, {"selamat", "malam"},
	{"siap", "pak"}, {"siap", "bu"}, {"siap", "bapak"}, {"siap", "ibu"}, {"siap", "mas"}, {"siap", "mbak"}, {"siap", "laksanakan"}, {"siap", "dilaksanakan"}, {"siap", "86"}, {"siap", "ndan"}, {"siap", "komandan"}, {"siap", "siap"}, {"siap", "bos"}, {"siap", "boss"}, {"siap", "kak"}, {"siap", "om"}, {"siap", "gan"}, {"siap", "dan"}, {"siap", "grak"}, {"siap", "perintah"}, {"siap", "noted"}, {"siap", "ok"}, {"siap", "oke"}, {"siap", "izin"}, {"siap", "ijin"}, {"siap", "salah"}, {"siap", "terimakasih"},
}

// consents say yes before the word does: "Tidak ada masalah, setuju". A sign parts them from it.
var consents = [][]string{
	{"tidak", "ada", "masalah"}, {"tidak", "masalah"}, {"tidak", "ada", "keberatan"}, {"tidak", "keberatan"}, {"tidak", "apa", "apa"}, {"tidak", "ada", "kendala"},
	{"saya", "tidak", "keberatan"}, {"kami", "tidak", "keberatan"}, {"lanjutkan"}, {"lanjut"}, {"silakan", "lanjut"}, {"silakan", "lanjutkan"}, {"silakan", "dilanjutkan"}, {"silahkan", "lanjut"},
	{"silahkan", "lanjutkan"}, {"silahkan", "dilanjutkan"}, {"silakan"}, {"silahkan"}, {"dengan", "senang", "hati"}, {"tidak", "ada", "catatan"},
}

// opening is the number of words of "Dengan ini kami" before "setujui", "Berikut kami sampaikan" before "laporan". A
// letter that goes with what it forwards opens so, too, and orders nothing: "Bersama ini kami teruskan permohonan".
func opening(ws []word) int {
	i := 0
	for i < len(ws) && i < 5 && openers[ws[i].s] {
		i++
	}
	switch {
	case i == 0, i == len(ws), !starters[ws[0].s], strings.Contains(ws[i].s, "terus"), strings.Contains(ws[i].s, "disposisi"):
		return 0
	case !strings.Contains(ws[i].s, "lapor") && (ws[0].s == "berikut" || ws[i-1].s != "ini" && ws[i-1].s != "kami" && ws[i-1].s != "saya"):
		return 0
	}
	return i
}

var (
	starters = set("dengan", "bersama", "berikut", "terlampir")
	openers  = set("dengan", "bersama", "berikut", "terlampir", "ini", "kami", "saya", "sampaikan", "kirimkan")
)

// wish reports whether the words begin with a wish that is the order itself: "mohon dibatalkan", "ingin bertanya".
func (g *Grammar) wish(ws []word) bool {
	if len(ws) < 2 {
		return false
	}
	id, _ := g.words.at(ws[1:])
	switch ws[0].s {
	case "mohon", "tolong", "minta":
		return id != "" && strings.Contains(ws[1].s, "batal")
	case "mau", "ingin", "hendak", "numpang":
		return g.words.kinds[id] == WordFree
	}
	return false
}

// addressee recognises the name in "Pak Budi, setuju".
func addressee(sentence string, w word) bool {
	r, _ := utf8.DecodeRuneInString(sentence[w.at:])
	return unicode.IsUpper(r) && strings.HasPrefix(sentence[w.end:], ",")
}

// subject is the number of words of "Permohonan ini kami" before "setujui", "Peralatan sudah" before "siap".
func (g *Grammar) subject(ws []word) int {
	i := 0
	for i < len(ws) && i < 6 && (subjects[ws[i].s] || i > 0 && subjectParts[ws[i].s]) {
		i++
	}
	if i == 0 || i == len(ws) {
		return 0
	}
	id, _ := g.words.at(ws[i:])
	if k := g.words.kinds[id]; id == "" || k != WordApprove && !(k == WordFirm && isPassive(ws[i].s)) || strings.HasPrefix(ws[i].s, "lapor") {
		return 0
	}
	if ready := ws[i].s == "siap" || i+1 < len(ws) && ws[i+1].s == "siap"; ready != readySubjects[ws[0].s] {
		return 0
	}
	return i
}

var (
	readySubjects = set("peralatan", "perangkat", "ruangan", "ruang", "semua", "semuanya", "alat", "vicon", "koneksi", "jaringan")
	subjects      = set("permohonan", "peminjaman", "pengajuan", "usulan", "peralatan", "perangkat", "ruangan", "ruang", "semua", "semuanya", "alat", "vicon", "koneksi", "jaringan")
	subjectParts  = set("ini", "tersebut", "tsb", "dimaksud", "diatas", "saya", "kami", "layanan", "video", "konferensi", "vc", "vicon", "peralatan", "dan", "bapak", "ibu", "saudara")
)

// politeness is the number of words that a sentence begins with and that only are polite. "Siap" ("yes, sir") must be
// parted from what follows by a sign: "siap laksanakan instruksi Bapak" gives no instruction.
func (g *Grammar) politeness(ws []word, sentence string) int {
	i := 0
	for i < len(ws) {
		n := phraseAt(ws[i:], politePhrases)
		if k := phraseAt(ws[i:], consents); k > 0 && i+k < len(ws) && parted(sentence[ws[i+k-1].end:ws[i+k].at]) {
			n = k
		} else if k := max(g.subject(ws[i:]), opening(ws[i:])); k > 0 {
			n = k
		}
		if n == 0 && ws[i].s == "siap" && g.commandFollows(ws[i+1:]) {
			n = 1
		}
		if n > 0 && ws[i].s == "siap" && i+n < len(ws) && !parted(sentence[ws[i+n-1].end:ws[i+n].at]) {
			return i
		}
		if n == 0 && (politeWords[ws[i].s] || g.wish(ws[i:]) || i > 0 && titles[ws[i-1].s] && addressee(sentence, ws[i])) {
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
	if len(body) > 1 && strings.Contains(sentence[body[0].end:body[1].at], ",") && !readySubjects[body[1].s] && body[1].s != "sudah" && body[1].s != "telah" {
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
