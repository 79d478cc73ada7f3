package store

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"batan.go.id/layanan/workflow"
)

// request is a request's row: the request, what is searched by, the end of its
// history chain, and the seal over all of it.
type request struct {
	Number    string `db:"number"`
	State     string `db:"state"`
	Step      string `db:"step"`
	Visit     int64  `db:"visit"`
	Requester string `db:"requester"`
	Created   stamp  `db:"created"`
	Due       stamp  `db:"due"`
	Alarm     stamp  `db:"alarm"`
	Entries   int64  `db:"entries"`
	Head      string `db:"head"`
	Body      string `db:"body"`
	Adopted   int64  `db:"adopted"` // up to this entry the history may be unsealed
	Seal      string `db:"seal"`

	value workflow.Request
	fresh bool      // not in the database yet
	found judgement // on the row as it was loaded
	had   int64     // entries then
	dirty bool
}

const requestColumns = `number, state, step, visit, requester, created, due, alarm, entries, head, body, adopted, seal`

// content is what the seal covers.
func (q *request) content() []any {
	return []any{q.Number, q.State, q.Step, q.Visit, q.Requester, q.Created.text(), q.Due.text(), q.Alarm.text(),
		q.Entries, q.Head, q.Body, q.Adopted}
}

func (k keyring) judgeRequest(q *request) judgement {
	return k.judge(q.Seal, "request", q.content()...)
}

type (
	counterKey struct {
		prefix string
		year   int
	}
	counter struct {
		Prefix string    `db:"prefix"`
		Year   int       `db:"year"`
		Last   int64     `db:"last"`
		Seal   string    `db:"seal"`
		found  judgement // as it was loaded
	}
)

// newID makes a key that sorts by the time of its making.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

func marshal(v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("store: %w", err)
	}
	return string(b), nil
}

// NextNumber gives the next request number of a prefix and year, such as
// VC-2026-0001. Numbers neither skip nor repeat: the counter moves with the
// transaction that uses it.
func (tx *Tx) NextNumber(prefix string, year int) (string, error) {
	key := counterKey{prefix, year}
	c := tx.counters[key]
	if c == nil {
		if _, err := tx.exec(`INSERT INTO counters (prefix, year, last) VALUES (?, ?, 0) ON CONFLICT (prefix, year) DO NOTHING`, prefix, year); err != nil {
			return "", err
		}
		found, err := txRows[counter](tx, `SELECT `+counterColumns+` FROM counters WHERE prefix = ? AND year = ?`+
			tx.s.forUpdate(false), prefix, year)
		if err != nil {
			return "", err
		}
		c = &found[0]
		c.found = tx.s.keyring().judgeCounter(c)
		tx.counters[key] = c
	}
	c.Last++
	return c.number(c.Last), nil
}

const counterColumns = `prefix, year, last, seal`

func (c *counter) name() string { return fmt.Sprintf("%s-%d", c.Prefix, c.Year) }

// number is a request's.
func (c *counter) number(n int64) string { return fmt.Sprintf("%s-%d-%04d", c.Prefix, c.Year, n) }

func (c *counter) content() []any { return []any{c.Prefix, c.Year, c.Last} }

// judgeCounter takes a counter's word that it never counted.
func (k keyring) judgeCounter(c *counter) judgement {
	if c.Last == 0 && c.Seal == "" {
		return judgement{authentic, k.current()}
	}
	return k.judge(c.Seal, "counter", c.content()...)
}

func (tx *Tx) writeCounters() error {
	for _, c := range tx.counters {
		if tx.trust(c.found) {
			c.Seal = tx.s.keyring().seal("counter", c.content()...)
		}
		if _, err := tx.exec(`UPDATE counters SET last = ?, seal = ? WHERE prefix = ? AND year = ?`, c.Last, c.Seal,
			c.Prefix, c.Year); err != nil {
			return err
		}
	}
	return nil
}

// Load reads requests into the transaction and locks them against others.
// Numbers that don't exist are passed over.
func (tx *Tx) Load(numbers ...string) error {
	var want []string
	for _, n := range numbers {
		if _, ok := tx.requests[n]; !ok {
			want = append(want, n)
		}
	}
	if len(want) == 0 {
		return nil
	}
	found, err := txRows[request](tx, `SELECT `+requestColumns+` FROM requests WHERE number IN `+in(len(want))+
		` ORDER BY number`+tx.s.forUpdate(false), list(want)...)
	if err != nil {
		return err
	}
	return tx.keep(found)
}

// keep takes rows that are new to the transaction into it.
func (tx *Tx) keep(found []request) error {
	for i := range found {
		q := &found[i]
		if err := json.Unmarshal([]byte(q.Body), &q.value); err != nil {
			return fmt.Errorf("store: request: %w", err)
		}
		q.found, q.had = tx.s.keyring().judgeRequest(q), q.Entries
		tx.requests[q.Number] = q
	}
	return nil
}

// Request gives a request as this transaction left it; ErrNotFound when there
// is none.
func (tx *Tx) Request(number string) (workflow.Request, error) {
	if err := tx.Load(number); err != nil {
		return workflow.Request{}, err
	}
	q := tx.requests[number]
	if q == nil {
		return workflow.Request{}, fmt.Errorf("request %s: %w", number, ErrNotFound)
	}
	return q.value, nil
}

// The states that queries ask for, as workflow names them; they stand in the text, since an index is of those that
// wait alone.
var (
	waits    = "state = '" + string(workflow.Waiting) + "'" // as the index says
	notEnded = states(workflow.OpenStates...)
)

// states is the condition that a request is in one of some states.
func states(list ...workflow.State) string {
	var quoted []string
	for _, s := range list {
		quoted = append(quoted, "'"+string(s)+"'")
	}
	return "state IN (" + strings.Join(quoted, ", ") + ")"
}

// Waiting locks the requests of the given requesters that wait for them, and
// gives them by number, as this transaction left them.
func (tx *Tx) Waiting(requesters ...string) ([]workflow.Request, error) {
	requesters = slices.Clone(requesters)
	for i, email := range requesters {
		requesters[i] = strings.ToLower(email)
	}
	found, err := txRows[request](tx, `SELECT `+requestColumns+` FROM requests WHERE `+waits+` AND requester IN `+
		in(len(requesters))+` ORDER BY number`+tx.s.forUpdate(false),
		list(requesters)...)
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(q request) bool { return tx.requests[q.Number] != nil })
	if err := tx.keep(found); err != nil {
		return nil, err
	}
	var out []workflow.Request
	for _, number := range slices.Sorted(maps.Keys(tx.requests)) {
		if r := tx.requests[number].value; r.State == workflow.Waiting && slices.Contains(requesters,
			strings.ToLower(r.Requester.Email)) {
			out = append(out, r)
		}
	}
	return out, nil
}

// DueAlarms locks up to limit requests whose alarm has come and that nobody
// is working on, this transaction included.
func (tx *Tx) DueAlarms(now time.Time, limit int) ([]workflow.Request, error) {
	found, err := txRows[request](tx, `SELECT `+requestColumns+` FROM requests WHERE alarm <= ? ORDER BY alarm LIMIT ?`+
		tx.s.forUpdate(true), stamp(now), limit)
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(q request) bool { return tx.requests[q.Number] != nil })
	if err := tx.keep(found); err != nil {
		return nil, err
	}
	out := make([]workflow.Request, len(found))
	for i, q := range found {
		out[i] = q.value
	}
	return out, nil
}

// Save keeps a request with what its history has gained: one that is new, or
// that this transaction has loaded (any other gives ErrConflict at the commit).
// Queued reminders of a step that was left meanwhile are dropped.
func (tx *Tx) Save(r workflow.Request, entries []workflow.Entry) error {
	if err := tx.s.keyed(); err != nil {
		return err
	}
	q := tx.requests[r.Number]
	if q == nil {
		q = &request{fresh: true}
		tx.requests[r.Number] = q
	}
	if !q.dirty {
		tx.order = append(tx.order, r.Number)
	}
	if !q.fresh && q.value.Visit() != r.Visit() {
		tx.left = append(tx.left, r.Number)
	}
	q.value, q.dirty = r, true
	for _, e := range entries {
		q.Entries++
		l := newLink(tx.s.keyring(), r.Number, q.Entries, e, q.Head)
		q.Head = l.Hash
		tx.history = append(tx.history, l)
	}
	return nil
}

func (tx *Tx) writeRequests() error {
	var fresh, changed [][]any
	for _, number := range tx.order {
		q := tx.requests[number]
		if err := tx.seal(q); err != nil {
			return err
		}
		row := []any{q.Number, q.State, q.Step, q.Visit, q.Requester, q.Created, q.Due, q.Alarm, q.Entries, q.Head, q.Body,
			q.Adopted, q.Seal}
		if q.fresh {
			fresh = append(fresh, row)
		} else {
			changed = append(changed, row)
		}
	}
	const head = `INSERT INTO requests (` + requestColumns + `)`
	if err := tx.insert(head, ``, fresh); err != nil {
		return err
	}
	return tx.insert(head,
		` ON CONFLICT (number) DO UPDATE SET state = excluded.state, step = excluded.step, visit = excluded.visit, requester = excluded.requester,
		due = excluded.due, alarm = excluded.alarm, entries = excluded.entries, head = excluded.head, body = excluded.body,
		adopted = excluded.adopted, seal = excluded.seal`, changed)
}

// seal makes the row of a request's present value. When what was loaded did
// not hold, the request goes on all the same, but under the seal that it had:
// nothing that was done behind our back is sealed by what follows.
func (tx *Tx) seal(q *request) (err error) {
	r := &q.value
	if q.fresh {
		q.Created = stamp(micro(r.Created))
	}
	q.Number, q.State, q.Step, q.Visit, q.Requester = r.Number, string(r.State), r.Step, int64(r.Visit()),
		strings.ToLower(r.Requester.Email)
	q.Due, q.Alarm = stamp(micro(r.Due)), stamp(micro(r.Alarm))
	if q.Body, err = marshal(q.value); err != nil {
		return err
	}
	if !q.fresh && !tx.trust(q.found) {
		return nil
	}
	if !q.fresh && q.found.verdict != authentic {
		q.Adopted = q.had
	}
	q.Seal = tx.s.keyring().seal("request", q.content()...)
	return nil
}
