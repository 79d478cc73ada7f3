package when

// dayAt reads a day at token i: 12/7/2018, 12 Juli 2018, July 12, 2018, or a mere number whose month is still to come.
// introduced says that what stands before leaves no other meaning; then 12/7 is a day, too. Without a day it returns
// i.
//
// One branch for each way to write a day.
//
//gocyclo:ignore
func (r *dateReader) dayAt(i int, introduced bool) (day, int) {
	if r.sign(i-1, "/.") && r.tight(i-1) && r.kind(i-2) == tokNumber || r.ordinal(i) { // the rest of another number
		return day{}, i
	}
	if d, n := r.numericAt(i); n > i {
		return d, n
	}
	if d, n := r.englishAt(i); n > i {
		return d, n
	}
	if r.kind(i) != tokNumber || len(r.tok[i].s) > 2 {
		return day{}, i
	}
	j := i + 1
	if r.sign(j, "-/.") {
		j++
	}
	if m, n := r.monthAt(j); n > j {
		y, n := r.yearAfter(n)
		return day{y, m, r.tok[i].n}, n
	}
	if r.sign(i+1, "/") && r.tight(i+1) && r.numberAt(i+2, 1, 12) && r.numberAt(i, 1, 31) {
		_, n := r.numericAt(i + 4)
		if introduced && !(r.sign(i+3, "/.-") && r.tight(i+3)) || r.kind(i+3) == tokRange && n > i+4 {
			return day{0, r.tok[i+2].n, r.tok[i].n}, i + 3
		}
	}
	if r.numberAt(i, 1, 31) {
		return day{d: r.tok[i].n}, i + 1
	}
	return day{}, i
}

// ordinal reports whether a number counts something else: "minggu ke-2 Desember".
func (r *dateReader) ordinal(i int) bool {
	return r.wordAt(i-1) == "ke" || r.sign(i-1, "-") && r.tight(i-1) && r.wordAt(i-2) == "ke"
}

// numericAt reads 2018-07-12, 12/7/18, 12-07-2018, 12.07.2018: never the month first, as Indonesians never write it.
func (r *dateReader) numericAt(i int) (day, int) {
	if r.kind(i) != tokNumber || r.kind(i+2) != tokNumber || r.kind(i+4) != tokNumber || !r.sign(i+1, "/-.") {
		return day{}, i
	}
	a, sep, b, c := r.tok[i], r.tok[i+1].s, r.tok[i+2], r.tok[i+4]
	if sep != r.tok[i+3].s || len(b.s) > 2 {
		return day{}, i
	}
	if r.tight(i+1) != r.tight(i+3) { // "Rapat 7 / 3/12/2026": the first slash parts the activity from the date
		return day{}, i
	}
	if sep == "-" && !r.tight(i+1) && (len(c.s) != 4 || b.n > 12) { // "9 - 11 - 15"
		return day{}, i
	}
	switch {
	case len(a.s) == 4 && len(c.s) <= 2:
		return day{a.n, b.n, c.n}, i + 5
	case len(a.s) > 2:
	case len(c.s) == 4:
		return day{c.n, b.n, a.n}, i + 5
	case len(c.s) > 2:
		return day{-1, b.n, a.n}, i + 5
	case len(c.s) == 2 && (sep != "." || c.n >= 10):
		return day{2000 + c.n, b.n, a.n}, i + 5
	}
	return day{}, i
}

// monthAt reads "Juli", "bulan 7", "VII", "of July", and a slip of a month's name before a year.
func (r *dateReader) monthAt(i int) (month, next int) {
	j := i
	if r.kind(j) == tokMonthly || r.kind(j) == tokFiller {
		if j++; r.kind(i) == tokMonthly && r.numberAt(j, 1, 12) {
			return r.tok[j].n, j + 1
		}
	}
	switch r.kind(j) {
	case tokMonth:
		return r.tok[j].n, j + 1
	case tokWord:
		m := romanMonths[r.tok[j].s]
		if m == 0 {
			m = nearMonth(r.tok[j].s)
		}
		if y, _ := r.yearAfter(j + 1); m > 0 && y > 0 {
			return m, j + 1
		}
	}
	return 0, i
}

// yearAfter reads an optional year behind a month; -1 is a number that can only be meant for a year and is none.
//
// One branch for each way to write a year.
//
//gocyclo:ignore
func (r *dateReader) yearAfter(i int) (year, next int) {
	k := i
	for k < i+3 && (r.sign(k, ",/.'") || r.sign(k, "-") && r.tight(k) || r.kind(k) == tokYear) {
		k++
	}
	if isNext, n := r.turnAt(k); n > k && r.kind(k-1) == tokYear { // "tahun depan"
		if today, known := r.today(); known && isNext {
			return today.y + 1, n
		} else if known {
			return today.y, n
		}
	}
	if r.kind(k) != tokNumber {
		return 0, i
	}
	if r.numberAt(k, 1900, 2199) {
		return r.tok[k].n, k + 1
	}
	comma := k > i && r.sign(i, ",")
	if _, n := r.monthAt(k + 1); comma || n > k+1 || r.sign(k+1, ".:/") && r.kind(k+2) == tokNumber {
		return 0, i // another day, or a time of day
	}
	after := r.kind(k + 1)
	switch n := len(r.tok[k].s); {
	case n == 2 && (k > i || after == 0 || after == tokClock || r.sign(k+1, ",(;")):
		return 2000 + r.tok[k].n, k + 1
	case n > 2 && after != tokZone && after != tokPart && after != tokRange:
		return -1, k + 1
	}
	return 0, i
}

// englishAt reads "July 12, 2018" and, before a time of day, "July 12".
func (r *dateReader) englishAt(i int) (day, int) {
	if r.kind(i) != tokMonth || !r.numberAt(i+1, 1, 31) || len(r.tok[i+1].s) > 2 {
		return day{}, i
	}
	d := day{m: r.tok[i].n, d: r.tok[i+1].n}
	j := i + 2
	if r.sign(j, ",") {
		j++
	}
	switch {
	case r.numberAt(j, 1900, 2199):
		d.y = r.tok[j].n
		return d, j + 1
	case r.kind(i+2) == tokClock:
		return d, i + 2
	}
	return day{}, i
}
