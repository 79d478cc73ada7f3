package main

import (
	"io"

	"github.com/jedib0t/go-pretty/v6/table"
)

// newTable is a table for a person's eyes with these headings; Render prints it.
func newTable(out io.Writer, headings ...any) table.Writer {
	t := table.NewWriter()
	t.SetOutputMirror(out)
	t.SetStyle(table.StyleLight)
	t.AppendHeader(headings)
	return t
}
