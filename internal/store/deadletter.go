package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
)

// DeadLetter is a message that could not be handled, kept whole.
type DeadLetter struct {
	ID          string
	At          time.Time
	Reason      string // code: unreadable, too-large, no-such-request, …
	Detail      string
	Sender      string
	Subject     string
	MessageID   string
	Mailbox     string
	UIDValidity uint32
	UID         uint32
	Raw         []byte
	State       string // waiting, retried, discarded
	Why         string // given by who discarded it
}

// Bury keeps a message that could not be handled.
func (tx *Tx) Bury(d DeadLetter) { tx.dead = append(tx.dead, d) }

func (tx *Tx) writeDead() error {
	var rows [][]any
	for _, d := range tx.dead {
		rows = append(rows, []any{newID(), stamp(d.At), d.Reason, d.Detail, d.Sender, d.Subject, d.MessageID, d.Mailbox,
			d.UIDValidity, d.UID, pack(d.Raw), "waiting", ""})
	}
	return tx.insert(`INSERT INTO dead_letters (id, at, reason, detail, sender, subject, message_id, mailbox, uidvalidity, uid, mail, state, why)`, ``, rows)
}

type deadRow struct {
	ID          string `db:"id"`
	At          stamp  `db:"at"`
	Reason      string `db:"reason"`
	Detail      string `db:"detail"`
	Sender      string `db:"sender"`
	Subject     string `db:"subject"`
	MessageID   string `db:"message_id"`
	Mailbox     string `db:"mailbox"`
	UIDValidity int64  `db:"uidvalidity"`
	UID         int64  `db:"uid"`
	Mail        []byte `db:"mail"`
	State       string `db:"state"`
	Why         string `db:"why"`
}

func (r deadRow) letter() (DeadLetter, error) {
	d := DeadLetter{ID: r.ID, At: r.At.utc(), Reason: r.Reason, Detail: r.Detail, Sender: r.Sender, Subject: r.Subject,
		MessageID: r.MessageID,
		Mailbox:   r.Mailbox, UIDValidity: uint32(r.UIDValidity), UID: uint32(r.UID), State: r.State, Why: r.Why}
	if r.Mail == nil {
		return d, nil
	}
	var err error
	d.Raw, err = unpack(r.Mail)
	return d, err
}

// DeadFilter picks dead letters for a list; empty fields pick all that wait.
type DeadFilter struct {
	Settled bool   // the settled ones too
	Reason  string // code
	Sender  string // address, whatever its case
}

// DeadLetters lists those that wait for somebody, oldest first, without their
// content.
func (s *Store) DeadLetters(ctx context.Context, f DeadFilter) ([]DeadLetter, error) {
	query, args := `SELECT id, at, reason, detail, sender, subject, message_id, mailbox, uidvalidity, uid, state, why FROM dead_letters WHERE 1 = 1`, []any(nil)
	if !f.Settled {
		query += ` AND state = 'waiting'`
	}
	if f.Reason != "" {
		query, args = query+` AND reason = ?`, append(args, f.Reason)
	}
	if f.Sender != "" {
		query, args = query+` AND lower(sender) = ?`, append(args, strings.ToLower(f.Sender))
	}
	found, err := rows[deadRow](ctx, s, query+` ORDER BY at, id`, args...)
	if err != nil {
		return nil, err
	}
	out := make([]DeadLetter, len(found))
	for i, r := range found {
		if out[i], err = r.letter(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// DeadWaiting counts those that wait for somebody, by reason.
func (tx *Tx) DeadWaiting() (map[string]int, error) {
	type row struct {
		Reason string `db:"reason"`
		N      int    `db:"n"`
	}
	found, err := txRows[row](tx,
		`SELECT reason, count(*) AS n FROM dead_letters WHERE state = 'waiting' GROUP BY reason`)
	if err != nil {
		return nil, err
	}
	waiting := map[string]int{}
	for _, r := range found {
		waiting[r.Reason] = r.N
	}
	for _, d := range tx.dead {
		waiting[d.Reason]++
	}
	return waiting, nil
}

// AnyDead reports whether one waits for somebody.
func (tx *Tx) AnyDead() (bool, error) {
	found, err := txRows[string](tx, `SELECT id FROM dead_letters WHERE state = 'waiting' LIMIT 1`)
	return len(found) > 0, err
}

// DeadLetter reads one, whole, by its id or the id's unique beginning or end;
// ErrNotFound when there is none or more than one.
func (s *Store) DeadLetter(ctx context.Context, id string) (DeadLetter, error) {
	if id = strings.ToLower(id); id == "" || strings.Trim(id, "0123456789abcdef-") != "" { // no % or _ for LIKE
		return DeadLetter{}, fmt.Errorf("dead letter %q: %w", id, ErrNotFound)
	}
	query, args := `SELECT id, at, reason, detail, sender, subject, message_id, mailbox, uidvalidity, uid, mail, state, why FROM dead_letters WHERE `, []any{id}
	if len(id) == len(uuid.Nil.String()) { // whole, and found by the index
		query += `id = ?`
	} else {
		query, args = query+`id LIKE ? OR id LIKE ?`, []any{id + "%", "%" + id}
	}
	found, err := rows[deadRow](ctx, s, query, args...)
	if err != nil {
		return DeadLetter{}, err
	}
	if len(found) != 1 {
		return DeadLetter{}, fmt.Errorf("dead letter %q: %w", id, ErrNotFound)
	}
	return found[0].letter()
}

// Settle ends a dead letter's waiting: state retried or discarded, with a word
// why. ErrConflict when it no longer waits.
func (tx *Tx) Settle(id, state, why string) error {
	res, err := tx.exec(`UPDATE dead_letters SET state = ?, why = ? WHERE id = ? AND state = 'waiting'`, state, why, id)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		return fmt.Errorf("dead letter %s: %w", id, ErrConflict)
	}
	return nil
}
