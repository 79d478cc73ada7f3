package form

import (
	"strings"

	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/when"
)

// piece is one label and its value.
type piece struct{ id, value string }

// split finds the labels of a text and the values behind their colons; lead is what stands before the first.
func (r *Reader) split(c string) (pieces []piece, lead string) {
	if strings.IndexByte(c, ':') < 0 && strings.IndexByte(c, '=') < 0 && strings.IndexByte(c, '-') < 0 &&
		entity.IsPlainASCII(c) {
		return nil, "" // most lines of prose
	}
	start := 0 // where the value being read begins
	for i := 0; i < len(c) && len(pieces) < 10; i++ {
		if c[i] > '=' && c[i] < 0x80 { // a letter
			continue
		}
		width := separatorWidth(c, i)
		if width == 0 {
			continue
		}
		id, at := r.labelBefore(c[start:i], len(pieces))
		if id == "" {
			continue
		}
		at += start
		if n := len(pieces); n > 0 {
			pieces[n-1].value = strings.TrimRight(c[start:at], " ,;|/")
		} else {
			lead = c[:at]
		}
		start = i + width
		pieces = append(pieces, piece{id: id})
		if c[i] != ':' {
			break
		}
	}
	if n := len(pieces); n > 0 {
		pieces[n-1].value = c[start:]
	}
	return pieces, lead
}

// separatorWidth is the length of a label's separator at c[i]: a colon that is no clock's and no address's, an equals
// sign, an arrow, a dash between blanks.
func separatorWidth(c string, i int) int {
	switch c[i] {
	case ':':
		if i > 0 && i+1 < len(c) && fold.IsDigit(c[i-1]) && fold.IsDigit(c[i+1]) || strings.HasPrefix(c[i:], "://") {
			return 0
		}
		return 1
	case '=', '-', ' ', "："[0], "→"[0]:
		if i == 0 || i+1 < len(c) && c[i+1] >= 'a' && c[i+1] <= 'z' && c[i] != '=' { // mostly a blank
			return 0
		}
		for _, s := range separators {
			if strings.HasPrefix(c[i:], s) {
				return len(s)
			}
		}
	}
	return 0
}

// separators are all but the colon; of two that begin alike the longer comes first.
var separators = []string{"=>", "=", "->", " - ", " – ", "→", "："}

// labelBefore finds the label that ends at the end of s: all of s, or, behind the values of other pieces, its last
// words.
func (r *Reader) labelBefore(s string, pieces int) (id string, at int) {
	if pieces == 0 {
		if id, ok := r.form.index.find(s, true); ok {
			return id, 0
		}
		if id := r.form.index.first(s); id != "" {
			return id, 0
		}
	}
	end := len(strings.TrimRight(s, " "))
	i := end
	for range 4 {
		j := strings.LastIndexAny(strings.TrimRight(s[:i], " "), " ,;|(:.")
		if j < 0 {
			break
		}
		word := s[j+1 : end]
		if id, ok := r.form.index.find(word, false); ok && (id != idTime && id != idPlace) &&
			(r.separate(s, j, id) || pieces > 1 && s[j] == ' ') {
			return id, j + 1
		}
		i = j
	}
	return "", 0
}

// separate reports whether a label within a line stands apart from the value before it.
func (r *Reader) separate(s string, j int, id string) bool {
	if s[j] != ' ' || j > 0 && (s[j-1] == ' ' || strings.IndexByte(",;|", s[j-1]) >= 0) {
		return s[j] != '.'
	}
	f := r.form.Field(id)
	return f != nil && !f.Decides && !f.Report && f.Type != "date" && f.Type != "choice"
}

// wideGap reads "Nama      Budi" and "Nama ..... Budi": a label, and two or more blanks or a leader.
func (r *Reader) wideGap(c string) (id, value string, ok bool) {
	c = strings.TrimLeft(c, " ")
	if !r.form.index.mayBegin(c) {
		return "", "", false
	}
	for _, gap := range []string{"  ", "...", "…", "___"} {
		if label, value, found := strings.Cut(c, gap); found && len(label) <= 2*r.form.index.max {
			if id, ok = r.form.index.find(label, false); ok {
				return id, value, true
			}
		}
	}
	return "", "", false
}

// typedValue reads "NIP 19800101 200501 2 001": a label, one blank, and a value that can be nothing else.
func (r *Reader) typedValue(s string) (id, value string, ok bool) {
	label, value, found := strings.Cut(trimBullet(s), " ")
	if !found {
		return "", "", false
	}
	if id, ok = r.form.index.find(label, false); !ok {
		return "", "", false
	}
	value = strings.TrimSpace(strings.TrimPrefix(value, "saya "))
	f := r.form.Field(id)
	switch {
	case id == idTime: // "Pukul 09.00 WIB s.d. selesai" below a date
		return id, s, r.pending == "" && r.last != "" && r.onlyClock(s)
	case f == nil:
		return "", "", false
	case f.Type == "nip":
		digits, rest := cutDigits(value)
		return id, strings.TrimRight(value[:len(value)-len(rest)], " .,-"), len(digits) == 9 || len(digits) == 18
	case f.Type == "email":
		return id, value, strings.Contains(value, "@") && !strings.Contains(value, " ")
	case f.Type == "date":
		found := when.Calendar{Location: r.form.location}.Find(value)
		if len(found) == 0 || found[0].At > 0 || hasPredicate(value[found[0].To:]) {
			return "", "", false
		}
		end := found[0].To
		if i := strings.IndexAny(value[end:], ",;"); i >= 0 && r.open(value[end+i:]).id != "" { // another field
			value = value[:end+i]
		}
		return id, value, true
	}
	return "", "", false
}

func indented(s string) bool { return strings.HasPrefix(s, "  ") || strings.HasPrefix(s, "\t") }

// joint reads "Nama / NIP : Budi / 198001012005011002".
func (r *Reader) joint(c string) bool {
	label, value, ok := strings.Cut(c, ":")
	if !ok || !strings.Contains(label, "/") || len(label) > 60 {
		return false
	}
	labels, values := strings.Split(label, "/"), strings.Split(value, "/")
	if len(labels) != len(values) {
		return false
	}
	if _, whole := r.form.index.find(label, false); whole {
		return false
	}
	ids := make([]string, len(labels))
	for i, l := range labels {
		if ids[i], ok = r.form.index.find(l, false); !ok {
			return false
		}
	}
	for i, id := range ids {
		r.set(id, values[i])
	}
	return true
}
