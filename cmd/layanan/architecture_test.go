package main

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"batan.go.id/layanan/workflow"
)

// rooms are those of mailparse, ground first: each may import the ones before it.
var rooms = []string{
	"mailparse/fold", "mailparse/entity", "mailparse/text", "mailparse/authres", "mailparse/lexicon",
	"mailparse/quote", "mailparse/automatic", "mailparse/when", "mailparse/form", "mailparse/command",
}

// TestImports keeps the arrows of docs/architecture.md pointing one way.
func TestImports(t *testing.T) {
	allowed := map[string][]string{
		"internal/strictyaml": {"internal/typo"},
		"internal/typo":       {},
		"internal/icalendar":  {},
		"workflow":            {"internal/icalendar", "internal/strictyaml"},
		"internal/document": {
			"internal/document/office", "internal/document/outlook", "internal/document/page", "internal/document/pdf",
			"internal/document/rtf",
		},
		"internal/document/office":  {"internal/document/page"},
		"internal/document/outlook": {"internal/document/page", "internal/document/rtf"},
		"internal/document/page":    {},
		"internal/document/pdf":     {"internal/document/page"},
		"internal/document/rtf":     {"internal/document/page"},
		"mailparse":                 rooms,
		"templates":                 {},
		"migrations":                {},
		"internal/mailbox":          {},
		"internal/mailhost":         {},
		"internal/lab":              {},
		"internal/cputime":          {},
		"internal/limits":           {},
		"internal/config":           {"internal/strictyaml", "internal/limits"},
		"notify":                    {"templates", "workflow"},
		"internal/smime":            {},
		"internal/smtp":             {},
		"internal/store":            {"migrations", "workflow"},
		"internal/bot": {"internal/limits", "internal/mailbox", "mailparse", "mailparse/authres", "mailparse/command",
			"mailparse/form", "mailparse/when", "notify", "internal/smime", "internal/smtp", "internal/store", "workflow"},
		"cmd/layanan": append(rooms, "internal/bot", "internal/config", "internal/limits", "internal/mailbox",
			"internal/mailhost", "mailparse", "notify", "internal/smtp", "internal/store", "internal/strictyaml", "workflow"),
		"internal/bench":                  {},
		"internal/integration":            {},
		"internal/document/page/pagetest": {"internal/cputime"},
	}
	for i, room := range rooms {
		allowed[room] = append(rooms[:i:i], "internal/document", "internal/document/outlook", "internal/document/page",
			"internal/icalendar", "internal/typo")
	}
	const module = "batan.go.id/layanan/"
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", module+"...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		name := strings.TrimPrefix(fields[0], module)
		may, known := allowed[name]
		if !known {
			t.Errorf("package %s is not in the picture: add it to this test and to docs/architecture.md", name)
		}
		for _, imported := range fields[1:] {
			if of, ours := strings.CutPrefix(imported, module); ours && !slices.Contains(may, of) {
				t.Errorf("%s must not import %s", name, of)
			}
		}
	}
}

// TestDrawing keeps the drawing in the documents equal to the procedure.
func TestDrawing(t *testing.T) {
	doc, err := os.ReadFile("../../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(doc), workflow.BuiltInSOP().Mermaid()) {
		t.Errorf("docs/architecture.md has an old drawing; `layanan sop graph` prints:\n%s", workflow.BuiltInSOP().Mermaid())
	}
}
