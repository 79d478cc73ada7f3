package store

import (
	"context"
	"time"
)

// Start says which messages of a mailbox are ours to handle: those from
// FirstUID on that came at Since or later (zero: whenever).
type Start struct {
	FirstUID uint32
	Since    time.Time
}

// MailboxStart gives the start of a mailbox, as it was kept when the mailbox
// was first seen; proposed is kept when it never was. After a change of
// UIDVALIDITY every UID is new, so the time alone tells what had been passed
// over; before, the UID alone does, and an old message moved in later is ours.
func (s *Store) MailboxStart(ctx context.Context, mailbox string, uidValidity uint32, proposed Start) (Start, error) {
	var start Start
	err := s.InTx(ctx, func(tx *Tx) error {
		if _, err := tx.exec(`INSERT INTO mailboxes (name, uidvalidity, first_uid, since) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO NOTHING`,
			mailbox, uidValidity, proposed.FirstUID, stamp(proposed.Since)); err != nil {
			return err
		}
		type row struct {
			UIDValidity int64 `db:"uidvalidity"`
			FirstUID    int64 `db:"first_uid"`
			Since       stamp `db:"since"`
		}
		first, err := txRows[row](tx, `SELECT uidvalidity, first_uid, since FROM mailboxes WHERE name = ?`, mailbox)
		if err != nil {
			return err
		}
		if first[0].UIDValidity == int64(uidValidity) {
			start = Start{FirstUID: uint32(first[0].FirstUID)}
		} else {
			start = Start{FirstUID: 1, Since: first[0].Since.utc()}
		}
		return nil
	})
	return start, err
}
