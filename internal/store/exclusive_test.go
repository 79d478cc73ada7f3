package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"batan.go.id/layanan/internal/store"
)

// holdFile names, in the environment of a second process, the database that it
// is to hold.
const holdFile = "STORE_TEST_HOLD"

// hold is that second process: it says what came of it, and waits to be killed
// or for its input to end.
func hold(path string) {
	s, err := store.Open(context.Background(), "sqlite", path)
	if err == nil {
		_, err = s.Exclusive()
	}
	if errors.Is(err, store.ErrBusy) {
		fmt.Println("busy")
		return
	}
	fmt.Println("held", err)
	_, _ = io.Copy(io.Discard, os.Stdin)
}

// another starts a second process on the database and gives its first words.
func another(t *testing.T, path string) (*exec.Cmd, string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), holdFile+"="+path)
	in := must(cmd.StdinPipe())(t)
	out := must(cmd.StdoutPipe())(t)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close(); _ = cmd.Process.Kill(); _ = cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return cmd, line
}

func TestSecondDaemonOnSQLiteIsRefused(t *testing.T) {
	b := sqliteBed(t)
	s, second := b.open(t), b.open(t)
	link := filepath.Join(t.TempDir(), "link.db")
	if err := os.Symlink(b.dsn, link); err != nil {
		t.Fatal(err)
	}
	release := must(s.Exclusive())(t)
	if _, err := second.Exclusive(); !errors.Is(err, store.ErrBusy) {
		t.Errorf("in this process: %v", err)
	}
	for _, path := range []string{b.dsn, link} {
		if _, said := another(t, path); said != "busy\n" {
			t.Errorf("another process by %s: %s", path, said)
		}
	}
	register(t, second, 1) // a command beside the daemon is no second daemon
	release()
	must(second.Exclusive())(t)()
	must(s.Exclusive())(t)()
}

func TestKilledDaemonFreesSQLite(t *testing.T) {
	b := sqliteBed(t)
	s := b.open(t)
	cmd, said := another(t, b.dsn)
	if said != "held <nil>\n" {
		t.Fatal(said)
	}
	if _, err := s.Exclusive(); !errors.Is(err, store.ErrBusy) {
		t.Errorf("while it lives: %v", err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	must(s.Exclusive())(t)()
}

func TestPostgreSQLServesSeveralDaemons(t *testing.T) {
	for _, s := range postgresBed(t).daemons(t, 2) {
		defer must(s.Exclusive())(t)()
		if !s.Shared() {
			t.Error("not shared")
		}
	}
	if sqliteBed(t).open(t).Shared() {
		t.Error("SQLite is shared")
	}
}
