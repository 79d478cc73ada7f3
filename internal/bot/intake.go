package bot

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/mailparse"
	"batan.go.id/layanan/workflow"
)

// Intake registers a request that came by phone, SMS or walk-in, in the name
// of a staff member. Fields go the way that a mail's fields go, so that they
// are understood alike. When something is wanting, nothing is registered and
// the problems are returned: the person who can mend them is at hand.
func Intake(ctx context.Context, st *store.Store, o *Office, staff workflow.Person, fields map[string]string, now time.Time) (string, []workflow.Problem, error) {
	var form bytes.Buffer
	fmt.Fprintf(&form, "From: %s\r\nDate: %s\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n", staff.Email, now.Format(time.RFC1123Z))
	for _, f := range o.Procedure.SOP.Fields {
		if v := strings.Join(strings.Fields(fields[f.ID]), " "); v != "" {
			fmt.Fprintf(&form, "%s: %s\r\n", f.Label, v)
		}
	}
	ev := o.event(mailparse.Parse(form.Bytes(), o.grammar))
	if ev.Form == nil {
		ev.Form = workflow.Form{}
	}
	for _, f := range o.Procedure.SOP.Fields { // what needs no reading is taken as it is
		if v := strings.Join(strings.Fields(clean(fields[f.ID])), " "); v != "" && (f.Type == "text" || f.Type == "choice") {
			ev.Form[f.ID] = workflow.Value{Text: v}
		}
	}
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
