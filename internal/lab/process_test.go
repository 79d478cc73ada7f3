package lab

import (
	"errors"
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

func TestFreeAddrsDiffer(t *testing.T) {
	addrs, err := freeAddrs(20)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(addrs)
	if n := len(slices.Compact(addrs)); n != 20 {
		t.Errorf("%d different addresses of 20", n)
	}
}

func TestMissingProgramSaysWhatToDo(t *testing.T) {
	if _, err := program("tidak-ada"); err == nil || !strings.Contains(err.Error(), "scripts/install-servers.sh") {
		t.Errorf("error %v", err)
	}
}
