package store

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"batan.go.id/layanan/workflow"
)

// Sealing says what Seal did, and what it left alone.
type Sealing struct {
	Adopted int       // requests that had been written without a key
	Renewed int       // seals of other keys
	Refused []string  // what does not hold and was not sealed; Audit tells why
	Next    time.Time // when to call it again; zero: no need

	TookOver time.Time // when an older version's record was adopted; zero: never
}

var errNoKey = errors.New("database: without the keys of the secret file nothing can be written into the record")

// UseKeys gives the keys that seal the record: the first seals, all verify.
// New keys in place of others come into force by Seal.
func (s *Store) UseKeys(secrets ...[]byte) {
	k := newKeyring(secrets...)
	if !s.keys.CompareAndSwap(nil, &k) && !slices.Equal(k.names(), s.keyring().names()) {
		s.next.Store(&k)
	}
}

func (s *Store) keyring() keyring {
	if k := s.keys.Load(); k != nil {
		return *k
	}
	return keyring{}
}

// keyed fails without a key.
func (s *Store) keyed() error {
	if s.keyring().current() == "" {
		return errNoKey
	}
	return nil
}

func (s *Store) terms() terms {
	if t := s.allowed.Load(); t != nil {
		return *t
	}
	return terms{}
}

// trust reports whether what a seal is on may be sealed anew.
func (tx *Tx) trust(j judgement) bool { return tx.adopting || tx.s.terms().trust(j) }

// Seal puts the keys into force. Once for each database it takes into the
// record what older versions wrote without a key; once for each new key it
// renews all seals that hold, so that a replaced one forges nothing later. For
// an hour after either it goes on with that, since other daemons may not have
// followed yet. Nothing that an empty or sealed database holds is adopted.
func (s *Store) Seal(ctx context.Context, now time.Time) (Sealing, error) {
	keys, next := s.keyring(), s.next.Load()
	if next != nil {
		keys = *next
	}
	if keys.current() == "" {
		return Sealing{}, errNoKey
	}
	if err := s.begin(ctx, keys, now); err != nil {
		return Sealing{}, err
	}
	if next != nil { // only what is stated may seal
		s.keys.Store(next)
		s.next.CompareAndSwap(next, nil)
	}
	st, err := s.standing(ctx, keys, now)
	if err != nil {
		return Sealing{}, err
	}
	s.allowed.Store(&st.terms)
	done := Sealing{Refused: st.lost}
	if f, ok := st.facts[factAdopted]; ok && !f.At.utc().Equal(always) {
		if done.TookOver = f.At.utc(); done.TookOver.IsZero() {
			done.TookOver = micro(now)
		}
	}
	if !st.busy {
		return done, nil
	}
	if err := s.renew(ctx, &done); err != nil {
		return done, err
	}
	if err := s.finish(ctx, st, now); err != nil {
		return done, err
	}
	done.Next = now.Add(time.Minute)
	return done, nil
}

// begin states what was not stated yet: that what has no seal is being adopted,
// and that the key is coming into force.
func (s *Store) begin(ctx context.Context, keys keyring, now time.Time) error {
	own := factKey + keys.current()
	st, err := s.standing(ctx, keys, now)
	if err != nil || st.stated(own) && st.stated(factAdopted) {
		return err
	}
	return s.InTx(ctx, func(tx *Tx) error {
		since := always // of what is empty there is nothing to do
		used, err := txRows[int](tx,
			`SELECT 1 FROM requests UNION ALL SELECT 1 FROM delegations UNION ALL SELECT 1 FROM counters LIMIT 1`)
		if err != nil {
			return err
		}
		if len(used) > 0 {
			since = time.Time{}
		}
		if !st.stated(factAdopted) {
			if err := errors.Join(tx.stateBy(keys, factAdopted, "", since),
				tx.stateBy(keys, factDelegations, "0", always)); err != nil {
				return err
			}
		}
		if !st.stated(own) {
			if len(keys.others()) == 0 {
				since = always
			}
			return tx.stateBy(keys, own, strings.Join(keys.others(), " "), since)
		}
		return nil
	})
}

// finish states that what was under way has been done.
func (s *Store) finish(ctx context.Context, st standing, now time.Time) error {
	return s.InTx(ctx, func(tx *Tx) error {
		for _, name := range []string{factAdopted, factKey + s.keyring().current()} {
			if f, ok := st.facts[name]; ok && f.At.utc().IsZero() {
				if err := tx.state(name, f.Value, now); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// renewBatch is how many requests go into one transaction.
const renewBatch = 500

// renew seals by the present key all that the terms let it.
func (s *Store) renew(ctx context.Context, done *Sealing) error {
	for last, n := "", renewBatch; n == renewBatch; {
		found, err := rows[request](ctx, s, `SELECT `+requestColumns+
			` FROM requests WHERE number > ? ORDER BY number LIMIT ?`, last, renewBatch)
		if err != nil {
			return err
		}
		if n = len(found); n == 0 {
			break
		}
		last = found[n-1].Number
		var stale []string
		for _, q := range found {
			if s.stale(s.keyring().judgeRequest(&q)) {
				stale = append(stale, q.Number)
			}
		}
		if len(stale) == 0 {
			continue
		}
		if err := s.InTx(ctx, func(tx *Tx) error { return tx.renewRequests(stale, done) }); err != nil {
			return err
		}
	}
	return s.InTx(ctx, func(tx *Tx) error { return tx.renewRest(done) })
}

// renewRest renews the seals of all but requests.
func (tx *Tx) renewRest(done *Sealing) error {
	for _, renew := range []func(*Sealing) error{tx.renewCounters, tx.renewDelegations, tx.renewUnkept, tx.renewFacts} {
		if err := renew(done); err != nil {
			return err
		}
	}
	return nil
}

// stale reports whether a seal is not the present key's.
func (s *Store) stale(j judgement) bool {
	return j.verdict != authentic || j.key != s.keyring().current()
}

// may reports whether a stale seal may be renewed, and notes what is done.
func (tx *Tx) may(j judgement, what string, done *Sealing) bool {
	switch {
	case !tx.s.stale(j):
		return false
	case !tx.trust(j):
		done.Refused = append(done.Refused, what)
		return false
	}
	done.Renewed++
	return true
}

func (tx *Tx) renewRequests(numbers []string, done *Sealing) error {
	if err := tx.Load(numbers...); err != nil {
		return err
	}
	for _, number := range numbers {
		q := tx.requests[number]
		if q == nil || !tx.may(q.found, number, done) {
			continue
		}
		if q.found.verdict != authentic {
			done.Adopted++
			done.Renewed--
		}
		if err := tx.Save(q.value, nil); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) renewCounters(done *Sealing) error {
	found, err := txRows[counter](tx, `SELECT `+counterColumns+` FROM counters ORDER BY prefix, year`+
		tx.s.forUpdate(false))
	for _, c := range found {
		if err == nil && tx.may(tx.s.keyring().judgeCounter(&c), c.name(), done) {
			_, err = tx.exec(`UPDATE counters SET seal = ? WHERE prefix = ? AND year = ?`,
				tx.s.keyring().seal("counter", c.content()...), c.Prefix, c.Year)
		}
	}
	return err
}

func (tx *Tx) renewDelegations(done *Sealing) error {
	found, err := txRows[delegationRow](tx, `SELECT `+delegationColumns+` FROM delegations ORDER BY id`+
		tx.s.forUpdate(false))
	for _, r := range found {
		if err == nil && tx.may(tx.s.keyring().judgeDelegation(&r), "delegation "+r.ID, done) {
			_, err = tx.exec(`UPDATE delegations SET seal = ? WHERE id = ?`, tx.s.keyring().seal("delegation", r.content()...),
				r.ID)
		}
	}
	return err
}

// renewUnkept seals the sizes of the mails that were too large to keep.
func (tx *Tx) renewUnkept(done *Sealing) error {
	found, err := txRows[originalRow](tx,
		`SELECT number, digest, size, seal FROM mails WHERE size > ? ORDER BY number, digest`, MaxOriginal)
	for _, r := range found {
		if err == nil && tx.may(tx.s.keyring().judgeUnkept(&r), r.Number+": mail "+r.Digest, done) {
			_, err = tx.exec(`UPDATE mails SET seal = ? WHERE number = ? AND digest = ?`,
				tx.s.keyring().seal(unkept, r.content()...), r.Number, r.Digest)
		}
	}
	return err
}

// renewFacts states anew what is counted, when what has no seal counts too.
func (tx *Tx) renewFacts(done *Sealing) error {
	if tx.adopting || tx.s.terms().adopt {
		if _, _, err := tx.fact(factDelegations); err != nil { // lock it before counting
			return err
		}
		n, err := txRows[int](tx, `SELECT count(*) FROM delegations`)
		if err != nil {
			return err
		}
		a, err := tx.LastAnchor()
		if err != nil {
			return err
		}
		if err := tx.state(factDelegations, strconv.Itoa(n[0]), always); err != nil {
			return err
		}
		if a.Digest != "" {
			if err := tx.state(factAnchor, a.String(), a.Before); err != nil {
				return err
			}
		}
	}
	found, err := txRows[fact](tx, `SELECT `+factColumns+` FROM facts ORDER BY name`+tx.s.forUpdate(false))
	for _, f := range found {
		if err == nil && !strings.HasPrefix(f.Name, factKey) && tx.may(tx.s.keyring().judgeFact(&f), "fact "+f.Name, done) {
			err = tx.state(f.Name, f.Value, f.At.utc())
		}
	}
	return err
}

// Adopt takes a request as it stands into the record, although it was written
// without the key: an operator answers for it, and the history says so. What
// its hashes show stays shown.
func (s *Store) Adopt(ctx context.Context, number, by, why string, now time.Time) error {
	return s.InTx(ctx, func(tx *Tx) error {
		r, err := tx.Request(number)
		if err != nil {
			return err
		}
		tx.adopting = true
		r, e := r.Adopt(by, why, now)
		return tx.Save(r, []workflow.Entry{e})
	})
}

// AdoptRest is Adopt for all that is no request: counters, delegations and what
// is counted. A fact keeps who answers for it.
func (s *Store) AdoptRest(ctx context.Context, by, why string, now time.Time) error {
	return s.InTx(ctx, func(tx *Tx) error {
		tx.adopting = true
		if err := tx.renewRest(&Sealing{}); err != nil {
			return err
		}
		if err := tx.state(factAdopted+" "+stamp(micro(now)).text(), by+": "+why, now); err != nil {
			return err
		}
		if _, j, err := tx.fact(factAdopted); err != nil || tx.s.terms().trust(j) {
			return err
		}
		return tx.state(factAdopted, "", always)
	})
}
