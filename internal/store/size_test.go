package store_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

// fill makes the database of some years: 100,000 requests, of which few have an
// alarm; as many mails, of which 1,000 wait; as many ledger entries.
func fill(t testing.TB, b *bed, raw *rawDB) {
	t.Helper()
	const (
		at     = `'2026-11-23 05:00:00.000000+00:00'`
		series = `WITH RECURSIVE s (i) AS (SELECT 100001 UNION ALL SELECT i + 1 FROM s WHERE i < 200000) `
		number = `'VC-2026-' || i`
	)
	for _, q := range []string{
		`INSERT INTO requests (number, state, step, visit, requester, created, alarm, entries, head, body) ` + series +
			`SELECT ` + number + `, 'selesai', 'laporan', 9, 'ani@x', ` + at +
			`, CASE WHEN i % 1000 = 0 THEN TIME END, 1, 'x', '{"number": "VC-2026-' || i || '"}' FROM s`,
		`INSERT INTO history (number, seq, at, event, author, step, visit, word, note, message_id, proof, hash) ` + series +
			`SELECT ` + number + `, 1, ` + at + `, 'registered', 'ani@x', 'permohonan', 1, '', '', '', '', 'x' FROM s`,
		`INSERT INTO outbox (id, number, n, recipient, kind, step, visit, answer, topic, message_id, mail, state, attempts, due, claimed_by, error, created) ` + series +
			`SELECT 'm' || i, ` + number +
			`, 1, 'a' || i % 5000 || '@x', 'task', 'laporan', 9, i % 3 = 0, CASE WHEN i % 3 = 0 THEN 'help ' || i ELSE '' END,
			'<' || i || '@x>', '', CASE WHEN i > 199000 THEN 'queued' ELSE 'sent' END, 0, ` + at + `, '', '', ` + at + ` FROM s`,
		`INSERT INTO ledger (id, mailbox, uidvalidity, uid, message_id, digest, body_digest, outcome, number, handled, sender) ` + series +
			`SELECT 'l' || i, 'INBOX', 1, i, '<' || i || '@y>', 'd' || i, 'b' || i, 'file', '', ` + at +
			`, 'a' || i % 5000 || '@x' FROM s`,
	} {
		q = strings.ReplaceAll(q, "TIME", at)
		if b.driver == "postgres" {
			q = strings.ReplaceAll(q, "THEN "+at, "THEN timestamptz "+at)
		}
		raw.exec(t, q)
	}
}

// everyday is what daemons do all the time; none of it may get slower with the years.
var everyday = []struct {
	name string
	do   func(context.Context, *store.Store) error
}{
	{"Claim+Finish", func(ctx context.Context, s *store.Store) error {
		mails, err := s.Claim(ctx, store.MainLane, "a", noon, noon.Add(time.Hour), 50)
		if err != nil || len(mails) != 50 {
			return fmt.Errorf("%d mails, %w", len(mails), err)
		}
		var ends []store.Finish
		for _, m := range mails[1:] {
			ends = append(ends, store.Finish{ID: m.ID, State: "sent"})
		}
		ends = append(ends, store.Finish{ID: mails[0].ID, State: "queued", Due: noon})
		return s.InTx(ctx, func(tx *store.Tx) error { return tx.Finish("a", noon, ends) })
	}},
	{"Rescue", func(ctx context.Context, s *store.Store) error { return s.Rescue(ctx, noon, false) }},
	{"Extend", func(ctx context.Context, s *store.Store) error { return s.Extend(ctx, "a", noon) }},
	{"Claim answers", func(ctx context.Context, s *store.Store) error {
		mails, err := s.Claim(ctx, store.AnswerLane, "a", noon, noon.Add(time.Hour), 10)
		if err != nil || len(mails) != 10 {
			return fmt.Errorf("%d answers, %w", len(mails), err)
		}
		return s.Rescue(ctx, noon, true)
	}},
	{"NextDue answers", func(ctx context.Context, s *store.Store) error {
		_, err := s.NextDue(ctx, store.AnswerLane)
		return err
	}},
	{"Unproven", func(ctx context.Context, s *store.Store) error {
		_, err := s.Unproven(ctx, noon.Add(-time.Hour))
		return err
	}},
	{"Paced", inTx(func(tx *store.Tx) error { _, err := tx.Paced("help 100002", 10, time.Hour, noon); return err })},
	{"NextDue", func(ctx context.Context, s *store.Store) error { _, err := s.NextDue(ctx, store.MainLane); return err }},
	{"NextAlarm", func(ctx context.Context, s *store.Store) error { _, err := s.NextAlarm(ctx); return err }},
	{"DueAlarms", inTx(func(tx *store.Tx) error {
		due, err := tx.DueAlarms(noon, 50)
		if len(due) != 50 {
			return fmt.Errorf("%d alarms, %w", len(due), err)
		}
		return err
	})},
	{"Known", inTx(func(tx *store.Tx) error {
		var mails []store.LedgerEntry
		for i := range 50 {
			mails = append(mails, handled(uint32(i), fmt.Sprintf("<%d@y>", i), fmt.Sprint("d", i), ""))
		}
		_, err := tx.Known(mails)
		return err
	})},
	{"Answers", inTx(func(tx *store.Tx) error { _, err := tx.Answers("a7@x", false, noon.Add(-time.Hour)); return err })},
	{"Told", inTx(func(tx *store.Tx) error { _, err := tx.Told("help 100002", noon.Add(-time.Hour)); return err })},
	{"AllAnswers", inTx(func(tx *store.Tx) error { _, err := tx.AllAnswers(noon.Add(-time.Hour)); return err })},
	{"Handled", inTx(func(tx *store.Tx) error { _, err := tx.Handled("a7@x", noon.Add(-time.Hour)); return err })},
	{"Bounced", inTx(func(tx *store.Tx) error { _, err := tx.Bounced("<100001@x>", "5.1.1"); return err })},
	{"Save", inTx(func(tx *store.Tx) error {
		var all []string
		for i := range 50 {
			all = append(all, fmt.Sprint("VC-2026-", 100001+i))
		}
		if err := tx.Load(all...); err != nil {
			return err
		}
		for _, number := range all {
			r, err := tx.Request(number)
			if err != nil {
				return err
			}
			r.State, r.Created, r.Visits = workflow.Running, noon, append(r.Visits, "laporan")
			if err := tx.Save(r, nil); err != nil {
				return err
			}
		}
		return nil
	})},
	{"Mails", func(ctx context.Context, s *store.Store) error { _, err := s.Mails(ctx, "VC-2026-100001"); return err }},
	{"History", func(ctx context.Context, s *store.Store) error {
		_, err := s.History(ctx, "VC-2026-100001")
		return err
	}},
}

func inTx(f func(*store.Tx) error) func(context.Context, *store.Store) error {
	return func(ctx context.Context, s *store.Store) error { return s.InTx(ctx, f) }
}

// PostgreSQL counts the rows that it reads one after the other: with the
// planner's statistics and, as after a rush of mails, without.
func TestNoTableIsReadFromEndToEnd(t *testing.T) {
	t.Parallel()
	b := postgresBed(t)
	if err := b.open(t).Close(); err != nil {
		t.Fatal(err)
	}
	raw := b.raw(t)
	for _, table := range []string{"requests", "history", "outbox", "ledger"} {
		raw.exec(t, `ALTER TABLE `+table+` SET (autovacuum_enabled = off)`)
	}
	fill(t, b, raw)
	raw.SetMaxOpenConns(1)
	for _, analyzed := range []bool{false, true} {
		if analyzed {
			raw.exec(t, `ANALYZE`)
		}
		for _, op := range everyday {
			before := sequential(t, raw)
			s := b.connect(t)
			err := op.do(t.Context(), s)
			_ = s.Close() // its server process then tells what it has counted
			if err != nil {
				t.Errorf("%s: %v", op.name, err)
			}
			for raw.count(t, `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'`) > 1 && t.Context().Err() == nil {
			}
			// Without statistics, for a minute at most, it takes Message-IDs for much
			// alike and reads the ledger, which then is short.
			if n := sequential(t, raw) - before; n > 0 && (analyzed || op.name != "Known") {
				t.Errorf("%s, analyzed %v: %d rows read one after the other", op.name, analyzed, n)
			}
		}
	}
}

func sequential(t testing.TB, raw *rawDB) int {
	t.Helper()
	raw.exec(t, `SELECT pg_stat_force_next_flush()`)
	raw.exec(t, `SELECT pg_stat_clear_snapshot()`)
	return raw.count(t, `SELECT coalesce(sum(seq_tup_read), 0) FROM pg_stat_user_tables WHERE relname IN ('requests', 'history', 'outbox', 'ledger')`)
}
