package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Audited says how much a whole audit has looked at.
type Audited struct {
	Requests int
	Entries  int // before the first wrong one of each history
}

// Audit holds the whole record against its seals: the facts, the numbers, every
// request with its history, form and mails, and the delegations. It tells found
// of each thing that somebody without the key has changed, added or taken away.
func (s *Store) Audit(ctx context.Context, now time.Time, found func(*Broken)) (Audited, error) {
	var a Audited
	if err := s.keyed(); err != nil {
		return a, err
	}
	st, err := s.standing(ctx, s.keyring(), now)
	if err != nil {
		return a, err
	}
	tell := func(format string, args ...any) { found(&Broken{Why: fmt.Sprintf(format, args...)}) }
	s.auditFacts(st, tell)
	counters, err := s.counters(ctx, st.terms, tell)
	if err != nil {
		return a, err
	}
	numbers, err := s.Numbers(ctx)
	if err != nil {
		return a, err
	}
	counters.missing(numbers, tell)
	for _, number := range numbers {
		w, err := s.walk(ctx, number, st.terms)
		switch {
		case errors.Is(err, ErrNotFound):
			tell("%s: it was taken away just now", number)
			continue
		case errors.Is(err, errUnreadable):
			tell("%s: it can't be read: %v", number, err)
			continue
		}
		if err == nil {
			err = s.auditMails(ctx, w)
		}
		if err != nil {
			return a, err
		}
		for _, f := range w.faults {
			found(f)
		}
		a.Requests, a.Entries = a.Requests+1, a.Entries+w.sound()
	}
	err = s.auditDelegations(ctx, st, tell)
	if errors.Is(err, errUnreadable) {
		tell("the delegations can't be read: %v", err)
		err = nil
	}
	return a, errors.Join(err, s.auditAnchor(ctx, st, tell))
}

func (s *Store) auditFacts(st standing, tell func(string, ...any)) {
	if len(st.facts)+len(st.lost) == 0 {
		tell("the record was never sealed; the daemon does so when it starts, and so does layanan migrate")
		return
	}
	if slices.Contains(st.lost, factKey+s.keyring().current()) {
		tell("what was stated of the key in force is gone, or was changed; another key in front of it makes a new start")
	}
	for _, name := range []string{factAdopted, factDelegations} {
		if _, ok := st.facts[name]; !ok {
			tell("what was stated of the record (%s) is gone, or was changed", name)
		}
	}
}

// counters are what numbers were given, by prefix and year.
type counters map[counterKey]int64

func (s *Store) counters(ctx context.Context, t terms, tell func(string, ...any)) (counters, error) {
	found, err := rows[counter](ctx, s, `SELECT `+counterColumns+` FROM counters ORDER BY prefix, year`)
	given := counters{}
	for _, c := range found {
		given[counterKey{c.Prefix, c.Year}] = c.Last
		if j := s.keyring().judgeCounter(&c); !t.trust(j) || j.verdict != authentic {
			tell("the counter of %s: %s", c.name(), j)
		}
	}
	return given, err
}

// missing tells of the numbers that were given and are not there: none is ever
// skipped.
func (c counters) missing(numbers []string, tell func(string, ...any)) {
	there := map[counterKey][]int64{}
	for _, number := range numbers {
		parts := strings.Split(number, "-")
		if len(parts) < 3 {
			continue
		}
		year, errYear := strconv.Atoi(parts[len(parts)-2])
		n, err := strconv.ParseInt(parts[len(parts)-1], 10, 64)
		if err == nil && errYear == nil {
			key := counterKey{strings.Join(parts[:len(parts)-2], "-"), year}
			there[key] = append(there[key], n)
		}
	}
	for key := range there {
		if _, ok := c[key]; !ok {
			tell("the counter of %s-%d is gone", key.prefix, key.year)
		}
	}
	for key, last := range c {
		slices.Sort(there[key])
		next := int64(1)
		for _, n := range append(there[key], last+1) {
			if n > next {
				q := counter{Prefix: key.prefix, Year: key.year}
				tell("%d requests are gone, %s to %s", n-next, q.number(next), q.number(n-1))
			}
			next = n + 1
		}
	}
}

// auditMails holds the mails that are kept of a request against the digests in
// its history. A purge takes them away.
func (s *Store) auditMails(ctx context.Context, w *walk) error {
	kept, err := rows[string](ctx, s, `SELECT digest FROM mails WHERE number = ? ORDER BY digest`, w.Number)
	if err != nil {
		return err
	}
	for _, digest := range kept {
		found, err := rows[originalRow](ctx, s,
			`SELECT number, digest, size, mail, seal FROM mails WHERE number = ? AND digest = ?`, w.Number, digest)
		if err != nil {
			return err
		}
		for _, r := range found {
			if why := s.auditMail(&r, w.terms); why != "" {
				w.fault(0, time.Time{}, "the mail "+digest+" "+why)
			}
		}
	}
	for digest, seq := range w.mails {
		if seq > w.purged && !slices.Contains(kept, digest) {
			w.fault(seq, time.Time{}, "its mail "+digest+" is gone")
		}
	}
	return nil
}

// auditMail says what is wrong with a kept mail; "" when nothing is.
func (s *Store) auditMail(r *originalRow, t terms) string {
	raw, err := unpack(r.Mail)
	if err != nil {
		return "can't be read"
	}
	if len(raw) == 0 {
		if j := s.keyring().judgeUnkept(r); j.verdict != authentic || !t.trust(j) {
			return "is gone"
		}
		return ""
	}
	if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != r.Digest {
		return "was replaced by another"
	}
	return ""
}

// auditDelegations looks for those that were invented, altered or taken away.
func (s *Store) auditDelegations(ctx context.Context, st standing, tell func(string, ...any)) error {
	const stated = `SELECT value FROM facts WHERE name = ?`
	for {
		before, err := rows[string](ctx, s, stated, factDelegations)
		if err != nil {
			return err
		}
		found, err := rows[delegationRow](ctx, s, `SELECT `+delegationColumns+` FROM delegations ORDER BY id`)
		if err != nil {
			return err
		}
		after, err := rows[string](ctx, s, stated, factDelegations)
		if err != nil {
			return err
		}
		if slices.Equal(before, after) { // no daemon has made one meanwhile
			s.auditRows(found, st, before, tell)
			return nil
		}
	}
}

func (s *Store) auditRows(found []delegationRow, st standing, stated []string, tell func(string, ...any)) {
	ours := 0
	for _, r := range found {
		if j := s.keyring().judgeDelegation(&r); j.verdict != authentic || !st.trust(j) {
			tell("the delegation %s: %s", r.ID, j)
		} else {
			ours++
		}
	}
	if len(stated) == 0 { // and has been told
		return
	}
	switch n, err := strconv.Atoi(stated[0]); {
	case err != nil:
	case len(found) < n:
		tell("%d delegations are gone", n-len(found))
	case ours > n:
		tell("%d delegations are there, and only %d were made and not removed", ours, n)
	}
}

// auditAnchor holds the last anchor that is kept against the one that was stated.
func (s *Store) auditAnchor(ctx context.Context, st standing, tell func(string, ...any)) error {
	a, err := s.LastAnchor(ctx)
	if err != nil {
		return err
	}
	if f, ok := st.facts[factAnchor]; ok != (a.Digest != "") || ok && f.Value != a.String() {
		tell("the last anchor in the database is not the one that was mailed last")
	}
	return nil
}
