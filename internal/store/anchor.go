package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Anchor is what all histories together were before an instant: kept outside
// of the database, it shows when their tails were cut, or a request with all
// of its entries was taken away, and the rest made to fit.
type Anchor struct {
	Before   time.Time // UTC, to the second; entries of that instant and later are not in it
	Requests int
	Entries  int
	Digest   string // hex SHA-256 of a line for each request: "NUMBER ENTRIES HASH\n", by number
}

// String is the anchor as it is mailed.
func (a Anchor) String() string {
	return fmt.Sprintf("%s %d %d %s", a.Before.UTC().Format(time.RFC3339), a.Requests, a.Entries, a.Digest)
}

var anchorPattern = regexp.MustCompile(`(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\s+(\d+)\s+(\d+)\s+([0-9a-f]{64})\b`)

// FindAnchor reads the anchor that a text such as its mail holds.
func FindAnchor(text string) (Anchor, bool) {
	m := anchorPattern.FindStringSubmatch(text)
	if m == nil {
		return Anchor{}, false
	}
	before, err := time.Parse(time.RFC3339, m[1])
	requests, errRequests := strconv.Atoi(m[2])
	entries, errEntries := strconv.Atoi(m[3])
	return Anchor{Before: before, Requests: requests, Entries: entries, Digest: m[4]},
		errors.Join(err, errRequests, errEntries) == nil
}

// Weigh computes the anchor of an instant. It must have passed by longer than a
// transaction takes, or an entry may yet come that belongs before it.
func (s *Store) Weigh(ctx context.Context, before time.Time) (Anchor, error) {
	found, err := rows[chainHead](ctx, s, headsSQL, stamp(before))
	return weigh(before, found), err
}

// Weigh is Store.Weigh as the transaction sees it.
func (tx *Tx) Weigh(before time.Time) (Anchor, error) {
	found, err := txRows[chainHead](tx, headsSQL, stamp(before))
	return weigh(before, found), err
}

const headsSQL = `SELECT h.number, h.seq, h.hash FROM history h
	JOIN (SELECT number, max(seq) AS last FROM history WHERE at < ? GROUP BY number) l ON l.number = h.number AND l.last = h.seq`

// chainHead is the last entry of a history.
type chainHead struct {
	Number string `db:"number"`
	Seq    int64  `db:"seq"`
	Hash   string `db:"hash"`
}

func weigh(before time.Time, heads []chainHead) Anchor {
	a := Anchor{Before: before.UTC(), Requests: len(heads)}
	slices.SortFunc(heads, func(x, y chainHead) int { return strings.Compare(x.Number, y.Number) })
	sum := sha256.New()
	for _, h := range heads {
		a.Entries += int(h.Seq)
		fmt.Fprintf(sum, "%s %d %s\n", h.Number, h.Seq, h.Hash)
	}
	a.Digest = hex.EncodeToString(sum.Sum(nil))
	return a
}

// KeepAnchor keeps an anchor that is being mailed; it fails when there is one
// of that instant.
func (tx *Tx) KeepAnchor(a Anchor) error {
	if _, err := tx.exec(`INSERT INTO anchors (before, requests, entries, digest) VALUES (?, ?, ?, ?)`, stamp(a.Before),
		a.Requests, a.Entries, a.Digest); err != nil {
		return err
	}
	return tx.state(factAnchor, a.String(), a.Before)
}

type anchorRow struct {
	Before   stamp  `db:"before"`
	Requests int    `db:"requests"`
	Entries  int    `db:"entries"`
	Digest   string `db:"digest"`
}

const lastAnchorSQL = `SELECT before, requests, entries, digest FROM anchors ORDER BY before DESC LIMIT 1`

// LastAnchor is the latest anchor that was mailed; the zero Anchor before the first.
func (s *Store) LastAnchor(ctx context.Context) (Anchor, error) {
	return lastAnchor(rows[anchorRow](ctx, s, lastAnchorSQL))
}

// LastAnchor is Store.LastAnchor as the transaction sees it.
func (tx *Tx) LastAnchor() (Anchor, error) {
	return lastAnchor(txRows[anchorRow](tx, lastAnchorSQL))
}

func lastAnchor(found []anchorRow, err error) (Anchor, error) {
	if err != nil || len(found) == 0 {
		return Anchor{}, err
	}
	a := found[0]
	return Anchor{Before: a.Before.utc(), Requests: a.Requests, Entries: a.Entries, Digest: a.Digest}, nil
}
