package automatic

import (
	"strings"

	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/text"
)

// calendarAnswers begin the subject of an answer to an invitation: Outlook, Exchange, Google, Zimbra.
var calendarAnswers = []string{
	"accepted:", "declined:", "accept:", "decline:", "tentative:", "tentatively accepted:", "new time proposed:",
	"meeting forward notification:", "meeting response:",
	"diterima:", "ditolak:", "tentatif:", "diterima sementara:", "diterima dengan tentatif:", "sementara:", "menerima:",
	"menolak:", "waktu baru diusulkan:", "usulan waktu baru:", "pemberitahuan penerusan rapat:",
	"pemberitahuan meneruskan rapat:",
	"accepté :", "accepté:", "accepté\u00a0:", "refusé :", "refusé:", "refusé\u00a0:", "provisoire :", "zugesagt:",
	"abgelehnt:", "mit vorbehalt:", "aceptado:", "aceptada:", "rechazado:", "rechazada:", "provisional:", "aceito:",
	"aceite:", "recusado:", "geaccepteerd:", "geweigerd:", "voorlopig:", "accettato:", "rifiutato:", "godkendt:",
	"accepteret:", "afvist:", "foreløbig:", "accepterat:", "avböjt:", "preliminärt:", "godtatt:", "avslått:",
	"hyväksytty:", "hylätty:", "zaakceptowano:", "odrzucono:", "принято:", "отклонено:", "под вопросом:", "kabul edildi:",
	"reddedildi:", "承諾:", "辞退:", "仮承諾:", "已接受:", "已拒绝:", "暂定:", "수락:", "거절:",
}

// calendarNews begin the subject of what a calendar tells by itself; people write such subjects, too.
var calendarNews = []string{"canceled:", "cancelled:", "canceled event:", "cancelled event:", "dibatalkan:",
	"updated invitation:", "undangan diperbarui:"}

// calendarReply recognises an answer to an invitation. A calendar part, or Exchange's header, makes sure; without them
// the subject must be an answer's.
func calendarReply(h entity.Header, b *text.Body, subject string) bool {
	low := strings.ToLower(strings.TrimSpace(subject))
	if fold.HasAnyPrefix(low, calendarAnswers) {
		return true
	}
	if b.Answer {
		return true
	}
	if b.Calendar != nil {
		switch calendarMethod(b.Calendar) {
		case "reply", "counter", "declinecounter", "cancel":
			return true
		}
	}
	exchange := strings.HasPrefix(strings.ToLower(h.Get("content-class")), "urn:content-classes:calendarmessage")
	return (exchange || b.Calendar != nil) && fold.HasAnyPrefix(low, calendarNews)
}

// calendarMethod is the METHOD of a text/calendar part (RFC 6047), lower-case.
func calendarMethod(p *entity.Part) string {
	if m := p.Params["method"]; m != "" {
		return strings.ToLower(m)
	}
	data, _ := p.Data(64 << 10)
	_, m, _ := strings.Cut(strings.ToUpper(string(data)), "METHOD:")
	m, _, _ = strings.Cut(m, "\n")
	return strings.ToLower(strings.TrimSpace(m))
}
