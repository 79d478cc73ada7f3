package store

import (
	"context"
	"strings"
	"time"
)

// MaxOriginal is the size in bytes up to which a mail is kept in the database.
// Of a larger one the digest and the size stay; the mail itself lies in the
// mailbox's folder of handled mails.
const MaxOriginal = 10 << 20

// Original is a mail as it came, kept because it belongs to a request. Ledger
// and history name it by its digest.
type Original struct {
	Digest string // hex SHA-256
	Number string
	At     time.Time
	Sender string
	Size   int
	Raw    []byte // empty when it was larger than MaxOriginal
}

// Keep keeps a mail of a request; the bytes that are kept already are not kept twice.
func (tx *Tx) Keep(o Original) { tx.originals = append(tx.originals, o) }

func (tx *Tx) writeOriginals() error {
	packed := packAll(len(tx.originals), func(i int) []byte {
		if o := tx.originals[i]; len(o.Raw) <= MaxOriginal {
			return o.Raw
		}
		return nil
	})
	var rows [][]any
	for i, o := range tx.originals {
		rows = append(rows, []any{o.Digest, o.Number, stamp(o.At), strings.ToLower(o.Sender), len(o.Raw), packed[i]})
	}
	return tx.insert(`INSERT INTO mails (digest, number, at, sender, size, mail)`, ` ON CONFLICT (digest) DO NOTHING`, rows)
}

type originalRow struct {
	Digest string `db:"digest"`
	Number string `db:"number"`
	At     stamp  `db:"at"`
	Sender string `db:"sender"`
	Size   int    `db:"size"`
	Mail   []byte `db:"mail"`
}

// Originals gives the mails of a request to f, oldest first and one at a time,
// since each may be large.
func (s *Store) Originals(ctx context.Context, number string, f func(Original) error) error {
	digests, err := rows[string](ctx, s, `SELECT digest FROM mails WHERE number = ? ORDER BY at, digest`, number)
	if err != nil {
		return err
	}
	return s.originals(ctx, digests, f)
}

func (s *Store) originals(ctx context.Context, digests []string, f func(Original) error) error {
	for _, d := range digests {
		found, err := rows[originalRow](ctx, s, `SELECT digest, number, at, sender, size, mail FROM mails WHERE digest = ?`, d)
		if err != nil {
			return err
		}
		for _, r := range found { // none when it was purged meanwhile
			o := Original{Digest: r.Digest, Number: r.Number, At: r.At.utc(), Sender: r.Sender, Size: r.Size}
			if o.Raw, err = unpack(r.Mail); err != nil {
				return err
			}
			if err := f(o); err != nil {
				return err
			}
		}
	}
	return nil
}
