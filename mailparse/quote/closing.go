package quote

import (
	"strings"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
	"batan.go.id/layanan/mailparse/text"
)

// signoffs stand above a name, and say nothing else; folded. Thanks do: they stay.
var signoffs = fold.NewPhrases(
	"hormat kami", "hormat saya", "salam", "salam hormat", "wassalam", "wassalamualaikum", "wassalamu alaikum", "regards",
	"best regards", "kind regards", "warm regards", "with regards", "with best regards", "best wishes", "sincerely",
	"yours sincerely", "yours faithfully", "yours truly", "respectfully", "rgds", "cheers", "tertanda", "ttd", "a n",
	"an",
)

// signoffsAbroad close mails in other languages: with names alone below them they are a signature. In Indonesian and
// English such words are part of what was said.
var signoffsAbroad = fold.Set(
	"mit freundlichen grüßen", "mit freundlichem gruß", "mit freundlichen gruessen", "freundliche grüße", "beste grüße",
	"viele grüße", "liebe grüße", "mfg", "cordialement", "bien cordialement", "sincères salutations", "cdlt",
	"met vriendelijke groet", "met vriendelijke groeten", "vriendelijke groet", "saludos", "saludos cordiales",
	"un saludo", "atentamente", "atenciosamente", "com os melhores cumprimentos", "cumprimentos", "cordiali saluti",
	"distinti saluti", "pozdrawiam", "z poważaniem", "z powazaniem", "с уважением", "з повагою", "med venlig hilsen",
	"med vennlig hilsen", "venlig hilsen", "vennlig hilsen", "mvh", "vänliga hälsningar", "med vänliga hälsningar",
	"med vänlig hälsning", "ystävällisin terveisin", "terveisin", "s pozdravem", "üdvözlettel", "saygılarımla",
	"trân trọng", "cu stimă", "με εκτίμηση", "敬具", "此致", "顺颂商祺",
)

const (
	maxSignoff    = 60 // bytes
	maxBlockLine  = 90
	maxBlockLines = 14
)

// closingBlock finds the name and office that end a mail without a "-- " line: where it begins, and the words that
// closed the mail. The proof is an Indonesian official's number, office, address or telephone below a name; a bare
// name stays. Nothing that could change an order's meaning is cut: no negation, no question, no field of the form.
//
// One loop over the block, with a way out for each proof.
//
//gocyclo:ignore
func (f *Frame) closingBlock(lines []text.Line) (at int, words string) {
	if !proven(lines) {
		return -1, ""
	}
	from := len(lines)
	seen := 0
	for from > 0 && seen < maxBlockLines {
		t := strings.TrimSpace(lines[from-1].Text)
		if t != "" {
			if seen++; len(t) > maxBlockLine || !f.Unspoken(t) {
				break
			}
		}
		from--
	}
	for i := from; i < len(lines); i++ {
		t := strings.TrimSpace(lines[i].Text)
		if t == "" {
			continue
		}
		signed, _ := signoffs.Begin(t)
		switch {
		case signed != "" && strings.Count(t, " ") <= 4 && namedBlock(lines[i+1:], 1):
			return i, signed
		case len(t) <= maxSignoff && signoffsAbroad[fold.Words(t)] && named(lines[i+1:]):
			return i, fold.Words(t)
		case lexicon.IsClosing(t) && namedBlock(lines[i+1:], 1):
			for i++; strings.TrimSpace(lines[i].Text) == ""; i++ {
			}
			c, _ := lexicon.Closings.Begin(t)
			return i, c
		case i > 0 && strings.TrimSpace(lines[i-1].Text) == "" && !announces(lines[:i]) && namedBlock(lines[i:], 2):
			return i, "an empty line"
		}
	}
	return -1, ""
}

// proven reports whether one of the last lines is what only a signature has, or signs off in another language; most
// mails have none.
func proven(lines []text.Line) bool {
	for seen := 0; len(lines) > 0 && seen < maxBlockLines; lines = lines[:len(lines)-1] {
		if t := strings.TrimSpace(lines[len(lines)-1].Text); t != "" {
			if seen++; len(t) > maxBlockLine {
				return false
			}
			if lexicon.IsOfficial(t) || lexicon.IsOffice(t) || len(t) <= maxSignoff && signoffsAbroad[fold.Words(t)] {
				return true
			}
		}
	}
	return false
}

// Unspoken reports whether a line can stand in a signature: it asks nothing, doubts nothing and gives no field.
func (f *Frame) Unspoken(t string) bool {
	if strings.ContainsAny(t, "?!\t") {
		return false
	}
	if field := readField(t); field.shaped {
		if is, inSignature := f.Label(strings.TrimSpace(field.name)); is && !inSignature {
			return false
		}
	}
	for _, w := range lexicon.Words(t) {
		if lexicon.Indonesian().Class(w.Text)&lexicon.Marked != 0 {
			return false
		}
		if f.Order(w) {
			return false
		}
	}
	return true
}

// announces reports whether the last line with text announces what follows.
func announces(lines []text.Line) bool {
	for i := len(lines) - 1; i >= 0; i-- {
		if t := strings.TrimSpace(lines[i].Text); t != "" {
			return strings.HasSuffix(t, ":")
		}
	}
	return false
}

// named reports whether lines are one to three names and nothing else.
func named(lines []text.Line) bool {
	n := 0
	for _, l := range lines {
		if t := strings.TrimSpace(l.Text); t != "" {
			if n++; n > 3 || !lexicon.IsName(t) {
				return false
			}
		}
	}
	return n > 0
}

// namedBlock reports whether lines are a name and, below it, at least so many lines that only a signature has.
func namedBlock(lines []text.Line, least int) bool {
	named, proof := false, 0
	for _, l := range lines {
		t := strings.TrimSpace(l.Text)
		switch {
		case t == "":
		case fold.IsDigit(t[0]) && strings.IndexAny(t, ".)") == 1, strings.ContainsAny(t[:1], "-*•"),
			!named && !lexicon.IsName(t):
			// a list
			return false
		case !named:
			named = true
		case lexicon.IsOfficial(t):
			proof += least
		case lexicon.IsOffice(t):
			proof++
		case !lexicon.IsName(t) && !lexicon.IsContact(t):
			return false
		}
	}
	return named && proof >= least
}
