package workflow_test

import (
	"slices"
	"testing"
	"time"

	"batan.go.id/layanan/workflow"
)

// asked is a request of somebody who holds an office, in an office changed so.
func asked(t *testing.T, by workflow.Person, change func(*workflow.Procedure)) *scene {
	s := opening(t, monday)
	if change != nil {
		change(s.p)
	}
	f := fullForm()
	f["email"] = workflow.Value{Text: by.Email}
	return s.files(by, f)
}

func alone(role string, q workflow.Person) func(*workflow.Procedure) {
	return func(p *workflow.Procedure) { p.People[role] = []workflow.Person{q} }
}

// Nobody decides on his own request: the deputies do, at once.
func TestOwnRequestGoesToTheDeputy(t *testing.T) {
	t.Parallel()
	s := asked(t, kepala, nil).sent("registered kepala", "task wakepala").stands(workflow.Running, "persetujuan")
	if s.notice(workflow.NoticeTask, wakepala).Own != kepala {
		t.Error("the task does not say why it came to the deputy")
	}
	s.offers(kepala, "STATUS BANTUAN BATAL UBAH").offers(wakepala, "SETUJU TOLAK TANYA DELEGASI STATUS BANTUAN")
	for _, word := range []string{"SETUJU", "TOLAK karena penuh", "DELEGASI plh@batan.go.id"} {
		s.says(kepala, word, to(plh, time.Time{}, time.Time{})).stands(workflow.Running, "persetujuan")
	}
	want := []string{"01-05 10:00 reminder wakepala", "01-05 10:30 reminder wakepala", "01-05 11:00 escalation operator"}
	if got := s.clock("2026-01-05 11:30"); !slices.Equal(got, want) {
		t.Errorf("the clock says %v", got)
	}
	s.says(wakepala, "SETUJU").stands(workflow.Running, "disposisi").sent("task kabid", "receipt wakepala",
		"progress kepala")
	if e := s.d.Entries[0]; e.By != wakepala.Email || e.Note != "pengganti, karena pemohon memegang jabatan ini" {
		t.Errorf("the entry is %+v", e)
	}
}

// Without a deputy the office above decides, and its chain.
func TestOwnRequestGoesToTheOfficeAbove(t *testing.T) {
	t.Parallel()
	s := asked(t, kabid, alone("kabid_pjkkd", kabid)).says(kepala, "SETUJU").stands(workflow.Running,
		"disposisi").sent("task kepala", "receipt kepala", "progress kabid")
	if n := s.notice(workflow.NoticeTask, kepala); !n.Own.Is(kabid.Email) || n.Role != "ka_ppiksn" ||
		n.Step != "disposisi" {
		t.Errorf("the task is %+v", n)
	}
	s.says(kabid, "DISPOSISI").refused(workflow.NotEntitled, "not-authorised kabid")
	s.offers(kepala, "DISPOSISI TOLAK TANYA KEMBALIKAN STATUS BANTUAN TARIK") // it is not his to delegate
	s.says(kepala, "DELEGASI plh@batan.go.id", to(plh, time.Time{}, time.Time{})).refused(workflow.NeedsPerson,
		"unrecognised kepala")
	want := []string{"01-05 10:00 reminder kepala", "01-05 10:30 reminder kepala", "01-05 11:00 escalation operator",
		"01-05 11:00 escalation wakepala"}
	if got := s.clock("2026-01-05 11:30"); !slices.Equal(got, want) {
		t.Errorf("the clock says %v", got)
	}
	s.says(kepala, "DISPOSISI").stands(workflow.Running, "instruksi").says(kasubbid, "INSTRUKSI").stands(workflow.Running,
		"persiapan")
}

// When nobody is left, the operators hear that somebody must be named.
func TestOwnRequestThatNobodyMayDecide(t *testing.T) {
	t.Parallel()
	s := asked(t, kepala, alone("ka_ppiksn", kepala)).sent("registered kepala", "escalation operator").wrote("registered",
		"vacant")
	if n := s.notice(workflow.NoticeEscalation, operator); n.Action != workflow.Vacant || n.Role != workflow.Operators {
		t.Errorf("the operators are told %+v", n)
	}
	s.says(kepala, "SETUJU").refused(workflow.NotEntitled, "not-authorised kepala")
	want := []string{"01-05 10:00 escalation operator", "01-05 10:30 escalation operator",
		"01-05 11:00 escalation operator", "01-06 11:00 escalation operator"}
	if got := s.clock("2026-01-06 12:00"); !slices.Equal(got, want) {
		t.Errorf("the clock says %v", got)
	}
	d := workflow.Delegation{Role: "ka_ppiksn", By: kepala, To: plh, From: s.now, Until: s.now.AddDate(0, 0, 7),
		Decree: "12/KP/2026", Recorder: operator.Email}
	s.p.Delegations = append(s.p.Delegations, d)
	s.happens(workflow.Event{Kind: workflow.Handed, Delegate: &d}).sent("task plh").wrote("handed-over")
	s.says(plh, "SETUJU").stands(workflow.Running, "disposisi")
	if e := s.d.Entries[0]; e.Note != "a.n. kepala@batan.go.id (SK 12/KP/2026)" {
		t.Errorf("the entry is %+v", e)
	}
}

// Whom the requester chose himself decides nothing on his request.
func TestOwnRequestAndOnesOwnDelegate(t *testing.T) {
	t.Parallel()
	s := asked(t, kabid, func(p *workflow.Procedure) {
		p.Delegations = []workflow.Delegation{{Role: "kabid_pjkkd", By: kabid, To: plh, From: time.Unix(0, 0)}}
	}).says(kepala, "SETUJU").sent("task wakabid", "receipt kepala", "progress kabid")
	s.says(plh, "DISPOSISI").refused(workflow.NotEntitled, "not-authorised plh")

	s = asked(t, plh, func(p *workflow.Procedure) { // the delegate asks
		p.Delegations = []workflow.Delegation{{Role: "kabid_pjkkd", By: kabid, To: plh, From: time.Unix(0, 0)}}
	}).says(kepala, "SETUJU").sent("task kabid", "receipt kepala", "progress plh")
	s.says(plh, "DISPOSISI").refused(workflow.NotEntitled, "not-authorised plh")
}

// A team does the work and approves nothing: it serves its own, too.
func TestOwnRequestWithinATeam(t *testing.T) {
	t.Parallel()
	s := asked(t, admin1, nil).says(kepala, "SETUJU").says(kabid, "DISPOSISI").says(kasubbid,
		"INSTRUKSI").stands(workflow.Running, "persiapan")
	s.says(admin1, "SIAP").stands(workflow.Running, "laporan")
}

// One acts, all know.
func TestTheOthersAreTold(t *testing.T) {
	t.Parallel()
	late := func() *scene {
		s := reached(t, "disposisi", monday)
		s.clock("2026-01-05 11:00")
		return s
	}
	late().says(wakabid, "DISPOSISI").sent("task kasubbid", "receipt wakabid", "progress ani", "progress kabid")
	late().says(kabid, "TOLAK karena penuh").sent("receipt kabid", "rejected ani", "progress wakabid")
	late().says(wakabid, "KEMBALIKAN").sent("task kepala", "receipt wakabid", "progress ani", "progress kabid")
	s := reached(t, "persiapan", monday).says(admin1, "TANYA berapa?").sent("receipt admin1", "question ani",
		"progress admin2")
	if n := s.notice(workflow.NoticeProgress, admin2); n.Action != workflow.Ask || !n.By.Is(admin1.Email) ||
		n.Note != "berapa?" || n.Role != "administrator" {
		t.Errorf("the other is told %+v", n)
	}
	s.says(admin2, "SIAP").sent("task admin1", "task admin2", "receipt admin2", "ready ani") // the task tells enough
}
