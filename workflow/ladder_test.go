package workflow_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/workflow"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestLadder: the holder is reminded when the SLA lapses and half an SLA later,
// deputies and the office above are told one SLA after the lapse and then every
// working day, all in office hours (Monday to Thursday 07:30-16:00, Friday
// 07:30-16:30; 20, 23 and 24 March are holidays).
func TestLadder(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, step, entered, until string
		want                       []string
	}{
		{"an hour, within the day", "persetujuan", "2026-01-05 09:00", "2026-01-07 12:00", []string{
			"01-05 10:00 reminder kepala", "01-05 10:30 reminder kepala",
			"01-05 11:00 escalation operator", "01-05 11:00 escalation wakepala",
			"01-06 11:00 escalation operator", "01-06 11:00 escalation wakepala",
			"01-07 11:00 escalation operator", "01-07 11:00 escalation wakepala"}},
		{"the office above the second", "disposisi", "2026-01-05 09:00", "2026-01-05 16:00", []string{
			"01-05 10:00 reminder kabid", "01-05 10:30 reminder kabid", "01-05 11:00 escalation kepala",
			"01-05 11:00 escalation wakabid"}},
		{"the office above the third", "instruksi", "2026-01-05 09:00", "2026-01-05 16:00", []string{
			"01-05 10:00 reminder kasubbid", "01-05 10:30 reminder kasubbid", "01-05 11:00 escalation kabid",
			"01-05 11:00 escalation wasubbid"}},
		{"two hours, a team", "persiapan", "2026-01-05 09:00", "2026-01-05 16:00", []string{
			"01-05 11:00 reminder admin1", "01-05 11:00 reminder admin2", "01-05 12:00 reminder admin1",
			"01-05 12:00 reminder admin2",
			"01-05 13:00 escalation kasubbid"}},
		{"a day", "laporan", "2026-01-05 10:00", "2026-01-08 09:59", []string{
			"01-06 10:00 reminder admin1", "01-06 10:00 reminder admin2", "01-06 14:15 reminder admin1",
			"01-06 14:15 reminder admin2",
			"01-07 10:00 escalation kasubbid"}},
		{"a day, over the weekend", "laporan", "2026-01-09 10:00", "2026-01-14 09:00", []string{
			"01-12 10:00 reminder admin1", "01-12 10:00 reminder admin2", "01-12 14:30 reminder admin1",
			"01-12 14:30 reminder admin2",
			"01-13 10:00 escalation kasubbid"}},
		{"lapses at closing time", "persetujuan", "2026-01-05 15:00", "2026-01-06 12:00", []string{
			"01-06 07:30 reminder kepala", "01-06 08:00 reminder kepala", "01-06 08:30 escalation operator",
			"01-06 08:30 escalation wakepala"}},
		{"lapses at Friday's closing time", "persetujuan", "2026-01-09 15:30", "2026-01-12 16:00", []string{
			"01-12 07:30 reminder kepala", "01-12 08:00 reminder kepala", "01-12 08:30 escalation operator",
			"01-12 08:30 escalation wakepala"}},
		{"comes on Friday evening", "persetujuan", "2026-01-09 20:00", "2026-01-12 08:45",
			[]string{"01-12 08:30 reminder kepala"}},
		{"lapses before holidays", "persetujuan", "2026-03-19 15:00", "2026-03-25 09:00", []string{
			"03-25 07:30 reminder kepala", "03-25 08:00 reminder kepala", "03-25 08:30 escalation operator",
			"03-25 08:30 escalation wakepala"}},
		{"repeats on working days alone", "persetujuan", "2026-03-18 09:00", "2026-03-25 16:00", []string{
			"03-18 10:00 reminder kepala", "03-18 10:30 reminder kepala", "03-18 11:00 escalation operator",
			"03-18 11:00 escalation wakepala",
			"03-19 11:00 escalation operator", "03-19 11:00 escalation wakepala", "03-25 11:00 escalation operator",
			"03-25 11:00 escalation wakepala"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := reached(t, test.step, test.entered)
			if diff := cmp.Diff(test.want, s.clock(test.until)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTheLadderEndsWhenSomebodyActs(t *testing.T) {
	t.Parallel()
	s := reached(t, "disposisi", "2026-01-05 09:00")
	s.clock("2026-01-05 11:00")
	s.offers(wakabid, "DISPOSISI TOLAK TANYA KEMBALIKAN DELEGASI STATUS BANTUAN").says(wakabid,
		"DISPOSISI").stands(workflow.Running, "instruksi")
	s.offers(wakabid, "STATUS BANTUAN TARIK")
	// that was the step before
	s.offers(wasubbid, "STATUS BANTUAN").says(wasubbid, "INSTRUKSI").refused(workflow.NotEntitled,
		"not-authorised wasubbid")
	if got := s.clock("2026-01-05 12:00"); !slices.Equal(got, []string{"01-05 12:00 reminder kasubbid"}) {
		t.Errorf("then the clock says %v", got)
	}
}

func TestTheClockTellsADelegate(t *testing.T) {
	t.Parallel()
	s := reached(t, "disposisi", "2026-01-05 09:00")
	s.says(kabid, "DELEGASI wakabid@batan.go.id", to(wakabid, time.Time{}, time.Time{}))
	want := []string{"01-05 10:00 reminder kabid", "01-05 10:00 reminder wakabid", "01-05 10:30 reminder kabid",
		"01-05 10:30 reminder wakabid",
		"01-05 11:00 escalation kepala", "01-05 11:00 escalation wakabid"}
	if diff := cmp.Diff(want, s.clock("2026-01-05 16:00")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A delegate whose time began after the task is told by the reminder, and
// counts from then on as somebody who had it.
func TestTheClockTellsALaterDelegate(t *testing.T) {
	t.Parallel()
	s := reached(t, "disposisi", "2026-01-05 09:00")
	s.says(kabid, "DELEGASI plh@batan.go.id", to(plh, s.now.Add(30*time.Minute),
		s.now.Add(48*time.Hour))).sent("receipt kabid")
	if got := s.clock("2026-01-05 10:00"); !slices.Equal(got,
		[]string{"01-05 10:00 reminder kabid", "01-05 10:00 reminder plh"}) {
		t.Errorf("the clock says %v", got)
	}
	s.says(kabid, "DISPOSISI").says(plh, "DISPOSISI").refused(workflow.Done, "status plh")
}

func TestThePauseOfAQuestionMovesTheLadder(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, asked, answered, until string
		want                         []string
	}{
		{"before the lapse", "2026-01-05 09:30", "2026-01-05 13:30", "2026-01-05 16:00",
			[]string{"01-05 14:00 reminder kepala", "01-05 14:30 reminder kepala",
				"01-05 15:00 escalation operator", "01-05 15:00 escalation wakepala"}},
		{"after the first reminder, which is not repeated", "2026-01-05 10:10", "2026-01-05 13:10", "2026-01-05 16:00",
			[]string{"01-05 13:30 reminder kepala",
				"01-05 14:00 escalation operator", "01-05 14:00 escalation wakepala"}},
		{"over a night", "2026-01-05 09:30", "2026-01-06 09:00", "2026-01-06 16:00",
			[]string{"01-06 09:30 reminder kepala", "01-06 10:00 reminder kepala",
				"01-06 10:30 escalation operator", "01-06 10:30 escalation wakepala"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := reached(t, "persetujuan", monday)
			s.clock(test.asked)
			s.says(kepala, "TANYA berapa?")
			if got := s.clock(test.answered); len(got) > 0 {
				t.Errorf("while the question waits the clock says %v", got)
			}
			s.writes(ani, "Dua")
			if diff := cmp.Diff(test.want, s.clock(test.until)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A lapse after closing time that was not told before the question is told
// after it.
func TestAQuestionSwallowsNoReminder(t *testing.T) {
	t.Parallel()
	s := reached(t, "persetujuan", "2026-01-05 15:00") // due at 16:00, closing time
	s.at("2026-01-05 17:00").says(kepala, "TANYA berapa?")
	s.at("2026-01-06 09:00").writes(ani, "Dua")
	want := []string{"01-06 07:30 reminder kepala", "01-06 09:30 reminder kepala", "01-06 10:00 escalation operator",
		"01-06 10:00 escalation wakepala"}
	if diff := cmp.Diff(want, s.clock("2026-01-06 12:00")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A requester who owes an answer is reminded after one and three working days.
func TestRemindersOfTheRequester(t *testing.T) {
	t.Parallel()
	want := []string{"01-06 09:30 reminder ani", "01-08 09:30 reminder ani"}
	s := reached(t, "disposisi", monday).at("2026-01-05 09:30").says(kabid, "TANYA berapa?")
	if diff := cmp.Diff(want, s.clock("2026-02-28 12:00")); diff != "" {
		t.Errorf("question (-want +got):\n%s", diff)
	}
	s = opening(t, "2026-01-05 09:30").files(ani, without(fullForm(), "nip"))
	if diff := cmp.Diff(want, s.clock("2026-02-28 12:00")); diff != "" {
		t.Errorf("incomplete form (-want +got):\n%s", diff)
	}
}

// After an outage each gets one mail, which says how late it is.
func TestOutage(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		back string
		want []string
		late time.Duration
		next string
	}{
		{"2026-01-05 10:45", []string{"reminder kepala"}, 45 * time.Minute, "2026-01-05 11:00"},
		{"2026-01-05 11:30", []string{"reminder kepala", "escalation wakepala", "escalation operator"}, 90 * time.Minute,
			"2026-01-06 11:00"},
		{"2026-01-15 09:00", []string{"reminder kepala", "escalation wakepala", "escalation operator"}, 67*time.Hour +
			30*time.Minute, "2026-01-15 11:00"},
	} {
		s := reached(t, "persetujuan", monday).at(test.back)
		s.happens(workflow.Event{Kind: workflow.Alarmed}).sent(test.want...)
		for _, n := range s.d.Notices {
			if n.Late != test.late {
				t.Errorf("back at %s: %s says %s late, want %s", test.back, n.Kind, n.Late, test.late)
			}
		}
		if want := s.at(test.next).now; !s.r.Alarm.Equal(want) {
			t.Errorf("back at %s: the next alarm is %s, want %s", test.back, s.r.Alarm, want)
		}
	}
}

// One mail to each, also to a deputy who holds the office by delegation.
func TestOutageTellsEachOnce(t *testing.T) {
	t.Parallel()
	s := reached(t, "disposisi", monday).says(kabid, "DELEGASI wakabid@batan.go.id",
		to(wakabid, time.Time{}, time.Time{}))
	s.at("2026-01-06 09:00").happens(workflow.Event{Kind: workflow.Alarmed})
	s.sent("reminder kabid", "reminder wakabid", "escalation kepala").wrote("reminder", "escalation")
}

func TestLateIsWithoutPauses(t *testing.T) {
	t.Parallel()
	s := reached(t, "persetujuan", monday)
	s.clock("2026-01-05 10:10")
	s.says(kepala, "TANYA berapa?").at("2026-01-05 14:10").writes(ani, "Dua")
	s.clock("2026-01-05 14:30")
	if late := s.notice(workflow.NoticeReminder, kepala).Late; late != 30*time.Minute {
		t.Errorf("%s late, want 30m: the requester had the rest", late)
	}
}

// An outage that ends at night waits for the morning.
func TestTheClockIsSilentOutsideOfficeHours(t *testing.T) {
	t.Parallel()
	for _, back := range []string{"2026-01-05 22:00", "2026-01-06 07:29", "2026-01-05 16:00"} {
		s := reached(t, "persetujuan", monday).at(back)
		s.happens(workflow.Event{Kind: workflow.Alarmed}).sent().wrote()
		if want := s.at("2026-01-06 07:30").now; !s.r.Alarm.Equal(want) {
			t.Errorf("the alarm is %s, want %s", s.r.Alarm, want)
		}
	}
}

func TestTheClockJumpsBack(t *testing.T) {
	t.Parallel()
	s := reached(t, "persetujuan", monday)
	s.clock("2026-01-05 10:00")
	was := s.r
	for _, at := range []string{"2026-01-05 09:00", "2026-01-05 10:00", "2025-12-01 09:00"} {
		s.at(at).happens(workflow.Event{Kind: workflow.Alarmed}).sent().wrote()
		s.happens(workflow.Event{Kind: workflow.Refreshed}).sent().wrote()
	}
	if diff := cmp.Diff(was, s.r); diff != "" {
		t.Errorf("the request changed (-want +got):\n%s", diff)
	}
}

// New hours move deadline and alarm of what is on its way, and repeat nothing.
func TestRefreshed(t *testing.T) {
	t.Parallel()
	s := reached(t, "persetujuan", monday)
	s.clock("2026-01-05 10:00")
	hours, err := workflow.ParseHours(map[string]string{"mon-fri": "09:00-10:15"})
	if err != nil {
		t.Fatal(err)
	}
	if s.p.Calendar, err = workflow.NewCalendar(s.p.Calendar.Location(), hours, nil); err != nil {
		t.Fatal(err)
	}
	s.happens(workflow.Event{Kind: workflow.Refreshed}).sent().wrote()
	if want := s.at("2026-01-06 09:15").now; !s.r.Alarm.Equal(want) {
		t.Errorf("the alarm is %s, want %s", s.r.Alarm, want)
	}
	if got := s.clock("2026-01-06 09:30"); !slices.Equal(got, []string{"01-06 09:15 reminder kepala"}) {
		t.Errorf("then the clock says %v", got)
	}
}

// However late, often or disorderly the alarm is fed, nothing is said twice:
// the clock has then said exactly what a punctual one has, bunched together.
func TestAlarmsAtAnyTime(t *testing.T) {
	t.Parallel()
	steps := []string{"persetujuan", "disposisi", "instruksi", "persiapan", "laporan"}
	rapid.Check(t, func(rt *rapid.T) {
		s := reached(t, rapid.SampledFrom(steps).Draw(rt, "step"), monday)
		s.now = s.now.Add(time.Duration(rapid.IntRange(0, 14*24*60).Draw(rt, "entered")) * time.Minute)
		s.r.Entered = s.now
		s.happens(workflow.Event{Kind: workflow.Refreshed})
		punctual := &scene{t: t, p: s.p, r: s.r, now: s.now}
		var told time.Time // the latest instant at which the clock spoke
		var reminders, escalations int
		for _, minutes := range rapid.SliceOfN(rapid.IntRange(-3*24*60, 5*24*60), 1, 12).Draw(rt, "feeds") {
			s.now = s.now.Add(time.Duration(minutes) * time.Minute)
			if s.now.Before(s.r.Entered) {
				continue
			}
			if s.p.Calendar.IsOpen(s.now) && !s.now.Before(s.r.Alarm) && s.now.After(told) {
				told = s.now
			}
			rungs, alarm := s.r.Rungs, s.r.Alarm
			s.happens(workflow.Event{Kind: workflow.Alarmed})
			if got := s.r.Rungs > rungs; got != (len(s.d.Notices) > 0) || got && s.now.Before(alarm) {
				rt.Fatalf("rungs %d to %d with %v", rungs, s.r.Rungs, sent(s.d.Notices))
			}
			for _, e := range s.d.Entries {
				reminders += strings.Count(e.Event, "reminder")
				escalations += strings.Count(e.Event, "escalation")
			}
		}
		for !punctual.r.Alarm.After(told) {
			punctual.now = punctual.r.Alarm
			punctual.happens(workflow.Event{Kind: workflow.Alarmed})
		}
		if got, want := fmt.Sprint(s.r.Rungs, s.r.Escalated),
			fmt.Sprint(punctual.r.Rungs, punctual.r.Escalated); got != want {
			rt.Errorf("rungs and escalation are %s, a punctual clock's %s", got, want)
		}
		if s.r.Alarm.Before(punctual.r.Alarm) || reminders > 2 || reminders+escalations > s.r.Rungs {
			rt.Errorf("next alarm %s (punctual %s), %d reminders and %d escalations on %d rungs", s.r.Alarm, punctual.r.Alarm,
				reminders, escalations, s.r.Rungs)
		}
	})
}
