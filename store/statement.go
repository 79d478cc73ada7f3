package store

import (
	"context"
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
