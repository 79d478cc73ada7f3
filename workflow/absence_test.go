package workflow_test

import (
	"slices"
	"testing"
	"time"

	"batan.go.id/layanan/workflow"
)

// away is the answer of a program that somebody is.
func (s *scene) away(who workflow.Person, with ...how) *scene {
	s.t.Helper()
	ev := workflow.Event{Kind: workflow.Absent, By: who, Token: workflow.LiveToken, MessageID: "auto@batan.go.id",
		Word: "SETUJU", Text: "Saya cuti"}
	for _, w := range with {
		w(&ev)
	}
	return s.happens(ev)
}

func TestAwayCallsTheDeputy(t *testing.T) {
	t.Parallel()
	s := filed(t).away(kepala).stands(workflow.Running, "persetujuan").sent("escalation wakepala").wrote("absent",
		"escalation")
	if n := s.notice(workflow.NoticeEscalation, wakepala); n.Action != workflow.Away {
		t.Errorf("the deputy is told %+v", n)
	}
	s.away(kepala).sent().wrote() // once a visit
	s.away(wakepala).sent().wrote("absent")
	want := []string{"01-05 10:00 reminder kepala", "01-05 10:30 reminder kepala", "01-05 11:00 escalation operator",
		"01-05 11:00 escalation wakepala"}
	if got := s.clock("2026-01-05 12:00"); !slices.Equal(got, want) {
		t.Errorf("then the clock says %v", got)
	}
	s.says(wakepala, "SETUJU").stands(workflow.Running, "disposisi")
}

func TestAwayWithoutDeputies(t *testing.T) {
	t.Parallel()
	s := opening(t, monday)
	s.p.People["kabid_pjkkd"] = []workflow.Person{kabid}
	s.files(ani, fullForm()).says(kepala, "SETUJU").away(kabid).sent("escalation kepala")
	s.says(kepala, "DISPOSISI").refused(workflow.Done, "status kepala")
}

// A team is away when all of it are, and a delegate is there.
func TestAwayOnlyWhenAllAre(t *testing.T) {
	t.Parallel()
	s := reached(t, "persiapan", monday).away(admin1).sent().wrote("absent")
	s.away(admin2).sent("escalation kasubbid").wrote("absent", "escalation")

	s = reached(t, "disposisi", monday).says(kabid, "DELEGASI plh@batan.go.id", to(plh, time.Time{}, time.Time{}))
	s.away(kabid).sent().wrote("absent")
	s.away(plh).sent("escalation wakabid")
}

// An escalation leaves in office hours only.
func TestAwayAtNight(t *testing.T) {
	t.Parallel()
	s := reached(t, "disposisi", "2026-01-05 15:30")
	s.at("2026-01-05 19:00").away(kabid).sent().wrote("absent")
	if got := s.clock("2026-01-06 07:45"); !slices.Equal(got, []string{"01-06 07:30 escalation wakabid"}) {
		t.Errorf("the clock says %v", got)
	}
	s = reached(t, "disposisi", "2026-01-05 15:30")
	s.at("2026-01-05 19:00").away(kabid).says(kabid, "DISPOSISI") // from abroad
	if got := s.clock("2026-01-06 08:00"); !slices.Equal(got, []string{}) {
		t.Errorf("the step was left, and the clock says %v", got)
	}
}

func TestAwayThatCallsNobody(t *testing.T) {
	t.Parallel()
	for what, s := range map[string]*scene{
		"a task that is over":        filed(t).away(kepala, token(workflow.PastToken)),
		"another office":             filed(t).away(kabid),
		"the requester":              filed(t).away(ani),
		"a stranger":                 filed(t).away(orang),
		"a question waits":           filed(t).says(kepala, "TANYA berapa?").away(kepala),
		"the request has ended":      filed(t).says(ani, "BATAL").away(kepala),
		"the SOP does not want it":   opening(t, monday).without("").files(ani, fullForm()).away(kepala),
		"the SOP's step does not so": opening(t, monday).without("persetujuan").files(ani, fullForm()).away(kepala),
	} {
		if len(s.d.Notices)+len(s.d.Entries) > 0 || s.d.Reason != workflow.NotHere || s.r.Escalated {
			t.Errorf("%s: %v %v %q", what, sent(s.d.Notices), s.d.Entries, s.d.Reason)
		}
	}
}

// without lets the SOP wait for who is away: everywhere, or at a step.
func (s *scene) without(step string) *scene {
	if step == "" {
		s.p.SOP.Absence = "wait"
	} else {
		s.p.SOP.Step(step).Absence = "wait"
	}
	return s
}
