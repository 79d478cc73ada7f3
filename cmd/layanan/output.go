package main

import (
	"encoding/json"
	"io"
	"os"
	"strings"
	"time"
	"unicode"

	"golang.org/x/term"
)

// printJSON prints a value for other programs, indented for people.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// instant is a time in JSON: RFC 3339 in the office's zone, null when zero.
type instant struct {
	time.Time
	loc *time.Location
}

// MarshalJSON implements json.Marshaler.
func (i instant) MarshalJSON() ([]byte, error) {
	if i.IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(i.In(i.loc).Format(time.RFC3339))
}

// short is a time for a table: local, to the minute; "-" when zero.
func (i instant) short() string {
	if i.IsZero() {
		return "-"
	}
	return i.In(i.loc).Format("2006-01-02 15:04")
}

// printable keeps what came by mail from playing tricks on a terminal: control
// characters become spaces, and invisible ones, which can turn a line's
// direction around, go.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
}

// writeMail writes a mail byte for byte, so that it can be handed on; on a
// terminal it plays no tricks.
func writeMail(out io.Writer, raw []byte, terminal bool) error {
	if terminal {
		raw = []byte(printable(strings.ToValidUTF8(string(raw), "\uFFFD")))
	}
	_, err := out.Write(raw)
	return err
}

// isTerminal reports whether a person reads or writes there.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
