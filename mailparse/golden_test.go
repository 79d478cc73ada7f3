package mailparse_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"batan.go.id/layanan/mailparse"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden is the JSON of a message, and what it keeps for the program alone.
func golden(t *testing.T, raw []byte) string {
	t.Helper()
	m := mailparse.Parse(raw, testGrammar())
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(m); err != nil {
		t.Fatal(err)
	}
	hidden := map[string]any{
		"from_name": m.FromName, "all_from": m.AllFrom, "sender": m.Sender, "to": m.To, "in_reply_to": m.InReplyTo,
		"references": m.References,
		"tokens":     m.Tokens, "auto_submitted": m.AutoSubmitted, "bounce_of": m.BounceOf, "own": m.Own, "fields": m.Fields,
		"quoted": m.Quoted,
		"proof":  proof(m),
	}
	if err := e.Encode(hidden); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// proof is what vouches for a mail's sender.
func proof(m *mailparse.Message) string {
	if m.Auth == nil {
		return ""
	}
	return m.Auth.Proof
}

// TestGolden reads every mail of testdata, with LF and with CRLF line ends: both must give the same message.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.eml")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d mails, %v", len(files), err)
	}
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			raw, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			lf := bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))
			got := golden(t, lf)
			name := strings.TrimSuffix(f, ".eml") + ".json"
			if *update {
				if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), got); d != "" {
				t.Errorf("LF (-want +got):\n%s", d)
			}
			crlf := bytes.ReplaceAll(lf, []byte("\n"), []byte("\r\n"))
			if d := cmp.Diff(string(want), golden(t, crlf)); d != "" {
				t.Errorf("CRLF (-want +got):\n%s", d)
			}
		})
	}
}
