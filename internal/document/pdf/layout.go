package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"batan.go.id/layanan/internal/document/page"
)

// cleanGlyph is a character's text without what is not seen; "" for a blank.
func cleanGlyph(s string) string {
	if len(s) == 1 && s[0] > ' ' && s[0] < 0x7f {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) || r == unicode.ReplacementChar || r == '\u00ad' {
			return -1
		}
		return r
	}, s)
}

// span is a stretch of a row without a wide gap, and what parts it from the one before.
type span struct {
	x, sep float64 // where it begins; the gap before it, in letters
	text   string
}

// textRow is what stands on one level.
type textRow struct {
	y, low, size float64 // low: of its last line
	spans        []span
	ruled        bool // below a border: as a table's row it lasts to the next border
}

// lines are the page's text, row by row from above: what stands on a level makes a line, far apart by a tab.
func (g *pdfPage) lines() []string {
	g.dropStruck()
	slices.SortStableFunc(g.glyphs, func(a, b glyph) int { return cmp.Compare(b.y, a.y) })
	margin := math.Inf(1)
	var levels [][]glyph
	for i := 0; i < len(g.glyphs); {
		first, j := g.glyphs[i], i+1
		for j < len(g.glyphs) && first.y-g.glyphs[j].y <= 0.4*max(first.size, g.glyphs[j].size, 6) {
			j++
		}
		level := g.glyphs[i:j]
		slices.SortStableFunc(level, func(a, b glyph) int { return cmp.Compare(a.x, b.x) })
		margin = min(margin, level[0].x)
		levels = append(levels, level)
		i = j
	}
	starts := columnStarts(levels)
	var rows []textRow
	var out []string
	for _, level := range levels {
		r := newRow(level, starts)
		if n := len(rows); n == 0 || !g.continues(&rows[n-1], r) {
			r.ruled = g.inTable(r)
			rows = append(rows, r)
		}
	}
	for i, r := range rows {
		if i > 0 && rows[i-1].low-r.y > 2.2*r.size {
			out = append(out, "")
		}
		out = append(out, r.line(margin))
	}
	return out
}

// gaps calls f with each glyph's place and the gap before it, in letters; what was drawn twice to look bold is left
// out.
func gaps(level []glyph, f func(c glyph, gap float64)) {
	for i, c := range level {
		if i == 0 {
			f(c, 0)
			continue
		}
		last := level[i-1]
		size := max(c.size, last.size, 1)
		if c.text == last.text && c.x-last.x < 0.1*size && !c.field {
			level[i].end = max(c.end, last.end)
			continue
		}
		gap := (c.x - last.end) / size
		if c.spaced || c.field || last.field {
			gap = max(gap, blankGap)
		}
		f(c, gap)
	}
}

// Gaps in letters: of a blank; of what may be a stretched blank or a column; of a column.
const (
	blankGap  = 0.18
	wideGap   = 0.9
	columnGap = 2
)

// columnStarts are the places where columns begin in at least two lines. There a new column begins even behind a mere
// blank, where a label fills its column.
func columnStarts(levels [][]glyph) map[int]bool {
	count := map[int]int{}
	for _, level := range levels {
		gaps(level, func(c glyph, gap float64) {
			if gap > wideGap {
				count[int(math.Round(c.x))]++
			}
		})
	}
	starts := map[int]bool{}
	for x := range count {
		if count[x-1]+count[x]+count[x+1] >= 2 {
			starts[x] = true
		}
	}
	return starts
}

func newRow(level []glyph, starts map[int]bool) textRow {
	r := textRow{y: level[0].y, low: level[0].y, size: level[0].size}
	var text strings.Builder
	gaps(level, func(c glyph, gap float64) {
		if gap >= blankGap && gap <= wideGap && starts[int(math.Round(c.x))] {
			gap = wideGap + 0.1
		}
		switch n := len(r.spans); {
		case n == 0 || gap > wideGap:
			if n > 0 {
				r.spans[n-1].text = text.String()
				text.Reset()
			}
			r.spans = append(r.spans, span{x: c.x, sep: gap})
		case gap >= blankGap:
			text.WriteByte(' ')
		}
		text.WriteString(c.text)
	})
	r.spans[len(r.spans)-1].text = text.String()
	return r
}

// continues reports whether a row is the rest of the one above, wrapped within its columns, and if so adds it there:
// when no border lies between, and the row is a table's or begins below a column that is not the first.
func (g *pdfPage) continues(above *textRow, r textRow) bool {
	x := r.spans[0].x
	if above.low-r.y > 1.6*r.size || g.border(x, r.y+0.4*r.size, above.low) {
		return false
	}
	if !above.ruled && (len(r.spans) > 1 || !above.below(x, r.size)) {
		return false
	}
	if slices.ContainsFunc(r.spans, func(s span) bool {
		return strings.HasPrefix(s.text, ":") ||
			strings.HasSuffix(s.text, ":")
	}) {
		return false // a label, so a row of its own
	}
	for _, s := range r.spans {
		above.add(s, r.size)
	}
	above.low = r.y
	return true
}

// add puts a span into its column; one left of all is a column of its own, as a label set in the middle of its cell
// is.
func (r *textRow) add(s span, size float64) {
	if s.x < r.spans[0].x-size {
		r.spans[0].sep = columnGap + 1
		r.spans = slices.Insert(r.spans, 0, s)
		return
	}
	at := 0
	for i, c := range r.spans {
		if c.x <= s.x+size {
			at = i
		}
	}
	if c := &r.spans[at]; len(c.text) < 4000 {
		c.text += " " + s.text
	}
}

// below reports whether x is where a column begins, but for the first.
func (r *textRow) below(x, size float64) bool {
	return slices.ContainsFunc(r.spans[1:], func(s span) bool { return math.Abs(s.x-x) < size })
}

// inTable reports whether a row begins below a border, of at least three there: two make a frame.
func (g *pdfPage) inTable(r textRow) bool {
	x, n := r.spans[0].x, 0
	if !g.border(x, r.y+0.5*r.size, r.y+2.5*r.size) {
		return false
	}
	for _, list := range g.strokes {
		for _, s := range list {
			if s.x0-1 <= x && x <= s.x1 {
				n++
			}
		}
	}
	return n > 2
}

// border reports whether a level line covers x between two heights.
func (g *pdfPage) border(x, low, high float64) bool {
	for h := int(math.Floor(low)); h <= int(high); h++ {
		for _, s := range g.strokes[h] {
			if s.y >= low && s.y <= high && s.x0-1 <= x && x <= s.x1 {
				return true
			}
		}
	}
	return false
}

// line joins the spans. A line far from the margin is indented: it may go on with the one above.
func (r *textRow) line(margin float64) string {
	var out strings.Builder
	if r.spans[0].x-margin > 3*r.size {
		out.WriteString("  ")
	}
	for i, s := range r.spans {
		switch {
		case i == 0:
		case s.sep > columnGap:
			out.WriteByte('\t')
		default:
			out.WriteString("  ")
		}
		out.WriteString(s.text)
	}
	return out.String()
}

// dropStruck takes out what has a line through its middle.
func (g *pdfPage) dropStruck() {
	g.glyphs = slices.DeleteFunc(g.glyphs, func(c glyph) bool {
		if c.field {
			return false
		}
		return g.border((c.x+c.end)/2, c.y+0.15*c.size, c.y+0.45*c.size)
	})
}

// erase takes out the glyphs within r that drop says yes to.
func (g *pdfPage) erase(r rect, drop func(glyph) bool) {
	if g.file.looks -= len(g.glyphs); g.file.looks < 0 {
		g.file.fail(page.ErrTooLarge)
		return
	}
	g.glyphs = slices.DeleteFunc(g.glyphs, func(c glyph) bool {
		middle := (c.x + c.end) / 2
		return !c.field && r.x0 <= middle && middle <= r.x1 && r.y0 <= c.y+0.4*c.size && c.y <= r.y1 && drop(c)
	})
}
