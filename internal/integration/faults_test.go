package integration

import (
	"database/sql"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"batan.go.id/layanan/internal/lab"
)

// TestWrongConfiguration shows what the program says to ten kinds of mistake:
// what check prints, and what run prints before it ends or, where time may heal
// the fault, when it first fails.
func TestWrongConfiguration(t *testing.T) {
	t.Parallel()
	d := lab.Dovecot(t, users())
	p := lab.Postfix(t, d)
	locked := lab.Dovecot(t, users(), lab.Rights(layanan, "INBOX", "lr"))
	for _, fault := range []struct {
		name  string
		wrong func(t *testing.T, s *site) // before the file is written
		edit  [2]string                   // in the file
		lives bool                        // run goes on trying
	}{
		{name: "unknown key", edit: [2]string{"poll:", "pol:"}},
		{name: "bad time zone", edit: [2]string{"Asia/Jakarta", "Asia/Jakrata"}},
		{name: "unreachable server", lives: true, wrong: func(t *testing.T, s *site) {
			s.IMAP, s.SMTP = freeAddress(t),
				freeAddress(t)
		}},
		{name: "wrong password", lives: true, wrong: func(t *testing.T, s *site) { s.file(t, "password", "salah\n") }},
		{name: "missing role", edit: [2]string{"  kasubbid_pj:", "  kasubid_pj:"}},
		{name: "bad SOP", wrong: func(t *testing.T, s *site) {
			sop := s.must(t, "sop", "show")
			s.SOP = s.file(t, "sop.yaml", strings.NewReplacer("actor: kasubbid_pj", "actor: kasubid_pj", "to: laporan",
				"to: lapor").Replace(sop))
		}},
		{name: "no holiday file", edit: [2]string{"  hours: always", "  hours: always\n  holidays: [{file: libur.ics}]"}},
		{name: "TLS mismatch", lives: true, wrong: func(_ *testing.T, s *site) { s.IMAP, s.SMTP = d.Addr, p.TLSAddr }},
		{name: "read-only database", wrong: func(t *testing.T, s *site) { s.Database = readOnly(t) }},
		{name: "mailbox without rights", lives: true, wrong: func(t *testing.T, s *site) {
			s.IMAP, s.IMAPTLS, s.SMTPTLS, s.CAFile = locked.Addr, "none", "none", ""
			raw, _ := note{from: pemohon, to: layanan, subject: "Permohonan", body: form("Rapat")}.raw()
			locked.Deliver(t, layanan, raw)
		}},
	} {
		t.Run(fault.name, func(t *testing.T) {
			s := newSite(t, "sqlite:layanan.db", d, p).write(t)
			if fault.wrong != nil {
				fault.wrong(t, s)
			}
			text := s.yaml(t)
			if fault.edit[0] != "" {
				text = strings.Replace(text, fault.edit[0], fault.edit[1], 1)
			}
			s.file(t, "layanan.yaml", text)
			var b strings.Builder
			out, errOut, code := s.run(t, "check")
			fmt.Fprintf(&b, "$ layanan check\n%s%sexit %d\n\n$ layanan run\n", out, errOut, code)
			if fault.lives {
				d := s.start(t)
				l := d.await(t, "what is wrong", func(l logLine) bool { return l.Level == "WARN" || l.Level == "ERROR" })
				d.stop(t)
				fmt.Fprintf(&b, "%s %q error=%q\n(goes on trying)\n", l.Level, l.Msg, l.said())
			} else {
				out, errOut, code := s.run(t, "run")
				fmt.Fprintf(&b, "%s%sexit %d\n", out, errOut, code)
			}
			golden(t, strings.ReplaceAll(fault.name, " ", "-"), s.plain(b.String()))
		})
	}
}

// said is what a line names as the error.
func (l logLine) said() string {
	if l.Error != "" {
		return l.Error
	}
	return l.Err
}

// freeAddress is one at which nobody listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }() // that is the point
	return l.Addr().String()
}

// readOnly is a database whose user may not write. (A file's mode would not keep
// root from writing.)
func readOnly(t *testing.T) string {
	t.Helper()
	url := lab.PostgreSQL(t).Database(t)
	db, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := db.Exec("DROP ROLE pembaca"); err != nil {
			t.Error(err)
		}
		_ = db.Close() // nothing is left to lose
	})
	if _, err := db.ExecContext(t.Context(), "CREATE ROLE pembaca LOGIN"); err != nil {
		t.Fatal(err)
	}
	return strings.Replace(url, "postgres@", "pembaca@", 1)
}

var (
	portPattern = regexp.MustCompile(`127\.0\.0\.1:\d+`)
	labPattern  = regexp.MustCompile(`/lab_\d+`)
	tookPattern = regexp.MustCompile(`\d+\.\d+( \+ \d+\.\d+)+ secs`)
)

// plain takes out what differs from run to run.
func (s *site) plain(text string) string {
	text = strings.ReplaceAll(text, s.dir, "DIR")
	text = tookPattern.ReplaceAllString(text, "SOME secs")
	text = portPattern.ReplaceAllString(text, "127.0.0.1:PORT")
	return labPattern.ReplaceAllString(text, "/NAME")
}

// golden compares with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "faults", name+".golden")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; run with -update if that is right.\ngot:\n%s\nwant:\n%s", path, got, want)
	}
}
