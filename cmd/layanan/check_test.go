package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/mailhost"
	"batan.go.id/layanan/workflow"
)

// letterOf is a mail with Authentication-Results, from the top.
func letterOf(from string, results ...string) string {
	var b strings.Builder
	for _, r := range results {
		b.WriteString("Authentication-Results: " + r + "\r\n")
	}
	return b.String() + "From: " + from +
		"\r\nTo: layanan@batan.go.id\r\nSubject: Surat\r\nMIME-Version: 1.0\r\n\r\nIsi.\r\n"
}

// TestCheckLearnsWhoVouches: the last mails say whether trust.authserv_id is
// the name that our server writes.
func TestCheckLearnsWhoVouches(t *testing.T) {
	t.Parallel()
	const ani, pass = "ani@batan.go.id", "; dmarc=pass header.from=batan.go.id"
	for name, c := range map[string]struct {
		trust string
		mails map[string]int // and how often each
		warns bool
		want  []string
	}{
		"all": {"authserv_id: mx.batan.go.id", map[string]int{letterOf(ani, "mx.batan.go.id"+pass): 3}, false,
			[]string{"of the last 3 mails, 3 are from batan.go.id; mx.batan.go.id stands on 3 of them and proves the sender " +
				"of 3"}},
		"case, version and folds": {"authserv_id: MX.batan.go.id",
			map[string]int{letterOf(ani, "mx.BATAN.go.id 1;\r\n\tdmarc=pass"): 2}, false,
			[]string{"MX.batan.go.id stands on 2 of them and proves the sender of 2"}},
		"some": {"authserv_id: mx.batan.go.id", map[string]int{letterOf(ani, "mx.batan.go.id"+pass): 5, letterOf(ani): 2,
			letterOf("x@example.com", "mx.batan.go.id; dmarc=fail"): 4}, false,
			[]string{"of the last 11 mails, 7 are from batan.go.id; mx.batan.go.id stands on 5 of them and proves the sender " +
				"of 5; such as the other 2 have to bring a task's code"}},
		"another name": {"authserv_id: mx.batan.go.id",
			map[string]int{letterOf(ani, "mail.batan.go.id"+pass, "gw; spf=pass"): 3, letterOf(ani, "gw; spf=pass"): 1}, true,
			[]string{"layanan.yaml:", "trust.authserv_id: mx.batan.go.id stands on none of the last 4 mails",
				"stand results of gw (4), mail.batan.go.id (3)"}},
		"only on others' mails": {"authserv_id: mx.batan.go.id",
			map[string]int{letterOf(ani, "in.batan.go.id"+pass): 3, letterOf("x@example.com", "mx.batan.go.id; dmarc=pass"): 2},
			true,
			[]string{"of the last 5 mails, 3 are from batan.go.id, and mx.batan.go.id stands on none of them",
				"in.batan.go.id (3)"}},
		"proves nobody": {"authserv_id: mx.batan.go.id",
			map[string]int{letterOf(ani, "mx.batan.go.id; spf=pass smtp.mailfrom=batan.go.id"): 3}, true,
			[]string{"stands on 3 of them, but never with dmarc=pass"}},
		"none at all": {"authserv_id: mx.batan.go.id", map[string]int{letterOf(ani): 3}, true,
			[]string{"stands on none of the last 3 mails, so it proves nothing"}},
		"Microsoft's": {"authserv_id: mx.batan.go.id",
			map[string]int{letterOf(ani, "spf=pass (sender IP is 1.2.3.4) smtp.mailfrom=x; dmarc=pass"): 2}, true,
			[]string{"so it proves nothing"}},
		"no mail of the office": {"authserv_id: mx.batan.go.id",
			map[string]int{letterOf("x@example.com", "mx.batan.go.id; dmarc=pass"): 2, letterOf("MAILER-DAEMON@batan.go.id"): 1,
				letterOf("layanan@batan.go.id"): 1}, false,
			[]string{"of the last 4 mails, 0 are from batan.go.id: nothing can be said of mx.batan.go.id"}},
		"empty": {"authserv_id: mx.batan.go.id", nil, false,
			[]string{"there are no mails yet: nothing can be said of mx.batan.go.id"}},
		"more than enough": {"authserv_id: mx.batan.go.id",
			map[string]int{letterOf(ani, "mx.batan.go.id"+pass): 210}, false, []string{"of the last 200 mails, 200 are from"}},
		"not set": {"domains: [batan.go.id]",
			map[string]int{letterOf(ani, "mx.batan.go.id"+pass): 2}, true,
			[]string{"trust.authserv_id: not set: no mail proves who sent it",
				"(of the last 2 mails, 2 are from batan.go.id; on them stand results of mx.batan.go.id (2)"}},
		"DKIM instead": {"dkim: verify", map[string]int{letterOf(ani): 2}, false,
			[]string{"2 are from batan.go.id; they prove themselves by DKIM alone"}},
		"a name to play with the terminal": {"authserv_id: mx.batan.go.id",
			map[string]int{letterOf(ani, "\x1b[2Jmx\u202e; spf=pass"): 2}, true, []string{"so it proves nothing"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, host := hosted(t, "trust: {"+c.trust+"}\n")
			for raw, n := range c.mails {
				for range n {
					if err := host.Deliver("x@example.com", "layanan@batan.go.id", []byte(raw)); err != nil {
						t.Fatal(err)
					}
				}
			}
			out := d.must("check")
			for _, want := range c.want {
				if !strings.Contains(out, want) {
					t.Errorf("it lacks %q:\n%s", want, out)
				}
			}
			if warned := strings.Contains(out, "trust.authserv_id: "); warned != c.warns ||
				strings.ContainsAny(out, "\x1b\u202e") {
				t.Errorf("warns: %v\n%s", warned, out)
			}
			for _, raw := range host.Messages("layanan@batan.go.id", "INBOX") {
				if strings.Contains(string(raw), "Diproses") {
					t.Error("moved")
				}
			}
		})
	}
}

// hosted is a desk with a mail host that works.
func hosted(t *testing.T, rest string) (*desk, *mailhost.Host) {
	t.Helper()
	host, err := mailhost.Start(map[string]string{"layanan@batan.go.id": "rahasia"}, mailhost.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = host.Close() })
	d := newDesk(t)
	text := strings.NewReplacer("layanan_batannet@batan.go.id", "layanan@batan.go.id", "username: layanan,",
		"username: layanan@batan.go.id,",
		`imap: {address: "127.0.0.1:1"`, `imap: {address: "`+host.IMAPAddr+`"`, `smtp: {address: "127.0.0.1:1"`,
		`smtp: {address: "`+host.SMTPAddr+`"`).Replace(deskConfig) + rest
	if err := os.WriteFile(filepath.Join(d.dir, "layanan.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return d, host
}

// TestCheckWarns: slips are told apart from what is right and what fails, and
// exit 0; in JSON, too.
func TestCheckWarns(t *testing.T) {
	t.Parallel()
	d, _ := hosted(t, "trust: {authserv_id: mx.batan.go.id}\n")
	path := filepath.Join(d.dir, "layanan.yaml")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	wrong := strings.NewReplacer("suratman@batan.go.id", "suratman@gmail.example", "junaidi@batan.go.id",
		"yusi@batan.go.id").Replace(string(text))
	if err := os.WriteFile(path, []byte(wrong), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(d.dir, "imap.password"), 0o644); err != nil {
		t.Fatal(err)
	}
	want := []string{"roles.kasubbid_pj[0].email: suratman@gmail.example acts for an office and is outside " +
		"trust.domains (batan.go.id)",
		"roles.administrator[0].email: yusi@batan.go.id is in two offices, ka_ppiksn and administrator",
		"calendar.holidays: none falls before ", "every user of this machine can read it (mode 0644)"}
	out := d.must("check")
	for _, w := range want {
		found := 0
		for line := range strings.Lines(out) {
			if strings.HasPrefix(line, "warning ") && strings.Contains(line, "  note    ") && strings.Contains(line, w) {
				found++
			}
		}
		if found != 1 {
			t.Errorf("it says %q %d times:\n%s", w, found, out)
		}
	}
	var findings []finding
	if err := json.Unmarshal([]byte(d.must("check", "--json")), &findings); err != nil {
		t.Fatal(err)
	}
	for _, w := range want {
		found := 0
		for _, f := range findings {
			if f.Check == "warning" && f.OK && strings.Contains(f.Text, w) {
				found++
			}
		}
		if found != 1 {
			t.Errorf("JSON says %q %d times", w, found)
		}
	}
}

// TestWorkDays: a holiday within three months is enough, one outside is none.
func TestWorkDays(t *testing.T) {
	now := time.Date(2026, 9, 1, 10, 0, 0, 0, time.UTC)
	for day, none := range map[string]bool{"2026-09-01": false, "2026-10-15": false, "2026-11-30": false,
		"2026-12-25": true, "2026-08-17": true, "2025-10-15": true} {
		date, err := workflow.ParseHolidayDates(day)
		if err != nil {
			t.Fatal(err)
		}
		hours, err := workflow.ParseHours(map[string]string{"mon-fri": "08:00-16:00"})
		if err != nil {
			t.Fatal(err)
		}
		cal, err := workflow.NewCalendar(time.UTC, hours, workflow.Holidays{date[0]: ""})
		if err != nil {
			t.Fatal(err)
		}
		if until := workDays(cal, now); until.IsZero() == none {
			t.Errorf("with %s only: %s", day, fmt.Sprint(until))
		}
	}
}
