package command

import (
	"strings"
	"unicode"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
)

// Words of a bare yes besides the yes itself. Before it stands what is only polite; around it what says once more
// whose the mail was, and that all may go on: "Selamat pagi, ya benar, itu dari saya, silakan diproses, terima
// kasih." What says anything else is no bare yes, and is read for what it says.
var (
	beforeYes = fold.List(`yth pak bu bapak ibu bpk mas mbak admin operator selamat pagi siang sore malam assalamualaikum
		waalaikumsalam wr wb oke ok baik siap`)
	besideYes = fold.List(`itu ini memang dari dr adalah adanya sekali saya kami jawaban balasan perintah surat email surel tersebut tsb yang kirim mengirim mengirimnya kirimkan
		tulis menulis menulisnya sendiri konfirmasi silakan silahkan mohon tolong dilanjutkan lanjutkan lanjut diproses proses terimakasih banyak salam hormat wassalam wassalamualaikum`)
)

// maxYes is the number of words that a bare yes has at most.
const maxYes = 20

// bareYes is the word of kind [WordYes] that a text consists of, "" when it says anything else. Pictures count for
// what they say: only friendly ones may stand beside it.
func (r *reader) bareYes(text string) string {
	if len(r.index.yes) == 0 || strings.Contains(text, "..") || disguised(text) || strings.ContainsFunc(text, saysMore) {
		return ""
	}
	id := ""
	ws := lexicon.Words(r.unsigned(text))
	if len(ws) > maxYes {
		return ""
	}
	for _, w := range ws {
		switch yes := r.index.yes[w.Text]; {
		case yes != "" && (id == "" || id == yes):
			id = yes
		case !beforeYes[w.Text] && (id == "" || !besideYes[w.Text]):
			return ""
		}
	}
	return id
}

// saysMore reports whether a character is none of letters, blanks, plain punctuation and friendly pictures.
func saysMore(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsSpace(r) && !strings.ContainsRune(".,!;:'’\"()*_-", r) &&
		!strings.ContainsRune(friendly, r)
}

// friendly are pictures that agree or thank, their joiners and colours of skin.
const friendly = "🙏👍👌✅☑✔😊🙂😀😁☺🤝💯\ufe0f\u200d🏻🏼🏽🏾🏿"
