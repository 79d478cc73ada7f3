package workflow_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"batan.go.id/layanan/workflow"
)

func TestACompleteFormGoesToTheFirstOffice(t *testing.T) {
	t.Parallel()
	s := filed(t).stands(workflow.Running, "persetujuan").sent("registered ani", "task kepala").wrote("registered")
	if s.r.Requester != (workflow.Person{Name: "Ani Lestari", Email: ani.Email}) || s.r.Form.Text("email") != ani.Email ||
		s.r.Form.Text("media") != "Email" || s.r.Origin != "form@batan.go.id" {
		t.Errorf("the request is %+v", s.r)
	}
	if s.r.Urgent || s.r.Past {
		t.Error("a request a month ahead is neither urgent nor past")
	}
	s.offers(ani, "STATUS BANTUAN BATAL UBAH").offers(kepala, "SETUJU TOLAK TANYA DELEGASI STATUS BANTUAN").offers(kabid,
		"STATUS BANTUAN").offers(orang, "")
}

func TestAnIncompleteFormIsCompletedByReplies(t *testing.T) {
	t.Parallel()
	s := opening(t, monday)
	s.files(ani, without(fullForm(), "nip", "tanggal"),
		form(without(fullForm(), "nip", "tanggal"),
			workflow.Problem{Field: "tanggal", Text: "besok lusa", Reason: "weekday"}))
	s.stands(workflow.Waiting, "permohonan").sent("incomplete ani").wrote("incomplete")
	if want := []workflow.Problem{{Field: "nip", Reason: workflow.Missing},
		{Field: "tanggal", Text: "besok lusa", Reason: "weekday"}}; !equal(s.r.Problems, want) {
		t.Fatalf("problems %+v, want %+v", s.r.Problems, want)
	}

	s.writes(ani, "NIP: 198502172010121003", form(workflow.Form{"nip": {Text: "198502172010121003"}}))
	s.stands(workflow.Waiting, "permohonan").sent("incomplete ani")
	if want := []workflow.Problem{{Field: "tanggal", Text: "besok lusa", Reason: "weekday"}}; !equal(s.r.Problems, want) {
		t.Fatalf("problems %+v, want %+v", s.r.Problems, want)
	}

	s.says(ani, "UBAH tanggal", form(workflow.Form{"tanggal": date("2026-02-05")}))
	s.stands(workflow.Running, "persetujuan").sent("registered ani", "task kepala").wrote("registered")
	if s.r.Problems != nil || s.r.Form.Text("kegiatan") != "Rapat koordinasi" || s.r.Form.Text("nip") == "" {
		t.Errorf("the request is %+v", s.r)
	}
}

func equal(a, b []workflow.Problem) bool { return cmp.Equal(a, b) }

func TestAnIncompleteRequestCanBeLeft(t *testing.T) {
	t.Parallel()
	s := opening(t, monday).files(ani, without(fullForm(), "nip"))
	s.writes(ani, "besok saya kirim").refused(workflow.NoCommand,
		"incomplete ani").wrote("incomplete").stands(workflow.Waiting, "permohonan")
	s.writes(kepala, "NIP", form(fullForm())).refused(workflow.NoCommand, "unrecognised kepala").stands(workflow.Waiting,
		"permohonan")
	s.says(kepala, "SETUJU").refused(workflow.NotHere, "status kepala")
	s.says(ani, "BATAL").stands(workflow.StateCancelled, "permohonan").sent("cancelled ani").wrote("cancelled")
}

func TestStaffFilesForSomebodyElse(t *testing.T) {
	t.Parallel()
	forAni := fullForm()
	forAni["email"], forAni["media"] = workflow.Value{Text: ani.Email}, workflow.Value{Text: "Telp"}

	t.Run("complete", func(t *testing.T) {
		s := opening(t, monday).files(admin1, forAni)
		s.stands(workflow.Running, "persetujuan").sent("receipt admin1", "registered ani", "task kepala")
		if !s.r.Requester.Is(ani.Email) || s.r.Requester.Name != "Ani Lestari" || s.r.FiledBy != admin1 ||
			s.r.Form.Text("media") != "Telp" {
			t.Errorf("the request is %+v", s.r)
		}
		if role := s.notice(workflow.NoticeReceipt, admin1).Role; role != "administrator" {
			t.Errorf("the receipt goes to the role %q", role)
		}
		s.says(admin1, "BATAL").sent("not-authorised admin1").stands(workflow.Running, "persetujuan")
		s.says(ani, "BATAL").stands(workflow.StateCancelled, "persetujuan")
	})
	t.Run("incomplete: both can mend it", func(t *testing.T) {
		for _, by := range []workflow.Person{ani, admin1} {
			s := opening(t, monday).files(admin1, without(copied(forAni), "nip"))
			s.stands(workflow.Waiting, "permohonan").sent("incomplete admin1", "incomplete ani")
			s.writes(by, "", form(workflow.Form{"nip": {Text: "198502172010121003"}}))
			s.stands(workflow.Running, "persetujuan").sent("receipt admin1", "registered ani", "task kepala")
		}
	})
	t.Run("the Email comes later", func(t *testing.T) {
		s := opening(t, monday).files(admin1, without(fullForm(), "nip")).sent("incomplete admin1")
		s.writes(admin1, "", form(workflow.Form{"nip": {Text: "198502172010121003"}, "email": {Text: ani.Email}}))
		s.stands(workflow.Running, "persetujuan").sent("receipt admin1", "registered ani", "task kepala")
	})
	t.Run("the Email can't be read", func(t *testing.T) {
		s := opening(t, monday).files(admin1, fullForm(),
			form(fullForm(), workflow.Problem{Field: "email", Text: "ani@@batan", Reason: workflow.Unreadable}))
		s.stands(workflow.Waiting, "permohonan").sent("incomplete admin1")
		s.writes(admin1, "", form(workflow.Form{"media": {Text: "Telp"}})).stands(workflow.Waiting, "permohonan")
		s.writes(admin1, "", form(workflow.Form{"email": {Text: ani.Email}}))
		s.stands(workflow.Running, "persetujuan").sent("receipt admin1", "registered ani", "task kepala")
	})
	t.Run("for themselves", func(t *testing.T) {
		own := fullForm()
		own["email"] = workflow.Value{Text: "ADMIN1@batan.go.id"}
		s := opening(t, monday).files(admin1, own).sent("registered admin1", "task kepala")
		if s.r.FiledBy.Email != "" {
			t.Errorf("filed by %v", s.r.FiledBy)
		}
	})
	t.Run("who is no staff asks for himself", func(t *testing.T) {
		s := opening(t, monday).files(orang, forAni).sent("registered orang", "task kepala")
		if !s.r.Requester.Is(orang.Email) {
			t.Errorf("the requester is %v", s.r.Requester)
		}
	})
}

func copied(f workflow.Form) workflow.Form {
	out := workflow.Form{}
	for id, v := range f {
		out[id] = v
	}
	return out
}

// Note *) of FM 001: a request must come two working days before the event.
func TestLeadTime(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		filed, event string
		urgent, past bool
	}{
		{"2026-01-05 09:00", "2026-02-05 09:00", false, false},
		{"2026-01-05 09:00", "2026-01-07 09:00", false, false}, // two days to the minute
		{"2026-01-05 09:00", "2026-01-07 08:59", true, false},
		{"2026-01-05 09:00", "2026-01-07", false, false}, // without a time of day the day counts
		{"2026-01-05 09:00", "2026-01-06", true, false},
		{"2026-01-09 09:00", "2026-01-12 16:00", true, false}, // Friday for Monday
		{"2026-01-09 09:00", "2026-01-13 09:00", false, false},
		{"2026-01-05 09:00", "2026-01-05", true, false}, // today is not past
		{"2026-01-05 09:00", "2026-01-05 08:00", true, true},
		{"2026-01-05 09:00", "2025-12-31", true, true},
	} {
		t.Run(test.filed+" for "+test.event, func(t *testing.T) {
			f := fullForm()
			f["tanggal"] = date(test.event)
			s := opening(t, test.filed).files(ani, f).stands(workflow.Running, "persetujuan").sent("registered ani",
				"task kepala")
			if s.r.Urgent != test.urgent || s.r.Past != test.past {
				t.Errorf("urgent %t, past %t; want %t, %t", s.r.Urgent, s.r.Past, test.urgent, test.past)
			}

			s = opening(t, test.filed)
			sop := *s.p.SOP
			sop.LeadTimePolicy = "reject"
			s.p.SOP = &sop
			if s.files(ani, f); !test.urgent {
				s.stands(workflow.Running, "persetujuan")
				return
			}
			s.stands(workflow.StateRejected, "permohonan").sent("rejected ani").wrote("rejected")
			if why := s.notice(workflow.NoticeRejected, ani).Reason; why != workflow.LeadTimeShort {
				t.Errorf("the reason is %q", why)
			}
		})
	}
}

func TestOnlyAChangeOfTheDateIsWeighedAnew(t *testing.T) {
	t.Parallel()
	s := filed(t).at("2026-02-04 09:00") // the day before the event
	s.says(ani, "UBAH unit", form(workflow.Form{"unit_kerja": {Text: "PPIKSN"}}))
	if s.r.Urgent {
		t.Error("a request that came in time became urgent by a change of the unit")
	}
	s.says(ani, "UBAH tanggal", form(workflow.Form{"tanggal": date("2026-02-05 13:00")}))
	if !s.r.Urgent {
		t.Error("a date of tomorrow, given today, is urgent")
	}
	s.says(ani, "UBAH tanggal", form(workflow.Form{"tanggal": date("2026-03-05 13:00")}))
	if s.r.Urgent {
		t.Error("a date put off is urgent no longer")
	}
}
