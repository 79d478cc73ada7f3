package command

import (
	"slices"
	"strings"
	"unicode"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
)

// maxSigned is how many lines a signature has at most.
const maxSigned = 12

// unsigned is a text without the closing and the signature at its end: from the words that close the mail, or from a
// name, on, when nothing follows but offices, addresses and numbers. The first line stays.
func (r *reader) unsigned(text string) string {
	lines := strings.Split(text, "\n")
	end := len(lines)
	for i, n := end-1, 0; i > 0 && n < maxSigned; i-- {
		t := strings.TrimSpace(lines[i])
		if t == "" {
			continue
		}
		n++
		signs, begins := r.signature(t)
		if !signs {
			break
		}
		if begins {
			end = i
		}
	}
	last := end - 1
	for last > 0 && strings.TrimSpace(lines[last]) == "" {
		last--
	}
	lines[last] = lines[last][:r.signedAt(lines[last])]
	return strings.TrimSpace(strings.Join(lines[:end], "\n"))
}

// signedAt is where the signature begins that a line ends in, its length when it ends in none: a name in capitals with
// a degree or a number, behind words that speak of no person.
func (r *reader) signedAt(t string) int {
	if !strings.ContainsFunc(t, unicode.IsDigit) && strings.Count(t, ".") < 2 || strings.ToUpper(t) == t {
		return len(t)
	}
	ws := r.tokens(t)
	from := len(ws)
	for from > 0 && signs(t, &ws[from-1]) {
		from--
	}
	if from == 0 || from == len(ws) || !isSigner(ws[from:]) || speaksOf(&ws[from-1]) {
		return len(t)
	}
	return ws[from].at
}

// signs reports whether a word of a line may stand in a signature: a name, a number.
func signs(t string, w *token) bool {
	return !w.order && (w.class&lexicon.Number != 0 || t[w.at] >= 'A' && t[w.at] <= 'Z' || contacts[w.text])
}

// isSigner reports whether words are a name, with a degree or a number that tell it from that of somebody else.
func isSigner(ws []token) bool {
	names, proof := 0, false
	for i := range ws {
		w := &ws[i]
		number := w.class&lexicon.Number != 0
		if w.end-w.at > 2 && w.class&^(lexicon.Name|lexicon.Everyday|lexicon.Rare) == 0 {
			names++
		}
		proof = proof || contacts[w.text] || number && w.end-w.at >= 4 || degrees[w.text]
	}
	return names >= 2 && proof && ws[0].class&lexicon.Number == 0
}

// speaksOf reports whether a word before a name says that it is somebody else's.
func speaksOf(w *token) bool {
	return !w.order && (w.class&(lexicon.Task|lexicon.Ask|lexicon.Title|lexicon.Person) != 0 || toPersons[w.text])
}

// contacts are words that stand before a number in a signature; degrees what stands beside a name; toPersons what does
// before the name of somebody else.
var (
	contacts  = fold.List("nip nrp telp tlp telepon hp ext ekstensi wa phone mobile")
	degrees   = fold.List("dr drs dra ir prof kom si sos amd phd msc mm mt mkom skom st sh se mti meng")
	toPersons = fold.List(`ke kepada kpd dengan oleh dari untuk dan sama buat serta bersama pak bu bapak ibu sdr mas mbak
		hubungi`)
)

// signature reports whether a line may stand in a signature and says nothing else, and whether one may begin with it.
func (r *reader) signature(t string) (signs, begins bool) {
	if len(t) > 120 || strings.ContainsAny(t, "?!") || fold.IsDigit(t[0]) && !lexicon.IsContact(t) {
		return false, false
	}
	ws := r.tokens(t)
	for i := range ws {
		w := &ws[i]
		id, _ := r.index.at(ws[i:])
		if w.class&lexicon.Marked != 0 || id != "" && r.index.kinds[id] != Yes {
			return false, false
		}
	}
	if lexicon.IsClosing(t) || isDateline(ws) {
		return true, true
	}
	if first, _, parted := strings.Cut(t, "|"); parted {
		begins = r.names(first, r.tokens(first))
	} else {
		begins = r.names(t, ws)
	}
	return begins || lexicon.IsOfficial(t) || lexicon.IsOffice(t) || lexicon.IsContact(t) && len(ws) < 12, begins
}

// isDateline recognises the place and day above a signature: "Jakarta, 3 Oktober 2026".
func isDateline(ws []token) bool {
	if len(ws) < 3 || len(ws) > 5 || ws[0].class&(lexicon.Place|lexicon.Name) == 0 || ws[1].class&lexicon.Number == 0 {
		return false
	}
	return !slices.ContainsFunc(ws[1:], func(w token) bool { return w.class&(lexicon.Number|lexicon.Time) == 0 })
}

// names reports whether a line is the name of a person, with titles, degrees and offices.
func (r *reader) names(t string, ws []token) bool {
	if strings.Contains(t, ":") {
		return false
	}
	names := 0
	for i := range ws {
		w := &ws[i]
		c := t[w.at]
		capital := c >= 'A' && c <= 'Z' || c >= 0x80
		switch {
		case w.class&(lexicon.Name|lexicon.Unit) != 0,
			capital && w.class&(lexicon.Everyday|lexicon.Rare) != 0:
			names++
		case capital && w.class&beside != 0, capital && w.end-w.at <= 4, w.class&lexicon.Title != 0,
			!capital && besideNames[w.text]:
		default:
			return false
		}
	}
	return names > 0 || len(ws) > 0 && len(ws) <= 4 && besideNames[ws[0].text]
}

// beside are the classes of words that may stand beside a name; besideNames are the small ones: "rer. nat.", "apt.",
// "a.n.", "by Eko".
const beside = lexicon.Person | lexicon.Place | lexicon.Title | lexicon.Function | lexicon.Courtesy | lexicon.Thing

var besideNames = fold.List(`rer nat apt dr drg drs dra ir h hj bin binti van de der von dan and of by a an ttd tertanda
	m s tim`)

// note is what follows the command, without the punctuation that joined it to the word.
func note(rest string) string {
	rest = strings.TrimSpace(strings.TrimLeft(rest, " \t,.;:!-–—*_\"')]>\n"))
	if strings.Trim(rest, "?!.") == "" || lexicon.IsClosing(rest) {
		return ""
	}
	return rest
}
