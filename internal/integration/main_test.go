// Package integration runs the real binary as a process, against the real
// servers that package lab starts: Dovecot, Postfix, PostgreSQL. Nothing in it
// is skipped: what is missing fails.
//
// Read site_test.go (a configured installation), daemon_test.go (layanan run),
// office_test.go (people with mailboxes), then one story each: walk, answers,
// strays, kill, two, outage, backlog, faults.
package integration

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"batan.go.id/layanan/internal/lab"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// patience bounds every wait for something that must happen.
const patience = 45 * time.Second

// binary is the program under test.
var binary string

func TestMain(m *testing.M) {
	flag.Parse()
	dir, err := os.MkdirTemp("", "layanan-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	defer os.RemoveAll(dir)
	binary = filepath.Join(dir, "layanan")
	if out, err := exec.Command("go", "build", "-o", binary,
		"batan.go.id/layanan/cmd/layanan").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "go build: %v\n%s", err, out)
		os.Exit(1)
	}
	spread()
	lab.Main(m)
}

// spread lets more tests run at once than there are cores, unless -parallel
// says otherwise: they mostly wait for servers.
func spread() {
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "test.parallel" })
	if !given {
		_ = flag.Set("test.parallel", "4") // the flag exists, and 4 is a number
	}
}
