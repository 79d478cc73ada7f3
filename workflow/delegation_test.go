package workflow_test

import (
	"testing"
	"time"

	"batan.go.id/layanan/workflow"
)

// begins lets a delegation of the kabid's office begin.
func (s *scene) begins(to workflow.Person) *scene {
	s.t.Helper()
	d := workflow.Delegation{Role: "kabid_pjkkd", By: kabid, To: to, From: s.now, Until: s.now.AddDate(0, 0, 2),
		Recorded: s.now}
	s.p.Delegations = append(s.p.Delegations, d)
	return s.happens(workflow.Event{Kind: workflow.Handed, Delegate: &d})
}

func TestADelegationBegins(t *testing.T) {
	t.Parallel()
	s := reached(t, "disposisi", monday).begins(plh).sent("task plh").wrote("handed-over").stands(workflow.Running,
		"disposisi")
	if n := s.notice(workflow.NoticeTask, plh); n.Action != workflow.Delegate || n.By != kabid ||
		n.Role != "kabid_pjkkd" {
		t.Errorf("the task is %+v", n)
	}
	s.says(plh, "DELEGASI orang@batan.go.id", to(orang, time.Time{}, time.Time{})).refused(workflow.NeedsPerson,
		"unrecognised plh")
	s.says(plh, "DISPOSISI").stands(workflow.Running, "instruksi").sent("task kasubbid", "receipt plh", "progress ani",
		"progress kabid")
	if n := s.notice(workflow.NoticeProgress, ani); n.By != plh || n.Behalf != kabid {
		t.Errorf("the requester is told of %+v in the name of %+v", n.By, n.Behalf)
	}
	reached(t, "disposisi", monday).says(kabid, "TANYA berapa?").begins(plh).sent("task plh").stands(workflow.Waiting,
		"disposisi")
}

// Who has the task already needs no other; who may not decide gets none.
func TestADelegationBeginsInVain(t *testing.T) {
	t.Parallel()
	for what, s := range map[string]*scene{
		"another office": filed(t).begins(plh),
		"the next one":   reached(t, "instruksi", monday).begins(plh),
		"who asks":       reached(t, "disposisi", monday).begins(ani),
		"an end":         filed(t).says(ani, "BATAL").begins(plh),
		"a deputy who was called": func() *scene {
			s := reached(t, "disposisi", monday)
			s.clock("2026-01-05 11:00")
			return s.begins(wakabid)
		}(),
		"a form that waits": func() *scene {
			s := opening(t, monday)
			return s.files(ani, without(fullForm(), "nip")).begins(plh)
		}(),
	} {
		if len(s.d.Notices)+len(s.d.Entries) > 0 {
			t.Errorf("%s: %v", what, sent(s.d.Notices))
		}
	}
}

// A delegate's time ends by itself, also when he has had the task.
func TestADelegationEnds(t *testing.T) {
	t.Parallel()
	s := reached(t, "disposisi", monday).begins(plh)
	s.now = s.now.AddDate(0, 0, 2)
	s.says(plh, "DISPOSISI").refused(workflow.Done, "status plh").stands(workflow.Running, "disposisi")
	s.says(kabid, "DISPOSISI").stands(workflow.Running, "instruksi")
}
