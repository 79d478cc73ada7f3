package workflow_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/workflow"
)

// dated is an authenticated mail without a token, dated before or after now.
func dated(by time.Duration) how {
	return func(ev *workflow.Event) {
		dmarc(ev)
		ev.Date = ev.Arrived.Add(by).Truncate(time.Second)
	}
}

func failing(ev *workflow.Event) { ev.Failed = "spf=fail" }

func unnumbered(ev *workflow.Event) { ev.Numbered = false }

func undated(ev *workflow.Event) { ev.Date = time.Time{} }

// confirming carries the token of the confirm that was sent last.
func (s *scene) confirming() how {
	n := s.r.Readings[len(s.r.Readings)-1].N
	return func(ev *workflow.Event) { ev.Token, ev.Confirms = workflow.NoToken, n }
}

// TestAuthenticatedWithoutToken: such a mail acts only when its subject names
// the request and its date fits the visit.
func TestAuthenticatedWithoutToken(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		with  []how
		moves bool
	}{
		"at once":                            {[]how{dmarc}, true},
		"a second before its step":           {[]how{dated(-time.Second)}, true},
		"five minutes before its step":       {[]how{dated(-5 * time.Minute)}, true},
		"more than that":                     {[]how{dated(-5*time.Minute - time.Second)}, false},
		"the day before":                     {[]how{dated(-24 * time.Hour)}, false},
		"ten minutes ahead of its arrival":   {[]how{dated(10 * time.Minute)}, true},
		"more ahead":                         {[]how{dated(10*time.Minute + time.Second)}, false},
		"no number in the subject":           {[]how{dmarc, unnumbered}, false},
		"no date":                            {[]how{dmarc, undated}, false},
		"our server found something":         {[]how{dmarc, failing}, false},
		"a live token, whatever the date":    {[]how{dated(-24 * time.Hour), token(workflow.LiveToken)}, true},
		"a live token, no number":            {[]how{unnumbered}, true},
		"a live token against our server":    {[]how{failing}, false},
		"a live token, no date":              {[]how{undated}, true},
		"neither token nor authentication":   {[]how{unproven}, false},
		"a number is no proof of the sender": {[]how{unproven, func(ev *workflow.Event) { ev.Numbered = true }}, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := filed(t)
			if s.says(kepala, "SETUJU", c.with...); c.moves {
				s.stands(workflow.Running, "disposisi")
				return
			}
			s.refused(workflow.Unproven, "confirm kepala").stands(workflow.Running, "persetujuan")
		})
	}
}

// TestNoGraceAfterAChange: whoever answers before the request became what it
// is now did not see it.
func TestNoGraceAfterAChange(t *testing.T) {
	t.Parallel()
	change := form(workflow.Form{"pelaksanaan": {Text: "Ruang lain"}})
	for name, again := range map[string]func(s *scene){
		"changed":     func(s *scene) { s.says(ani, "UBAH", change) },
		"given back":  func(s *scene) { s.says(kepala, "SETUJU").says(kabid, "KEMBALIKAN karena kurang") },
		"taken back":  func(s *scene) { s.says(kepala, "SETUJU").says(kepala, "TARIK") },
		"twice so":    func(s *scene) { s.says(ani, "UBAH", change).says(kepala, "SETUJU").says(kepala, "TARIK") },
		"after a day": func(s *scene) { s.now = s.now.Add(24 * time.Hour); s.says(ani, "UBAH", change) },
	} {
		for by, moves := range map[time.Duration]bool{0: true, time.Second: true, -time.Second: false,
			-4 * time.Minute: false} {
			s := filed(t)
			again(s)
			s.stands(workflow.Running, "persetujuan")
			s.says(kepala, "SETUJU", dated(by))
			if moved := s.r.Step == "disposisi"; moved != moves {
				t.Errorf("%s, dated %s after it: moved %v", name, by, moved)
			}
		}
	}
}

// TestConfirmOnce: what a mail says is carried out when its sender says that it is
// his; once, with YA or with the word; what says more is read as it is.
func TestConfirmOnce(t *testing.T) {
	t.Parallel()
	asked := func(t *testing.T, with ...how) *scene {
		s := filed(t).says(kepala, "SETUJU hemat listrik", append([]how{unproven}, with...)...).refused(workflow.Unproven,
			"confirm kepala")
		if n := s.d.Notices[0]; n.Word != "SETUJU" || n.Note != "hemat listrik" {
			t.Errorf("what was read is not shown: %+v", n)
		}
		return s
	}
	for _, c := range []struct {
		says string
		with []how
		note string // "" when nothing moves
		word string
	}{
		{"YA", nil, "hemat listrik", "SETUJU"},
		{"SETUJU", nil, "hemat listrik", "SETUJU"},
		{"SETUJU boros saja", nil, "boros saja", "SETUJU"},
		{"TOLAK karena bukan saya", nil, "karena bukan saya", "TOLAK"},
		{"YA", []how{failing}, "hemat listrik", "SETUJU"},
		{"YA", []how{func(ev *workflow.Event) { ev.Confirms = 0 }}, "", ""},
		{"YA", []how{func(ev *workflow.Event) { ev.Confirms = 99 }}, "", ""},
		{"STATUS", nil, "", ""},
		{"XYZ", nil, "", ""},
	} {
		s := asked(t)
		s.says(kepala, c.says, append([]how{s.confirming()}, c.with...)...)
		e := workflow.Entry{}
		if len(s.d.Entries) > 0 {
			e = s.d.Entries[0]
		}
		if e.Word != c.word || e.Note != c.note || (c.word != "") != strings.Contains(e.Proof, "confirm") {
			t.Errorf("%q: %q with the note %q, proven by %q", c.says, e.Word, e.Note, e.Proof)
		}
	}

	s := asked(t)
	again := s.confirming()
	s.says(kepala, "YA", again).stands(workflow.Running, "disposisi")
	s.says(kepala, "YA", again).refused(workflow.Stale, "status kepala")
	s.says(kepala, "SETUJU", again).refused(workflow.Stale, "status kepala")

	s = asked(t) // what was asked before a change is over
	again = s.confirming()
	s.says(ani, "UBAH", form(workflow.Form{"pelaksanaan": {Text: "Ruang lain"}}))
	s.says(kepala, "YA", again).refused(workflow.Stale, "status kepala").stands(workflow.Running, "persetujuan")

	s = asked(t) // another person's token is none
	s.says(kabid, "YA", s.confirming())
	s.stands(workflow.Running, "persetujuan")

	// a requester's reading outlives steps
	s = filed(t).says(ani, "BATAL", unproven).refused(workflow.Unproven, "confirm ani")
	again = s.confirming()
	s.says(kepala, "SETUJU").says(ani, "YA", again).stands(workflow.StateCancelled, "disposisi")

	s = filed(t) // what strangers leave behind is bounded, the request that it was given is not changed
	for range 30 {
		before := slices.Clone(s.r.Readings)
		r := s.r
		s.says(kepala, "SETUJU", unproven)
		if !slices.EqualFunc(before, r.Readings, func(a, b workflow.Reading) bool { return a.N == b.N }) {
			t.Fatal("the request that was given has changed")
		}
	}
	if n := len(s.r.Readings); n != 20 {
		t.Errorf("%d readings are kept", n)
	}
	s.says(kepala, "YA", s.confirming()).stands(workflow.Running, "disposisi")
}

// TestConfirmedAnswers: what needs no word can be confirmed, too.
func TestConfirmedAnswers(t *testing.T) {
	t.Parallel()
	s := filed(t).says(kepala, "TANYA berapa orang?").writes(ani, "Sepuluh.", unproven)
	s.refused(workflow.Unproven, "confirm ani").stands(workflow.Waiting, "persetujuan")
	s.says(ani, "YA", s.confirming()).stands(workflow.Running, "persetujuan")
	if n := s.notice(workflow.NoticeAnswer, kepala); n.Note != "Sepuluh." {
		t.Errorf("the answer is %q", n.Note)
	}

	s = opening(t, monday)
	s.files(ani, without(fullForm(), "nip"))
	s.writes(ani, "NIP: 198502172010121003", unproven, form(workflow.Form{"nip": {Text: "198502172010121003"}}))
	s.refused(workflow.Unproven, "confirm ani").stands(workflow.Waiting, "permohonan")
	s.says(ani, "YA", s.confirming()).stands(workflow.Running, "persetujuan")

	s = filed(t).says(kepala, "TANYA pakai Zoom?") // YA answers the question where nothing was to be confirmed
	s.says(ani, "YA").stands(workflow.Running, "persetujuan")
	if n := s.notice(workflow.NoticeAnswer, kepala); n.Note != "YA" {
		t.Errorf("the answer is %q", n.Note)
	}
}

// TestRequire: an office may ask that every answer is authenticated, or
// signed; then no token is enough, nor a confirm.
func TestRequire(t *testing.T) {
	t.Parallel()
	signed := func(ev *workflow.Event) { ev.Signature = "smime CN=x" }
	for _, c := range []struct {
		require string
		with    []how
		why     workflow.Reason
	}{
		{workflow.RequireToken, nil, ""},
		{workflow.RequireAuthenticated, nil, workflow.NeedsAuthentication},
		{workflow.RequireAuthenticated, []how{dmarc}, ""},
		{workflow.RequireAuthenticated, []how{dated(-time.Hour)}, workflow.NeedsAuthentication},
		{workflow.RequireAuthenticated, []how{dated(-time.Hour), token(workflow.LiveToken)}, ""},
		{workflow.RequireAuthenticated, []how{dmarc, failing}, workflow.NeedsAuthentication},
		{workflow.RequireAuthenticated, []how{signed}, ""},
		{workflow.RequireSignature, nil, workflow.NeedsSignature},
		{workflow.RequireSignature, []how{dmarc}, workflow.NeedsSignature},
		{workflow.RequireSignature, []how{signed}, ""},
		{workflow.RequireSignature, []how{signed, failing}, workflow.NeedsSignature},
	} {
		for _, ofStep := range []bool{false, true} {
			s := opening(t, monday)
			if ofStep {
				s.p.SOP.Step("persetujuan").Trust.Require = c.require
			} else {
				s.p.Require = c.require
			}
			s.files(ani, fullForm())
			if s.says(kepala, "SETUJU", c.with...); c.why == "" {
				s.stands(workflow.Running, "disposisi")
			} else {
				s.refused(c.why, "unrecognised kepala").stands(workflow.Running, "persetujuan")
			}
			if c.require == workflow.RequireAuthenticated && !ofStep {
				s.says(kepala, "STATUS", unproven).refused(workflow.Asked, "status kepala")
			}
		}
	}
}

// TestReplacedValuesAreTold: nothing that the requester gave is replaced
// without saying so to him or her.
func TestReplacedValuesAreTold(t *testing.T) {
	t.Parallel()
	s := opening(t, monday)
	s.files(ani, without(fullForm(), "nip"))
	s.writes(ani, "x", form(workflow.Form{"kegiatan": {Text: "Rapat besar"}}))
	if n := s.notice(workflow.NoticeIncomplete, ani); len(n.Changes) != 1 || n.Changes[0].Old != "Rapat koordinasi" ||
		n.Changes[0].New != "Rapat besar" {
		t.Errorf("told of %+v", n.Changes)
	}
	if e := s.d.Entries[0]; !strings.Contains(e.Note, "Rapat koordinasi → Rapat besar") {
		t.Errorf("the history says %q", e.Note)
	}

	s = opening(t, monday) // an operator who helps
	s.files(ani, without(fullForm(), "nip"))
	for range 3 {
		s.writes(ani, "apa?")
	}
	s.writes(operator, "x", form(workflow.Form{"kegiatan": {Text: "Rapat kecil"}}))
	if n := s.notice(workflow.NoticeProgress, ani); n.Action != workflow.Change || n.By != operator ||
		len(n.Changes) != 1 {
		t.Errorf("the requester is told %+v", n)
	}
	s.writes(operator, "x", form(workflow.Form{"nip": {Text: "198502172010121003"}, "unit_kerja": {Text: "PTLR"}}))
	if n := s.notice(workflow.NoticeRegistered, ani); len(n.Changes) != 1 || n.Changes[0].New != "PTLR" {
		t.Errorf("the requester is told %+v", n)
	}
}

// TestAbsenceNeedsProof: a vacation note calls the deputies only when it
// answers our mail or is authenticated.
func TestAbsenceNeedsProof(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		with  []how
		calls bool
	}{
		"our token": {nil, true},
		"authenticated": {[]how{func(ev *workflow.Event) {
			dmarc(ev)
			ev.Date = time.Now().AddDate(1, 0,
				0)
			ev.Arrived = ev.Date
		}}, true},
		"neither":          {[]how{unproven}, false},
		"a past token":     {[]how{token(workflow.PastToken)}, false},
		"token, but fails": {[]how{failing}, false},
		"no number":        {[]how{dmarc, unnumbered}, false},
	} {
		s := filed(t).away(kepala, c.with...)
		if called := len(s.d.Notices) > 0; called != c.calls {
			t.Errorf("%s: called %v", name, called)
		}
	}
}
