package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
)

// pageWidth is where lines for people end, in columns.
const pageWidth = 100

// page prints for people: titles, and beneath them lines of which what comes
// from a mail is made safe and wrapped.
type page struct {
	out    io.Writer
	begun  bool
	listed string // the list that is being printed
}

// title begins a section.
func (p *page) title(s string) {
	if p.begun {
		fmt.Fprintln(p.out)
	}
	fmt.Fprintln(p.out, s)
	p.begun = true
}

// line prints a text behind a head, and what does not fit below it, at the same
// column. An empty text prints nothing.
func (p *page) line(head, s string) { p.hang(head, strings.Repeat(" ", text.StringWidth(head)), s) }

// hang is line with a margin of its own for what follows the first line.
func (p *page) hang(head, margin, s string) {
	for _, l := range wrap(printable(strings.TrimSpace(s)), pageWidth-text.StringWidth(head)) {
		fmt.Fprintln(p.out, strings.TrimRight(head+l, " "))
		head = margin
	}
	p.begun = true
}

// wrap breaks a text into lines of at most width columns: at blanks where there
// are any. It has no lines when the text is empty.
func wrap(s string, width int) []string {
	if s == "" {
		return nil
	}
	var out []string
	for l := range strings.SplitSeq(s, "\n") {
		out = append(out, wrapLine(l, width)...)
	}
	return out
}

func wrapLine(s string, width int) []string {
	var out []string
	for {
		end := fit(s, width)
		if end == len(s) {
			return append(out, s)
		}
		if i := strings.LastIndexByte(s[:end+1], ' '); i > 0 && strings.TrimLeft(s[:i], " ") != "" {
			end = i
		}
		out = append(out, s[:end])
		if s = strings.TrimLeft(s[end:], " "); s == "" {
			return out
		}
	}
}

// fit is how many bytes of s fit into width columns; at least one character.
func fit(s string, width int) int {
	columns := 0
	for i, r := range s {
		if columns += text.RuneWidth(r); columns > width && i > 0 {
			return i
		}
	}
	return len(s)
}
