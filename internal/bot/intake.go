package bot

import (
	"context"
	"fmt"
	"strings"
	"time"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

// Intake registers a request that came by phone, SMS or walk-in, in the name
// of a staff member. Fields go the way that a mail's fields go, so that they
// are understood alike. When something is wanting, nothing is registered and
// the problems are returned: the person who can mend them is at hand.
func Intake(ctx context.Context, st *store.Store, o *Office, staff workflow.Person, fields map[string]string,
	now time.Time) (string, []workflow.Problem, error) {
	read := o.grammar.ReadForm(fields, now)
	ev := workflow.Event{By: staff, Text: lines(o.Procedure.SOP, fields)}
	if ev.Form, ev.Problems = o.form(read.Form, read.Written, read.Missing, read.Reasons); ev.Form == nil {
		ev.Form = workflow.Form{}
	}
	o.vetRequester(&ev)
	ev.Kind, ev.Staff, ev.By, ev.Proof, ev.MessageID = workflow.Filed, true, staff, "staff", ""
	d := o.Procedure.Decide(workflow.NewRequest("", now), ev, now)
	if len(d.Request.Problems) > 0 {
		return "", d.Request.Problems, nil
	}
	b := New(Options{Store: st, Office: o, Now: func() time.Time { return now }})
	var number string
	err := b.inTurn(ctx, func(t *turn) (err error) {
		number, err = t.register(ev)
		return err
	})
	return number, nil, err
}

// lines are the form as a mail would give it: what the history keeps.
func lines(sop *workflow.SOP, fields map[string]string) string {
	var out strings.Builder
	for _, f := range sop.Fields {
		if v := strings.Join(strings.Fields(valid(fields[f.ID])), " "); v != "" {
			fmt.Fprintf(&out, "%s: %s\n", f.Label, v)
		}
	}
	return strings.TrimSpace(out.String())
}
