package lab

import (
	"crypto/x509"
	"errors"
	"fmt"
	"maps"
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

// PostfixServer is an SMTP server that takes mail for Dovecot's users, with plus
// addresses, and hands it over by LMTP. Unknown users of their domains are refused
// with 550 5.1.1, other domains with 554 5.7.1. While Dovecot is down, Addr takes mail
// and tries again every second or two; the submission ports, which have to ask
// Dovecot about passwords, keep clients waiting.
type PostfixServer struct {
	*process
	Addr           string         // SMTP, host:port; STARTTLS offered, no login
	SubmissionAddr string         // the same with AUTH PLAIN and LOGIN offered, not required (RFC 6409)
	TLSAddr        string         // submission over implicit TLS (RFC 8314)
	CA             *x509.CertPool // the same as Dovecot's
	CAFile         string         // the same as a PEM file

	dir   string
	ports *reservation
}

// PostfixOption changes how Postfix is set up.
type PostfixOption func(*postfixSetup)

type postfixSetup struct {
	Dir, DaemonDir, MetaDir       string
	Port, SubmissionPort, TLSPort string
	CertFile, KeyFile             string
	LMTPAddr, AuthSocket          string
	Domains                       string
	MaxMessageSize                int64
}

// MaxMessageSize is the most bytes that Postfix takes (SIZE, RFC 1870); 50 MiB
// unless set.
func MaxMessageSize(bytes int64) PostfixOption {
	return func(s *postfixSetup) { s.MaxMessageSize = bytes }
}

// Postfix starts Postfix, delivering to d, for the duration of the test. It fails
// the test when Postfix is not installed or we are not root.
func Postfix(t testing.TB, d *DovecotServer, options ...PostfixOption) *PostfixServer {
	t.Helper()
	var p *PostfixServer
	err := onFreePorts(func() (err error) {
		p, err = newPostfix(d, options)
		if p != nil {
			t.Cleanup(func() { cleanUp(t, p.dir, p.ports) })
		}
		if err != nil {
			return err
		}
		return p.start()
	})
	if err != nil {
		t.Fatal("lab: postfix:", err)
	}
	p.endAfter(t)
	return p
}

func newPostfix(d *DovecotServer, options []PostfixOption) (*PostfixServer, error) {
	if !isRoot() {
		return nil, errors.New("needs root, for its queue is shared by several users; run this test as root, as CI does")
	}
	if _, err := program("postfix"); err != nil {
		return nil, err
	}
	dir, err := newFolder()
	if err != nil {
		return nil, err
	}
	p := &PostfixServer{dir: dir, CA: d.CA, CAFile: d.CAFile}
	if p.ports, err = reserve(3); err != nil {
		return p, err
	}
	p.Addr, p.SubmissionAddr, p.TLSAddr = p.ports.addrs[0], p.ports.addrs[1], p.ports.addrs[2]
	s := &postfixSetup{
		Dir: dir, Port: port(p.Addr), SubmissionPort: port(p.SubmissionAddr), TLSPort: port(p.TLSAddr),
		CertFile: d.pki.certFile, KeyFile: d.pki.keyFile,
		LMTPAddr: d.LMTPAddr, AuthSocket: filepath.Join(d.dir, "run", "postfix-login"),
		MaxMessageSize: 50 << 20,
	}
	for _, o := range options {
		o(s)
	}
	if s.DaemonDir, err = builtIn("daemon_directory"); err != nil {
		return p, err
	}
	if s.MetaDir, err = builtIn("meta_directory"); err != nil {
		return p, err
	}
	if err := p.makeFolders(); err != nil {
		return p, err
	}
	if err := p.writeFiles(s, d.users); err != nil {
		return p, err
	}
	p.process = &process{
		name: "postfix",
		argv: []string{filepath.Join(s.DaemonDir, "master"), "-c", filepath.Join(dir, "etc")},
		log:  filepath.Join(dir, "log"),
		stop: syscall.SIGTERM, crash: syscall.SIGKILL,
		ready: greets(p.Addr, "220 "),
	}
	return p, nil
}

// makeFolders makes the folders of queue and data, with the owners that Postfix's own
// postfix-files names.
func (p *PostfixServer) makeFolders() error {
	postfix, err := credential("postfix")
	if err != nil {
		return err
	}
	postdrop, err := user.LookupGroup("postdrop")
	if err != nil {
		return err
	}
	drop, err := strconv.Atoi(postdrop.Gid)
	if err != nil {
		return err
	}
	folders := func(mode os.FileMode, uid, gid int, names ...string) error {
		var errs []error
		for _, name := range names {
			path := filepath.Join(p.dir, name)
			errs = append(errs, os.Mkdir(path, mode), os.Chown(path, uid, gid), os.Chmod(path, mode))
		}
		return errors.Join(errs...)
	}
	own := int(postfix.Uid)
	return errors.Join(
		folders(0o755, 0, 0, "etc", "spool", "spool/pid"),
		folders(0o700, own, 0, "data", "spool/active", "spool/bounce", "spool/corrupt", "spool/defer", "spool/deferred",
			"spool/flush", "spool/hold", "spool/incoming", "spool/private", "spool/saved", "spool/trace"),
		folders(0o710, own, drop, "spool/public"),
		folders(0o730, own, drop, "spool/maildrop"))
}

// writeFiles writes the configuration and the list of users.
func (p *PostfixServer) writeFiles(s *postfixSetup, users map[string]string) error {
	var list strings.Builder
	domains := map[string]bool{}
	for _, address := range slices.Sorted(maps.Keys(users)) {
		fmt.Fprintf(&list, "%s ok\n", address)
		domains[address[strings.LastIndexByte(address, '@')+1:]] = true
	}
	s.Domains = strings.Join(slices.Sorted(maps.Keys(domains)), " ")
	etc := filepath.Join(p.dir, "etc")
	err := errors.Join(
		os.WriteFile(filepath.Join(etc, "users"), []byte(list.String()), 0o644),
		writeConf("main.cf", filepath.Join(etc, "main.cf"), s),
		writeConf("master.cf", filepath.Join(etc, "master.cf"), s))
	// Postfix takes a file of the last seconds as still being written, and waits.
	old := time.Now().Add(-time.Hour)
	for _, name := range []string{"users", "main.cf", "master.cf"} {
		err = errors.Join(err, os.Chtimes(filepath.Join(etc, name), old, old))
	}
	return err
}

// builtIn asks Postfix where it was installed to.
func builtIn(setting string) (string, error) {
	postconf, err := program("postconf")
	if err != nil {
		return "", err
	}
	out, err := exec.Command(postconf, "-dh", setting).Output()
	return strings.TrimSpace(string(out)), err
}
