package integration

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// daemon is a running layanan run; what it logs is what can be waited for.
type daemon struct {
	cmd  *exec.Cmd
	gone chan struct{} // closed when it has ended

	mu    sync.Mutex
	log   []logLine
	news  chan struct{} // closed and replaced with every line
	taken int           // lines that await has gone past
}

// logLine is one line of the log; Text is the line as it was written.
type logLine struct {
	Level, Msg, Outcome, Request, Error, Err string
	MessageID                                string `json:"message_id"`
	Text                                     string `json:"-"`
}

// start runs the daemon until the test ends, or sooner.
func (s *site) start(t *testing.T) *daemon {
	t.Helper()
	return s.startAs(t, exec.Command(binary, "--config", s.config(), "run", "--log-format", "json"))
}

// startAs is start with a command that becomes the daemon.
func (s *site) startAs(t *testing.T, cmd *exec.Cmd) *daemon {
	t.Helper()
	d := &daemon{cmd: cmd, gone: make(chan struct{}), news: make(chan struct{})}
	d.cmd.Dir = s.dir
	d.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	out, err := d.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		lines := bufio.NewScanner(out)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			d.hear(lines.Text())
		}
		_ = d.cmd.Wait() // how it ended is in ProcessState
		close(d.gone)
	}()
	t.Cleanup(func() {
		d.kill()
		if t.Failed() {
			t.Logf("the daemon said:\n%s", d.tail(25))
		}
	})
	return d
}

func (d *daemon) hear(text string) {
	l := logLine{Text: text}
	if json.Unmarshal([]byte(text), &l) != nil { // a sentence for people
		l = logLine{Text: text}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.log = append(d.log, l)
	close(d.news)
	d.news = make(chan struct{})
}

// lines are all lines so far that match.
func (d *daemon) lines(match func(logLine) bool) []logLine {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []logLine
	for _, l := range d.log {
		if match(l) {
			out = append(out, l)
		}
	}
	return out
}

func (d *daemon) tail(n int) string {
	var out []string
	for _, l := range d.lines(func(logLine) bool { return true }) {
		out = append(out, l.Text)
	}
	return strings.Join(out[max(0, len(out)-n):], "\n")
}

// await waits for the next line that matches, after those awaited before.
func (d *daemon) await(t *testing.T, what string, match func(logLine) bool) logLine {
	t.Helper()
	deadline := time.After(patience)
	for {
		d.mu.Lock()
		news := d.news
		for i := d.taken; i < len(d.log); i++ {
			if match(d.log[i]) {
				d.taken = i + 1
				l := d.log[i]
				d.mu.Unlock()
				return l
			}
		}
		d.mu.Unlock()
		select {
		case <-news:
		case <-d.gone:
			t.Fatalf("the daemon ended instead of saying %s", what)
		case <-deadline:
			t.Fatalf("the daemon did not say %s", what)
		}
	}
}

// says matches lines with a message.
func says(msg string) func(logLine) bool {
	return func(l logLine) bool { return l.Msg == msg }
}

// ready waits until the mailbox is watched.
func (d *daemon) ready(t *testing.T) *daemon {
	t.Helper()
	d.await(t, "that the mailbox is watched", says("mailbox is watched"))
	return d
}

// handled waits until a mail was handled, and gives what was made of it.
func (d *daemon) handled(t *testing.T, messageID string) string {
	t.Helper()
	deadline := time.After(patience)
	for {
		d.mu.Lock()
		news := d.news
		d.mu.Unlock()
		if l := d.lines(func(l logLine) bool { return l.Msg == "mail" && l.MessageID == messageID }); len(l) > 0 {
			return l[0].Outcome
		}
		select {
		case <-news:
		case <-d.gone:
			t.Fatalf("the daemon ended before it handled %s", messageID)
		case <-deadline:
			t.Fatalf("the daemon did not handle %s", messageID)
		}
	}
}

// kill ends the daemon as a crash would.
func (d *daemon) kill() {
	_ = d.cmd.Process.Kill() // it may have ended
	<-d.gone
}

// stop asks the daemon to end, and wants it to do so in order.
func (d *daemon) stop(t *testing.T) {
	t.Helper()
	if err := d.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := d.wait(t); code != 0 {
		t.Fatalf("exit %d after SIGTERM", code)
	}
}

// wait waits for the end and gives the exit code.
func (d *daemon) wait(t *testing.T) int {
	t.Helper()
	select {
	case <-d.gone:
		return d.cmd.ProcessState.ExitCode()
	case <-time.After(patience):
		t.Fatal("the daemon does not end")
		return -1
	}
}

// until asks again and again whether something has come true.
func until(t *testing.T, what string, true func() bool) {
	t.Helper()
	deadline, again := time.After(patience), time.NewTicker(20*time.Millisecond)
	defer again.Stop()
	for !true() {
		select {
		case <-again.C:
		case <-deadline:
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// expect reports a difference.
func expect[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v, want %v", what, fmt.Sprint(got), fmt.Sprint(want))
	}
}
