package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"batan.go.id/layanan/workflow"
)

// Broken is something in the record that is not as the key's holder left it.
type Broken struct {
	Number string    // of the request; "" none
	Seq    int64     // of the history entry; 0 none
	At     time.Time // of that entry
	Why    string
}

// Error says what is broken and how.
func (b *Broken) Error() string {
	switch {
	case b.Number == "":
		return b.Why
	case b.Seq == 0:
		return b.Number + ": " + b.Why
	}
	return fmt.Sprintf("%s: history entry %d: %s", b.Number, b.Seq, b.Why)
}

// Verify computes the hash chain of one request's history anew, and holds the
// request against its seal. It returns the number of entries before the first
// that is wrong and, when anything is, the first *Broken. Only Audit looks at
// the mails.
//
// An entry without its personal part is good only when a later entry records
// the purge.
func (s *Store) Verify(ctx context.Context, number string) (int, error) {
	w, err := s.walk(ctx, number, s.terms())
	if err != nil {
		return 0, err
	}
	if len(w.faults) > 0 {
		return w.sound(), w.faults[0]
	}
	return w.sound(), nil
}

// walk goes along a request's chain. A daemon may go on writing meanwhile: what
// looks wrong is looked at again when the request has changed.
func (s *Store) walk(ctx context.Context, number string, t terms) (*walk, error) {
	for {
		before, err := s.requestRow(ctx, number)
		if err != nil {
			return nil, err
		}
		w := &walk{request: before, keys: s.keyring(), terms: t, mails: map[string]int64{}}
		if err := s.follow(ctx, w); err != nil || len(w.faults) == 0 {
			return w, err
		}
		after, err := s.requestRow(ctx, number)
		if err != nil {
			return nil, err
		}
		if after.Seal == before.Seal && after.Head == before.Head && after.Body == before.Body {
			return w, nil
		}
	}
}

func (s *Store) requestRow(ctx context.Context, number string) (request, error) {
	found, err := rows[request](ctx, s, `SELECT `+requestColumns+` FROM requests WHERE number = ?`, number)
	if err != nil {
		return request{}, err
	}
	if len(found) == 0 {
		return request{}, fmt.Errorf("request %s: %w", number, ErrNotFound)
	}
	return found[0], nil
}

func (s *Store) follow(ctx context.Context, w *walk) error {
	cursor, err := s.db.QueryxContext(ctx, s.db.Rebind(`SELECT `+historyColumns+
		` FROM history WHERE number = ? ORDER BY seq`), w.request.Number)
	if err != nil {
		return s.fault(err)
	}
	defer func() { _ = cursor.Close() }()
	for cursor.Next() {
		if !w.step(cursor) {
			break
		}
	}
	if err := cursor.Err(); err != nil {
		return s.fault(err)
	}
	w.end()
	return nil
}

// walk is the way along a chain.
type walk struct {
	request
	keys   keyring
	terms  terms
	faults []*Broken

	good     int64
	astray   bool      // no further entry can be judged
	previous string    // hash of the last good entry
	at       time.Time // of that entry
	blank    int64     // first entry without its personal part; 0 none
	purged   int64     // last entry that records a purge; 0 none
	residue  string    // of the blank entries of the first schemas
	form     link      // the last entry that recorded the form
	mails    map[string]int64
}

func (w *walk) fault(seq int64, at time.Time, why string) {
	w.faults = append(w.faults, &Broken{w.Number, seq, at, why})
}

// sound is the number of entries before the first that is wrong.
func (w *walk) sound() int {
	sound := w.good
	for _, f := range w.faults {
		if f.Seq > 0 {
			sound = min(sound, f.Seq-1)
		} else if f.Why == addedBefore {
			sound = 0
		}
	}
	return int(sound)
}

const addedBefore = "the request never had an entry before its first"

// step reads the next entry; false when it leads astray.
func (w *walk) step(cursor *sqlx.Rows) bool {
	seq := w.good + 1
	var row dbEntry
	w.astray = true
	if err := cursor.StructScan(&row); err != nil { // SQLite keeps any type in any column
		w.fault(seq, time.Time{}, "it can't be read")
		return false
	}
	l := link{row.entry(), w.Number}
	switch {
	case l.Seq < 1:
		w.fault(0, l.At, addedBefore)
		return false
	case l.Seq > seq:
		w.fault(seq, l.At, "the entry is missing")
		return false
	case seq > w.Entries:
		w.fault(seq, l.At, "the request never had this entry")
		return false
	case !l.fits(w.previous):
		w.fault(seq, l.At, "its content does not match its hash")
		return false
	}
	w.astray = false
	w.good, w.previous, w.at = seq, l.Hash, l.At
	w.weigh(&l)
	return true
}

// weigh looks at an entry that fits its chain.
func (w *walk) weigh(l *link) {
	switch j := w.keys.judge(l.Seal, entryKind, l.Hash); {
	case j.verdict == unsealed && l.Seq > w.Adopted, j.verdict == broken:
		// the request's seal stands in for a key that is gone
		w.fault(l.Seq, l.At, j.String())
	}
	if l.isPurged() {
		if w.blank == 0 {
			w.blank = l.Seq
		}
		if l.version() == chainOpen {
			w.residue = residue(w.residue, l)
		}
	}
	if l.Event == workflow.Purged {
		w.purged = l.Seq
		if w.residue != "" && l.version() == chainSealed && l.Note != w.residue {
			w.fault(l.Seq, l.At, "the entries that it purged are not those that are there")
		}
	}
	if l.Form != "" {
		w.form = *l
	}
	if l.Mail != "" {
		w.mails[l.Mail] = l.Seq
	}
}

// end is what can be said only after the last entry.
func (w *walk) end() {
	switch {
	case w.astray: // and has been told
	case w.good < w.Entries:
		w.fault(w.good+1, time.Time{}, fmt.Sprintf("the history ends after %d of %d entries", w.good, w.Entries))
	case w.previous != w.Head:
		w.fault(w.good, w.at, "it is not the entry that the request ends with")
	case w.blank > w.purged:
		w.fault(w.blank, time.Time{}, "its personal part is gone, and no purge is recorded")
	}
	var r workflow.Request
	if err := json.Unmarshal([]byte(w.Body), &r); err != nil {
		w.fault(0, time.Time{}, "it can't be read")
		return
	}
	if w.form.Form != "" && !w.astray && r.Form.Digest() != w.form.Form {
		w.fault(0, time.Time{}, fmt.Sprintf("its form is not the one that history entry %d recorded", w.form.Seq))
	}
	if j := w.keys.judgeRequest(&w.request); j.verdict != authentic || !w.terms.trust(j) {
		w.fault(0, time.Time{}, "the request as it stands: "+j.String()+w.columns(&r))
	}
}

// columns says where the columns that are searched by differ from the request
// itself.
func (w *walk) columns(r *workflow.Request) (differ string) {
	is := w.request
	for _, c := range []struct{ name, column, body string }{
		{"state", is.State, string(r.State)},
		{"step", is.Step, r.Step},
		{"visit", fmt.Sprint(is.Visit), fmt.Sprint(r.Visit())},
		{"requester", is.Requester, strings.ToLower(r.Requester.Email)},
		{"created", is.Created.text(), stamp(micro(r.Created)).text()},
		{"due", is.Due.text(), stamp(micro(r.Due)).text()},
		{"alarm", is.Alarm.text(), stamp(micro(r.Alarm)).text()},
	} {
		if c.column != c.body {
			differ += fmt.Sprintf("; %s is %q in its column, %q in its body", c.name, c.column, c.body)
		}
	}
	return differ
}
