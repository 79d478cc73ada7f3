package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/config"
	"batan.go.id/layanan/internal/limits"
	"batan.go.id/layanan/internal/store"
)

const deskConfig = `
service:
  address: layanan_batannet@batan.go.id
  operators: [operator@batan.go.id]
imap: {address: "127.0.0.1:1", tls: none, username: layanan, password_file: imap.password}
smtp: {address: "127.0.0.1:1", tls: none}
roles:
  ka_ppiksn: [{name: Yusi, email: yusi@batan.go.id}]
  kabid_pjkkd: [{name: Rakhmat, email: rakhmat@batan.go.id}]
  kasubbid_pj: [{name: Suratman, email: suratman@batan.go.id}]
  administrator: [{name: Junaidi, email: junaidi@batan.go.id}]
limits: {answers_per_hour: 7}
`

// desk is an operator's: a configuration, its database, and the commands.
type desk struct {
	t     *testing.T
	dir   string
	store *store.Store
}

func newDesk(t *testing.T) *desk {
	d := &desk{t: t, dir: t.TempDir()}
	for name, text := range map[string]string{"layanan.yaml": deskConfig, "imap.password": "rahasia\n"} {
		if err := os.WriteFile(filepath.Join(d.dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d.must("migrate")
	var err error
	if d.store, err = store.Open(t.Context(), "sqlite", filepath.Join(d.dir, "layanan.db")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.store.Close() })
	keys, err := config.Secret(filepath.Join(d.dir, "secret.key"))
	if err != nil {
		t.Fatal(err)
	}
	d.store.UseKeys(keys...)
	return d
}

func (d *desk) run(args ...string) (code int, out, errOut string) {
	var o, e bytes.Buffer
	code = run(d.t.Context(), append([]string{"--config", filepath.Join(d.dir, "layanan.yaml")}, args...),
		strings.NewReader(""), &o, &e)
	return code, o.String(), e.String()
}

func (d *desk) must(args ...string) string {
	d.t.Helper()
	code, out, errOut := d.run(args...)
	if code != 0 {
		d.t.Fatalf("%q: exit %d, %s", args, code, errOut)
	}
	return out
}

func (d *desk) refused(code int, want string, args ...string) {
	d.t.Helper()
	if got, _, errOut := d.run(args...); got != code || !strings.Contains(errOut, want) {
		d.t.Errorf("%q: exit %d, %q; want %d, %q", args, got, errOut, code, want)
	}
}

// bury puts a mail among the dead letters and gives its id.
func (d *desk) bury(reason, from, text string) string {
	d.t.Helper()
	raw := fmt.Sprintf("From: %s\r\nTo: layanan_batannet@batan.go.id\r\nMessage-ID: "+
		"<%s.%d@mail>\r\nAuthentication-Results: mx; dmarc=pass\r\nSubject: Surat\r\n\r\n%s", from, reason, len(text), text)
	if err := d.store.InTx(d.t.Context(), func(tx *store.Tx) error {
		tx.Bury(store.DeadLetter{At: time.Now(), Reason: reason, Sender: from, Subject: "Surat", Raw: []byte(raw)})
		return nil
	}); err != nil {
		d.t.Fatal(err)
	}
	waiting := d.waiting("--reason", reason, "--from", from)
	return waiting[len(waiting)-1]
}

// waiting are the ids of the dead letters that a list shows.
func (d *desk) waiting(args ...string) (ids []string) {
	d.t.Helper()
	var list []struct{ ID string }
	if err := json.Unmarshal([]byte(d.must(append([]string{"dead-letters", "list", "--json"}, args...)...)),
		&list); err != nil {
		d.t.Fatal(err)
	}
	for _, l := range list {
		ids = append(ids, l.ID)
	}
	return ids
}

const deskForm = "Nama: Ani Lestari\r\nNIP: 19850217 201012 2 003\r\nUnit Kerja: PSTNT\r\nKegiatan: Rapat " +
	"%d\r\nTanggal: 14 Desember 2099 pukul 09.00\r\n"

func TestDeadLetterCommands(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	expectWaiting := func(want int, args ...string) {
		t.Helper()
		if got := d.waiting(args...); len(got) != want {
			t.Errorf("%d wait (%q), want %d", len(got), args, want)
		}
	}
	var flood []string
	for i := range 3 {
		flood = append(flood, d.bury("flood", "ani@batan.go.id", fmt.Sprintf(deskForm, i)))
	}
	d.bury("flood", "budi@batan.go.id", "Halo")
	junk := d.bury("unknown-sender", "promo@example.com", "Beli sekarang")
	status := d.bury("no-such-request", "ani@batan.go.id", "Status")
	expectWaiting(6)
	expectWaiting(4, "--reason", "flood")
	expectWaiting(4, "--from", "ANI@batan.go.id")
	if got := d.must("dead-letters", "show", junk); !strings.Contains(got, "Beli sekarang") {
		t.Errorf("%s", got)
	}

	d.refused(2, "name an id", "dead-letters", "retry")
	d.refused(2, "not both", "dead-letters", "discard", junk, "--reason", "flood")
	d.refused(1, "no dead letter", "dead-letters", "discard", "ffff")
	d.refused(1, "unknown-sender", "dead-letters", "retry", junk)
	if got := d.must("dead-letters", "retry", flood[0], "--dry-run"); !strings.Contains(got, "make a request") {
		t.Errorf("%s", got)
	}
	expectWaiting(6)
	if got := d.must("dead-letters", "retry", "--reason", "flood", "--from", "ani@batan.go.id"); got != "file VC-"+year()+
		"-0001\nfile VC-"+year()+"-0002\nfile VC-"+year()+"-0003\n" {
		t.Errorf("%s", got)
	}
	expectWaiting(3)

	number := "vc-" + year() + "-0002"
	d.refused(1, "no request has the number VC-1999-0001", "dead-letters", "assign", status, "VC-1999-0001")
	if got := d.must("dead-letters", "assign", status, number, "--dry-run"); !strings.Contains(got, "hand it to request "+
		strings.ToUpper(number)) {
		t.Errorf("%s", got)
	}
	if got := d.must("dead-letters", "assign", status, number); got != "follow: taken STATUS "+
		strings.ToUpper(number)+"\n" {
		t.Errorf("%s", got)
	}
	mails, err := d.store.Mails(t.Context(), strings.ToUpper(number))
	if err != nil || len(mails) != 3 || mails[2].Kind != "status" || mails[2].Recipient != "ani@batan.go.id" {
		t.Errorf("%+v, %v", mails, err)
	}
	d.must("dead-letters", "assign", junk, number) // a stranger's word moves nothing
	if r, err := d.store.Request(t.Context(), strings.ToUpper(number)); err != nil || r.Step != "persetujuan" {
		t.Errorf("%+v, %v", r, err)
	}

	d.must("dead-letters", "discard", "--reason", "flood", "--why", "uji coba")
	expectWaiting(0)
	if got := d.must("dead-letters", "list", "--all", "--json"); strings.Count(got, `"why": "uji coba"`) != 1 ||
		strings.Count(got, `"state": "retried"`) != 5 {
		t.Errorf("%s", got)
	}
}

// An assignment proves nothing: what several might have sent stays dead.
func TestAssignTrustsNobody(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.must("dead-letters", "retry", d.bury("flood", "ani@batan.go.id", fmt.Sprintf(deskForm, 1)))
	number := "VC-" + year() + "-0001"
	for from, want := range map[string]string{
		"yusi@batan.go.id, rakhmat@batan.go.id": "several-senders",
		"":                                      "no-sender",
		"yusi@batan.go.id\r\nAuto-Submitted: auto-replied": "auto-reply",
	} {
		d.refused(1, want, "dead-letters", "assign", d.bury("x", from, "SETUJU"), number)
	}
	d.must("dead-letters", "assign", d.bury("y", "yusi@batan.go.id", "SETUJU"), number) // nothing trusts that header
	mails, err := d.store.Mails(t.Context(), number)
	if err != nil || mails[len(mails)-1].Kind != "confirm" {
		t.Errorf("%+v, %v", mails, err)
	}
	if r, err := d.store.Request(t.Context(), number); err != nil || r.Step != "persetujuan" {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestFuseCommands(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	if got := d.must("fuse"); got != "whole: 0 answers in the past hour, limit 7\n" {
		t.Errorf("%s", got)
	}
	blow := time.Now().Add(time.Hour)
	if err := d.store.InTx(t.Context(), func(tx *store.Tx) error {
		_,
			err := tx.Mark("fuse", blow, time.Now())
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if got := d.must("fuse", "status"); !strings.HasPrefix(got, "blown: ") {
		t.Errorf("%s", got)
	}
	var f struct {
		Blown bool
		Until time.Time
		Limit int
	}
	if err := json.Unmarshal([]byte(d.must("fuse", "status", "--json")), &f); err != nil || !f.Blown ||
		f.Until.Sub(blow).Abs() > time.Second || f.Limit != 7 {
		t.Errorf("%+v, %v", f, err)
	}
	d.must("fuse", "reset")
	if got := d.must("fuse"); got != "whole: 0 answers in the past hour, limit 7\n" {
		t.Errorf("%s", got)
	}
}

// The limits of the configuration and those of the bot have the same defaults.
func TestLimitsReachTheBot(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	w := &world{ctx: t.Context(), config: filepath.Join(d.dir, "layanan.yaml")}
	cfg, err := w.load()
	if err != nil {
		t.Fatal(err)
	}
	o, err := loadOffice(cfg)
	if err != nil {
		t.Fatal(err)
	}
	if want := (limits.Limits{MailsPerSender: limits.Usual.MailsPerSender, AnswersPerHour: 7,
		UnprovenPerHour: limits.Usual.UnprovenPerHour}); o.Limits != want {
		t.Errorf("%+v, want %+v", o.Limits, want)
	}
}

func year() string { return time.Now().In(time.FixedZone("WIB", 7*60*60)).Format("2006") }
