package mailparse

import "strings"

// greetingStarts begin a line that only greets, folded.
var greetingStarts = newPhrases(
	"yth", "yang terhormat", "yang kami hormati", "kepada yth", "kepada yang terhormat", "kpd yth", "ytk", "kepada bapak", "kepada ibu", "dear", "hi", "hello", "halo", "hai", "hallo",
	"selamat pagi", "selamat siang", "selamat sore", "selamat malam", "selamat datang", "pagi pak", "pagi bu", "siang pak", "siang bu", "sore pak", "sore bu", "malam pak", "malam bu", "good morning", "good afternoon", "good evening",
	"assalamualaikum", "assalamu alaikum", "asalamualaikum", "ass wr wb", "aslm", "asslm", "wassalamualaikum", "waalaikumsalam", "waalaikum salam", "wa alaikum salam", "wa alaikumussalam", "waalaikumussalam", "w alaikum salam", "salam sejahtera", "salam hormat", "dengan hormat", "bismillah", "om swastiastu", "shalom", "namo buddhaya", "salam kebajikan", "salam sehat", "up", "di tempat", "cc",
)

// greetingTails may follow a greeting on its line and leave it one: titles, names are judged by their number.
const maxGreetingWords = 12

// isGreeting reports whether a line greets and says nothing else.
func isGreeting(s string) bool {
	if len(s) > 200 {
		return false
	}
	g, f := greetingStarts.begin(s)
	if g != "" {
		return strings.Count(f, " ") < maxGreetingWords && !greetingGoesOn(s)
	}
	switch foldWords(s) {
	case "pagi", "siang", "sore", "malam", "salam", "ass", "wr wb", "pak", "bu", "bapak", "ibu", "bapak ibu", "assalam":
		return true
	}
	return false
}

// skipAddress drops the lines of an inside address, "Kepada Yth. / Layanan BATANnet / di tempat", below its first one.
func skipAddress(first, rest string) string {
	f := foldWords(first)
	if !strings.Contains(f, "yth") && !strings.Contains(f, "terhormat") && !strings.HasPrefix(f, "kepada") {
		return rest
	}
	tail := rest
	for range 5 {
		l, after, ok := strings.Cut(tail, "\n")
		if !ok || strings.TrimSpace(l) == "" {
			break
		}
		if k := foldKey(l); k == "ditempat" || k == "tempat" {
			return after
		}
		tail = after
	}
	return rest
}

// greetingGoesOn finds a sentence behind the greeting: "Selamat pagi Pak, setuju".
func greetingGoesOn(s string) bool {
	i := strings.IndexAny(s, ",.!;:")
	for i >= 0 {
		rest := strings.TrimSpace(s[i+1:])
		if rest == "" {
			return false
		}
		f := foldWords(rest)
		if f != "" && !greetingTail(f) && !isGreeting(rest) {
			return true
		}
		next := strings.IndexAny(rest, ",.!;:")
		if next < 0 {
			return false
		}
		s, i = rest, next
	}
	return false
}

// greetingTail recognises what follows a comma in a greeting: "Yth. Bapak Kepala", "wr. wb.", titles.
func greetingTail(f string) bool {
	first, _, _ := strings.Cut(f, " ")
	switch first {
	case "bapak", "ibu", "pak", "bu", "sdr", "sdri", "saudara", "wr", "wb", "warahmatullahi", "warohmatullahi", "wabarakatuh", "wabarokatuh", "ka", "kepala", "kabid", "kasubbid", "tim", "layanan", "admin", "m", "s", "st", "mt", "msc", "ir", "dr", "drs", "prof", "si", "kom", "sc", "eng", "h", "hj", "dan", "di", "alaikum", "ppiksn", "batan":
		return true
	}
	return false
}

// closingStarts begin the lines that close a mail, folded. What follows is a name and titles.
var closingStarts = newPhrases(
	"hormat kami", "hormat saya", "salam", "terima kasih", "terimakasih", "trims", "makasih", "wassalam", "wassalamualaikum", "wassalamu alaikum", "demikian", "atas perhatian", "regards", "best regards", "kind regards", "warm regards", "sincerely", "thanks", "thank you", "rgds", "tks", "ttd", "tertanda", "best", "cheers", "tabik", "nuwun", "matur nuwun",
)

// isClosing reports whether a line closes the mail: short, and beginning with such words.
func isClosing(s string) bool {
	c, f := closingStarts.begin(s)
	return c != "" && strings.Count(f, " ") <= 5
}

// cutClosing takes the closing off the end: from a closing line on, when at most six short lines follow it.
func cutClosing(lines []string) []string {
	for i := max(0, len(lines)-14); i < len(lines); i++ {
		if !isClosing(lines[i]) {
			continue
		}
		after := 0
		for _, l := range lines[i+1:] {
			if strings.TrimSpace(l) != "" {
				after++
			}
			if len(l) > 70 {
				after = 99
			}
		}
		if after <= 6 {
			return lines[:i]
		}
	}
	return lines
}
