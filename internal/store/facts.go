package store

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
)

// fact is what the key's holder states of the record as a whole.
type fact struct {
	Name  string `db:"name"`
	Value string `db:"value"`
	At    stamp  `db:"at"` // zero while it is under way
	Seal  string `db:"seal"`
}

// The names of facts.
const (
	factAdopted     = "adopted"     // when what had been written without a key was taken into the record
	factDelegations = "delegations" // how many there are
	factAnchor      = "anchor"      // the last one
	factKey         = "key "        // and its name: since when it seals, and instead of which others
)

const factColumns = `name, value, at, seal`

func (f *fact) content() []any { return []any{f.Name, f.Value, f.At.text()} }

func (k keyring) judgeFact(f *fact) judgement { return k.judge(f.Seal, "fact", f.content()...) }

// fact locks a fact and says what its seal is worth; one that was never stated
// is unsealed.
func (tx *Tx) fact(name string) (fact, judgement, error) {
	found, err := txRows[fact](tx, `SELECT `+factColumns+` FROM facts WHERE name = ?`+tx.s.forUpdate(false), name)
	if err != nil || len(found) == 0 {
		return fact{Name: name}, judgement{}, err
	}
	return found[0], tx.s.keyring().judgeFact(&found[0]), nil
}

// state states a fact.
func (tx *Tx) state(name, value string, at time.Time) error {
	return tx.stateBy(tx.s.keyring(), name, value, at)
}

func (tx *Tx) stateBy(keys keyring, name, value string, at time.Time) error {
	f := fact{Name: name, Value: value, At: stamp(micro(at))}
	f.Seal = keys.seal("fact", f.content()...)
	_, err := tx.exec(`INSERT INTO facts (name, value, at, seal) VALUES (?, ?, ?, ?)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value, at = excluded.at, seal = excluded.seal`, f.Name, f.Value, f.At, f.Seal)
	return err
}

// count adds to a stated number. One that does not hold, or is gone, stays as it
// is: what made it wrong must not be counted away.
func (tx *Tx) count(name string, more int64) error {
	f, j, err := tx.fact(name)
	if err != nil || f.Seal == "" || !tx.trust(j) {
		return err
	}
	n, err := strconv.ParseInt(f.Value, 10, 64)
	if err != nil {
		return err
	}
	return tx.state(name, strconv.FormatInt(n+more, 10), always)
}

// always is when a fact began to hold that has no beginning.
var always = time.Unix(0, 0)

// grace is how long after an upgrade, or a change of keys, the seals of daemons
// that have not followed yet are renewed.
const grace = time.Hour

// terms say what may be sealed anew. The zero terms take every key's word.
type terms struct {
	adopt   bool            // also what was written without a key
	retired map[string]bool // keys whose word no longer counts
}

func (t terms) trust(j judgement) bool {
	switch j.verdict {
	case authentic:
		return !t.retired[j.key]
	case unsealed, broken:
		return t.adopt
	}
	return false
}

// standing is what the facts say at an instant.
type standing struct {
	facts map[string]fact // those that hold
	lost  []string        // names of those that must have been stated, and don't hold
	until time.Time       // when the grace ends; zero: it has, or has not begun
	busy  bool            // something is under way, or in its grace
	terms
}

// standing reads the facts, and what follows from them. A fact that is not
// there although it must have been was taken away; then nothing is trusted for
// its want.
func (s *Store) standing(ctx context.Context, keys keyring, now time.Time) (standing, error) {
	st := standing{facts: map[string]fact{}}
	found, err := rows[fact](ctx, s, `SELECT `+factColumns+` FROM facts`)
	if err != nil {
		return st, err
	}
	own := factKey + keys.current()
	st.retired = set(keys.others())
	for _, f := range found {
		if j := keys.judgeFact(&f); f.Name == own && j.verdict == authentic && j.key == keys.current() {
			st.facts[own], st.retired = f, set(strings.Fields(f.Value))
			if st.running(f, now) {
				st.retired = nil
			}
		}
	}
	if _, ok := st.facts[own]; !ok {
		used, err := s.used(ctx, keys.current())
		switch {
		case err != nil:
			return st, err
		case used:
			st.lost = append(st.lost, own)
		default: // the key has yet to come into force
			st.retired = nil
		}
	}
	for _, f := range found {
		if j := keys.judgeFact(&f); j.verdict == authentic && st.trust(j) {
			st.facts[f.Name] = f
		}
	}
	f, ok := st.facts[factAdopted]
	if ok {
		st.adopt = st.running(f, now)
		return st, nil
	}
	used, err := s.used(ctx, "")
	if used {
		st.lost = append(st.lost, factAdopted)
	}
	return st, err
}

// stated reports whether a fact was stated once, though it may be lost.
func (st *standing) stated(name string) bool {
	_, ok := st.facts[name]
	return ok || slices.Contains(st.lost, name)
}

// running reports whether what a fact tells of is under way, or in its grace.
func (st *standing) running(f fact, now time.Time) bool {
	end := f.At.utc().Add(grace)
	switch {
	case f.At.utc().IsZero():
		st.busy = true
	case end.After(now):
		st.busy = true
		if end.After(st.until) {
			st.until = end
		}
	default:
		return false
	}
	return true
}

// used reports whether anything is sealed by a key; "" is any.
func (s *Store) used(ctx context.Context, key string) (bool, error) {
	like := strconv.Itoa(sealVersion) + ":" + key + "%"
	for _, table := range []string{"facts", "requests", "history"} {
		found, err := rows[int](ctx, s, `SELECT 1 FROM `+table+` WHERE seal LIKE ? LIMIT 1`, like)
		if err != nil || len(found) > 0 {
			return err == nil, err
		}
	}
	return false, nil
}

func set(names []string) map[string]bool {
	out := map[string]bool{}
	for _, n := range names {
		out[n] = true
	}
	return out
}
