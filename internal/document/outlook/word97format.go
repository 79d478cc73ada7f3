package outlook

import (
	"cmp"
	"slices"
)

// extent is a stretch of the main stream, and what its format says.
type extent struct{ from, to, value int }

// formats notes which text is not seen, which is a symbol, and what belongs to tables.
func (w *word97) formats() *wordText {
	t := &wordText{}
	w.eachFormat(locChars, func(e extent, op int, operand []byte) {
		switch op {
		case 0x0800, 0x0837, 0x2A53, 0x083C: // deleted, struck out once or twice, hidden
			if operand[0] == 1 {
				t.unseen = append(t.unseen, e)
			}
		case 0x6A09: // a symbol: its font and its number there
			e.value = w.u16(operand, 2)
			t.symbols = append(t.symbols, e)
		}
	})
	w.eachFormat(locParas, func(e extent, op int, operand []byte) {
		switch {
		case op == 0x2417 && operand[0] == 1:
			t.rowEnds = append(t.rowEnds, e)
		case op == 0x2416 && operand[0] == 1:
			t.tables = append(t.tables, e)
		}
	})
	for _, list := range [][]extent{t.unseen, t.symbols, t.rowEnds, t.tables} {
		slices.SortStableFunc(list, func(a, b extent) int { return cmp.Compare(a.from, b.from) })
	}
	return t
}

// eachFormat calls f with each change of format (2.8.5, 2.8.6: they lie in pages of 512 bytes).
func (w *word97) eachFormat(loc int, f func(e extent, op int, operand []byte)) {
	const pageSize = 512
	plc := w.located(loc)
	n := (len(plc) - 4) / 8
	for i := range min(max(n, 0), len(w.main)/pageSize) {
		from := w.u32(plc, 4*(n+1)+4*i) & 0x3FFFFF * pageSize
		if from+pageSize > len(w.main) {
			continue
		}
		page := w.main[from : from+pageSize]
		runs := int(page[pageSize-1])
		for r := range runs {
			e := extent{from: w.u32(page, 4*r), to: w.u32(page, 4*r+4)}
			changes := w.changes(page, runs, r, loc)
			for len(changes) > 2 && w.looks >= 0 {
				w.looks--
				op, operand := w.u16(changes, 0), changes[2:]
				f(e, op, operand)
				changes = operand[min(w.operandSize(op, operand), len(operand)):]
			}
		}
	}
}

// changes is the list of a run's changes of format.
func (w *word97) changes(page []byte, runs, run, loc int) []byte {
	width, skip := 1, 0
	if loc == locParas {
		width, skip = 13, 2 // the paragraph's style comes first
	}
	entry := 4*(runs+1) + width*run
	if entry >= len(page) {
		return nil
	}
	at := int(page[entry]) * 2
	if at == 0 || at >= len(page) {
		return nil
	}
	size := int(page[at])
	at++
	if loc == locParas {
		if size == 0 && at < len(page) {
			size = 2 * int(page[at])
			at++
		} else {
			size = 2*size - 1
		}
	}
	return page[min(at+skip, len(page)):min(max(at+size, at+skip), len(page))]
}

// operandSize is how many bytes belong to a change (2.6.1).
func (w *word97) operandSize(op int, operand []byte) int {
	switch op >> 13 {
	case 0, 1:
		return 1
	case 2, 4, 5:
		return 2
	case 3:
		return 4
	case 7:
		return 3
	}
	const defineTable = 0xD608
	if op == defineTable {
		return w.u16(operand, 0) + 1
	}
	return int(operand[0]) + 1
}
