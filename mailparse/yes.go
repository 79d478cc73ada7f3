package mailparse

import "strings"

// besideYes are the words that may stand around a yes without saying anything of their own: "Ya, benar, itu dari saya,
// terima kasih." What says more is no bare yes, and is read for what it says.
var besideYes = vocabulary(`pak bu bapak ibu bpk mas mbak saya kami itu ini memang dari dr adalah jawaban balasan perintah surat email surel tersebut tsb
	yang kirim mengirim mengirimnya kirimkan tulis menulis menulisnya sendiri adanya sekali sudah terimakasih banyak salam hormat wassalam`)

// maxYes is the number of words that a bare yes has at most.
const maxYes = 15

// bareYes is the word of kind [WordYes] that a text consists of, "" when it says anything else.
func (g *Grammar) bareYes(text string) string {
	if len(g.words.yes) == 0 || strings.ContainsAny(text, "?…0123456789") || disguised(text) {
		return ""
	}
	id := ""
	ws := wordsOf(strings.Join(cutClosing(strings.Split(text, "\n")), "\n"))
	if len(ws) > maxYes {
		return ""
	}
	for _, w := range ws {
		switch yes := g.words.yes[w.s]; {
		case yes != "" && (id == "" || id == yes):
			id = yes
		case !besideYes[w.s]:
			return ""
		}
	}
	return id
}
