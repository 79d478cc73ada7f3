package strictyaml

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// maxFaults is how many faults of one file are told; nobody reads more.
const maxFaults = 100

// Error is one fault of a file, with its place.
type Error struct {
	File         string // as the caller named it
	Line, Column int    // from 1, in characters; 0 when the fault has no place
	Key          string // dotted path, e.g. imap.tls or steps[2].actor; may be empty
	Msg          string // one line, without the above
	Meant        string // of an unknown key: the path of the key that was probably meant

	cause error
}

// Error gives file:line:column: key: message, without the parts not known.
func (e *Error) Error() string {
	var b strings.Builder
	if e.File != "" {
		b.WriteString(e.File + ":")
		if e.Line > 0 {
			fmt.Fprintf(&b, "%d:%d:", e.Line, e.Column)
		}
		b.WriteString(" ")
	}
	if e.Key != "" {
		b.WriteString(e.Key + ": ")
	}
	b.WriteString(e.Msg)
	return b.String()
}

// Unwrap gives the error of the type that refused the value, if there is one.
func (e *Error) Unwrap() error { return e.cause }

// Errors are all faults of a file, in the order of their lines.
type Errors []*Error

// Error gives one line for each fault.
func (es Errors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.Is and errors.As look at each fault.
func (es Errors) Unwrap() []error {
	out := make([]error, len(es))
	for i, e := range es {
		out[i] = e
	}
	return out
}

// Sort puts the faults in the order of their places; those without a place
// come first.
func (es Errors) Sort() {
	slices.SortStableFunc(es, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}

// faults collects what is wrong with one file.
type faults struct{ list Errors }

// add keeps one fault more than is told, so that err knows of the rest.
func (f *faults) add(e *Error) {
	if !f.full() {
		f.list = append(f.list, e)
	}
}

func (f *faults) full() bool { return len(f.list) > maxFaults }

// part gives the faults of a part of the file, or a nil interface when there
// are none.
func (f *faults) part() error {
	if len(f.list) == 0 {
		return nil
	}
	return f.list
}

// whole gives the faults of the file, sorted and at most maxFaults of them, or
// a nil interface when there are none.
func (f *faults) whole(file string) error {
	f.list.Sort()
	if f.full() {
		return append(f.list[:maxFaults:maxFaults], &Error{File: file, Msg: "and more faults, which are not shown"})
	}
	return f.part()
}

// oneLine makes a message fit on a line, whatever another package put in it.
func oneLine(s string) string {
	return strings.Join(strings.Fields(s), " ")
}
