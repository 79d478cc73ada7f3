package store_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

// audit is all that is wrong with the record.
func audit(t testing.TB, s *store.Store, now time.Time) (faults []string) {
	t.Helper()
	if _, err := s.Audit(t.Context(), now, func(b *store.Broken) { faults = append(faults, b.Error()) }); err != nil {
		t.Fatal(err)
	}
	return faults
}

// recorded makes a record with something of everything: three requests, of
// which the first has a kept mail and one that was too large, delegations, an
// anchor.
func recorded(t testing.TB, s *store.Store) {
	t.Helper()
	for i := range 3 {
		do(t, s, func(tx *store.Tx) error {
			number, err := tx.NextNumber("VC", 2026)
			if err != nil {
				return err
			}
			r := request(number, 1)
			r.Form = workflow.Form{"kegiatan": {Text: "Rapat <anggaran> \xff"},
				"tanggal": {Text: "besok", Date: true, Start: noon, AllDay: true}}
			r.Due, r.Alarm = noon.Add(time.Hour), noon.Add(time.Hour)
			var entries []workflow.Entry
			for k, event := range []string{"registered", "asked", "advanced"} {
				raw := []byte(fmt.Sprintf("Subject: %s %d\r\n\r\nisi", number, k))
				if i == 0 && k == 1 {
					raw = make([]byte, store.MaxOriginal+1)
				}
				sum := sha256.Sum256(raw)
				e := entry(event)
				e.Mail, e.Note = hex.EncodeToString(sum[:]), event
				if k == 0 {
					e.Form = r.Form.Digest()
				}
				tx.Keep(store.Original{Digest: e.Mail, Number: number, At: noon, Sender: "ani@batan.go.id", Raw: raw})
				entries = append(entries, e)
			}
			return tx.Save(r, entries)
		})
	}
	delegate(t, s, workflow.Delegation{Role: "ka_ppiksn", By: workflow.Person{Email: "ka@x"},
		To: workflow.Person{Email: "plh@x"}, From: noon, Until: noon.Add(48 * time.Hour)},
		workflow.Delegation{Role: "kabid_pjkkd", By: workflow.Person{Email: "kabid@x"}, To: workflow.Person{Email: "plt@x"},
			From: noon, Request: "VC-2026-0002"})
	anchor(t, s)
}

// appended is an entry as plain SQL can write it, with the right hash of the
// schemas before the key.
func appended(event, author string) []string {
	personal := sha256sum(fmt.Sprintf(`{"salt":"garam","by":"%s","note":"","message_id":"","proof":"token"}`, author))
	return []string{fmt.Sprintf(`INSERT INTO history (number, seq, at, event, author, step, visit, word, note, message_id, proof, rule, mail, salt, personal, hash)
		SELECT number, 4, '2026-11-23 06:00:00.000000+00:00', '%s', '%s', 'persetujuan', 1, 'SETUJU', '', '', 'token', 'holder ka_ppiksn', '', 'garam', '%s', HASH
		FROM requests WHERE number = '%s'`, event, author, personal, tampered),
		`UPDATE requests SET entries = 4, head = HASH WHERE number = '` + tampered + `'`}
}

// hashed puts the right hash into what appended gives.
func hashed(t testing.TB, raw *rawDB, queries []string) (out []string) {
	var head string
	if err := raw.Get(&head, raw.Rebind(`SELECT hash FROM history WHERE number = ? AND seq = 3`), tampered); err != nil {
		t.Fatal(err)
	}
	event, author := strings.Split(queries[0], "'")[3], strings.Split(queries[0], "'")[5]
	personal := sha256sum(fmt.Sprintf(`{"salt":"garam","by":"%s","note":"","message_id":"","proof":"token"}`, author))
	hash := sha256sum(head +
		fmt.Sprintf(`{"number":"%s","seq":4,"at":"2026-11-23 06:00:00.000000+00:00","event":"%s","step":"persetujuan","visit":1,"word":"SETUJU","rule":"holder ka_ppiksn","mail":"","personal":"%s"}`, tampered, event, personal))
	for _, q := range queries {
		out = append(out, strings.ReplaceAll(q, "HASH", "'"+hash+"'"))
	}
	return out
}

const (
	first  = " WHERE number = '" + tampered + "'"
	second = " WHERE number = 'VC-2026-0002'"
	third  = " WHERE number = 'VC-2026-0003'"
)

// cut leaves a request with the first n entries, and everything made to fit.
func cut(n int) []string {
	return []string{fmt.Sprintf("DELETE FROM history%s AND seq > %d", first, n),
		fmt.Sprintf("UPDATE requests SET entries = %d, head = (SELECT hash FROM history h WHERE h.number = "+
			"requests.number AND seq = %d)%s", n, n, first)}
}

// gone takes a request away with all that belongs to it.
func gone(where string) []string {
	return []string{"DELETE FROM history" + where, "DELETE FROM mails" + where, "DELETE FROM requests" + where}
}

// attacks are what somebody can do who has the database and lacks the key, and
// a part of what audit then says.
func attacks(t testing.TB, raw *rawDB) map[string]struct {
	sql  []string
	want string
} {
	enc := must(zstd.NewWriter(nil))(t)
	other := fmt.Sprintf("%x", enc.EncodeAll([]byte("Subject: palsu\r\n\r\nSETUJU"), nil))
	blob := map[string]string{"sqlite": "x'" + other + "'", "postgres": `'\x` + other + "'"}[raw.DriverName()]
	empty := map[string]string{"sqlite": "x''", "postgres": "''"}[raw.DriverName()]
	kept := first + " AND size < 1000"
	strip := func(tables ...string) (out []string) {
		for _, table := range tables {
			out = append(out, "UPDATE "+table+" SET seal = ''")
		}
		return out
	}
	body := func(was, is string) []string {
		return []string{fmt.Sprintf("UPDATE requests SET body = replace(body, '%s', '%s')%s AND body LIKE '%%%s%%'", was, is,
			first, was)}
	}
	type attack = struct {
		sql  []string
		want string
	}
	forged := hashed(t, raw, appended("advanced", "ka@batan.go.id"))
	return map[string]attack{
		"entry appended with the right hash": {forged, tampered + ": history entry 4: it was written without the key"},
		"entry appended, seals taken off": {append(slices.Clone(forged), strip("requests", "history")...), tampered +
			": the request as it stands: it was written without the key"},
		"entry appended, taken for adopted": {append(slices.Clone(forged), "UPDATE requests SET adopted = 4"+first),
			tampered + ": the request as it stands: it is not what was sealed"},
		"entry appended under an old seal": {append(slices.Clone(forged),
			"UPDATE history SET seal = (SELECT seal FROM history h WHERE h.number = history.number AND seq = 3)"+first+
				" AND seq = 4"), tampered + ": history entry 4: "},
		"entry appended, request as it was": {forged[:1], tampered +
			": history entry 4: the request never had this entry"},
		"purge pretended": {append(hashed(t, raw, appended("purged", "layanan")), blanked+first+
			" AND seq < 4", "DELETE FROM mails"+first), tampered + ": history entry 4: it was written without the key"},
		"entry's seal exchanged": {[]string{"UPDATE history SET seal = (SELECT seal FROM history h WHERE " +
			"h.number = 'VC-2026-0002' AND seq = 2)" + first + " AND seq = 2"}, tampered +
			": history entry 2: it is not what was sealed"},
		"form's digest changed": {[]string{"UPDATE history SET form = 'ab'" + first + " AND seq = 1"},
			tampered + ": history entry 1: its content"},
		"form changed": {body("anggaran", "direksi"), tampered +
			": its form is not the one that history entry 1 recorded"},
		"state set": {[]string{"UPDATE requests SET state = 'selesai'" + first},
			`state is "selesai" in its column, "berjalan" in its body`},
		"step set": {[]string{"UPDATE requests SET step = 'persiapan'" + first},
			`step is "persiapan" in its column`},
		"step set throughout": {append(body(`"step":"persetujuan"`, `"step":"persiapan"`),
			"UPDATE requests SET step = 'persiapan'"+first), tampered +
			": the request as it stands: it is not what was sealed"},
		"requester set": {body("Ani@batan.go.id", "budi@batan.go.id"), tampered +
			": the request as it stands"},
		"deadline set": {[]string{"UPDATE requests SET due = '2027-01-01 00:00:00.000000+00:00'" +
			first}, tampered + ": the request as it stands"},
		"alarm silenced": {[]string{"UPDATE requests SET alarm = NULL" + first}, tampered +
			": the request as it stands"},
		"another request's seal": {[]string{"UPDATE requests SET seal = (SELECT seal FROM requests r WHERE " +
			"r.number = 'VC-2026-0002')" + first}, tampered + ": the request as it stands"},
		"a seal of no key": {[]string{"UPDATE requests SET seal = '1:0123456789abcdef:" +
			strings.Repeat("0", 64) + "'" + first}, "the key 0123456789abcdef, which the secret file does not hold"},
		"a seal that is none": {[]string{"UPDATE requests SET seal = 'x'" + first}, tampered +
			": the request as it stands"},
		"body unreadable": {[]string{"UPDATE requests SET body = 'x'" + third},
			"VC-2026-0003: it can't be read"},
		"tail cut": {cut(2), tampered +
			": the request as it stands: it is not what was sealed"},
		"all but the first entry cut": {append(cut(1), "UPDATE requests SET seal = ''"+first), tampered +
			": the request as it stands"},
		"mail replaced": {[]string{"UPDATE mails SET mail = " + blob + kept},
			"was replaced by another"},
		"mail replaced, with its digest": {[]string{"UPDATE mails SET mail = " + blob + ", digest = '" +
			sha256sum("Subject: palsu\r\n\r\nSETUJU") + "'" + kept + " AND digest = (SELECT min(digest) FROM mails" + kept +
			")"}, " is gone"},
		"mail deleted": {[]string{"DELETE FROM mails" + kept}, tampered +
			": history entry 1: its mail "},
		"mail emptied": {[]string{"UPDATE mails SET mail = " + empty + kept}, " is gone"},
		"mail said to have been too large": {[]string{"UPDATE mails SET size = 99999999, mail = " + empty + kept},
			" is gone"},
		"mail too large, by another's seal": {[]string{"UPDATE mails SET mail = " + empty +
			", size = 10485761, seal = (SELECT max(seal) FROM mails)" + kept}, " is gone"},
		"mail unreadable": {[]string{"UPDATE mails SET mail = " +
			strings.Replace(blob, other, "00ff", 1) + kept}, "can't be read"},
		"large mail deleted": {[]string{"DELETE FROM mails" + first + " AND size > 1000"}, tampered +
			": history entry 2: its mail "},
		"request taken away":       {gone(second), "1 requests are gone, VC-2026-0002 to VC-2026-0002"},
		"first request taken away": {gone(first), "1 requests are gone, VC-2026-0001 to VC-2026-0001"},
		"last request taken away":  {gone(third), "1 requests are gone, VC-2026-0003 to VC-2026-0003"},
		"last request taken away and uncounted": {append(gone(third), "UPDATE counters SET last = 2 WHERE last = 3"),
			"the counter of VC-2026: it is not what was sealed"},
		"counter taken away": {append(gone(third), "DELETE FROM counters"),
			"the counter of VC-2026 is gone"},
		"delegation invented": {[]string{`INSERT INTO delegations (id, until, number, body) VALUES ('x', NULL, '', '{"id":"x","role":"ka_ppiksn","by":{"email":"ka@x"},"to":{"email":"budi@x"},"from":"2026-11-23T00:00:00Z","recorded":"2026-11-23T00:00:00Z"}')`},
			"the delegation x: it was written without the key"},
		"delegation invented under a seal": {[]string{`INSERT INTO delegations (id, until, number, body, seal) SELECT 'x', until, number, body, seal FROM delegations WHERE number = ''`}, "the delegation x: it is not what was sealed"},
		"delegation given to another": {[]string{"UPDATE delegations SET body = replace(body, 'plh@x', 'budi@x')"},
			"the delegation "},
		"delegation without end": {[]string{"UPDATE delegations SET until = NULL WHERE number = ''"},
			"the delegation "},
		"delegation for every request": {[]string{"UPDATE delegations SET number = ''"}, "the delegation "},
		"delegation taken away": {[]string{"DELETE FROM delegations WHERE number = ''"},
			"1 delegations are gone"},
		"all delegations taken away": {[]string{"DELETE FROM delegations"}, "2 delegations are gone"},
		"delegations uncounted": {[]string{"DELETE FROM delegations",
			"UPDATE facts SET value = '0' WHERE name = 'delegations'"}, "(delegations) is gone, or was changed"},
		"facts taken away": {append([]string{"DELETE FROM facts"}, forged...),
			"what was stated of the key in force is gone"},
		"facts made new": {append([]string{"UPDATE facts SET at = NULL, value = ''"}, forged...),
			"what was stated of the key in force is gone"},
		"seals taken off": {strip("requests", "history", "counters", "delegations", "mails"),
			"it was written without the key"},
		"anchor forged":     {[]string{"UPDATE anchors SET entries = 1"}, "the last anchor in the database"},
		"anchor taken away": {[]string{"DELETE FROM anchors"}, "the last anchor in the database"},
	}
}

var recordTables = []string{"requests", "history", "mails", "delegations", "counters", "facts", "anchors"}

// Whatever is done without the key is found, and it is not forgotten when the
// service works on: a new start, and an entry for each request, seal nothing
// that was done behind our back.
func TestWhatIsDoneWithoutTheKeyIsFound(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s, raw := b.open(t), b.raw(t)
		recorded(t, s)
		b.disarm(t, raw)
		raw.SetMaxOpenConns(1)
		for _, table := range recordTables {
			raw.exec(t, "CREATE TABLE kept_"+table+" AS SELECT * FROM "+table)
		}
		for name, a := range attacks(t, raw) {
			for _, q := range a.sql {
				if n, _ := raw.exec(t, q).RowsAffected(); n == 0 {
					t.Fatalf("%s: nothing is changed by %s", name, q)
				}
			}
			found := func(faults []string) bool {
				return slices.ContainsFunc(faults, func(f string) bool { return strings.Contains(f, a.want) })
			}
			if faults := audit(t, s, noon.Add(time.Minute)); !found(faults) {
				t.Errorf("%s is not found: %q", name, faults)
			}
			goOn(t, b)
			if faults := audit(t, s, noon.Add(3*time.Hour)); len(faults) == 0 {
				t.Errorf("%s is forgotten", name)
			}
			for _, table := range []string{"history", "requests", "mails", "delegations", "counters", "facts", "anchors"} {
				raw.exec(t, "DELETE FROM "+table)
			}
			for _, table := range recordTables {
				raw.exec(t, "INSERT INTO "+table+" SELECT * FROM kept_"+table)
			}
			if faults := audit(t, s, noon.Add(time.Minute)); len(faults) > 0 {
				t.Fatalf("%s: restored: %q", name, faults)
			}
		}
	})
}

// SQLite takes any type into any column; what can't be read is told like the rest, and hides nothing.
func TestUnreadableRowsAreTold(t *testing.T) {
	for _, c := range []struct{ set, want string }{
		{"requests SET created = ''", "VC-2026-0001: it can't be read"},
		{"requests SET alarm = 'kemarin'", "VC-2026-0001: it can't be read"},
		{"requests SET entries = 'tiga'", "VC-2026-0001: it can't be read"},
		{"delegations SET until = ''", "the delegations can't be read"},
	} {
		b := sqliteBed(t)
		s, raw := b.open(t), b.raw(t)
		recorded(t, s)
		b.disarm(t, raw)
		raw.exec(t, "UPDATE "+c.set+" WHERE rowid = 1")
		raw.exec(t, "UPDATE requests SET state = 'selesai' WHERE number = 'VC-2026-0002'")
		raw.exec(t, "DELETE FROM anchors")
		said := strings.Join(audit(t, s, noon.Add(time.Minute)), "\n")
		for _, want := range []string{c.want, "VC-2026-0002: the request as it stands", "the last anchor in the database"} {
			if !strings.Contains(said, want) {
				t.Errorf("%s: %q is not told in %q", c.set, want, said)
			}
		}
	}
}

// goOn is another life of the daemon, with an entry for each request.
func goOn(t testing.TB, b *bed) {
	t.Helper()
	s := must(store.Open(t.Context(), b.driver, b.dsn))(t)
	defer s.Close()
	s.UseKeys(key)
	must(s.Seal(t.Context(), noon.Add(2*time.Hour)))(t)
	for _, number := range must(s.Numbers(t.Context()))(t) {
		_ = s.InTx(t.Context(), func(tx *store.Tx) error { // it may be unreadable
			r, err := tx.Request(number)
			if err != nil {
				return err
			}
			e := entry("reminder")
			e.Mail = ""
			return tx.Save(r, []workflow.Entry{e})
		})
	}
	do(t, s, func(tx *store.Tx) error {
		_, err := tx.Delegate(workflow.Delegation{Role: "kasubbid_pj", From: noon})
		return err
	})
}

// What the service does itself is never found.
func TestHonestRecordIsSound(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		if faults := audit(t, s, noon); len(faults) > 0 {
			t.Errorf("of nothing: %q", faults)
		}
		recorded(t, s)
		d := delegate(t, s, workflow.Delegation{Role: "kasubbid_pj", From: noon, Until: noon.Add(time.Hour)})[0]
		do(t, s, func(tx *store.Tx) error { _, err := tx.EndDelegation(d.ID, noon.Add(time.Minute)); return err })
		do(t, s, func(tx *store.Tx) error {
			r, err := tx.Request("VC-2026-0002")
			if err != nil {
				return err
			}
			r.State, r.Closed = workflow.StateFinished, noon
			return tx.Save(r, []workflow.Entry{})
		})
		goOn(t, b)
		if faults := audit(t, s, noon.Add(time.Hour)); len(faults) > 0 {
			t.Errorf("%q", faults)
		}
		if p := must(s.Purge(t.Context(), noon.AddDate(1, 0, 0), noon.AddDate(2, 0, 0), false))(t); len(p.Requests) != 1 ||
			p.Delegations != 2 {
			t.Errorf("%+v", p)
		}
		if faults := audit(t, s, noon.AddDate(2, 0, 0)); len(faults) > 0 {
			t.Errorf("after a purge: %q", faults)
		}
	})
}
