package workflow_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"batan.go.id/layanan/workflow"
)

// advances is the word with which a person could bring the request on now; ""
// when he or she decides nothing.
func (s *scene) advances(who workflow.Person) string {
	for _, o := range s.p.Offers(&s.r, who.Email, s.now) {
		if o.Kind == workflow.Advance {
			return o.Word
		}
	}
	return ""
}

// TestNobodyDecidesOnWhatHeFiled lets every holder, deputy and delegate file
// for everybody, with every office manned well or by one, in time or escalated.
func TestNobodyDecidesOnWhatHeFiled(t *testing.T) {
	t.Parallel()
	all := []workflow.Person{kepala, wakepala, kabid, wakabid, kasubbid, wasubbid, admin1, admin2, plh}
	for _, filer := range all {
		for _, asker := range append(slices.Clone(all), ani) {
			for _, manned := range []string{"well", "alone"} {
				s := opening(t, monday)
				s.p.Delegations = []workflow.Delegation{{Role: "kabid_pjkkd", By: kabid, To: plh, From: time.Unix(0, 0),
					Until: s.now.AddDate(0, 1, 0)}}
				if manned == "alone" && filer != wakabid {
					s.p.People["kabid_pjkkd"] = []workflow.Person{kabid}
				}
				for _, late := range []bool{false, true} {
					t.Run(fmt.Sprintf("%s for %s, %s, late %t", name(filer), name(asker), manned, late), func(t *testing.T) {
						f := fullForm()
						f["email"] = workflow.Value{Text: asker.Email}
						(&scene{t: t, p: s.p, now: s.now}).files(filer, f).goesOn(late, all, filer, asker)
					})
				}
			}
		}
	}
}

// goesOn follows a request to its end. Where it can be rejected, none of those
// who made it decides, nor whom they chose, and somebody does, or the operators
// hear.
func (s *scene) goesOn(late bool, all []workflow.Person, makers ...workflow.Person) {
	s.t.Helper()
	for s.r.Open() {
		step := s.r.Step
		if late {
			s.clock(s.r.Due.AddDate(0, 0, 1).In(s.p.Calendar.Location()).Format("2006-01-02 15:04"))
		}
		if step == "persetujuan" || step == "disposisi" {
			partial := slices.Clone(makers)
			if step == "disposisi" && slices.Contains(makers, kabid) {
				partial = append(partial, plh) // his own delegate
			}
			for _, q := range partial {
				before := s.r
				for _, word := range []string{"SETUJU", "TOLAK karena penuh", "DELEGASI"} {
					if s.says(q, word, to(orang, time.Time{}, time.Time{})); s.advances(q) != "" || moved(before, s.d) {
						s.t.Fatalf("%s says %s at %s", name(q), word, step)
					}
				}
			}
		}
		next := slices.IndexFunc(all, func(q workflow.Person) bool { return s.advances(q) != "" })
		if next < 0 {
			if !slices.ContainsFunc(s.history, func(e workflow.Entry) bool { return e.Event == "vacant" && e.Step == step }) {
				s.t.Fatalf("nobody decides at %s, and nobody hears of it", step)
			}
			return
		}
		q := all[next]
		s.says(q, s.advances(q)+" selesai", form(workflow.Form{"laporan": {Text: "Lancar"}}))
		if s.r.Step == step && s.r.Open() {
			s.t.Fatalf("%s could not bring it on from %s: %s", name(q), step, s.d.Reason)
		}
	}
}

// Where it can't be rejected, who filed does the work as ever.
func TestWhoFiledDoesTheWork(t *testing.T) {
	t.Parallel()
	for filer, role := range map[workflow.Person]string{kasubbid: "instruksi", admin1: "persiapan"} {
		f := fullForm()
		f["email"] = workflow.Value{Text: ani.Email}
		s := opening(t, monday).files(filer, f).says(kepala, "SETUJU").says(kabid, "DISPOSISI")
		if role == "persiapan" {
			s.says(kasubbid, "INSTRUKSI")
		}
		if s.stands(workflow.Running, role); s.advances(filer) == "" ||
			s.notice(workflow.NoticeTask, filer).Own.Email != "" {
			t.Errorf("%s is left out at %s", name(filer), role)
		}
	}
}

// It goes the way of an own request: to the deputy, the office above, the operators.
func TestWhatTheHolderFiled(t *testing.T) {
	t.Parallel()
	forAni := fullForm()
	forAni["email"] = workflow.Value{Text: ani.Email}
	s := opening(t, monday).files(kepala, copied(forAni)).sent("receipt kepala", "registered ani", "task wakepala")
	if n := s.notice(workflow.NoticeTask, wakepala); n.Own != kepala {
		t.Errorf("the task is %+v", n)
	}
	s.says(kepala, "SETUJU").refused(workflow.NotEntitled, "not-authorised kepala")
	if s.says(wakepala, "SETUJU").stands(workflow.Running,
		"disposisi"); s.d.Entries[0].Note != "pengganti, karena pemegang jabatan ini yang mengajukan permohonan" {
		t.Errorf("the entry is %+v", s.d.Entries[0])
	}

	s = opening(t, monday)
	s.p.People["kabid_pjkkd"] = []workflow.Person{kabid}
	s.files(kabid, copied(forAni)).says(kepala, "SETUJU").sent("task kepala", "receipt kepala", "progress ani")
	s.says(kepala, "DISPOSISI").stands(workflow.Running, "instruksi")

	s = opening(t, monday)
	s.p.People["ka_ppiksn"] = []workflow.Person{kepala}
	s.files(kepala, copied(forAni)).sent("receipt kepala", "registered ani", "escalation operator").wrote("registered",
		"vacant")
}

// Whoever filed a request stays who did, whoever completes it.
func TestWhoFiledStays(t *testing.T) {
	t.Parallel()
	own := fullForm()
	own["email"] = workflow.Value{Text: admin1.Email}
	other := copied(own)
	other["email"] = workflow.Value{Text: orang.Email}
	for what, completes := range map[string]workflow.Form{"for himself": own, "for another": other,
		"with a field": {"nip": {Text: "198502172010121003"}}} {
		t.Run(what, func(t *testing.T) {
			s := opening(t, monday).files(kepala, without(copied(own), "nip")).stands(workflow.Waiting, "permohonan")
			s.writes(admin1, "", form(completes)).stands(workflow.Running, "persetujuan")
			if s.r.FiledBy != kepala || !s.r.Requester.Is(admin1.Email) {
				t.Errorf("filed by %v for %v", s.r.FiledBy, s.r.Requester)
			}
			s.says(kepala, "SETUJU").refused(workflow.NotEntitled, "not-authorised kepala")
		})
	}
}

// An operator who holds an office does not decide on what he filled in.
func TestAnOperatorWhoFilledItIn(t *testing.T) {
	t.Parallel()
	s := opening(t, monday)
	s.p.Operators = []workflow.Person{kepala}
	s.files(ani, without(fullForm(), "nip")).writes(ani, "?").writes(ani, "?").writes(ani, "?")
	s.writes(kepala, "", form(workflow.Form{"nip": {Text: "198502172010121003"}})).sent("receipt kepala",
		"registered ani", "task wakepala")
}

// A team that can reject decides without who made the request.
func TestATeamThatCanReject(t *testing.T) {
	t.Parallel()
	s := opening(t, monday)
	sop := *s.p.SOP
	sop.Roles = slices.Clone(sop.Roles)
	sop.Role("ka_ppiksn").Team = true
	s.p.SOP = &sop
	f := fullForm()
	f["email"] = workflow.Value{Text: ani.Email}
	s.files(kepala, f).sent("receipt kepala", "registered ani", "task wakepala")
	if s.advances(kepala) != "" || s.notice(workflow.NoticeTask, wakepala).Own.Email != "" {
		t.Error("the other of the team holds the office as ever")
	}
	s = opening(t, monday)
	s.p.SOP = &sop
	s.files(kepala, fullForm()).sent("registered kepala", "task wakepala")
}
