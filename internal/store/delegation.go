package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"batan.go.id/layanan/workflow"
)

// Delegate records a delegation and gives it an id. The clock is told when it
// begins and when it has ended, unless it is for one request alone.
func (tx *Tx) Delegate(d workflow.Delegation) (workflow.Delegation, error) {
	if err := tx.s.keyed(); err != nil {
		return d, err
	}
	d.ID, d.From, d.Until, d.Recorded = newID(), micro(d.From), micro(d.Until), micro(d.Recorded)
	row, err := newDelegationRow(d)
	if err != nil {
		return d, err
	}
	row.Seal = tx.s.keyring().seal("delegation", row.content()...)
	next := d.From
	if d.Request != "" {
		next = time.Time{}
	}
	tx.handed, tx.delegated = true, tx.delegated+1
	_, err = tx.exec(`INSERT INTO delegations (id, until, number, body, next, seal) VALUES (?, ?, ?, ?, ?, ?)`, row.ID,
		row.Until, row.Number, row.Body, stamp(next), row.Seal)
	return d, err
}

// delegationRow is a delegation as the database has it, but for when the clock
// next speaks of it.
type delegationRow struct {
	ID     string `db:"id"`
	Until  stamp  `db:"until"`
	Number string `db:"number"`
	Body   string `db:"body"`
	Seal   string `db:"seal"`
}

const delegationColumns = `id, until, number, body, seal`

func newDelegationRow(d workflow.Delegation) (delegationRow, error) {
	body, err := marshal(d)
	return delegationRow{ID: d.ID, Until: stamp(d.Until), Number: d.Request, Body: body}, err
}

func (r *delegationRow) content() []any { return []any{r.ID, r.Until.text(), r.Number, r.Body} }

func (k keyring) judgeDelegation(r *delegationRow) judgement {
	return k.judge(r.Seal, "delegation", r.content()...)
}

// writeDelegated states how many delegations there are.
func (tx *Tx) writeDelegated() error {
	if tx.delegated == 0 {
		return nil
	}
	return tx.count(factDelegations, tx.delegated)
}

// Delegations are those that have not ended by now.
func (s *Store) Delegations(ctx context.Context, now time.Time) ([]workflow.Delegation, error) {
	found, err := rows[delegationRow](ctx, s, delegationsSQL, stamp(now))
	return s.delegations(found, err)
}

// Delegations are those that have not ended by now, as the transaction sees them.
func (tx *Tx) Delegations(now time.Time) ([]workflow.Delegation, error) {
	found, err := txRows[delegationRow](tx, delegationsSQL, stamp(now))
	return tx.s.delegations(found, err)
}

const delegationsSQL = `SELECT ` + delegationColumns + ` FROM delegations WHERE until IS NULL OR until > ? ORDER BY id`

// DueDelegation locks the first delegation that begins or has ended by now and
// of which nobody has told yet; false when there is none.
func (tx *Tx) DueDelegation(now time.Time) (workflow.Delegation, bool, error) {
	due, err := txRows[delegationRow](tx, `SELECT `+delegationColumns+
		` FROM delegations WHERE next <= ? ORDER BY next, id LIMIT 20`+tx.s.forUpdate(true), stamp(now))
	found, err := tx.s.delegations(due, err)
	if err != nil || len(found) == 0 {
		return workflow.Delegation{}, false, err
	}
	return found[0], true, nil
}

// Tell sets when the clock next has something to say of a delegation; zero: never.
func (tx *Tx) Tell(id string, next time.Time) error {
	_, err := tx.exec(`UPDATE delegations SET next = ? WHERE id = ?`, stamp(next), id)
	return err
}

// EndDelegation ends a delegation at an instant, when it would run on;
// ErrNotFound when there is none that would.
func (tx *Tx) EndDelegation(id string, at time.Time) (workflow.Delegation, error) {
	found, err := tx.running(`id = ?`, id, at)
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("delegation %s: %w", id, ErrNotFound)
	}
	if err != nil {
		return workflow.Delegation{}, err
	}
	return tx.endDelegation(&found[0], at, at)
}

// EndDelegationsFor ends those for one request alone, of which nobody need be
// told: it is over.
func (tx *Tx) EndDelegationsFor(number string, at time.Time) error {
	found, err := tx.running(`number = ?`, number, at)
	for i := range found {
		if err == nil {
			_, err = tx.endDelegation(&found[i], at, time.Time{})
		}
	}
	return err
}

// running locks the delegations that a condition picks and that would run on
// after an instant.
func (tx *Tx) running(those, arg string, at time.Time) ([]delegationRow, error) {
	if err := tx.s.keyed(); err != nil {
		return nil, err
	}
	return txRows[delegationRow](tx, `SELECT `+delegationColumns+` FROM delegations WHERE `+those+
		` AND (until IS NULL OR until > ?)`+tx.s.forUpdate(false), arg, stamp(at))
}

// endDelegation sets when a delegation ends, and when the clock tells of it.
func (tx *Tx) endDelegation(was *delegationRow, at, next time.Time) (workflow.Delegation, error) {
	var d workflow.Delegation
	if err := json.Unmarshal([]byte(was.Body), &d); err != nil {
		return d, fmt.Errorf("store: delegation: %w", err)
	}
	d.Until = micro(at)
	row, err := newDelegationRow(d)
	if err != nil {
		return d, err
	}
	if row.Seal = was.Seal; tx.trust(tx.s.keyring().judgeDelegation(was)) {
		row.Seal = tx.s.keyring().seal("delegation", row.content()...)
	}
	tx.handed = true
	_, err = tx.exec(`UPDATE delegations SET until = ?, body = ?, next = ?, seal = ? WHERE id = ?`, row.Until, row.Body,
		stamp(next), row.Seal, d.ID)
	return d, err
}

// delegations are those that we wrote: with the key at hand, one whose seal does
// not hold gives nobody an office. The audit tells of it.
func (s *Store) delegations(found []delegationRow, err error) ([]workflow.Delegation, error) {
	if err != nil {
		return nil, err
	}
	var out []workflow.Delegation
	for i := range found {
		if s.keyed() == nil && !s.terms().trust(s.keyring().judgeDelegation(&found[i])) {
			continue
		}
		var d workflow.Delegation
		if err := json.Unmarshal([]byte(found[i].Body), &d); err != nil {
			return nil, fmt.Errorf("store: delegation: %w", err)
		}
		out = append(out, d)
	}
	return out, nil
}
