package workflow_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"batan.go.id/layanan/workflow"
)

// lawful checks what holds for every decision, whatever the event: every test
// of this package goes through it.
func lawful(p *workflow.Procedure, before workflow.Request, ev workflow.Event, now time.Time,
	d workflow.Decision) error {
	after := d.Request
	switch {
	case after.Entries != before.Entries+len(d.Entries):
		return fmt.Errorf("%d entries and %d new ones make %d", before.Entries, len(d.Entries), after.Entries)
	case after.Notices != before.Notices+len(d.Notices):
		return fmt.Errorf("%d notices and %d new ones make %d", before.Notices, len(d.Notices), after.Notices)
	case len(after.Visits) < len(before.Visits) || !slices.Equal(after.Visits[:len(before.Visits)], before.Visits):
		return fmt.Errorf("visits %v became %v", before.Visits, after.Visits)
	case after.Visits[after.Visit()-1] != after.Step:
		return fmt.Errorf("the request is at %s, its last visit was to %s", after.Step, after.Visits[after.Visit()-1])
	case after.Number != before.Number || !after.Created.Equal(before.Created):
		return errors.New("number or date of the request changed")
	case moved(before, d) && len(d.Entries) == 0 && ev.Kind != workflow.Refreshed:
		return errors.New("something moved that the history does not tell")
	case moved(before, d) && d.Reason != "":
		return fmt.Errorf("something moved although %s", d.Reason)
	}
	for i, n := range d.Notices {
		switch {
		case n.N != before.Notices+i+1:
			return fmt.Errorf("notice %d has number %d", before.Notices+i+1, n.N)
		case n.To.Email == "":
			return fmt.Errorf("%s goes to nobody", n.Kind)
		case n.Answer && moved(before, d) && n.Kind != workflow.NoticeIncomplete:
			return fmt.Errorf("%s is rationed although something moved", n.Kind)
		}
	}
	if err := heldLaws(before, now, d); err != nil {
		return err
	}
	return clockLaws(p, before, ev, now, d)
}

// clockLaws are those of deadline and alarm.
func clockLaws(p *workflow.Procedure, before workflow.Request, ev workflow.Event, now time.Time,
	d workflow.Decision) error {
	r := d.Request
	if len(before.Held)+len(r.Held) > 0 { // that is by the clock on the wall
		return nil
	}
	switch {
	case r.Open() != r.Closed.IsZero():
		return fmt.Errorf("%s, closed %s", r.State, r.Closed)
	case r.State == workflow.Running && (r.Alarm.IsZero() || r.Due.IsZero()):
		return errors.New("running, and nobody watches it")
	case r.State != workflow.Running && !r.Due.IsZero():
		return fmt.Errorf("%s, and due", r.State)
	case !r.Open() && !r.Alarm.IsZero():
		return errors.New("ended, and an alarm is left")
	case !r.Alarm.IsZero() && !p.Calendar.IsOpen(r.Alarm):
		return fmt.Errorf("an alarm outside office hours: %s", r.Alarm.In(p.Calendar.Location()))
	case ev.Kind == workflow.Alarmed && !r.Alarm.IsZero() && !r.Alarm.After(now):
		return fmt.Errorf("the alarm would ring again at once: %s", r.Alarm)
	case ev.Kind == workflow.Alarmed && !p.Calendar.IsOpen(now) && len(d.Notices) > 0:
		return errors.New("the clock spoke outside office hours")
	}
	return nil
}

// moved reports whether a decision changed anything that matters.
func moved(before workflow.Request, d workflow.Decision) bool {
	a, b := before, d.Request
	return d.Delegation != nil || a.State != b.State || a.Step != b.Step || len(a.Visits) != len(b.Visits) ||
		!a.SignedOff.Equal(b.SignedOff) || a.Urgent != b.Urgent || a.Requester != b.Requester || a.FiledBy != b.FiledBy ||
		a.Report != b.Report || a.Question != b.Question || a.Last != b.Last || !maps.Equal(a.Form, b.Form)
}
