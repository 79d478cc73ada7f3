package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestNoFileIsNamedByMail: the program makes files in three places, each under
// a name from its configuration or of its own. Nothing else may make one, so no
// attachment's name becomes a path.
func TestNoFileIsNamedByMail(t *testing.T) {
	makes := regexp.MustCompile(`\bos\.(Create|CreateTemp|OpenFile|OpenRoot|WriteFile|Mkdir|MkdirAll|MkdirTemp|Rename|Link|Symlink|Truncate|CopyFS)\(|"(os/exec|syscall|io/ioutil|golang.org/x/sys/unix)"`)
	allowed := map[string]string{
		"internal/config/secret.go": "os.CreateTemp( os.Link(",                      // secret_file
		"internal/store/lease.go":   `"golang.org/x/sys/unix" os.OpenFile(`,         // database, with .lock
		"cmd/layanan/demo.go":       "os.MkdirTemp(",                                // the demo's own
		"cmd/layanan/replay.go":     "os.WriteFile(",                                // what the operator asks for
		"cmd/layanan/main.go":       `"syscall"`, "cmd/layanan/run.go": `"syscall"`, // signals, umask
		"internal/config/private.go":    `"syscall"`,     // whom a file belongs to
		"mailparse/lexicon/generate.go": "os.WriteFile(", // by hand, from word lists
	}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		name := filepath.ToSlash(strings.TrimPrefix(path, "../../"))
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") ||
			strings.HasPrefix(name, "internal/lab/") || strings.HasPrefix(name, "internal/cputime/") { // of tests
			return err
		}
		source, err := os.ReadFile(path)
		if found := strings.Join(makes.FindAllString(string(source), -1), " "); found != allowed[name] {
			t.Errorf("%s has %s, want %q", name, found, allowed[name])
		}
		delete(allowed, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range allowed {
		t.Errorf("%s is allowed to make files, and is not there", name)
	}
}

// TestSecurityNamesTests keeps what docs/security.md says to be shown by a test
// true to the tests that there are.
func TestSecurityNamesTests(t *testing.T) {
	doc, err := os.ReadFile("../../docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]bool{}
	err = filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		for _, m := range regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`).FindAllSubmatch(source, -1) {
			have[filepath.Base(filepath.Dir(path))+"."+string(m[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`\b(?:\w+\.)?(?:Test|Fuzz)[A-Z]\w*`).FindAllString(string(doc), -1)
	for _, name := range named {
		if !have[name] {
			t.Errorf("docs/security.md names %s: there is no such test", name)
		}
	}
	if len(named) < 40 {
		t.Errorf("docs/security.md names %d tests only", len(named))
	}
}
