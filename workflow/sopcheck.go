package workflow

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"batan.go.id/layanan/internal/strictyaml"
)

// sopCheck gathers every fault of a SOP, so that its author sees all at once.
type sopCheck struct {
	sop    *SOP
	faults strictyaml.Errors
}

// check finds what the YAML's shape can't say: names that lead nowhere, steps
// that can't be reached or left, words that mean two things.
func (s *SOP) check() error {
	c := &sopCheck{sop: s}
	c.header()
	c.roles()
	c.fields(s.Fields)
	c.words()
	for i := range s.Steps {
		c.step(i)
	}
	c.everywhere()
	if len(c.faults) == 0 { // paths make sense once every name does
		c.paths()
	}
	if len(c.faults) == 0 {
		return nil
	}
	c.faults.Sort()
	return c.faults
}

func (c *sopCheck) fault(p strictyaml.Pos, key, format string, args ...any) {
	c.faults = append(c.faults, p.Errorf(key, format, args...))
}

func (c *sopCheck) header() {
	s := c.sop
	if s.Prefix != strings.ToUpper(s.Prefix) || strings.ContainsFunc(s.Prefix,
		func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) }) {
		c.fault(s.Pos, "prefix", "want capital letters A-Z, have %q", s.Prefix)
	}
	if s.LeadTimePolicy != "flag" && s.LeadTimePolicy != "reject" {
		c.fault(s.Pos, "lead_time_policy", "want flag or reject, have %q", s.LeadTimePolicy)
	}
	c.absence(s.Pos, s.Absence)
	for _, id := range s.ClosedTo {
		if s.Role(id) == nil {
			c.fault(s.Pos, "closed_to", "unknown role %q", id)
		}
	}
	if len(s.Steps) > 0 && s.First().Actor != Requester {
		c.fault(s.First().Pos, "actor", "the first step is the requester's: want %s, have %q", Requester, s.First().Actor)
	}
}

// absence checks what is to happen when a program answers that somebody is away.
func (c *sopCheck) absence(p strictyaml.Pos, want string) {
	if want != "escalate" && want != "wait" {
		c.fault(p, "absence", "want escalate or wait, have %q", want)
	}
}

// name checks the id of a role, field or step: it goes into mail headers,
// tokens and drawings.
func (c *sopCheck) name(p strictyaml.Pos, id string) {
	if strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		c.fault(p, "id", "want small letters a-z, digits and _, have %q", id)
	}
}

func (c *sopCheck) roles() {
	s := c.sop
	seen := map[string]bool{}
	for _, r := range s.Roles {
		c.name(r.Pos, r.ID)
		if r.ID == Operators {
			c.fault(r.Pos, "id", "%q are those who run the service, not an office", r.ID)
		}
		if seen[r.ID] {
			c.fault(r.Pos, "id", "role %q stands twice", r.ID)
		}
		seen[r.ID] = true
		if r.Above != "" && r.Above != Operators && s.Role(r.Above) == nil {
			c.fault(r.Pos, "above", "unknown role %q", r.Above)
		}
		for up, n := r.Above, 0; up != "" && up != Operators; n++ {
			if n > len(s.Roles) {
				c.fault(r.Pos, "above", "the roles above %q go in a circle", r.ID)
				break
			}
			above := s.Role(up)
			if above == nil {
				break
			}
			up = above.Above
		}
	}
	if !seen[Requester] {
		c.fault(s.Pos, "roles", "role %q is missing", Requester)
	}
}

func (c *sopCheck) fields(fields []Field) {
	labels := map[string]string{}
	ids, means := map[string]bool{}, map[Meaning]bool{}
	for _, f := range fields {
		c.name(f.Pos, f.ID)
		if ids[f.ID] {
			c.fault(f.Pos, "id", "field %q stands twice", f.ID)
		}
		ids[f.ID] = true
		if !slices.Contains([]string{"text", "email", "nip", "date", "choice"}, f.Type) {
			c.fault(f.Pos, "type", "want text, email, nip, date or choice, have %q", f.Type)
		}
		if (f.Type == "choice") != (len(f.Choices) > 0) {
			c.fault(f.Pos, "choices", "choices belong to a field of type choice, and it needs them")
		}
		if types, known := meanings[f.Means]; f.Means != "" && !known {
			c.fault(f.Pos, "means", "want event, date, place, name, email or media, have %q", f.Means)
		} else if known && !slices.Contains(types, f.Type) {
			c.fault(f.Pos, "means", "a field that means the %s is of type %s, not %q", f.Means, strings.Join(types, " or "),
				f.Type)
		} else if known && means[f.Means] {
			c.fault(f.Pos, "means", "two fields mean the %s", f.Means)
		}
		means[f.Means] = true
		if !slices.Contains([]string{"", "note", "sender"}, f.Default) {
			c.fault(f.Pos, "default", "want note or sender, have %q", f.Default)
		}
		for _, l := range append([]string{f.Label}, f.Aliases...) {
			if other, ok := labels[strings.ToLower(l)]; ok {
				c.fault(f.Pos, "label", "label %q is that of field %q too", l, other)
			}
			labels[strings.ToLower(l)] = f.ID
		}
	}
}

// words checks the list of words: no form may mean two of them.
func (c *sopCheck) words() {
	forms := map[string]string{}
	ids := map[string]bool{}
	for _, w := range c.sop.Words {
		if ids[w.ID] {
			c.fault(w.Pos, "id", "word %q stands twice", w.ID)
		}
		ids[w.ID] = true
		if w.ID != strings.ToUpper(w.ID) || strings.ContainsFunc(w.ID, unicode.IsSpace) {
			c.fault(w.Pos, "id", "want one word in capitals, have %q", w.ID)
		}
		for _, f := range append([]string{w.ID}, w.Forms...) {
			f = strings.Join(strings.Fields(strings.ToLower(f)), " ")
			if f == "" {
				c.fault(w.Pos, "forms", "a form of %s says nothing", w.ID)
			} else if other, ok := forms[f]; ok && other != w.ID {
				c.fault(w.Pos, "forms", "ambiguous word: %q means both %s and %s", f, other, w.ID)
			}
			forms[f] = w.ID
		}
	}
}

// everywhere checks the actions that are possible at every step.
func (c *sopCheck) everywhere() {
	used := map[string]bool{}
	for i := range c.sop.Actions {
		a := &c.sop.Actions[i]
		c.action(a, nil)
		c.once(a, used, "does two things")
	}
}

// once refuses a word of an action that another action has used.
func (c *sopCheck) once(a *Action, used map[string]bool, otherwise string) {
	for _, w := range append([]string{a.Word}, a.Also...) {
		if w != "" && used[w] {
			c.fault(a.Pos, "word", "ambiguous word: %s %s", w, otherwise)
		}
		used[w] = true
	}
}

// One check for each key.
//
//gocyclo:ignore
func (c *sopCheck) step(i int) {
	s, st := c.sop, &c.sop.Steps[i]
	if slices.Contains([]string{Finished, Rejected, Cancelled}, st.ID) {
		c.fault(st.Pos, "id", "%q is the name of an end, not of a step", st.ID)
	}
	c.name(st.Pos, st.ID)
	if s.Step(st.ID) != st {
		c.fault(st.Pos, "id", "step %q stands twice", st.ID)
	}
	if s.Role(st.Actor) == nil {
		c.fault(st.Pos, "actor", "unknown role %q", st.Actor)
	} else if i > 0 && st.Actor == Requester {
		c.fault(st.Pos, "actor", "only the first step is the requester's")
	}
	if st.Absence != "" {
		c.absence(st.Pos, st.Absence)
	}
	c.fields(st.Fields)
	for _, f := range st.Fields {
		if f.Decides {
			c.fault(f.Pos, "decides", "only a field of the request is decided on, not one of a report")
		}
	}
	used := map[string]bool{}
	for j := range st.Actions {
		a := &st.Actions[j]
		c.action(a, st)
		if (a.Kind == Submit) != (i == 0) {
			c.fault(a.Pos, "kind", "%s belongs to the first step and to it alone", Submit)
		}
		c.once(a, used, fmt.Sprintf("does two things at step %q", st.ID))
	}
	if i == 0 && len(st.Actions) > 1 {
		c.fault(st.Actions[1].Pos, "kind", "the first step has one action, %s", Submit)
	}
	for _, a := range s.Actions {
		for _, w := range append([]string{a.Word}, a.Also...) {
			if used[w] {
				c.fault(a.Pos, "word", "ambiguous word: %s does something else at step %q", w, st.ID)
			}
		}
	}
	for j := 1; j < len(st.Reminders); j++ {
		if st.Reminders[j] <= st.Reminders[j-1] {
			c.fault(st.Pos, "reminders", "each reminder must come after the one before")
		}
	}
	c.trust(st, i)
	for _, to := range st.Escalations.To {
		if to != "deputies" && to != "above" {
			c.fault(st.Escalations.Pos, "to", "want deputies or above, have %q", to)
		}
	}
	if e := st.Escalations; e.After > 0 && len(e.To) == 0 {
		c.fault(e.Pos, "to", "nobody to escalate to")
	} else if n := len(st.Reminders); e.After > 0 && n > 0 && e.After <= st.Reminders[n-1] {
		c.fault(e.Pos, "after", "the escalation must come after the last reminder")
	}
}

// trust checks what a step asks of its office's answer.
func (c *sopCheck) trust(st *Step, i int) {
	switch r := st.Trust.Require; {
	case r == "":
	case !slices.Contains(Requirements, r):
		c.fault(st.Trust.Pos, "require", "want %s, have %q", strings.Join(Requirements, ", "), r)
	case i == 0:
		c.fault(st.Trust.Pos, "require", "a request needs no %s: only an office's answer can", r)
	}
}

// sayers are the kinds of action and who may say their words (by). Nobody but
// the actor decides for an office, so that no SOP can let it be passed over.
var sayers = map[Kind][]string{
	Submit: {"actor"}, Advance: {"actor"}, Reject: {"actor"}, Return: {"actor"},
	Ask: {"actor"}, Trouble: {"actor"}, Delegate: {"actor"},
	Cancel: {"requester"}, Change: {"requester"}, SignOff: {"requester"},
	Withdraw: {"last"}, Confirm: {"asked"},
	Status: {"anyone", "requester", "actor"}, Help: {"anyone", "requester", "actor"},
}

// One check for each key.
//
//gocyclo:ignore
func (c *sopCheck) action(a *Action, st *Step) {
	s := c.sop
	if (a.Word == "") != (a.Kind == Submit) {
		c.fault(a.Pos, "word", "every action but %s needs a word", Submit)
	}
	for _, w := range append([]string{a.Word}, a.Also...) {
		if w != "" && !slices.ContainsFunc(s.Words, func(x Word) bool { return x.ID == w }) {
			c.fault(a.Pos, "word", "unknown word %q: it is not among the words", w)
		}
	}
	if a.By == "" {
		a.By = "actor"
	}
	if want := sayers[a.Kind]; want != nil && !slices.Contains(want, a.By) {
		c.fault(a.Pos, "by", "%s is said by %s, not by %q", a.Kind, strings.Join(want, ", "), a.By)
	}
	if a.Notice != "" && a.Notice != string(NoticeReady) && a.Notice != string(NoticeProgress) {
		c.fault(a.Pos, "notice", "want ready or progress, have %q", a.Notice)
	}
	moves := a.Kind == Submit || a.Kind == Advance || a.Kind == Return
	switch {
	case sayers[a.Kind] == nil:
		c.fault(a.Pos, "kind", "unknown kind of action %q", a.Kind)
	case st == nil && (moves || a.Kind == Reject):
		c.fault(a.Pos, "kind", "%s belongs to a step", a.Kind)
	case moves && a.To == "":
		c.fault(a.Pos, "to", "%s needs the step it leads to", a.Kind)
	case !moves && a.To != "":
		c.fault(a.Pos, "to", "%s leads nowhere", a.Kind)
	case moves && a.To != Finished && s.Step(a.To) == nil:
		c.fault(a.Pos, "to", "unknown step %q", a.To)
	case moves && a.To == Finished && a.Kind != Advance:
		c.fault(a.Pos, "to", "only %s leads to %s", Advance, Finished)
	}
}

// paths checks that every step can be reached and left, and that no way to the
// end skips an office: the steps follow each other as the file has them.
func (c *sopCheck) paths() {
	reached := map[string]bool{c.sop.First().ID: true}
	for _, st := range c.sop.Steps {
		for _, a := range st.Actions {
			if a.leadsOn() {
				reached[a.To] = true
			}
		}
	}
	for i, st := range c.sop.Steps {
		if !reached[st.ID] {
			c.fault(st.Pos, "id", "unreachable step: nothing leads to %q", st.ID)
		}
		if !slices.ContainsFunc(st.Actions, Action.leadsOn) {
			c.fault(st.Pos, "id", "step %q can't end: no word leads on from it", st.ID)
		}
		for _, a := range st.Actions {
			c.order(i, st, a)
		}
	}
}

// leadsOn reports whether the action ends its step in the way to Finished.
func (a Action) leadsOn() bool { return a.Kind == Advance || a.Kind == Submit }

// order refuses an action that jumps over an office or returns to a later one.
func (c *sopCheck) order(i int, st Step, a Action) {
	target := slices.IndexFunc(c.sop.Steps, func(x Step) bool { return x.ID == a.To })
	if a.To == Finished {
		target = len(c.sop.Steps)
	}
	switch {
	case a.leadsOn() && target != i+1:
		next := Finished
		if i+1 < len(c.sop.Steps) {
			next = c.sop.Steps[i+1].ID
		}
		c.fault(a.Pos, "to", "step %q leads to the next one, %q, not to %q", st.ID, next, a.To)
	case a.Kind == Return && (target >= i || target == 0):
		c.fault(a.Pos, "to", "%s goes back to an earlier office, not to %q", Return, a.To)
	}
}

// String names the SOP with its number, for logs and headings.
func (s *SOP) String() string { return fmt.Sprintf("%s (%s)", s.Title, s.Number) }
