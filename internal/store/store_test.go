package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"batan.go.id/layanan/internal/lab"
	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(holdFile); path != "" {
		hold(path)
		return
	}
	lab.Main(m)
}

// bed is an empty database to test on.
type bed struct{ driver, dsn string }

func sqliteBed(t testing.TB) *bed {
	return &bed{"sqlite", filepath.Join(t.TempDir(), "layanan.db")}
}

func postgresBed(t testing.TB) *bed { return &bed{"postgres", lab.PostgreSQL(t).Database(t)} }

// both runs a test on either database: what holds on one must hold on the other.
func both(t *testing.T, f func(*testing.T, *bed)) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); f(t, sqliteBed(t)) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); f(t, postgresBed(t)) })
}

// open gives a Store of its own, with the schema up.
func (b *bed) open(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), b.driver, b.dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if _, _, err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.UseKeys(key)
	if _, err := s.Seal(t.Context(), noon); err != nil {
		t.Fatal(err)
	}
	return s
}

var key = []byte("a key for tests, 32 bytes long..")

// daemons gives as many Stores as several daemons would have: SQLite serves one.
func (b *bed) daemons(t testing.TB, n int) []*store.Store {
	all := []*store.Store{b.open(t)}
	for len(all) < n {
		next := all[0]
		if next.Shared() {
			next = b.open(t)
		}
		all = append(all, next)
	}
	return all
}

// raw is a connection behind the Store's back.
func (b *bed) raw(t testing.TB) *rawDB {
	t.Helper()
	source := b.dsn
	if b.driver == "sqlite" {
		source = "file:" + b.dsn + "?_pragma=busy_timeout(10000)"
	}
	db, err := sqlx.Open(b.driver, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return &rawDB{db}
}

type rawDB struct{ *sqlx.DB }

func (r *rawDB) exec(t testing.TB, query string, args ...any) sql.Result {
	t.Helper()
	res, err := r.Exec(r.Rebind(query), args...)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func (r *rawDB) count(t testing.TB, query string, args ...any) int {
	t.Helper()
	var n int
	if err := r.Get(&n, r.Rebind(query), args...); err != nil {
		t.Fatal(err)
	}
	return n
}

// do runs a transaction that must succeed.
func do(t testing.TB, s *store.Store, f func(*store.Tx) error) {
	t.Helper()
	if err := s.InTx(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

// must gives a value that must come without an error.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// noon is the time of the tests, in the microseconds that a database keeps.
var noon = time.Date(2026, 11, 23, 5, 0, 0, 123456000, time.UTC)

func request(number string, visits int) workflow.Request {
	r := workflow.Request{Number: number, State: workflow.Running, Step: "persetujuan", Created: noon,
		Requester: workflow.Person{Name: "Ani", Email: "Ani@batan.go.id"}}
	for range visits {
		r.Visits = append(r.Visits, r.Step)
	}
	return r
}

func entry(event string) workflow.Entry {
	return workflow.Entry{At: noon, Event: event, By: "ani@batan.go.id", Step: "permohonan", Visit: 1, Word: "SETUJU",
		Note: "baik", MessageID: "<1@x>",
		Mail: strings.Repeat("ab", 32), Proof: "token", Rule: "holder ka_ppiksn"}
}

// mail is a queued mail; n orders it in its request's thread to the recipient.
func mail(number, recipient string, n int) store.Mail {
	return store.Mail{Number: number, Recipient: recipient, N: n, Kind: "task", Step: "persetujuan", Visit: 1,
		MessageID: fmt.Sprintf("<%s.%s.%d>", number, recipient, n), Raw: []byte("Subject: " + number + "\r\n\r\nisi\r\n"),
		Created: noon}
}

// register makes n requests through the Store, VC-2026-0001 and on.
func register(t testing.TB, s *store.Store, n int) {
	t.Helper()
	do(t, s, func(tx *store.Tx) error {
		for range n {
			number, err := tx.NextNumber("VC", 2026)
			if err != nil {
				return err
			}
			if err := tx.Save(request(number, 1), []workflow.Entry{entry("registered")}); err != nil {
				return err
			}
		}
		return nil
	})
}

func canceled(t testing.TB) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}

// another is an empty database of the same kind.
func (b *bed) another(t testing.TB) *bed {
	if b.driver == "sqlite" {
		return sqliteBed(t)
	}
	return postgresBed(t)
}
