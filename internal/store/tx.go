package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"
)

// Tx is one transaction. What it is told is gathered and written just before
// the commit; what it is asked reflects what it was told.
type Tx struct {
	s   *Store
	ctx context.Context
	tx  *sqlx.Tx

	requests  map[string]*request // loaded or made in this transaction
	order     []string            // of the requests that changed
	history   []link
	ledger    []LedgerEntry
	outbox    []*Mail
	dead      []DeadLetter
	originals []Original
	counters  map[counterKey]*counter
	purged    []string       // numbers
	left      []any          // numbers of requests that left a step
	answers   map[ration]int // told in this transaction
	handled   map[tally]int  // as the database had it
	unproven  map[time.Time]int
	handed    bool  // a delegation was made, or has ended
	adopting  bool  // somebody answers for what does not hold
	delegated int64 // delegations that were made, less those that were removed
}

// InTx runs f in a transaction and commits what it did, whole or not at all.
// When f fails, nothing remains, and its error is returned.
func (s *Store) InTx(ctx context.Context, f func(*Tx) error) error {
	ctx, cancel := context.WithTimeout(ctx, maxDelay)
	defer cancel()
	if !s.postgres {
		select {
		case s.write <- struct{}{}:
			defer func() { <-s.write }()
		case <-ctx.Done():
			return s.fault(ctx.Err())
		}
	}
	raw, err := s.db.BeginTxx(ctx, nil)
	if err != nil {
		return s.fault(err)
	}
	defer func() { _ = raw.Rollback() }() // does nothing after the commit
	tx := &Tx{s: s, ctx: ctx, tx: raw, requests: map[string]*request{}, counters: map[counterKey]*counter{},
		answers: map[ration]int{}, handled: map[tally]int{}, unproven: map[time.Time]int{}}
	if err := f(tx); err != nil {
		return err
	}
	if err := tx.flush(); err != nil {
		return err
	}
	if err := raw.Commit(); err != nil {
		return s.fault(fmt.Errorf("commit: %w", err))
	}
	s.wake.after(tx)
	return nil
}

// flush writes what was gathered, parents before children.
func (tx *Tx) flush() error {
	for _, write := range []func() error{tx.writeCounters, tx.writeRequests, tx.writeHistory, tx.writeLedger,
		tx.writeOriginals, tx.writeOutbox, tx.dropStale, tx.writeDead, tx.writePurged, tx.writeDelegated, tx.notify} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) exec(query string, args ...any) (sql.Result, error) {
	if err := textual(args); err != nil {
		return nil, err
	}
	stmt, err := tx.s.prepared(tx.ctx, query)
	var res sql.Result
	if err == nil && stmt != nil {
		res, err = tx.tx.StmtxContext(tx.ctx, stmt).ExecContext(tx.ctx, args...)
	} else if err == nil {
		res, err = tx.tx.ExecContext(tx.ctx, tx.s.db.Rebind(query), args...)
	}
	if isUnique(err) {
		return nil, fmt.Errorf("%w (%w)", ErrConflict, err)
	}
	if err != nil {
		return nil, tx.s.fault(err)
	}
	return res, nil
}

// txRows runs a query inside the transaction and scans all its rows.
func txRows[T any](tx *Tx, query string, args ...any) ([]T, error) {
	return find[T](tx.ctx, tx.s, tx.tx, func(stmt *sqlx.Stmt) *sqlx.Stmt { return tx.tx.StmtxContext(tx.ctx, stmt) },
		query, args)
}

// textual refuses strings that PostgreSQL can't keep, on SQLite too.
func textual(args []any) error {
	for _, a := range args {
		if s, ok := a.(string); ok && (!utf8.ValidString(s) || strings.ContainsRune(s, 0)) {
			return errors.New("database: a text that is not UTF-8, or has a NUL in it, can't be kept")
		}
	}
	return nil
}

// maxArgs bounds the placeholders of one statement; SQLite takes 32,766.
const maxArgs = 15_000

// insert writes many rows: head is "INSERT INTO t (a, b)", tail what follows
// the values. PostgreSQL is spared round trips by one statement for many rows,
// SQLite the reading of long statements by a short one for each.
func (tx *Tx) insert(head, tail string, rows [][]any) error {
	atOnce := maxArgs
	if !tx.s.postgres {
		atOnce = 1
	}
	for len(rows) > 0 {
		n := min(len(rows), max(1, atOnce/len(rows[0])))
		group := "(" + strings.Repeat("?, ", len(rows[0])-1) + "?)"
		query := head + " VALUES " + strings.Repeat(group+", ", n-1) + group + tail
		args := make([]any, 0, n*len(rows[0]))
		for _, r := range rows[:n] {
			args = append(args, r...)
		}
		if _, err := tx.exec(query, args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// in makes "(?, ?, ?)" for n values; n must not be 0.
func in(n int) string { return "(" + strings.Repeat("?, ", n-1) + "?)" }

// list turns values into arguments.
func list[T any](values []T) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = v
	}
	return out
}
