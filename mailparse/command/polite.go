package command

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
)

// politeWords may stand before the command word.
var politeWords = map[string]bool{
	"ya": true, "iya": true, "baik": true, "baiklah": true, "oke": true, "ok": true, "okay": true, "okey": true,
	"sip": true, "yes": true, "yth": true,
	"pak": true, "bu": true, "bapak": true, "ibu": true, "mas": true, "mbak": true, "bang": true, "saya": true,
	"kami": true, "aku": true,
	"terimakasih": true, "maaf": true, "izin": true, "ijin": true, "noted": true, "sangat": true, "sepenuhnya": true,
	"i": true, "mangga": true, "amat": true, "halo": true, "hai": true, "hi": true, "dear": true, "sdr": true,
	"sdri": true, "rekan": true, "pagi": true, "siang": true, "sore": true, "malam": true, "assalamualaikum": true,
	"waalaikumsalam": true, "waalaikumussalam": true, "wr": true, "wb": true, "nggih": true, "inggih": true,
	"monggo": true, "alhamdulillah": true, "bismillah": true,
}

// politePhrases are politeness of several words.
var politePhrases = [][]string{
	{"terimakasih", "banyak"}, {"mohon", "maaf"}, {"mohon", "izin"}, {"mohon", "ijin"}, {"dengan", "hormat"},
	{"dengan", "berat", "hati"}, {"selamat", "pagi"}, {"selamat", "siang"}, {"selamat", "sore"}, {"selamat", "malam"},
	{"siap", "pak"}, {"siap", "bu"}, {"siap", "bapak"}, {"siap", "ibu"}, {"siap", "mas"}, {"siap", "mbak"},
	{"siap", "laksanakan"}, {"siap", "dilaksanakan"}, {"siap", "86"}, {"siap", "ndan"}, {"siap", "komandan"},
	{"siap", "siap"}, {"siap", "bos"}, {"siap", "boss"}, {"siap", "kak"}, {"siap", "om"}, {"siap", "gan"},
	{"siap", "dan"}, {"siap", "grak"}, {"siap", "perintah"}, {"siap", "noted"}, {"siap", "ok"}, {"siap", "oke"},
	{"siap", "izin"}, {"siap", "ijin"}, {"siap", "salah"}, {"siap", "terimakasih"},
}

// consents say yes before the word does: "Tidak ada masalah, setuju". A sign parts them from it.
var consents = [][]string{
	{"tidak", "ada", "masalah"}, {"tidak", "masalah"}, {"tidak", "problem"}, {"tidak", "ada", "keberatan"},
	{"tidak", "keberatan"}, {"tidak", "apa", "apa"}, {"tidak", "ada", "kendala"},
	{"saya", "tidak", "keberatan"}, {"kami", "tidak", "keberatan"}, {"lanjutkan"}, {"lanjut"}, {"silakan", "lanjut"},
	{"silakan", "lanjutkan"}, {"silakan", "dilanjutkan"}, {"silahkan", "lanjut"},
	{"silahkan", "lanjutkan"}, {"silahkan", "dilanjutkan"}, {"silakan"}, {"silahkan"}, {"dengan", "senang", "hati"},
	{"tidak", "ada", "catatan"},
}

// opening is the number of words of "Dengan ini kami" before "setujui", "Berikut kami sampaikan" before "laporan". A
// letter that goes with what it forwards opens so, too, and orders nothing: "Bersama ini kami teruskan permohonan".
func opening(ws []lexicon.Word) int {
	i := 0
	for i < len(ws) && i < 5 && openers[ws[i].Text] {
		i++
	}
	switch {
	case i == 0, i == len(ws), !starters[ws[0].Text], strings.Contains(ws[i].Text, "terus"),
		strings.Contains(ws[i].Text, "disposisi"):
		return 0
	case subjects[ws[i].Text] && ws[i-1].Text == "bahwa":
		return i
	case !strings.Contains(ws[i].Text, "lapor") &&
		(ws[0].Text == "berikut" || ws[i-1].Text != "ini" && ws[i-1].Text != "bahwa" && ws[i-1].Text != "kami" &&
			ws[i-1].Text != "saya"):
		return 0
	}
	return i
}

var (
	starters = fold.Set("dengan", "bersama", "berikut", "terlampir")
	openers  = fold.Set("bahwa", "dengan", "bersama", "berikut", "terlampir", "ini", "kami", "saya", "sampaikan",
		"kirimkan")
)

// wish reports whether the words begin with a wish that is the order itself: "mohon dibatalkan", "ingin bertanya".
func (g *Words) wish(ws []lexicon.Word) bool {
	if len(ws) < 2 {
		return false
	}
	id, _ := g.index.at(ws[1:])
	switch ws[0].Text {
	case "mohon", "tolong", "minta":
		return id != "" && g.index.kinds[id] == Firm && !strings.Contains(ws[1].Text, "tolak") && ws[1].Text != "tidak" &&
			!strings.Contains(ws[1].Text, "delegasi")
	case "mau", "ingin", "hendak", "numpang", "boleh":
		return g.index.kinds[id] == Free
	}
	return false
}

// addressee recognises the name in "Pak Budi, setuju".
func addressee(sentence string, w lexicon.Word) bool {
	r, _ := utf8.DecodeRuneInString(sentence[w.At:])
	rest := strings.TrimSpace(sentence[w.End:])
	return unicode.IsUpper(r) && (rest == "" || rest[0] == ',')
}

var callers = fold.Set("hai", "halo", "hi", "dear", "yth", "sdr", "sdri")

// subject is the number of words of "Permohonan ini kami" before "setujui" or "tolak", "Peralatan" before "sudah
// siap", "Acara" before "dibatalkan", "Laporan sudah kami" before "terima".
//
// One rule for each subject that may stand before a word.
//
//gocyclo:ignore
func (g *Words) subject(ws []lexicon.Word) int {
	i := 0
	for i < len(ws) && i < 6 && (i == 0 && subjects[ws[i].Text] || i > 0 && !ws[i].Parted && subjectParts[ws[i].Text]) {
		i++
	}
	if w := ws[0].Text; w == "laporan" || w == "laporannya" || w == "sudah" || w == "telah" || readySubjects[w] {
		for i < len(ws) && !ws[i].Parted && (ws[i].Text == "sudah" || ws[i].Text == "telah" || ws[i].Text == "kami" ||
			ws[i].Text == "saya" || i > 0 && subjectParts[ws[i].Text]) {
			i++
		}
	}
	if i == 0 || i == len(ws) || ws[i].Parted {
		return 0
	}
	id, _ := g.index.at(ws[i:])
	kind, w := g.index.kinds[id], ws[i].Text
	ready := w == "siap" || i+1 < len(ws) && ws[i+1].Text == "siap"
	fits := false
	switch ws[0].Text {
	case "laporan", "laporannya", "sudah", "telah":
		fits = strings.HasSuffix(w, "terima")
	case "acara", "kegiatan":
		fits = kind == Firm && strings.Contains(w, "batal")
	case "permohonan", "peminjaman", "pengajuan":
		fits = !ready && (kind == Approve || kind == Firm) && !strings.HasSuffix(w, "terima")
	default:
		fits = ready
	}
	if id == "" || !fits {
		return 0
	}
	return i
}

var (
	readySubjects = fold.Set("peralatan", "perangkat", "ruangan", "ruang", "semua", "semuanya", "alat", "vicon", "vc",
		"koneksi", "jaringan", "layanan")
	subjects = fold.Set("permohonan", "peminjaman", "pengajuan", "acara", "kegiatan", "laporan", "laporannya",
		"peralatan", "perangkat", "ruangan", "ruang", "semua", "semuanya", "alat", "vicon", "vc", "koneksi", "jaringan",
		"layanan")
	subjectParts = fold.Set("ini", "tersebut", "tsb", "dimaksud", "diatas", "saya", "kami", "layanan", "video",
		"konferensi", "conference", "vc", "vicon", "peralatan", "perangkat", "dan", "pelaksanaan", "terpasang")
)

// barelySiap recognises "Siap." before another command: "yes, sir".
func (g *Words) barelySiap(ws []lexicon.Word, rest string) bool {
	return ws[0].Text == "siap" && (len(ws) == 1 || len(ws) == 2 && lexicon.Titles[ws[1].Text]) &&
		g.commandFollows(lexicon.Words(strings.TrimSpace(rest)))
}

// labelledAnswer recognises "Jawaban:", "Keputusan saya:" before the command.
func labelledAnswer(before string) bool {
	ws := lexicon.Words(before)
	return len(ws) > 0 && len(ws) <= 2 && answerLabels[ws[0].Text] && strings.HasSuffix(strings.TrimSpace(before), ":")
}

var answerLabels = fold.Set("jawaban", "jawab", "keputusan", "tanggapan", "balasan")

// clause is the number of words of an opening that says what was done before the answer: "Sudah saya baca, setuju",
// "Maaf terlambat, setuju". A sign ends it.
func clause(ws []lexicon.Word) int {
	n, told := 0, false
	for n < len(ws) && (n == 0 || !ws[n].Parted) && clauseWords[ws[n].Text] {
		told = told || tells[ws[n].Text]
		n++
	}
	if !told || n < len(ws) && !ws[n].Parted {
		return 0
	}
	return n
}

var (
	clauseWords = fold.List(`sudah telah saya kami baca membaca cek periksa pelajari mempelajari lihat lengkap berkas berkasnya dokumen dokumennya permohonan permohonannya surat suratnya maaf mohon baru sempat balas membalas
		merespon respon terlambat telat terimakasih atas info infonya informasi informasinya email emailnya perhatian perhatiannya dicek diperiksa dibaca dipelajari ini pak bu bapak ibu laporannya pemberitahuannya oke jawab menjawab`)
	tells = fold.List(`dicek diperiksa dibaca dipelajari baca membaca cek periksa pelajari mempelajari lihat lengkap maaf
		atas info infonya informasinya terlambat telat`)
)

// politeness is the number of words that a sentence begins with and that only are polite. "Siap" ("yes, sir") must be
// parted from what follows by a sign: "siap laksanakan instruksi Bapak" gives no instruction.
//
// One rule for each kind of politeness.
//
//gocyclo:ignore
func (g *Words) politeness(ws []lexicon.Word, sentence string) int {
	i := 0
	for i < len(ws) {
		n := phraseAt(ws[i:], politePhrases)
		if k := phraseAt(ws[i:], consents); k > 0 && (i+k == len(ws) || ws[i+k].Parted) {
			n = k
		} else if k := max(g.subject(ws[i:]), opening(ws[i:]), clause(ws[i:])); k > 0 {
			n = k
		} else if i == 0 && answerLabels[ws[0].Text] && len(ws) > 1 {
			if m := min(2, len(ws)-1); ws[1].Parted && labelledAnswer(sentence[:ws[1].At]) {
				n = 1
			} else if m == 2 && ws[2].Parted && labelledAnswer(sentence[:ws[2].At]) {
				n = 2
			}
		}
		if n == 0 && ws[i].Text == "siap" && g.commandFollows(ws[i+1:]) {
			n = 1
		}
		if n > 0 && ws[i].Text == "siap" && i+n < len(ws) && !ws[i+n].Parted {
			return i
		}
		if n == 0 && (politeWords[ws[i].Text] || g.wish(ws[i:]) ||
			i > 0 && (lexicon.Titles[ws[i-1].Text] || callers[ws[i-1].Text]) && addressee(sentence, ws[i])) {
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
func (g *Words) commandFollows(ws []lexicon.Word) bool {
	id, _ := g.index.at(ws)
	return id != "" && ws[0].Text != "siap"
}

func phraseAt(ws []lexicon.Word, phrases [][]string) int {
	for _, p := range phrases {
		if len(p) <= len(ws) && matches(ws, p) {
			return len(p)
		}
	}
	return 0
}

// courtesy returns "siap pak" and its kin when words begin with it: "yes, sir", not a report of readiness.
func courtesy(ws []lexicon.Word) string {
	if len(ws) > 1 && ws[0].Text == "siap" && phraseAt(ws, politePhrases) > 0 {
		return "siap " + ws[1].Text
	}
	return ""
}

// underWay are the words of somebody who is about to act: "Siap, segera kami kerjakan" reports no readiness.
var underWay = fold.Set("menyiapkan", "membantu", "bertugas", "melaksanakan", "menindaklanjuti", "tindak", "disiapkan",
	"mohon", "besok", "arahan", "petunjuk", "belum", "tinggal", "menunggu", "segera", "akan", "nanti", "kami", "saya",
	"kerjakan", "dikerjakan", "laksanakan", "dilaksanakan", "tindaklanjuti", "ditindaklanjuti", "meluncur", "hadir",
	"monitor", "dimengerti")

// promise finds out whether a bare "siap" is a yes to an order: a comma behind it, or words about what comes.
func promise(body []lexicon.Word, sentence, rest string) Doubt {
	if len(body) > 1 && strings.Contains(sentence[body[0].End:body[1].At], ",") && !readySubjects[body[1].Text] &&
		body[1].Text != "sudah" && body[1].Text != "telah" {
		return Doubt{Courtesy, "siap, " + body[1].Text}
	}
	next, _ := lexicon.FirstSentence(strings.TrimLeft(rest, " \t\n"))
	after := lexicon.Words(next)
	for _, w := range append(body[1:len(body):len(body)], after[:min(len(after), 3)]...) {
		if underWay[w.Text] {
			return Doubt{Courtesy, "siap … " + w.Text}
		}
	}
	return Doubt{}
}
