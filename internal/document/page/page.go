package page

import "strings"

// Page collects the lines of a document.
type Page struct {
	lines []string
	Cur   strings.Builder // the line being written
	rows  []row           // tables within tables
	Size  int             // bytes of text so far
}

// row is a table's row being read.
type row struct {
	start, cell int // where its lines, and its present cell's, begin
	cells       [][]string
	layout      bool // holds a table: it arranges text, its cells are no values
}

// Full reports whether the page holds all that is taken of one document.
func (p *Page) Full() bool { return p.Size >= MaxText }

// Write adds text to the line being written.
func (p *Page) Write(s string) {
	if !p.Full() {
		p.Cur.WriteString(s)
		p.Size += len(s)
	}
}

// EndLine ends the line; within a table an empty one is no line.
func (p *Page) EndLine() {
	text := strings.TrimRight(p.Cur.String(), " \t")
	p.Cur.Reset()
	p.Size++
	if (text != "" || len(p.rows) == 0) && !p.Full() {
		p.lines = append(p.lines, text)
	}
}

// EndOpenLine ends a line that has text.
func (p *Page) EndOpenLine() {
	if p.Cur.Len() > 0 {
		p.EndLine()
	}
}

// OpenRow begins a table row, within another one where one is open.
func (p *Page) OpenRow() {
	p.EndOpenLine()
	if len(p.rows) < MaxNesting {
		p.rows = append(p.rows, row{start: len(p.lines), cell: len(p.lines)})
	}
}

// EndCell ends the present cell; an empty one is a cell, too.
func (p *Page) EndCell() {
	p.EndOpenLine()
	if n := len(p.rows); n > 0 && !p.Full() {
		r := &p.rows[n-1]
		r.cells = append(r.cells, p.lines[min(r.cell, len(p.lines)):])
		r.cell = len(p.lines)
		p.Size++
	}
}

// CloseRow makes one line of a row's cells, or one of each line where each cell has as many of them. A row that only
// arranges text keeps its lines.
func (p *Page) CloseRow() {
	p.EndOpenLine()
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

// Finish closes what is open.
func (p *Page) Finish() []string {
	p.EndOpenLine()
	for len(p.rows) > 0 {
		p.EndCell()
		p.CloseRow()
	}
	return p.lines
}
