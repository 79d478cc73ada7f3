package text

import "strings"

// row is a table row being read: its cells, and where its lines begin.
type row struct {
	start, cell int // indexes into lines
	cells       [][]Line
}

func (r *renderer) openRow() {
	r.flush(false)
	if len(r.rows) < maxHTMLDepth {
		r.rows = append(r.rows, row{start: len(r.lines), cell: len(r.lines)})
	}
}

// cell ends the cell being read, if any.
func (r *renderer) cell() {
	r.flush(false)
	if n := len(r.rows); n > 0 {
		w := &r.rows[n-1]
		if c := r.lines[min(w.cell, len(r.lines)):]; len(c) > 0 {
			w.cells = append(w.cells, c)
		}
		w.cell = len(r.lines)
	}
}

// closeRow puts the cells of a row in one line, unless they are a layout: one cell, or cells of many lines.
func (r *renderer) closeRow() {
	r.cell()
	n := len(r.rows)
	if n == 0 {
		return
	}
	w := r.rows[n-1]
	r.rows = r.rows[:n-1]
	if len(w.cells) < 2 {
		return
	}
	texts := make([]string, 0, len(w.cells))
	for _, c := range w.cells {
		text := cellText(c)
		if strings.Contains(text, "\t") || len(text) > 1000 || len(c) > 12 {
			return
		}
		texts = append(texts, text)
	}
	l := Line{Text: strings.Join(texts, "\t"), Mark: w.cells[0][0].Mark}
	for _, c := range w.cells {
		for _, part := range c {
			l.Rule, l.Struck, l.Turned = l.Rule || part.Rule, l.Struck || part.Struck, l.Turned || part.Turned
		}
	}
	r.lines = append(r.lines[:w.start], l)
}

func cellText(c []Line) string {
	var words []string
	for _, l := range c {
		if l.Text != "" {
			words = append(words, l.Text)
		}
	}
	return strings.Join(words, " ")
}
