package integration

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"batan.go.id/layanan/internal/lab"
)

// TestFilesAreNobodyElses starts the daemon where new files are open to all, and
// looks at those that it makes, while it works and after.
func TestFilesAreNobodyElses(t *testing.T) {
	t.Parallel()
	d := lab.Dovecot(t, users())
	s := bareSite(t, "sqlite:layanan.db", d).sinkTo(newWorkers(t, d, silent).host).write(t)
	ours := map[string]bool{"layanan.yaml": true, "password": true}
	private := func(when string, want ...string) {
		t.Helper()
		made := map[string]bool{}
		entries, err := os.ReadDir(s.dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			info, err := e.Info()
			if err != nil {
				t.Fatal(err)
			}
			if made[e.Name()] = true; !ours[e.Name()] && info.Mode().Perm() != 0o600 {
				t.Errorf("%s: %s has mode %v", when, e.Name(), info.Mode())
			}
		}
		for _, name := range want {
			if !made[name] {
				t.Errorf("%s: there is no %s", when, name)
			}
		}
	}
	daemon := s.startAs(t, exec.Command("sh", "-c", `umask 0; exec "$0" "$@"`, binary, "--config", s.config(), "run",
		"--log-format", "json")).ready(t)
	private("while it works", "secret.key", "layanan.db", "layanan.db-wal", "layanan.db-shm", "layanan.db.lock")
	daemon.stop(t)
	private("after", "secret.key", "layanan.db")

	// An older one left them open: both say so, and go on.
	for _, name := range []string{"layanan.db", "secret.key"} {
		if err := os.Chmod(filepath.Join(s.dir, name),
			map[string]fs.FileMode{"layanan.db": 0o644, "secret.key": 0o640}[name]); err != nil {
			t.Fatal(err)
		}
	}
	out := s.must(t, "check")
	for _, want := range []string{"access to the database (mode 0644)", "its group can read it (mode 0640)",
		"chmod 600 " + filepath.Join(s.dir, "layanan.db"), "chmod 600 " + filepath.Join(s.dir, "secret.key")} {
		if !strings.Contains(out, want) {
			t.Errorf("check does not say %q:\n%s", want, out)
		}
	}
	daemon = s.start(t)
	daemon.await(t, "that the database is open", func(l logLine) bool {
		return l.Level == "WARN" && strings.Contains(l.Msg, "access to the database (mode 0644)")
	})
	daemon.ready(t).stop(t)

	// A key that all can read is none.
	if err := os.Chmod(filepath.Join(s.dir, "secret.key"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"run", "check", "requests list"} {
		out, errOut, code := s.run(t, strings.Fields(command)...)
		if code != 2 || out != "" || !strings.Contains(errOut,
			"every user of this machine can read it (mode 0644): chmod 600 "+filepath.Join(s.dir, "secret.key")) {
			t.Errorf("%s: exit %d\n%s%s", command, code, out, errOut)
		}
	}
}
