package config_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"batan.go.id/layanan/internal/config"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// wrong lists configurations by what is replaced in the sample. What users are
// told about each is in testdata/wrong.golden.
var wrong = []struct {
	name  string
	edits []string
}{
	{"misspelt key", []string{"  tls: implicit", "  tsl: implicit"}},
	{"misspelt required key is told once", []string{"  address: layanan", "  adress: layanan"}},
	{"misspelt section is told once", []string{"smtp:  ", "smpt:  "}},
	{"unknown key", []string{"  backlog: skip", "  colour: red"}},
	{"duplicate key", []string{"  backlog: skip", "  inbox: INBOX"}},
	{"missing section", []string{"trust:", "service2:", "imap:  ", "x: "}},
	{"missing required keys", []string{"  username: layanan_batannet@batan.go.id  # required", "  # gone"}},
	{"text for a list", []string{"[operator@batan.go.id]", "operator@batan.go.id"}},
	{"list for text", []string{"name: Layanan BATANnet", "name: [Layanan, BATANnet]"}},
	{"text for true or false", []string{"shadow: false", "shadow: no"}},
	{"text for a section", []string{"trust:\n", "trust: all\nx:\n"}},
	{"wrong duration", []string{"poll: 1m", "poll: 60"}},
	{"short duration", []string{"poll: 1m", "poll: 10ms"}},
	{"negative duration", []string{"poll: 1m", "poll: -1m"}},
	{"wrong size", []string{"25MiB", "25 miles"}},
	{"zero size", []string{"25MiB", "0"}},
	{"size beyond all numbers", []string{"25MiB", "9999999999GiB"}},
	{"limits that let nothing through", []string{"answers_per_hour: 500", "answers_per_hour: 0", "mails_per_sender: 500",
		"mails_per_sender: 9999999", "unproven_per_hour: 60", "unproven_per_hour: 0"}},
	{"a limit below none", []string{"unproven_per_hour: 60", "unproven_per_hour: -1"}},
	{"time zone", []string{"Asia/Jakarta", "Asia/Jakrta"}},
	{"the machine's time zone", []string{"Asia/Jakarta", "Local"}},
	{"service address", []string{"address: layanan_batannet@batan.go.id", "address: layanan_batannet"}},
	{"service address with a name", []string{"address: layanan_batannet@batan.go.id",
		"address: Layanan <layanan@batan.go.id>"}},
	{"service address with a plus", []string{"address: layanan_batannet@batan.go.id", "address: layanan+vc@batan.go.id"}},
	{"header in the name", []string{"name: Layanan BATANnet", `name: "Layanan\nBcc: x@y.id"`}},
	{"empty name", []string{"name: Layanan BATANnet", `name: "  "`}},
	{"operator that is the service", []string{"[operator@batan.go.id]", "[Layanan_BATANnet+x@batan.go.id]"}},
	{"operator twice", []string{"[operator@batan.go.id]", "[operator@batan.go.id, Operator@batan.go.id]"}},
	{"secret written here", []string{"secret_file: secret.key", "secret: abc"}},
	{"password written here", []string{"  password_file: imap.password", "  password: rahasia"}},
	{"password file missing", []string{"imap.password", "nowhere.password"}},
	{"password file is a directory", []string{"imap.password", "."}},
	{"password file without a password", []string{"imap.password", "empty"}},
	{"user without password file", []string{"  password_file: smtp.password", "  #"}},
	{"password file without user", []string{"default: none, and then no AUTH", "",
		"  username: layanan_batannet@batan.go.id  # \n  password_file: smtp", "  password_file: smtp"}},
	{"no port", []string{"mail.batan.go.id:993", "mail.batan.go.id"}},
	{"port out of range", []string{"mail.batan.go.id:993", "mail.batan.go.id:99999"}},
	{"host with odd letters", []string{"mail.batan.go.id:993", "'mail_batan!:993'"}},
	{"unknown TLS", []string{"tls: implicit", "tls: ssl"}},
	{"no TLS to another machine", []string{"tls: starttls", "tls: none"}},
	{"no TLS to a name that only looks local", []string{"tls: starttls", "tls: none", "mail.batan.go.id:587",
		"localhost.batan.go.id:587"}},
	{"certificates that are none", []string{"# ca_file: ca.pem", "ca_file: imap.password"}},
	{"same mailbox twice", []string{"failed: Gagal", "failed: inbox"}},
	{"empty mailbox", []string{"processed: Diproses", "processed:"}},
	{"unknown backlog", []string{"backlog: skip", "backlog: all"}},
	{"office without people", []string{"    - {name: Kepala Subbidang PJ, email: kasubbid.pj@batan.go.id}\n", ""}},
	{"no offices", []string{"roles:\n", "roles: {}\nx:\n"}},
	{"person twice", []string{"plh.pjkkd@batan.go.id", "Kabid.PJKKD@batan.go.id"}},
	{"person without address", []string{", email: ka.ppiksn@batan.go.id", ""}},
	{"person with a wrong address", []string{"ka.ppiksn@batan.go.id", "ka.ppiksn@@batan"}},
	{"further address that is another's email", []string{"email: plh.pjkkd@batan.go.id}",
		"email: plh.pjkkd@batan.go.id, also: [Kabid.PJKKD@batan.go.id]}"}},
	{"further address of two", []string{"email: plh.pjkkd@batan.go.id}",
		"email: plh.pjkkd@batan.go.id, also: [satu@gmail.example]}", "email: admin1@batan.go.id}",
		"email: admin1@batan.go.id, also: [Satu@gmail.example]}"}},
	{"further address that is the email", []string{"email: admin1@batan.go.id}",
		"email: admin1@batan.go.id, also: [Admin1@batan.go.id]}"}},
	{"further address twice", []string{"email: admin1@batan.go.id}",
		"email: admin1@batan.go.id, also: [a@gmail.example, A@gmail.example]}"}},
	{"further address that is none", []string{"email: admin1@batan.go.id}",
		"email: admin1@batan.go.id, also: [Admin <a@gmail.example>]}"}},
	{"further address that is the service", []string{"email: admin1@batan.go.id}",
		"email: admin1@batan.go.id, also: [layanan_batannet+x@batan.go.id]}"}},
	{"further address without a list", []string{"email: admin1@batan.go.id}",
		"email: admin1@batan.go.id, also: a@gmail.example}"}},
	{"delegation of hours", []string{"delegation: 90d", "delegation: 2160h"}},
	{"delegation of no time", []string{"delegation: 90d", "delegation: 0d"}},
	{"delegation for ever", []string{"delegation: 90d", "delegation: 99999999d"}},
	{"person that is the service", []string{"admin1@batan.go.id", "layanan_batannet@batan.go.id"}},
	{"hours that are a word", []string{`hours: {mon-thu: "07:30-16:00", fri: "07:30-16:30"}`, "hours: sometimes"}},
	{"no hours", []string{`hours: {mon-thu: "07:30-16:00", fri: "07:30-16:30"}`, "hours: {}"}},
	{"hours that are a list", []string{`fri: "07:30-16:30"`, `fri: ["07:30-16:30"]`}},
	{"holiday that does not exist", []string{"[2026-01-01,", "[2026-02-30,"}},
	{"holidays that end before they begin", []string{"2026-03-20/2026-03-24", "2026-03-24/2026-03-20"}},
	{"holiday file missing", []string{"[2026-01-01,", "[{file: nowhere.ics},"}},
	{"holiday with an unknown key", []string{"[2026-01-01,", "[{fil: libur.ics},"}},
	{"SOP file missing", []string{"sop: video-konferensi", "sop: other.yaml"}},
	{"domain", []string{"[batan.go.id]", "[batan.go.id, '@batan.go.id', batan.go.id]"}},
	{"authserv_id", []string{"authserv_id: mx.batan.go.id", "authserv_id: mx.batan.go.id; dmarc=pass"}},
	{"relays", []string{"# arc_sealers: [relay.example.org]",
		"arc_sealers: [relay.example.org, mx_1!, relay.example.org]"}},
	{"relays without a server", []string{"# arc_sealers", "arc_sealers", "authserv_id: mx.batan.go.id",
		"authserv_id: ''"}},
	{"unknown DKIM", []string{"dkim: off", "dkim: on"}},
	{"unknown requirement", []string{"require: token", "require: tokens"}},
	{"authentication by nobody", []string{"require: token", "require: authenticated", "authserv_id: mx.batan.go.id",
		"authserv_id: ''"}},
	{"signatures of nobody", []string{"require: token", "require: signature"}},
	{"address that may never be named", []string{"# never: [semua@batan.go.id]",
		"never: [semua, a@batan.go.id, A@batan.go.id]"}},
	{"CA file missing, another that is none", []string{"# ca_files: [bsre.pem]", "ca_files: [bsre.pem, imap.password]"}},
	{"CA files that are a word", []string{"# ca_files: [bsre.pem]", "ca_files: bsre.pem"}},
	{"empty name of a CA file", []string{"# ca_files: [bsre.pem]", "ca_files: ['']"}},
	{"shadow without operators", []string{"[operator@batan.go.id]", "[]", "shadow: false", "shadow: true"}},
	{"unknown database", []string{"sqlite:layanan.db", "mysql://root@localhost/x"}},
	{"database without a path", []string{"sqlite:layanan.db", "'sqlite:'"}},
	{"database in memory", []string{"sqlite:layanan.db", "'sqlite::memory:'"}},
	{"database with a relative URL", []string{"sqlite:layanan.db", "sqlite://layanan.db"}},
	{"database with parameters", []string{"sqlite:layanan.db", "sqlite:layanan.db?mode=ro"}},
	{"name too long", []string{"name: Layanan BATANnet", "name: " + strings.Repeat("Layanan ", 40)}},
	{"database in a missing directory", []string{"sqlite:layanan.db", "sqlite:missing/layanan.db"}},
	{"database with a password", []string{"sqlite:layanan.db", "postgres://u:rahasia@db/layanan"}},
	{"database with a password as parameter", []string{"sqlite:layanan.db", "postgres://u@db/layanan?password=rahasia"}},
	{"database without host and name", []string{"sqlite:layanan.db", "postgres://"}},
	{"database URL that is none", []string{"sqlite:layanan.db", "postgres://u:rahasia%@db/layanan"}},
	{"database password for SQLite", []string{"# database_password_file", "database_password_file"}},
	{"variable that is not set", []string{"operator@batan.go.id", "'${LAYANAN_NOT_SET}'"}},
	{"variable with a broken name", []string{"operator@batan.go.id", "'${LAYANAN'"}},
	{"anchor and alias", []string{"name: Layanan BATANnet", "name: &n Layanan", "sop: video-konferensi", "sop: *n"}},
	{"tab", []string{"  backlog: skip", "\tbacklog: skip"}},
	{"indentation", []string{"  backlog: skip", "    backlog: skip"}},
	{"quote left open", []string{"shadow: false", `shadow: "false`}},
	{"all at once", []string{"Asia/Jakarta", "Jakarta", "  tls: implicit", "  tls: ssl", "poll: 1m", "poll: soon",
		"sop: video", "spo: video"}},
}

func TestWrong(t *testing.T) {
	var b strings.Builder
	for _, w := range wrong {
		dir := office(t, edit(t, w.edits...))
		_, err := config.Load(filepath.Join(dir, "layanan.yaml"))
		if err == nil {
			t.Errorf("%s: loads without an error", w.name)
			continue
		}
		told := strings.NewReplacer(dir+string(filepath.Separator), "", dir, "DIR").Replace(err.Error())
		b.WriteString("== " + w.name + "\n" + told + "\n")
	}
	got := b.String()
	golden := filepath.Join("testdata", "wrong.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("what users are told has changed; see it with -update (-want +got):\n%s", d)
	}
	if strings.Contains(got, "rahasia") {
		t.Error("a message shows a password")
	}
}

func TestUnreadable(t *testing.T) {
	for name, want := range map[string]string{
		"nowhere.yaml": "nowhere.yaml: cannot be read: no such file or directory",
		".":            "cannot be read: it is a directory",
	} {
		dir := write(t, nil)
		_, err := config.Load(filepath.Join(dir, name))
		if err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%s: %v, want …%s", name, err, want)
		}
	}
	for text, want := range map[string]string{
		"":                           "layanan.yaml: the file is empty",
		"- a\n":                      "layanan.yaml:1:1: want a mapping, have a list",
		strings.Repeat("#", 1<<20+1): "layanan.yaml: the file is larger than 1 MiB",
	} {
		dir := write(t, map[string]string{"layanan.yaml": text})
		_, err := config.Load(filepath.Join(dir, "layanan.yaml"))
		if err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%.20q: %v, want …%s", text, err, want)
		}
	}
}
