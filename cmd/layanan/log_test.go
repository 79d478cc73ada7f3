package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// What a stranger writes into a mail reaches the log as a value on its line,
// and as nothing else.
func TestLogCantBeForged(t *testing.T) {
	const token = "lqnmybpfx6hhey54ebt5"
	for _, hostile := range []string{
		"x\ntime=2026-11-23T09:00:00Z level=ERROR msg=forged",
		"x\r\n{\"level\":\"ERROR\",\"msg\":\"forged\"}",
		"x\" level=ERROR msg=forged y=\"",
		"x\u2028level=ERROR msg=forged", "x\u0085y", "x\vlevel=ERROR",
		"\x1b[2J\x1b[1;31mlevel=ERROR", "\u202egro.live@\u2066ina\u200b", "\xff\xfe\x00",
		"<vc-2026-0001-" + token + ".2@batan.go.id>", "layanan+VC-2026-0001-" + strings.ToUpper(token) + "@batan.go.id",
		strings.Repeat("é", 1<<20),
	} {
		for _, format := range []string{"text", "json"} {
			var out bytes.Buffer
			log := newLog(&out, format)
			log.Info("mail", "message_id", hostile, "error", errors.New(hostile))
			log.Warn(hostile)
			lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
			if len(lines) != 2 {
				t.Errorf("%s, %.40q: %d lines", format, hostile, len(lines))
			}
			for _, line := range lines {
				if len(line) > 3*maxLogged || !utf8.ValidString(line) ||
					strings.ContainsFunc(line, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) {
					t.Errorf("%s, %.40q: %.300q", format, hostile, line)
				}
				if strings.Contains(strings.ToLower(line), token) {
					t.Errorf("a token is in the log: %s", line)
				}
				var record struct{ Level, Msg, Error string }
				switch {
				case format == "json" && (json.Unmarshal([]byte(line), &record) != nil || record.Level == "ERROR" ||
					record.Msg == "forged"):
					t.Errorf("%.40q: %.300s", hostile, line)
				case format == "text" && (!strings.HasPrefix(line, "time=") || strings.Contains(unquoted(line), "level=ERROR") ||
					strings.Contains(unquoted(line), "msg=forged")):
					t.Errorf("%.40q: %.300s", hostile, line)
				}
			}
		}
	}
}

// unquoted is what of a line stands outside of quotation marks.
func unquoted(line string) string {
	var out strings.Builder
	inside := false
	for i := 0; i < len(line); i++ {
		switch {
		case inside && line[i] == '\\':
			i++
		case line[i] == '"':
			inside = !inside
		case !inside:
			out.WriteByte(line[i])
		}
	}
	return out.String()
}

// An error is told on lines of ours, whatever it quotes.
func TestErrorsCantPlayWithTheTerminal(t *testing.T) {
	var out bytes.Buffer
	complain(&out, errors.New("can't read \x1b[2J\u202e\rlayanan: all is well"))
	if got := out.String(); got != "layanan: can't read  [2J layanan: all is well\n" {
		t.Errorf("%q", got)
	}
}
