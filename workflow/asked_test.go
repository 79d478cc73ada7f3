package workflow_test

import (
	"testing"
	"time"

	"batan.go.id/layanan/workflow"
)

// TestAskedBack: an answer that something speaks against is read back to its sender, and YA carries out exactly that,
// with its note, once.
func TestAskedBack(t *testing.T) {
	t.Parallel()
	for name, with := range map[string]how{"proven": token(workflow.LiveToken), "by nothing": unproven,
		"in spite of a failure": failing} {
		s := filed(t).writes(kepala, "Setuju asal ruangan kosong", doubted("SETUJU"), with)
		s.refused(workflow.Doubtful, "unrecognised kepala").wrote()
		n := s.notice(workflow.NoticeUnrecognised, kepala)
		if !n.Asks || n.Word != "SETUJU" || n.Note != "asal ruangan kosong" || len(n.Because) != 1 ||
			n.Words[0].Kind != workflow.Confirm {
			t.Errorf("%s: asked %+v", name, n)
		}
		yes := s.confirming()
		s.says(kepala, "YA", yes).stands(workflow.Running, "disposisi").wrote("advanced")
		if e := s.d.Entries[0]; e.Word != "SETUJU" || e.Note != "asal ruangan kosong" || e.By != kepala.Email {
			t.Errorf("%s: the history says %+v", name, e)
		}
		s.says(kepala, "YA", yes).refused(workflow.Stale, "status kepala")
	}
}

// TestAskedBackIsReadAnew: what is added to YA, and what else is answered, counts as it is.
func TestAskedBackIsReadAnew(t *testing.T) {
	t.Parallel()
	asked := func() *scene { return filed(t).writes(kepala, "Setuju asal kosong", doubted("SETUJU")) }
	s := asked()
	s.says(kepala, "TOLAK karena penuh", s.confirming()).stands(workflow.StateRejected, "persetujuan")
	s = asked()
	s.writes(kepala, "ya, tapi tunggu dulu", s.confirming()).refused(workflow.NoCommand, "unrecognised kepala")
	s = asked()
	s.says(kepala, "YA tapi tunggu dulu", s.confirming()).stands(workflow.Running, "persetujuan")
	s = asked()
	s.says(kepala, "SETUJU zblorg", unclear, s.confirming()).sent("receipt kepala").
		stands(workflow.Running, "persetujuan")
	s = asked()
	yes := s.confirming()
	s.says(ani, "UBAH", form(workflow.Form{"unit_kerja": {Text: "PTLR"}}))
	s.says(kepala, "YA", yes).refused(workflow.Stale, "status kepala").stands(workflow.Running, "persetujuan")
}

// TestNotAskedBack: what its sender could not say now of the task as it stands is answered with the words that work.
func TestNotAskedBack(t *testing.T) {
	t.Parallel()
	bare := func(ev *workflow.Event) { ev.Note = "" }
	for name, c := range map[string]struct {
		by   workflow.Person
		read string
		with how
		sent string
	}{
		"no word":                {kepala, "", bare, "unrecognised kepala"},
		"no word of this step":   {kepala, "SIAP", bare, "unrecognised kepala"},
		"no word of this person": {ani, "SETUJU", bare, "unrecognised ani"},
		"nothing moves":          {kepala, "STATUS", bare, "unrecognised kepala"},
		"a reason is lacking":    {kepala, "TOLAK", bare, "unrecognised kepala"},
		"nothing to take back":   {kepala, "TARIK", bare, "unrecognised kepala"},
		"of a task that is over": {kepala, "SETUJU", token(workflow.PastToken), "unrecognised kepala"},
	} {
		s := filed(t).writes(c.by, "asal", doubted(c.read), c.with).refused(workflow.Doubtful, c.sent)
		if n := s.d.Notices[0]; n.Asks || n.Word != "" || len(s.r.Readings) > 0 {
			t.Errorf("%s: asked %+v", name, n)
		}
	}
}

// TestTakingBackInDoubt: an unclear TARIK by nobody proven neither takes back what waits nor fails.
func TestTakingBackInDoubt(t *testing.T) {
	t.Parallel()
	s := filed(t).says(kepala, "SETUJU zblorg", unclear).writes(kepala, "tarik?", doubted("TARIK"), unproven)
	s.sent("unrecognised kepala").says(kepala, "YA", s.confirming()).wrote("held-void").waits(time.Hour)
	s.stands(workflow.Running, "persetujuan")
}
