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
	d.ID, d.From, d.Until, d.Recorded = newID(), micro(d.From), micro(d.Until), micro(d.Recorded)
	body, err := marshal(d)
	if err != nil {
		return d, err
	}
	next := d.From
	if d.Request != "" {
		next = time.Time{}
	}
	tx.handed = true
	_, err = tx.exec(`INSERT INTO delegations (id, until, number, body, next) VALUES (?, ?, ?, ?, ?)`, d.ID, stamp(d.Until), d.Request, body, stamp(next))
	return d, err
}

// Delegations are those that have not ended by now.
func (s *Store) Delegations(ctx context.Context, now time.Time) ([]workflow.Delegation, error) {
	found, err := rows[string](ctx, s, delegationsSQL, stamp(now))
	return delegations(found, err)
}

// Delegations are those that have not ended by now, as the transaction sees them.
func (tx *Tx) Delegations(now time.Time) ([]workflow.Delegation, error) {
	found, err := txRows[string](tx, delegationsSQL, stamp(now))
	return delegations(found, err)
}

const delegationsSQL = `SELECT body FROM delegations WHERE until IS NULL OR until > ? ORDER BY id`

// DueDelegation locks the first delegation that begins or has ended by now and
// of which nobody has told yet; false when there is none.
func (tx *Tx) DueDelegation(now time.Time) (workflow.Delegation, bool, error) {
	found, err := delegations(txRows[string](tx, `SELECT body FROM delegations WHERE next <= ? ORDER BY next, id LIMIT 1`+tx.s.forUpdate(true), stamp(now)))
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
	found, err := delegations(txRows[string](tx, `SELECT body FROM delegations WHERE id = ? AND (until IS NULL OR until > ?)`+tx.s.forUpdate(false), id, stamp(at)))
	if err != nil {
		return workflow.Delegation{}, err
	}
	if len(found) == 0 {
		return workflow.Delegation{}, fmt.Errorf("delegation %s: %w", id, ErrNotFound)
	}
	return tx.endDelegation(found[0], at, at)
}

// EndDelegationsFor ends those for one request alone, of which nobody need be
// told: it is over.
func (tx *Tx) EndDelegationsFor(number string, at time.Time) error {
	found, err := delegations(txRows[string](tx, `SELECT body FROM delegations WHERE number = ? AND (until IS NULL OR until > ?)`+tx.s.forUpdate(false), number, stamp(at)))
	for _, d := range found {
		if err == nil {
			_, err = tx.endDelegation(d, at, time.Time{})
		}
	}
	return err
}

// endDelegation sets when a delegation ends, and when the clock tells of it.
func (tx *Tx) endDelegation(d workflow.Delegation, at, next time.Time) (workflow.Delegation, error) {
	d.Until = micro(at)
	body, err := marshal(d)
	if err != nil {
		return d, err
	}
	tx.handed = true
	_, err = tx.exec(`UPDATE delegations SET until = ?, body = ?, next = ? WHERE id = ?`, stamp(d.Until), body, stamp(next), d.ID)
	return d, err
}

func delegations(found []string, err error) ([]workflow.Delegation, error) {
	if err != nil {
		return nil, err
	}
	out := make([]workflow.Delegation, len(found))
	for i, body := range found {
		if err := json.Unmarshal([]byte(body), &out[i]); err != nil {
			return nil, fmt.Errorf("store: delegation: %w", err)
		}
	}
	return out, nil
}
