package store_test

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/store"
)

const password = "r4hasia-sekali"

// tryAll does what a start does, and gives the first error.
func tryAll(ctx context.Context, driver, dsn string) error {
	s, err := store.Open(ctx, driver, dsn)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	if _, _, err := s.Migrate(ctx); err != nil {
		return err
	}
	return s.Check(ctx)
}

// One clear sentence that names the database and not its password.
func expectSentence(t *testing.T, what string, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Errorf("%s: no error", what)
		return
	}
	said := err.Error()
	for _, part := range append(parts, "database ") {
		if !strings.Contains(said, part) {
			t.Errorf("%s: %q does not say %q", what, said, part)
		}
	}
	if strings.Contains(said, "r4h") || strings.Contains(said, "sekali") || strings.Contains(said, "\n") ||
		len(said) > 300 {
		t.Errorf("%s: %q", what, said)
	}
	t.Logf("%s: %s", what, said)
}

func TestSQLiteThatCannotBeUsed(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("This is no database. ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	cut := filepath.Join(dir, "sub", "layanan.db")
	for _, c := range []struct{ what, path, want string }{
		{"missing directory", cut, "can't open or create the file"},
		{"a directory", dir, "can't open or create the file"},
		{"not a database", text, "no SQLite database"},
	} {
		expectSentence(t, c.what, tryAll(t.Context(), "sqlite", c.path), c.path, c.want)
	}
}

func TestReadOnlyPostgreSQL(t *testing.T) {
	b := postgresBed(t)
	b.open(t)
	raw := b.raw(t)
	raw.exec(t, `CREATE ROLE pembaca LOGIN`)
	raw.exec(t, `GRANT SELECT ON ALL TABLES IN SCHEMA public TO pembaca`)
	t.Cleanup(func() { raw.exec(t, `DROP OWNED BY pembaca`); raw.exec(t, `DROP ROLE pembaca`) })
	dsn := strings.Replace(b.dsn, "postgres@", "pembaca@", 1)
	expectSentence(t, "no right to write", tryAll(t.Context(), "postgres", dsn), "permission denied")
}

func TestPostgreSQLThatCannotBeUsed(t *testing.T) {
	b := postgresBed(t)
	u := must(url.Parse(b.dsn))(t)
	raw := b.raw(t)
	with := func(change func(*url.URL)) string {
		c := *u
		c.User = url.UserPassword("postgres", password)
		change(&c)
		return c.String()
	}
	raw.exec(t, `CREATE ROLE orang LOGIN PASSWORD 'lain'`)
	t.Cleanup(func() { raw.exec(t, `DROP ROLE orang`) })
	for _, c := range []struct{ what, dsn, want string }{
		{"unreachable", with(func(u *url.URL) { u.Host = "127.0.0.1:1" }), "connection refused"},
		{"no such database", with(func(u *url.URL) { u.Path = "/tiada" }), "tiada"},
		{"no such user", with(func(u *url.URL) { u.User = url.UserPassword("siapa", password) }), "siapa"},
		{"no TLS", with(func(u *url.URL) { u.RawQuery = "sslmode=require" }), "SSL"},
		{"password as a parameter",
			with(func(u *url.URL) { u.Host = "127.0.0.1:1"; u.RawQuery = "sslmode=disable&password=" + password }),
			"connection refused"},
		{"no right to create", with(func(u *url.URL) { u.User = url.UserPassword("orang", password) }), "permission denied"},
		{"a URL that can't be read", "postgres://postgres:" + password + "%zz@127.0.0.1:1/x", "can't be read"},
		{"a slash in the password", "postgres://postgres:" + password + "/x@127.0.0.1:1/x", "can't be read"},
		{"words instead of a URL", "host=127.0.0.1 port=1 password=" + password, "can't be read"},
	} {
		expectSentence(t, c.what, tryAll(t.Context(), "postgres", c.dsn), c.want)
	}
}

func TestWrongPassword(t *testing.T) {
	b := postgresBed(t)
	raw := b.raw(t)
	raw.exec(t, `CREATE ROLE tamu LOGIN PASSWORD 'lain'`)
	t.Cleanup(func() { raw.exec(t, `DROP ROLE tamu`) })
	var rules string
	if err := raw.Get(&rules, `SHOW hba_file`); err != nil {
		t.Fatal(err)
	}
	were := must(os.ReadFile(rules))(t)
	rewrite := func(text string) {
		if err := os.WriteFile(rules, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		raw.exec(t, `SELECT pg_reload_conf()`)
	}
	rewrite("host all tamu 127.0.0.1/32 scram-sha-256\n" + string(were))
	t.Cleanup(func() { rewrite(string(were)) })

	dsn := strings.Replace(b.dsn, "postgres@", "tamu:"+password+"@", 1)
	var err error
	for until := time.Now().Add(30 * time.Second); time.Now().Before(until); { // the server takes a moment to reload
		if err = tryAll(t.Context(), "postgres", dsn); err != nil && strings.Contains(err.Error(), "password") {
			break
		}
	}
	expectSentence(t, "wrong password", err, `password authentication failed for user "tamu"`)
}

func TestCheckLeavesNoTrace(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s, raw := b.open(t), b.raw(t)
		if err := s.Check(t.Context()); err != nil {
			t.Error(err)
		}
		if n := raw.count(t, `SELECT count(*) FROM counters`); n != 0 {
			t.Errorf("%d counters", n)
		}
		if err := s.Check(canceled(t)); !errors.Is(err, context.Canceled) {
			t.Errorf("canceled: %v", err)
		}
	})
}

// Any path that a file can have, SQLite's URL syntax notwithstanding.
func TestOddPaths(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for _, path := range []string{filepath.Join(dir, "a b?c#d%20e&f.db"), "relatif.db", "a:b.db", "é.db"} {
		if err := tryAll(t.Context(), "sqlite", path); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
	}
}
