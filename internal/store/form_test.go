package store_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

// TestFormsWait: a form waits for its sender's word, serves one request, and
// goes when nobody confirms it.
func TestFormsWait(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		keep := func(number string, at time.Time, raw []byte) {
			do(t, s, func(tx *store.Tx) error {
				said, err := json.Marshal(workflow.Event{By: workflow.Person{Email: "kasubbid@batan.go.id"},
					Form: workflow.Form{"email": {Text: "cici@batan.go.id"}, "tanggal": {Text: "besok", Date: true, Start: noon}}})
				if err != nil {
					return err
				}
				return tx.KeepForm(store.Form{Number: number, Recipient: "Kasubbid@batan.go.id", Created: at, Digest: "d",
					Raw: raw, Said: string(said)})
			})
		}
		find := func(number string) (f store.Form, err error) {
			do(t, s, func(tx *store.Tx) error { f, err = tx.Form(number); return nil })
			return f, err
		}
		keep("VC-0000-1", noon, []byte("surat"))
		keep("VC-0000-2", noon, make([]byte, store.MaxOriginal+1))
		f, err := find("VC-0000-1")
		if err != nil || f.Recipient != "kasubbid@batan.go.id" || !f.Created.Equal(noon) || f.Request != "" ||
			string(f.Raw) != "surat" || f.Event.Form.Text("email") != "cici@batan.go.id" ||
			!f.Event.Form["tanggal"].Start.Equal(noon) {
			t.Errorf("%+v, %v", f, err)
		}
		if f, err := find("VC-0000-2"); err != nil || len(f.Raw) != 0 {
			t.Errorf("too large: %d bytes, %v", len(f.Raw), err)
		}
		if _, err := find("VC-0000-3"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("none: %v", err)
		}
		for _, email := range []string{"kasubbid@batan.go.id", "cici@batan.go.id"} {
			if h := must(s.Held(t.Context(), email))(t); len(h.Forms) != 2 {
				t.Errorf("%s: %d forms are held", email, len(h.Forms))
			}
		}

		do(t, s, func(tx *store.Tx) error { return tx.ConfirmForm("VC-0000-1", "VC-2026-0007") })
		if f, err := find("VC-0000-1"); err != nil || f.Request != "VC-2026-0007" || len(f.Event.Form)+len(f.Raw) != 0 {
			t.Errorf("confirmed: %+v, %v", f, err)
		}
		keep("VC-0000-4", noon.Add(15*24*time.Hour), nil)
		if _, err := find("VC-0000-2"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("after two weeks: %v", err)
		}
		if p := must(s.Purge(t.Context(), noon.Add(20*24*time.Hour), noon.Add(20*24*time.Hour), false))(t); p.Forms != 1 {
			t.Errorf("%d forms were purged", p.Forms)
		}
	})
}

// TestSentTo: a Message-ID leads to a request only when its mail really left
// for the recipient.
func TestSentTo(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		put := func(id, number, to string) {
			do(t, s, func(tx *store.Tx) error {
				tx.Enqueue(store.Mail{Number: number, N: 1, Recipient: to, Kind: "task", MessageID: id, Raw: []byte("x"),
					Created: noon})
				return nil
			})
		}
		put("a", "VC-2026-0001", "ka@batan.go.id")
		put("b", "VC-2026-0002", "kabid@batan.go.id")
		put("c", "", "ka@batan.go.id")
		sent := must(s.Claim(t.Context(), store.MainLane, "x", noon, noon.Add(time.Hour), 10))(t)
		var ends []store.Finish
		for _, m := range sent {
			ends = append(ends, store.Finish{ID: m.ID, State: "sent"})
		}
		do(t, s, func(tx *store.Tx) error { return tx.Finish("x", noon, ends) })
		put("d", "VC-2026-0003", "ka@batan.go.id") // still queued
		for want, ids := range map[string][]string{"VC-2026-0001": {"c", "d", "b", "a"}, "": {"b", "c", "d", "e"}} {
			do(t, s, func(tx *store.Tx) error {
				if got, err := tx.SentTo("KA@batan.go.id", ids...); err != nil || got != want {
					t.Errorf("%q: %q, %v", ids, got, err)
				}
				return nil
			})
		}
		do(t, s, func(tx *store.Tx) error {
			if got, err := tx.SentTo("ka@batan.go.id"); err != nil || got != "" {
				t.Errorf("of none: %q, %v", got, err)
			}
			return nil
		})
	})
}
