package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

func TestSavedRequestComesBackWhole(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		want := request("VC-2026-0001", 2)
		want.Question = &workflow.Question{Text: "Kapan?", At: noon}
		want.Pauses = []workflow.Interval{{From: noon, To: noon.Add(time.Hour)}}
		want.Due, want.Alarm, want.Told = noon.Add(time.Hour), noon.Add(2*time.Hour), []string{"ka@batan.go.id"}
		want.Held = []workflow.Held{{At: noon, Until: noon.Add(2 * time.Hour), Visit: 2, Word: "SETUJU", Note: "pakai",
			By: workflow.Person{Email: "plh@batan.go.id"}, Behalf: workflow.Person{Name: "Kabid", Email: "ka@batan.go.id"},
			Capacity: "a.n. ka@batan.go.id", Form: workflow.Form{"hasil": {Text: "Baik"}}, MessageID: "m@batan.go.id",
			Mail: "abc", Proof: "token", Rule: "delegate ka"}}
		do(t, s, func(tx *store.Tx) error { return tx.Save(want, nil) })
		if diff := cmp.Diff(want, must(s.Request(t.Context(), want.Number))(t)); diff != "" {
			t.Error(diff)
		}
		do(t, s, func(tx *store.Tx) error {
			got, err := tx.Request(want.Number)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			return err
		})
		if _, err := s.Request(t.Context(), "VC-2026-0002"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("no such request: %v", err)
		}
	})
}

func TestWaiting(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		save := func(tx *store.Tx, n int, email string, state workflow.State) {
			r := request(fmt.Sprintf("VC-2026-%04d", n), 1)
			r.Requester.Email, r.State = email, state
			if err := tx.Save(r, nil); err != nil {
				t.Fatal(err)
			}
		}
		do(t, s, func(tx *store.Tx) error {
			save(tx, 1, "Budi@batan.go.id", workflow.Waiting)
			save(tx, 2, "budi@batan.go.id", workflow.Running)
			save(tx, 3, "cici@batan.go.id", workflow.Waiting)
			save(tx, 4, "budi@batan.go.id", workflow.Waiting)
			save(tx, 5, "dedi@batan.go.id", workflow.Waiting)
			return nil
		})
		do(t, s, func(tx *store.Tx) error {
			if err := tx.Load("VC-2026-0004"); err != nil {
				return err
			}
			save(tx, 4, "budi@batan.go.id", workflow.Running) // no longer
			save(tx, 6, "cici@batan.go.id", workflow.Waiting) // new
			var got []string
			for _, r := range must(tx.Waiting("BUDI@batan.go.id", "cici@batan.go.id"))(t) {
				got = append(got, r.Number)
			}
			if want := []string{"VC-2026-0001", "VC-2026-0003", "VC-2026-0006"}; !slices.Equal(got, want) {
				t.Errorf("waiting are %v, want %v", got, want)
			}
			return nil
		})
	})
}

// Two mails of one batch for the same request: the second sees what the first did.
func TestTransactionSeesItsOwnWork(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		register(t, s, 1)
		do(t, s, func(tx *store.Tx) error {
			if err := tx.Load("VC-2026-0001", "VC-2026-0099"); err != nil {
				return err
			}
			for i, event := range []string{"advance", "advance"} {
				r, err := tx.Request("VC-2026-0001")
				if err != nil {
					return err
				}
				if r.Visit() != i+1 {
					t.Errorf("mail %d sees visit %d", i+1, r.Visit())
				}
				r.Visits = append(slices.Clone(r.Visits), "disposisi")
				if err := tx.Save(r, []workflow.Entry{entry(event), entry("progress")}); err != nil {
					return err
				}
			}
			if _, err := tx.Request("VC-2026-0099"); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("no such request: %v", err)
			}
			if err := tx.Save(request("VC-2026-0002", 1), []workflow.Entry{entry("registered")}); err != nil {
				return err
			}
			_, err := tx.Request("VC-2026-0002")
			return err
		})
		if r := must(s.Request(t.Context(), "VC-2026-0001"))(t); r.Visit() != 3 {
			t.Errorf("visit %d", r.Visit())
		}
		if n := must(s.Verify(t.Context(), "VC-2026-0001"))(t); n != 5 {
			t.Errorf("%d entries", n)
		}
	})
}

// A request that is saved without having been read must not lose its chain.
func TestSaveOfUnreadRequestConflicts(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		register(t, s, 1)
		for _, entries := range [][]workflow.Entry{nil, {entry("advance")}} {
			err := s.InTx(t.Context(), func(tx *store.Tx) error { return tx.Save(request("VC-2026-0001", 9), entries) })
			if !errors.Is(err, store.ErrConflict) {
				t.Errorf("%d entries: %v", len(entries), err)
			}
		}
		if n := must(s.Verify(t.Context(), "VC-2026-0001"))(t); n != 1 {
			t.Errorf("%d entries", n)
		}
	})
}

func TestFilter(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		// number, state, step, due in hours (0 none), created hours after noon
		rows := []struct {
			state   workflow.State
			step    string
			due, at int
		}{
			{workflow.Running, "persetujuan", 1, 0},
			{workflow.Running, "disposisi", 3, 1},
			{workflow.Waiting, "persetujuan", 1, 2},
			{workflow.StateFinished, "laporan", 0, 3},
			{workflow.StateRejected, "persetujuan", 0, 4},
			{workflow.StateCancelled, "disposisi", 1, 5},
		}
		do(t, s, func(tx *store.Tx) error {
			for i, row := range rows {
				r := request(fmt.Sprintf("VC-2026-%04d", i+1), 1)
				r.State, r.Step, r.Created = row.state, row.step, noon.Add(time.Duration(row.at)*time.Hour)
				if row.due > 0 {
					r.Due = noon.Add(time.Duration(row.due) * time.Hour)
				}
				if err := tx.Save(r, nil); err != nil {
					return err
				}
			}
			return nil
		})
		wib := time.FixedZone("WIB", 7*3600)
		for _, c := range []struct {
			name   string
			filter store.Filter
			want   string
		}{
			{"all", store.Filter{}, "1 2 3 4 5 6"},
			{"state", store.Filter{State: workflow.Running}, "1 2"},
			{"step", store.Filter{Step: "persetujuan"}, "1 3 5"},
			{"state and step", store.Filter{State: workflow.Running, Step: "disposisi"}, "2"},
			{"open", store.Filter{Open: true}, "1 2 3"},
			{"open at a step", store.Filter{Open: true, Step: "persetujuan"}, "1 3"},
			{"overdue", store.Filter{Overdue: noon.Add(2 * time.Hour)}, "1"},
			{"overdue at the very deadline", store.Filter{Overdue: noon.Add(time.Hour)}, ""},
			{"overdue a microsecond later", store.Filter{Overdue: noon.Add(time.Hour + time.Microsecond)}, "1"},
			{"overdue and waiting", store.Filter{Overdue: noon.Add(2 * time.Hour), State: workflow.Waiting}, ""},
			{"since, inclusive, in another zone", store.Filter{Since: noon.Add(3 * time.Hour).In(wib)}, "4 5 6"},
			{"since and state", store.Filter{Since: noon.Add(time.Hour), State: workflow.Running}, "2"},
			{"none", store.Filter{Step: "persiapan"}, ""},
		} {
			var got []string
			for _, r := range must(s.Requests(t.Context(), c.filter))(t) {
				got = append(got, r.Number[len(r.Number)-1:])
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("%s: %q, want %q", c.name, s, c.want)
			}
		}
	})
}

// Instants are kept to the microsecond, whatever their zone, and the text that
// SQLite sorts by is in the order of time.
func TestTimesKeepMicrosecondsAndOrder(t *testing.T) {
	wib, west, odd := time.FixedZone("WIB", 7*3600), time.FixedZone("", -11*3600-1800), time.FixedZone("odd", 123)
	instants := []time.Time{ // in their order
		time.Date(26, 1, 1, 0, 0, 0, 0, wib),
		noon.Add(-time.Microsecond).In(west),
		noon.In(wib),
		noon.Add(time.Microsecond + 789*time.Nanosecond).In(odd),
		noon.Add(999 * time.Microsecond),
		noon.Truncate(time.Second).Add(time.Second).In(west),
		noon.Add(14 * time.Hour).In(wib),
		time.Date(9999, 12, 31, 23, 59, 59, 999999000, time.UTC).In(west),
	}
	both(t, func(t *testing.T, b *bed) {
		s, raw := b.open(t), b.raw(t)
		do(t, s, func(tx *store.Tx) error {
			for i, at := range instants {
				r := request(fmt.Sprintf("VC-2026-%04d", i+1), 1)
				r.Created = at
				r.Alarm = r.Created
				if err := tx.Save(r, []workflow.Entry{{At: r.Created, Event: "registered"}}); err != nil {
					return err
				}
			}
			return nil
		})
		for i, r := range must(s.Requests(t.Context(), store.Filter{}))(t) {
			if want := fmt.Sprintf("VC-2026-%04d", i+1); r.Number != want {
				t.Errorf("place %d has %s", i+1, r.Number)
			}
			got := must(s.History(t.Context(), r.Number))(t)[0].At
			if want := instants[i].UTC().Truncate(time.Microsecond); !got.Equal(want) || got.Location() != time.UTC {
				t.Errorf("%s: %v, want %v", r.Number, got, want)
			}
			if _, err := s.Verify(t.Context(), r.Number); err != nil {
				t.Error(err)
			}
		}
		if b.driver != "sqlite" {
			return
		}
		var texts []string
		if err := raw.Select(&texts, `SELECT CAST(created AS TEXT) FROM requests ORDER BY number`); err != nil {
			t.Fatal(err)
		}
		if !slices.IsSorted(texts) {
			t.Errorf("%q", texts)
		}
	})
}

func alarms(t testing.TB, s *store.Store, n int) {
	t.Helper()
	do(t, s, func(tx *store.Tx) error {
		for i := range n {
			r := request(fmt.Sprintf("VC-2026-%04d", i+1), 1)
			r.Alarm = noon.Add(time.Duration(n-i) * time.Minute) // the last has the earliest
			if err := tx.Save(r, nil); err != nil {
				return err
			}
		}
		quiet := request("VC-2026-9999", 1)
		return tx.Save(quiet, nil)
	})
}

func numbers(all []workflow.Request) string {
	var out []string
	for _, r := range all {
		out = append(out, strings.TrimPrefix(r.Number, "VC-2026-000"))
	}
	return strings.Join(out, " ")
}

func TestAlarms(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		if next := must(s.NextAlarm(t.Context()))(t); !next.IsZero() {
			t.Errorf("alarm without a request: %v", next)
		}
		alarms(t, s, 4)
		if next := must(s.NextAlarm(t.Context()))(t); !next.Equal(noon.Add(time.Minute)) {
			t.Errorf("next alarm %v", next)
		}
		do(t, s, func(tx *store.Tx) error {
			due := must(tx.DueAlarms(noon.Add(3*time.Minute), 2))(t)
			if got := numbers(due); got != "4 3" {
				t.Errorf("first batch %q", got)
			}
			due[0].Alarm = time.Time{}
			if err := tx.Save(due[0], nil); err != nil {
				return err
			}
			// What the transaction has is not given again, and not read over its changes.
			if got := numbers(must(tx.DueAlarms(noon.Add(3*time.Minute), 9))(t)); got != "2" {
				t.Errorf("second batch %q", got)
			}
			r, err := tx.Request("VC-2026-0004")
			if !r.Alarm.IsZero() {
				t.Error("the change was lost")
			}
			return err
		})
		do(t, s, func(tx *store.Tx) error {
			if got := numbers(must(tx.DueAlarms(noon.Add(3*time.Minute), 9))(t)); got != "3 2" {
				t.Errorf("after the commit %q", got)
			}
			return nil
		})
	})
}

// Two daemons at the same time get different requests.
func TestDueAlarmsSkipWhatAnotherHas(t *testing.T) {
	b := postgresBed(t)
	stores := b.daemons(t, 2)
	alarms(t, stores[0], 5)
	do(t, stores[0], func(tx *store.Tx) error {
		first := must(tx.DueAlarms(noon.Add(time.Hour), 2))(t)
		do(t, stores[1], func(tx *store.Tx) error {
			second := must(tx.DueAlarms(noon.Add(time.Hour), 9))(t)
			if a, b := numbers(first), numbers(second); a != "5 4" || b != "3 2 1" {
				t.Errorf("first %q, second %q", a, b)
			}
			return nil
		})
		return nil
	})
}
