package workflow_test

import (
	"slices"
	"testing"
	"time"

	"batan.go.id/layanan/workflow"
)

// other is another value for each field of the form.
var other = workflow.Form{"nama": {Text: "Ani L."}, "nip": {Text: "198502172010121004"},
	"unit_kerja": {Text: "PPIKSN"}, "kegiatan": {Text: "Rapat akbar"},
	"tanggal": date("2026-02-06 10:00"), "pelaksanaan": {Text: "Aula"}, "media": {Text: "Telp"}}

// TestAChangeOfWhatWasDecided tries each field at each step: event, date and
// place go back to whoever decided first, the others stay as they did.
func TestAChangeOfWhatWasDecided(t *testing.T) {
	t.Parallel()
	actors := map[string][]workflow.Person{"persetujuan": {kepala}, "disposisi": {kabid}, "instruksi": {kasubbid},
		"persiapan": {admin1, admin2}, "laporan": {admin1, admin2}}
	for step, holders := range actors {
		for id, v := range other {
			t.Run(step+" "+id, func(t *testing.T) {
				s := reached(t, step, monday)
				visit, back := s.r.Visit(), slices.Contains([]string{"kegiatan", "tanggal", "pelaksanaan"}, id) &&
					step != "persetujuan"
				s.now = s.now.Add(10 * time.Minute)
				s.says(ani, "UBAH", form(workflow.Form{id: v})).wrote("changed")
				if s.r.Visit() != visit+1 || s.r.Form[id].Text != v.Text || s.d.Entries[0].Step != step {
					t.Errorf("visit %d, %q, entry %+v", s.r.Visit(), s.r.Form[id].Text, s.d.Entries[0])
				}
				want := []string{"receipt ani"}
				for _, q := range holders {
					if kind := "task "; !back {
						want = append(want, kind+name(q))
					} else {
						want = append(want, "status "+name(q))
					}
				}
				if !back {
					if s.stands(workflow.Running, step).sent(want...); s.notice(workflow.NoticeReceipt, ani).Back {
						t.Error("the receipt says that it goes back")
					}
					return
				}
				s.stands(workflow.Running, "persetujuan").sent(append(want, "task kepala")...)
				if n := s.notice(workflow.NoticeTask, kepala); !n.Back || n.Action != workflow.Change || len(n.Changes) != 1 ||
					!s.r.Entered.Equal(s.now) || s.r.Question != nil {
					t.Errorf("the task is %+v, entered %s", n, s.r.Entered)
				}
				if n := s.notice(workflow.NoticeStatus, holders[0]); n.Action != workflow.Change || n.Step != step ||
					n.Reason != workflow.Stale || !s.notice(workflow.NoticeReceipt, ani).Back {
					t.Errorf("who had it is told %+v", n)
				}
				for _, q := range []workflow.Person{kabid, kasubbid, admin1} { // nobody else brings it on
					for _, word := range []string{"SETUJU", "SIAP", "LAPORAN lancar", "TARIK"} {
						s.says(q, word).stands(workflow.Running, "persetujuan")
					}
				}
				s.says(kepala, "TARIK").refused(workflow.TooLate, "status kepala")
				s.says(kepala, "SETUJU", token(workflow.PastToken)).refused(workflow.Stale, "status kepala")
				s.says(kepala, "SETUJU").stands(workflow.Running, "disposisi").sent("task kabid", "receipt kepala", "progress ani")
			})
		}
	}
}

// changed asks for another event.
var changed = form(workflow.Form{"kegiatan": {Text: "Rapat akbar"}})

func TestAChangeWhileAQuestionWaits(t *testing.T) {
	t.Parallel()
	s := reached(t, "instruksi", monday).says(kasubbid, "TANYA berapa?").says(ani, "UBAH", changed)
	s.stands(workflow.Running, "persetujuan").sent("task kepala", "status kasubbid", "receipt ani")
	s.says(kasubbid, "TARIK").refused(workflow.TooLate, "status kasubbid")
	s.says(kepala, "TOLAK karena penuh").stands(workflow.StateRejected, "persetujuan")

	s = filed(t).says(kepala, "TANYA berapa?").says(ani, "UBAH", changed).stands(workflow.Waiting,
		"persetujuan").sent("task kepala", "receipt ani")
	s.says(kepala, "TARIK").stands(workflow.Running, "persetujuan") // nothing was decided yet
}

// What was returned is decided anew as it is; to take the return back would
// pass the first office over.
func TestAChangeOfWhatWasReturned(t *testing.T) {
	t.Parallel()
	s := reached(t, "disposisi", monday).says(kabid, "KEMBALIKAN").says(ani, "UBAH", changed)
	s.stands(workflow.Running, "persetujuan").sent("task kepala", "receipt ani")
	s.says(kabid, "TARIK").refused(workflow.TooLate, "status kabid").stands(workflow.Running, "persetujuan")

	s = reached(t, "instruksi", monday).says(kasubbid, "KEMBALIKAN").says(ani, "UBAH", changed)
	s.stands(workflow.Running, "persetujuan").sent("task kepala", "status kabid", "receipt ani")

	s = reached(t, "disposisi", monday).says(kabid, "KEMBALIKAN").says(ani, "UBAH",
		form(workflow.Form{"unit_kerja": {Text: "PPIKSN"}}))
	s.says(kabid, "TARIK").stands(workflow.Running, "disposisi")
}

// Who may act late hears of it, too; whoever has the task anyhow hears once.
func TestAChangeIsToldToWhomItConcerns(t *testing.T) {
	t.Parallel()
	s := reached(t, "disposisi", monday)
	s.clock("2026-01-05 11:00")
	s.says(ani, "UBAH", changed).sent("task kepala", "status kabid", "status wakabid", "receipt ani")
	if s.r.Escalated {
		t.Error("the first office has its own time")
	}
	s.offers(wakepala, "STATUS BANTUAN").offers(wakabid, "STATUS BANTUAN")

	s = opening(t, monday) // one person holds both offices
	s.p.People["kabid_pjkkd"] = []workflow.Person{kepala}
	s.files(ani, fullForm()).says(kepala, "SETUJU").says(ani, "UBAH", changed).sent("task kepala", "receipt ani")

	// of the team, and asks
	s = asked(t, admin1, nil).says(kepala, "SETUJU").says(kabid, "DISPOSISI").says(kasubbid, "INSTRUKSI")
	s.says(admin1, "UBAH", changed).stands(workflow.Running, "persetujuan").sent("task kepala", "status admin2",
		"receipt admin1")
}

// An SOP in which no field decides goes on as it did; so does one that lost its first office.
func TestAChangeThatDecidesNothing(t *testing.T) {
	t.Parallel()
	s := reached(t, "disposisi", monday)
	sop := *s.p.SOP
	sop.Fields = slices.Clone(sop.Fields)
	for i := range sop.Fields {
		sop.Fields[i].Decides = false
	}
	s.p.SOP = &sop
	s.says(ani, "UBAH", changed).stands(workflow.Running, "disposisi").sent("task kabid", "receipt ani")
	s.says(ani, "UBAH", changed).refused(workflow.NeedsFields, "unrecognised ani") // it says so already

	s = reached(t, "persiapan", monday)
	sop = *s.p.SOP
	sop.Steps = slices.DeleteFunc(slices.Clone(sop.Steps), func(st workflow.Step) bool { return st.ID == "persetujuan" })
	s.p.SOP = &sop
	s.says(ani, "UBAH", changed).stands(workflow.Running, "disposisi").sent("task kabid", "status admin1",
		"status admin2", "receipt ani")

	s = reached(t, "laporan", monday).says(admin1, "LAPORAN lancar").stands(workflow.StateFinished, "laporan")
	s.says(ani, "UBAH", changed).refused(workflow.Ended, "status ani")
}
