package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"batan.go.id/layanan/workflow"
)

// OpenAt locks the requests that stand at the given steps and have not ended,
// and gives them by number.
func (tx *Tx) OpenAt(steps ...string) ([]workflow.Request, error) {
	if len(steps) == 0 {
		return nil, nil
	}
	numbers, err := txRows[string](tx, `SELECT number FROM requests WHERE `+notEnded+` AND step IN `+in(len(steps))+
		` ORDER BY number`, list(steps)...)
	if err != nil {
		return nil, err
	}
	var out []workflow.Request
	for some := range slices.Chunk(numbers, maxArgs) {
		if err := tx.Load(some...); err != nil {
			return nil, err
		}
		for _, n := range some { // some may have gone on before they were locked
			if r := tx.requests[n].value; r.Open() && slices.Contains(steps, r.Step) {
				out = append(out, r)
			}
		}
	}
	return out, nil
}

// NextAlarm is the earliest instant at which the clock has something to say of
// a request or a delegation; zero when there is none.
func (s *Store) NextAlarm(ctx context.Context) (time.Time, error) {
	var next time.Time
	for _, query := range []string{
		`SELECT alarm FROM requests WHERE alarm IS NOT NULL ORDER BY alarm LIMIT 1`,
		`SELECT next FROM delegations WHERE next IS NOT NULL ORDER BY next LIMIT 1`,
	} {
		found, err := rows[stamp](ctx, s, query)
		if err != nil {
			return time.Time{}, err
		}
		if len(found) > 0 && (next.IsZero() || found[0].utc().Before(next)) {
			next = found[0].utc()
		}
	}
	return next, nil
}

// Request reads one request; ErrNotFound when there is none.
func (s *Store) Request(ctx context.Context, number string) (workflow.Request, error) {
	found, err := rows[string](ctx, s, `SELECT body FROM requests WHERE number = ?`, number)
	var r workflow.Request
	if err != nil {
		return r, err
	}
	if len(found) == 0 {
		return r, fmt.Errorf("request %s: %w", number, ErrNotFound)
	}
	return r, json.Unmarshal([]byte(found[0]), &r)
}

// Numbers are those of all requests, in order.
func (s *Store) Numbers(ctx context.Context) ([]string, error) {
	return rows[string](ctx, s, `SELECT number FROM requests ORDER BY created, number`)
}

// Filter picks requests for a list; empty fields pick all.
type Filter struct {
	State   workflow.State
	Step    string
	Overdue time.Time // running, with a deadline before this instant
	Since   time.Time // created at or after
	Open    bool      // not ended
}

// Requests lists requests by their number.
func (s *Store) Requests(ctx context.Context, f Filter) ([]workflow.Request, error) {
	where, args := []string{"1 = 1"}, []any(nil)
	add := func(cond string, arg ...any) { where, args = append(where, cond), append(args, arg...) }
	if f.State != "" {
		add("state = ?", f.State)
	}
	if f.Step != "" {
		add("step = ?", f.Step)
	}
	if !f.Overdue.IsZero() {
		add("state = ? AND due < ?", workflow.Running, stamp(f.Overdue))
	}
	if !f.Since.IsZero() {
		add("created >= ?", stamp(f.Since))
	}
	if f.Open {
		add(notEnded)
	}
	found, err := rows[string](ctx, s, `SELECT body FROM requests WHERE `+strings.Join(where, " AND ")+
		` ORDER BY created, number`, args...)
	if err != nil {
		return nil, err
	}
	out := make([]workflow.Request, len(found))
	for i, body := range found {
		if err := json.Unmarshal([]byte(body), &out[i]); err != nil {
			return nil, fmt.Errorf("store: request: %w", err)
		}
	}
	return out, nil
}
