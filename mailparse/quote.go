package mailparse

import "strings"

// newLines keeps the lines that the sender newly wrote. Lines between quotes stay (people answer point by point);
// after a separator that no mark goes with, everything is old.
func newLines(lines []line) []line {
	out := make([]line, 0, len(lines))
	for i := 0; i < len(lines); {
		l := lines[i]
		switch {
		case l.quote || isQuoteMark(l.text):
			i++
			continue
		case separatorAt(lines, i):
			return out
		}
		if wrappedQuote(lines, i) {
			i++
			continue
		}
		if n := attributionAt(lines, i); n > 0 {
			if before := beforeAttribution(l.text); before != "" {
				out = append(out, line{text: before})
			}
			if !markedFrom(lines, i+n) {
				return out
			}
			i += n
			continue
		}
		out = append(out, l)
		i++
	}
	return out
}

// isQuoteMark recognises "> text" and "ab> text".
func isQuoteMark(s string) bool {
	t := strings.TrimLeft(s, " \t")
	if t == "" {
		return false
	}
	if t[0] == '>' {
		return true
	}
	for i := 0; i < len(t) && i < 4; i++ {
		if t[i] == '>' {
			return i > 0 && (i+1 == len(t) || t[i+1] == ' ' || t[i+1] == '>')
		}
		if c := t[i]; c < 'A' || c > 'Z' {
			return false
		}
	}
	return false
}

// wrappedQuote recognises the end of a quoted line that a mail program broke, losing the mark: between two marked
// lines, the first of them full, and beginning in lower case.
func wrappedQuote(lines []line, i int) bool {
	if i == 0 || i+1 == len(lines) || len(lines[i-1].text) < 60 || lines[i].text == "" {
		return false
	}
	c := lines[i].text[0]
	return c >= 'a' && c <= 'z' && isQuoteMark(lines[i-1].text) && isQuoteMark(lines[i+1].text)
}

// markedFrom reports whether the next line with text is marked as quoted.
func markedFrom(lines []line, i int) bool {
	for ; i < len(lines); i++ {
		if lines[i].quote || isQuoteMark(lines[i].text) {
			return true
		}
		if strings.TrimSpace(lines[i].text) != "" {
			return false
		}
	}
	return false
}

// separatorAt recognises the line from which on everything is an older mail.
func separatorAt(lines []line, i int) bool {
	s := strings.TrimSpace(lines[i].text)
	if s == "" || len(s) > 120 {
		return false
	}
	return separatorLine(s) || printedHeaderAt(lines, i)
}

// separatorPhrases stand between dashes, or alone with a colon, above an older mail. Folded by foldWords.
var separatorPhrases = map[string]bool{
	"original message": true, "original mail": true, "original appointment": true, "originalnachricht": true, "urspruengliche nachricht": true,
	"ursprüngliche nachricht": true, "message d origine": true, "message original": true, "mensaje original": true, "mensagem original": true,
	"messaggio originale": true, "oorspronkelijk bericht": true, "originalmeddelande": true, "original meddelelse": true, "opprinnelig melding": true,
	"oprindelig meddelelse": true, "oprindelig besked": true, "reply message": true, "original besked": true, "alkuperäinen viesti": true, "исходное сообщение": true, "пересылаемое сообщение": true, "原始邮件": true, "原始郵件": true,
	"oryginalna wiadomość": true, "wiadomość oryginalna": true, "původní zpráva": true, "eredeti üzenet": true, "orijinal mesaj": true,
	"pesan asli": true, "pesan awal": true, "surat asli": true, "email asli": true, "pesan sebelumnya": true, "pesan asal": true, "mesej asal": true,
	"forwarded message": true, "forwarded by": true, "begin forwarded message": true, "forward message": true, "forwarded mail": true,
	"pesan diteruskan": true, "pesan yang diteruskan": true, "pesan terusan": true, "email diteruskan": true, "mulai pesan yang diteruskan": true, "awal pesan yang diteruskan": true,
	"message transféré": true, "weitergeleitete nachricht": true, "anfang der weitergeleiteten nachricht": true, "messaggio inoltrato": true,
	"mensaje reenviado": true, "mensagem encaminhada": true, "doorgestuurd bericht": true, "vidarebefordrat meddelande": true,
	"original message follows": true, "mensaje citado": true, "转发邮件": true, "転送メッセージ": true, "元のメッセージ": true, "reply above this line": true,
	"ursprungligt meddelande": true, "původní e mail": true, "pôvodná správa": true, "videresendt melding": true, "videresendt besked": true, "videresendt meddelelse": true, "пересланное сообщение": true, "начало переадресованного сообщения": true, "початок переданого повідомлення": true, "оригінальне повідомлення": true,
	"inicio del mensaje reenviado": true, "inicio del mensaje": true, "início da mensagem encaminhada": true, "início da mensagem reencaminhada": true, "début du message transféré": true, "début du message réexpédié": true, "inizio messaggio inoltrato": true, "begin doorgestuurd bericht": true, "vidarebefordrat brev": true, "välitetty viesti": true, "välitetty viesti alkaa": true,
	"wiadomość przekazana dalej": true, "przekazana wiadomość": true, "továbbított üzenet": true, "přeposlaná zpráva": true, "iletilen mesaj": true, "mesaj original": true, "原始信件": true, "转发的邮件": true, "원본 메일": true, "원본 메시지": true, "전달된 메시지": true, "thư gốc": true, "mesej diteruskan": true, "mesej dimajukan": true,
}

// separatorLine judges one line by itself.
func separatorLine(s string) bool {
	if last := s[len(s)-1]; foldedASCII[s[0]] != 0 && last < 0x80 && strings.IndexByte(":-_=*>#~", last) < 0 {
		return false // most lines: neither dashes nor a colon
	}
	core := strings.Trim(s, "-–—_=*>#~ \t")
	dashed := len(core) < len(s)
	core = strings.TrimRight(core, ":： ")
	if core == "" || len(core) > 80 {
		return false
	}
	if c := s[0]; !dashed && c < 0x80 && !strings.HasSuffix(s, ":") {
		return false
	}
	f := foldWords(core)
	if separatorPhrases[f] {
		return dashed || strings.HasSuffix(s, ":") || strings.HasSuffix(s, "：")
	}
	for _, p := range []string{"reply message ", "original message "} {
		if dashed && strings.HasPrefix(f, p) && strings.Contains(s, "---") {
			return true
		}
	}
	if dashed && (strings.HasPrefix(f, "forwarded by ") || strings.HasPrefix(f, "forwarded message ") || strings.HasPrefix(f, "diteruskan oleh ")) {
		return strings.HasPrefix(s, "--")
	}
	return strings.Contains(f, "reply above this line") || strings.Contains(f, "balas di atas garis ini") || strings.Contains(f, "tulis balasan di atas")
}
