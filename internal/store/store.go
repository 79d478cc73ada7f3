package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"github.com/pressly/goose/v3/lock"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"batan.go.id/layanan/migrations"
)

// Sentinels that callers decide by.
var (
	ErrNotFound = errors.New("not found")
	ErrConflict = errors.New("conflict: somebody else did it first")
	ErrBusy     = errors.New("another daemon is using this database file")
	ErrNewer    = errors.New("the database was made by a newer version")
)

// Store is an open database. It is safe for concurrent use.
type Store struct {
	db       *sqlx.DB
	postgres bool
	path     string        // of the SQLite file
	dsn      string        // of the PostgreSQL server
	write    chan struct{} // SQLite: holds the one writer, so that others wait without polling
	wake     wakes

	statements statements
	keys       atomic.Pointer[keyring]
	next       atomic.Pointer[keyring] // put into force by Seal
	allowed    atomic.Pointer[terms]   // by the last Seal
}

// Open opens a database: driver "sqlite" with a file's path, or "postgres"
// with a lib/pq URL. It connects, but does not migrate.
func Open(ctx context.Context, driver, dsn string) (*Store, error) {
	s := &Store{postgres: driver == "postgres", write: make(chan struct{}, 1), wake: newWakes(),
		statements: statements{kept: map[string]*sqlx.Stmt{}}}
	source := dsn
	if s.postgres {
		s.dsn = dsn
	} else {
		s.path = dsn
		source = "file:" + (&url.URL{Path: dsn}).EscapedPath() +
			"?_pragma=journal_mode(WAL)&_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)&_txlock=immediate"
	}
	u, err := url.Parse(source)
	// the driver's words would quote the password
	if err != nil || s.postgres && u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return nil, s.fault(errors.New("its URL can't be read"))
	}
	if s.postgres { // one round trip a query instead of two
		q := u.Query()
		q.Set("binary_parameters", "yes")
		u.RawQuery = q.Encode()
		source = u.String()
	}
	db, err := sqlx.Open(driver, source)
	if err != nil {
		return nil, s.fault(err)
	}
	s.db = db
	db.SetMaxOpenConns(16)
	db.SetMaxIdleConns(16)
	if err := db.PingContext(ctx); err != nil {
		_ = db.Close()
		return nil, s.fault(err)
	}
	return s, nil
}

// fault is an error of the database, with its name.
func (s *Store) fault(err error) error {
	return fmt.Errorf("database %s: %w", s.name(), explain(err))
}

// name is the database without what may be secret in its URL.
func (s *Store) name() string {
	if !s.postgres {
		return s.path
	}
	u, err := url.Parse(s.dsn)
	if err != nil || u.Host == "" {
		return "postgres"
	}
	return (&url.URL{Scheme: u.Scheme, User: url.User(u.User.Username()), Host: u.Host, Path: u.Path}).String()
}

// explain puts a driver's words into ours where they say too little.
func explain(err error) error {
	var e *sqlite.Error
	if errors.As(err, &e) {
		switch e.Code() & 0xff {
		case sqlite3.SQLITE_CANTOPEN:
			return fmt.Errorf("can't open or create the file: %w", err)
		case sqlite3.SQLITE_READONLY:
			return fmt.Errorf("the database is read-only: %w", err)
		case sqlite3.SQLITE_NOTADB:
			return fmt.Errorf("the file is no SQLite database: %w", err)
		}
	}
	var p *pq.Error
	if errors.As(err, &p) {
		switch p.Code {
		case "25006":
			return fmt.Errorf("the database is read-only: %w", err)
		case "42501":
			return fmt.Errorf("the database user may not write: %w", err)
		}
	}
	return err
}

// Close closes the database.
func (s *Store) Close() error { return s.db.Close() }

// Migrate brings the schema up, safely while others do so too; it returns the
// versions before and after. A schema newer than the program is refused.
func (s *Store) Migrate(ctx context.Context) (from, to int64, err error) {
	p, err := s.provider()
	if err != nil {
		return 0, 0, err
	}
	known := p.ListSources()[len(p.ListSources())-1].Version
	if from, err = p.GetDBVersion(ctx); err != nil {
		return 0, 0, s.fault(err)
	}
	if from > known {
		return from, known, s.fault(fmt.Errorf("it has schema %d, this program knows %d: %w", from, known, ErrNewer))
	}
	for at := from; at < known; {
		if _, err = p.Up(ctx); err == nil {
			break
		}
		now, errNow := p.GetDBVersion(ctx)
		if errNow != nil || now <= at {
			return from, at, s.fault(fmt.Errorf("migrate: %w", err))
		}
		at = now // on SQLite another process may be quicker; see what it has left to do
	}
	return from, known, nil
}

func (s *Store) provider() (*goose.Provider, error) {
	triggers := goose.WithGoMigrations(migrations.AppendOnly(s.postgres))
	if !s.postgres {
		return goose.NewProvider(database.DialectSQLite3, s.db.DB, migrations.FS, triggers)
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300)) // try every second, for 5 minutes
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(database.DialectPostgres, s.db.DB, migrations.FS, triggers, goose.WithSessionLocker(locker))
}

// Check makes sure that the database can be written to; it leaves no trace.
func (s *Store) Check(ctx context.Context) error {
	errUndo := errors.New("undo")
	err := s.InTx(ctx, func(tx *Tx) error {
		_, err := tx.exec(`INSERT INTO counters (prefix, year, last) VALUES ('check', 0, 0) ON CONFLICT (prefix, year) DO UPDATE SET last = 0`)
		if err != nil {
			return err
		}
		return errUndo
	})
	if errors.Is(err, errUndo) {
		return nil
	}
	return err
}

// forUpdate is appended to a SELECT whose rows will be changed.
func (s *Store) forUpdate(skipLocked bool) string {
	switch {
	case !s.postgres:
		return ""
	case skipLocked:
		return " FOR UPDATE SKIP LOCKED"
	}
	return " FOR UPDATE"
}

// isUnique reports whether a unique constraint refused a row.
func isUnique(err error) bool {
	var p *pq.Error
	if errors.As(err, &p) {
		return p.Code == "23505"
	}
	var e *sqlite.Error
	return errors.As(err, &e) && (e.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE ||
		e.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
}

// rows runs a query outside a transaction and scans all its rows.
func rows[T any](ctx context.Context, s *Store, query string, args ...any) ([]T, error) {
	return find[T](ctx, s, s.db, func(stmt *sqlx.Stmt) *sqlx.Stmt { return stmt }, query, args)
}

// maxDelay bounds how long a transaction may take before it is given up.
const maxDelay = 2 * time.Minute
