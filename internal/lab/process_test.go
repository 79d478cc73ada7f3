package lab

import (
	"errors"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

func shell(t *testing.T, script string, ready func() error) *process {
	return &process{
		name: "contoh", argv: []string{"/bin/sh", "-c", script}, log: filepath.Join(t.TempDir(), "log"),
		stop: syscall.SIGTERM, crash: syscall.SIGKILL, ready: ready,
	}
}

func TestStartTellsWhyAServerEnded(t *testing.T) {
	p := shell(t, "echo berkas konfigurasi salah >&2; exit 3", func() error { return errors.New("no answer") })
	err := p.start()
	if err == nil || !strings.Contains(err.Error(), "contoh ended while starting:\nberkas konfigurasi salah") {
		t.Errorf("error %v", err)
	}
	p.Kill() // of what does not run is no fault
}

func TestEndTakesWorkersAlong(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGKILL} {
		p := shell(t, "sleep 1000 & echo siap; wait", nil)
		p.ready = func() error {
			if !strings.Contains(p.LogText(), "siap") {
				return errors.New("not yet")
			}
			return nil
		}
		if err := p.start(); err != nil {
			t.Fatal(err)
		}
		group := p.cmd.Process.Pid
		if !hasMembers(group) {
			t.Error("nobody runs")
		}
		p.end(sig)
		if hasMembers(group) {
			t.Errorf("after signal %v somebody runs", sig)
		}
	}
}

// TestReservedPortsDiffer: whoever reserves, within one process or several, gets
// ports that nobody else was given.
func TestReservedPortsDiffer(t *testing.T) {
	var addrs []string
	for range 100 {
		r, err := reserve(20)
		if err != nil {
			t.Fatal(err)
		}
		defer r.release()
		addrs = append(addrs, r.addrs...)
	}
	slices.Sort(addrs)
	if n := len(slices.Compact(addrs)); n != 2000 {
		t.Errorf("%d different addresses of 2000", n)
	}
}

// TestStrangerOnPort: a server whose port a stranger took is set up anew elsewhere.
func TestStrangerOnPort(t *testing.T) {
	var strangers []net.Listener
	var d *DovecotServer
	err := onFreePorts(func() (err error) {
		if d, err = newDovecot(map[string]string{"a@batan.go.id": "x"}, nil); err != nil {
			return err
		}
		t.Cleanup(func() { cleanUp(t, d.dir, d.ports) })
		if len(strangers) < 2 {
			l, err := net.Listen("tcp", d.TLSAddr)
			if err != nil {
				return err
			}
			defer l.Close()
			strangers = append(strangers, l)
		}
		return d.start()
	})
	if err != nil {
		t.Fatal(err)
	}
	d.endAfter(t)
	if len(strangers) != 2 {
		t.Errorf("%d ports were taken, want 2", len(strangers))
	}
}

func TestMissingProgramSaysWhatToDo(t *testing.T) {
	if _, err := program("tidak-ada"); err == nil || !strings.Contains(err.Error(), "scripts/install-servers.sh") {
		t.Errorf("error %v", err)
	}
}
