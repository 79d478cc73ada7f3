package bench

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"batan.go.id/layanan/internal/lab"
)

const (
	service  = "layanan_batannet@batan.go.id"
	password = "rahasia"
)

var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "layanan-bench-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "layanan")
	out, err := exec.Command("go", "build", "-o", path, "../../cmd/layanan").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	defer func() {
		if path, err := binary(); err == nil {
			_ = os.RemoveAll(filepath.Dir(path))
		}
	}()
	lab.Main(m)
}

// daemon is a running `layanan run`.
type daemon struct {
	cmd *exec.Cmd
	log bytes.Buffer
}

// start runs the daemon against servers; imap and smtp are addresses.
func start(b testing.TB, database, imap, smtp string) *daemon {
	path, err := binary()
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	config := fmt.Sprintf(`service:
  name: Layanan BATANnet
  address: %[1]s
  timezone: Asia/Jakarta
  secret_file: secret.key
  plus_addressing: true
  operators: [operator@batan.go.id]
database: %[2]s
imap:
  address: %[3]s
  tls: none
  username: %[1]s
  password_file: imap.password
  processed: Diproses
  failed: Gagal
  backlog: process
smtp:
  address: %[4]s
  tls: none
roles:
  ka_ppiksn: [{name: Yusi, email: yusi@batan.go.id}]
  kabid_pjkkd: [{name: Rakhmat, email: rakhmat@batan.go.id}]
  kasubbid_pj: [{name: Suratman, email: suratman@batan.go.id}]
  administrator: [{name: Junaidi, email: junaidi@batan.go.id}]
calendar:
  hours: always
trust:
  domains: [batan.go.id]
limits: {unproven_per_hour: 1000000}
`, service, database, imap, smtp)
	for name, text := range map[string]string{"layanan.yaml": config, "imap.password": password + "\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	d := &daemon{cmd: exec.Command(path, "run", "--config", filepath.Join(dir, "layanan.yaml"))}
	d.cmd.Dir = dir
	d.cmd.Stderr = &d.log
	if err := d.cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = d.cmd.Process.Kill(); _ = d.cmd.Wait() })
	return d
}

// stop ends the daemon and gives its CPU time and peak memory.
func (d *daemon) stop(b testing.TB) (cpu time.Duration, peak int64) {
	peak = d.status("VmHWM:")
	_ = d.cmd.Process.Signal(syscall.SIGTERM)
	if err := d.cmd.Wait(); err != nil {
		b.Fatalf("daemon: %v\n%s", err, tail(d.log.String()))
	}
	return d.cmd.ProcessState.UserTime() + d.cmd.ProcessState.SystemTime(), peak
}

// cpu is the CPU time that the daemon has used, all threads, user and system.
func (d *daemon) cpu(b testing.TB) time.Duration {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", d.cmd.Process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	fields := strings.Fields(string(data[bytes.LastIndexByte(data, ')')+1:]))
	var ticks int64
	for _, f := range fields[11:13] { // utime, stime of proc(5), in 1/100 s
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			b.Fatal(err)
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond
}

func tail(s string) string { return s[max(0, len(s)-4000):] }

// status reads a figure in kB of the process, in bytes.
func (d *daemon) status(name string) int64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", d.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	for line := range strings.SplitSeq(string(data), "\n") {
		if rest, ok := strings.CutPrefix(line, name); ok {
			n, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return n << 10
		}
	}
	return 0
}

// sink is Postfix's smtp-sink, which takes mail and throws it away.
type sink struct {
	addr  string
	count atomic.Int64
	bell  chan struct{}
}

var counted = regexp.MustCompile(`mesg=(\d+)`)

func startSink(b testing.TB) *sink {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	s := &sink{addr: l.Addr().String(), bell: make(chan struct{}, 1)}
	l.Close()
	args := []string{"-c", s.addr, "1024"}
	if os.Getuid() == 0 {
		args = append([]string{"-u", "nobody"}, args...)
	}
	cmd := exec.Command("smtp-sink", args...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatalf("smtp-sink (package postfix): %v", err)
	}
	b.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	go func() {
		lines := bufio.NewScanner(out)
		lines.Split(func(data []byte, atEOF bool) (int, []byte, error) {
			if i := bytes.LastIndexByte(data, '\r'); i >= 0 {
				return i + 1, data[:i], nil
			}
			return 0, nil, nil
		})
		for lines.Scan() {
			if all := counted.FindAllStringSubmatch(lines.Text(), -1); len(all) > 0 {
				n, _ := strconv.ParseInt(all[len(all)-1][1], 10, 64)
				s.count.Store(n)
				select {
				case s.bell <- struct{}{}:
				default:
				}
			}
		}
	}()
	for {
		conn, err := net.Dial("tcp", s.addr)
		if err == nil {
			conn.Close()
			return s
		}
	}
}

// await waits until so many mails in all were taken.
func (s *sink) await(b testing.TB, n int64) {
	timeout := time.NewTimer(40 * time.Second)
	defer timeout.Stop()
	for s.count.Load() < n {
		select {
		case <-s.bell:
		case <-timeout.C:
			b.Fatalf("the sink has %d of %d mails", s.count.Load(), n)
		}
	}
}
