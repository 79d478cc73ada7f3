package form

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
	"batan.go.id/layanan/mailparse/quote"
	"batan.go.id/layanan/mailparse/when"
)

// Limits of what is read for sentences.
const (
	maxSentenceLines = 40
	maxClauses       = 12
)

// ReadSentences reads the values that an answer gives in words: "NIP saya 1985…", "tanggalnya 15 Desember 2026 jam
// 9", "unit kerja PPIKSN", a number or a date alone. change says that they stand behind an order to change them, so
// that "menjadi" leaves no doubt. In other mails such words are prose.
func (r *Reader) ReadSentences(text string, change bool) {
	lines := strings.Split(text, "\n")
	lines = slices.DeleteFunc(lines, func(l string) bool {
		return strings.TrimSpace(l) == "" ||
			lexicon.IsGreeting(strings.TrimSpace(l))
	})
	for _, l := range lines[:min(len(lines), maxSentenceLines)] {
		if len(l) > 500 || section(l) != noPart {
			continue
		}
		l = strings.TrimSpace(quote.StripMarks(l))
		if !r.clauses(l, change) {
			r.bare(l, len(lines) <= 3)
		}
	}
}

// ReadOrder reads the fields that stand on the line of an order to change them.
func (r *Reader) ReadOrder(note string) {
	first, _, _ := strings.Cut(note, "\n")
	r.line(strings.TrimRight(quote.StripMarks(first), " \t"))
	r.pending, r.last, r.officer = "", "", false
	r.ReadSentences(first, true)
}

// ReadLoose reads lines of a form that lack a colon, "Nama Ani Lestari": only where other lines show that it is one.
func (r *Reader) ReadLoose(text string) {
	r.officer = false
	for l := range strings.Lines(text) {
		switch l = strings.TrimSpace(l); {
		case section(l) == officerPart:
			return
		case len(l) < 120 && !strings.ContainsAny(l, ":="):
			r.clauses(trimBullet(l), false)
		}
	}
}

// bare reads a line that is nothing but a NIP or, in a short answer, a date.
func (r *Reader) bare(l string, short bool) {
	l = strings.TrimRight(l, " .")
	for _, f := range r.form.fields {
		switch f.Type {
		case "nip":
			if digits, rest := cutDigits(l); len(digits) == 18 && rest == "" {
				r.set(f.ID, l)
				return
			}
		case "date":
			if found := (when.Calendar{Location: r.form.location}).Find(l); short && len(found) == 1 && found[0].At == 0 &&
				found[0].To == len(l) {
				r.set(f.ID, l)
				return
			}
		}
	}
}

// clauses reads the values of one line, of which there may be several: "NIP saya 1985…, unit kerja PPIKSN".
func (r *Reader) clauses(l string, change bool) (any bool) {
	type clause struct {
		clauseHead
		from int
	}
	var found []clause
	for at, n := 0, 0; at < len(l) && n < maxClauses; n++ {
		if o := r.open(l[at:]); o.id != "" {
			o.value += at
			found = append(found, clause{o, at})
		}
		next, and := strings.IndexAny(l[at:], ",;.!"), strings.Index(l[at:], " dan ")
		if next < 0 || and >= 0 && and < next {
			next = and
		}
		if next < 0 {
			break
		}
		at += next + 1
	}
	for i, c := range found {
		end := len(l)
		if i+1 < len(found) {
			end = found[i+1].from
		}
		if c.value < end {
			r.say(c.clauseHead, l[c.value:end], change)
		}
	}
	return len(found) > 0
}

// clauseHead is the label that a clause begins with.
type clauseHead struct {
	id    string
	bound bool // words between the label and the value bind them: "saya", "menjadi", "-nya"
	value int  // where the value begins
}

var (
	politeStart = fold.Set("berikut", "ini", "untuk", "mohon", "maaf", "adapun", "dan", "serta", "dengan", "baik", "ya",
		"pak", "bu", "bapak", "ibu", "sedangkan", "lalu", "saya", "kami", "lengkapi", "sampaikan", "kirimkan", "tambahkan",
		"yaitu", "bersama", "informasikan", "beritahukan", "data", "terlewat", "tadi")
	binders = fold.Set("saya", "kami", "beliau", "yang", "baru", "benar", "adalah", "yaitu", "ialah", "yakni", "jadi",
		"menjadi", "ke", "diubah", "diganti", "seharusnya", "pemohon", "nya", "di", "pada", "dilaksanakan",
		"diselenggarakan", "diadakan")
	predicates = fold.Set("sudah", "belum", "akan", "sedang", "telah", "tidak", "bukan", "yang", "mohon", "harus",
		"bisa", "dapat", "ingin", "adalah", "tersebut", "ini", "itu", "kami", "saya", "apakah",
		"apa", "kapan", "mana", "berapa", "siapa", "menyusul", "nanti", "kita", "agar", "supaya", "karena", "untuk", "jika",
		"kalau", "terima", "sama", "masih", "juga", "sesuai", "benar")
)

// open reads the label at the beginning of a clause, behind polite words, and what binds it to its value.
func (r *Reader) open(s string) (o clauseHead) {
	ws := lexicon.Words(s[:min(len(s), 120)])
	i := 0
	for i < len(ws) && i < 7 && politeStart[ws[i].Text] {
		i++
	}
	for n := min(4, len(ws)-i); n > 0; n-- {
		key := ""
		for _, w := range ws[i : i+n] {
			key += w.Text
		}
		id, ok := r.form.index.exact[key]
		if !ok {
			id, ok = r.form.index.exact[strings.TrimSuffix(key, "nya")]
			o.bound = ok
		}
		if ok && r.form.Field(id) != nil {
			o.id, o.value = id, ws[i+n-1].End
			for k := i + n; k < len(ws) && binders[ws[k].Text]; k++ {
				o.bound, o.value = true, ws[k].End
			}
			return o
		}
	}
	return clauseHead{}
}

// say takes in a value that a sentence gives, if it can be nothing else.
//
// One case for each type of field.
//
//gocyclo:ignore
func (r *Reader) say(o clauseHead, value string, change bool) {
	colon := strings.ContainsAny(value[:min(len(value), 3)], ":=")
	value = strings.Trim(value, " :=,;!-–—→>")
	f := r.form.Field(o.id)
	switch f.Type {
	case "nip":
		if digits, rest := cutDigits(value); len(digits) >= 8 {
			r.set(o.id, strings.TrimRight(value[:len(value)-len(rest)], " .,-"))
		}
	case "email":
		if strings.Count(value, "@") == 1 && !strings.Contains(value, " ") {
			r.set(o.id, strings.TrimRight(value, "."))
		}
	case "date":
		found := when.Calendar{Location: r.form.location}.Find(value)
		switch {
		case len(found) > 0 && found[0].At == 0 && !hasPredicate(value[found[0].To:]):
			r.set(o.id, value[:found[0].To])
		case len(found) == 0 && o.bound && strings.Count(value, " ") < 5 && when.HintsAtDay(value, false):
			r.set(o.id, strings.TrimRight(value, "."))
		}
	case "choice":
		if c := readChoice(value, f.Choices); slices.Contains(f.Choices, c) && strings.Count(value, " ") <= strings.Count(c,
			" ") {
			r.set(o.id, c)
		}
	default:
		if id, ok := r.dateField(); ok && f.Means == MeansEvent { // "kegiatan dilaksanakan Kamis, 12 Juli 2018"
			if found := (when.Calendar{Location: r.form.location}).Find(value); len(found) > 0 && found[0].At == 0 {
				r.set(id, value[:found[0].To])
				return
			}
		}
		r.sayText(o, value, change && (o.bound || colon))
	}
}

// dateField is the first field that takes a date.
func (r *Reader) dateField() (id string, ok bool) {
	i := slices.IndexFunc(r.form.fields, func(f Field) bool { return f.Type == "date" })
	if i < 0 {
		return "", false
	}
	return r.form.fields[i].ID, true
}

// sayText takes in free text: short, beginning with a capital or a number, and no sentence of its own. sure says that
// it was bound to its label by an order.
func (r *Reader) sayText(o clauseHead, value string, sure bool) {
	if i := strings.Index(value, ". "); i > 0 && !sure {
		value = value[:i]
	}
	value = strings.TrimRight(value, " .")
	first, _ := utf8.DecodeRuneInString(value)
	capital := unicode.IsUpper(first) || unicode.IsDigit(first)
	if value == "" || strings.Contains(value, "?") ||
		!sure && (!capital || strings.Count(value, " ") > 9 || hasPredicate(value)) {
		return
	}
	r.set(o.id, value)
}

// hasPredicate reports whether a text speaks about something, and so is more than a value.
func hasPredicate(s string) bool {
	return slices.ContainsFunc(lexicon.Words(s), func(w lexicon.Word) bool { return predicates[w.Text] })
}
