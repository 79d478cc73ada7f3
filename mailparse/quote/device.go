package quote

import (
	"strings"

	"batan.go.id/layanan/mailparse/fold"
)

// sentFrom begin the line that a telephone or a program adds, whatever it names; folded.
var sentFrom = fold.NewPhrases(
	"dikirim dari", "terkirim dari", "dikirimkan dari", "diketik dari", "dapatkan outlook untuk", "unduh outlook untuk",
	"sent from my", "sent from a phone", "sent from a mobile", "sent from mail", "sent from mailbox", "sent from",
	"from my iphone", "from mobile", "get outlook for", "get bluemail for", "download outlook for", "posted from my",
	"powered by telkomsel", "powered by blackberry", "trimis de pe", "odoslané z", "poslano z", "küldve", "được gửi từ",
	"đã gửi từ", "αποστολή από", "στάλθηκε από", "dihantar dari", "dihantar daripada", "sent on the go",
	"envoyé depuis", "envoyé de mon", "envoyé à partir", "von meinem", "gesendet von", "diese nachricht wurde von meinem",
	"enviado desde", "enviado do", "enviado de mi", "enviado a partir", "inviato da", "inviato dal",
	"verzonden vanaf", "verstuurd vanaf", "skickat från", "sendt fra", "lähetetty", "wysłano z", "wysłane z",
	"odesláno z", "отправлено с", "отправлено из", "надіслано з", "из мобильной",
	"從我的", "从我的", "发自我的", "發自我的", "iphoneから送信", "ส่งจาก", "أرسلت من", "أُرسلت من", "נשלח מה", "someone from mobile",
	"sent with", "sent by", "sent via", "sent using", "dikirim menggunakan", "dikirim melalui", "dikirim dengan",
	"dikirim pakai", "dikirim via", "gesendet mit", "verzonden met", "enviado con", "enviado através",
)

// sentWords are what other languages say for "sent" and "get" anywhere in such a line; with the name of a device they
// make it one.
var sentWords = []string{
	" verstuurd ", " verzonden ", " downloaden ", " gesendet ", " beziehen ", " envoyé ", " télécharger ", " enviado ",
	" enviada ", " obtener ", " obter ", " obtenha ", " inviato ", " ottieni ", " wysłane ", " wysłano ", " pobierz ",
	" skickat ", " skaffa ", " sendt ", " hent ", " skaff ", " hanki ", " trimis ",
	"отправлено", "получить", "скачать", "надіслано", "отримати", "gönderildi", "edinin", "入手", "送信", "获取", "取得", "傳送",
	"보냄", "보냈", "다운로드", "الحصول", "رسلت", "gửi", "tải ", "รับ", "ส่งจาก", "lähetetty", "odesláno", "získat", "odoslané",
	"küldve", "letöltése", "obțineți", "στάλθηκε", "αποκτήστε", "נשלח", "קבל",
}

// deviceWords name what such a line is about.
var deviceWords = fold.Set(
	"iphone", "ipad", "ipod", "ios", "android", "samsung", "galaxy", "xiaomi", "redmi", "poco", "mi", "oppo", "realme",
	"vivo", "huawei", "honor", "nokia", "lenovo", "asus", "zenfone", "infinix", "tecno", "itel", "sony", "xperia", "lg",
	"htc", "motorola", "pixel", "oneplus", "blackberry", "windows",
	"phone", "smartphone", "ponsel", "handphone", "hp", "tablet", "perangkat", "seluler", "mobile", "device", "yahoo",
	"gmail", "outlook", "aplikasi", "spark", "proton", "protonmail", "zimbra", "bluemail", "airmail", "mailbird",
	"thunderbird", "aquamail", "telkomsel", "indosat", "xl",
)

// maxBeforeDevice is how many words of such a line name a device, from its beginning.
const maxBeforeDevice = 8

// makers are the names that stand in such lines of every language, by their first letter; iMakers have the capital P.
var (
	makers = [26][]string{'O' - 'A': {"Outlook"}, 'G' - 'A': {"Galaxy"}, 'S' - 'A': {"Samsung"}, 'X' - 'A': {"Xiaomi"},
		'H' - 'A': {"Huawei"}, 0: {"Android"}}
	iMakers = []string{"iPhone", "iPad"}
)

// deviceLine reports whether a line was added by a device.
func deviceLine(s string) bool {
	if s == "" || len(s) > 160 || strings.HasSuffix(s, ":") {
		return false
	}
	if p, f := sentFrom.Begin(s); p != "" {
		// "Dikirim melalui kurir" is a person's
		byMeans := p == "sent from" || p == "sent by" || strings.HasPrefix(p, "dikirim ") && p != "dikirim dari"
		return strings.Count(f, " ") <= 14 && !strings.Contains(f, " is ") && (!byMeans || namesDevice(f))
	}
	return namesMaker(s) && sentAbroad(fold.Words(s))
}

// namesMaker finds a maker by its capital: prose has few capitals.
func namesMaker(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= 'A' && c <= 'Z' && (fold.HasAnyPrefix(s[i:], makers[c-'A']) ||
			c == 'P' && i > 0 && fold.HasAnyPrefix(s[i-1:], iMakers)) {
			return true
		}
	}
	return false
}

// namesDevice finds a device among the first words of a folded line: further on, somebody tells of his new telephone.
func namesDevice(f string) bool {
	n := 0
	for w := range strings.FieldsSeq(f) {
		if n++; n > maxBeforeDevice {
			return false
		}
		if deviceWords[w] {
			return true
		}
	}
	return false
}

// sentAbroad finds a word of another language for "sent" in a short line.
func sentAbroad(f string) bool {
	if strings.Count(f, " ") > 8 {
		return false
	}
	f = " " + f + " "
	for _, w := range sentWords {
		if strings.Contains(f, w) {
			return true
		}
	}
	return false
}
