package quote

import (
	"strings"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/text"
)

// headerNames are the fields of a quoted mail's header as mail programs print them, folded; the value says whether the
// field is the one that names the sender.
var headerNames = newHeaderNames(
	// the sender
	`from dari von de da van från fra frá od от від из lähettäjä feladó kimden pengirim daripada expéditeur mittente remitente remetente avsender afsender absender afzender
	发件人 寄件者 寄件人 差出人 送信者 发信人 보낸사람 보낸_사람 발신 发送人 από αποστολέας من مِن المرسل מאת از فرستنده từ người_gửi จาก de_la expeditor nuo saatja šalje pošiljatelj од frå mula_sa kutoka
	из_от odosielateľ odesílatel nadawca отправитель подател gönderen से प्रेषक থেকে அனுப்புநர்`,
	// all others
	`sent date to cc subject bcc reply_to importance attachments priority sent_on received
	dikirim terkirim tanggal kepada untuk perihal subjek judul hal tembusan salinan ke hantar dihantar tarikh kpd tgl lampiran waktu_kirim
	gesendet datum an betreff kopie blindkopie anlagen wichtigkeit message_du envoyé envoyée envoyé_le envoyé_par à a copie_à objet sujet pièces_jointes enviado enviado_el enviada enviada_em enviado_em fecha para asunto assunto data cópia com_cópia datos_adjuntos
	inviato inviato_il data_invio oggetto allegati verzonden verzonden_op aan onderwerp bijlagen skickat skickad till ämne kopia sendt sendt_dato til emne dato kopi vedlegg vedhæftet
	lähetetty vastaanottaja aihe päiväys kopio wysłane wysłano data_wysłania do dw temat odesláno odeslano komu kopie předmět predmet küldve elküldve címzett tárgy másolatot_kap dátum wyslano odoslané
	отправлено дата кому тема копия надіслано копія изпратено до относно копие послато наслов poslano za naslov datums kam temats data_nusiųsta kam_siunčiama siunčiama tema kuupäev kellele teema sent_at
	发送时间 发送日期 收件人 主题 抄送 日期 时间 送信日時 宛先 件名 送信 日付 日時 寄件日期 傳送時間 傳送日期 收件者 主旨 副本 날짜 보낸시간 보낸_시간 받는사람 받는_사람 보낸날짜 보낸_날짜 제목 참조 수신 일시
	στάλθηκε ημερομηνία προς θέμα κοιν κοινοποίηση تم_الإرسال تاريخ_الإرسال أرسلت مرسل التاريخ إلى الى الموضوع نسخة نسخة_إلى נשלח תאריך אל נושא עותק ارسال_شده تاریخ به موضوع đã_gửi ngày gửi đến tới chủ_đề tiêu_đề ส่ง ส่งเมื่อ วันที่ ถึง เรื่อง หัวเรื่อง สำเนา
	trimis trimis_la către catre subiect data_trimiterii gönderildi gönderme_tarihi tarih kime konu bilgi भेजा_गया प्रति विषय दिनांक bidalia nori gaia enviat per_a assumpte sent_le dáta vec`,
)

// newHeaderNames reads two lists of names; an underscore stands for a blank.
func newHeaderNames(senders, others string) map[string]bool {
	m := map[string]bool{}
	for n := range strings.FieldsSeq(others) {
		m[fold.Words(n)] = false
	}
	for n := range strings.FieldsSeq(senders) {
		m[fold.Words(n)] = true
	}
	return m
}

// printedField is a line of a printed header: "*Dari:* Ani <ani@batan.go.id>".
type printedField struct {
	name, value           string
	shaped, known, sender bool // shaped: it might be a field in a language that is not known
}

func readField(s string) (f printedField) {
	s = strings.TrimLeft(s, " \t*_>|")
	i := fieldEnd(s)
	if i <= 0 {
		return f
	}
	name, rest := s[:i], strings.TrimLeft(s[i:], " \t:：*_")
	f.name, f.value = name, strings.TrimRight(rest, " \t*_")
	var stack [2 * maxFieldName]byte
	f.sender, f.known = headerNames[string(fold.Append(stack[:0], name, true))]
	if s[i] == '\t' && !strings.HasPrefix(strings.TrimLeft(s[i:], "\t "), ":") && !f.known {
		return printedField{}
	}
	f.shaped = f.known || strings.Count(strings.TrimSpace(name), " ") <= 2 && !strings.ContainsAny(name,
		"0123456789@<>/,;.!?()") && len(s[i:]) > len(rest)
	return f
}

// fieldEnd is where a field's name ends: at a colon, a wide colon or a tab; -1 when it is too long.
func fieldEnd(s string) int {
	end := -1
	for _, sign := range []string{":", "\t", "："} {
		if i := strings.Index(s[:min(len(s), maxFieldName+len(sign)-1)], sign); i >= 0 {
			s, end = s[:i], i
		}
	}
	return end
}

// dated reports whether the value holds what a mail's date does.
func (f printedField) dated() bool { return hasClock(f.value) || yearIn(f.value) }

const maxFieldName = 60 // bytes

// headerFields are how many lines a printed header is looked for.
const headerFields = 8

// headerAt recognises a printed header: a sender's field, and other fields within the next lines; with a rule of the
// page or of dashes above it, in any language.
func (s *sifter) headerAt(i int, t string) bool {
	lines, ruled, titled := s.lines, s.lines[i].Rule, dashedTitle(t)
	if titled || len(t) >= 5 && fold.ASCII[t[0]] == 0 && strings.Trim(t, "_-=–—*") == "" {
		for i++; i < len(lines) && strings.TrimSpace(lines[i].Text) == ""; i++ {
		}
		if ruled = i < len(lines); !ruled {
			return false
		}
	}
	first := readField(lines[i].Text)
	switch {
	case !first.shaped:
		return false
	case first.known && knownHeader(lines[i:], first, !ruled):
		return true
	case first.known && !first.sender, s.frame.isLabel(first.name):
		return false
	case titled && bracketed(first.value), ruled && first.sender && strings.ContainsRune(first.value, '@'):
		return true
	case ruled:
		return shapedHeader(lines[i:], 2, false)
	}
	return bracketed(first.value) && shapedHeader(lines[i:], 3, true)
}

// isLabel reports whether a name is a label of the form.
func (f *Frame) isLabel(name string) bool {
	is, _ := f.Label(strings.TrimSpace(name))
	return is
}

// knownHeader judges fields with known names: one names the sender, and an address or a dated field is near, unless a
// rule (strict is false) stands above. An office memo ("Kepada, Dari, Perihal") is no such header.
//
// One loop over the lines, whose counts all of it shares.
//
//gocyclo:ignore
func knownHeader(lines []text.Line, first printedField, strict bool) bool {
	if first.value == "" && strict && !first.sender {
		return false
	}
	fields, seen, sender := 1, 1, first.sender
	proof := !strict || strings.ContainsRune(first.value, '@') || hasClock(first.value)
	for j := 1; j < len(lines) && seen < headerFields; j++ {
		t := strings.TrimSpace(lines[j].Text)
		switch {
		case t == "" && first.sender:
			continue
		case t == "", separatorLine(t): // what is below is another block: an answer may be "Tanggal: 12 Juli" alone
			seen = headerFields
			continue
		}
		seen++
		f := readField(t)
		if f.known {
			fields++
			sender = sender || f.sender
		}
		if seen <= 4 && (strings.ContainsRune(t, '@') || f.known && f.dated()) {
			proof = true
		}
	}
	if fields >= 2 && !sender && dateNames[fold.Words(first.name)] {
		return hasClock(first.value) && yearIn(first.value)
	}
	return fields >= 2 && sender && proof
}

// WithoutHeaders is a text without the printed headers of quoted and forwarded mails: their dates and addresses are
// nobody's answer. It copies only where there are some.
func WithoutHeaders(lines []text.Line) []text.Line {
	var out []text.Line
	for i := 0; i < len(lines); i++ {
		first := readField(StripMarks(lines[i].Text))
		if n := printedHeader(lines[i:], first); n > 0 {
			if out == nil {
				out = append(make([]text.Line, 0, len(lines)), lines[:i]...)
			}
			i += n - 1
			continue
		}
		if out != nil {
			out = append(out, lines[i])
		}
	}
	if out == nil {
		return lines
	}
	return out
}

// printedHeader is how many lines a header has that begins with the sender's field, 0 where none does: fields with
// known names, up to the first line that is none.
func printedHeader(lines []text.Line, first printedField) int {
	if !first.sender || !strings.ContainsRune(first.value, '@') {
		return 0
	}
	n := 1
	for n < len(lines) && n < headerFields && readField(StripMarks(lines[n].Text)).known {
		n++
	}
	if n < 3 { // the form's own field, perhaps
		return 0
	}
	return n
}

// dateNames are the fields that may come first although they do not name the sender.
var dateNames = fold.Set("date", "sent", "dikirim")

// shapedHeader judges fields by their shape alone: so many of them in a row, one of them dated, and, where both are
// asked for, the clock as well; else an address will do.
func shapedHeader(lines []text.Line, least int, clock bool) bool {
	fields, proof := 0, false
	for _, l := range lines[:min(len(lines), headerFields)] {
		f := readField(l.Text)
		if !f.shaped {
			break
		}
		fields++
		if clock {
			proof = proof || hasClock(f.value)
		} else {
			proof = proof || f.dated() || strings.ContainsRune(f.value, '@')
		}
	}
	return fields >= least && proof
}

// dashedTitle recognises a few words between dashes, in any language: "-------- 轉寄郵件 --------".
func dashedTitle(t string) bool {
	if !strings.HasPrefix(t, "--") || !strings.HasSuffix(t, "--") {
		return false
	}
	title := strings.Trim(t, "-–— ")
	return title != "" && len(title) <= 80 && strings.Count(title, " ") <= 4
}
