package workflow_test

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"batan.go.id/layanan/workflow"
)

// waits are the kinds of action that are not carried out at once when something is not understood.
var waits = map[workflow.Kind]bool{workflow.Advance: true, workflow.Reject: true, workflow.Return: true,
	workflow.Cancel: true, workflow.SignOff: true}

// beside are those that are tried while another waits already.
var beside = map[workflow.Kind]bool{workflow.Advance: true, workflow.Cancel: true}

// writers are those whose mails matter in a state: while an answer waits, its sender, whoever may act, and a stranger.
func (w *walk) writers(n *node) []workflow.Person {
	if len(n.r.Held) == 0 {
		return w.people
	}
	return slices.DeleteFunc(slices.Clone(w.people), func(q workflow.Person) bool {
		return !w.may(n, workflow.Advance, q.Email) && !n.held(q.Email) && !q.Is(w.asker.Email) && !q.Is(orang.Email)
	})
}

// heldLaws are what holds whenever answers wait: the clock watches them and nothing else, at most one of each side
// waits, none outlives its visit, and none goes without a word in the history and one to its sender.
func heldLaws(before workflow.Request, now time.Time, d workflow.Decision) error {
	r := d.Request
	for i, h := range r.Held {
		requesters := h.Rule == "requester"
		switch {
		case i > 0 && requesters == (r.Held[0].Rule == "requester"):
			return fmt.Errorf("%s and %s wait", r.Held[0].Word, h.Word)
		case !requesters && h.Visit != r.Visit():
			return fmt.Errorf("%s was said at visit %d and waits at %d", h.Word, h.Visit, r.Visit())
		case r.Alarm.IsZero() || r.Alarm.After(h.Until):
			return fmt.Errorf("%s waits until %s, the alarm rings at %s", h.Word, h.Until, r.Alarm)
		case !now.Before(h.Until.Add(24 * time.Hour)):
			return fmt.Errorf("%s waits since %s", h.Word, h.At)
		}
	}
	for _, h := range before.Held {
		stays := slices.ContainsFunc(r.Held, func(o workflow.Held) bool { return o.At.Equal(h.At) && o.By == h.By })
		void := func(e workflow.Entry) bool {
			return e.Event == "held-void" && (e.Note == h.Word+" "+h.By.Email || e.By == h.By.Email)
		}
		done := func(e workflow.Entry) bool { return e.By == h.By.Email && e.Word == h.Word }
		heard := func(n workflow.Notice) bool { return n.To.Is(h.By.Email) }
		switch {
		case stays:
		case !slices.ContainsFunc(d.Entries, void) && !slices.ContainsFunc(d.Entries, done):
			return fmt.Errorf("%s is gone and the history does not tell: %+v", h.Word, d.Entries)
		case slices.ContainsFunc(d.Entries, void) && !slices.ContainsFunc(d.Notices, heard):
			return fmt.Errorf("%s is void and %s hears nothing", h.Word, h.By.Email)
		}
	}
	return nil
}

// alarmLaws: the clock moves a request only as an answer says that waited, and says nothing else meanwhile.
func (w *walk) alarmLaws(n *node, d workflow.Decision) error {
	if !moved(n.r, d) {
		if len(d.Request.Held) > 0 && len(d.Notices) > 0 {
			return fmt.Errorf("while an answer waits the clock told %v", sent(d.Notices))
		}
		return nil
	}
	i := slices.IndexFunc(n.r.Held, func(h workflow.Held) bool {
		return slices.ContainsFunc(d.Entries, func(e workflow.Entry) bool {
			return e.By == h.By.Email && e.Word == h.Word && e.Rule == h.Rule && e.Proof == h.Proof
		})
	})
	switch {
	case i < 0:
		return errors.New("a request was moved by the clock")
	case slices.Contains(sent(d.Notices), "receipt "+name(n.r.Held[i].By)):
		return errors.New("a second receipt")
	case w.position(d.Request) > w.position(n.r)+1:
		return fmt.Errorf("from %s straight to %s", n.r.Step, d.Request.Step)
	}
	w.seen["held "+string(w.kind(n.r.Step, n.r.Held[i].Word))] = true
	return nil
}
