package store

import (
	"strings"
	"time"
)

// LedgerEntry is a mail that was handled.
type LedgerEntry struct {
	Mailbox     string
	UIDValidity uint32
	UID         uint32
	MessageID   string
	Digest      string // hex SHA-256 of the mail
	BodyDigest  string // hex SHA-256 of its body
	Outcome     string
	Number      string
	Handled     time.Time
	Sender      string // who made something happen by it, see Handled; "" nobody
	Unproven    bool   // it made a new request, and nothing shows that it is its sender's
}

// Known reports which of the given mails were handled before, or come earlier
// in the list: the same place in the mailbox, the same bytes, or the same
// Message-ID and body.
func (tx *Tx) Known(mails []LedgerEntry) ([]bool, error) {
	seen := traces{}
	for _, e := range tx.ledger {
		seen.add(e)
	}
	if err := tx.recall(mails, seen); err != nil {
		return nil, err
	}
	known := make([]bool, len(mails))
	for i, m := range mails {
		known[i] = seen.has(m)
		seen.add(m)
	}
	return known, nil
}

// recall adds what the ledger has of the mails.
func (tx *Tx) recall(mails []LedgerEntry, seen traces) error {
	type box struct {
		mailbox     string
		uidValidity uint32
	}
	var digests, ids []any
	uids := map[box][]any{}
	for _, m := range mails {
		if m.Digest != "" {
			digests = append(digests, m.Digest)
		}
		if m.MessageID != "" {
			ids = append(ids, m.MessageID)
		}
		b := box{m.Mailbox, m.UIDValidity}
		uids[b] = append(uids[b], m.UID)
	}
	var parts []string
	var args []any
	find := func(column string, values []any) {
		if len(values) > 0 {
			parts = append(parts, `SELECT mailbox, uidvalidity, uid, message_id, digest, body_digest FROM ledger WHERE `+column+
				` IN `+in(len(values)))
			args = append(args, values...)
		}
	}
	find(`digest`, digests)
	find(`message_id`, ids)
	for b, list := range uids {
		args = append(args, b.mailbox, b.uidValidity)
		find(`mailbox = ? AND uidvalidity = ? AND uid`, list)
	}
	if len(parts) == 0 {
		return nil
	}
	type row struct {
		Mailbox     string `db:"mailbox"`
		UIDValidity int64  `db:"uidvalidity"`
		UID         int64  `db:"uid"`
		MessageID   string `db:"message_id"`
		Digest      string `db:"digest"`
		BodyDigest  string `db:"body_digest"`
	}
	found, err := txRows[row](tx, strings.Join(parts, ` UNION ALL `), args...)
	for _, r := range found {
		seen.add(LedgerEntry{Mailbox: r.Mailbox, UIDValidity: uint32(r.UIDValidity), UID: uint32(r.UID),
			MessageID: r.MessageID, Digest: r.Digest, BodyDigest: r.BodyDigest})
	}
	return err
}

// traces are what mails that were handled can be known again by.
type traces map[any]bool

type (
	place struct {
		mailbox          string
		uidValidity, uid uint32
	}
	digest  string
	content struct{ messageID, bodyDigest string }
)

func (t traces) add(m LedgerEntry) {
	t[place{m.Mailbox, m.UIDValidity, m.UID}] = true
	t[digest(m.Digest)] = true
	t[content{m.MessageID, m.BodyDigest}] = true
}

func (t traces) has(m LedgerEntry) bool {
	return t[place{m.Mailbox, m.UIDValidity, m.UID}] || m.Digest != "" && t[digest(m.Digest)] ||
		m.MessageID != "" && t[content{m.MessageID, m.BodyDigest}]
}

// Record writes a mail into the ledger. Two daemons that handle the same mail
// collide here, and the later one gets ErrConflict at the commit.
func (tx *Tx) Record(e LedgerEntry) { tx.ledger = append(tx.ledger, e) }

func (tx *Tx) writeLedger() error {
	var rows [][]any
	for _, e := range tx.ledger {
		rows = append(rows, []any{newID(), e.Mailbox, e.UIDValidity, e.UID, e.MessageID, e.Digest, e.BodyDigest, e.Outcome,
			e.Number, stamp(e.Handled), e.Sender, e.Unproven})
	}
	return tx.insert(`INSERT INTO ledger (id, mailbox, uidvalidity, uid, message_id, digest, body_digest, outcome, number, handled, sender, unproven)`, ``, rows)
}
