package integration

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"text/template"
	"time"

	"batan.go.id/layanan/internal/config"
	"batan.go.id/layanan/internal/lab"
	"batan.go.id/layanan/internal/mailhost"
	"batan.go.id/layanan/internal/store"
)

// The parties of every test.
const (
	layanan  = "layanan@batan.go.id"
	pemohon  = "pemohon@batan.go.id"
	ka       = "ka@batan.go.id"
	ka2      = "ka2@batan.go.id" // deputy of ka
	kabid    = "kabid@batan.go.id"
	kasubbid = "kasubbid@batan.go.id"
	admin1   = "admin1@batan.go.id"
	admin2   = "admin2@batan.go.id"
	operator = "operator@batan.go.id"

	password = `rahasia: "1" #$%`
)

// users gives every party, and others, a mailbox.
func users(others ...string) map[string]string {
	out := map[string]string{}
	for _, u := range append(others, layanan, pemohon, ka, ka2, kabid, kasubbid, admin1, admin2, operator) {
		out[u] = password
	}
	return out
}

// site is one installation: a folder with layanan.yaml and the files it names.
type site struct {
	dir string

	Database           string
	IMAP, IMAPTLS      string
	SMTP, SMTPTLS      string
	SMTPUser           string
	CAFile             string
	Inbox, Backlog     string
	MaxSize            string
	Roles, Team        string
	Operators, SOP     string
	Hours, Poll, Extra string
}

const siteYAML = `service:
  name: Layanan BATANnet
  address: ` + layanan + `
  timezone: Asia/Jakarta
  secret_file: secret.key
  operators: [{{.Operators}}]
database: {{.Database}}
imap:
  address: {{.IMAP}}
  tls: {{.IMAPTLS}}
  username: ` + layanan + `
  password_file: password
{{- with .CAFile}}
  ca_file: {{.}}
{{- end}}
  inbox: {{.Inbox}}
  poll: {{.Poll}}
  backlog: {{.Backlog}}
  max_message_size: {{.MaxSize}}
smtp:
  address: {{.SMTP}}
  tls: {{.SMTPTLS}}
{{- with .SMTPUser}}
  username: {{.}}
  password_file: password
{{- end}}
{{- with .CAFile}}
  ca_file: {{.}}
{{- end}}
roles:
{{.Roles}}
  administrator: [{{.Team}}]
calendar:
  hours: {{.Hours}}
sop: {{.SOP}}
trust:
  domains: [batan.go.id]
{{.Extra}}`

const usualRoles = `  ka_ppiksn: [{name: Kepala, email: ` + ka + `}, {name: Wakil, email: ` + ka2 + `}]
  kabid_pjkkd: [{name: Kabid, email: ` + kabid + `}]
  kasubbid_pj: [{name: Kasubbid, email: ` + kasubbid + `}]`

const (
	oneAdmin  = `{name: Admin Satu, email: ` + admin1 + `}`
	twoAdmins = oneAdmin + `, {name: Admin Dua, email: ` + admin2 + `}`
)

// newSite is an installation on Dovecot and Postfix, over TLS.
func newSite(t *testing.T, database string, d *lab.DovecotServer, p *lab.PostfixServer) *site {
	t.Helper()
	s := bareSite(t, database, d)
	s.IMAP, s.IMAPTLS, s.SMTP, s.SMTPTLS = d.TLSAddr, "implicit", p.SubmissionAddr, "starttls"
	s.SMTPUser, s.CAFile = layanan, d.CAFile
	return s
}

// bareSite reads Dovecot and has yet to be told where to send.
func bareSite(t *testing.T, database string, d *lab.DovecotServer) *site {
	t.Helper()
	s := &site{dir: t.TempDir(), Database: database, IMAP: d.Addr, IMAPTLS: "none", Inbox: "INBOX", Poll: "1m",
		Backlog: "process",
		MaxSize: "25MiB", Roles: usualRoles, Team: twoAdmins, Operators: operator, Hours: "always", SOP: "video-konferensi"}
	s.file(t, "password", password+"\n")
	return s
}

// sinkTo sends to a mail host in this process, in the clear.
func (s *site) sinkTo(h *mailhost.Host) *site {
	s.SMTP, s.SMTPTLS, s.SMTPUser, s.CAFile = h.SMTPAddr, "none", "", ""
	return s
}

func (s *site) file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(s.dir, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// yaml is the configuration as it stands.
func (s *site) yaml(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	if err := template.Must(template.New("").Parse(siteYAML)).Execute(&b, s); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// write puts the configuration in place; call it again after a change.
func (s *site) write(t *testing.T) *site {
	t.Helper()
	s.file(t, "layanan.yaml", s.yaml(t))
	return s
}

func (s *site) config() string { return filepath.Join(s.dir, "layanan.yaml") }

// run runs one command to its end.
func (s *site) run(t *testing.T, args ...string) (out, errOut string, code int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, append([]string{"--config", s.config()}, args...)...)
	var o, e bytes.Buffer
	cmd.Stdout, cmd.Stderr, cmd.Dir = &o, &e, s.dir
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return o.String(), e.String(), cmd.ProcessState.ExitCode()
}

// must is run for a command that has to succeed.
func (s *site) must(t *testing.T, args ...string) string {
	t.Helper()
	out, errOut, code := s.run(t, args...)
	if code != 0 {
		t.Fatalf("layanan %s: exit %d\n%s%s", strings.Join(args, " "), code, out, errOut)
	}
	return out
}

// shown is what requests show --json says.
type shown struct {
	Number, Status, Step, Actor string
	Due, Closed                 *time.Time
	Form                        map[string]any
	History                     []struct{ Event, By, Step, Word, Note, Hash, Proof string }
	Mails                       []struct {
		To, Notice, State, Error string
		MessageID                string `json:"message_id"`
	}
}

// show asks the program itself about a request.
func (s *site) show(t *testing.T, number string) shown {
	t.Helper()
	var r shown
	if err := json.Unmarshal([]byte(s.must(t, "requests", "show", number, "--json")), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// events are the request's history in words.
func (r shown) events() string {
	var out []string
	for _, h := range r.History {
		out = append(out, h.Event)
	}
	return strings.Join(out, " ")
}

// audit fails the test when any history does not verify.
func (s *site) audit(t *testing.T) {
	t.Helper()
	if out := s.must(t, "audit", "verify", "--json"); !strings.Contains(out, `"ok": true`) {
		t.Errorf("audit verify: %s", out)
	}
}

// store opens the site's database beside the daemon, to look at much at once.
func (s *site) store(t *testing.T) *store.Store {
	t.Helper()
	driver, dsn := "postgres", s.Database
	if path, ok := strings.CutPrefix(s.Database, "sqlite:"); ok {
		driver, dsn = "sqlite", filepath.Join(s.dir, path)
	}
	st, err := store.Open(t.Context(), driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() }) // it was only read
	keys, err := config.Secret(filepath.Join(s.dir, "secret.key"))
	if err != nil {
		t.Fatal(err)
	}
	st.UseKeys(keys...)
	return st
}
