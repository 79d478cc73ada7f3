package workflow_test

import (
	"fmt"
	"testing"
	"time"

	"batan.go.id/layanan/workflow"
)

const day = 24 * time.Hour

// TestWhoHandsOverForHowLong tries everybody who may decide with spans of all
// kinds. What is not possible as it is written is asked back, never cut, and
// every holder hears of what is.
func TestWhoHandsOverForHowLong(t *testing.T) {
	t.Parallel()
	late := func(t *testing.T) *scene {
		s := reached(t, "disposisi", monday)
		s.clock("2026-01-05 11:00")
		return s
	}
	type span struct {
		what        string
		from, until time.Duration // from now; zero: not said
		days        workflow.Reason
	}
	spans := []span{
		{"this request", 0, 0, ""},
		{"from now on", 0, 4 * day, ""},
		{"days", 2 * day, 4 * day, ""},
		{"the longest", 0, 90 * day, ""},
		{"the longest, later", 90 * day, 180 * day, ""},
		{"longer", 0, 90*day + time.Second, workflow.TooLong},
		{"longer, later", 10 * day, 101 * day, workflow.TooLong},
		{"too far ahead", 91 * day, 92 * day, workflow.TooLong},
		{"a hundred years", 0, 36525 * day, workflow.TooLong},
		{"since long ago", -80 * day, 20 * day, workflow.TooLong},
		{"over already", -3 * day, -day, workflow.NeedsPerson},
		{"turned round", 4 * day, 2 * day, workflow.NeedsPerson},
	}
	for _, who := range []struct {
		what  string
		by    workflow.Person
		open  func(*testing.T) *scene
		holds bool
		none  bool // passes nothing on
		told  string
	}{
		{"the holder", kabid, func(t *testing.T) *scene { return reached(t, "disposisi", monday) }, true, false, ""},
		{"the holder, late", kabid, late, true, false, ""},
		{"a deputy", wakabid, late, false, false, "progress kabid"},
		{"a deputy for whom asks", wakepala, func(t *testing.T) *scene { return asked(t, kepala, nil) }, false, false,
			"progress kepala"},
		{"a deputy for who filed", wakepala, func(t *testing.T) *scene {
			return opening(t, monday).files(kepala, forWhom(ani.Email))
		}, false, false, "progress kepala"},
		{"one of a team", admin1, func(t *testing.T) *scene { return reached(t, "persiapan", monday) }, true, false,
			"progress admin2"},
		{"a delegate", plh, func(t *testing.T) *scene { return reached(t, "disposisi", monday).begins(plh) }, false, true,
			""},
		{"the office above", kepala, func(t *testing.T) *scene {
			return asked(t, kabid, alone("kabid_pjkkd", kabid)).says(kepala, "SETUJU")
		}, false, true, ""},
	} {
		for _, sp := range spans {
			t.Run(who.what+" "+sp.what, func(t *testing.T) {
				s := who.open(t)
				s.t = t
				want := sp.days
				var from, until time.Time
				if sp.until != 0 {
					until = s.now.Add(sp.until)
					if !who.holds {
						want = workflow.ThisOneOnly
					}
				}
				if sp.from != 0 {
					from = s.now.Add(sp.from)
				}
				if who.none {
					want = workflow.NeedsPerson
				}
				s.says(who.by, "DELEGASI orang@batan.go.id", to(orang, from, until))
				if want != "" {
					if s.refused(want, "unrecognised "+name(who.by)); s.d.Delegation != nil {
						t.Errorf("%+v", s.d.Delegation)
					}
					return
				}
				d := s.d.Delegation
				if bound := sp.until == 0; bound != (d.Request == s.r.Number) || !d.Until.Equal(until) ||
					sp.from != 0 && !d.From.Equal(from) {
					t.Errorf("%+v", d)
				}
				sent := []string{"receipt " + name(who.by)}
				if who.told != "" {
					sent = append(sent, who.told)
				}
				if sp.until == 0 {
					sent = append(sent, "task orang")
				}
				s.sent(sent...)
			})
		}
	}
}

// A delegation for one request makes nobody a party to another.
func TestADelegateOfOneRequest(t *testing.T) {
	t.Parallel()
	s := reached(t, "disposisi", monday).says(kabid, "DELEGASI",
		to(orang, time.Time{}, time.Time{})).sent("receipt kabid", "task orang")
	other := &scene{t: t, p: s.p, now: s.now}
	other.files(ani, fullForm()).r.Number = "VC-2026-0002"
	for _, word := range []string{"STATUS", "BANTUAN", "SETUJU"} {
		if other.says(orang, word); other.d.Reason != workflow.NotEntitled || other.words(orang) != "" {
			t.Errorf("%s: %q, offered %q", word, other.d.Reason, other.words(orang))
		}
	}
	s.says(orang, "TOLAK karena penuh").stands(workflow.StateRejected, "disposisi")
	// his own answer
	s.says(orang, "TARIK").stands(workflow.Running, "disposisi").sent("task kabid", "task orang", "receipt orang",
		"progress ani")
}

// Nobody gets a request handed that he made.
func TestNothingIsHandedToWhoMadeIt(t *testing.T) {
	t.Parallel()
	for what, s := range map[string]*scene{
		"who asks":  asked(t, admin1, nil),
		"who filed": opening(t, monday).files(admin1, forWhom(ani.Email)),
	} {
		for _, until := range []time.Time{{}, s.now.Add(day)} {
			t.Run(fmt.Sprint(what, until.IsZero()), func(t *testing.T) {
				s.t = t
				s.says(kepala, "DELEGASI admin1@batan.go.id", to(admin1, time.Time{}, until)).refused(workflow.NeedsPerson,
					"unrecognised kepala")
			})
		}
	}
}
