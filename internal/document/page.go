package document

import "strings"

// page collects the lines of a document.
type page struct {
	lines []string
	cur   strings.Builder
	rows  []row // tables within tables
	size  int   // bytes of text so far
}

// row is a table's row being read.
type row struct {
	start, cell int // where its lines, and its present cell's, begin
	cells       [][]string
	layout      bool // holds a table: it arranges text, its cells are no values
}

// full reports whether the page holds all that is taken of one document.
func (p *page) full() bool { return p.size >= maxText }

func (p *page) write(s string) {
	if !p.full() {
		p.cur.WriteString(s)
		p.size += len(s)
	}
}

// endLine ends the line; within a table an empty one is no line.
func (p *page) endLine() {
	text := strings.TrimRight(p.cur.String(), " \t")
	p.cur.Reset()
	p.size++
	if (text != "" || len(p.rows) == 0) && !p.full() {
		p.lines = append(p.lines, text)
	}
}

// endOpenLine ends a line that has text.
func (p *page) endOpenLine() {
	if p.cur.Len() > 0 {
		p.endLine()
	}
}

func (p *page) openRow() {
	p.endOpenLine()
	if len(p.rows) < maxNesting {
		p.rows = append(p.rows, row{start: len(p.lines), cell: len(p.lines)})
	}
}

// endCell ends the present cell; an empty one is a cell, too.
func (p *page) endCell() {
	p.endOpenLine()
	if n := len(p.rows); n > 0 && !p.full() {
		r := &p.rows[n-1]
		r.cells = append(r.cells, p.lines[min(r.cell, len(p.lines)):])
		r.cell = len(p.lines)
		p.size++
	}
}

// closeRow makes one line of a row's cells, or one of each line where each cell has as many of them. A row that only
// arranges text keeps its lines.
func (p *page) closeRow() {
	p.endOpenLine()
	n := len(p.rows)
	if n == 0 {
		return
	}
	r := p.rows[n-1]
	p.rows = p.rows[:n-1]
	filled, height, even := 0, 0, true
	for _, c := range r.cells {
		if len(c) == 0 {
			continue
		}
		filled++
		even = even && (height == 0 || len(c) == height)
		height = max(height, len(c))
	}
	if filled < 2 || r.layout || height > 12 && !even {
		return
	}
	var lines []string
	if even && height > 2 {
		for i := range height {
			lines = append(lines, joinCells(r.cells, func(c []string) string { return c[i] }))
		}
	} else {
		lines = append(lines, joinCells(r.cells, func(c []string) string { return strings.Join(c, " ") }))
	}
	p.lines = append(p.lines[:r.start], lines...)
	if n > 1 {
		p.rows[n-2].layout = true
	}
}

// joinCells is one line of the cells' texts.
func joinCells(cells [][]string, text func(cell []string) string) string {
	texts := make([]string, len(cells))
	for i, c := range cells {
		if len(c) > 0 {
			texts[i] = strings.ReplaceAll(text(c), "\t", " ")
		}
	}
	return strings.TrimRight(strings.Join(texts, "\t"), "\t ")
}

// finish closes what is open.
func (p *page) finish() []string {
	p.endOpenLine()
	for len(p.rows) > 0 {
		p.endCell()
		p.closeRow()
	}
	return p.lines
}
