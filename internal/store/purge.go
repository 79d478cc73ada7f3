package store

import (
	"context"
	"slices"
	"time"

	"batan.go.id/layanan/workflow"
)

// Purge says what a purge took out, or would.
type Purge struct {
	Requests    []string // numbers
	Mails       int      // of ours that belong to no request
	DeadLetters int      // settled ones
	Delegations int      // that have ended
	Forms       int      // that wait to be confirmed, or were
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
	for last, n := "", purgeBatch; n == purgeBatch; {
		ended, err := rows[string](ctx, s, `SELECT number FROM requests WHERE NOT (`+notEnded+
			`) AND created < ? AND number > ? ORDER BY number LIMIT ?`,
			stamp(before), last, purgeBatch)
		if err != nil {
			return p, err
		}
		if n = len(ended); n == 0 {
			break
		}
		last = ended[n-1]
		err = s.InTx(ctx, func(tx *Tx) error {
			numbers, err := tx.purgeable(ended, before)
			if err == nil && !dryRun {
				err = tx.purge(numbers, now)
			}
			p.Requests = append(p.Requests, numbers...)
			return err
		})
		if err != nil {
			return p, err
		}
	}
	if err := s.sweep(ctx, before, dryRun, &p); err != nil || dryRun {
		return p, err
	}
	return p, s.shred(ctx)
}

// purgeable locks requests and gives the numbers of those that were closed
// before the instant, have nothing on its way and were not purged yet.
func (tx *Tx) purgeable(numbers []string, before time.Time) ([]string, error) {
	if err := tx.Load(numbers...); err != nil {
		return nil, err
	}
	unsent, err := txRows[string](tx, `SELECT DISTINCT number FROM outbox WHERE number IN `+in(len(numbers))+
		` AND state IN ('queued', 'sending')`, list(numbers)...)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(numbers, func(number string) bool {
		r := tx.requests[number].value
		return r.Open() || !r.Closed.Before(before) || !r.Purged.IsZero() || slices.Contains(unsent, number)
	}), nil
}

// purge takes people out of the requests; writePurged does the rest.
func (tx *Tx) purge(numbers []string, now time.Time) error {
	for _, number := range numbers {
		left, recorded := tx.requests[number].value.Purge(now)
		var err error
		if recorded.Note, err = tx.residue(number); err != nil {
			return err
		}
		if err := tx.Save(left, []workflow.Entry{recorded}); err != nil {
			return err
		}
	}
	tx.purged = numbers
	return nil
}

// residue is what a purge notes of the entries of the first schemas, whose
// hashes can't be computed once their personal part is gone; "" without any.
func (tx *Tx) residue(number string) (string, error) {
	found, err := txRows[dbEntry](tx, `SELECT `+historyColumns+
		` FROM history WHERE number = ? AND personal = '' ORDER BY seq`, number)
	note := ""
	for _, d := range found {
		note = residue(note, &link{d.entry(), number})
	}
	return note, err
}

// residue adds an entry to a note: a digest of what is left of it.
func residue(note string, l *link) string {
	return hashOf(note, []any{l.Number, l.Seq, l.Stamp(), l.Event, l.Step, l.Visit, l.Word, l.Hash})
}

// writePurged blanks what the requests' purge leaves to it. It follows the
// entries that record the purge, as the database demands.
func (tx *Tx) writePurged() error {
	if len(tx.purged) == 0 {
		return nil
	}
	those := `number IN ` + in(len(tx.purged))
	for _, query := range []string{
		`UPDATE history SET author = '', note = '', message_id = '', proof = '', form = '', salt = '' WHERE ` + those +
			` AND event <> '` + workflow.Purged + `'`,
		`UPDATE outbox SET recipient = '', topic = '', mail = '', error = '' WHERE ` + those,
		`UPDATE ledger SET message_id = '', sender = '' WHERE ` + those,
		`DELETE FROM mails WHERE ` + those,
	} {
		if _, err := tx.exec(query, list(tx.purged)...); err != nil {
			return err
		}
	}
	return tx.undelegate(those, list(tx.purged)...)
}

// undelegate removes delegations, and counts those that were made by us.
func (tx *Tx) undelegate(those string, args ...any) error {
	gone, err := txRows[delegationRow](tx, `DELETE FROM delegations WHERE `+those+` RETURNING `+delegationColumns,
		args...)
	for _, r := range gone {
		if tx.trust(tx.s.keyring().judgeDelegation(&r)) {
			tx.delegated--
		}
	}
	return err
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
			{&p.Forms, `forms WHERE created < ?`},
		} {
			n, err := txRows[int](tx, `SELECT count(*) FROM `+t.table, stamp(before))
			if err != nil {
				return err
			}
			if *t.of = n[0]; dryRun {
				continue
			}
			if t.of == &p.Delegations {
				err = tx.undelegate(`until < ?`, stamp(before))
			} else {
				_, err = tx.exec(`DELETE FROM `+t.table, stamp(before))
			}
			if err != nil {
				return err
			}
		}
		if dryRun {
			return nil
		}
		_, err := tx.exec(`UPDATE ledger SET message_id = '', sender = '' WHERE handled < ? AND (message_id <> '' OR sender <> '')`, stamp(before))
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
