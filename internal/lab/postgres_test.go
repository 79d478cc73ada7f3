package lab_test

import (
	"database/sql"
	"testing"

	"batan.go.id/layanan/internal/lab"
)

func open(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func value(t *testing.T, db *sql.DB, query string) string {
	t.Helper()
	var s string
	if err := db.QueryRow(query).Scan(&s); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return s
}

func TestPostgreSQLDatabases(t *testing.T) {
	p := lab.PostgreSQL(t)
	if p != lab.PostgreSQL(t) {
		t.Error("a second server")
	}
	a, b := open(t, p.Database(t)), open(t, p.Database(t))
	for _, db := range []*sql.DB{a, b} {
		if _, err := db.Exec("CREATE TABLE permohonan (nomor text)"); err != nil {
			t.Error(err)
		}
	}
	if _, err := a.Exec("INSERT INTO permohonan VALUES ('VC-2026-0001')"); err != nil {
		t.Error(err)
	}
	if n := value(t, b, "SELECT count(*) FROM permohonan"); n != "0" {
		t.Errorf("the other database has %s rows", n)
	}
	for setting, want := range map[string]string{"fsync": "on", "synchronous_commit": "on", "server_encoding": "UTF8"} {
		if got := value(t, a, "SHOW "+setting); got != want {
			t.Errorf("%s is %s", setting, got)
		}
	}
}

func TestPostgreSQLDropsDatabases(t *testing.T) {
	p := lab.PostgreSQL(t)
	var dsn string
	t.Run("user", func(t *testing.T) {
		dsn = p.Database(t)
		value(t, open(t, dsn), "SELECT 1")
	})
	if err := open(t, dsn).Ping(); err == nil {
		t.Error("the database is still there")
	}
}

func TestPostgreSQLSurvivesKill(t *testing.T) {
	p := lab.PostgreSQL(t)
	db := open(t, p.Database(t))
	if _, err := db.Exec("CREATE TABLE permohonan AS SELECT 'VC-2026-0001' AS nomor"); err != nil {
		t.Fatal(err)
	}
	p.Kill()
	if err := db.Ping(); err == nil {
		t.Error("answers after Kill")
	}
	p.Restart(t)
	if got := value(t, db, "SELECT nomor FROM permohonan"); got != "VC-2026-0001" {
		t.Errorf("got %q", got)
	}
}
