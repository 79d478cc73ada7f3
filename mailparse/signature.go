package mailparse

import "strings"

// cutSignature takes off the signature: from a "-- " line on, the lines that a device adds, and disclaimers.
func cutSignature(lines []line) []line {
	for i, l := range lines {
		if signatureMark(l.text) {
			lines = lines[:i]
			break
		}
	}
	out := lines[:0] // newLines made them for us
	foot := false
	for _, l := range lines {
		s := strings.TrimSpace(l.text)
		if deviceLine(s) {
			if n := len(out); n > 0 && !foot {
				out[n-1].text = strings.TrimRight(out[n-1].text, " –—")
			}
			foot = true
			continue
		}
		if disclaimerStart(s) && len(out) > 0 {
			break
		}
		l.foot = foot
		out = append(out, l)
	}
	return cutTail(out)
}

// cutTail takes off a rule, and then a name behind a dash, at the end: "-Budi".
func cutTail(out []line) []line {
	for n := len(out); n > 0; n = len(out) {
		if strings.Trim(out[n-1].text, " -–—_=*~") != "" {
			break
		}
		out = out[:n-1]
	}
	n := len(out)
	if n < 2 {
		return out
	}
	last := strings.TrimSpace(out[n-1].text)
	name := strings.TrimLeft(last, "-")
	if name == "" || name == last || len(name) > 40 || name[0] < 'A' || name[0] > 'Z' || strings.Count(name, " ") > 2 {
		return out
	}
	if above := strings.TrimSpace(out[n-2].text); strings.HasPrefix(above, "-") {
		return out // a list
	}
	return out[:n-1]
}

// signatureMark recognises the line above a signature (RFC 3676, 4.3), and its worn forms.
func signatureMark(s string) bool {
	t := strings.TrimSpace(s)
	switch t {
	case "--", "–", "—", "__", "- -", "-- -", "--=20", "—-":
		return true
	}
	return len(t) >= 10 && strings.Trim(t, "_") == ""
}

// devicePrefixes begin the line that a telephone or a program adds, folded.
var devicePrefixes = newPhrases(
	"dikirim dari", "terkirim dari", "dikirimkan dari", "dikirim menggunakan", "dikirim melalui", "dikirim dengan", "diketik dari", "dapatkan outlook untuk", "unduh outlook untuk",
	"sent from my", "sent from a phone", "sent from mobile", "sent from a mobile", "sent from mail", "sent from mailbox", "sent from yahoo", "sent from outlook", "sent from windows", "sent from samsung", "sent from proton", "sent from airmail", "sent from iphone", "sent from android",
	"sent with", "sent via", "sent by", "sent using", "from my iphone", "from mobile", "get outlook for", "get bluemail for", "download outlook for", "posted from my", "powered by telkomsel", "powered by blackberry", "sent from blackberry", "trimis de pe", "odoslané z", "poslano z", "küldve", "được gửi từ", "αποστολή από", "στάλθηκε από", "dihantar dari", "dihantar daripada", "dikirim pakai", "dikirim via", "sent on the go", "enviado con", "enviado através",
	"envoyé depuis", "envoyé de mon", "envoyé à partir", "von meinem", "gesendet von", "gesendet mit", "diese nachricht wurde von meinem", "enviado desde", "enviado do", "enviado de mi", "enviado a partir", "inviato da", "inviato dal",
	"verzonden met", "verzonden vanaf", "verstuurd vanaf", "skickat från", "sendt fra", "lähetetty", "wysłano z", "wysłane z", "odesláno z", "отправлено с", "отправлено из", "надіслано з", "iphone kullanılarak", "iphone dan gönderildi", "из мобильной",
	"從我的", "从我的", "发自我的", "發自我的", "iphoneから送信", "나의 iphone", "someone from mobile",
)

// deviceLine reports whether a line was added by a device.
func deviceLine(s string) bool {
	if s == "" || len(s) > 160 {
		return false
	}
	p, f := devicePrefixes.begin(s)
	return p != "" && !strings.HasSuffix(s, ":") && strings.Count(f, " ") <= 14 && !strings.Contains(f, " is ")
}

// disclaimerStarts begin the text that an office's mail server adds, folded.
var disclaimerStarts = newPhrases(
	"disclaimer", "penafian", "sangkalan", "confidentiality notice", "this e mail and any attachments", "this email and any attachments",
	"this email message and any attachments", "this message and any attachments", "the information contained in this", "the contents of this e mail", "this message contains confidential", "this email is confidential", "this e mail is confidential",
	"email ini dan lampirannya", "e mail ini dan lampirannya", "email ini dan seluruh lampirannya", "pesan ini dan lampirannya", "surel ini dan", "surat elektronik ini dan", "informasi yang terkandung dalam", "email ini bersifat rahasia", "e mail ini bersifat rahasia", "pesan ini bersifat rahasia", "perhatian email ini",
	"please consider the environment", "mohon pertimbangkan lingkungan", "pernyataan penyangkalan",
)

func disclaimerStart(s string) bool {
	if len(s) < 8 {
		return false
	}
	p, _ := disclaimerStarts.begin(s[:min(len(s), 200)])
	return p != ""
}
