package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"batan.go.id/layanan/internal/config"
	"batan.go.id/layanan/workflow"
)

// TestSignatureNeedsAuthority: a SOP that takes only signed answers is refused
// while nobody's signature counts; else no request could ever go on.
func TestSignatureNeedsAuthority(t *testing.T) {
	dir := t.TempDir()
	sop := strings.Replace(string(workflow.BuiltInSOP().Source), "  - id: persetujuan\n",
		"  - id: persetujuan\n    trust: {require: signature}\n", 1)
	sample := strings.NewReplacer("sop: video-konferensi", "sop: sop.yaml", "operators: [operator@batan.go.id]",
		"operators: []").Replace(config.Sample)
	for name, text := range map[string]string{"layanan.yaml": sample, "sop.yaml": sop, "imap.password": "x\n",
		"smtp.password": "x\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cfg, err := config.Load(filepath.Join(dir, "layanan.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := loadProcedure(cfg); err == nil ||
		!strings.Contains(err.Error(), `trust.ca_files: step "persetujuan" of the SOP takes only signed answers`) ||
		!strings.Contains(err.Error(), "layanan.yaml:") {
		t.Errorf("loads with %v", err)
	}
	cfg.SOP, cfg.SOPIsFile = workflow.BuiltIn, false
	if _, err := loadProcedure(cfg); err != nil {
		t.Error(err)
	}
}
