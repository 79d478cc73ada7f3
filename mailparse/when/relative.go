package when

import "time"

// today is the mail's own day; false when it is not known, or not the day the text was written on.
func (r *dateReader) today() (day, bool) {
	if r.Ref == nil || r.Quoted {
		return day{}, false
	}
	return dayOf(r.Ref.In(r.Location)), true
}

// relativeAt reads words that tell a day by its distance from today, and the days that they may mean: "besok", "hari
// ini", "3 hari lagi", "Senin depan", "hari Kamis ini", "Selasa minggu depan", "minggu depan hari Selasa". Without
// such words it returns i.
func (r *dateReader) relativeAt(i int) (meant []day, next int) {
	today, known := r.today()
	days, next := r.distanceAt(i)
	if next > i {
		if !known {
			return nil, next
		}
		return []day{today.plus(days)}, next
	}
	j := i
	for r.kind(j) == tokDate {
		j++
	}
	if isNext, n := r.weekAt(j, j > i); n > j { // "minggu depan hari Selasa"
		k := n
		for r.kind(k) == tokDate || r.sign(k, ",") {
			k++
		}
		if r.kind(k) != tokWeekday {
			return nil, i
		}
		return r.inWeek(today, known, r.tok[k].n, isNext), k + 1
	}
	// "next Monday"
	if k := r.kind(j); (k == tokNext || k == tokThis) && r.kind(j+1) == tokWeekday && r.tok[j].s != "ini" {
		return r.coming(today, known, r.tok[j+1].n, k == tokNext), j + 2
	}
	if r.kind(j) != tokWeekday {
		return nil, i
	}
	w := r.tok[j].n
	if isNext, n := r.weekAt(j+1, false); n > j+1 {
		return r.inWeek(today, known, w, isNext), n
	}
	if isNext, n := r.turnAt(j + 1); n > j+1 {
		return r.coming(today, known, w, isNext), n
	}
	return nil, i
}

// distanceAt reads "besok", "besok lusa", "hari ini", "nanti siang", "3 hari lagi", "seminggu lagi".
func (r *dateReader) distanceAt(i int) (days, next int) {
	switch k := r.kind(i); {
	case k == tokRelative && r.kind(i+1) == tokRelative && r.tok[i+1].n == 2:
		return 2, i + 2
	case k == tokRelative:
		return r.tok[i].n, i + 1
	case k == tokDate && r.tok[i].s == "hari" && r.kind(i+1) == tokThis:
		return 0, i + 2
	case k == tokWord && r.tok[i].s == "nanti" && r.kind(i+1) == tokPart:
		return 0, i + 1
	case r.kind(i+2) == tokAhead && (r.numberAt(i, 0, 99) || hourWords[r.wordAt(i)] > 0):
		n := max(r.tok[i].n, hourWords[r.wordAt(i)])
		switch r.tok[i+1].s {
		case "hari":
			return n, i + 3
		case "minggu", "pekan":
			return 7 * n, i + 3
		}
	case k == tokWord && (r.tok[i].s == "seminggu" || r.tok[i].s == "sepekan") && r.kind(i+1) == tokAhead:
		return 7, i + 2
	}
	return 0, i
}

// relativeDay reads a day of the month that is told from today: "15 ini" behind "tgl", "15 bulan depan".
func (r *dateReader) relativeDay(i int) (meant []day, next int) {
	if !r.numberAt(i, 1, 31) {
		return nil, i
	}
	j := i + 1
	if r.kind(j) == tokMonthly {
		j++
	} else if r.kind(i-1) != tokDate {
		return nil, i
	}
	isNext, n := r.turnAt(j)
	if n == j || isNext && j == i+1 {
		return nil, i
	}
	today, known := r.today()
	if !known {
		return nil, n
	}
	d := day{today.y, today.m, r.tok[i].n}
	if isNext {
		if d.m++; d.m > 12 {
			d.y, d.m = d.y+1, 1
		}
	}
	return []day{d}, n
}

// turnAt reads "depan", "yang akan datang" or "ini".
func (r *dateReader) turnAt(i int) (isNext bool, next int) {
	switch k := r.kind(i); {
	case k == tokNext, k == tokThis:
		return k == tokNext, i + 1
	case k == tokWord && r.tok[i].s == "yang" && i+2 < len(r.tok) && r.tok[i+1].s == "akan" && r.tok[i+2].s == "datang":
		return true, i + 3
	}
	return false, i
}

// weekAt reads "minggu depan", "pekan ini"; behind "hari", "minggu" is the Sunday.
func (r *dateReader) weekAt(i int, day bool) (isNext bool, next int) {
	if r.kind(i) == tokWeek || !day && r.kind(i) == tokWeekday && r.tok[i].s == "minggu" {
		if isNext, next = r.turnAt(i + 1); next > i+1 {
			return isNext, next
		}
	}
	return false, i
}

// inWeek is a weekday of this week or the next one. Some begin the week on Monday, some on Sunday: both are meant.
func (r *dateReader) inWeek(today day, known bool, w int, next bool) []day {
	if !known {
		return nil
	}
	return distinct(weekdayFrom(today, w, time.Monday, next), weekdayFrom(today, w, time.Sunday, next))
}

// coming is what "Kamis ini" means, the first such day from today on, and "Kamis depan": the same, but for the one of
// next week.
func (r *dateReader) coming(today day, known bool, w int, next bool) []day {
	if !known {
		return nil
	}
	ahead := (w - int(today.weekday()) + 7) % 7
	if !next {
		return []day{today.plus(ahead)}
	}
	if ahead == 0 {
		ahead = 7
	}
	return distinct(today.plus(ahead), weekdayFrom(today, w, time.Monday, true), weekdayFrom(today, w, time.Sunday, true))
}

// weekdayFrom is the weekday w of today's week or the next, for weeks that begin on first.
func weekdayFrom(today day, w int, first time.Weekday, next bool) day {
	back := (int(today.weekday()) - int(first) + 7) % 7
	ahead := (w - int(first) + 7) % 7
	if next {
		ahead += 7
	}
	return today.plus(ahead - back)
}

// distinct are the different days of a list, the earliest first.
func distinct(days ...day) []day {
	var out []day
	for _, d := range days {
		i := 0
		for i < len(out) && out[i].before(d) {
			i++
		}
		if i == len(out) || out[i] != d {
			out = append(out[:i], append([]day{d}, out[i:]...)...)
		}
	}
	return out
}
