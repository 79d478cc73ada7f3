package notify_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"batan.go.id/layanan/templates"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden holds every notice in every form against notify/testdata.
func TestGolden(t *testing.T) {
	for name, l := range rendered(t, identity) {
		head, _, _ := bytes.Cut(l.mail.Raw, []byte("\r\n\r\n"))
		got := strings.ReplaceAll(string(head), "\r\n", "\n") + "\n\n" + l.text + "\n" + l.html
		path := filepath.Join("testdata", name+".golden")
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Error(err)
			continue
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestGoldenComplete finds golden files of notices that are gone, and
// templates that no case renders.
func TestGoldenComplete(t *testing.T) {
	all := rendered(t, identity)
	files, err := filepath.Glob("testdata/*.golden")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if _, ok := all[strings.TrimSuffix(filepath.Base(f), ".golden")]; !ok {
			t.Errorf("%s belongs to no case", f)
		}
	}
	kinds := map[string]bool{}
	for _, l := range all {
		kinds[string(l.notice.Kind)] = true
	}
	set, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range set.Notices() {
		if !kinds[name] {
			t.Errorf("no case renders %s", name)
		}
	}
}
