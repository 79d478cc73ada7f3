package store_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

// delegate records delegations and gives them with their ids.
func delegate(t testing.TB, s *store.Store, all ...workflow.Delegation) []workflow.Delegation {
	t.Helper()
	var out []workflow.Delegation
	do(t, s, func(tx *store.Tx) error {
		for _, d := range all {
			out = append(out, must(tx.Delegate(d))(t))
		}
		return nil
	})
	return out
}

func TestDelegations(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		all := delegate(t, s,
			workflow.Delegation{Role: "ka_ppiksn", By: workflow.Person{Email: "ka@x"}, To: workflow.Person{Email: "plh@x"},
				From: noon, Until: noon.Add(time.Hour), Recorded: noon, Decree: "12/KP"},
			workflow.Delegation{Role: "kabid_pjkkd", To: workflow.Person{Email: "plt@x"}, From: noon, Recorded: noon,
				Recorder: "operator@x"},
			workflow.Delegation{Role: "administrator", To: workflow.Person{Email: "b@x"}, From: noon.Add(time.Hour),
				Until: noon.Add(2 * time.Hour), Request: "VC-2026-0001", Recorded: noon})
		do(t, s, func(tx *store.Tx) error {
			if diff := cmp.Diff(all, must(tx.Delegations(noon))(t)); diff != "" {
				t.Error("in the transaction:", diff)
			}
			return nil
		})
		for at, want := range map[time.Duration][]workflow.Delegation{0: all, time.Hour: all[1:], 2 * time.Hour: all[1:2]} {
			if diff := cmp.Diff(want, must(s.Delegations(t.Context(), noon.Add(at)))(t)); diff != "" {
				t.Errorf("after %v: %s", at, diff)
			}
		}
	})
}

// Of a delegation the clock is told when it begins and when it has ended; of
// one for a single request it is not.
func TestTheClockOfDelegations(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		begins, ends := noon.Add(time.Hour), noon.Add(3*time.Hour)
		d := delegate(t, s, workflow.Delegation{Role: "ka_ppiksn", From: begins, Until: ends, Recorded: noon},
			workflow.Delegation{Role: "ka_ppiksn", From: noon, Request: "VC-2026-0001"})[0]
		if next := must(s.NextAlarm(t.Context()))(t); !next.Equal(begins) {
			t.Errorf("the clock sleeps until %s", next)
		}
		due := func(at time.Time) (got string) {
			do(t, s, func(tx *store.Tx) error {
				found, ok, err := tx.DueDelegation(at)
				if got = found.ID; ok != (got != "") {
					t.Errorf("%t, %+v", ok, found)
				}
				return err
			})
			return got
		}
		if got := due(begins.Add(-time.Second)); got != "" {
			t.Errorf("too early: %s", got)
		}
		if got := due(begins); got != d.ID {
			t.Errorf("due is %q", got)
		}
		for _, next := range []time.Time{ends, {}} {
			do(t, s, func(tx *store.Tx) error { return tx.Tell(d.ID, next) })
			if got := must(s.NextAlarm(t.Context()))(t); !got.Equal(next) {
				t.Errorf("the clock sleeps until %s, want %s", got, next)
			}
		}
		if got := due(ends.Add(time.Hour)); got != "" {
			t.Errorf("told twice: %s", got)
		}
	})
}

func TestADelegationEndsEarly(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		d := delegate(t, s, workflow.Delegation{Role: "ka_ppiksn", From: noon, Until: noon.Add(time.Hour)})[0]
		at := noon.Add(time.Minute)
		do(t, s, func(tx *store.Tx) error {
			if got := must(tx.EndDelegation(d.ID, at))(t); !got.Until.Equal(at) {
				t.Errorf("it ends %s", got.Until)
			}
			if _, err := tx.EndDelegation(d.ID, at); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("twice: %v", err)
			}
			return nil
		})
		if left := must(s.Delegations(t.Context(), at))(t); len(left) > 0 {
			t.Errorf("left is %v", left)
		}
		if next := must(s.NextAlarm(t.Context()))(t); !next.Equal(at) {
			t.Errorf("the clock sleeps until %s", next)
		}
	})
}

// A request's end is the end of what was delegated for it alone, and of no other.
func TestDelegationsEndWithTheirRequest(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		all := delegate(t, s,
			workflow.Delegation{Role: "ka_ppiksn", From: noon, Request: "VC-2026-0001"},
			workflow.Delegation{Role: "kabid_pjkkd", From: noon, Request: "VC-2026-0001"},
			workflow.Delegation{Role: "ka_ppiksn", From: noon, Request: "VC-2026-0002"},
			workflow.Delegation{Role: "ka_ppiksn", From: noon, Until: noon.Add(time.Hour)})
		at := noon.Add(time.Minute)
		for range 2 { // the second time there is nothing to end
			do(t, s, func(tx *store.Tx) error { return tx.EndDelegationsFor("VC-2026-0001", at) })
		}
		if diff := cmp.Diff(all[2:], must(s.Delegations(t.Context(), at))(t)); diff != "" {
			t.Error("left are:", diff)
		}
		ended := must(s.Delegations(t.Context(), noon))(t)
		if len(ended) != 4 || !ended[0].Until.Equal(at) || !ended[1].Until.Equal(at) {
			t.Errorf("they ended %+v", ended)
		}
		do(t, s, func(tx *store.Tx) error {
			if d, due, err := tx.DueDelegation(at); due && d.ID != all[3].ID || err != nil {
				t.Errorf("the clock tells of %+v, %v", d, err)
			}
			return nil
		})
	})
}

func TestOpenAtSteps(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		register(t, s, 4)
		do(t, s, func(tx *store.Tx) error {
			gone, ended := request("VC-2026-0002", 1), request("VC-2026-0003", 1)
			gone.Step, ended.State = "disposisi", workflow.StateFinished
			if err := tx.Load(gone.Number, ended.Number); err != nil {
				return err
			}
			return errors.Join(tx.Save(gone, nil), tx.Save(ended, nil))
		})
		do(t, s, func(tx *store.Tx) error {
			for _, test := range []struct{ steps, want []string }{
				{[]string{"persetujuan"}, []string{"VC-2026-0001", "VC-2026-0004"}},
				{[]string{"disposisi", "persetujuan"}, []string{"VC-2026-0001", "VC-2026-0002", "VC-2026-0004"}},
				{nil, nil},
			} {
				var got []string
				for _, r := range must(tx.OpenAt(test.steps...))(t) {
					got = append(got, r.Number)
				}
				if !slices.Equal(got, test.want) {
					t.Errorf("at %v are %v, want %v", test.steps, got, test.want)
				}
			}
			return nil
		})
	})
}
