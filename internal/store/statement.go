package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/jmoiron/sqlx"
)

// maxStatements bounds what is kept: lists of many lengths make many texts.
const maxStatements = 200

// statements keeps prepared queries, since reading their text costs more than
// running most of them.
type statements struct {
	mu   sync.Mutex
	kept map[string]*sqlx.Stmt // by the text before it is rebound
}

// prepared gives a statement for a query, or nil when it is not worth keeping.
func (s *Store) prepared(ctx context.Context, query string) (*sqlx.Stmt, error) {
	s.statements.mu.Lock()
	defer s.statements.mu.Unlock()
	if stmt := s.statements.kept[query]; stmt != nil || len(s.statements.kept) >= maxStatements || len(query) > 2000 {
		return stmt, nil
	}
	stmt, err := s.db.PreparexContext(ctx, s.db.Rebind(query))
	if err != nil {
		return nil, err
	}
	s.statements.kept[query] = stmt
	return stmt, nil
}

// find runs a query on db, which is the database or a transaction, and scans
// all its rows; in puts a prepared statement into that transaction.
func find[T any](ctx context.Context, s *Store, db sqlx.QueryerContext, in func(*sqlx.Stmt) *sqlx.Stmt, query string,
	args []any) ([]T, error) {
	if err := textual(args); err != nil {
		return nil, err
	}
	var out []T
	stmt, err := s.prepared(ctx, query)
	if err == nil && stmt != nil {
		err = in(stmt).SelectContext(ctx, &out, args...)
	} else if err == nil {
		err = sqlx.SelectContext(ctx, db, &out, s.db.Rebind(query), args...)
	}
	if err != nil && strings.HasPrefix(err.Error(), "sql: Scan error") { // has no type of its own
		err = fmt.Errorf("%w: %w", errUnreadable, err)
	}
	if err != nil {
		return nil, s.fault(err)
	}
	return out, nil
}

// errUnreadable: a column holds what it never should; SQLite keeps any type in any.
var errUnreadable = errors.New("a row can't be read")
