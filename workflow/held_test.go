package workflow_test

import (
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
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := filed(t).says(kepala, "SETUJU", unclear).sent("receipt kepala").stands(workflow.Running, "persetujuan")
			if s.r.Held == nil || !s.r.Alarm.Equal(s.now.Add(10*time.Minute)) {
				t.Fatalf("held %+v, alarm %s", s.r.Held, s.r.Alarm)
			}
			s.now = s.now.Add(9 * time.Minute)
			c.before(s)
			if s.waits(time.Minute).stands(c.state, c.step); s.r.Held != nil {
				t.Errorf("still held: %+v", s.r.Held)
			}
		})
	}
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
}
