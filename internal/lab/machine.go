package lab

import (
	"bufio"
	"cmp"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// newFolder makes the folder for a server's files. It is in /tmp and not in the
// test's own folder: paths of Unix sockets have to be short, and the servers' users
// must be able to enter.
func newFolder() (string, error) {
	dir, err := os.MkdirTemp("/tmp", "lab-")
	if err != nil {
		return "", err
	}
	return dir, os.Chmod(dir, 0o755)
}

// cleanUp removes what a server leaves behind when it has ended. ports may be nil.
func cleanUp(t testing.TB, dir string, ports *reservation) {
	if ports != nil {
		ports.release()
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Error("lab:", err)
	}
}

// greets returns a check that a server at addr says something that starts with hello.
func greets(addr, hello string) func() error {
	return func() error {
		conn, err := net.DialTimeout("tcp", addr, time.Second)
		if err != nil {
			return err
		}
		defer conn.Close()
		conn.SetDeadline(time.Now().Add(5 * time.Second))
		line, err := bufio.NewReader(conn).ReadString('\n')
		if err != nil {
			return fmt.Errorf("greeting of %s: %w", addr, err)
		}
		if !strings.HasPrefix(line, hello) {
			return fmt.Errorf("%s greets with %q, not %q", addr, line, hello)
		}
		return nil
	}
}

// program finds a server's program: in PATH, in the system folders that are not in
// every user's PATH, or where Debian keeps the newest PostgreSQL.
func program(name string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	slices.SortFunc(found, func(a, b string) int { return cmp.Compare(majorVersion(b), majorVersion(a)) })
	for _, path := range append(found, "/usr/sbin/"+name, "/sbin/"+name) {
		if _, err := exec.LookPath(path); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("%s is not installed; `make test` installs it, or run scripts/install-servers.sh", name)
}

// majorVersion reads 15 out of /usr/lib/postgresql/15/bin/postgres.
func majorVersion(path string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
	return n
}

// credential is the identity of the first of the named users that exists.
func credential(names ...string) (*syscall.Credential, error) {
	for _, name := range names {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(u.Uid, 10, 32)
		if err != nil {
			return nil, err
		}
		gid, err := strconv.ParseUint(u.Gid, 10, 32)
		if err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, fmt.Errorf("no user %s on this machine", strings.Join(names, " or "))
}

func isRoot() bool { return os.Geteuid() == 0 }
