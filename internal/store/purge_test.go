package store_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

// lived makes a request with all that may belong to one; closed says when, zero
// not yet.
func lived(t testing.TB, s *store.Store, number, who string, closed time.Time) {
	t.Helper()
	email := who + "@batan.go.id"
	r := request(number, 3)
	r.Requester, r.Form = workflow.Person{Name: "Nama " + who, Email: email}, workflow.Form{"nip": {Text: "nip-" + who}}
	if !closed.IsZero() {
		r.State, r.Closed = workflow.StateFinished, closed
	}
	e := entry("registered")
	e.By, e.Note, e.Mail, e.MessageID = email, "catatan "+who, "digest-"+number, "<pesan-"+who+"@x>"
	at := r.Created
	do(t, s, func(tx *store.Tx) error {
		tx.Keep(store.Original{Digest: "digest-" + number, Number: number, At: at, Sender: email,
			Raw: []byte("From: " + who + "\r\n\r\nisi " + who)})
		tx.Record(store.LedgerEntry{Mailbox: "INBOX", UIDValidity: 1, UID: uint32(number[len(number)-1]),
			MessageID: "<pesan-" + who + "@x>", Digest: "digest-" + number, Number: number, Sender: email, Handled: at})
		m := tx.Enqueue(mail(number, email, 1))
		m.Raw, m.MessageID = []byte("Yth. "+who), "<"+number+".1@layanan>"
		tx.Bury(store.DeadLetter{At: at, Sender: email, Subject: "surat " + who, Raw: []byte("mati " + who)})
		if _, err := tx.Delegate(workflow.Delegation{By: r.Requester, To: workflow.Person{Email: "plh@batan.go.id"},
			Request: number}); err != nil {
			return err
		}
		last := e
		last.Event, last.Note = "closed", ""
		return tx.Save(r, []workflow.Entry{e, last})
	})
}

// delivered sends all mails of the outbox.
func delivered(t testing.TB, s *store.Store) {
	t.Helper()
	for {
		mails := must(s.Claim(t.Context(), store.MainLane, "a", noon.Add(time.Hour), noon.Add(2*time.Hour), 100))(t)
		if len(mails) == 0 {
			return
		}
		var ends []store.Finish
		for _, m := range mails {
			ends = append(ends, store.Finish{ID: m.ID, State: "sent"})
		}
		do(t, s, func(tx *store.Tx) error { return tx.Finish("a", noon, ends) })
	}
}

// contents is all that the tables hold, as text.
func contents(t testing.TB, b *bed, raw *rawDB) string {
	t.Helper()
	var out strings.Builder
	var tables []string
	if err := raw.Select(&tables, map[string]string{
		"sqlite":   `SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`,
		"postgres": `SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
	}[b.driver]); err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		found, err := raw.Queryx("SELECT * FROM " + table)
		if err != nil {
			t.Fatal(err)
		}
		for found.Next() {
			columns, err := found.SliceScan()
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range columns {
				if text, ok := c.([]byte); ok {
					c = string(text)
				}
				fmt.Fprintln(&out, table, c)
			}
		}
	}
	return out.String()
}

func TestPurge(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s, raw := b.open(t), b.raw(t)
		old, now := noon.AddDate(0, 0, 1), noon.AddDate(3, 0, 0)
		lived(t, s, "VC-2026-0001", "cici", old)
		lived(t, s, "VC-2026-0002", "dodi", time.Time{})
		lived(t, s, "VC-2026-0003", "endang", noon.AddDate(2, 11, 0))
		delivered(t, s)
		lived(t, s, "VC-2026-0004", "fajar", old) // its mail has not left
		anchored := anchor(t, s)
		letters := must(s.DeadLetters(t.Context(), store.DeadFilter{}))(t)
		do(t, s, func(tx *store.Tx) error { return tx.Settle(letters[0].ID, "discarded", "x") })

		before := contents(t, b, raw)
		p := must(s.Purge(t.Context(), noon.AddDate(1, 0, 0), now, true))(t)
		if contents(t, b, raw) != before {
			t.Error("a dry run changed something")
		}
		for range 2 {
			if !slices.Equal(p.Requests, []string{"VC-2026-0001"}) || p.DeadLetters != 1 || p.Mails != 0 || p.Delegations != 0 {
				t.Fatalf("%+v", p)
			}
			p = must(s.Purge(t.Context(), noon.AddDate(1, 0, 0), now, len(p.Requests) == 0))(t)
		}
		left := contents(t, b, raw)
		for line := range strings.Lines(left) {
			if strings.Contains(strings.ToLower(line), "cici") {
				t.Errorf("of a purged request is left: %s", line)
			}
		}
		for _, who := range []string{"dodi", "endang", "fajar"} {
			for _, is := range []string{who + "@batan.go.id", "nip-" + who, "catatan " + who, "<pesan-" + who, "surat " + who} {
				if !strings.Contains(left, is) {
					t.Errorf("%q went too", is)
				}
			}
		}
		for number, n := range map[string]int{"VC-2026-0001": 3, "VC-2026-0002": 2, "VC-2026-0003": 2, "VC-2026-0004": 2} {
			if got, err := s.Verify(t.Context(), number); got != n || err != nil {
				t.Errorf("%s: %d, %v", number, got, err)
			}
		}
		h := must(s.History(t.Context(), "VC-2026-0001"))(t)
		if h[0].Event != "registered" || h[0].Mail != "digest-VC-2026-0001" || h[0].Rule == "" ||
			h[2].Event != workflow.Purged || !h[2].At.Equal(now) || h[2].By != workflow.Service {
			t.Errorf("%+v", h)
		}
		if a := must(s.Weigh(t.Context(), anchored.Before))(t); a != anchored {
			t.Errorf("the anchor was %+v, is %+v", anchored, a)
		}
		if again := must(s.Purge(t.Context(), noon.AddDate(1, 0, 0), now, false))(t); len(again.Requests)+
			again.DeadLetters != 0 {
			t.Errorf("once more: %+v", again)
		}
	})
}

// What SQLite deletes lies in free pages until they are used again.
func TestPurgeReachesTheFile(t *testing.T) {
	b := sqliteBed(t)
	s := b.open(t)
	lived(t, s, "VC-2026-0001", "cici", noon)
	lived(t, s, "VC-2026-0002", "dodi", time.Time{})
	delivered(t, s)
	letters := must(s.DeadLetters(t.Context(), store.DeadFilter{}))(t)
	do(t, s, func(tx *store.Tx) error { return tx.Settle(letters[0].ID, "discarded", "x") })
	must(s.Purge(t.Context(), noon.Add(time.Hour), noon.Add(time.Hour), false))(t)
	files := must(filepath.Glob(b.dsn + "*"))(t)
	var all []byte
	for _, file := range files {
		all = append(all, must(os.ReadFile(file))(t)...)
	}
	if bytes.Contains(all, []byte("cici@")) || !bytes.Contains(all, []byte("dodi@")) {
		t.Errorf("cici found: %v, dodi found: %v", bytes.Contains(all, []byte("cici@")),
			bytes.Contains(all, []byte("dodi@")))
	}
}

func TestHeldAboutAPerson(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		lived(t, s, "VC-2026-0001", "cici", noon)
		lived(t, s, "VC-2026-0002", "c_ci", noon) // _ is no wildcard
		told := request("VC-2026-0003", 1)
		told.Told = []string{"cici@batan.go.id"}
		e := entry("undeliverable")
		e.By, e.Note = workflow.Service, "task Cici@batan.go.id 5.1.1"
		do(t, s, func(tx *store.Tx) error { return tx.Save(told, []workflow.Entry{e}) })

		h := must(s.Held(t.Context(), " Cici@Batan.go.id"))(t)
		if len(h.Requests) != 1 || h.Requests[0].Number != "VC-2026-0001" ||
			!slices.Equal(h.Mentioned, []string{"VC-2026-0003"}) {
			t.Errorf("requests %+v, mentioned %v", h.Requests, h.Mentioned)
		}
		if len(h.Entries) != 3 || h.Entries[2].Number != "VC-2026-0003" || h.Entries[0].Note != "catatan cici" ||
			len(h.Entries[0].Hash) != 64 {
			t.Errorf("entries %+v", h.Entries)
		}
		if len(h.Originals) != 1 || !strings.Contains(string(h.Originals[0].Raw), "isi cici") || len(h.Mails) != 1 ||
			string(h.Mails[0].Raw) != "Yth. cici" {
			t.Errorf("originals %+v, mails %+v", h.Originals, h.Mails)
		}
		if len(h.Ledger) != 1 || h.Ledger[0].MessageID != "<pesan-cici@x>" || len(h.DeadLetters) != 1 ||
			string(h.DeadLetters[0].Raw) != "mati cici" || len(h.Delegations) != 1 {
			t.Errorf("ledger %+v, dead letters %+v, delegations %+v", h.Ledger, h.DeadLetters, h.Delegations)
		}
		if other := must(s.Held(t.Context(), "c_ci@batan.go.id"))(t); len(other.Requests) != 1 ||
			other.Requests[0].Number != "VC-2026-0002" || len(other.Entries) != 2 {
			t.Errorf("%+v", other)
		}
		for _, hostile := range []string{"", "%", "' OR '1' = '1", `"; DROP TABLE requests; --`, "siapa@batan.go.id"} {
			if h := must(s.Held(t.Context(), hostile))(t); len(h.Requests)+len(h.Entries)+len(h.Mentioned)+len(h.Mails)+
				len(h.Originals) != 0 {
				t.Errorf("%q: %+v", hostile, h)
			}
		}
	})
}
