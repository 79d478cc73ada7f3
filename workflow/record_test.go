package workflow_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/workflow"
)

// Each entry names the mail that caused it and the rule that let its sender act.
func TestEntriesNameMailAndRule(t *testing.T) {
	t.Parallel()
	mailed := func(ev *workflow.Event) { ev.Mail = "abc" }
	for _, test := range []struct {
		name, event, rule string
		act               func(*testing.T) *scene
	}{
		{"a form", "registered", "form", func(t *testing.T) *scene {
			return opening(t, monday).files(ani, fullForm(),
				mailed)
		}},
		{"a form with something wanting", "incomplete", "form",
			func(t *testing.T) *scene { return opening(t, monday).files(ani, without(fullForm(), "nip"), mailed) }},
		{"the holder", "advanced", "holder ka_ppiksn",
			func(t *testing.T) *scene { return filed(t).says(kepala, "SETUJU", mailed) }},
		{"one of a team", "advanced", "holder administrator",
			func(t *testing.T) *scene { return reached(t, "persiapan", monday).says(admin2, "SIAP", mailed) }},
		{"a deputy after the escalation", "advanced", "deputy ka_ppiksn", func(t *testing.T) *scene {
			s := filed(t)
			s.clock("2026-01-05 11:00")
			return s.says(wakepala, "SETUJU", mailed)
		}},
		{"a delegate", "advanced", "delegate kabid_pjkkd", func(t *testing.T) *scene {
			s := reached(t, "disposisi", monday).says(kabid, "DELEGASI plh@batan.go.id", to(plh, time.Time{}, time.Time{}))
			return s.says(plh, "DISPOSISI", mailed)
		}},
		{"a deputy for whom asks", "advanced", "deputy ka_ppiksn",
			func(t *testing.T) *scene { return asked(t, kepala, nil).says(wakepala, "SETUJU", mailed) }},
		{"the office above for whom asks", "advanced", "holder ka_ppiksn", func(t *testing.T) *scene {
			return asked(t, kabid, alone("kabid_pjkkd", kabid)).says(kepala, "SETUJU").says(kepala, "DISPOSISI", mailed)
		}},
		{"who is away", "absent", "", func(t *testing.T) *scene { return filed(t).away(kepala, mailed) }},
		{"the requester", "cancelled", "requester",
			func(t *testing.T) *scene { return filed(t).says(ani, "BATAL", mailed) }},
		{"the requester's answer", "answered", "requester", func(t *testing.T) *scene {
			return filed(t).says(kepala, "TANYA berapa?").writes(ani, "Dua puluh orang.", mailed)
		}},
		{"who answered last", "withdrawn", "last-answer",
			func(t *testing.T) *scene { return filed(t).says(kepala, "SETUJU").says(kepala, "TARIK", mailed) }},
		{"somebody who may not", "not-authorised", "",
			func(t *testing.T) *scene { return filed(t).says(kabid, "SETUJU", mailed) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := test.act(t)
			if len(s.d.Entries) == 0 || s.d.Entries[0].Event != test.event || s.d.Entries[0].Rule != test.rule ||
				s.d.Entries[0].Mail != "abc" {
				t.Errorf("%+v", s.d.Entries)
			}
		})
	}
	s := filed(t)
	s.clock("2026-01-05 10:00")
	if e := s.d.Entries[0]; e.Rule != "" || e.Mail != "" || e.By != workflow.Service {
		t.Errorf("the clock: %+v", e)
	}
}

// A purge leaves nobody's name, address, number or words.
func TestPurge(t *testing.T) {
	t.Parallel()
	s := reached(t, "laporan", monday).says(orang, "SETUJU").says(admin1, "LAPORAN lancar kata Budi")
	s.says(ani, "TERIMA")
	was := s.r
	r, e := s.r.Purge(s.now)
	left, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, personal := range []string{"@", "Ani", "Lestari", "Admin", "Budi", "1985", "PSTNT", "Rapat"} {
		if strings.Contains(string(left), personal) {
			t.Errorf("%q is left: %s", personal, left)
		}
	}
	if r.Number != was.Number || r.State != workflow.StateFinished || r.Step != "laporan" || r.Visit() != was.Visit() ||
		!r.Closed.Equal(was.Closed) ||
		!r.Alarm.IsZero() || r.Entries != was.Entries+1 || !r.Purged.Equal(s.now) {
		t.Errorf("%+v", r)
	}
	if e.Event != workflow.Purged || e.By != workflow.Service || e.Note != "" || !e.At.Equal(s.now) {
		t.Errorf("%+v", e)
	}
	s.r = r
	s.says(ani, "STATUS").refused(workflow.NotEntitled, "not-authorised ani")
}

func TestEntriesHoldTheForm(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		event string
		s     *scene
	}{
		{"registered", filed(t)},
		{"incomplete", opening(t, monday).files(ani, without(fullForm(), "nip"))},
		{"changed", filed(t).says(ani, "UBAH",
			func(ev *workflow.Event) { ev.Form = workflow.Form{"kegiatan": {Text: "Rapat lain"}} })},
	} {
		last := test.s.d.Entries[len(test.s.d.Entries)-1]
		if last.Event != test.event || last.Form == "" || last.Form != test.s.r.Form.Digest() {
			t.Errorf("%s: %+v", test.event, last)
		}
	}
	s := filed(t).says(kepala, "SETUJU")
	if e := s.d.Entries[0]; e.Form != "" {
		t.Errorf("nothing changed: %+v", e)
	}
}

// The digest is the same when the form was kept and read back.
func TestDigestOfAFormThatWasKept(t *testing.T) {
	at := time.Date(1900, 1, 1, 9, 0, 0, 1, time.FixedZone("LMT", 7*3600+7*60+12))
	forms := []workflow.Form{nil, {}, fullForm(), {"a": {Text: "<&> \u2028 \xff\xfe \ufffd \\ufffd \x00"}},
		{"a": {Text: "x", Date: true, Start: at, End: at.In(time.Local), AllDay: true}}}
	seen := map[string]bool{}
	for _, form := range forms {
		data, err := json.Marshal(form)
		if err != nil {
			t.Fatal(err)
		}
		var again workflow.Form
		if err := json.Unmarshal(data, &again); err != nil {
			t.Fatal(err)
		}
		if form.Digest() != again.Digest() || seen[form.Digest()] || len(form.Digest()) != 64 {
			t.Errorf("%s: %s, then %s", data, form.Digest(), again.Digest())
		}
		seen[form.Digest()] = true
	}
}
