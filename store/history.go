package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"batan.go.id/layanan/workflow"
)

// HistoryEntry is one link of a request's history.
type HistoryEntry struct {
	workflow.Entry
	Seq  int64
	Hash string
}

// historyRow is an entry on its way into or out of the database.
type historyRow struct {
	Number string
	Seq    int64
	Entry  workflow.Entry
	Hash   string
}

// chain computes the row's hash: SHA-256 of the hash before it and of the
// entry as canonical JSON (fixed order of keys, UTC, microseconds).
func (h *historyRow) chain(previous string) string {
	e := h.Entry
	canonical, err := json.Marshal(struct {
		Number    string `json:"number"`
		Seq       int64  `json:"seq"`
		At        string `json:"at"`
		Event     string `json:"event"`
		By        string `json:"by"`
		Step      string `json:"step"`
		Visit     int    `json:"visit"`
		Word      string `json:"word"`
		Note      string `json:"note"`
		MessageID string `json:"message_id"`
		Proof     string `json:"proof"`
	}{h.Number, h.Seq, micro(e.At).Format(layout), e.Event, e.By, e.Step, e.Visit, e.Word, e.Note, e.MessageID, e.Proof})
	if err != nil {
		panic(err) // strings and numbers always marshal
	}
	sum := sha256.Sum256(append([]byte(previous), canonical...))
	return hex.EncodeToString(sum[:])
}

func (tx *Tx) writeHistory() error {
	var rows [][]any
	for _, h := range tx.history {
		e := h.Entry
		rows = append(rows, []any{h.Number, h.Seq, stamp(e.At), e.Event, e.By, e.Step, e.Visit, e.Word, e.Note, e.MessageID, e.Proof, h.Hash})
	}
	return tx.insert(`INSERT INTO history (number, seq, at, event, author, step, visit, word, note, message_id, proof, hash)`, ``, rows)
}

// dbEntry is a history row as the database gives it.
type dbEntry struct {
	Seq       int64  `db:"seq"`
	At        stamp  `db:"at"`
	Event     string `db:"event"`
	Author    string `db:"author"`
	Step      string `db:"step"`
	Visit     int    `db:"visit"`
	Word      string `db:"word"`
	Note      string `db:"note"`
	MessageID string `db:"message_id"`
	Proof     string `db:"proof"`
	Hash      string `db:"hash"`
}

func (d dbEntry) entry() workflow.Entry {
	return workflow.Entry{At: d.At.utc(), Event: d.Event, By: d.Author, Step: d.Step, Visit: d.Visit, Word: d.Word, Note: d.Note, MessageID: d.MessageID, Proof: d.Proof}
}

// History reads the history of a request, oldest first.
func (s *Store) History(ctx context.Context, number string) ([]HistoryEntry, error) {
	found, err := rows[dbEntry](ctx, s, `SELECT seq, at, event, author, step, visit, word, note, message_id, proof, hash FROM history WHERE number = ? ORDER BY seq`, number)
	if err != nil {
		return nil, err
	}
	out := make([]HistoryEntry, len(found))
	for i, d := range found {
		out[i] = HistoryEntry{Entry: d.entry(), Seq: d.Seq, Hash: d.Hash}
	}
	return out, nil
}

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
func (s *Store) Verify(ctx context.Context, number string) (int, error) {
	cursor, err := s.db.QueryxContext(ctx, s.db.Rebind(`SELECT r.entries, r.head, h.seq, h.at, h.event, h.author, h.step, h.visit, h.word, h.note, h.message_id, h.proof, h.hash
		FROM requests r JOIN history h ON h.number = r.number WHERE r.number = ? ORDER BY h.seq`), number)
	if err != nil {
		return 0, s.fault(err)
	}
	defer func() { _ = cursor.Close() }()
	var e struct {
		dbEntry
		Entries int64  `db:"entries"`
		Head    string `db:"head"`
	}
	good, previous := int64(0), ""
	for ; cursor.Next(); good++ {
		seq := good + 1
		if err := cursor.StructScan(&e); err != nil { // SQLite keeps any type in any column
			return int(good), &Broken{number, seq, time.Time{}, "it can't be read"}
		}
		row := historyRow{Number: number, Seq: seq, Entry: e.entry()}
		switch {
		case e.Seq > seq:
			return int(good), &Broken{number, seq, e.At.utc(), "the entry is missing"}
		case seq > e.Entries, e.Seq < seq:
			return int(good), &Broken{number, e.Seq, e.At.utc(), "the request never had this entry"}
		case row.chain(previous) != e.Hash:
			return int(good), &Broken{number, seq, e.At.utc(), "its content does not match its hash"}
		}
		previous = e.Hash
	}
	switch err := cursor.Err(); {
	case err != nil:
		return 0, s.fault(err)
	case good == 0:
		return 0, s.verifyEmpty(ctx, number)
	case good < e.Entries:
		return int(good), &Broken{number, good + 1, time.Time{}, fmt.Sprintf("the history ends after %d of %d entries", good, e.Entries)}
	case previous != e.Head:
		return int(good) - 1, &Broken{number, good, e.At.utc(), "it is not the entry that the request ends with"}
	}
	return int(good), nil
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
