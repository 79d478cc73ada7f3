package command

import (
	"strings"
	"unicode"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
)

// Words behind an order that take nothing back.
var (
	reasons = fold.Set("karena", "sebab", "lantaran", "alasan", "alasannya", "mengingat", "berhubung", "dikarenakan",
		"disebabkan", "because")
	// A firm order may hold these: "Tolak, tapi boleh diajukan lagi".
	mild = fold.Set("tapi", "tetapi", "catatan", "hanya", "cuma", "sebelum", "setelah", "selama", "sampai", "but",
		"after", "until")
)

// doubtAfter looks at the rest of the sentence. body begins with the n words of the command.
//
// One rule for each doubt, in the order in which they are named.
//
//gocyclo:ignore
func (g *Words) doubtAfter(kind, id string, body []lexicon.Word, n int, sentence string) Doubt {
	strict := kind == Approve
	if strict && len(body) >= lexicon.MaxWords-20 {
		return Doubt{Code: Length}
	}
	for i := n; i < len(body); i++ {
		w := body[i].Text
		if !strict && reasons[w] {
			break
		}
		if k := phraseAt(body[i:], consents); strict && k > 1 { // "tidak ada masalah"
			i += k - 1
			continue
		}
		if strict && (w == "oleh" && isPassive(body[i-1].Text) && lexicon.IsVerb(body[i-1].Text) ||
			body[i-1].Text == "sesuai" && (w == "ketentuan" || w == "rencana") || w == "jangan" && i+
			1 < len(body) && harmless(w, body[i+1].Text, body)) {
			continue
		}
		if d := g.doubtWord(w, strict); d != NoDoubt {
			return d
		}
		if received[w] && !received[body[0].Text] {
			return Doubt{Contradiction, w}
		}
		if other, k := g.index.at(body[i:]); other != "" && other != id && (g.contradicts(kind, other) ||
			strict && i == n && reported(body[0].Text, w)) {
			return Doubt{Contradiction, strings.ToLower(sentence[body[i].At:body[i+k-1].End])}
		}
	}
	if strings.ContainsRune(sentence, '?') {
		return Doubt{Code: Question}
	}
	if strict && quotedWord(sentence, body[0], body[n-1]) && len(body) > n {
		return Doubt{Code: Quotation}
	}
	return Doubt{}
}

// disguised reports letters that only look like others, or marks that turn the reading order: what is shown is not
// what is written.
func disguised(text string) bool {
	latin, other := false, false
	for _, r := range text {
		switch {
		case r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r >= 0x1d400 && r <= 0x1d7ff ||
			r >= 0xff21 && r <= 0xff5a:
			return true
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
			latin = true
		case unicode.In(r, unicode.Cyrillic, unicode.Greek):
			other = true
		case !unicode.IsLetter(r):
			latin, other = false, false
		}
		if latin && other {
			return true
		}
	}
	return false
}

// doubtWord judges one word behind the command. An order other than an approval may well say "tidak" in its reason.
func (g *Words) doubtWord(w string, strict bool) Doubt {
	d := doubtOf(w, true)
	switch {
	case d == NoDoubt:
		if strict && lexicon.Contraries[w] {
			return Doubt{Contradiction, w}
		}
	case strict, lexicon.Conditions[w] && !mild[w]:
		return d
	}
	return Doubt{}
}

// received are the words of "instruksi Bapak sudah kami terima": an acknowledgement, whatever word comes first.
var received = fold.Set("terima", "diterima", "menerima")

// reported recognises "laporan diterima", "disposisi disetujui": the first word is what the second speaks of.
func reported(first, second string) bool {
	return strings.HasPrefix(second, "di") && first != "setuju" && first != "acc" && !strings.HasPrefix(first, "di")
}

// contradicts reports whether another word in the sentence takes back the first. Approvals go together: "setuju,
// teruskan". Words of free text never do.
func (g *Words) contradicts(kind, other string) bool {
	k := g.index.kinds[other]
	if k == Free || k == Form {
		return false
	}
	return (kind == Approve) != (k == Approve)
}

// quotedWord reports whether the command stands in quotation marks: then it is talked about, not said.
func quotedWord(sentence string, first, last lexicon.Word) bool {
	before := strings.TrimRight(sentence[:first.At], " ")
	after := sentence[last.End:]
	return endsInQuote(before) && startsWithQuote(after)
}

func endsInQuote(s string) bool {
	return strings.HasSuffix(s, `"`) || strings.HasSuffix(s, "“") || strings.HasSuffix(s, "'") ||
		strings.HasSuffix(s, "‘")
}

func startsWithQuote(s string) bool {
	return strings.HasPrefix(s, `"`) || strings.HasPrefix(s, "”") || strings.HasPrefix(s, "'") ||
		strings.HasPrefix(s, "’")
}
