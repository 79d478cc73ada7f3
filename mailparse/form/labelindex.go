package form

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"batan.go.id/layanan/internal/typo"

	"batan.go.id/layanan/mailparse/fold"
)

// Labels that the form's printed text has besides the fields, and parts of a date that some write as fields of their
// own.
const (
	idCombined = "\x00event/date"
	idTime     = "\x00time"
	idPlace    = "\x00place"
	idDay      = "\x00weekday"
	idOfficer  = "\x00officer" // the name in the officer's part, where that shares its field with the requester's
)

// labelIndex finds a field by what people write before the colon.
type labelIndex struct {
	exact  map[string]string // fold.Key of a label or alias → field id
	starts [26]uint32        // by a key's first letter: its second one, a bit for each
	keys   []labelKey        // the exact keys that are long enough to be misspelt
	max    int               // longest key
}

// labelKey is a key and the set of the letters in it: texts that share few letters are no slips of each other.
type labelKey struct {
	text    string
	letters uint64
}

// letterSet has a bit for each letter or digit; others share theirs.
func letterSet(key string) (set uint64) {
	for i := range len(key) {
		set |= 1 << (key[i] & 63)
	}
	return set
}

// Labels that people write for fields of a type or a meaning, whatever the form calls them.
var (
	usualOfType = map[string][]string{
		"email": {"e-mail", "alamat email", "surel", "alamat e-mail", "mail"},
		"nip":   {"nip baru", "nip lama", "no nip", "nomor nip", "nip/nik", "nomor induk pegawai", "nip.", "nip pemohon"},
	}
	usualOfMeaning = map[Meaning][]string{
		MeansName:  {"nama lengkap", "nama pemohon", "nama pengguna"},
		MeansEvent: {"nama kegiatan", "acara", "nama acara", "agenda", "judul kegiatan"},
		MeansDate: {
			"tanggal kegiatan", "hari/tanggal", "hari, tanggal", "tgl", "hari/tgl", "tanggal pelaksanaan", "tanggal acara",
			"tgl kegiatan", "hari tanggal", "waktu kegiatan", "tanggal/waktu", "hari/tanggal/waktu",
		},
		MeansMedia: {"media permohonan", "melalui media"},
	}
	usualTimes  = []string{"waktu", "jam", "pukul", "waktu pelaksanaan", "pkl"}
	usualPlaces = []string{"tempat", "lokasi", "ruang", "ruangan", "tempat pelaksanaan"}
)

// combined are the labels that stand for event and date at once: "Kegiatan/Tanggal".
func combined(event, date string) []string {
	return []string{
		event + "/" + date, event + "/tgl", event + " dan " + date, "nama " + event + "/" + date, event + "/hari/" + date,
	}
}

func newLabelIndex(l *Labels) labelIndex {
	x := labelIndex{exact: map[string]string{}}
	add := func(id string, labels ...string) {
		for _, label := range labels {
			if k := fold.Key(label); k != "" && x.exact[k] == "" {
				x.exact[k] = id
			}
		}
	}
	event, date := l.Field(l.Meaning(MeansEvent)), l.Field(l.Meaning(MeansDate))
	if event != nil && date != nil {
		add(idCombined, combined(event.Label, date.Label)...)
	}
	for _, f := range l.fields {
		add(f.ID, f.Label)
		add(f.ID, f.Aliases...)
	}
	for _, f := range l.fields {
		add(f.ID, strings.ReplaceAll(f.ID, "_", " "))
		add(f.ID, usualOfType[f.Type]...)
		add(f.ID, usualOfMeaning[f.Means]...)
	}
	if date != nil {
		add(idTime, usualTimes...)
		add(idDay, "hari")
		add(idPlace, usualPlaces...)
	}
	for k := range x.exact {
		x.max = max(x.max, len(k))
		if len(k) > 1 && isLower(k[0]) && isLower(k[1]) {
			x.starts[k[0]-'a'] |= 1 << (k[1] - 'a')
		}
		if utf8.RuneCountInString(k) >= 3 {
			x.keys = append(x.keys, labelKey{k, letterSet(k)})
		}
	}
	return x
}

// mayBegin is the cheap test of a text: one of the labels begins with the same two letters. Whatever may be a bullet
// or numbering passes.
func (x *labelIndex) mayBegin(text string) bool {
	if len(text) < 2 {
		return true
	}
	a, b := fold.ASCII[text[0]], fold.ASCII[text[1]]
	if !isLower(a) || !isLower(b) || a == 'i' || a == 'v' || a == 'x' {
		return true
	}
	return x.starts[a-'a']>>(b-'a')&1 == 1
}

func isLower(c byte) bool { return c >= 'a' && c <= 'z' }

// find returns the field that a text names. near accepts small slips of spelling.
func (x *labelIndex) find(text string, near bool) (id string, ok bool) {
	if text == "" || len(text) > 80 || len(text) > 3*x.max || !near && !x.mayBegin(text) {
		return "", false
	}
	var stack [96]byte
	key := fold.Append(stack[:0], text, false)
	if id, ok = x.exact[string(key)]; ok { // before "N.I.P." loses a bullet
		return id, true
	}
	if bare := trimBullet(text); len(bare) < len(text) {
		text, key = bare, fold.Append(stack[:0], bare, false)
		if id, ok = x.exact[string(key)]; ok {
			return id, true
		}
	}
	if strings.IndexByte(text, '(') >= 0 {
		if id, ok = x.exact[fold.Key(dropParens(text))]; ok {
			return id, true
		}
	}
	if !near || len(key) > x.max+3 || len(key) < 3 {
		return "", false
	}
	return x.nearest(string(key))
}

// first finds the label in "Unit Kerja/Bagian", beside words of other forms; "" where several fields are named.
func (x *labelIndex) first(text string) (id string) {
	parts := strings.Split(text, "/")
	if len(parts) < 2 || len(parts) > 4 {
		return ""
	}
	id, _ = x.find(parts[0], false)
	for _, p := range parts[1:] {
		if other, ok := x.find(p, false); ok && other != id {
			return ""
		}
	}
	return id
}

// nearest finds the label that k is a slip of: one edit, two in long ones. In a label of four letters no letter may be
// another one: "Lama" is not "Nama"; one of three must be right, but "Nit", which may be "NIP", is no "Unit" either.
func (x *labelIndex) nearest(k string) (id string, ok bool) {
	best, letters := 3, letterSet(k)
	for _, key := range x.keys {
		limit := 1
		if len(key.text) >= 10 {
			limit = 2
		}
		if bits.OnesCount64(letters^key.letters) > 2*limit || len(key.text) == 4 && len(k) == 4 &&
			!sameLetters(k, key.text) {
			continue
		}
		switch d, of := typo.Distance(k, key.text, limit), x.exact[key.text]; {
		case d > limit || d > best:
		case d < best:
			best, id, ok = d, of, len(key.text) > 3
		case of != id:
			ok = false // as near to another
		}
	}
	return id, ok
}

func sameLetters(a, b string) bool {
	for i := range len(a) {
		if strings.Count(a, a[i:i+1]) != strings.Count(b, a[i:i+1]) {
			return false
		}
	}
	return true
}

// trimBullet takes numbering and bullets off a label: "1. ", "a)", "(2)", "IV. ", "- ", "*".
func trimBullet(s string) string {
	if s != "" && fold.ASCII[s[0]] == 0 {
		s = strings.TrimLeftFunc(s, func(r rune) bool {
			return unicode.IsSpace(r) || strings.ContainsRune("-–—*•·▪●○►>_#|+\u25a0", r)
		})
	}
	t := strings.TrimLeft(s, "(")
	n := 0
	for n < len(t) && fold.IsDigit(t[n]) {
		n++
	}
	for n < 4 && n < len(t) && strings.IndexByte("ivxIVX", t[n]) >= 0 {
		n++
	}
	if n == 0 && len(t) > 1 && (t[1] == '.' || t[1] == ')') {
		n = 1
	}
	if n > 0 && n < 5 && n < len(t) && strings.ContainsRune(".)", rune(t[n])) {
		s = strings.TrimLeft(t[n:], ".) \t")
	}
	return strings.TrimSpace(s)
}

// dropParens takes "(hints)" out of a label, and a footnote's mark.
func dropParens(s string) string {
	for {
		i := strings.IndexByte(s, '(')
		if i < 0 {
			return s
		}
		j := strings.IndexByte(s[i:], ')')
		if j < 0 {
			return s[:i]
		}
		s = s[:i] + s[i+j+1:]
	}
}
