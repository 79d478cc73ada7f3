package lab

import (
	"crypto/x509"
	"embed"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"text/template"
)

//go:embed conf
var confFiles embed.FS

var confTemplates = template.Must(template.ParseFS(confFiles, "conf/*"))

// writeConf fills in one of the files in conf.
func writeConf(name, path string, data any) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(confTemplates.ExecuteTemplate(f, name, data), f.Close())
}

// DovecotServer is an IMAP and LMTP server with a Maildir for each of its users.
// Mail for user+anything goes to user's INBOX; a Delivered-To header keeps the
// address as it was.
type DovecotServer struct {
	*process
	Addr     string         // IMAP, host:port; STARTTLS offered, plain-text login allowed
	TLSAddr  string         // IMAP over implicit TLS (RFC 8314)
	LMTPAddr string         // LMTP (RFC 2033), for any recipient who is a user
	CA       *x509.CertPool // who signed the server's certificate, for 127.0.0.1 and localhost
	CAFile   string         // the same as a PEM file

	dir   string
	ports *reservation
	users map[string]string
	owner *syscall.Credential // of the mail; nil: the user we run as
	pki   *pki
}

// DovecotOption changes how Dovecot is set up.
type DovecotOption func(*dovecotSetup)

type dovecotSetup struct {
	Dir, CertFile, KeyFile                 string
	InternalUser, InternalGroup, LoginUser string
	MailUID, MailGID                       string
	Root                                   bool
	Chroot                                 string
	Port, TLSPort, LMTPPort                string
	Capabilities                           string
	MaxMailSize                            int64
	rights                                 []mailboxRights
}

type mailboxRights struct{ user, mailbox, rights string }

// Without makes Dovecot not advertise some IMAP capabilities: "MOVE", "UIDPLUS",
// "IDLE" and so on. A client that goes by what is advertised (RFC 9051, 6.1.1) then
// has to do without.
func Without(capabilities ...string) DovecotOption {
	return func(s *dovecotSetup) {
		all := strings.Fields(s.Capabilities)
		if len(all) == 0 {
			all = []string{"IMAP4rev1", "SASL-IR", "LITERAL+", "ID", "ENABLE", "IDLE", "NAMESPACE", "CHILDREN",
				"UNSELECT", "UIDPLUS", "MOVE", "CONDSTORE", "QRESYNC", "ESEARCH", "SPECIAL-USE", "LIST-STATUS"}
		}
		all = slices.DeleteFunc(all, func(c string) bool { return slices.Contains(capabilities, c) })
		s.Capabilities = strings.Join(all, " ")
	}
}

// Rights makes a mailbox, with an ASCII name without blanks, on which the user has
// only the given rights over IMAP, as RFC 4314 letters: "lr" is read-only, "lrwst"
// takes no new mail. Delivery into INBOX by LMTP goes on regardless.
func Rights(user, mailbox, rights string) DovecotOption {
	return func(s *dovecotSetup) { s.rights = append(s.rights, mailboxRights{user, mailbox, rights}) }
}

// MaxMailSize makes IMAP APPEND and LMTP refuse a mail of more than so many bytes.
func MaxMailSize(bytes int64) DovecotOption {
	return func(s *dovecotSetup) { s.MaxMailSize = bytes }
}

// Dovecot starts Dovecot for the duration of the test, with users given as
// address → password. It fails the test when Dovecot 2.3 is not installed.
func Dovecot(t testing.TB, users map[string]string, options ...DovecotOption) *DovecotServer {
	t.Helper()
	var d *DovecotServer
	err := onFreePorts(func() (err error) {
		d, err = newDovecot(users, options)
		if d != nil {
			t.Cleanup(func() { cleanUp(t, d.dir, d.ports) })
		}
		if err != nil {
			return err
		}
		return d.start()
	})
	if err != nil {
		t.Fatal("lab: dovecot:", err)
	}
	d.endAfter(t)
	return d
}

func newDovecot(users map[string]string, options []DovecotOption) (*DovecotServer, error) {
	path, err := program("dovecot")
	if err != nil {
		return nil, err
	}
	if v, err := exec.Command(path, "--version").Output(); err != nil || !strings.HasPrefix(string(v), "2.3.") {
		return nil, fmt.Errorf("version 2.3 is needed, this is %q (%v)", strings.TrimSpace(string(v)), err)
	}
	dir, err := newFolder()
	if err != nil {
		return nil, err
	}
	d := &DovecotServer{dir: dir, users: users}
	if d.pki, err = newPKI(dir); err != nil {
		return d, err
	}
	d.CA, d.CAFile = d.pki.pool, d.pki.caFile
	if d.ports, err = reserve(3); err != nil {
		return d, err
	}
	d.Addr, d.TLSAddr, d.LMTPAddr = d.ports.addrs[0], d.ports.addrs[1], d.ports.addrs[2]
	if err := d.writeFiles(options); err != nil {
		return d, err
	}
	imap, lmtp := greets(d.Addr, "* OK"), greets(d.LMTPAddr, "220 ")
	d.process = &process{
		name: "dovecot",
		argv: []string{path, "-F", "-c", filepath.Join(dir, "dovecot.conf")},
		log:  filepath.Join(dir, "log"),
		stop: syscall.SIGTERM, crash: syscall.SIGKILL,
		ready: func() error { return errors.Join(imap(), lmtp()) },
	}
	return d, nil
}

// writeFiles writes the configuration, the users and an empty Maildir for each.
func (d *DovecotServer) writeFiles(options []DovecotOption) error {
	s := &dovecotSetup{
		Dir: d.dir, CertFile: d.pki.certFile, KeyFile: d.pki.keyFile, Root: isRoot(),
		Port: port(d.Addr), TLSPort: port(d.TLSAddr), LMTPPort: port(d.LMTPAddr),
	}
	for _, o := range options {
		o(s)
	}
	if err := d.identities(s); err != nil {
		return err
	}
	var passwd, acl strings.Builder
	for _, name := range slices.Sorted(maps.Keys(d.users)) {
		if !strings.Contains(name, "@") || name != strings.ToLower(name) {
			return fmt.Errorf("user %q is not an address in small letters", name)
		}
		// Base64, since a password may have a colon.
		fmt.Fprintf(&passwd, "%s:{PLAIN.b64}%s\n", name, base64.StdEncoding.EncodeToString([]byte(d.users[name])))
		if err := d.makeMaildir(name, "INBOX"); err != nil {
			return err
		}
	}
	for _, r := range s.rights {
		if _, known := d.users[r.user]; !known {
			return fmt.Errorf("rights for %s, who is no user", r.user)
		}
		fmt.Fprintf(&acl, "%s user=%s %s\n", r.mailbox, r.user, r.rights)
		if err := d.makeMaildir(r.user, r.mailbox); err != nil {
			return err
		}
	}
	return errors.Join(
		os.WriteFile(filepath.Join(d.dir, "passwd"), []byte(passwd.String()), 0o644),
		os.WriteFile(filepath.Join(d.dir, "acl"), []byte(acl.String()), 0o644),
		writeConf("dovecot.conf", filepath.Join(d.dir, "dovecot.conf"), s))
}

// identities decides who runs the parts of Dovecot: as root the users that Debian
// made for it, else we alone, without chroot.
func (d *DovecotServer) identities(s *dovecotSetup) error {
	if s.Root {
		var err error
		if d.owner, err = credential("mail"); err != nil {
			return err
		}
		s.InternalUser, s.InternalGroup, s.LoginUser = "dovecot", "dovecot", "dovenull"
		s.MailUID, s.MailGID = fmt.Sprint(d.owner.Uid), fmt.Sprint(d.owner.Gid)
		return nil
	}
	me, err := user.Current()
	if err != nil {
		return err
	}
	group, err := user.LookupGroupId(me.Gid)
	if err != nil {
		return err
	}
	s.InternalUser, s.InternalGroup, s.LoginUser = me.Username, group.Name, me.Username
	s.MailUID, s.MailGID = me.Uid, me.Gid
	s.Chroot = "chroot ="
	return nil
}
