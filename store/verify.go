package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"batan.go.id/layanan/workflow"
)

// Broken is the first entry of a history that does not fit its chain.
type Broken struct {
	Number string
	Seq    int64
	At     time.Time
	Why    string
}

// Error says which entry is broken and how.
func (b *Broken) Error() string {
	return fmt.Sprintf("%s: history entry %d: %s", b.Number, b.Seq, b.Why)
}

// Verify computes the hash chain of one request's history anew. It returns the
// number of good entries and, when there is another, *Broken. One query reads
// the request and its history, so that a daemon may go on writing meanwhile.
//
// An entry without its personal part is good only when a later entry records
// the purge.
func (s *Store) Verify(ctx context.Context, number string) (int, error) {
	cursor, err := s.db.QueryxContext(ctx, s.db.Rebind(`SELECT entries, head, `+historyColumns+` FROM history
		JOIN (SELECT number AS request, entries, head FROM requests) r ON request = number WHERE number = ? ORDER BY seq`), number)
	if err != nil {
		return 0, s.fault(err)
	}
	defer func() { _ = cursor.Close() }()
	w := walk{number: number}
	for cursor.Next() {
		if broken := w.step(cursor); broken != nil {
			return int(w.good), broken
		}
	}
	if err := cursor.Err(); err != nil {
		return 0, s.fault(err)
	}
	if w.good == 0 {
		return 0, s.verifyEmpty(ctx, number)
	}
	if broken := w.end(); broken != nil {
		return int(broken.Seq) - 1, broken
	}
	return int(w.good), nil
}

// walk is the way along a chain.
type walk struct {
	number   string
	good     int64
	previous string // hash of the last good entry
	blank    int64  // first entry without its personal part; 0 none
	purged   int64  // last entry that records a purge; 0 none

	row struct {
		dbEntry
		Entries int64  `db:"entries"` // what the request says
		Head    string `db:"head"`
	}
}

// step reads the next entry.
func (w *walk) step(cursor *sqlx.Rows) *Broken {
	seq := w.good + 1
	if err := cursor.StructScan(&w.row); err != nil { // SQLite keeps any type in any column
		return &Broken{w.number, seq, time.Time{}, "it can't be read"}
	}
	l := link{w.row.entry(), w.number}
	switch {
	case l.Seq > seq:
		return &Broken{w.number, seq, l.At, "the entry is missing"}
	case seq > w.row.Entries, l.Seq < seq:
		return &Broken{w.number, l.Seq, l.At, "the request never had this entry"}
	case !l.fits(w.previous):
		return &Broken{w.number, seq, l.At, "its content does not match its hash"}
	}
	if l.isPurged() && w.blank == 0 {
		w.blank = seq
	}
	if l.Event == workflow.Purged {
		w.purged = seq
	}
	w.good, w.previous = seq, l.Hash
	return nil
}

// end is what can be said only after the last entry.
func (w *walk) end() *Broken {
	at := w.row.At.utc()
	switch {
	case w.good < w.row.Entries:
		return &Broken{w.number, w.good + 1, time.Time{}, fmt.Sprintf("the history ends after %d of %d entries", w.good, w.row.Entries)}
	case w.previous != w.row.Head:
		return &Broken{w.number, w.good, at, "it is not the entry that the request ends with"}
	case w.blank > w.purged:
		return &Broken{w.number, w.blank, at, "its personal part is gone, and no purge is recorded"}
	}
	return nil
}

// verifyEmpty is Verify of a request without any entry.
func (s *Store) verifyEmpty(ctx context.Context, number string) error {
	entries, err := rows[int64](ctx, s, `SELECT entries FROM requests WHERE number = ?`, number)
	switch {
	case err != nil:
		return err
	case len(entries) == 0:
		return fmt.Errorf("request %s: %w", number, ErrNotFound)
	case entries[0] != 0:
		return &Broken{number, 1, time.Time{}, fmt.Sprintf("the history ends after 0 of %d entries", entries[0])}
	}
	return nil
}
