package store_test

import (
	"errors"
	"testing"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"golang.org/x/sync/errgroup"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/migrations"
)

func (b *bed) connect(t testing.TB) *store.Store {
	t.Helper()
	s := must(store.Open(t.Context(), b.driver, b.dsn))(t)
	s.UseKeys(key)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// known are the migrations of this program.
func known(t testing.TB) []*goose.Source {
	return must(goose.NewProvider(database.DialectSQLite3, sqliteBed(t).raw(t).DB.DB, migrations.FS,
		goose.WithGoMigrations(migrations.AppendOnly(false))))(t).ListSources()
}

// newest is the version of the schema that this program knows.
func newest(t testing.TB) int64 {
	all := known(t)
	return all[len(all)-1].Version
}

func TestMigrateFromEmptyAndAgain(t *testing.T) {
	last := newest(t)
	both(t, func(t *testing.T, b *bed) {
		s := b.connect(t)
		for i, from := range []int64{0, last} {
			got, to, err := s.Migrate(t.Context())
			if got != from || to != last || err != nil {
				t.Errorf("%d: from %d to %d, %v", i, got, to, err)
			}
		}
		register(t, s, 1)
	})
}

func TestConcurrentMigrators(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		var g errgroup.Group
		for range 4 {
			s := b.connect(t)
			g.Go(func() error { _, _, err := s.Migrate(t.Context()); return err })
		}
		if err := g.Wait(); err != nil {
			t.Fatal(err)
		}
		if n := b.raw(t).count(t, `SELECT count(*) FROM goose_db_version WHERE version_id > 0`); n != len(known(t)) {
			t.Errorf("%d migrations were applied", n)
		}
		register(t, b.open(t), 1)
	})
}

func TestNewerSchemaIsRefused(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		now := map[string]string{"sqlite": "datetime('now')", "postgres": "now()"}[b.driver]
		b.raw(t).exec(t, `INSERT INTO goose_db_version (version_id, is_applied, tstamp) VALUES (99, `+
			map[string]string{"sqlite": "1", "postgres": "TRUE"}[b.driver]+`, `+now+`)`)
		from, to, err := s.Migrate(t.Context())
		if !errors.Is(err, store.ErrNewer) || from != 99 || to != newest(t) {
			t.Errorf("from %d to %d, %v", from, to, err)
		}
	})
}

func TestMigrationsGoDownAndUp(t *testing.T) {
	dialects := map[string]goose.Dialect{"sqlite": database.DialectSQLite3, "postgres": database.DialectPostgres}
	both(t, func(t *testing.T, b *bed) {
		s, raw := b.open(t), b.raw(t)
		do(t, s, everything)
		p := must(goose.NewProvider(dialects[b.driver], raw.DB.DB, migrations.FS,
			goose.WithGoMigrations(migrations.AppendOnly(b.driver == "postgres"))))(t)
		must(p.DownTo(t.Context(), 0))(t)
		tables := map[string]string{
			"sqlite":   `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'goose_%'`,
			"postgres": `SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'goose_%'`,
		}[b.driver]
		if n := raw.count(t, tables); n != 0 {
			t.Errorf("%d tables are left", n)
		}
		must(p.Up(t.Context()))(t)
		do(t, s, everything)
	})
}
