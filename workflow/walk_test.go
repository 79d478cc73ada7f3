package workflow_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"batan.go.id/layanan/workflow"
)

// TestWalk visits every state that a request of the built-in SOP can reach,
// and in each of them lets everybody say every word, with every kind of proof
// and none, lets the clock ring and forms and plain answers come. What it
// shows is written in the laws below and in lawful. A stranger to the offices
// asks, and then one who holds the second.
func TestWalk(t *testing.T) {
	t.Parallel()
	for _, asker := range []workflow.Person{ani, kabid} {
		t.Run(name(asker), func(t *testing.T) { walkAll(t, asker) })
	}
}

func walkAll(t *testing.T, asker workflow.Person) {
	t.Parallel()
	w := newWalk(t, asker)
	for len(w.queue) > 0 {
		n := w.queue[0]
		w.queue = w.queue[1:]
		w.visit(n)
	}
	t.Logf("%d states, %d events", len(w.nodes), w.events)
	w.everythingWasSeen()
	w.noDeadEnd()
}

// node is a state of the walk: a request that stands for all that are alike.
type node struct {
	r      workflow.Request
	now    time.Time
	done   []string // the offices that have done their step, in order
	last   string   // who gave the last answer, while it can be taken back
	undo   []string // what done was before it
	ways   []way
	offers []workflow.Offer // to the person who is writing
	model  map[string]any   // a copy by another route, to see that r is never changed
}

// way leads from a node to another.
type way struct {
	to     *node
	office bool // by a word of an office
}

type walk struct {
	t      *testing.T
	p      *workflow.Procedure
	nodes  map[string]*node
	queue  []*node
	events int
	asker  workflow.Person
	people []workflow.Person
	twins  map[string]*node
	seen   map[string]bool // kinds of action that moved a request
}

func newWalk(t *testing.T, asker workflow.Person) *walk {
	s := opening(t, monday)
	s.p.Delegations = []workflow.Delegation{{Role: "kabid_pjkkd", By: kabid, To: plh, From: s.now.Add(-time.Hour)}}
	w := &walk{t: t, p: s.p, nodes: map[string]*node{}, twins: map[string]*node{}, seen: map[string]bool{}, asker: asker,
		people: []workflow.Person{ani, kepala, wakepala, kabid, wakabid, plh, kasubbid, wasubbid, admin1, admin2, orang,
			operator}}
	forOther, own := fullForm(), fullForm()
	forKabid := fullForm()
	forKabid["email"] = workflow.Value{Text: asker.Email}
	forOther["email"], own["email"] = workflow.Value{Text: asker.Email}, workflow.Value{Text: asker.Email}
	for _, start := range []*scene{
		s.files(asker, own),
		(&scene{t: t, p: s.p, now: s.now}).files(asker, without(maps.Clone(own), "nip")),
		(&scene{t: t, p: s.p, now: s.now}).files(admin1, without(forOther, "nip")),
		(&scene{t: t, p: s.p, now: s.now}).files(kabid, forKabid),
	} {
		w.add(&node{r: start.r, now: start.now})
	}
	return w
}

// key is the stance, how much of the ladder was told, and who is away. The
// ladder goes on for ever; from its fourth rung it repeats. While an answer
// waits it stands still.
func (n *node) key() string {
	if len(n.r.Held) > 0 {
		return n.stance()
	}
	return fmt.Sprint(n.stance(), min(n.r.Rungs, 4), n.r.Away)
}

// stance abstracts from a request all on which a decision depends but for times
// and texts.
func (n *node) stance() string {
	r := n.r
	var answered string
	if r.Last != nil {
		answered = r.Last.By.Email + r.Last.Step
	}
	var held []string
	for _, h := range r.Held {
		held = append(held, h.Word+h.By.Email)
	}
	return fmt.Sprint(r.State, r.Step, n.done, n.last, n.undo, len(r.Problems) > 0, min(r.Rounds, 3), r.FiledBy.Email,
		r.Question != nil, r.Escalated,
		answered, r.Report != nil, !r.SignedOff.IsZero(), held)
}

func (w *walk) add(n *node) *node {
	k := n.key()
	if old := w.nodes[k]; old != nil {
		return old
	}
	n.model = asMap(w.t, n.r)
	w.nodes[k], w.queue = n, append(w.queue, n)
	return n
}

func asMap(t *testing.T, r workflow.Request) map[string]any {
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

type trust struct {
	token workflow.TokenState
	proof string
}

// trusts are what a mail may carry, the best first.
var trusts = []trust{{workflow.LiveToken, ""}, {workflow.NoToken, "dmarc"}, {workflow.PastToken, ""},
	{workflow.PastToken, "dmarc"}, {workflow.NoToken, ""}}

// visit lets everything happen in a state. How much of the ladder was told, and
// who is away, matters to the clock and the programs that say so alone: where the mails of a twin are known, they
// lead on from here too.
func (w *walk) visit(n *node) {
	w.lawful(n)
	if twin := w.twins[n.stance()]; twin != nil {
		n.ways = slices.Clone(twin.ways)
	} else {
		w.twins[n.stance()] = n
		w.mailed(n)
	}
	if !n.r.Alarm.IsZero() {
		w.happens(n, workflow.Event{Kind: workflow.Alarmed}, n.r.Alarm)
	}
	w.happens(n, workflow.Event{Kind: workflow.Alarmed}, n.now)
	w.happens(n, workflow.Event{Kind: workflow.Refreshed}, n.now)
	w.happens(n, workflow.Event{Kind: workflow.Handed, Delegate: &w.p.Delegations[0]}, n.now)
	for _, by := range w.writers(n) {
		w.happens(n, workflow.Event{Kind: workflow.Absent, By: by, Token: workflow.LiveToken, Word: "SETUJU", Note: "x",
			Text: "SETUJU"}, n.now.Add(time.Minute))
	}
	w.happens(n, workflow.Event{Kind: workflow.Bounced,
		Bounce: &workflow.Bounce{Recipient: kabid.Email, Kind: workflow.NoticeTask}}, n.now)
	if m := asMap(w.t, n.r); !reflect.DeepEqual(m, n.model) {
		w.t.Fatalf("a decision changed the request it was given:\n%v\n%v", n.model, m)
	}
}

// mailed lets everybody write everything.
func (w *walk) mailed(n *node) {
	trusts := trusts
	if len(n.r.Held) > 0 { // besides what waits, the state is another's twin
		trusts = []trust{trusts[0], trusts[len(trusts)-1]}
	}
	for _, by := range w.writers(n) {
		n.offers = w.p.Offers(&n.r, by.Email, n.now.Add(time.Minute))
		for _, ev := range w.mails(n, by) {
			if len(n.r.Held) > 0 && ev.Word != "" && ev.Note == "" && w.kind(n.r.Step, ev.Word) != workflow.Reject {
				continue
			}
			for _, trust := range trusts {
				ev.Token, ev.Proof = trust.token, trust.proof
				w.happens(n, ev, n.now.Add(time.Minute))
				if ev.Word != "" && ev.Note == "" || ev.Hold {
					break // less than with a note, or than without Hold
				}
			}
		}
	}
}

// mails are all that a person may write: every word with a note, the words
// that need one without, no word, a doubtful one, an unknown one, a form.
func (w *walk) mails(n *node, by workflow.Person) []workflow.Event {
	_, _, staff := w.p.Staff(by.Email)
	base := workflow.Event{Kind: workflow.Mailed, By: by, Staff: staff, MessageID: "m@batan.go.id", Text: "karena perlu",
		Numbered: true, Date: n.now.Add(time.Minute), Arrived: n.now.Add(time.Minute)}
	unit := workflow.Form{"unit_kerja": {Text: "Unit baru"}}
	if n.r.Form.Text("unit_kerja") == "Unit baru" {
		unit = workflow.Form{"unit_kerja": {Text: "Unit lama"}}
	}
	var out []workflow.Event
	held := map[workflow.Kind]bool{}
	for _, word := range append(w.p.SOP.Words, workflow.Word{ID: "XYZ"}) {
		ev := base
		ev.Word = word.ID
		out = append(out, ev)
		ev.Note = ev.Text
		if word.ID == "UBAH" {
			ev.Form = unit
		}
		if word.ID == "DELEGASI" {
			ev.Delegate = &workflow.Delegation{To: orang}
		}
		out = append(out, ev)
		if kind := w.kind(n.r.Step, word.ID); waits[kind] && !held[kind] && (len(n.r.Held) == 0 || beside[kind]) {
			held[kind], ev.Hold = true, true
			out = append(out, ev)
			ev.Hold = false
		}
		if word.ID == "UBAH" {
			ev.Form = workflow.Form{"tanggal": date("2026-02-06 10:00")}
			if n.r.Form.Text("tanggal") == "2026-02-06 10:00" {
				ev.Form = workflow.Form{"tanggal": date("2026-02-05 09:00")}
			}
			out = append(out, ev)
		}
		if word.ID == "DELEGASI" {
			ev.Delegate = &workflow.Delegation{To: orang, Until: n.now.AddDate(0, 0, 30)}
			out = append(out, ev)
		}
	}
	plain, doubtful, filled := base, base, base
	doubtful.Doubt = workflow.Doubt{Code: "condition", Text: "jika"}
	filled.Form = fullForm()
	return append(out, plain, doubtful, filled)
}

// happens decides an event, checks the laws, and walks on.
func (w *walk) happens(n *node, ev workflow.Event, now time.Time) {
	w.events++
	d := w.p.Decide(n.r, ev, now)
	if ev.Token == workflow.LiveToken {
		if again := w.p.Decide(n.r, ev, now); !reflect.DeepEqual(d, again) {
			w.t.Fatalf("two decisions on the same event: %+v\n%+v", d, again)
		}
	}
	err := lawful(w.p, n.r, ev, now, d)
	if err == nil {
		err = formLaw(n.r, d)
	}
	if err == nil && ev.Kind == workflow.Mailed {
		err = w.mailLaws(n, ev, d)
	} else if err == nil && ev.Kind == workflow.Absent {
		err = w.absenceLaws(n, ev, d)
	} else if err == nil && ev.Kind == workflow.Alarmed {
		err = w.alarmLaws(n, d)
	} else if err == nil && moved(n.r, d) {
		err = fmt.Errorf("a request was moved by %s", ev.Kind)
	}
	if err != nil {
		w.t.Fatalf("in %s: %s says %q (note %q, token %q, proof %q): %v", n.key(), ev.By.Email, ev.Word, ev.Note, ev.Token,
			ev.Proof, err)
	}
	next := &node{r: d.Request, now: now, done: slices.Clone(n.done), last: n.last, undo: n.undo}
	for _, e := range d.Entries {
		next.remember(e)
	}
	office := ev.Kind == workflow.Mailed && !ev.By.Is(w.asker.Email) || ev.Kind == workflow.Alarmed &&
		!slices.ContainsFunc(d.Entries, func(e workflow.Entry) bool { return e.By == w.asker.Email })
	n.ways = append(n.ways, way{w.add(next), office})
}

// position is how far along its way a request is.
func (w *walk) position(r workflow.Request) int {
	if r.State == workflow.StateFinished {
		return len(w.p.SOP.Steps)
	}
	return slices.IndexFunc(w.p.SOP.Steps, func(s workflow.Step) bool { return s.ID == r.Step })
}

// everythingWasSeen guards against a walk that proves nothing.
func (w *walk) everythingWasSeen() {
	for _, kind := range []workflow.Kind{workflow.Advance, workflow.Reject, workflow.Return, workflow.Ask,
		workflow.Delegate,
		workflow.Cancel, workflow.Change, workflow.SignOff, workflow.Withdraw} {
		if !w.seen[string(kind)] {
			w.t.Errorf("no request was moved by %s", kind)
		}
	}
	states := map[string]bool{}
	for _, n := range w.nodes {
		states[string(n.r.State)] = true
		states[n.r.Step] = true
		states["escalated "+n.r.Step] = states["escalated "+n.r.Step] || n.r.Escalated
		for _, h := range n.r.Held {
			states["held "+string(w.kind(n.r.Step, h.Word))] = true
		}
		states["held twice"] = states["held twice"] || len(n.r.Held) == 2
	}
	for _, want := range []string{"berjalan", "menunggu", "selesai", "ditolak", "dibatalkan", "permohonan", "persetujuan",
		"disposisi",
		"instruksi", "persiapan", "laporan", "escalated persetujuan", "escalated disposisi", "escalated instruksi",
		"escalated laporan", "held advance", "held reject", "held return", "held cancel", "held sign-off", "held twice"} {
		if !states[want] {
			w.t.Errorf("no state reached that is %s", want)
		}
	}
}

// noDeadEnd: from every open state an end is reached; and once its form is
// complete, the offices alone can bring every request to selesai.
func (w *walk) noDeadEnd() {
	finished := func(n *node) bool { return n.r.State == workflow.StateFinished }
	cancelled := func(n *node) bool { return n.r.State == workflow.StateCancelled }
	byOffices := w.leads(finished, func(v way) bool { return v.office })
	byAnyone := w.leads(finished, func(way) bool { return true })
	byRequester := w.leads(cancelled, func(v way) bool { return !v.office })
	for k, n := range w.nodes {
		complete := len(n.r.Problems) == 0
		switch {
		case !n.r.Open():
		case !byAnyone[n]:
			w.t.Errorf("dead end: %s", k)
		case complete && !byOffices[n]:
			w.t.Errorf("the offices can't bring this to its end: %s", k)
		case !byRequester[n]:
			w.t.Errorf("the requester can't cancel: %s", k)
		}
	}
}

// leads finds the nodes from which a goal can be reached by some ways.
func (w *walk) leads(goal func(*node) bool, by func(way) bool) map[*node]bool {
	reached := map[*node]bool{}
	for changed := true; changed; {
		changed = false
		for _, n := range w.nodes {
			if !reached[n] && (goal(n) || slices.ContainsFunc(n.ways, func(v way) bool { return by(v) && reached[v.to] })) {
				reached[n], changed = true, true
			}
		}
	}
	return reached
}
