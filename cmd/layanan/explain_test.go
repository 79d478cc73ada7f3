package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"batan.go.id/layanan/mailparse/command"
	"github.com/jedib0t/go-pretty/v6/text"
)

// explained is what explain tells a person about a message.
func explained(t *testing.T, raw []byte) string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"explain", "-"}, bytes.NewReader(raw), &out, &errs); code != 0 {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	return out.String()
}

// TestExplainFitsATerminal: whatever a mail holds, what is printed keeps to
// the page and moves no cursor.
func TestExplainFitsATerminal(t *testing.T) {
	mails, err := filepath.Glob("../../mailparse/testdata/*.eml")
	if err != nil || len(mails) < 20 {
		t.Fatalf("%d mails, %v", len(mails), err)
	}
	list := [][]byte{nil, {0}, []byte("\xff\xfe\x00"),
		[]byte("From: =?utf-8?q?a=1B[2J=07?= <ani@batan.go.id>\nSubject: \x1b]0;x\x07\xe2\x80\xae " +
			strings.Repeat("x", 500) +
			"\nContent-Type: text/plain; charset=utf-8; name=\"\x1b[1m\"\n\nNama: \x1b[31mAni\nNIP: \xe2\x80\xae123\nUnit " +
			"Kerja: \x9b2J\nKegiatan: " + strings.Repeat("会議", 200) +
			"\nTanggal: besok\x08\x08\n" + strings.Repeat("satu baris ", 300) + "\n" + strings.Repeat(" ", 300) + "\n" +
			strings.Repeat("lagi\n", 300)),
	}
	for _, name := range mails {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, raw)
	}
	for i, raw := range list {
		out := explained(t, raw)
		if !strings.HasPrefix(out, "From ") || !strings.Contains(out, "\nKind ") ||
			!strings.Contains(out, "\nWould happen\n") || strings.Contains(out, "\n\n\n") {
			t.Errorf("mail %d: %s", i, out)
		}
		for line := range strings.SplitSeq(out, "\n") {
			if w := text.StringWidthWithoutEscSequences(line); w > pageWidth {
				t.Errorf("mail %d: a line of %d columns: %q", i, w, line)
			}
			if strings.ContainsFunc(line, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf) }) ||
				strings.TrimRight(line, " ") != line {
				t.Errorf("mail %d: %q", i, line)
			}
		}
	}
}

func TestWrap(t *testing.T) {
	for _, tt := range []struct {
		s     string
		width int
		want  string
	}{
		{"", 10, ""},
		{"satu dua", 10, "satu dua"},
		{"satu dua tiga", 8, "satu dua|tiga"},
		{"satu dua tiga", 7, "satu|dua|tiga"},
		{"satuduatiga", 4, "satu|duat|iga"},
		{"  satu dua", 6, "  satu|dua"},
		{"satu     ", 5, "satu "},
		{"a\n\nb", 5, "a||b"},
		{"会議室", 4, "会議|室"},
		{"会", 1, "会"},
	} {
		if got := strings.Join(wrap(tt.s, tt.width), "|"); got != tt.want {
			t.Errorf("wrap(%q, %d) = %q, want %q", tt.s, tt.width, got, tt.want)
		}
	}
}

func TestDoubt(t *testing.T) {
	for _, tt := range []struct {
		doubt command.Doubt
		want  string
	}{
		{command.Doubt{Code: command.Condition, Text: "asal"}, `"asal" sets a condition`},
		{command.Doubt{Code: command.Question}, "it is a question"},
		{command.Doubt{Code: command.Negation}, "a word denies it"},
		{command.Doubt{Code: command.Sign, Text: "50%"}, `the sign "50%" may change what it means`},
	} {
		if got := doubt(tt.doubt); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.doubt, got, tt.want)
		}
	}
	for _, code := range command.Codes {
		if doubts[code] == "" {
			t.Errorf("explain has no words for %q", code)
		}
	}
}
