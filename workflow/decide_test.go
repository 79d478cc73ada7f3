package workflow_test

import (
	"fmt"
	"testing"
	"time"

	"batan.go.id/layanan/workflow"
)

func TestTheWholeWay(t *testing.T) {
	t.Parallel()
	s := filed(t).stands(workflow.Running, "persetujuan").sent("registered ani", "task kepala")
	s.says(kepala, "SETUJU mohon ditindaklanjuti").stands(workflow.Running, "disposisi").sent("task kabid",
		"receipt kepala", "progress ani").wrote("advanced")
	s.says(kabid, "DISPOSISI").stands(workflow.Running, "instruksi").sent("task kasubbid", "receipt kabid",
		"progress ani").wrote("advanced")
	s.says(kasubbid, "INSTRUKSI").stands(workflow.Running, "persiapan").sent("task admin1", "task admin2",
		"receipt kasubbid", "progress ani").wrote("advanced")
	s.says(admin1, "SIAP").stands(workflow.Running, "laporan").sent("task admin1", "task admin2", "receipt admin1",
		"ready ani").wrote("advanced")
	s.says(admin2, "LAPORAN uji coba lancar", form(workflow.Form{"hasil": {Text: "Baik"}}))
	s.stands(workflow.StateFinished, "laporan").wrote("advanced", "closed")
	s.sent("receipt admin2", "closed ani", "closed admin1", "closed admin2", "closed kasubbid")
	if r := s.r.Report; r == nil || r.Officer != admin2 || r.Form.Text("nama") != "Admin2" ||
		r.Form.Text("laporan") != "uji coba lancar" || r.Form.Text("hasil") != "Baik" {
		t.Errorf("the report is %+v", r)
	}
	s.offers(ani, "STATUS BANTUAN TERIMA").offers(admin2, "STATUS BANTUAN")
	s.says(ani, "TERIMA kasih").stands(workflow.StateFinished, "laporan").sent("receipt ani").wrote("signed-off")
	s.says(ani, "TERIMA").refused(workflow.NotHere, "status ani").offers(ani, "STATUS BANTUAN")

	for i, e := range s.history {
		if e.At.IsZero() || e.By == "" || e.Step == "" || e.Visit == 0 || e.Proof != "token" && i > 0 &&
			e.Event != "closed" {
			t.Errorf("entry %d tells too little: %+v", i, e)
		}
	}
	receipt := filed(t).says(kepala, "SETUJU").notice(workflow.NoticeReceipt, kepala)
	if !receipt.Undo || receipt.Action != workflow.Advance || receipt.Step != "persetujuan" || receipt.Word != "SETUJU" {
		t.Errorf("the receipt is %+v", receipt)
	}
}

func TestWordsThatMeanTheSame(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		step  string
		by    workflow.Person
		words []string
		next  string
	}{
		{"disposisi", kabid, []string{"DISPOSISI", "SETUJU", "TERUSKAN"}, "instruksi"},
		{"instruksi", kasubbid, []string{"INSTRUKSI", "DISPOSISI", "SETUJU"}, "persiapan"},
	} {
		for _, word := range test.words {
			reached(t, test.step, monday).says(test.by, word).stands(workflow.Running, test.next)
		}
	}
}

// Who may command: the office, in person, with the token of the task or an
// authenticated mail. Nothing moves otherwise, and the one answer helps.
func TestWhoMayCommand(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		by   workflow.Person
		with []how
		why  workflow.Reason
		sent string
	}{
		{"the holder, with the token of the task", kepala, nil, "", ""},
		{"the holder, authenticated", kepala, []how{dmarc}, "", ""},
		{"the holder in capitals", workflow.Person{Email: "KEPALA@BATAN.GO.ID"}, nil, "", ""},
		{"the holder, with nothing to prove it", kepala, []how{unproven}, workflow.Unproven, "confirm kepala"},
		{"the holder, with a token that is over", kepala, []how{token(workflow.PastToken)}, workflow.Stale, "status kepala"},
		{"the same, authenticated", kepala, []how{dmarc, token(workflow.PastToken)}, workflow.Stale, "status kepala"},
		{"the deputy, before anything was escalated", wakepala, nil, workflow.NotEntitled, "not-authorised wakepala"},
		{"another office", kabid, nil, workflow.NotEntitled, "not-authorised kabid"},
		{"the requester", ani, nil, workflow.NotEntitled, "not-authorised ani"},
		{"a stranger", orang, nil, workflow.NotEntitled, "not-authorised orang"},
		{"a stranger, with nothing to prove it", orang, []how{unproven}, workflow.NotEntitled, "not-authorised orang"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := filed(t)
			s.says(test.by, "SETUJU", test.with...)
			if test.why == "" {
				s.stands(workflow.Running, "disposisi")
				return
			}
			s.refused(test.why, test.sent).stands(workflow.Running, "persetujuan")
			if n := s.d.Notices[0]; !n.Answer || n.Reason != test.why {
				t.Errorf("the answer is %+v", n)
			}
		})
	}
}

func TestNotAuthorisedOnce(t *testing.T) {
	t.Parallel()
	s := filed(t)
	s.says(orang, "SETUJU").refused(workflow.NotEntitled, "not-authorised orang").wrote("not-authorised")
	s.says(orang, "SETUJU").refused(workflow.NotEntitled).wrote()
	s.writes(person("ORANG"), "halo").refused(workflow.NotEntitled).wrote()
	s.says(kabid, "SETUJU").refused(workflow.NotEntitled, "not-authorised kabid")
	s.says(kabid, "STATUS").refused(workflow.Asked, "status kabid")
	s.says(kepala, "SETUJU").sent("task kabid", "receipt kepala", "progress ani")
	s.says(kabid, "SETUJU").stands(workflow.Running, "instruksi")
}

// However many strangers write, and whatever: a history takes one entry a day, and
// the request remembers but some of them. An office's entry is its own.
func TestStrangersLeaveOneEntryADay(t *testing.T) {
	t.Parallel()
	s := filed(t)
	entries := 0
	for hour := range 72 {
		s.now = s.now.Add(time.Hour)
		for i := range 5 {
			s.says(person(fmt.Sprint("orang", hour, "-", i)), "SETUJU").refused(workflow.NotEntitled,
				fmt.Sprint("not-authorised orang", hour, "-", i))
			entries += len(s.d.Entries)
		}
		if hour == 1 {
			s.says(kabid, "SETUJU").refused(workflow.NotEntitled, "not-authorised kabid").wrote("not-authorised")
			s.says(kabid, "SETUJU").refused(workflow.NotEntitled).wrote()
		}
	}
	if entries != 3 {
		t.Errorf("%d entries of strangers in three days", entries)
	}
	if n := len(s.r.Refused); n > 60 {
		t.Errorf("the request remembers %d strangers", n)
	}
	s.says(kepala, "SETUJU").stands(workflow.Running, "disposisi")
}

// An exchange in which no office acts is talk; what moves a request is not, and
// neither is what the clock does.
func TestTalk(t *testing.T) {
	t.Parallel()
	s := filed(t)
	talk := func(want bool) {
		t.Helper()
		if s.d.Talk != want {
			t.Errorf("%s: talk is %v", s.d.Request.Step, s.d.Talk)
		}
	}
	talk(false)
	s.says(kepala, "TANYA siapa?")
	talk(true)
	s.writes(ani, "Para peneliti.")
	talk(true)
	s.says(kepala, "STATUS")
	talk(true)
	s.says(kepala, "SETUJU")
	talk(false)
	s.says(kepala, "TARIK")
	talk(false)
	s.says(kepala, "TOLAK sudah penuh")
	talk(false)
	s.says(kepala, "SETUJU")
	talk(false)
}

func TestStatusForWhatComesTooLate(t *testing.T) {
	t.Parallel()
	s := filed(t).says(kepala, "SETUJU")
	s.says(kepala, "SETUJU", token(workflow.PastToken)).refused(workflow.Done, "status kepala")
	s.says(kepala, "TOLAK berubah pikiran", dmarc).refused(workflow.Done, "status kepala")
	s.says(kabid, "INSTRUKSI").refused(workflow.NotHere, "status kabid")
	s.says(kabid, "LAPORAN selesai").refused(workflow.NotHere, "status kabid")

	s = reached(t, "persiapan", monday).says(admin1, "SIAP")
	s.says(admin2, "SIAP").refused(workflow.NotHere, "status admin2") // a team: one acts
	s.says(admin1, "LAPORAN lancar").stands(workflow.StateFinished, "laporan")
	for _, word := range []string{"LAPORAN lagi", "SETUJU", "BATAL", "UBAH x", "KENDALA x", "DELEGASI x"} {
		for _, by := range []workflow.Person{ani, kepala, admin1} {
			s.says(by, word).refused(workflow.Ended, "status "+name(by)).stands(workflow.StateFinished, "laporan")
		}
	}
	s.says(admin1, "TARIK").refused(workflow.Ended, "status admin1")
}

// Never guess.
func TestUnrecognised(t *testing.T) {
	t.Parallel()
	doubt := func(ev *workflow.Event) { ev.Doubt = workflow.Doubt{Code: "condition", Text: "jika"} }
	for _, by := range []workflow.Person{ani, kepala, kabid} {
		s := filed(t)
		s.writes(by, "Setuju jika tempatnya ada", doubt).refused(workflow.Doubtful, "unrecognised "+name(by))
		if n := s.d.Notices[0]; n.Doubt.Text != "jika" || len(n.Words) == 0 {
			t.Errorf("the answer names neither doubt nor words: %+v", n)
		}
		s.writes(by, "Apa kabar").refused(workflow.NoCommand, "unrecognised "+name(by)).stands(workflow.Running,
			"persetujuan")
	}
}

func TestStatusAndHelpNeedNoProof(t *testing.T) {
	t.Parallel()
	for _, by := range []workflow.Person{ani, kepala, wakabid, admin1} {
		for _, with := range []how{unproven, dmarc, token(workflow.PastToken)} {
			s := filed(t)
			s.says(by, "STATUS", with).refused(workflow.Asked, "status "+name(by))
			s.says(by, "BANTUAN", with).refused(workflow.Asked, "help "+name(by)).stands(workflow.Running, "persetujuan")
		}
	}
}

func TestBounce(t *testing.T) {
	t.Parallel()
	b := &workflow.Bounce{Recipient: kepala.Email, Status: "5.1.1", Kind: workflow.NoticeTask}
	s := filed(t)
	was := s.r.Alarm
	s.happens(workflow.Event{Kind: workflow.Bounced, By: person("mailer-daemon"), Bounce: b})
	s.stands(workflow.Running, "persetujuan").sent("undeliverable operator").wrote("undeliverable")
	if e := s.d.Entries[0]; e.By != workflow.Service || e.Note != "task kepala@batan.go.id 5.1.1" {
		t.Errorf("the entry is %+v", e)
	}
	if n := s.d.Notices[0]; n.Bounce != b || n.Role != workflow.Operators {
		t.Errorf("the notice is %+v", n)
	}
	if !s.r.Alarm.Equal(was) {
		t.Error("a bounce moved the alarm")
	}
}

// A reloaded SOP may lack the step at which a request stands. Nobody can act
// there then, but its requester can leave, and nothing breaks.
func TestAStepThatTheSOPNoLongerHas(t *testing.T) {
	t.Parallel()
	for _, open := range []func() *scene{
		func() *scene { return reached(t, "disposisi", monday) },
		func() *scene { return reached(t, "disposisi", monday).says(kabid, "TANYA berapa orang?") },
	} {
		for _, word := range []string{"SETUJU", "DELEGASI", "STATUS", "BANTUAN", "UBAH", "TERIMA", "TARIK", "KATA",
			"BATAL"} {
			for _, by := range []workflow.Person{kepala, kabid, ani} {
				s := open()
				s.r.Step = "gone"
				s.r.Visits[s.r.Visit()-1] = "gone"
				ev := workflow.Event{Kind: workflow.Mailed, By: by, Word: word, Note: "x", Text: "x", Token: workflow.LiveToken,
					Form: workflow.Form{"nama": {Text: "Anna"}}, Delegate: &workflow.Delegation{To: plh}}
				if d := s.p.Decide(s.r, ev, s.now); len(d.Notices) == 0 {
					t.Errorf("%s says %s and gets no answer", by.Email, word)
				}
				if d := s.p.Decide(s.r, workflow.Event{Kind: workflow.Alarmed}, s.r.Alarm); len(d.Notices) > 1 {
					t.Errorf("the clock says %v", sent(d.Notices))
				}
			}
		}
	}
}
