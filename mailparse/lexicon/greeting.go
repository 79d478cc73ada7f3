package lexicon

import (
	"strings"

	"batan.go.id/layanan/mailparse/fold"
)

// greetingStarts begin a line that only greets, folded.
var greetingStarts = fold.NewPhrases(
	"yth", "yang terhormat", "yang kami hormati", "kepada yth", "kepada yang terhormat", "kpd yth", "ytk", "kepada bapak",
	"kepada ibu", "dear", "hi", "hello", "halo", "hai", "hallo",
	"selamat pagi", "selamat siang", "selamat sore", "selamat malam", "selamat datang", "pagi pak", "pagi bu",
	"siang pak", "siang bu", "sore pak", "sore bu", "malam pak", "malam bu", "good morning", "good afternoon",
	"good evening",
	"selamat hari", "met pagi", "met siang", "met sore", "met malam", "pagi semua", "siang semua", "sore semua",
	"malam semua", "selamat berjumpa", "salam sejahtera", "dgn hormat", "ysh", "kepada tim", "kepada layanan",
	"kepada rekan", "u p", "sugeng enjang", "sugeng siang", "sugeng sonten", "sugeng dalu", "wilujeng enjing",
	"wilujeng siang", "wilujeng sonten", "wilujeng wengi", "rahajeng semeng", "horas", "bismillahirrahmanirrahim",
	"bismillahirrohmanirrohim", "السلام عليكم",
	"assalamualaikum", "assalamu alaikum", "asalamualaikum", "ass wr wb", "aslm", "asslm", "wassalamualaikum",
	"waalaikumsalam", "waalaikum salam", "wa alaikum salam", "wa alaikumussalam", "waalaikumussalam", "w alaikum salam",
	"salam hormat", "dengan hormat", "bismillah", "om swastiastu", "shalom", "namo buddhaya", "salam kebajikan",
	"salam sehat", "up", "di tempat", "cc",
)

const maxGreetingWords = 12

// IsGreeting reports whether a line greets and says nothing else. A line that denies or asks something is none.
func IsGreeting(s string) bool {
	if len(s) > 200 {
		return false
	}
	if g, f := greetingStarts.Begin(s); g != "" {
		return strings.Count(f, " ") < maxGreetingWords && !greetingGoesOn(s) && guileless(s)
	}
	f := fold.Words(s)
	return loneGreetings[f] || addressed(s, f) && guileless(s)
}

// loneGreetings are greetings only when nothing stands beside them.
var loneGreetings = fold.Set("pagi", "siang", "sore", "malam", "salam", "ass", "wr wb", "pak", "bu", "bapak", "ibu",
	"bapak ibu", "assalam", "dh", "mas", "mbak")

// persons begin a line that calls somebody: "Pak Agus,", "Rekan-rekan Yth."
var persons = fold.Set("pak", "bu", "bapak", "ibu", "mas", "mbak", "bang", "kak", "rekan", "rekan2", "sdr", "sdri",
	"saudara", "tim", "para", "prof", "dr", "bpk")

// addressed reports whether a line, folded to f, calls a person or an office: it begins with one, and ends in a comma
// or honours it.
func addressed(s, f string) bool {
	first, _, _ := strings.Cut(f, " ")
	if len(s) > 80 || !persons[first] {
		return false
	}
	words := strings.Fields(f)
	if len(words) < 2 || len(words) > 8 {
		return false
	}
	for i, w := range words {
		if i > 0 && (w == "yth" || w == "ysh" || w == "terhormat" || w == "hormati") {
			return i > len(words)-3
		}
	}
	return len(words) <= 5 && strings.HasSuffix(s, ",") && strings.Count(s, ",") == 1 &&
		!IsProse(strings.TrimSuffix(s, ","))
}

// guileless reports whether no word of a line denies, asks or takes back.
func guileless(s string) bool {
	for _, w := range Words(s) {
		if Indonesian().Class(w.Text)&Marked != 0 && !strings.Contains(s, "apa kabar") {
			return false
		}
	}
	return true
}

// greetingGoesOn finds a sentence behind the greeting: "Selamat pagi Pak, setuju".
func greetingGoesOn(s string) bool {
	i := strings.IndexAny(s, ",.!;:")
	for i >= 0 {
		rest := strings.TrimSpace(s[i+1:])
		if rest == "" {
			return false
		}
		f := fold.Words(rest)
		if f != "" && !greetingTail(f) && !(s[i] == '.' && IsName(rest)) && !IsGreeting(rest) && !strings.HasPrefix(f,
			"semoga ") {
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
	case "bapak", "ibu", "pak", "bu", "sdr", "sdri", "saudara", "wr", "wb", "warahmatullahi", "warohmatullahi",
		"wabarakatuh", "wabarokatuh", "ka", "kepala", "kabid", "kasubbid", "tim", "layanan", "admin", "m", "s", "st", "mt",
		"msc", "ir", "dr", "drs", "prof", "si", "kom", "sc", "eng", "h", "hj", "dan", "di", "alaikum", "ppiksn", "batan":
		return true
	}
	return false
}

// Closings begin the lines that close a mail, folded. What follows is a name and titles.
var Closings = fold.NewPhrases(
	"hormat kami", "hormat saya", "salam", "terima kasih", "terimakasih", "trims", "makasih", "wassalam",
	"wassalamualaikum", "wassalamu alaikum", "demikian", "atas perhatian", "regards", "best regards", "kind regards",
	"warm regards", "sincerely", "thanks", "thank you", "rgds", "tks", "ttd", "tertanda", "best", "cheers", "tabik",
	"nuwun", "matur nuwun",
)

// IsClosing reports whether a line closes the mail: short, and beginning with such words.
func IsClosing(s string) bool {
	c, f := Closings.Begin(s)
	return c != "" && strings.Count(f, " ") <= 5
}
