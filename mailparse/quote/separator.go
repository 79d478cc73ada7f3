package quote

import (
	"strings"

	"batan.go.id/layanan/mailparse/fold"
)

// separatorPhrases stand between dashes, or alone with a colon, above an older mail. Folded by [fold.Words].
var separatorPhrases = map[string]bool{
	"original message": true, "original mail": true, "original appointment": true, "originalnachricht": true,
	"urspruengliche nachricht": true,
	"ursprüngliche nachricht":  true, "message d origine": true, "message original": true, "mensaje original": true,
	"mensagem original":   true,
	"messaggio originale": true, "oorspronkelijk bericht": true, "originalmeddelande": true, "original meddelelse": true,
	"opprinnelig melding":   true,
	"oprindelig meddelelse": true, "oprindelig besked": true, "reply message": true, "original besked": true,
	"alkuperäinen viesti": true, "исходное сообщение": true, "пересылаемое сообщение": true, "原始邮件": true, "原始郵件": true,
	"oryginalna wiadomość": true, "wiadomość oryginalna": true, "původní zpráva": true, "eredeti üzenet": true,
	"orijinal mesaj": true,
	"pesan asli":     true, "pesan awal": true, "surat asli": true, "email asli": true, "pesan sebelumnya": true,
	"pesan asal": true, "mesej asal": true,
	"forwarded message": true, "forwarded by": true, "begin forwarded message": true, "forward message": true,
	"forwarded mail":   true,
	"pesan diteruskan": true, "pesan yang diteruskan": true, "pesan terusan": true, "email diteruskan": true,
	"mulai pesan yang diteruskan": true, "awal pesan yang diteruskan": true,
	"message transféré": true, "weitergeleitete nachricht": true, "anfang der weitergeleiteten nachricht": true,
	"messaggio inoltrato": true,
	"mensaje reenviado":   true, "mensagem encaminhada": true, "doorgestuurd bericht": true,
	"vidarebefordrat meddelande": true,
	"original message follows":   true, "mensaje citado": true, "转发邮件": true, "転送メッセージ": true, "元のメッセージ": true,
	"reply above this line":   true,
	"ursprungligt meddelande": true, "původní e mail": true, "pôvodná správa": true, "videresendt melding": true,
	"videresendt besked": true, "videresendt meddelelse": true, "пересланное сообщение": true,
	"начало переадресованного сообщения": true, "початок переданого повідомлення": true, "оригінальне повідомлення": true,
	"inicio del mensaje reenviado": true, "inicio del mensaje": true, "início da mensagem encaminhada": true,
	"início da mensagem reencaminhada": true, "début du message transféré": true, "début du message réexpédié": true,
	"inizio messaggio inoltrato": true, "begin doorgestuurd bericht": true, "vidarebefordrat brev": true,
	"välitetty viesti": true, "välitetty viesti alkaa": true,
	"wiadomość przekazana dalej": true, "przekazana wiadomość": true, "továbbított üzenet": true,
	"přeposlaná zpráva": true, "iletilen mesaj": true, "mesaj original": true, "原始信件": true, "转发的邮件": true, "원본 메일": true,
	"원본 메시지": true, "전달된 메시지": true, "thư gốc": true, "mesej diteruskan": true, "mesej dimajukan": true,
}

// separatorLine judges one line by itself.
//
// One rule for each shape of such a line.
//
//gocyclo:ignore
func separatorLine(s string) bool {
	if last := s[len(s)-1]; fold.ASCII[s[0]] != 0 && last < 0x80 && strings.IndexByte(":-_=*>#~", last) < 0 {
		return false // most lines: neither dashes nor a colon
	}
	core := strings.Trim(s, "-–—‐‑―─_=*>#~ \t")
	dashed := len(core) < len(s)
	core = strings.TrimRight(core, ":： ")
	if core == "" || len(core) > 80 {
		return false
	}
	if c := s[0]; !dashed && c < 0x80 && !strings.HasSuffix(s, ":") {
		return false
	}
	if strings.HasPrefix(s, "--") && strings.HasSuffix(s, "--") && strings.ContainsRune(core, '@') {
		return true // "----- Pesan yang diteruskan dari Ani <ani@batan.go.id> -----"
	}
	f := fold.Words(core)
	if separatorPhrases[f] {
		return dashed || strings.HasSuffix(s, ":") || strings.HasSuffix(s, "：")
	}
	for _, p := range []string{"reply message ", "original message "} {
		if dashed && strings.HasPrefix(f, p) && strings.Contains(s, "---") {
			return true
		}
	}
	if dashed && (strings.HasPrefix(f, "forwarded by ") || strings.HasPrefix(f, "forwarded message ") ||
		strings.HasPrefix(f, "diteruskan oleh ")) {
		return strings.HasPrefix(s, "--")
	}
	return strings.Contains(f, "reply above this line") || strings.Contains(f, "balas di atas garis ini") ||
		strings.Contains(f, "tulis balasan di atas")
}
