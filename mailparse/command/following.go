package command

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
)

// maxLater bounds what follows an approval, in bytes: whoever writes more has more to say than yes.
const maxLater = 16 << 10

// doubtLater looks at the sentences behind an approval's: one of them may bind it, put it off or take it back. They
// are free text, so they are judged by the words that do so; only short ones, which interjections are, are a closed
// vocabulary, too.
//
// One loop over the sentences, whose state all of it shares.
//
//gocyclo:ignore
func (r *commandReader) doubtLater(rest, sentence string, y *yes) Doubt {
	if len(rest) > maxLater {
		return Doubt{Code: Length}
	}
	end := strings.TrimSpace(sentence)
	joined := !strings.HasSuffix(end, ".") && !strings.HasSuffix(end, "!") &&
		!strings.HasPrefix(strings.TrimLeft(rest, " \t"), "\n")
	apart := !strings.HasSuffix(end, ".") || !joined // on a line of its own
	for first := true; rest != ""; first = false {
		rest = strings.TrimLeft(rest, " \t\n")
		s, n := lexicon.FirstSentence(rest)
		own := apart
		apart = strings.HasSuffix(rest[:n], "\n") || strings.HasPrefix(rest[n:], "\n")
		rest = rest[n:]
		ws := lexicon.Words(s)
		for len(ws) > 1 && fold.IsDigit(ws[0].Text[0]) { // "1) asal …"
			ws = ws[1:]
		}
		if len(ws) == 1 && fold.IsDigit(ws[0].Text[0]) && strings.HasSuffix(s, ".") && rest != "" { // "1. asal …"
			ws = nil
		}
		if len(ws) == 0 {
			if d := oddSign(s); d != NoDoubt && !strings.Contains(s, "_") && !strings.Contains(s, "=") && !strings.Contains(s,
				"-") {
				return d
			}
			continue
		}
		if d := r.bindingSentence(ws, s, first && joined); d != NoDoubt {
			return d
		}
		if y.class == classReady || y.class == classTaken {
			for _, w := range ws {
				if broken[w.Text] {
					return Doubt{Contradiction, w.Text}
				}
			}
		}
		if len(ws) <= 4 && !r.shortNote(ws, s, y, own && rest == "", own) {
			return Doubt{Unknown, ws[len(ws)-1].Text}
		}
	}
	return Doubt{}
}

// bindingSentence names the word in a later sentence that binds the approval, puts it off or takes it back.
//
// One rule for each way in which a later sentence binds.
//
//gocyclo:ignore
func (r *commandReader) bindingSentence(ws []lexicon.Word, s string, joined bool) Doubt {
	if len(ws) >= lexicon.MaxWords {
		return Doubt{Code: Length}
	}
	if strings.ContainsRune(s, '?') {
		return Doubt{Code: Question}
	}
	if joined {
		if d := doubtOf(ws[0].Text, true); d != NoDoubt {
			return d
		}
	}
	if n, _, ok := r.site.NumberIn(strings.ToLower(s)); ok && r.request != "" && !strings.EqualFold(n, r.request) {
		return Doubt{Contradiction, n}
	}
	contact := ifs[ws[0].Text] && standsAlone(ws)
	for i, w := range ws {
		next := ""
		if i+1 < len(ws) {
			next = ws[i+1].Text
		}
		if harmless(w.Text, next, ws) {
			continue
		}
		id, n := r.index.at(ws[i:])
		switch {
		case lexicon.Negations[w.Text]:
			if id != "" && n > 1 {
				return Doubt{Contradiction, w.Text}
			}
			return Doubt{Negation, w.Text}
		case i > 0 && ws[i-1].Text == "sesuai" && (w.Text == "ketentuan" || w.Text == "rencana"):
		case (lexicon.Conditions[w.Text] || w.Text == "syaratnya") && w.Text != "sebelum" && w.Text != "sampai" && !contact:
			return Doubt{Condition, w.Text}
		case wonders[w.Text] && !contact:
			return Doubt{Hedge, w.Text}
		case w.Text == "saja" && i > 0 && (lexicon.NotNames[ws[i-1].Text] || fold.IsDigit(ws[i-1].Text[0])),
			len(ws) == 1 && id != "" && r.index.kinds[id] != Approve && w.Text != "terima":
			return Doubt{Condition, w.Text}
		case later[w.Text]:
			return Doubt{Future, w.Text}
		case lexicon.Contraries[w.Text], lexicon.Undoing[w.Text], id != "" && r.index.kinds[id] == Firm &&
			!(w.Text == "terima" || w.Text == "tarik"):
			return Doubt{Contradiction, w.Text}
		}
	}
	return Doubt{}
}

// shortNote reports whether a sentence of a few words leaves the approval alone: plain words, or a name at the end.
//
// One rule for each kind of short sentence.
//
//gocyclo:ignore
func (r *commandReader) shortNote(ws []lexicon.Word, s string, y *yes, last, apart bool) bool {
	if slices.ContainsFunc(ws, func(w lexicon.Word) bool { return w.Text == "jangan" }) { // a harmless one
		return true
	}
	if clause(ws) == len(ws) {
		return true
	}
	if lexicon.IsClosing(s) || lexicon.IsGreeting(s) || oddSign(s) != NoDoubt && strings.ContainsAny(s, "%") {
		return lexicon.IsClosing(s) || lexicon.IsGreeting(s)
	}
	note := &yes{g: r.Words, sentence: s, body: append([]lexicon.Word{{}}, ws...), n: 1, writer: r.writer,
		request: r.request, class: y.class}
	plain, names := true, true
	for i := 1; i < len(note.body); i++ {
		w := note.body[i]
		capital := note.capital(i) && !lexicon.NotNames[w.Text] && !interjections[w.Text]
		names = names && (capital || r.writer(w.Text))
		id, _ := r.index.at(note.body[i:])
		plain = plain && (note.plain(i) || r.writer(w.Text) || lexicon.ReadyWords[w.Text] || w.Text == "dulu" ||
			id != "" && r.index.kinds[id] == Approve)
	}
	switch {
	case plain:
		return true
	case !names || endsSaid(s) && len(ws[len(ws)-1].Text) > 1:
		return false
	case len(ws) > 1:
		return apart && strings.IndexFunc(s, unicode.IsLower) >= 0
	}
	return last
}

// endsSaid reports whether a sentence ends in a sign, as a name on a line of its own does not.
func endsSaid(s string) bool {
	c, _ := utf8.DecodeLastRuneInString(strings.TrimSpace(s))
	return strings.ContainsRune(".!,;:", c)
}

// later put off, wonders waver; wherever they stand in what follows an approval.
var (
	later   = fold.List(`nanti menyusul ntar depan akan`)
	wonders = fold.List(`mungkin sepertinya kayaknya ragu pertimbangkan dipertimbangkan pertimbangan prinsip
		prinsipnya sebagian separuh setengah sementara maybe draf draft kenapa mengapa bagaimana kapan apakah menurut dirapatkan except pending`)
	interjections = fold.List(`bercanda canda lupakan kepencet oops ups hmm typo undo sorry wait nvm eh ralat maaf salah
		batal tunggu stop cancel`)
	broken = fold.List(`rusak mati gagal putus padam down error sedang masih tinggal butuh kurang otw revisi macet
		hilang terputus bermasalah trouble dipasang direvisi kekurangan periksa`)
)

// ifs begin a sentence that may bind the approval, or stand for itself: "Kalau ada kendala, hubungi saya."
var ifs = fold.Set("jika", "kalau", "apabila", "bila", "jikalau", "bilamana", "andai", "seandainya", "if")

// harmless reports whether a word that may undo an approval does not, where it stands: "jangan lupa", "mohon maaf baru
// sempat membalas".
//
// One case for each word.
//
//gocyclo:ignore
func harmless(w, next string, ws []lexicon.Word) bool {
	switch w {
	case "salah":
		return next == "satu"
	case "setelah":
		return next == "selesai" || next == "acara" || next == "kegiatan" || next == "pelaksanaan"
	case "jangan":
		return next == "lupa" || next == "sampai" || next == "ada" || next == "terlambat" || next == "telat" ||
			next == "ragu" || next == "segan" || next == "sungkan"
	case "ragu":
		return slices.ContainsFunc(ws, func(w lexicon.Word) bool { return w.Text == "jangan" })
	case "tidak":
		return next == "ada" && holdsWord(ws, objections)
	case "maaf":
		return holdsWord(ws, late)
	case "tunggu", "menunggu":
		return strings.HasPrefix(next, "laporan") || strings.HasPrefix(next, "hasil")
	case "dulu":
		return holdsWord(ws, trials)
	case "pastikan":
		return !holdsWord(ws, demands)
	}
	return false
}

func holdsWord(ws []lexicon.Word, of map[string]bool) bool {
	for _, w := range ws {
		if of[w.Text] {
			return true
		}
	}
	return false
}

var late = fold.Set("terlambat", "telat", "lama", "baru", "lambat", "merepotkan", "mengganggu", "menunggu")

// standsAlone reports whether a sentence that begins with "kalau" asks to be told, so that it is whole.
func standsAlone(ws []lexicon.Word) bool {
	return holdsWord(ws, contacts)
}

// What makes words harmless that may undo an approval: beside "tidak ada", beside "dulu", in place of "pastikan",
// after "kalau".
var (
	objections = fold.Set("masalah", "keberatan", "catatan")
	trials     = fold.Set("uji", "diuji", "cek", "dicek")
	demands    = fold.Set("lengkap", "dulu", "anggaran", "izin", "dana")
	contacts   = fold.Set("hubungi", "menghubungi", "kabari", "lapor", "laporkan", "beritahu", "beritahukan", "info",
		"infokan", "informasikan", "telepon", "telpon", "kontak", "tanyakan", "konfirmasi", "wa", "email")
)
