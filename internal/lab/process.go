package lab

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

const (
	startTimeout = 30 * time.Second // generous: build machines are slow and shared
	stopTimeout  = 10 * time.Second
)

// process is one server, running in the foreground as our direct child and as the
// leader of its own session, so that its workers can be ended with it.
//
// It hangs on a lifeline: a pipe whose other end only this process holds. When we
// die, however it happens, the pipe closes and a guard in the server's process
// group signals the server. Linux has Pdeathsig for this, but the kernel forgets it
// when a server changes its effective user, as Postfix does at start.
type process struct {
	name  string
	argv  []string
	as    *syscall.Credential // nil: the user we run as
	log   string              // file for what the server says
	stop  syscall.Signal      // asks the server to end, with all that it started
	crash syscall.Signal      // the nearest thing to pulling the plug
	ready func() error        // nil once the server answers

	cmd      *exec.Cmd // nil when not running
	lifeline *os.File
	gone     chan struct{} // closed when the server has ended
}

// guard becomes the server ("$@"), leaving behind a child that reads the lifeline
// and signals ($0) what the shell has become ($$) when it closes.
const guard = `(read -r _ <&3; kill -s "$0" $$) & exec "$@" 3<&-`

// start runs the server and waits until it answers.
func (p *process) start() error {
	out, err := os.OpenFile(p.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer out.Close()
	theirs, ours, err := os.Pipe()
	if err != nil {
		return err
	}
	defer theirs.Close()

	cmd := exec.Command("/bin/sh", append([]string{"-c", guard, fmt.Sprint(int(p.stop))}, p.argv...)...)
	cmd.Dir = "/" // the server's user may not be able to enter ours
	cmd.Stdout, cmd.Stderr = out, out
	cmd.ExtraFiles = []*os.File{theirs} // fd 3
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Credential: p.as}
	if err := cmd.Start(); err != nil {
		ours.Close()
		return fmt.Errorf("%s: %w", p.name, err)
	}
	gone := make(chan struct{})
	go func() {
		cmd.Wait() // how a server of a test ends is of no interest
		close(gone)
	}()
	p.cmd, p.lifeline, p.gone = cmd, ours, gone
	return p.await()
}

// await returns when the server answers, has ended, or takes too long.
func (p *process) await() error {
	deadline := time.After(startTimeout)
	for pause := time.Millisecond; ; pause = min(2*pause, 50*time.Millisecond) {
		err := p.ready()
		if err == nil {
			return nil
		}
		select {
		case <-p.gone:
			p.end(p.crash)
			err := fmt.Errorf("%s ended while starting:\n%s", p.name, p.logTail())
			if portTaken(p.LogText()) {
				err = errors.Join(errPortTaken, err)
			}
			return err
		case <-deadline:
			p.end(p.crash)
			return fmt.Errorf("%s does not answer: %w\n%s", p.name, err, p.logTail())
		case <-time.After(pause):
		}
	}
}

// end signals the server, waits for it and leaves nothing of it behind.
func (p *process) end(sig syscall.Signal) {
	if p.cmd == nil {
		return
	}
	group := p.cmd.Process.Pid
	if sig == syscall.SIGKILL {
		syscall.Kill(-group, sig) // workers would outlive their master for a while
	}
	p.cmd.Process.Signal(sig)
	select {
	case <-p.gone:
	case <-time.After(stopTimeout):
	}
	syscall.Kill(-group, syscall.SIGKILL) // stragglers, and the guard
	<-p.gone
	awaitEmpty(group)
	p.lifeline.Close()
	p.cmd = nil
}

// awaitEmpty waits for the members of a killed process group to be gone, since they
// hold the ports, and write to the folder, until then.
func awaitEmpty(group int) {
	deadline := time.After(time.Second)
	for hasMembers(group) {
		select {
		case <-deadline:
			return
		case <-time.After(time.Millisecond):
		}
	}
}

// hasMembers tells whether a process group has members that still run. Zombies do
// not count: in a container it may take long until somebody reaps them, or forever.
// Without Linux's /proc they can't be told apart.
func hasMembers(group int) bool {
	if errors.Is(syscall.Kill(-group, 0), syscall.ESRCH) {
		return false
	}
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range stats {
		b, _ := os.ReadFile(path) // empty when it has gone meanwhile
		// pid (name) state parent group …, and the name may have blanks and brackets.
		fields := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
		if len(fields) > 2 && fields[2] == strconv.Itoa(group) && fields[0] != "Z" {
			return true
		}
	}
	return len(stats) == 0
}

// Kill ends the server at once, as a crash would: no connection is closed politely.
func (p *process) Kill() { p.end(p.crash) }

// Restart starts the server again, with the same addresses and data, after Kill or
// while it runs; it returns when the server answers.
func (p *process) Restart(t testing.TB) {
	t.Helper()
	p.end(p.stop)
	if err := p.start(); err != nil {
		t.Fatal(err)
	}
}

// LogText is all that the server has logged so far.
func (p *process) LogText() string {
	b, err := os.ReadFile(p.log)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

func (p *process) logTail() string {
	s := p.LogText()
	return s[max(0, len(s)-4000):]
}

// endAfter ends the server when the test is over. It is killed rather than stopped,
// which for Dovecot takes a second: nothing of it is needed any more.
func (p *process) endAfter(t testing.TB) {
	t.Cleanup(func() {
		p.end(p.crash)
		if t.Failed() {
			t.Logf("%s said:\n%s", p.name, p.logTail())
		}
	})
}
