package store

import (
	"context"
	"slices"
	"strings"
	"time"
)

// tally is what is counted for a sender since an instant.
type tally struct {
	sender string
	since  time.Time
}

// LoadHandled counts the mails that senders made something happen with since
// an instant, for Handled to tell: one question for all.
func (tx *Tx) LoadHandled(since time.Time, senders ...string) error {
	since = micro(since)
	var want []any
	for _, sender := range senders {
		if _, known := tx.handled[tally{sender, since}]; !known && sender != "" {
			tx.handled[tally{sender, since}] = 0
			want = append(want, sender)
		}
	}
	if len(want) == 0 {
		return nil
	}
	type row struct {
		Sender string `db:"sender"`
		N      int    `db:"n"`
	}
	found, err := txRows[row](tx, `SELECT sender, count(*) AS n FROM ledger WHERE sender IN `+in(len(want))+
		` AND sender <> '' AND handled > ? GROUP BY sender`,
		append(want, stamp(since))...)
	for _, r := range found {
		tx.handled[tally{r.Sender, since}] = r.N
	}
	return err
}

// Handled counts the mails that a sender made something happen with since an
// instant: those that were recorded with the sender, in this transaction too.
func (tx *Tx) Handled(sender string, since time.Time) (int, error) {
	if err := tx.LoadHandled(since, sender); err != nil {
		return 0, err
	}
	n := tx.handled[tally{sender, micro(since)}]
	for _, e := range tx.ledger {
		if e.Sender == sender {
			n++
		}
	}
	return n, nil
}

const unprovenSQL = `SELECT count(*) FROM ledger WHERE unproven AND handled > ?`

// Unproven counts the new requests since an instant that nothing showed to be
// their senders', those of this transaction too.
func (tx *Tx) Unproven(since time.Time) (int, error) {
	since = micro(since)
	n, known := tx.unproven[since]
	if !known {
		found, err := txRows[int](tx, unprovenSQL, stamp(since))
		if err != nil {
			return 0, err
		}
		n = found[0]
		tx.unproven[since] = n
	}
	for _, e := range tx.ledger {
		if e.Unproven {
			n++
		}
	}
	return n, nil
}

// Unproven counts the new requests since an instant that nothing showed to be
// their senders'.
func (s *Store) Unproven(ctx context.Context, since time.Time) (int, error) {
	found, err := rows[int](ctx, s, unprovenSQL, stamp(since))
	if err != nil {
		return 0, err
	}
	return found[0], nil
}

// ration is what is counted of a recipient's answers.
type ration struct {
	recipient string
	unproven  bool
}

// Answers counts the rationed mails to a recipient since an instant: those that
// answer what is proven to be the recipient's, or those that answer what is not.
func (tx *Tx) Answers(recipient string, unproven bool, since time.Time) (int, error) {
	recipient = strings.ToLower(recipient)
	n, err := txRows[int](tx,
		`SELECT count(*) FROM outbox WHERE recipient = ? AND answer AND unproven = ? AND created > ?`, recipient, unproven,
		stamp(since))
	if err != nil {
		return 0, err
	}
	return n[0] + tx.answers[ration{recipient, unproven}], nil
}

const allAnswersSQL = `SELECT count(*) FROM outbox WHERE answer AND created > ?`

// AllAnswers counts the rationed mails to everybody since an instant.
func (tx *Tx) AllAnswers(since time.Time) (int, error) {
	found, err := txRows[int](tx, allAnswersSQL, stamp(since))
	if err != nil {
		return 0, err
	}
	n := found[0]
	for _, more := range tx.answers {
		n += more
	}
	return n, nil
}

// AllAnswers counts the rationed mails to everybody since an instant.
func (s *Store) AllAnswers(ctx context.Context, since time.Time) (int, error) {
	found, err := rows[int](ctx, s, allAnswersSQL, stamp(since))
	if err != nil {
		return 0, err
	}
	return found[0], nil
}

// Told counts the mails on the topic that were made since an instant; none is
// on the topic "", which mails without one have.
func (tx *Tx) Told(topic string, since time.Time) (int, error) {
	if topic == "" {
		return 0, nil
	}
	found, err := txRows[int](tx, `SELECT count(*) FROM outbox WHERE topic = ? AND topic <> '' AND created > ?`, topic,
		stamp(since))
	if err != nil {
		return 0, err
	}
	n := found[0]
	for _, m := range tx.outbox {
		if m.Topic == topic {
			n++
		}
	}
	return n, nil
}

// Paced is when the next mail on the topic may leave, so that at most so many do
// within the window: now, or as long after an earlier one.
func (tx *Tx) Paced(topic string, most int, window time.Duration, now time.Time) (time.Time, error) {
	found, err := txRows[stamp](tx,
		`SELECT due FROM outbox WHERE topic = ? AND topic <> '' AND due > ? ORDER BY due DESC LIMIT ?`, topic,
		stamp(now.Add(-window)), most)
	if err != nil {
		return time.Time{}, err
	}
	var leaving []time.Time
	for _, due := range found {
		leaving = append(leaving, due.utc())
	}
	for _, m := range tx.outbox {
		if m.Topic == topic && m.Due.After(now.Add(-window)) {
			leaving = append(leaving, m.Due)
		}
	}
	slices.SortFunc(leaving, func(a, b time.Time) int { return b.Compare(a) })
	if len(leaving) < most {
		return now, nil
	}
	return leaving[most-1].Add(window), nil
}

// Mark sets a mark to an instant, unless it was set to one after the given
// limit; it tells whether it did. Of all who try at once, one does.
func (tx *Tx) Mark(name string, at, unlessAfter time.Time) (bool, error) {
	found, err := txRows[string](tx, `INSERT INTO marks (name, at) VALUES (?, ?)
		ON CONFLICT (name) DO UPDATE SET at = excluded.at WHERE marks.at <= ? RETURNING name`, name, stamp(at), stamp(unlessAfter))
	return len(found) == 1, err
}

const markedSQL = `SELECT at FROM marks WHERE name = ?`

// Marked is the instant that a mark was set to; zero when it never was.
func (tx *Tx) Marked(name string) (time.Time, error) {
	found, err := txRows[stamp](tx, markedSQL, name)
	if err != nil || len(found) == 0 {
		return time.Time{}, err
	}
	return found[0].utc(), nil
}

// Marked is the instant that a mark was set to; zero when it never was.
func (s *Store) Marked(ctx context.Context, name string) (time.Time, error) {
	found, err := rows[stamp](ctx, s, markedSQL, name)
	if err != nil || len(found) == 0 {
		return time.Time{}, err
	}
	return found[0].utc(), nil
}
