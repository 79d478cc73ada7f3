package store_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"
)

// asNobody runs f without root's right to read and write everything. It holds
// for this goroutine's own thread, which is thrown away with the goroutine.
func asNobody(t *testing.T, f func()) {
	t.Helper()
	done := make(chan error)
	go func() {
		defer close(done)
		if os.Geteuid() == 0 {
			runtime.LockOSThread()
			if err := unix.Setfsuid(65534); err != nil {
				done <- err
				return
			}
		}
		f()
	}()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

func TestReadOnlySQLite(t *testing.T) {
	for _, c := range []struct {
		what         string
		file, folder os.FileMode
		want         string
	}{
		{"read-only file", 0o444, 0o777, "the database is read-only"},
		{"read-only file in a read-only folder", 0o444, 0o555, "the database is read-only"},
		{"unreadable file", 0o000, 0o777, "can't open or create the file"},
	} {
		b := sqliteBed(t)
		if err := b.open(t).Close(); err != nil {
			t.Fatal(err)
		}
		folder := filepath.Dir(b.dsn)
		for path, mode := range map[string]os.FileMode{filepath.Dir(folder): 0o755, folder: c.folder, b.dsn: c.file} {
			if err := os.Chmod(path, mode); err != nil {
				t.Fatal(err)
			}
		}
		t.Cleanup(func() { _ = os.Chmod(folder, 0o755) })
		var err error
		asNobody(t, func() { err = tryAll(t.Context(), "sqlite", b.dsn) })
		expectSentence(t, c.what, err, b.dsn, c.want)
	}
}
