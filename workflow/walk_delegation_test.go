package workflow_test

import (
	"fmt"
	"slices"

	"batan.go.id/layanan/workflow"
)

// delegationLaws: days are the holder's to give; a deputy's word ends with the
// request; and every holder hears of it.
func (w *walk) delegationLaws(n *node, ev workflow.Event, d workflow.Decision) error {
	if d.Delegation == nil {
		return nil
	}
	holders := w.p.People[d.Delegation.Role]
	if d.Delegation.Role != "administrator" {
		holders = holders[:1]
	}
	is := func(email string) func(workflow.Person) bool {
		return func(q workflow.Person) bool { return q.Is(email) }
	}
	bound := d.Delegation.Request == n.r.Number && d.Delegation.Until.IsZero()
	if dated := !ev.Delegate.Until.IsZero(); dated == bound || dated && !slices.ContainsFunc(holders, is(ev.By.Email)) {
		return fmt.Errorf("%s handed over %+v", ev.By.Email, *d.Delegation)
	}
	for _, h := range holders {
		if !slices.ContainsFunc(d.Notices, func(o workflow.Notice) bool { return o.To.Is(h.Email) }) {
			return fmt.Errorf("%s handed the office over and %s hears nothing", ev.By.Email, h.Email)
		}
	}
	return nil
}
