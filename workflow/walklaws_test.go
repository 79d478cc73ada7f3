package workflow_test

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"batan.go.id/layanan/workflow"
)

// formLaw: the history holds the digest of the form whenever that changed, and
// only then.
func formLaw(before workflow.Request, d workflow.Decision) error {
	recorded := before.Form.Digest()
	for _, e := range d.Entries {
		if e.Form == recorded {
			return fmt.Errorf("%s holds the form as it was", e.Event)
		}
		recorded = cmp.Or(e.Form, recorded)
	}
	if recorded != d.Request.Form.Digest() {
		return errors.New("the history does not know the form")
	}
	return nil
}

// absenceLaws are what the answer of a program that somebody is away obeys: it
// moves nothing and is not answered, and calls others at most once a visit.
func (w *walk) absenceLaws(n *node, ev workflow.Event, d workflow.Decision) error {
	by := ev.By.Email
	counts := w.may(n, workflow.Advance, by) && n.r.State == workflow.Running && !slices.Contains(n.r.Away, by)
	switch {
	case moved(n.r, d):
		return fmt.Errorf("the absence of %s moved the request", by)
	case slices.ContainsFunc(d.Notices, func(o workflow.Notice) bool { return o.To.Is(by) }):
		return fmt.Errorf("%s is away and gets an answer", by)
	case len(d.Notices) > 0 && (!counts || n.r.Escalated || !d.Request.Escalated):
		return fmt.Errorf("the absence of %s was told %v", by, sent(d.Notices))
	case counts != (len(d.Entries) > 0):
		return fmt.Errorf("the absence of %s left %d entries", by, len(d.Entries))
	}
	return nil
}

// held reports whether an answer of a person waits.
func (n *node) held(by string) bool {
	return slices.ContainsFunc(n.r.Held, func(h workflow.Held) bool { return h.By.Is(by) })
}

// remember keeps, from the history alone, which offices have done their step
// and whose answer can be taken back.
func (n *node) remember(e workflow.Entry) {
	switch e.Event {
	case "advanced", "returned", "asked", "rejected":
		n.undo, n.last = slices.Clone(n.done), e.By
	}
	switch e.Event {
	case "advanced":
		n.done = append(n.done, e.Step)
	case "returned": // what was done from there on must be done again
		at := slices.Index(n.done, n.r.Step)
		n.done = n.done[:max(at, 0)]
	case "withdrawn":
		n.done, n.undo, n.last = n.undo, nil, ""
	case "changed": // what was approved is no longer what is asked for
		if strings.Contains(e.Note, "Tanggal: ") && len(n.done)+len(n.undo) > 0 {
			n.done, n.undo, n.last = nil, nil, ""
		}
	case "answered", "closed", "cancelled":
		n.undo, n.last = nil, ""
	}
}

// lawful checks that no office was passed over on the way to a state.
func (w *walk) lawful(n *node) {
	var before []string
	for _, st := range w.p.SOP.Steps[1:] {
		if st.ID == n.r.Step && n.r.State != workflow.StateFinished {
			break
		}
		before = append(before, st.ID)
	}
	if n.r.Step == w.p.SOP.First().ID {
		before = nil
	}
	if !slices.Equal(before, n.done) {
		w.t.Fatalf("in %s: the steps %v were done, want %v", n.key(), n.done, before)
	}
}

// mailLaws are what every mail obeys.
func (w *walk) mailLaws(n *node, ev workflow.Event, d workflow.Decision) error {
	by, went := ev.By.Email, moved(n.r, d)
	completes := len(n.r.Problems) > 0 && len(ev.Form) > 0 // a form needs no more proof than the first one did
	answers := n.r.Question != nil && ev.By.Is(w.asker.Email) && d.Request.Question == nil && d.Request.Open()
	kind := w.kind(n.r.Step, ev.Word)
	if went && !completes && !answers {
		w.seen[string(kind)] = true
	}
	switch {
	case went && ev.Hold && waits[kind] && !answers:
		return fmt.Errorf("what is not understood in all moved the request")
	case went && by == orang.Email:
		return fmt.Errorf("a stranger moved the request")
	case went && ev.Token == workflow.NoToken && ev.Proof == "" && !completes:
		return fmt.Errorf("a mail without proof moved the request")
	case went && ev.Token == workflow.PastToken && !completes && !answers && kind != workflow.Withdraw:
		return fmt.Errorf("an answer to a task that is over moved the request")
	case went && !completes && !answers && !w.may(n, kind, by):
		return fmt.Errorf("%s may not %s here", by, kind)
	case w.position(d.Request) > w.position(n.r) && kind != workflow.Advance && kind != workflow.Withdraw && !completes:
		return fmt.Errorf("%q brought the request from %s on to %s", kind, n.r.Step, d.Request.Step)
	case w.position(d.Request) > w.position(n.r)+1:
		return fmt.Errorf("from %s straight to %s", n.r.Step, d.Request.Step)
	case kind == workflow.Withdraw && !n.held(by) &&
		went != (n.last == by && (ev.Token != workflow.NoToken || ev.Proof != "")):
		return fmt.Errorf("taken back: %t, although the last answer is of %q", went, n.last)
	case kind == workflow.Withdraw && n.held(by) && (went || len(d.Request.Held) == len(n.r.Held)) &&
		(ev.Token != workflow.NoToken || ev.Proof != "") && !answers:
		return fmt.Errorf("what waited was not taken back")
	case len(d.Notices) == 0 && by != orang.Email && d.Reason != workflow.NotEntitled:
		return fmt.Errorf("the sender gets no answer")
	case d.Reason == workflow.NotEntitled && slices.Contains(n.r.Refused, by) != (len(d.Notices) == 0):
		return fmt.Errorf("refused with %d notices, having been refused before: %v", len(d.Notices), n.r.Refused)
	}
	if err := w.delegationLaws(n, ev, d); err != nil {
		return err
	}
	return w.offerLaws(n, ev, d)
}

// offerLaws: what a person is offered works, and what works was offered.
func (w *walk) offerLaws(n *node, ev workflow.Event, d workflow.Decision) error {
	kind := w.kind(n.r.Step, ev.Word)
	offered := kind != "" && slices.ContainsFunc(n.offers, func(o workflow.Offer) bool { return o.Kind == kind })
	proven := ev.Token == workflow.LiveToken || ev.Token == workflow.NoToken && ev.Proof != ""
	if offered && proven && (ev.Note != "" || ev.Form != nil) && d.Reason != "" && d.Reason != workflow.Asked &&
		d.Reason != workflow.ThisOneOnly {
		return fmt.Errorf("the word was offered and refused: %s", d.Reason)
	}
	if moved(n.r, d) && !offered && len(n.r.Problems) == 0 && n.r.Question == nil {
		return fmt.Errorf("the word was not offered and worked: offered is %v", n.offers)
	}
	return nil
}

// may is who may do what, written down anew.
func (w *walk) may(n *node, kind workflow.Kind, by string) bool {
	holders := map[string][]workflow.Person{
		"persetujuan": {kepala}, "disposisi": {kabid, plh}, "instruksi": {kasubbid}, "persiapan": {admin1, admin2},
		"laporan": {admin1, admin2}}
	deputies := map[string][]workflow.Person{"persetujuan": {wakepala}, "disposisi": {wakabid}, "instruksi": {wasubbid}}
	// neither he nor whom he chose decides
	if rejects := n.r.Step == "disposisi"; w.asker == kabid || rejects && n.r.FiledBy.Is(kabid.Email) {
		holders["disposisi"], deputies["disposisi"] = []workflow.Person{wakabid}, nil
	}
	is := func(q workflow.Person) bool { return q.Is(by) }
	actor := slices.ContainsFunc(holders[n.r.Step], is) || n.r.Escalated && slices.ContainsFunc(deputies[n.r.Step], is)
	switch kind {
	case workflow.Advance, workflow.Reject, workflow.Return, workflow.Ask, workflow.Trouble:
		return actor && n.r.Open()
	case workflow.Delegate:
		return actor && n.r.Open() && by != plh.Email
	case workflow.Cancel, workflow.Change:
		return by == w.asker.Email && n.r.Open()
	case workflow.SignOff:
		return by == w.asker.Email && n.r.State == workflow.StateFinished && n.r.SignedOff.IsZero()
	case workflow.Withdraw:
		return n.last == by || n.held(by)
	}
	return false
}

// kind is what a word does at a step by the office's table.
func (w *walk) kind(step, word string) workflow.Kind {
	for _, row := range contract {
		for kind, words := range row.words {
			if row.step == step && slices.Contains(strings.Fields(words), word) {
				return kind
			}
		}
	}
	return anywhere[word]
}
