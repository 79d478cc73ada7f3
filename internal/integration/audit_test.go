package integration

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/lab"
	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

func TestAuditOnSQLite(t *testing.T) {
	t.Parallel()
	testAudit(t, func(*testing.T) string { return "sqlite:layanan.db" })
}

func TestAuditOnPostgreSQL(t *testing.T) {
	t.Parallel()
	testAudit(t, func(t *testing.T) string { return lab.PostgreSQL(t).Database(t) })
}

// testAudit plays a request to its end and reads its record as an auditor does;
// then the person is purged from it.
func testAudit(t *testing.T, database func(*testing.T) string) {
	d := lab.Dovecot(t, users())
	p := lab.Postfix(t, d)
	s := newSite(t, database(t), d, p).write(t)
	s.must(t, "migrate")
	s.earlier(t)
	daemon := s.start(t).ready(t)
	o := newOffice(t, d, p)
	sidik := s.file(t, "sidik.eml", string(o.take(operator, "dead-letter", "Sidik riwayat").raw))
	anchored := func(when string) {
		if out := s.must(t, "audit", "verify", "--anchor", sidik); !strings.Contains(out, "ok: anchor ") ||
			!strings.Contains(out, " 1 1 ") {
			t.Errorf("%s: %s", when, out)
		}
	}
	anchored("at first")
	number, open := o.file("Rapat anggaran"), o.file("Rapat lain")
	o.reply(o.take(ka, "task", number), "Tolak karena ruangan terpakai.")
	o.take(pemohon, "rejected", number)
	o.take(ka, "receipt", number)
	s.sent(t, number)

	entries, mails := s.exported(t, number)
	if len(entries) != 2 || len(mails) != 2 {
		t.Fatalf("%d entries, %d mails", len(entries), len(mails))
	}
	rechain(t, entries, mails)
	expect(t, "rule of the form", entries[0].Rule, "form")
	expect(t, "rule of the word", entries[1].Rule, "holder ka_ppiksn")
	expect(t, "proof of the word", entries[1].Proof, "token (plus address)")
	o.replays(s, open)

	held := s.must(t, "privacy", "export", pemohon)
	for _, want := range []string{number, open, "Ani Lestari", `"notice": "rejected"`, entries[0].Mail,
		`"outcome": "file"`} {
		if !strings.Contains(held, want) {
			t.Errorf("the export lacks %q", want)
		}
	}

	if out := s.must(t, "purge", "--older-than", "0s", "--dry-run"); !strings.Contains(out, "would purge "+number) {
		t.Error(out)
	}
	before := s.must(t, "audit", "export", open)
	if out := s.must(t, "purge", "--older-than", "0s"); !strings.Contains(out, "purged "+number) ||
		strings.Contains(out, open) {
		t.Error(out)
	}
	s.audit(t)
	anchored("after the purge")
	left, none := s.exported(t, number)
	if len(left) != 3 || left[2].Event != "purged" || len(none) != 0 {
		t.Errorf("%+v, %d mails", left, len(none))
	}
	rechain(t, left, nil)
	if show := s.must(t, "requests", "show", number, "--json"); strings.Contains(show, pemohon) ||
		strings.Contains(show, "Ani") || strings.Contains(show, "terpakai") {
		t.Errorf("left after the purge: %s", show)
	}
	if held := s.must(t, "privacy", "export", pemohon); strings.Contains(held, number) || !strings.Contains(held, open) {
		t.Errorf("held after the purge: %s", held)
	}
	expect(t, "the other request's record", s.must(t, "audit", "export", open), before)
	daemon.stop(t)
}

// replays asks for the mails to be read again: none is read otherwise by the same binary, and what was asked back can
// leave the office without names and numbers.
func (o *office) replays(s *site, number string) {
	o.reply(o.take(ka, "task", number), "Setuju kalau Bu Ratna 0812345 hadir.")
	o.take(ka, "unrecognised", number)
	examples := filepath.Join(s.dir, "doubts.txt")
	out := s.must(o.t, "replay", "--export-doubts", examples)
	expect(o.t, "replay", strings.TrimSpace(out),
		"4 mails read again, 0 of them otherwise than before; 1 are asked back or held")
	data, err := os.ReadFile(examples)
	if err != nil {
		o.t.Fatal(err)
	}
	expect(o.t, "what was asked back", string(data),
		"== asked back SETUJU condition\nSetuju kalau Bu Budi 0000000 hadir.\n")
}

// earlier makes a request that was turned down two days ago.
func (s *site) earlier(t *testing.T) {
	t.Helper()
	at := time.Now().AddDate(0, 0, -2)
	st := s.store(t)
	if _, err := st.Seal(t.Context(), at); err != nil {
		t.Fatal(err)
	}
	err := st.InTx(t.Context(), func(tx *store.Tx) error {
		number, err := tx.NextNumber("VC", 2020)
		if err != nil {
			return err
		}
		r := workflow.NewRequest(number, at)
		r.State, r.Step, r.Visits, r.Closed, r.Requester = workflow.StateRejected, "persetujuan", []string{"persetujuan"},
			at, workflow.Person{Email: "lama@batan.go.id"}
		return tx.Save(r, []workflow.Entry{{At: at, Event: "rejected", By: ka, Step: r.Step, Visit: 1}})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// sent waits until all mails of a request are known to have left.
func (s *site) sent(t *testing.T, number string) {
	t.Helper()
	until(t, "record of the mails of "+number, func() bool {
		for _, m := range s.show(t, number).Mails {
			if m.State != "sent" {
				return false
			}
		}
		return true
	})
}

// line is a line of audit export.
type line struct {
	Type, Number, At, Event, By, Step, Word, Note, Mail, Proof, Rule, Salt, Personal, Hash, Digest string
	Form, Seal                                                                                     string
	MessageID                                                                                      string `json:"message_id"`
	Seq, Visit                                                                                     int
	Raw                                                                                            []byte
}

func (s *site) exported(t *testing.T, number string) (entries []line, mails map[string]line) {
	t.Helper()
	mails = map[string]line{}
	for text := range strings.Lines(s.must(t, "audit", "export", number)) {
		var l line
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatal(err)
		}
		if expect(t, "number", l.Number, number); l.Type == "mail" {
			mails[l.Digest] = l
		} else {
			entries = append(entries, l)
		}
	}
	return entries, mails
}

// rechain checks an export by nothing but what docs/record.md says.
func rechain(t *testing.T, entries []line, mails map[string]line) {
	t.Helper()
	text := func(s string) string { b, _ := json.Marshal(s); return string(b) } // a string always marshals
	sum := func(s string) string { h := sha256.Sum256([]byte(s)); return hex.EncodeToString(h[:]) }
	previous := ""
	for _, e := range entries {
		if e.Salt != "" {
			expect(t, "personal", e.Personal,
				sum(fmt.Sprintf(`{"salt":%s,"by":%s,"note":%s,"message_id":%s,"proof":%s,"form":%s}`, text(e.Salt), text(e.By),
					text(e.Note), text(e.MessageID), text(e.Proof), text(e.Form))))
		}
		expect(t, "hash", e.Hash,
			sum(previous+fmt.Sprintf(`{"version":3,"number":%s,"seq":%d,"at":%s,"event":%s,"step":%s,"visit":%d,"word":%s,"rule":%s,"mail":%s,"personal":%s}`,
				text(e.Number), e.Seq, text(e.At), text(e.Event), text(e.Step), e.Visit, text(e.Word), text(e.Rule), text(e.Mail),
				text(e.Personal))))
		previous = e.Hash
		if m, ok := mails[e.Mail]; mails != nil && (!ok || sum(string(m.Raw)) != e.Mail) {
			t.Errorf("entry %d: its mail is not kept, or another", e.Seq)
		}
	}
}
