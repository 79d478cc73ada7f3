package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"batan.go.id/layanan/workflow"
)

// Mail is a finished mail to one recipient.
type Mail struct {
	ID        string
	Number    string // request; "" none
	N         int    // orders the mails of one request
	Recipient string
	Kind      string // X-Layanan-Notice
	Step      string
	Visit     int
	Answer    bool   // rationed, see Answers
	Unproven  bool   // answers a mail that nothing proves to be its sender's
	Topic     string // told only once in a while, see Told
	MessageID string
	Raw       []byte

	State    string // queued, sending, sent, failed, bounced, dropped
	Attempts int    // tries so far, the present one included
	Due      time.Time
	Error    string
	Created  time.Time
	Sent     time.Time
}

// Enqueue puts a mail into the outbox; it is sent after the commit. The mail
// returned is the outbox's own: its Message-ID and text may be filled in until
// the transaction's function returns.
func (tx *Tx) Enqueue(m Mail) *Mail {
	m.ID, m.Created, m.State = newID(), micro(m.Created), "queued"
	if m.Due.IsZero() {
		m.Due = m.Created
	}
	if m.Answer {
		tx.answers[ration{strings.ToLower(m.Recipient), m.Unproven}]++
	}
	tx.outbox = append(tx.outbox, &m)
	return &m
}

func (tx *Tx) writeOutbox() error {
	packed := packAll(len(tx.outbox), func(i int) []byte { return tx.outbox[i].Raw })
	var rows [][]any
	for i, m := range tx.outbox {
		rows = append(rows, []any{m.ID, m.Number, m.N, strings.ToLower(m.Recipient), m.Kind, m.Step, m.Visit, m.Answer,
			m.Topic, m.MessageID, packed[i],
			m.State, 0, stamp(m.Due), "", nil, "", stamp(m.Created), nil, m.Unproven})
	}
	return tx.insert(`INSERT INTO outbox (id, number, n, recipient, kind, step, visit, answer, topic, message_id, mail, state, attempts, due, claimed_by, claimed_until, error, created, sent, unproven)`, ``, rows)
}

// stale holds for a mail of the outbox that reminds of a step that was left.
// Its arguments are [workflow.Reminding].
var stale = `kind IN ` + in(len(workflow.Reminding)) +
	` AND visit < (SELECT r.visit FROM requests r WHERE r.number = outbox.number)`

// dropStale drops the queued reminders of the steps that were left.
func (tx *Tx) dropStale() error {
	if len(tx.left) == 0 {
		return nil
	}
	_, err := tx.exec(`UPDATE outbox SET state = 'dropped', error = 'the step was left' WHERE number IN `+
		in(len(tx.left))+` AND state = 'queued' AND `+stale,
		append(slices.Clone(tx.left), list(workflow.Reminding)...)...)
	return err
}

type mailRow struct {
	ID        string `db:"id"`
	Number    string `db:"number"`
	N         int    `db:"n"`
	Recipient string `db:"recipient"`
	Kind      string `db:"kind"`
	Step      string `db:"step"`
	Visit     int    `db:"visit"`
	MessageID string `db:"message_id"`
	Mail      []byte `db:"mail"`
	State     string `db:"state"`
	Attempts  int    `db:"attempts"`
	Due       stamp  `db:"due"`
	Error     string `db:"error"`
	Created   stamp  `db:"created"`
	Sent      stamp  `db:"sent"`
}

func (r mailRow) mail() Mail {
	return Mail{ID: r.ID, Number: r.Number, N: r.N, Recipient: r.Recipient, Kind: r.Kind, Step: r.Step, Visit: r.Visit,
		MessageID: r.MessageID,
		State:     r.State, Attempts: r.Attempts, Due: r.Due.utc(), Error: r.Error, Created: r.Created.utc(),
		Sent: r.Sent.utc()}
}

// Lane is one of the two queues of the outbox; each has senders of its own, so
// that answers, however many and however slowly taken, delay no other mail.
type Lane bool

// The lanes.
const (
	MainLane   Lane = false // what moves a request, or tells of one that moved
	AnswerLane Lane = true  // what answers a mail in which nothing moved
)

func laneOf(m *Mail) Lane { return Lane(m.Answer) }

// unblocked holds for a mail o that no earlier one of its request and recipient
// is in the way of: one that is not sent yet, or must be tried again. An answer
// is in no other mail's way, and neither is a mail that was made to leave later.
const unblocked = `NOT EXISTS (SELECT 1 FROM outbox p WHERE p.number = o.number AND p.recipient = o.recipient AND p.n < o.n AND p.state IN ('queued', 'sending')
	AND (o.answer OR NOT p.answer) AND (p.due <= p.created OR p.attempts > 0))`

// Claim takes up to limit mails of a lane that are due, for the claimant alone
// until the given instant. Of one request and recipient only the oldest is given,
// so that order holds even when it must be tried again. A reminder whose step was left
// while an earlier try was under way is dropped instead.
//
// The mails are picked in a MATERIALIZED part: as a plain subquery PostgreSQL
// may run it more than once, and lock more rows than the limit.
func (s *Store) Claim(ctx context.Context, lane Lane, claimant string, now, until time.Time, limit int) ([]Mail,
	error) {
	var out []Mail
	err := s.InTx(ctx, func(tx *Tx) error {
		found, err := txRows[mailRow](tx, `WITH picked AS MATERIALIZED (
				SELECT o.id FROM outbox o WHERE o.state = 'queued' AND o.answer = ? AND o.due <= ? AND `+unblocked+`
				ORDER BY o.due, o.id LIMIT ?`+tx.s.forUpdate(true)+`)
			UPDATE outbox SET claimed_by = ?, claimed_until = ?, attempts = attempts + 1,
				state = CASE WHEN `+stale+` THEN 'dropped' ELSE 'sending' END
			WHERE id IN (SELECT id FROM picked)
			RETURNING id, number, n, recipient, kind, step, visit, message_id, mail, state, attempts, due, error, created, sent`,
			append([]any{bool(lane), stamp(now), limit, claimant, stamp(until)}, list(workflow.Reminding)...)...)
		if err != nil {
			return err
		}
		found = slices.DeleteFunc(found, func(r mailRow) bool { return r.State != "sending" })
		slices.SortFunc(found, func(a, b mailRow) int { return strings.Compare(a.ID, b.ID) })
		for _, r := range found {
			m := r.mail()
			if m.Raw, err = unpack(r.Mail); err != nil {
				return fmt.Errorf("outbox %s: %w", m.MessageID, err)
			}
			out = append(out, m)
		}
		return nil
	})
	return out, err
}

// Extend keeps a claimant's claims until a later instant.
func (s *Store) Extend(ctx context.Context, claimant string, until time.Time) error {
	return s.InTx(ctx, func(tx *Tx) error {
		_, err := tx.exec(`UPDATE outbox SET claimed_until = ? WHERE state = 'sending' AND claimed_by = ?`, stamp(until),
			claimant)
		return err
	})
}

// Rescue queues again what a claimant took and never finished: claims that ran
// out by now, or, with all set, every claim (for the one user of an SQLite file).
func (s *Store) Rescue(ctx context.Context, now time.Time, all bool) error {
	return s.InTx(ctx, func(tx *Tx) error {
		query, args := `UPDATE outbox SET state = 'queued', claimed_by = '' WHERE state = 'sending'`, []any(nil)
		if !all {
			query, args = query+` AND claimed_until < ?`, []any{stamp(now)}
		}
		_, err := tx.exec(query, args...)
		return err
	})
}

// Finish is the end of a try: sent, failed for good, or queued for a later try.
type Finish struct {
	ID    string
	State string
	Due   time.Time // of the next try
	Error string
}

// Finish records the ends of tries, but only those that the claimant still
// holds: an answer that comes after the claim ran out is no longer its business.
func (tx *Tx) Finish(claimant string, now time.Time, ends []Finish) error {
	var sent []any
	for _, f := range ends {
		if f.State == "sent" {
			sent = append(sent, f.ID)
			continue
		}
		if _, err := tx.exec(`UPDATE outbox SET state = ?, due = ?, error = ?, claimed_by = '' WHERE id = ? AND state = 'sending' AND claimed_by = ?`,
			f.State, stamp(f.Due), f.Error, f.ID, claimant); err != nil {
			return err
		}
	}
	if len(sent) == 0 {
		return nil
	}
	args := append([]any{stamp(now)}, sent...)
	_, err := tx.exec(`UPDATE outbox SET state = 'sent', sent = ?, error = '' WHERE id IN `+in(len(sent))+
		` AND state = 'sending' AND claimed_by = ?`, append(args, claimant)...)
	return err
}

// Held are those of the given mails that the claimant still has to finish.
func (tx *Tx) Held(claimant string, ids []string) ([]string, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return txRows[string](tx, `SELECT id FROM outbox WHERE id IN `+in(len(ids))+
		` AND state = 'sending' AND claimed_by = ?`+tx.s.forUpdate(false), append(list(ids), claimant)...)
}

// NextDue is when a lane's next mail is due that can be claimed, since no earlier
// one is in its way; zero when there is none.
func (s *Store) NextDue(ctx context.Context, lane Lane) (time.Time, error) {
	found, err := rows[stamp](ctx, s, `SELECT o.due FROM outbox o WHERE o.state = 'queued' AND o.answer = ? AND `+
		unblocked+` ORDER BY o.due LIMIT 1`, bool(lane))
	if err != nil || len(found) == 0 {
		return time.Time{}, err
	}
	return found[0].utc(), nil
}

const mailColumns = `SELECT id, number, n, recipient, kind, step, visit, message_id, state, attempts, due, error, created, sent FROM outbox WHERE `

// Mails lists the mails of a request, oldest first, without their content;
// those that were dropped unsent are left out.
func (s *Store) Mails(ctx context.Context, number string) ([]Mail, error) {
	found, err := rows[mailRow](ctx, s, mailColumns+`number = ? AND state <> 'dropped' ORDER BY n, id`, number)
	if err != nil {
		return nil, err
	}
	out := make([]Mail, len(found))
	for i, r := range found {
		out[i] = r.mail()
	}
	return out, nil
}

// SentTo is the request of the first of these Message-IDs that belongs to a mail
// which really left for the recipient; "" when none does.
func (tx *Tx) SentTo(recipient string, messageIDs ...string) (string, error) {
	if len(messageIDs) == 0 {
		return "", nil
	}
	type row struct {
		MessageID string `db:"message_id"`
		Number    string `db:"number"`
	}
	found, err := txRows[row](tx, `SELECT message_id, number FROM outbox WHERE message_id IN `+in(len(messageIDs))+
		` AND recipient = ? AND number <> '' AND state NOT IN ('queued', 'dropped')`,
		append(list(messageIDs), strings.ToLower(recipient))...)
	if err != nil {
		return "", err
	}
	for _, id := range messageIDs {
		for _, r := range found {
			if r.MessageID == id {
				return r.Number, nil
			}
		}
	}
	return "", nil
}

// Bounced marks a sent mail as returned and gives it as it was, without its
// content; ErrNotFound when no mail of ours has that Message-ID.
func (tx *Tx) Bounced(messageID, status string) (Mail, error) {
	found, err := txRows[mailRow](tx, mailColumns+`message_id = ?`, messageID)
	if err != nil {
		return Mail{}, err
	}
	if len(found) == 0 {
		return Mail{}, fmt.Errorf("mail %s: %w", messageID, ErrNotFound)
	}
	if found[0].State == "bounced" {
		return found[0].mail(), nil
	}
	_, err = tx.exec(`UPDATE outbox SET state = 'bounced', error = ? WHERE message_id = ?`, status, messageID)
	return found[0].mail(), err
}

// BouncedTo is Bounced for a report that names no Message-ID: the latest mail
// of a request that was sent to the recipient.
func (tx *Tx) BouncedTo(number, recipient, status string) (Mail, error) {
	found, err := txRows[string](tx,
		`SELECT message_id FROM outbox WHERE number = ? AND recipient = ? AND state = 'sent' ORDER BY n DESC LIMIT 1`,
		number, strings.ToLower(recipient))
	if err != nil {
		return Mail{}, err
	}
	if len(found) == 0 {
		return Mail{}, fmt.Errorf("mail of %s to %s: %w", number, recipient, ErrNotFound)
	}
	return tx.Bounced(found[0], status)
}
