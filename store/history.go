package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"batan.go.id/layanan/workflow"
)

// HistoryEntry is one link of a request's history.
type HistoryEntry struct {
	workflow.Entry
	Seq      int64
	Salt     string // of the personal part; "" when that was purged
	Personal string // digest of the personal part
	Hash     string
}

// Stamp is the entry's time as its hash has it.
func (h HistoryEntry) Stamp() string { return h.At.Format(layout) }

// link is an entry on its way into or out of the database.
type link struct {
	HistoryEntry
	Number string
}

// newLink chains an entry to the hash before it.
func newLink(number string, seq int64, e workflow.Entry, previous string) link {
	e.At = micro(e.At)
	l := link{HistoryEntry{Entry: e, Seq: seq, Salt: rand.Text()}, number}
	l.Personal = l.personal()
	l.Hash = l.chain(previous)
	return l
}

// personal is the digest of what a purge takes out: SHA-256 of its canonical
// JSON. The salt keeps a guess at a purged address or note from being tried.
func (l *link) personal() string {
	return hashOf(nil, struct {
		Salt      string `json:"salt"`
		By        string `json:"by"`
		Note      string `json:"note"`
		MessageID string `json:"message_id"`
		Proof     string `json:"proof"`
	}{l.Salt, l.By, l.Note, l.MessageID, l.Proof})
}

// chain is the entry's hash: SHA-256 of the hash before it and of the entry as
// canonical JSON (fixed order of keys, UTC, microseconds), in which the digest
// of its personal part stands for that part.
func (l *link) chain(previous string) string {
	return hashOf([]byte(previous), struct {
		Number   string `json:"number"`
		Seq      int64  `json:"seq"`
		At       string `json:"at"`
		Event    string `json:"event"`
		Step     string `json:"step"`
		Visit    int    `json:"visit"`
		Word     string `json:"word"`
		Rule     string `json:"rule"`
		Mail     string `json:"mail"`
		Personal string `json:"personal"`
	}{l.Number, l.Seq, l.Stamp(), l.Event, l.Step, l.Visit, l.Word, l.Rule, l.Mail, l.Personal})
}

// hashOf is the hex SHA-256 of a prefix and a value's JSON.
func hashOf(prefix []byte, v any) string {
	canonical, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings and numbers always marshal
	}
	sum := sha256.Sum256(append(prefix, canonical...))
	return hex.EncodeToString(sum[:])
}

// isPurged reports whether the personal part was taken out.
func (l *link) isPurged() bool {
	return l.Salt == "" && l.By == "" && l.Note == "" && l.MessageID == "" && l.Proof == ""
}

// fits reports whether the entry is what its hash says, after the hash before it.
func (l *link) fits(previous string) bool {
	return (l.isPurged() || l.personal() == l.Personal) && l.chain(previous) == l.Hash
}

const historyColumns = `seq, at, event, author, step, visit, word, note, message_id, proof, rule, mail, salt, personal, hash`

func (tx *Tx) writeHistory() error {
	var rows [][]any
	for _, l := range tx.history {
		rows = append(rows, []any{l.Number, l.Seq, stamp(l.At), l.Event, l.By, l.Step, l.Visit, l.Word, l.Note, l.MessageID, l.Proof, l.Rule, l.Mail, l.Salt, l.Personal, l.Hash})
	}
	return tx.insert(`INSERT INTO history (number, `+historyColumns+`)`, ``, rows)
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
	Rule      string `db:"rule"`
	Mail      string `db:"mail"`
	Salt      string `db:"salt"`
	Personal  string `db:"personal"`
	Hash      string `db:"hash"`
}

func (d dbEntry) entry() HistoryEntry {
	e := workflow.Entry{At: d.At.utc(), Event: d.Event, By: d.Author, Step: d.Step, Visit: d.Visit, Word: d.Word, Note: d.Note,
		MessageID: d.MessageID, Mail: d.Mail, Proof: d.Proof, Rule: d.Rule}
	return HistoryEntry{Entry: e, Seq: d.Seq, Salt: d.Salt, Personal: d.Personal, Hash: d.Hash}
}

// History reads the history of a request, oldest first.
func (s *Store) History(ctx context.Context, number string) ([]HistoryEntry, error) {
	found, err := rows[dbEntry](ctx, s, `SELECT `+historyColumns+` FROM history WHERE number = ? ORDER BY seq`, number)
	if err != nil {
		return nil, err
	}
	out := make([]HistoryEntry, len(found))
	for i, d := range found {
		out[i] = d.entry()
	}
	return out, nil
}
