package when

import (
	"strings"

	"batan.go.id/layanan/internal/typo"
)

// Kinds of tokens of a date text.
const (
	tokNumber   = 'n'
	tokSign     = 'p'
	tokWord     = 'w' // a word that says nothing of a date
	tokMonth    = 'M'
	tokWeekday  = 'W'
	tokRange    = '-' // "-", "s.d.", "sampai"
	tokAlso     = '&' // "dan"
	tokOr       = '|' // "atau"
	tokClock    = 'c' // "pukul", "jam"
	tokPart     = 'h' // "pagi", "siang"
	tokZone     = 'z'
	tokEnd      = 'e' // "selesai"
	tokDate     = 'd' // "tanggal", "hari"
	tokRelative = 'r' // "besok"
	tokNext     = 'x' // "depan"
	tokThis     = 'i' // "ini"
	tokWeek     = 'k'
	tokMonthly  = 'b' // "bulan"
	tokYear     = 't' // "tahun"
	tokAhead    = 'l' // "lagi"
	tokFiller   = 'f' // "pada", "dari"
)

// lexeme is what a word means in a date; n is the month, the weekday, the hours east of UTC or the days from today.
type lexeme struct {
	kind byte
	n    int
}

var dateLexicon = newDateLexicon()

func newDateLexicon() map[string]lexeme {
	x := map[string]lexeme{}
	add := func(kind byte, first int, lines ...string) {
		for i, l := range lines {
			for _, w := range strings.Fields(l) {
				x[w] = lexeme{kind, first + i}
			}
		}
	}
	add(tokMonth, 1,
		"januari jan january djanuari", "februari feb pebruari february peb febuari pebuari", "maret mar mrt march",
		"april apr", "mei may mey", "juni jun june djuni juny",
		"juli jul july jully djuli", "agustus agu agt agst agust agts ags agus august aug", "september sep sept",
		"oktober okt october oct oktobr", "november nov nopember nop", "desember des december dec")
	add(tokWeekday, 0, "minggu ahad sunday sun min mgg", "senin senen sen monday mon", "selasa sel tuesday tue",
		"rabu rebo rab wednesday wed", "kamis kemis kam thursday thu",
		"jumat jum jumaat jumuat friday fri", "sabtu saptu sab saturday sat")
	add(tokZone, 7, "wib", "wita", "wit")
	add(tokZone, 0, "gmt utc z", "cet", "cest") // partners abroad write theirs
	add(tokZone, 8, "sgt", "jst kst")
	add(tokRange, 0, "- ~ sd sampai hingga to until till through sampe")
	add(tokAlso, 0, "dan & and serta")
	add(tokOr, 0, "atau or ataupun")
	add(tokClock, 0, "pukul jam pkl pk at mulai pukl jm")
	add(tokPart, 0, "pagi siang sore malam am pm petang subuh")
	add(tokEnd, 0, "selesai end done finish rampung tuntas")
	add(tokDate, 0, "tanggal tgl tg tggl hari hr date day")
	add(tokRelative, 0, "today", "besok esok besuk bsk tomorrow", "lusa")
	add(tokNext, 0, "depan mendatang berikutnya next dpn yad")
	add(tokThis, 0, "ini this")
	add(tokWeek, 0, "pekan week")
	add(tokMonthly, 0, "bulan bln month")
	add(tokYear, 0, "tahun thn th year")
	add(tokAhead, 0, "lagi")
	add(tokFiller, 0, "waktu wkt pada dari the of on in jatuh bertepatan dengan yaitu")
	return x
}

// zoneNames names the offsets that have a name of their own in Indonesia.
var zoneNames = map[int]string{7: "WIB", 8: "WITA", 9: "WIT"}

// romanMonths are the months as in "12-VII-2018".
var romanMonths = map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9,
	"x": 10, "xi": 11, "xii": 12}

var monthList = []string{"januari", "februari", "maret", "april", "juni", "juli", "agustus", "september", "oktober",
	"november", "desember"}

// nearMonth finds the one month that a word is a slip of; 0 when there is none or more than one.
func nearMonth(s string) int {
	if len(s) < 4 || len(s) > 12 {
		return 0
	}
	limit := 1
	if len(s) >= 6 {
		limit = 2
	}
	best, month := limit+1, 0
	for _, name := range monthList {
		switch d := typo.Distance(s, name, limit); {
		case d < best:
			best, month = d, dateLexicon[name].n
		case d == best && d <= limit:
			month = 0
		}
	}
	return month
}

// HintsAtDay reports whether a word belongs to a date; number accepts a mere number.
func HintsAtDay(text string, number bool) bool {
	for _, t := range dateTokens(text) {
		switch t.kind {
		case tokWeekday, tokMonth, tokRelative, tokWeek, tokDate, tokMonthly:
			return true
		case tokWord:
			if t.s == "nanti" {
				return true
			}
		case tokNumber:
			if number {
				return true
			}
		}
	}
	return false
}
