package migrations

import (
	"context"
	"database/sql"
	_ "embed"

	"github.com/pressly/goose/v3"
)

//go:embed appendonly/sqlite.sql
var appendOnlySQLite string

//go:embed appendonly/postgres.sql
var appendOnlyPostgres string

const (
	dropSQLite = `DROP TRIGGER history_update; DROP TRIGGER history_delete; DROP TRIGGER history_replace;
		DROP TRIGGER anchors_update; DROP TRIGGER anchors_delete; DROP TRIGGER anchors_replace`
	dropPostgres = `DROP TRIGGER history_update ON history; DROP TRIGGER history_delete ON history; DROP TRIGGER history_truncate ON history;
		DROP TRIGGER anchors_update ON anchors; DROP TRIGGER anchors_truncate ON anchors; DROP FUNCTION history_update; DROP FUNCTION append_only`
)

// AppendOnly is the migration that forbids to change or delete what history
// and anchors hold. The one thing allowed is a purge: to blank the personal
// part of an entry, all of it and nothing else, after the purge was recorded
// in that history. Triggers are what the two databases spell differently.
func AppendOnly(postgres bool) *goose.Migration {
	up, down := appendOnlySQLite, dropSQLite
	if postgres {
		up, down = appendOnlyPostgres, dropPostgres
	}
	return goose.NewGoMigration(4, run(up), run(down))
}

func run(statements string) *goose.GoFunc {
	return &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, statements)
		return err
	}}
}
