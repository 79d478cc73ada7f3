package workflow_test

import (
	"testing"
	"time"

	"batan.go.id/layanan/workflow"
	"github.com/google/go-cmp/cmp"
)

func TestReject(t *testing.T) {
	t.Parallel()
	for _, at := range []struct {
		step string
		by   workflow.Person
	}{{"persetujuan", kepala}, {"disposisi", kabid}} {
		s := reached(t, at.step, monday)
		s.says(at.by, "TOLAK").refused(workflow.NeedsReason, "unrecognised "+name(at.by)).stands(workflow.Running, at.step)
		s.says(at.by, "TOLAK karena ruangan terpakai").stands(workflow.StateRejected, at.step)
		s.sent("receipt "+name(at.by), "rejected ani").wrote("rejected")
		if n := s.notice(workflow.NoticeRejected, ani); n.Note != "karena ruangan terpakai" || !n.By.Is(at.by.Email) {
			t.Errorf("the requester is told %+v", n)
		}
		s.offers(at.by, "STATUS BANTUAN TARIK").offers(ani, "STATUS BANTUAN")
	}
	reached(t, "instruksi", monday).says(kasubbid, "TOLAK karena").refused(workflow.NotHere, "status kasubbid")
}

func TestReturn(t *testing.T) {
	t.Parallel()
	s := reached(t, "instruksi", monday)
	s.says(kasubbid, "KEMBALIKAN karena salah unit").stands(workflow.Running, "disposisi").wrote("returned")
	s.sent("task kabid", "receipt kasubbid", "progress ani")
	if n := s.notice(workflow.NoticeTask, kabid); n.Action != workflow.Return || n.Note != "karena salah unit" {
		t.Errorf("the task is %+v", n)
	}
	s.says(kasubbid, "INSTRUKSI").refused(workflow.NotHere, "status kasubbid")
	s.says(kabid, "KEMBALIKAN").stands(workflow.Running, "persetujuan").sent("task kepala", "receipt kabid",
		"progress ani")
	s.says(kepala, "SETUJU").says(kabid, "DISPOSISI").stands(workflow.Running, "instruksi")
}

func TestAskAndAnswer(t *testing.T) {
	t.Parallel()
	s := reached(t, "disposisi", monday) // due at 10:00
	s.says(kabid, "TANYA").refused(workflow.NeedsText, "unrecognised kabid").stands(workflow.Running, "disposisi")
	s.at("2026-01-05 09:40").says(kabid, "TANYA berapa peserta?").stands(workflow.Waiting, "disposisi")
	s.sent("receipt kabid", "question ani").wrote("asked")
	if !s.r.Due.IsZero() {
		t.Errorf("due %s although the SLA pauses", s.r.Due)
	}
	if n := s.notice(workflow.NoticeQuestion, ani); n.Note != "berapa peserta?" || !n.By.Is(kabid.Email) {
		t.Errorf("the question is %+v", n)
	}

	s.at("2026-01-05 13:00")
	s.writes(ani, "Dua puluh orang.", unproven).refused(workflow.Unproven, "confirm ani").stands(workflow.Waiting,
		"disposisi")
	s.says(ani, "STATUS").refused(workflow.Asked, "status ani")
	s.writes(kepala, "Dua puluh").refused(workflow.NoCommand, "unrecognised kepala")
	s.writes(ani, "Dua puluh orang.").stands(workflow.Running, "disposisi").sent("answer kabid",
		"receipt ani").wrote("answered")
	if n := s.notice(workflow.NoticeAnswer, kabid); n.Note != "Dua puluh orang." {
		t.Errorf("the answer is %+v", n)
	}
	if want := s.at("2026-01-05 13:20").now; !s.r.Due.Equal(want) {
		t.Errorf("due %s, want %s: 20 minutes were left", s.r.Due, want)
	}
	s.says(kabid, "DISPOSISI").stands(workflow.Running, "instruksi")
}

func TestAnAnswerMayBeginWithAWord(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"SETUJU saja", "TERIMA undangan sudah", "SIAP", "TOLAK"} {
		s := reached(t, "disposisi", monday).says(kabid, "TANYA undangan sudah diterima?")
		s.says(ani, text).stands(workflow.Running, "disposisi").sent("answer kabid", "receipt ani")
		if n := s.notice(workflow.NoticeAnswer, kabid); n.Note != text {
			t.Errorf("the answer is %q, want %q", n.Note, text)
		}
	}
	s := reached(t, "disposisi", monday).says(kabid, "TANYA jadi?")
	s.says(ani, "BATAL").stands(workflow.StateCancelled, "disposisi")
}

func TestAnOfficeNeedNotWaitForTheAnswer(t *testing.T) {
	t.Parallel()
	s := reached(t, "disposisi", monday).says(kabid, "TANYA berapa peserta?")
	s.says(kabid, "TANYA dan di mana?").stands(workflow.Waiting, "disposisi").sent("receipt kabid", "question ani")
	s.says(kabid, "DISPOSISI").stands(workflow.Running, "instruksi")
	if len(s.r.Pauses) != 0 || s.r.Question != nil {
		t.Errorf("pauses %v and question %v are left", s.r.Pauses, s.r.Question)
	}
	s.writes(ani, "Dua puluh").refused(workflow.NoCommand, "unrecognised ani")
}

func TestTheAnswerReachesWhoeverMayAct(t *testing.T) {
	t.Parallel()
	s := reached(t, "disposisi", monday)
	s.clock("2026-01-05 11:00") // escalated
	s.says(wakabid, "TANYA berapa?").writes(ani, "Dua").sent("answer kabid", "answer wakabid", "receipt ani")
}

func TestTrouble(t *testing.T) {
	t.Parallel()
	s := reached(t, "persiapan", monday)
	was := s.r
	s.says(admin1, "KENDALA").refused(workflow.NeedsText, "unrecognised admin1")
	s.says(admin1, "KENDALA proyektor rusak").stands(workflow.Running, "persiapan").wrote("trouble")
	s.sent("escalation kasubbid", "progress ani", "receipt admin1")
	if n := s.notice(workflow.NoticeEscalation, kasubbid); n.Action != workflow.Trouble || n.Note != "proyektor rusak" ||
		n.Role != "kasubbid_pj" {
		t.Errorf("the office above is told %+v", n)
	}
	if s.r.Visit() != was.Visit() || !s.r.Due.Equal(was.Due) || !s.r.Alarm.Equal(was.Alarm) {
		t.Error("nothing should move: the SLA runs on and the token lives")
	}
	s.says(kasubbid, "TARIK").stands(workflow.Running, "instruksi") // nobody has moved it since INSTRUKSI
}

func to(q workflow.Person, from, until time.Time) how {
	return func(ev *workflow.Event) {
		ev.Delegate = &workflow.Delegation{To: q, From: from, Until: until}
	}
}

func TestDelegateThisRequest(t *testing.T) {
	t.Parallel()
	s := reached(t, "disposisi", monday)
	s.says(plh, "DISPOSISI").refused(workflow.NotEntitled, "not-authorised plh")
	s.says(kabid, "DELEGASI plh@batan.go.id", to(plh, time.Time{}, time.Time{}))
	s.sent("receipt kabid", "task plh").wrote("delegated").stands(workflow.Running, "disposisi")
	if d := s.d.Delegation; d.Role != "kabid_pjkkd" || d.By != kabid || d.Request != s.r.Number || !d.From.Equal(s.now) {
		t.Errorf("the delegation is %+v", d)
	}
	s.offers(plh, "DISPOSISI TOLAK TANYA KEMBALIKAN STATUS BANTUAN").offers(kabid,
		"DISPOSISI TOLAK TANYA KEMBALIKAN DELEGASI STATUS BANTUAN")
	// never passed on
	s.says(plh, "DELEGASI orang@batan.go.id", to(orang, time.Time{}, time.Time{})).refused(workflow.NeedsPerson,
		"unrecognised plh")
	s.says(plh, "DISPOSISI lanjutkan").stands(workflow.Running, "instruksi").sent("task kasubbid", "receipt plh",
		"progress ani", "progress kabid")
	if e := s.d.Entries[0]; e.By != plh.Email || e.Note != "a.n. kabid@batan.go.id\nlanjutkan" {
		t.Errorf("the entry is %+v", e)
	}

	other := &scene{t: t, p: s.p, now: s.now}
	other.files(ani, fullForm()).r.Number = "VC-2026-0002"
	other.says(kepala, "SETUJU").sent("task kabid", "receipt kepala", "progress ani")
	other.says(plh, "DISPOSISI").refused(workflow.NotEntitled, "not-authorised plh")
}

func TestDelegateForATime(t *testing.T) {
	t.Parallel()
	s := reached(t, "disposisi", monday)
	from, until := s.now.Add(24*time.Hour), s.now.Add(72*time.Hour)
	s.says(kabid, "DELEGASI plh@batan.go.id", to(plh, from, until)).sent("receipt kabid").wrote("delegated")
	for _, test := range []struct {
		at       time.Time
		entitled bool
	}{{s.now, false}, {from.Add(-time.Second), false}, {from, true}, {until.Add(-time.Second), true}, {until, false}} {
		other := &scene{t: t, p: s.p, now: test.at}
		other.files(ani, fullForm()).says(kepala, "SETUJU")
		want := []string{"task kabid", "receipt kepala", "progress ani"}
		if test.entitled {
			want = append(want, "task plh")
		}
		if other.sent(want...).says(plh, "DISPOSISI"); test.entitled != (other.r.Step == "instruksi") {
			t.Errorf("at %s plh brought it to %s", test.at, other.r.Step)
		}
	}
}

func TestDelegateToNobody(t *testing.T) {
	t.Parallel()
	s := reached(t, "disposisi", monday)
	for what, with := range map[string]how{
		"no address":              func(*workflow.Event) {},
		"to who asks":             to(ani, time.Time{}, time.Time{}),
		"to oneself":              to(kabid, time.Time{}, time.Time{}),
		"for a time that is past": to(plh, s.now.AddDate(0, 0, -2), s.now.AddDate(0, 0, -1)),
		"until before it begins":  to(plh, s.now.AddDate(0, 0, 2), s.now.AddDate(0, 0, 1)),
	} {
		if s.says(kabid, "DELEGASI plh", with).refused(workflow.NeedsPerson, "unrecognised kabid"); s.d.Delegation != nil {
			t.Errorf("%s: %+v", what, s.d.Delegation)
		}
	}
	s.says(wakabid, "DELEGASI plh@batan.go.id", to(plh, time.Time{}, time.Time{})).refused(workflow.NotEntitled,
		"not-authorised wakabid")
	s.says(ani, "DELEGASI plh@batan.go.id", to(plh, time.Time{}, time.Time{})).refused(workflow.NotEntitled,
		"not-authorised ani")
}

// A member of a team to whom another delegates still acts in his own name.
func TestDelegateWithinATeam(t *testing.T) {
	t.Parallel()
	s := reached(t, "persiapan", monday)
	s.says(admin1, "DELEGASI admin2@batan.go.id", to(admin2, time.Time{}, time.Time{}))
	s.offers(admin2, "SIAP KENDALA TANYA DELEGASI STATUS BANTUAN")
	if s.says(admin2, "SIAP").stands(workflow.Running, "laporan"); s.d.Entries[0].Note != "" {
		t.Errorf("the entry is %+v", s.d.Entries[0])
	}
}

func TestADeputyMayActWhileADelegationRuns(t *testing.T) {
	t.Parallel()
	s := reached(t, "disposisi", monday)
	s.says(wakabid, "DISPOSISI").refused(workflow.NotEntitled, "not-authorised wakabid")
	s.says(kabid, "DELEGASI wakabid@batan.go.id", to(wakabid, time.Time{}, time.Time{})).sent("receipt kabid",
		"task wakabid")
	s.says(wakabid, "DISPOSISI").stands(workflow.Running, "instruksi")
}

func TestCancel(t *testing.T) {
	t.Parallel()
	s := filed(t).says(ani, "BATAL acara ditunda").stands(workflow.StateCancelled, "persetujuan").wrote("cancelled")
	s.sent("cancelled ani", "cancelled kepala").offers(ani, "STATUS BANTUAN")
	s.says(kepala, "SETUJU").refused(workflow.Ended, "status kepala")

	s = reached(t, "persiapan", monday)
	s.clock("2026-01-05 13:00") // escalated
	s.says(ani, "BATAL").sent("cancelled ani", "cancelled admin1", "cancelled admin2")
	s.offers(kasubbid, "STATUS BANTUAN").says(kasubbid, "TARIK").refused(workflow.Ended, "status kasubbid")

	s = reached(t, "disposisi", monday)
	s.clock("2026-01-05 11:00")
	s.says(ani, "BATAL").sent("cancelled ani", "cancelled kabid", "cancelled wakabid")
}

func TestChange(t *testing.T) {
	t.Parallel()
	s := reached(t, "disposisi", monday)
	visit := s.r.Visit()
	due := s.r.Due
	s.at("2026-01-05 09:30").says(ani, "UBAH",
		form(workflow.Form{"unit_kerja": {Text: "PPIKSN"}, "nip": {Text: "198502172010121004"},
			"email": {Text: "x@batan.go.id"}}))
	s.stands(workflow.Running, "disposisi").sent("task kabid", "receipt ani").wrote("changed")
	want := []workflow.FieldChange{{Label: "NIP", Old: "198502172010121003", New: "198502172010121004"},
		{Label: "Unit Kerja", Old: "PSTNT", New: "PPIKSN"}}
	for _, n := range s.d.Notices {
		if diff := cmp.Diff(want, n.Changes); diff != "" {
			t.Errorf("%s shows other changes (-want +got):\n%s", n.Kind, diff)
		}
	}
	if s.r.Visit() != visit+1 || !s.r.Due.Equal(due) || s.r.Form.Text("email") != ani.Email {
		t.Errorf("visit %d, due %s, email %q: a change is a new visit, but no new SLA and no new requester", s.r.Visit(),
			s.r.Due, s.r.Form.Text("email"))
	}
	// nobody approves what he did not see
	s.says(kabid, "SETUJU", token(workflow.PastToken)).refused(workflow.Stale, "status kabid")
	s.says(kabid, "SETUJU", token(workflow.PastToken),
		func(ev *workflow.Event) { ev.Proof = "dmarc" }).refused(workflow.Stale, "status kabid")
	s.says(kabid, "SETUJU").stands(workflow.Running, "instruksi")
}

func TestAChangeThatChangesNothing(t *testing.T) {
	t.Parallel()
	for what, with := range map[string]how{
		"no field":      form(nil),
		"the same":      form(workflow.Form{"unit_kerja": {Text: "PSTNT"}}),
		"only an email": form(workflow.Form{"email": {Text: "x@batan.go.id"}}),
		"a field that can't be read": form(workflow.Form{"unit_kerja": {Text: "PPIKSN"}},
			workflow.Problem{Field: "tanggal", Text: "entah"}),
	} {
		s := filed(t)
		t.Run(what, func(t *testing.T) {
			s.says(ani, "UBAH", with).refused(workflow.NeedsFields, "unrecognised ani").stands(workflow.Running, "persetujuan")
		})
	}
	filed(t).says(ani, "UBAH", unproven, form(workflow.Form{"unit_kerja": {Text: "PPIKSN"}})).refused(workflow.Unproven,
		"confirm ani")
}

func TestAChangeIsToldToWhoeverMayAct(t *testing.T) {
	t.Parallel()
	changed := form(workflow.Form{"unit_kerja": {Text: "PPIKSN"}})
	s := reached(t, "disposisi", monday)
	s.clock("2026-01-05 11:00") // escalated: the deputy may act, and must see it too
	s.says(ani, "UBAH", changed).sent("task kabid", "task wakabid", "receipt ani")
	s.says(wakabid, "DISPOSISI").stands(workflow.Running, "instruksi")

	s = reached(t, "disposisi", monday).says(kabid, "TANYA berapa?")
	s.says(ani, "UBAH", changed).stands(workflow.Waiting, "disposisi").sent("task kabid", "receipt ani")
	s.writes(ani, "Dua", token(workflow.PastToken)) // the mail with the question is older than the change
	s.stands(workflow.Running, "disposisi").sent("answer kabid", "receipt ani")
}

func TestWithdraw(t *testing.T) {
	t.Parallel()
	t.Run("an approval", func(t *testing.T) {
		s := filed(t).says(kepala, "SETUJU")
		s.says(kabid, "TARIK").refused(workflow.TooLate, "status kabid")
		s.says(kepala, "TARIK", unproven).refused(workflow.Unproven, "confirm kepala")
		s.says(kepala, "TARIK", token(workflow.PastToken)).stands(workflow.Running, "persetujuan").wrote("withdrawn")
		s.sent("task kepala", "receipt kepala", "status kabid", "progress ani")
		s.says(kabid, "DISPOSISI").refused(workflow.NotHere, "status kabid")
		s.says(kepala, "TARIK").refused(workflow.TooLate, "status kepala")
		s.says(kepala, "TOLAK karena penuh").stands(workflow.StateRejected, "persetujuan")
	})
	t.Run("a rejection", func(t *testing.T) {
		s := filed(t).says(kepala, "TOLAK karena penuh").says(kepala, "TARIK")
		s.stands(workflow.Running, "persetujuan").sent("task kepala", "receipt kepala", "progress ani")
	})
	t.Run("a return", func(t *testing.T) {
		s := reached(t, "disposisi", monday).says(kabid, "KEMBALIKAN").says(kabid, "TARIK")
		s.stands(workflow.Running, "disposisi").sent("task kabid", "receipt kabid", "status kepala", "progress ani")
	})
	t.Run("a question", func(t *testing.T) {
		s := reached(t, "disposisi", monday)
		visit := s.r.Visit()
		s.says(kabid, "TANYA berapa?").says(kabid, "TARIK").stands(workflow.Running, "disposisi").sent("receipt kabid",
			"progress ani")
		if s.r.Visit() != visit || s.r.Question != nil {
			t.Errorf("visit %d, question %v", s.r.Visit(), s.r.Question)
		}
	})
	t.Run("not after the next office acted", func(t *testing.T) {
		for _, word := range []string{"DISPOSISI", "KEMBALIKAN", "TANYA berapa?", "TOLAK karena penuh"} {
			s := reached(t, "disposisi", monday).says(kabid, word)
			state, step := s.r.State, s.r.Step
			s.says(kepala, "TARIK").refused(workflow.TooLate, "status kepala").stands(state, step)
		}
		s := reached(t, "disposisi", monday).says(kabid, "TANYA berapa?").writes(ani, "Dua")
		s.says(kabid, "TARIK").refused(workflow.TooLate, "status kabid")
		s.says(kepala, "TARIK").refused(workflow.TooLate, "status kepala")
	})
}
