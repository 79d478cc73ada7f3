package lab

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// everything starts one server of each kind, and returns their folders.
func everything(t *testing.T) []string {
	d := Dovecot(t, map[string]string{"ani@batan.go.id": "rahasia"})
	p := Postfix(t, d)
	pg, err := startPostgres() // not the shared one, which may run before and after
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pg.close)
	pg.Database(t) // so that there is a worker
	return []string{d.dir, p.dir, pg.dir}
}

func TestNothingIsLeftBehind(t *testing.T) {
	var folders []string
	var started []running
	before := descendants(os.Getpid()) // the shared server, when tests run again
	t.Run("servers", func(t *testing.T) {
		folders = everything(t)
		started = slices.DeleteFunc(descendants(os.Getpid()),
			func(p running) bool { return slices.ContainsFunc(before, p.is) })
		wantServers(t, started)
	})
	for _, p := range started {
		if p.alive() {
			t.Errorf("%s, process %d, still runs", p.name, p.pid)
		}
	}
	for _, dir := range folders {
		if _, err := os.Stat(dir); !os.IsNotExist(err) {
			t.Errorf("%s is still there", dir)
		}
	}
}

// TestServersEndWhenWeAreKilled runs itself a second time, as the process to kill.
func TestServersEndWhenWeAreKilled(t *testing.T) {
	const role = "LAB_TO_BE_KILLED"
	if os.Getenv(role) != "" {
		fmt.Println("up", strings.Join(everything(t), " "))
		<-t.Context().Done() // does not come
		return
	}
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.timeout=1m")
	cmd.Env = append(os.Environ(), role+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	line, _ := lines.ReadString('\n')
	folders, up := strings.CutPrefix(strings.TrimSpace(line), "up ")
	if !up {
		rest, _ := io.ReadAll(lines)
		t.Fatalf("it fails (%v): %s%s", cmd.Wait(), line, rest)
	}
	started := descendants(cmd.Process.Pid)
	cmd.Process.Kill()
	cmd.Wait()
	wantServers(t, started)
	deadline := time.After(20 * time.Second)
	for slices.ContainsFunc(started, running.alive) {
		select {
		case <-deadline:
			for _, p := range started {
				if p.alive() {
					t.Errorf("%s, process %d, still runs", p.name, p.pid)
				}
			}
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
	for _, dir := range strings.Fields(folders) { // a killed process can't
		cleanUp(t, dir, nil)
	}
}

// running is a process, told from a later one with the same number by its start.
type running struct {
	pid, parent int
	name, since string
}

func (p running) is(q running) bool { return p.pid == q.pid && p.since == q.since }

func (p running) alive() bool {
	now, ok := lookUp(p.pid)
	return ok && p.is(now)
}

func wantServers(t *testing.T, started []running) {
	t.Helper()
	for _, name := range []string{"dovecot", "imap-login", "master", "smtpd", "postgres"} {
		if !slices.ContainsFunc(started, func(p running) bool { return p.name == name }) {
			t.Errorf("no %s among %v", name, started)
		}
	}
}

// lookUp reads /proc/PID/stat: pid (name) state parent …, the start in field 22. A
// zombie does not run.
func lookUp(pid int) (running, bool) {
	b, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	open, end := bytes.IndexByte(b, '('), bytes.LastIndexByte(b, ')')
	if err != nil || open < 0 || end < open {
		return running{}, false
	}
	fields := strings.Fields(string(b[end+1:]))
	if len(fields) < 20 || fields[0] == "Z" {
		return running{}, false
	}
	parent, err := strconv.Atoi(fields[1])
	return running{pid, parent, string(b[open+1 : end]), fields[19]}, err == nil
}

// descendants are the processes that pid has started, and those that these have.
func descendants(pid int) []running {
	children := map[int][]running{}
	dirs, _ := filepath.Glob("/proc/[0-9]*")
	for _, dir := range dirs {
		n, err := strconv.Atoi(filepath.Base(dir))
		if err != nil {
			continue
		}
		if p, ok := lookUp(n); ok {
			children[p.parent] = append(children[p.parent], p)
		}
	}
	var all []running
	for queue := []int{pid}; len(queue) > 0; queue = queue[1:] {
		for _, p := range children[queue[0]] {
			all = append(all, p)
			queue = append(queue, p.pid)
		}
	}
	return all
}
