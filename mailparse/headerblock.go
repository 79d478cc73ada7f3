package mailparse

import "strings"

// headerNames are the fields of a quoted mail's header as mail programs print them, folded; the value says whether the
// field is the one that names the sender.
var headerNames = map[string]bool{
	"from": true, "dari": true, "von": true, "de": true, "da": true, "van": true, "från": true, "fra": true, "od": true, "от": true, "від": true,
	"lähettäjä": true, "feladó": true, "kimden": true, "发件人": true, "寄件者": true, "寄件人": true, "差出人": true, "보낸 사람": true, "pengirim": true, "daripada": true, "expéditeur": true, "mittente": true, "από": true,
	"sent": false, "date": false, "to": false, "cc": false, "subject": false, "bcc": false, "reply to": false, "importance": false,
	"message du": false, "envoyé par": false, "copie à": false, "sujet": false, "dikirim": false, "terkirim": false, "tanggal": false, "kepada": false, "untuk": false, "perihal": false, "subjek": false, "judul": false, "hal": false, "tembusan": false, "ke": false, "hantar": false, "tarikh": false,
	"gesendet": false, "datum": false, "an": false, "betreff": false, "kopie": false, "envoyé": false, "à": false, "objet": false, "enviado": false, "enviado el": false, "enviada em": false, "fecha": false, "para": false, "asunto": false, "assunto": false, "data": false,
	"inviato": false, "a": false, "oggetto": false, "verzonden": false, "aan": false, "onderwerp": false, "skickat": false, "till": false, "ämne": false, "sendt": false, "til": false, "emne": false, "dato": false,
	"lähetetty": false, "vastaanottaja": false, "aihe": false, "wysłane": false, "wysłano": false, "do": false, "temat": false, "odesláno": false, "komu": false, "předmět": false, "küldve": false, "címzett": false, "tárgy": false,
	"отправлено": false, "дата": false, "кому": false, "тема": false, "发送时间": false, "收件人": false, "主题": false, "抄送": false, "日期": false, "送信日時": false, "宛先": false, "件名": false, "送信": false, "日付": false, "日時": false, "寄件日期": false, "收件者": false, "主旨": false, "날짜": false, "보낸 시간": false, "받는사람": false, "envoyée": false, "enviada": false, "sendt dato": false, "kopi": false, "odeslano": false, "predmet": false, "wyslano": false, "từ": true, "đến": false, "chủ đề": false, "من": true, "إلى": false, "الموضوع": false, "מאת": true, "אל": false, "נושא": false, "보낸 날짜": false, "받는 사람": false, "제목": false, "gönderildi": false, "kime": false, "konu": false,
}

// printedHeaderAt recognises a printed header: a sender's field, and another field within the next lines; or a rule of
// underscores right above one.
func printedHeaderAt(lines []line, i int) bool {
	s := strings.TrimSpace(lines[i].text)
	if strings.Trim(s, "_-=") == "" && len(s) >= 5 {
		for i++; i < len(lines); i++ {
			if strings.TrimSpace(lines[i].text) != "" {
				return fieldsFrom(lines, i, false)
			}
		}
		return false
	}
	return fieldsFrom(lines, i, true)
}

// fieldsFrom judges the fields from line i on: one names the sender, and an address or a dated field is near, unless
// a rule (strict is false) stands above. An office memo ("Kepada, Dari, Perihal") is no such block.
func fieldsFrom(lines []line, i int, strict bool) bool {
	first, sender, value := printedField(lines[i].text)
	if !first || value == "" && strict && !sender {
		return false
	}
	fields, seen := 1, 1
	proof := !strict || strings.ContainsRune(value, '@') || hasClock(value)
	for j := i + 1; j < len(lines) && seen < 8; j++ {
		t := strings.TrimSpace(lines[j].text)
		if t == "" {
			continue
		}
		seen++
		ok, from, value := printedField(t)
		if ok {
			fields++
			sender = sender || from
		}
		if seen <= 4 && (strings.ContainsRune(t, '@') || ok && (hasClock(value) || yearIn(value))) {
			proof = true
		}
	}
	low := strings.ToLower(strings.TrimLeft(lines[i].text, " *_"))
	if fields >= 2 && !sender && (strings.HasPrefix(low, "date:") || strings.HasPrefix(low, "sent:") || strings.HasPrefix(low, "dikirim:")) {
		return hasClock(value) && yearIn(value)
	}
	return fields >= 2 && sender && proof
}

// colonIn finds the first colon, of either width; -1 when there is none.
func colonIn(s string) int {
	i := strings.IndexByte(s, ':')
	if j := strings.Index(s, "："); j >= 0 && (i < 0 || j < i) {
		return j
	}
	return i
}

// printedField reads "*Dari:* Ani <ani@batan.go.id>".
func printedField(s string) (ok, sender bool, value string) {
	s = strings.TrimLeft(s, " \t*_>|")
	i := colonIn(s[:min(len(s), 44)])
	if i <= 0 || i > 40 {
		return false, false, ""
	}
	sender, ok = headerNames[foldWords(s[:i])]
	return ok, sender, strings.Trim(s[i+1:], " \t*_：")
}
