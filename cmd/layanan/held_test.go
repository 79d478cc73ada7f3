package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

// TestWhatWaitsIsShown: an operator sees which answer waits, whose, and until when; the record stays whole with it,
// and what was answered in time is not late.
func TestWhatWaitsIsShown(t *testing.T) {
	t.Parallel()
	d, number := hostileDesk(t)
	at := time.Now().Truncate(time.Second)
	until := at.Add(10 * time.Minute)
	if err := d.store.InTx(t.Context(), func(tx *store.Tx) error {
		r, err := tx.Request(number)
		if err != nil {
			return err
		}
		r.Due, r.Alarm = at, until
		r.Held = []workflow.Held{{At: at, Until: until, Visit: r.Visit(), By: workflow.Person{Email: "ka@batan.go.id"},
			Word: "SETUJU", Note: "pakai\nzblorg ya"}}
		r.Entries++
		return tx.Save(r, []workflow.Entry{{At: at, Event: "held", By: "ka@batan.go.id", Word: "SETUJU", Step: r.Step,
			Note: "pakai\nzblorg ya"}})
	}); err != nil {
		t.Fatal(err)
	}
	if out := d.must("audit", "verify"); !strings.HasPrefix(out, "ok: 1 requests") {
		t.Error(out)
	}
	if out := d.must("requests", "show", number); !strings.Contains(out, "SETUJU of ka@batan.go.id, until ") ||
		!strings.Contains(out, ": pakai zblorg ya\n") {
		t.Error(out)
	}
	var shown struct {
		Overdue bool
		Held    struct {
			Word, By, Note string
			At, Until      time.Time
		}
	}
	if err := json.Unmarshal([]byte(d.must("requests", "show", number, "--json")), &shown); err != nil {
		t.Fatal(err)
	}
	if h := shown.Held; h.Word != "SETUJU" || h.By != "ka@batan.go.id" || h.Note != "pakai\nzblorg ya" ||
		!h.Until.Equal(until) || !h.At.Equal(at) || shown.Overdue {
		t.Errorf("shown %+v", shown)
	}
	if out := d.must("requests", "list", "--overdue"); strings.Contains(out, number) {
		t.Error(out)
	}
}
