package automatic

import (
	"strings"

	"batan.go.id/layanan/mailparse/fold"
)

// autoNames are what programs call their answers, folded.
var autoNames = fold.NewPhrases(
	"auto reply", "autoreply", "auto response", "autoresponse", "automatic reply", "automatic response",
	"automated reply", "automated response", "automatic email response", "auto responder", "autoresponder", "auto respon",
	"yahoo auto response", "auto answer", "autoanswer", "vacation message", "vacation reply", "vacation response",
	"vacation auto reply",
	"balasan otomatis", "jawaban otomatis", "balas otomatis", "respon otomatis", "respons otomatis", "tanggapan otomatis",
	"jawaban automatik", "balasan automatik",
	"automatische antwort", "abwesenheitsnotiz", "automatische abwesenheit", "automatische abwesenheitsnotiz",
	"abwesenheitsassistent", "réponse automatique", "reponse automatique", "réponse d absence", "message d absence",
	"respuesta automática", "respuesta automatica", "resposta automática", "resposta automatica", "risposta automatica",
	"automatisch antwoord", "automatische afwezigheid", "automatische reactie", "autosvar", "automatiskt svar",
	"automatisk svar", "automatisk besked", "automaattinen vastaus", "automatyczna odpowiedź", "automatyczna odpowiedz",
	"odpowiedź automatyczna", "autoodpowiedź", "automatická odpověď", "automatická odpoveď", "automatikus válasz",
	"otomatik yanıt", "răspuns automat", "samodejni odgovor", "automatski odgovor", "automatinis atsakymas",
	"automātiska atbilde", "automātiskā atbilde", "automaatvastus", "trả lời tự động", "thư trả lời tự động",
	"автоответ", "автоматический ответ", "автоматична відповідь", "автоматичен отговор", "αυτόματη απάντηση",
	"תשובה אוטומטית", "رد تلقائي", "自动回复", "自動回复", "自動回覆", "自動返信", "自動応答", "자동 회신", "자동 응답", "การตอบกลับอัตโนมัติ",
	"ตอบกลับอัตโนมัติ", "स्वचालित उत्तर",
)

// awayNames say in a subject that somebody is away, or that a program wrote. People write so, too: alone, or with what
// awayGoesOn lists behind it, it is a program's.
var awayNames = fold.NewPhrases(
	"out of office", "out of the office", "ooo", "oof", "away from my mail", "away from my email", "away from the office",
	"away from office", "on vacation", "out on vacation", "on leave", "on annual leave", "on holiday", "absent", "away",
	"not in the office",
	"pesan otomatis", "email otomatis", "tidak di kantor", "tidak berada di kantor", "tidak di tempat",
	"tidak berada di tempat", "di luar kantor", "berada di luar kantor", "sedang cuti", "sedang dinas luar",
	"sedang tidak di kantor", "sedang di luar kantor", "sedang berada di luar kantor", "sedang tidak di tempat",
	"sedang tidak berada di tempat",
	"abwesend", "abwesenheit", "nicht im büro", "absence", "absence du bureau", "absent du bureau", "absente",
	"en congés", "fuera de la oficina", "fuera de oficina", "ausente", "ausencia", "fora do escritório", "ausência",
	"ausência temporária", "fuori sede", "fuori ufficio", "assente", "assenza", "afwezig", "afwezigheid", "niet aanwezig",
	"frånvaro", "frånvarande", "ikke på kontoret", "fravær", "poissa", "poissaolo", "nieobecność", "nepřítomnost",
	"нет на месте", "в отпуске", "отсутствие", "ofis dışında", "外出中", "不在", "休假", "外出", "부재중",
)

// awayGoesOn are the words behind such a name: in answer to what, from when, till when.
var awayGoesOn = fold.NewPhrases(
	"re", "fw", "fwd", "auto", "autoreply", "message", "notification", "notice", "alert", "reply", "response",
	"assistant", "for", "from", "until", "till", "through", "to", "on", "back", "returning", "today",
	"sampai", "hingga", "mulai", "sejak", "tanggal", "tgl", "dari", "pada", "s d", "bis", "vom", "ab", "jusqu", "du",
	"au", "hasta", "del", "dal", "fino", "até", "tot", "van", "til", "till och med",
)

// awayStarts may stand before it.
var awayStarts = fold.NewPhrases("i am", "i m", "i will be", "i am currently", "saya", "kami", "currently",
	"maaf saya", "je suis", "ich bin", "estoy", "sono")

func awaySegment(segment string) bool {
	f := fold.Words(segment)
	if start, _ := awayStarts.Begin(f); start != "" {
		if name, _ := awayNames.Begin(f); name == "" {
			f = strings.TrimSpace(f[len(start):])
		}
	}
	name, _ := awayNames.Begin(f)
	if name == "" {
		return false
	}
	f = strings.TrimSpace(f[len(name):])
	next, _ := awayGoesOn.Begin(f)
	return f == "" || fold.IsDigit(f[0]) || next != ""
}

// receipts begin the subject of a receipt, or an automatic answer, with their colon.
var receipts = []string{
	"auto:", "read:", "read receipt:", "not read:", "delivery receipt:", "return receipt:", "return receipt (displayed)",
	"dibaca:", "telah dibaca:", "tidak dibaca:", "tanda terima baca:", "gelesen:", "ungelesen:", "lu:", "lu :",
	"non lu :", "leído:", "lido:", "lida:", "letto:", "gelezen:", "læst:", "läst:", "lest:", "luettu:", "przeczytano:",
	"přečteno:", "прочитано:", "прочтено:", "okundu:", "已读:", "已讀:", "開封済み:", "읽음:",
}

// autoSubject judges the subject. Some programs put "Re:" before their own; no mail of ours is called so.
func autoSubject(subject string) bool {
	low := strings.ToLower(subject)
	for fold.HasAnyPrefix(low, answerMarks) {
		_, low, _ = strings.Cut(low, ":")
		low = strings.TrimSpace(low)
	}
	switch {
	case fold.HasAnyPrefix(low, receipts):
		return true
	case fold.HasAnyPrefix(low, forwardMarks): // of somebody else's
		return false
	}
	for i := 0; low != "" && i < 8; i++ {
		var segment string
		segment, low = cutSegment(low)
		name, folded := autoNames.Begin(segment)
		if name != "" && (i == 0 || folded == name) || i == 0 && awaySegment(segment) {
			return true
		}
		segment = strings.TrimSpace(segment)
		// Notes, GroupWise
		if strings.HasSuffix(segment, " is out of the office") ||
			i > 0 && (segment == "out of office" || segment == "out of the office") {
			return true
		}
	}
	return false
}

// cutSegment splits a subject at the first mark that parts a name from what it is about.
func cutSegment(s string) (segment, rest string) {
	if i := strings.IndexAny(s, ":()[]|：,–—"); i >= 0 {
		return s[:i], strings.TrimLeft(s[i:], ":()[]|：,–— ")
	}
	segment, rest, _ = strings.Cut(s, " - ")
	return segment, rest
}
