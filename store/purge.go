package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"batan.go.id/layanan/workflow"
)

// Purge says what a purge took out, or would.
type Purge struct {
	Requests    []string // numbers
	Mails       int      // of ours that belong to no request
	DeadLetters int      // settled ones
	Delegations int      // that have ended
}

// purgeBatch is how many requests go into one transaction.
const purgeBatch = 200

// Purge takes personal data out of what ended before an instant: out of
// requests that were closed, with their history, mails in and mails out; and
// all that belongs to no request. The numbers, times, steps, words and hashes
// stay, and every history gets an entry that says so. A dry run changes nothing.
//
// Requests with a mail that has not left yet are passed over.
func (s *Store) Purge(ctx context.Context, before, now time.Time, dryRun bool) (Purge, error) {
	var p Purge
	for last := ""; ; {
		found, err := rows[request](ctx, s, `SELECT number, body FROM requests WHERE state NOT IN ('berjalan', 'menunggu') AND created < ? AND number > ?
			AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.number = requests.number AND o.state IN ('queued', 'sending')) ORDER BY number LIMIT ?`, stamp(before), last, purgeBatch)
		if err != nil {
			return p, err
		}
		var numbers []string
		for _, q := range found {
			var r workflow.Request
			if err := json.Unmarshal([]byte(q.Body), &r); err != nil {
				return p, fmt.Errorf("store: request: %w", err)
			}
			if purgeable(r, before) {
				numbers = append(numbers, q.Number)
			}
			last = q.Number
		}
		if !dryRun && len(numbers) > 0 {
			err = s.InTx(ctx, func(tx *Tx) error { numbers, err = tx.purge(numbers, before, now); return err })
		}
		if err != nil {
			return p, err
		}
		p.Requests = append(p.Requests, numbers...)
		if len(found) < purgeBatch {
			break
		}
	}
	if err := s.sweep(ctx, before, dryRun, &p); err != nil || dryRun {
		return p, err
	}
	return p, s.shred(ctx)
}

func purgeable(r workflow.Request, before time.Time) bool {
	return !r.Open() && r.Purged.IsZero() && r.Closed.Before(before)
}

// purge takes the requests that still may be purged, and gives their numbers.
func (tx *Tx) purge(numbers []string, before, now time.Time) ([]string, error) {
	if err := tx.Load(numbers...); err != nil {
		return nil, err
	}
	for _, number := range numbers {
		r, err := tx.Request(number)
		if err != nil {
			return nil, err
		}
		if !purgeable(r, before) { // taken back meanwhile
			continue
		}
		left, recorded := r.Purge(now)
		if err := tx.Save(left, []workflow.Entry{recorded}); err != nil {
			return nil, err
		}
		tx.purged = append(tx.purged, number)
	}
	return tx.purged, nil
}

// writePurged blanks what the requests' purge leaves to it. It follows the
// entries that record the purge, as the database demands.
func (tx *Tx) writePurged() error {
	if len(tx.purged) == 0 {
		return nil
	}
	those := `number IN ` + in(len(tx.purged))
	for _, query := range []string{
		`UPDATE history SET author = '', note = '', message_id = '', proof = '', salt = '' WHERE ` + those + ` AND event <> '` + workflow.Purged + `'`,
		`UPDATE outbox SET recipient = '', topic = '', mail = '', error = '' WHERE ` + those,
		`UPDATE ledger SET message_id = '' WHERE ` + those,
		`DELETE FROM mails WHERE ` + those,
		`DELETE FROM delegations WHERE ` + those,
	} {
		if _, err := tx.exec(query, list(tx.purged)...); err != nil {
			return err
		}
	}
	return nil
}

// sweep removes what belongs to no request.
func (s *Store) sweep(ctx context.Context, before time.Time, dryRun bool, p *Purge) error {
	return s.InTx(ctx, func(tx *Tx) error {
		for _, t := range []struct {
			of    *int
			table string
		}{
			{&p.Mails, `outbox WHERE number = '' AND created < ? AND state NOT IN ('queued', 'sending')`},
			{&p.DeadLetters, `dead_letters WHERE at < ? AND state <> 'waiting'`},
			{&p.Delegations, `delegations WHERE until < ?`},
		} {
			n, err := txRows[int](tx, `SELECT count(*) FROM `+t.table, stamp(before))
			if err != nil {
				return err
			}
			if *t.of = n[0]; dryRun {
				continue
			}
			if _, err := tx.exec(`DELETE FROM `+t.table, stamp(before)); err != nil {
				return err
			}
		}
		if dryRun {
			return nil
		}
		_, err := tx.exec(`UPDATE ledger SET message_id = '' WHERE handled < ? AND message_id <> ''`, stamp(before))
		return err
	})
}

// shred takes what was deleted out of the file, too. PostgreSQL does so by
// itself (autovacuum).
func (s *Store) shred(ctx context.Context) error {
	if s.postgres {
		return nil
	}
	for _, query := range []string{`VACUUM`, `PRAGMA wal_checkpoint(TRUNCATE)`} {
		if _, err := s.db.ExecContext(ctx, query); err != nil {
			return s.fault(err)
		}
	}
	return nil
}
