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
		var seal string
		if len(o.Raw) > MaxOriginal {
			seal = tx.s.keyring().seal(unkept,
				(&originalRow{Number: o.Number, Digest: o.Digest, Size: len(o.Raw)}).content()...)
		}
		rows = append(rows, []any{o.Digest, o.Number, stamp(o.At), strings.ToLower(o.Sender), len(o.Raw), packed[i], seal})
	}
	return tx.insert(`INSERT INTO mails (digest, number, at, sender, size, mail, seal)`,
		` ON CONFLICT (number, digest) DO NOTHING`, rows)
}

// unkept is the kind of a seal over a mail's size where the mail is not kept:
// without it, anybody could say so of one that was taken away.
const unkept = "unkept mail"

type originalRow struct {
	Digest string `db:"digest"`
	Number string `db:"number"`
	At     stamp  `db:"at"`
	Sender string `db:"sender"`
	Size   int    `db:"size"`
	Mail   []byte `db:"mail"`
	Seal   string `db:"seal"`
}

func (r *originalRow) content() []any { return []any{r.Number, r.Digest, r.Size} }

func (k keyring) judgeUnkept(r *originalRow) judgement {
	return k.judge(r.Seal, unkept, r.content()...)
}

// Originals gives the mails of a request to f, oldest first and one at a time,
// since each may be large.
func (s *Store) Originals(ctx context.Context, number string, f func(Original) error) error {
	return s.originals(ctx, `number = ?`, number, f)
}

// OriginalsSince gives all mails that came at a time or later, in the same way; with the zero time all there are.
func (s *Store) OriginalsSince(ctx context.Context, at time.Time, f func(Original) error) error {
	if at.IsZero() { // a zero stamp is NULL
		at = time.Unix(0, 0)
	}
	return s.originals(ctx, `at >= ?`, stamp(at), f)
}

// Outcome is what was made of the mail with a digest, as the ledger has it; ErrNotFound when it has none.
func (s *Store) Outcome(ctx context.Context, digest string) (string, error) {
	found, err := rows[struct {
		Outcome string `db:"outcome"`
	}](ctx, s, `SELECT outcome FROM ledger WHERE digest = ? ORDER BY handled LIMIT 1`, digest)
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return "", err
	}
	return found[0].Outcome, nil
}

// originals gives those that a condition picks.
func (s *Store) originals(ctx context.Context, where string, arg any, f func(Original) error) error {
	picked, err := rows[originalRow](ctx, s, `SELECT number, digest FROM mails WHERE `+where+` ORDER BY at, digest`, arg)
	if err != nil {
		return err
	}
	for _, p := range picked {
		found, err := rows[originalRow](ctx, s,
			`SELECT number, digest, at, sender, size, mail FROM mails WHERE number = ? AND digest = ?`, p.Number, p.Digest)
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
