package when

// dateItem is one day of an expression, with the weekdays that were named before it.
type dateItem struct {
	day      day
	weekdays []int // tokens
	relative bool  // words say how far it is from today
	meant    []day // the days that these may mean; none when today is not known
	link     byte  // the kind of token that joins it to the item before
	from, to int   // its tokens
}

const maxDateItems = 8

// complete reports whether an item needs no month from a later one.
func (t *dateItem) complete() bool { return t.day.m != 0 || t.relative }

// itemsAt reads "Senin dan Rabu, 5 dan 7 Agustus 2026", "12 - 14 Juli", "besok s.d. lusa": days that are joined, the
// last of which is complete.
func (r *dateReader) itemsAt(i int) (items []dateItem, next int, ok bool) {
	whole := 0 // items up to the last complete one
	for j, link := i, byte(0); len(items) < maxDateItems; {
		t, n, ok := r.itemAt(j)
		if !ok || len(items) > 0 && !r.joined(&items[len(items)-1], &t, link) {
			break
		}
		t.link = link
		items = append(items, t)
		if t.complete() {
			whole, next = len(items), n
		}
		switch k := r.kind(n); {
		case k == tokRange, k == tokAlso, k == tokOr:
			link, j = k, n+1
		case r.sign(n, "/") && r.introduced(&items[len(items)-1]): // "15 / 16 Desember"
			link, j = tokOr, n+1
		case r.sign(n, ","):
			link, j = ',', n+1
			if k := r.kind(j); k == tokAlso || k == tokOr {
				link, j = k, j+1
			}
		default:
			return items[:whole], next, whole > 0
		}
		for r.kind(j) == tokFiller || link == tokOr && r.kind(j) == tokRange { // "sampai dengan"
			j++
		}
	}
	return items[:whole], next, whole > 0
}

// joined reports whether two days belong to one expression. A mere number before a comma or a dash may belong to the
// text before the date: "Rapat 3, 12 Juli 2018".
func (r *dateReader) joined(a, b *dateItem, link byte) bool {
	switch {
	case a.complete() && link == ',': // else the day of something else
		return b.day.m == a.day.m && b.day.d == a.day.d+1
	case a.complete():
		return b.complete()
	case link == ',':
		return b.day.d == a.day.d+1 || b.day.d > a.day.d && r.introduced(a)
	case link == tokOr, link == tokRange && !r.sign(b.from-1, "-~–"): // a word: "14 s.d. 12 Juli" is a fault to tell
		return true
	}
	return b.day.d > a.day.d || r.introduced(a)
}

// introduced reports whether a number must be a day: the text begins with it, or the words before it say so.
func (r *dateReader) introduced(t *dateItem) bool {
	return t.from == 0 || len(t.weekdays) > 0 || r.kind(t.from) == tokDate || r.kind(t.from-1) == tokDate
}

// itemAt reads one day: [hari] [weekday] [tanggal] day, or words relative to today.
func (r *dateReader) itemAt(i int) (t dateItem, next int, ok bool) {
	t.from = i
	meant, n := r.relativeAt(i)
	if n == i {
		t.weekdays, next = r.weekdaysAt(i)
		if meant, n = r.relativeAt(next); n == next { // "Kamis besok"
			meant, n = r.relativeDay(next)
		}
		if n == next {
			if t.day, t.to = r.dayAt(next, next > i || i == 0); t.to == next {
				return t, i, false
			}
			return t, t.to, true
		}
	}
	t.relative, t.meant = true, meant
	t.to = r.confirmed(&t, n)
	return t, t.to, true
}

// confirmed reads what is said once more behind relative words: "besok (Kamis, 12 Juli 2018)", "Senin depan tgl 17".
func (r *dateReader) confirmed(t *dateItem, i int) (next int) {
	j := i
	for r.sign(j, ",(/") || r.kind(j) == tokFiller {
		j++
	}
	weekdays, n := r.weekdaysAt(j)
	d, end := r.dayAt(n, n > j)
	switch {
	case end > n && (d.m != 0 || n > j && r.kind(n-1) == tokDate):
		t.day, next = d, end
	case len(weekdays) > 0:
		next = n
		for next > j && r.kind(next-1) != tokWeekday {
			next--
		}
	default:
		return i
	}
	t.weekdays = append(t.weekdays, weekdays...)
	if r.sign(next, ")") {
		next++
	}
	return next
}

// weekdaysAt skips "Kamis,", "Senin - Rabu,", "hari Jum'at tgl", "tanggal"; it returns i when nothing of it is there.
func (r *dateReader) weekdaysAt(i int) (weekdays []int, next int) {
	j := i
	for r.kind(j) == tokDate || j > i && r.sign(j, ".:/") {
		j++
	}
	for len(weekdays) < maxDateItems && r.kind(j) == tokWeekday {
		weekdays = append(weekdays, j)
		j++
		if k := r.kind(j); (k == tokRange || k == tokAlso || k == tokOr || r.sign(j, ",/")) && r.kind(j+1) == tokWeekday {
			j++
		}
	}
	if len(weekdays) == 0 {
		return nil, j
	}
	for r.sign(j, ",/-.:(") || r.kind(j) == tokDate || r.kind(j) == tokFiller {
		j++
	}
	return weekdays, j
}
