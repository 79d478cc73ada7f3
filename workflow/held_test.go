package workflow_test

import (
	"slices"
	"testing"
	"time"

	"batan.go.id/layanan/workflow"
)

// unclear is an answer in which something is not understood, and nothing speaks against it.
func unclear(ev *workflow.Event) {
	ev.Hold, ev.Because = true, []workflow.Because{{Text: "zblorg", Class: "unknown"}}
}

// waits lets time pass, and the alarm come if it is due.
func (s *scene) waits(d time.Duration) *scene {
	s.now = s.now.Add(d)
	if !s.r.Alarm.IsZero() && !s.now.Before(s.r.Alarm) {
		s.happens(workflow.Event{Kind: workflow.Alarmed})
	}
	return s
}

// TestHeld: an answer that is not understood in all moves the request ten minutes later, unless something is said
// before.
func TestHeld(t *testing.T) {
	t.Parallel()
	change := form(workflow.Form{"pelaksanaan": {Text: "Ruang lain"}})
	for name, c := range map[string]struct {
		before func(s *scene)
		step   string
		state  workflow.State
	}{
		"nothing is said": {func(*scene) {}, "disposisi", workflow.Running},
		"it is taken back": {func(s *scene) { s.says(kepala, "TARIK") },
			"persetujuan", workflow.Running},
		"it is said clearly": {func(s *scene) { s.says(kepala, "SETUJU") },
			"disposisi", workflow.Running},
		"the contrary is said": {func(s *scene) { s.says(kepala, "TOLAK karena penuh") },
			"persetujuan", workflow.StateRejected},
		"a question is asked": {func(s *scene) { s.says(kepala, "TANYA berapa orang") },
			"persetujuan", workflow.Waiting},
		"the request is changed": {func(s *scene) { s.says(ani, "UBAH", change) },
			"persetujuan", workflow.Running},
		"the request is cancelled": {func(s *scene) { s.says(ani, "BATAL") },
			"persetujuan", workflow.StateCancelled},
		"the state is asked for": {func(s *scene) { s.says(ani, "STATUS").says(kepala, "STATUS") },
			"disposisi", workflow.Running},
		"somebody else takes it": {func(s *scene) { s.says(kabid, "TARIK") }, "disposisi", workflow.Running},
		"the offices are read again": {func(s *scene) { s.happens(workflow.Event{Kind: workflow.Refreshed}) },
			"disposisi", workflow.Running},
		"another unclear answer": {func(s *scene) { s.says(kepala, "TOLAK zblorg", unclear) },
			"persetujuan", workflow.Running},
		"an answer that lacks something": {func(s *scene) { s.says(kepala, "TOLAK").sent("unrecognised kepala") },
			"persetujuan", workflow.Running},
		"something speaks against it": {func(s *scene) { s.writes(kepala, "eh, jangan dulu", doubted("SETUJU")) },
			"persetujuan", workflow.Running},
		"something is not understood": {func(s *scene) { s.writes(kepala, "tunggu").sent("unrecognised kepala") },
			"persetujuan", workflow.Running},
		"thanks are said": {func(s *scene) { s.writes(kepala, "terima kasih", thanks) },
			"disposisi", workflow.Running},
		"somebody writes in that name": {func(s *scene) { s.writes(kepala, "jangan", doubted("SETUJU"), unproven) },
			"disposisi", workflow.Running},
		"the office is handed over": {func(s *scene) { s.says(kepala, "DELEGASI", to(plh, time.Time{}, time.Time{})) },
			"disposisi", workflow.Running},
		"trouble elsewhere": {func(s *scene) { s.says(orang, "SETUJU").says(kabid, "SETUJU") },
			"disposisi", workflow.Running},
		"its sender is away": {func(s *scene) { s.away(kepala) }, "disposisi", workflow.Running},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := filed(t).says(kepala, "SETUJU zblorg", unclear).sent("receipt kepala").
				stands(workflow.Running, "persetujuan")
			if len(s.r.Held) != 1 || !s.r.Alarm.Equal(s.now.Add(10*time.Minute)) {
				t.Fatalf("held %+v, alarm %s", s.r.Held, s.r.Alarm)
			}
			s.now = s.now.Add(9 * time.Minute)
			c.before(s)
			if s.waits(time.Minute).stands(c.state, c.step); len(s.r.Held) != map[bool]int{true: 1}[name ==
				"another unclear answer"] {
				t.Errorf("held: %+v", s.r.Held)
			}
		})
	}
}

// doubted is an answer that something speaks against.
func doubted(word string) how {
	return func(ev *workflow.Event) {
		ev.Read, ev.Note, ev.Doubt = word, "asal ruangan kosong", workflow.Doubt{Code: "condition", Text: "asal"}
		ev.Because = []workflow.Because{{Text: "asal", Class: "condition"}}
	}
}

func thanks(ev *workflow.Event) { ev.Thanks = true }

// TestHeldIsWhole: what is carried out later stands in the history as its sender's, as it came, and by the right that
// he or she had then.
func TestHeldIsWhole(t *testing.T) {
	t.Parallel()
	s := reached(t, "disposisi", monday)
	until := s.now.Add(5 * time.Minute)
	s.p.Delegations = []workflow.Delegation{{Role: "kabid_pjkkd", By: kabid, To: plh, From: s.now.Add(-time.Hour),
		Until: until, Decree: "12/KP/2026"}}
	s.says(plh, "SETUJU pakai zblorg", unclear, func(ev *workflow.Event) { ev.Mail, ev.MessageID = "abc", "held@x" })
	s.sent("receipt plh").wrote("held")
	s.p.Delegations = nil // the store gives those that run
	s.waits(10*time.Minute).stands(workflow.Running, "instruksi").wrote("advanced").
		sent("progress ani", "progress kabid", "task kasubbid")
	want := workflow.Entry{At: s.now.UTC(), Event: "advanced", By: plh.Email, Step: "disposisi", Visit: s.r.Visit() - 1,
		Word: "SETUJU", Note: "a.n. kabid@batan.go.id (SK 12/KP/2026)\npakai zblorg", MessageID: "held@x", Mail: "abc",
		Proof: "token", Rule: "delegate kabid_pjkkd"}
	if got := s.d.Entries[0]; got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if n := s.notice(workflow.NoticeProgress, ani); n.By != plh || n.Behalf != kabid {
		t.Errorf("the requester is told of %+v", n)
	}
}

// TestHeldLacksNothing: what could not be carried out is answered at once.
func TestHeldLacksNothing(t *testing.T) {
	t.Parallel()
	filed(t).says(kepala, "TOLAK", unclear).refused(workflow.NeedsReason, "unrecognised kepala")
	filed(t).says(kepala, "TOLAK", unclear, unproven).refused(workflow.Unproven, "confirm kepala")
	filed(t).says(kepala, "SETUJU", unclear, token(workflow.PastToken)).refused(workflow.Stale, "status kepala")
	s := filed(t).says(kepala, "TANYA berapa zblorg", unclear).stands(workflow.Waiting, "persetujuan")
	s.says(ani, "STATUS", unclear).refused(workflow.Asked, "status ani")
}

// TestHeldByBoth: the requester's word waits beside the office's, and whoever comes first moves the request.
func TestHeldByBoth(t *testing.T) {
	t.Parallel()
	both := func(t *testing.T) *scene {
		s := filed(t).says(kepala, "SETUJU zblorg", unclear)
		s.now = s.now.Add(5 * time.Minute)
		return s.says(ani, "BATAL zblorg", unclear).sent("receipt ani").stands(workflow.Running, "persetujuan")
	}
	s := both(t).waits(5*time.Minute).stands(workflow.Running, "disposisi").
		sent("progress ani", "task kabid")
	s.waits(5*time.Minute).stands(workflow.StateCancelled, "disposisi").sent("cancelled ani", "cancelled kabid")

	both(t).says(ani, "TARIK").waits(5*time.Minute).stands(workflow.Running, "disposisi").waits(time.Hour).
		stands(workflow.Running, "disposisi")

	s = both(t).says(ani, "BATAL").stands(workflow.StateCancelled, "persetujuan").
		wrote("held-void", "cancelled", "held-void")
	if n := s.notice(workflow.NoticeCancelled, kepala); n.Void != "SETUJU" {
		t.Errorf("the office is told %+v", n)
	}
	s = both(t).says(kepala, "SETUJU").stands(workflow.Running, "disposisi").waits(10*time.Minute).
		stands(workflow.StateCancelled, "disposisi")
	if !s.r.Alarm.IsZero() {
		t.Errorf("an alarm is left: %s", s.r.Alarm)
	}
}

// TestHeldSignature: a request that has ended waits, too, when its requester's TERIMA is not understood in all.
func TestHeldSignature(t *testing.T) {
	t.Parallel()
	ended := func(t *testing.T) *scene {
		s := reached(t, "laporan", monday).says(admin1, "LAPORAN berjalan lancar").stands(workflow.StateFinished, "laporan")
		return s.says(ani, "TERIMA zblorg", unclear).sent("receipt ani").wrote("held").
			offers(ani, "STATUS BANTUAN TERIMA TARIK")
	}
	s := ended(t).says(ani, "TARIK").sent("receipt ani").wrote("held-void").waits(time.Hour)
	if !s.r.SignedOff.IsZero() || !s.r.Alarm.IsZero() {
		t.Errorf("signed off at %s, alarm %s", s.r.SignedOff, s.r.Alarm)
	}
	s = ended(t).waits(10 * time.Minute).wrote("signed-off")
	if s.r.SignedOff.IsZero() || !s.r.Alarm.IsZero() {
		t.Errorf("signed off at %s, alarm %s", s.r.SignedOff, s.r.Alarm)
	}
}

// TestHeldVoidIsTold: who waits for nothing any more hears of it, and of what.
func TestHeldVoidIsTold(t *testing.T) {
	t.Parallel()
	change := form(workflow.Form{"unit_kerja": {Text: "PTLR"}})
	s := reached(t, "disposisi", monday)
	s.p.Delegations = []workflow.Delegation{{Role: "kabid_pjkkd", By: kabid, To: plh, From: s.now.Add(-time.Hour)}}
	s.says(plh, "SETUJU zblorg", unclear)
	s.p.Delegations = nil
	s.says(ani, "UBAH", change).sent("task kabid", "receipt ani", "status plh").wrote("changed", "held-void")
	if n := s.notice(workflow.NoticeStatus, plh); n.Void != "SETUJU" || n.Answer {
		t.Errorf("told %+v", n)
	}
	s = filed(t).says(kepala, "SETUJU zblorg", unclear).writes(kepala, "jangan dulu", doubted("SETUJU"))
	if n := s.notice(workflow.NoticeUnrecognised, kepala); n.Void != "SETUJU" || n.Answer || !n.Asks {
		t.Errorf("told %+v", n)
	}
}

// TestHoldForNoTime: an office that would rather ask is asked back, about what moves its request alone.
func TestHoldForNoTime(t *testing.T) {
	t.Parallel()
	s := filed(t)
	sop := *s.p.SOP
	sop.Hold.Clock = 0
	s.p.SOP = &sop
	s.says(kepala, "SETUJU zblorg", unclear).refused(workflow.Doubtful, "unrecognised kepala")
	want := workflow.Doubt{Code: "unknown", Text: "zblorg"}
	if n := s.d.Notices[0]; !n.Asks || n.Word != "SETUJU" || n.Doubt != want {
		t.Errorf("asked %+v", n)
	}
	s.says(ani, "STATUS", unclear).refused(workflow.Asked, "status ani")
	s.says(kepala, "YA", s.confirming()).stands(workflow.Running, "disposisi")
}

// TestHeldKeepsItsTime: an answer that came in time is in time, and nobody is reminded or called while it waits.
func TestHeldKeepsItsTime(t *testing.T) {
	t.Parallel()
	s := filed(t)
	s.now = s.r.Due.Add(-time.Minute)
	s.says(kepala, "SETUJU", unclear)
	if s.now = s.now.Add(5 * time.Minute); s.r.Overdue(s.now) {
		t.Error("an answer that came in time is late")
	}
	s.waits(5*time.Minute).sent("task kabid", "progress ani").stands(workflow.Running, "disposisi")

	s = filed(t)
	s.now = s.r.Due.Add(-time.Minute)
	s.says(kepala, "SETUJU", unclear).says(kepala, "TARIK") // the ladder goes on where it was
	if got := s.clock("2026-01-05 10:59"); !slices.Equal(got, []string{"01-05 10:00 reminder kepala",
		"01-05 10:30 reminder kepala"}) {
		t.Errorf("the clock says %q", got)
	}
}
