package lab

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	_ "github.com/lib/pq" // the driver that speaks to it
)

// Postgres is a PostgreSQL server with the settings it comes with, fsync included,
// so that what is measured on it is true, and killing it is a fair test.
type Postgres struct {
	*process
	addr  string
	ports *reservation
	dir   string
	admin *sql.DB
	count atomic.Int64 // of databases made
}

// shared is the one server of this test process, and how many use it. To start a
// server takes a second, and tests ask for one by the dozen.
var shared struct {
	sync.Mutex
	users  int
	server *Postgres
}

// Main runs a package's tests, with the server of PostgreSQL kept up from its first
// use to the end:
//
//	func TestMain(m *testing.M) { lab.Main(m) }
//
// Without Main it ends with the last test that uses it, and may start anew.
func Main(m *testing.M) {
	enter()
	defer leave()
	m.Run()
}

// PostgreSQL returns the server that the tests of this process share, started when
// there is none. It fails the test when PostgreSQL is not installed. Kill and
// Restart are for tests that do not run in parallel with others.
func PostgreSQL(t testing.TB) *Postgres {
	t.Helper()
	enter()
	t.Cleanup(leave)
	shared.Lock()
	defer shared.Unlock()
	if shared.server == nil {
		err := onFreePorts(func() (err error) {
			shared.server, err = startPostgres()
			return err
		})
		if err != nil {
			t.Fatal("lab: postgresql:", err)
		}
	}
	return shared.server
}

func enter() {
	shared.Lock()
	defer shared.Unlock()
	shared.users++
}

// leave stops the server when nobody uses it any more.
func leave() {
	shared.Lock()
	defer shared.Unlock()
	shared.users--
	if shared.users == 0 && shared.server != nil {
		shared.server.close()
		shared.server = nil
	}
}

// Database makes an empty database, dropped when the test ends, and returns its URL,
// "postgres://postgres@127.0.0.1:port/name?sslmode=disable".
func (p *Postgres) Database(t testing.TB) string {
	t.Helper()
	name := fmt.Sprintf("lab_%d", p.count.Add(1))
	if _, err := p.admin.Exec("CREATE DATABASE " + name); err != nil {
		t.Fatalf("lab: create database: %v\n%s", err, p.logTail())
	}
	t.Cleanup(func() {
		if _, err := p.admin.Exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Errorf("lab: drop database: %v", err)
		}
	})
	return p.url(name)
}

func (p *Postgres) url(database string) string {
	return "postgres://postgres@" + p.addr + "/" + database + "?sslmode=disable"
}

func (p *Postgres) close() {
	p.admin.Close()
	p.end(p.crash)
	p.ports.release()
	os.RemoveAll(p.dir)
}

func startPostgres() (*Postgres, error) {
	server, err := program("postgres")
	if err != nil {
		return nil, err
	}
	if server, err = filepath.EvalSymlinks(server); err != nil { // initdb is beside it
		return nil, err
	}
	ports, err := reserve(1)
	if err != nil {
		return nil, err
	}
	p := &Postgres{addr: ports.addrs[0], ports: ports}
	if p.dir, err = newFolder(); err != nil {
		ports.release()
		return nil, err
	}
	if p.admin, err = sql.Open("postgres", p.url("postgres")); err != nil {
		ports.release()
		return nil, errors.Join(err, os.RemoveAll(p.dir))
	}
	p.process = &process{
		name: "postgresql",
		argv: []string{server, "-D", filepath.Join(p.dir, "data"), "-h", "127.0.0.1", "-p", port(p.addr),
			"-c", "unix_socket_directories=", "-c", "max_connections=200"},
		log: filepath.Join(p.dir, "log"),
		// Immediate shutdown: workers end with the server, nothing is written back, and
		// the next start recovers from the log as after a crash.
		stop: syscall.SIGQUIT, crash: syscall.SIGQUIT,
		ready: p.admin.Ping,
	}
	if err := p.initialise(filepath.Join(filepath.Dir(server), "initdb")); err != nil {
		p.close()
		return nil, err
	}
	if err := p.start(); err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

// initialise makes the folder of data. PostgreSQL refuses to run as root; then it
// runs as the user that Debian made for it, or as nobody.
func (p *Postgres) initialise(initdb string) error {
	data := filepath.Join(p.dir, "data")
	if err := os.Mkdir(data, 0o700); err != nil {
		return err
	}
	if isRoot() {
		as, err := credential("postgres", "nobody")
		if err != nil {
			return err
		}
		p.as = as
		if err := os.Chown(data, int(p.as.Uid), int(p.as.Gid)); err != nil {
			return err
		}
	}
	cmd := exec.Command(initdb, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C",
		"--no-sync", "--no-instructions")
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: p.as}
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return nil
}
