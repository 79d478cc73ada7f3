package config_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"batan.go.id/layanan/internal/config"
	"batan.go.id/layanan/internal/strictyaml"
)

// write puts files into a new directory and gives it.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// office is a directory with everything that the sample needs.
func office(t *testing.T, text string) string {
	t.Helper()
	return write(t, map[string]string{
		"layanan.yaml":  text,
		"imap.password": "rahasia imap\n",
		"smtp.password": "rahasia smtp\r\nsecond line\n",
		"db.password":   "p@ss/word\n",
		"empty":         "\nnot in the first line\n",
		"libur.ics":     "BEGIN:VCALENDAR\r\n",
		"sop.yaml":      "id: x\n",
	})
}

func load(t *testing.T, dir string) *config.Config {
	t.Helper()
	cfg, err := config.Load(filepath.Join(dir, "layanan.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

var ignorePos = cmpopts.IgnoreUnexported(config.Config{})

func TestSample(t *testing.T) {
	dir := office(t, config.Sample)
	jakarta, err := time.LoadLocation("Asia/Jakarta")
	if err != nil {
		t.Fatal(err)
	}
	at := func(name string) string { return filepath.Join(dir, name) }
	want := &config.Config{
		Service: config.Service{
			Name: "Layanan BATANnet", Address: "layanan_batannet@batan.go.id", Location: jakarta,
			SecretFile: at("secret.key"), PlusAddressing: true, Operators: []string{"operator@batan.go.id"},
		},
		Database: config.Database{Driver: config.SQLite, Path: at("layanan.db"), URL: "sqlite:" + at("layanan.db"),
			DSN: config.Password(at("layanan.db"))},
		IMAP: config.IMAP{
			Address: "mail.batan.go.id:993", TLS: config.TLSImplicit, Username: "layanan_batannet@batan.go.id",
			PasswordFile: at("imap.password"), Password: "rahasia imap",
			Inbox: "INBOX", Processed: "Diproses", Failed: "Gagal", Poll: time.Minute, Backlog: config.BacklogSkip,
			MaxMessageSize: 25 << 20,
		},
		SMTP: config.SMTP{
			Address: "mail.batan.go.id:587", TLS: config.TLSStartTLS, Username: "layanan_batannet@batan.go.id",
			PasswordFile: at("smtp.password"), Password: "rahasia smtp",
		},
		Roles: map[string][]config.Person{
			"ka_ppiksn": {{Name: "Kepala PPIKSN", Email: "ka.ppiksn@batan.go.id"}},
			"kabid_pjkkd": {
				{Name: "Kepala Bidang PJKKD", Email: "kabid.pjkkd@batan.go.id"},
				{Name: "Pelaksana Harian Kabid PJKKD", Email: "plh.pjkkd@batan.go.id"},
			},
			"kasubbid_pj": {{Name: "Kepala Subbidang PJ", Email: "kasubbid.pj@batan.go.id"}},
			"administrator": {
				{Name: "Administrator Jaringan Satu", Email: "admin1@batan.go.id"},
				{Name: "Administrator Jaringan Dua", Email: "admin2@batan.go.id"},
			},
		},
		RoleOrder: []string{"ka_ppiksn", "kabid_pjkkd", "kasubbid_pj", "administrator"},
		Calendar: config.Calendar{
			Hours:    map[string]string{"mon-thu": "07:30-16:00", "fri": "07:30-16:30"},
			Holidays: []config.Holiday{{Dates: "2026-01-01"}, {Dates: "2026-03-20/2026-03-24"}},
		},
		SOP: "video-konferensi",
		Trust: config.Trust{AuthservID: "mx.batan.go.id", Domains: []string{"batan.go.id"}, DKIM: config.DKIMOff,
			Require: config.RequireToken, Delegation: 90 * 24 * time.Hour},
		Limits: config.Limits{AnswersPerHour: 500, MailsPerSender: 500, UnprovenPerHour: 60},
	}
	sameZone := cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })
	if d := cmp.Diff(want, load(t, dir), ignorePos, sameZone); d != "" {
		t.Errorf("the sample loads as (-want +got):\n%s", d)
	}
}

// shortest has the required keys only.
const shortest = `
service: {address: layanan_batannet@batan.go.id}
imap: {address: "mail.batan.go.id:993", username: layanan_batannet@batan.go.id, password_file: imap.password}
smtp: {address: "mail.batan.go.id:587"}
roles: {ka_ppiksn: [{name: Kepala PPIKSN, email: ka.ppiksn@batan.go.id}]}
`

// TestSampleShowsDefaults takes from the sample what it says is no default, and
// compares with a file that leaves everything out.
func TestSampleShowsDefaults(t *testing.T) {
	dir := office(t, config.Sample)
	want := load(t, dir)
	if err := os.WriteFile(filepath.Join(dir, "layanan.yaml"), []byte(shortest), 0o600); err != nil {
		t.Fatal(err)
	}
	got := load(t, dir)

	want.Service.Operators = nil
	want.SMTP.Username, want.SMTP.PasswordFile, want.SMTP.Password = "", "", ""
	want.Roles = map[string][]config.Person{"ka_ppiksn": want.Roles["ka_ppiksn"]}
	want.RoleOrder = []string{"ka_ppiksn"}
	want.Calendar.Holidays = nil
	want.Trust.AuthservID, want.Limits.UnprovenPerHour = "", 500
	if len(got.Warnings) != 1 || !strings.Contains(got.Warnings[0], "service.operators: nobody is named") {
		t.Errorf("warnings %q, want one about the operators", got.Warnings)
	}
	got.Warnings = nil
	sameZone := cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })
	if d := cmp.Diff(want, got, ignorePos, sameZone); d != "" {
		t.Errorf("defaults (-sample +got):\n%s", d)
	}
}

// Where honest mail can prove itself, others make fewer requests.
func TestUnprovenPerHour(t *testing.T) {
	for trust, want := range map[string]int{
		"":                                  500,
		"trust: {domains: [batan.go.id]}\n": 500,
		"trust: {dkim: 'off'}\n":            500,
		"trust: {dkim: verify}\n":           60,
		"trust: {authserv_id: mx}\n":        60,
		"limits: {unproven_per_hour: 7}\n":  7,
		"limits: {unproven_per_hour: 500}\ntrust: {authserv_id: mx, dkim: verify}\n": 500,
		"limits: {mails_per_sender: 9}\ntrust: {dkim: verify}\n":                     60,
	} {
		dir := office(t, config.Sample)
		if err := os.WriteFile(filepath.Join(dir, "layanan.yaml"), []byte(shortest+trust), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := load(t, dir).Limits.UnprovenPerHour; got != want {
			t.Errorf("%q: %d requests an hour, want %d", trust, got, want)
		}
	}
}

func TestOtherForms(t *testing.T) {
	t.Setenv("LAYANAN_PLUS", "false")
	t.Setenv("LAYANAN_DB_HOST", "db.batan.go.id")
	dir := office(t, edit(t,
		"plus_addressing: true", "plus_addressing: ${LAYANAN_PLUS}",
		"database: sqlite:layanan.db", "database: postgres://layanan@${LAYANAN_DB_HOST}:5432/layanan?sslmode=require",
		"# database_password_file", "database_password_file",
		`hours: {mon-thu: "07:30-16:00", fri: "07:30-16:30"}`, "hours: always",
		"[2026-01-01, 2026-03-20/2026-03-24]", "[{file: libur.ics}]",
		"sop: video-konferensi", "sop: ./sop.yaml",
		"address: mail.batan.go.id:587", "address: '[::1]:25'",
		"tls: starttls", "tls: none",
		"25MiB", "10MB",
		"domains: [batan.go.id]", "domains: [BATAN.go.id, brin.go.id]",
		"delegation: 90d", "delegation: 14d",
		"email: admin2@batan.go.id}", "email: admin2@batan.go.id, also: [Dua@gmail.example, dua@brin.go.id]}",
	))
	cfg := load(t, dir)
	got := map[string]any{
		"plus": cfg.Service.PlusAddressing, "driver": cfg.Database.Driver, "url": cfg.Database.URL,
		"dsn":    string(cfg.Database.DSN),
		"always": cfg.Calendar.Always, "hours": len(cfg.Calendar.Hours), "holiday": cfg.Calendar.Holidays[0].File,
		"sop": cfg.SOP, "sop file": cfg.SOPIsFile, "tls": cfg.SMTP.TLS, "size": cfg.IMAP.MaxMessageSize,
		"domains": strings.Join(cfg.Trust.Domains, " "), "delegation": cfg.Trust.Delegation,
		"also": strings.Join(cfg.Roles["administrator"][1].Also, " "),
	}
	want := map[string]any{
		"plus": false, "driver": config.Postgres,
		"url":    "postgres://layanan@db.batan.go.id:5432/layanan?sslmode=require",
		"dsn":    "postgres://layanan:p%40ss%2Fword@db.batan.go.id:5432/layanan?sslmode=require",
		"always": true, "hours": 0, "holiday": filepath.Join(dir, "libur.ics"),
		"sop": filepath.Join(dir, "sop.yaml"), "sop file": true, "tls": config.TLSNone, "size": int64(10e6),
		"domains": "batan.go.id brin.go.id", "delegation": 14 * 24 * time.Hour, "also": "Dua@gmail.example dua@brin.go.id",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestErrorfNamesThePlace(t *testing.T) {
	cfg := load(t, office(t, config.Sample))
	lines := strings.Split(config.Sample, "\n")
	for key, text := range map[string]string{
		"roles.administrator[1].email": "admin2@batan.go.id",
		"calendar.hours.fri":           `"07:30-16:30"`,
		"calendar.holidays[1]":         "2026-03-20/2026-03-24",
		"trust.domains[0]":             "batan.go.id",
	} {
		var e *strictyaml.Error
		if err := cfg.Errorf(key, "is %s", "odd"); !errors.As(err, &e) {
			t.Fatalf("%s: not an error with a place: %v", key, err)
		}
		if e.Key != key || e.Msg != "is odd" || !strings.HasPrefix(lines[e.Line-1][e.Column-1:], text) {
			t.Errorf("%s: the error is at %q: %v", key, lines[e.Line-1][e.Column-1:], e)
		}
	}
	// An office that is missing is blamed on the roles.
	var e *strictyaml.Error
	if err := cfg.Errorf("roles.sekretaris", "no such office"); !errors.As(err, &e) ||
		!strings.Contains(lines[e.Line-1], "ka_ppiksn:") {
		t.Errorf("absent key: %v", e)
	}
}

func TestPasswordHidesItself(t *testing.T) {
	cfg := load(t, office(t, config.Sample))
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "password", cfg.IMAP.Password, "imap", cfg.IMAP)
	asJSON, err := json.Marshal(cfg.IMAP.Password)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{fmt.Sprintf("%v %+v %#v %s %q", cfg.IMAP, cfg.IMAP, cfg.IMAP, cfg.IMAP.Password,
		cfg.IMAP.Password), log.String(), string(asJSON)} {
		if strings.Contains(s, "rahasia") || !strings.Contains(s, "(hidden)") {
			t.Errorf("the password shows, or its stand-in does not: %s", s)
		}
	}
}

func TestFind(t *testing.T) {
	t.Chdir(t.TempDir())
	if got, err := config.Find("other.yaml"); got != "other.yaml" || err != nil {
		t.Errorf("named file: %q, %v", got, err)
	}
	if _, err := os.Stat("/etc/layanan/layanan.yaml"); err != nil {
		if _, err := config.Find(""); err == nil || !strings.Contains(err.Error(), "--config") {
			t.Errorf("no file: %v", err)
		}
	}
	if err := os.WriteFile("layanan.yaml", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := config.Find(""); got != "layanan.yaml" || err != nil {
		t.Errorf("file in the working directory: %q, %v", got, err)
	}
}

// edit replaces pieces of the sample; each must be there.
func edit(t *testing.T, pairs ...string) string {
	t.Helper()
	text := config.Sample
	for pair := range slices.Chunk(pairs, 2) {
		if !strings.Contains(text, pair[0]) {
			t.Fatalf("the sample does not contain %q", pair[0])
		}
		text = strings.Replace(text, pair[0], pair[1], 1)
	}
	return text
}

// TestSigners: the authorities of signed mail come from several files.
func TestSigners(t *testing.T) {
	one, two := authority(t, "Induk"), authority(t, "BSrE")
	dir := office(t, strings.Replace(config.Sample, "# ca_files: [bsre.pem]", "ca_files: [one.pem, two.pem]", 1))
	pool := x509.NewCertPool()
	for name, der := range map[string][]byte{"one.pem": one, "two.pem": two} {
		text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
		pool.AppendCertsFromPEM(text)
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := load(t, dir).Trust
	if !got.Signers.Equal(pool) || len(got.CAFiles) != 2 || got.CAFiles[0] != filepath.Join(dir, "one.pem") {
		t.Errorf("loads as %+v", got)
	}
}

// authority makes a certificate that signs others.
func authority(t *testing.T, name string) []byte {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, IsCA: true,
		BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, c, c, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}
