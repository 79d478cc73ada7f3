package workflow_test

import (
	"testing"

	"batan.go.id/layanan/workflow"
)

// lacking is a request without NIP, date and unit.
func lacking(t *testing.T) *scene {
	return opening(t, monday).files(ani, without(fullForm(), "nip", "tanggal", "unit_kerja")).sent("incomplete ani")
}

var nip = workflow.Form{"nip": {Text: "198502172010121003"}}

func badNIP(s string) how {
	return form(nil, workflow.Problem{Field: "nip", Text: s, Reason: "nip-length"})
}

func TestThreeRoundsInVainCallTheOperators(t *testing.T) {
	t.Parallel()
	s := lacking(t)
	s.writes(ani, "", badNIP("12345")).sent("incomplete ani")
	s.writes(ani, "bagaimana caranya").refused(workflow.NoCommand, "incomplete ani")
	if s.r.Stuck() {
		t.Fatal("stuck after two rounds")
	}
	s.writes(ani, "12346", badNIP("12346")).sent("escalation operator", "incomplete ani").wrote("incomplete",
		"escalation")
	if n := s.notice(workflow.NoticeEscalation, operator); !s.r.Stuck() || n.Action != workflow.Submit ||
		n.Note != "12346" || n.Role != workflow.Operators {
		t.Errorf("stuck %t, the operators are told %+v", s.r.Stuck(), n)
	}
	if s.r.Form.Text("kegiatan") != "Rapat koordinasi" {
		t.Errorf("what was understood is lost: %v", s.r.Form)
	}
	s.writes(ani, "12347", badNIP("12347")).sent("incomplete ani") // told once
	s.writes(ani, "", form(nip)).sent("incomplete ani")
	s.writes(ani, "?").writes(ani, "??").writes(ani, "???").sent("incomplete ani")
}

func TestProgressBeginsTheCountAnew(t *testing.T) {
	t.Parallel()
	s := lacking(t).writes(ani, "?").writes(ani, "?").writes(ani, "", form(nip)).sent("incomplete ani")
	s.writes(ani, "?").writes(ani, "?").sent("incomplete ani")
	s.writes(ani, "?").sent("escalation operator", "incomplete ani")
}

func TestACommandThatCannotBeObeyedIsARound(t *testing.T) {
	t.Parallel()
	doubtful := func(ev *workflow.Event) { ev.Doubt = workflow.Doubt{Code: "question"} }
	s := lacking(t).writes(ani, "boleh batal?", doubtful).refused(workflow.Doubtful, "unrecognised ani")
	s.says(ani, "UBAH").refused(workflow.NeedsFields, "unrecognised ani")
	s.writes(ani, "boleh batal?", doubtful).sent("escalation operator", "incomplete ani")
}

func TestWordsForTheRequestAreNoRounds(t *testing.T) {
	t.Parallel()
	s := lacking(t)
	for range 5 {
		s.says(ani, "STATUS").refused(workflow.Asked, "status ani")
	}
	s.writes(kepala, "NIP", form(nip)).refused(workflow.NoCommand, "unrecognised kepala")
	if s.r.Rounds != 0 {
		t.Errorf("%d rounds", s.r.Rounds)
	}
}

func TestOperatorsHelpWhenCalled(t *testing.T) {
	t.Parallel()
	rest := workflow.Form{"tanggal": date("2026-02-05 09:00"), "unit_kerja": {Text: "PSTNT"}}
	lacking(t).writes(operator, "", form(nip)).refused(workflow.NotEntitled, "not-authorised operator")
	s := lacking(t).writes(ani, "?").writes(ani, "?").writes(ani, "?")
	s.writes(operator, "", form(nip), unproven).refused(workflow.NotEntitled, "not-authorised operator")
	s.writes(operator, "", form(nip)).sent("incomplete operator").stands(workflow.Waiting, "permohonan")
	if n := s.notice(workflow.NoticeIncomplete, operator); n.Role != workflow.Operators {
		t.Errorf("the operator is told as %q", n.Role)
	}
	s.writes(operator, "", form(rest)).sent("receipt operator", "registered ani", "task kepala").stands(workflow.Running,
		"persetujuan")
	if !s.r.Requester.Is(ani.Email) || s.r.FiledBy.Email != "" || s.r.Stuck() {
		t.Errorf("the request is %+v", s.r)
	}
	s.says(operator, "BATAL").sent() // a helper has no other say, and was refused once
}

// What can't be read takes the place of what could: nobody knows which holds.
func TestAnIllegibleCorrectionIsAskedFor(t *testing.T) {
	t.Parallel()
	s := opening(t, monday).files(ani, without(fullForm(), "nip"))
	s.writes(ani, "", form(nip, workflow.Problem{Field: "tanggal", Text: "30 Februari 2026", Reason: "no-such-day"}))
	s.sent("incomplete ani").stands(workflow.Waiting, "permohonan")
	if want := []workflow.Problem{{Field: "tanggal", Text: "30 Februari 2026",
		Reason: "no-such-day"}}; !equal(s.r.Problems, want) {
		t.Errorf("problems %+v, want %+v", s.r.Problems, want)
	}
}

func TestAnotherFieldMayBeChangedMeanwhile(t *testing.T) {
	t.Parallel()
	s := lacking(t).writes(ani, "", form(workflow.Form{"kegiatan": {Text: "Rapat anggaran"}})).sent("incomplete ani")
	if s.r.Form.Text("kegiatan") != "Rapat anggaran" || s.r.Rounds != 1 {
		t.Errorf("kegiatan %q after %d rounds", s.r.Form.Text("kegiatan"), s.r.Rounds)
	}
}

func TestWhoIsLateIsToldAtOnce(t *testing.T) {
	t.Parallel()
	f := without(fullForm(), "nip")
	f["tanggal"] = date("2026-01-06 09:00")
	if s := opening(t, monday).files(ani, f).sent("incomplete ani"); !s.r.Urgent || s.r.Past {
		t.Errorf("urgent %t, past %t", s.r.Urgent, s.r.Past)
	}
	f["tanggal"] = date("2026-01-02 09:00")
	if s := opening(t, monday).files(ani, f); !s.r.Past {
		t.Error("a date that has passed is not said to be so")
	}
}

// The form's Nama is the name of whom its Email names, and of no one else.
func TestTheFormSaysTheName(t *testing.T) {
	t.Parallel()
	f := fullForm()
	f["nama"] = workflow.Value{Text: "Dr. Ani Lestari"}
	if s := opening(t, monday).files(ani, f); s.r.Requester.Name != "Dr. Ani Lestari" {
		t.Errorf("the requester is %v", s.r.Requester)
	}
	f["email"] = workflow.Value{Text: ani.Email}
	if s := opening(t, monday).files(orang, f); s.r.Requester != orang {
		t.Errorf("the requester is %v", s.r.Requester)
	}
}

func TestAwaits(t *testing.T) {
	t.Parallel()
	with := func(f workflow.Form, id string, v workflow.Value) workflow.Form { f[id] = v; return f }
	for _, c := range []struct {
		name string
		by   workflow.Person
		has  workflow.Form // of the request
		form workflow.Form
		want bool
	}{
		{"the whole form again", ani, without(fullForm(), "nip"), fullForm(), true},
		{"written otherwise", ani, without(fullForm(), "nip"),
			with(fullForm(), "kegiatan", workflow.Value{Text: "rapat  KOORDINASI"}), true},
		{"the date alone agrees", ani, without(fullForm(), "kegiatan"), fullForm(), true},
		{"somebody else", kabid, without(fullForm(), "nip"), fullForm(), false},
		{"another event", ani, without(fullForm(), "nip"), with(fullForm(), "kegiatan", workflow.Value{Text: "Pelatihan"}),
			false},
		{"another day", ani, without(fullForm(), "nip"), with(fullForm(), "tanggal", date("2026-02-06 09:00")), false},
		{"another day in the same words", ani, with(without(fullForm(), "nip"), "tanggal", worded("besok", "2026-02-05")),
			with(fullForm(), "tanggal", worded("besok", "2026-02-06")), false},
		{"another person's NIP", ani, without(fullForm(), "unit_kerja"),
			with(fullForm(), "nip", workflow.Value{Text: "198502172010122003"}), false},
		{"nothing to tell by", ani, without(fullForm(), "kegiatan", "tanggal"), fullForm(), false},
		{"nothing is missing", ani, fullForm(), fullForm(), false},
	} {
		s := opening(t, monday).files(ani, c.has)
		if got := s.r.Awaits(s.p.SOP, workflow.Event{By: c.by, Form: c.form}); got != c.want {
			t.Errorf("%s: %t", c.name, got)
		}
	}
}

func worded(text, day string) workflow.Value { v := date(day); v.Text = text; return v }
