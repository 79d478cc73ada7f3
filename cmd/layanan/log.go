package main

import (
	"io"
	"log/slog"
	"strings"
	"unicode/utf8"

	"batan.go.id/layanan/notify"
)

// maxLogged bounds a value in a log line, in bytes.
const maxLogged = 1000

// newLog writes one line an event. What came by mail can't end a line, hide in
// it or fill the disk, and a reply token is no secret of the log's readers.
func newLog(w io.Writer, format string) *slog.Logger {
	opts := &slog.HandlerOptions{ReplaceAttr: harmless}
	if format == "json" {
		return slog.New(slog.NewJSONHandler(w, opts))
	}
	return slog.New(slog.NewTextHandler(w, opts))
}

func harmless(_ []string, a slog.Attr) slog.Attr {
	v := a.Value.Resolve()
	if v.Kind() != slog.KindString {
		err, ok := v.Any().(error)
		if !ok {
			return a
		}
		v = slog.StringValue(err.Error())
	}
	s := strings.ReplaceAll(printable(notify.Redact(strings.ToValidUTF8(v.String(), "\uFFFD"))), "\n", " ")
	if len(s) > maxLogged {
		s = strings.TrimRightFunc(s[:maxLogged], func(r rune) bool { return r == utf8.RuneError }) + "…"
	}
	return slog.String(a.Key, s)
}
