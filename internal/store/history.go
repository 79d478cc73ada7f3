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
	Seal     string // "" when it was written without the key
}

// Stamp is the entry's time as its hash has it.
func (h HistoryEntry) Stamp() string { return h.At.Format(layout) }

// link is an entry on its way into or out of the database.
type link struct {
	HistoryEntry
	Number string
}

// newLink chains an entry to the hash before it, and seals it.
func newLink(keys keyring, number string, seq int64, e workflow.Entry, previous string) link {
	e.At = micro(e.At)
	l := link{HistoryEntry{Entry: e, Seq: seq, Salt: rand.Text()}, number}
	l.Personal = l.personal(chainSealed)
	l.Hash = l.chain(chainSealed, previous)
	l.Seal = keys.seal(entryKind, l.Hash)
	return l
}

const entryKind = "entry" // of seal

// How an entry's hash is made; see docs/record.md.
const (
	chainOpen   = 1 // schemas 1 and 2: nothing can be purged
	chainSalted = 2 // schemas 3 to 6
	chainSealed = 3 // and sealed
)

// version tells how the entry's hash was made.
func (l *link) version() int {
	switch {
	case l.Seal != "":
		return chainSealed
	case l.HistoryEntry.Personal != "":
		return chainSalted
	}
	return chainOpen
}

// personal is the digest of what a purge takes out: SHA-256 of its canonical
// JSON. The salt keeps a guess at a purged address or note from being tried.
func (l *link) personal(version int) string {
	type salted struct {
		Salt      string `json:"salt"`
		By        string `json:"by"`
		Note      string `json:"note"`
		MessageID string `json:"message_id"`
		Proof     string `json:"proof"`
	}
	part := salted{l.Salt, l.By, l.Note, l.MessageID, l.Proof}
	if version == chainSalted {
		return hashOf("", part)
	}
	return hashOf("", struct {
		salted
		Form string `json:"form"`
	}{part, l.Form})
}

// chain is the entry's hash: SHA-256 of the hash before it and of the entry as
// canonical JSON (fixed order of keys, UTC, microseconds), in which the digest
// of its personal part stands for that part. Anybody can compute it: a history
// whose end is sealed holds without the keys that its entries were sealed by.
func (l *link) chain(version int, previous string) string {
	if version == chainOpen {
		return l.openChain(previous)
	}
	type salted struct {
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
	}
	entry := salted{l.Number, l.Seq, l.Stamp(), l.Event, l.Step, l.Visit, l.Word, l.Rule, l.Mail, l.Personal}
	if version == chainSalted {
		return hashOf(previous, entry)
	}
	return hashOf(previous, struct {
		Version int `json:"version"`
		salted
	}{version, entry})
}

// openChain is the hash of the first schemas, over all that an entry says.
func (l *link) openChain(previous string) string {
	return hashOf(previous, struct {
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
	}{l.Number, l.Seq, l.Stamp(), l.Event, l.By, l.Step, l.Visit, l.Word, l.Note, l.MessageID, l.Proof})
}

// hashOf is the hex SHA-256 of a prefix and a value's JSON.
func hashOf(prefix string, v any) string {
	canonical, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings and numbers always marshal
	}
	sum := sha256.Sum256(append([]byte(prefix), canonical...))
	return hex.EncodeToString(sum[:])
}

// isPurged reports whether the personal part was taken out.
func (l *link) isPurged() bool {
	return l.Salt == "" && l.By == "" && l.Note == "" && l.MessageID == "" && l.Proof == "" && l.Form == ""
}

// fits reports whether the entry is what its hash says, after the hash before
// it. Of an entry of the first schemas nothing fits once it was purged: see residue.
func (l *link) fits(previous string) bool {
	v := l.version()
	switch {
	case v == chainOpen && l.isPurged():
		return true
	case v != chainOpen && !l.isPurged() && l.personal(v) != l.Personal:
		return false
	}
	return l.chain(v, previous) == l.Hash
}

const historyColumns = `seq, at, event, author, step, visit, word, note, message_id, proof, rule, mail, form, salt, personal, hash, seal`

func (tx *Tx) writeHistory() error {
	var rows [][]any
	for _, l := range tx.history {
		rows = append(rows, []any{l.Number, l.Seq, stamp(l.At), l.Event, l.By, l.Step, l.Visit, l.Word, l.Note, l.MessageID,
			l.Proof, l.Rule, l.Mail, l.Form, l.Salt, l.Personal, l.Hash, l.Seal})
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
	Form      string `db:"form"`
	Salt      string `db:"salt"`
	Personal  string `db:"personal"`
	Hash      string `db:"hash"`
	Seal      string `db:"seal"`
}

func (d dbEntry) entry() HistoryEntry {
	e := workflow.Entry{At: d.At.utc(), Event: d.Event, By: d.Author, Step: d.Step, Visit: d.Visit, Word: d.Word,
		Note:      d.Note,
		MessageID: d.MessageID, Mail: d.Mail, Proof: d.Proof, Rule: d.Rule, Form: d.Form}
	return HistoryEntry{Entry: e, Seq: d.Seq, Salt: d.Salt, Personal: d.Personal, Hash: d.Hash, Seal: d.Seal}
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
