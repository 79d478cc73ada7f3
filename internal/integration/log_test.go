package integration

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"batan.go.id/layanan/internal/lab"
)

// TestLogKeepsSecrets lets the daemon meet refused passwords, its own mails and
// mails that try to write its log, and reads all that it said.
func TestLogKeepsSecrets(t *testing.T) {
	t.Parallel()
	d := lab.Dovecot(t, users())
	p := lab.Postfix(t, d)
	s := newSite(t, lab.PostgreSQL(t).Database(t), d, p).write(t)

	s.file(t, "password", "sandi-yang-salah\n")
	refused := s.start(t)
	refused.await(t, "that the mailbox is not watched", says("mailbox is not watched; trying again"))
	refused.stop(t)
	s.file(t, "password", password+"\n")

	daemon := s.start(t).ready(t)
	o := newOffice(t, d, p)
	number := o.file("Rapat anggaran")
	task := o.take(ka, "task", number)
	d.Deliver(t, layanan, task.raw) // our own mail, whose Message-ID has a live token
	forging := answer(task, "isi-surat-rahasia")
	forging.headers = "Resent-Message-ID: <x>\r\n"
	raw, id := forging.raw()
	const forged = "=?utf-8?q?x=0A=7B=22level=22:=22ERROR=22,=22msg=22:=22palsu=22=7D?="
	raw = []byte(strings.Replace(string(raw), id, forged+"\r\n\t{\"level\":\"ERROR\",\"msg\":\"palsu\"}\u202e"+id, 1))
	d.Deliver(t, layanan, raw)
	o.take(ka, "unrecognised", number)
	o.reply(task, "SETUJU")
	o.take(kabid, "task", number)
	daemon.stop(t)

	key, err := os.ReadFile(filepath.Join(s.dir, "secret.key"))
	if err != nil {
		t.Fatal(err)
	}
	token := regexp.MustCompile(`(?i)vc-\d{4}-\d{4}-[a-z2-7]{20}`)
	for _, l := range append(refused.lines(all), daemon.lines(all)...) {
		var record struct{ Level, Msg string }
		if err := json.Unmarshal([]byte(l.Text), &record); err != nil || record.Level == "" || record.Msg == "palsu" {
			t.Errorf("no line of ours: %s", l.Text)
		}
		for _, secret := range []string{"sandi-yang-salah", "#$%", strings.TrimSpace(string(key)), "isi-surat-rahasia",
			"\u202e"} {
			if strings.Contains(l.Text, secret) {
				t.Errorf("the log tells %q: %s", secret, l.Text)
			}
		}
		if token.MatchString(l.Text) {
			t.Errorf("the log tells a token: %s", l.Text)
		}
	}
	if own := daemon.lines(func(l logLine) bool { return l.Outcome == "ignore own-mail" }); len(own) != 1 ||
		!strings.Contains(own[0].MessageID, "…") {
		t.Errorf("our own mail: %+v", own)
	}
}

func all(logLine) bool { return true }
