package workflow

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Decide holds all the rules: what an event does to a request, what is
// written in its history, and who must be told. It is pure; the request given
// is not changed.
//
// Of a mail it asks, in this order: is the sender a party to the request; what
// does the word do at this step; may this person say it; does it answer the
// task as it stands now; and is it proven who sent it. Whatever fails leaves
// the request where it was and gets the one answer that helps the sender.
func (p *Procedure) Decide(r Request, ev Event, now time.Time) Decision {
	t := &transition{p: p.about(r.Number), ev: ev.recognise(p), now: now.UTC(), d: Decision{Request: r.clone()}}
	p.recognise(&t.d.Request)
	t.weighProof()
	if r.Entries > 0 {
		t.form = r.Form.Digest()
	}
	switch ev.Kind {
	case Filed:
		t.file()
	case Mailed:
		t.mail()
	case Alarmed:
		t.alarm()
	case Bounced:
		t.bounce()
	case Absent:
		t.absent()
	case Handed:
		t.handed()
	case Refreshed:
		p.schedule(&t.d.Request)
	}
	t.tellVoid()
	t.d.Talk = ev.Kind == Mailed && r.Open() && t.d.Request.Open() && t.d.Request.Step == r.Step
	return t.d
}

// transition is one decision in the making.
type transition struct {
	p   *Procedure
	ev  Event
	now time.Time
	d   Decision

	form   string // its digest as the history has it
	rule   string // that lets the sender act
	behalf Person // in whose name the sender decides, when a delegate does

	proven    bool   // that the mail is from whom it names
	proof     string // by what, for the record
	confirmed string // the mail whose reading the sender confirms

	as    *string // as what the sender decides, when that was settled earlier
	quiet bool    // the sender has had the receipt
	void  []Held  // answers that waited, and are not carried out
}

// clone copies a request so deep that the original stays untouched.
func (r Request) clone() Request {
	r.Form = maps.Clone(r.Form)
	r.Problems = slices.Clone(r.Problems)
	r.Visits = slices.Clone(r.Visits)
	r.Pauses = slices.Clone(r.Pauses)
	r.Told = slices.Clone(r.Told)
	r.Refused = slices.Clone(r.Refused)
	r.Away = slices.Clone(r.Away)
	r.Held = slices.Clone(r.Held)
	return r
}

// step is the present step; an empty one, at which nobody can act, when the
// SOP in force no longer has it.
func (t *transition) step() *Step {
	if s := t.p.SOP.Step(t.d.Request.Step); s != nil {
		return s
	}
	return &Step{}
}

// entry writes a line of history.
func (t *transition) entry(event, note string) {
	t.byService(event, note)
	if e := &t.d.Entries[len(t.d.Entries)-1]; t.ev.By.Email != "" && t.ev.Kind != Bounced {
		e.By, e.Word, e.Proof, e.Rule = t.ev.By.Email, t.ev.Word, t.proof, t.rule
	}
}

// byService writes a line of history about what follows of itself.
func (t *transition) byService(event, note string) {
	r := &t.d.Request
	r.Entries++
	e := Entry{At: t.now, Event: event, By: Service, Step: r.Step, Visit: r.Visit(), Note: note,
		MessageID: t.ev.MessageID, Mail: t.ev.Mail}
	if form := r.Form.Digest(); form != t.form {
		e.Form, t.form = form, form
	}
	t.d.Entries = append(t.d.Entries, e)
}

// notify adds a notice, filling in what all have in common.
func (t *transition) notify(n Notice) {
	r := &t.d.Request
	if n.To.Email == "" || t.quiet && n.Kind == NoticeReceipt && n.To.Is(t.ev.By.Email) {
		return
	}
	r.Notices++
	n.N = r.Notices
	if n.Step == "" {
		n.Step = r.Step
	}
	if n.By.Email == "" {
		n.By = t.ev.By
	}
	if n.By.Is(t.ev.By.Email) {
		n.Behalf = t.behalf
	}
	if i := slices.IndexFunc(t.void, func(h Held) bool { return h.By.Is(n.To.Email) }); i >= 0 {
		n.Void, n.Answer = t.void[i].Word, false // more is said than that nothing moved
	}
	n.Own = t.p.seat(r, t.now).own
	n.Words = t.p.Offers(r, n.To.Email, t.now)
	t.d.Notices = append(t.d.Notices, n)
}

// told remembers who had a task, so that a late answer gets the state rather
// than a refusal.
func (t *transition) told(people []Person) {
	for _, q := range people {
		if !contains(t.d.Request.Told, q.Email) {
			t.d.Request.Told = append(t.d.Request.Told, q.Email)
		}
	}
}

// answer tells the sender why nothing moved.
func (t *transition) answer(kind NoticeKind, why Reason) {
	t.d.Reason = why
	t.notify(Notice{Kind: kind, To: t.ev.By, Role: t.roleOf(t.ev.By), Answer: true, Unproven: !t.proven, Reason: why,
		Word: t.ev.Word, Note: t.ev.Note, Doubt: t.ev.Doubt})
}

// roleOf is as what a person is told of the request; empty for a stranger.
func (t *transition) roleOf(q Person) string {
	if t.d.Request.Requester.Is(q.Email) {
		return Requester
	}
	_, role, staff := t.p.Staff(q.Email)
	if !staff && t.p.operates(q.Email) {
		return Operators
	}
	return role
}

// mail handles a mail that belongs to the request.
//
// The order of the cases is the rule: it is to be read in one piece.
//
//gocyclo:ignore
func (t *transition) mail() {
	r, by := &t.d.Request, t.ev.By.Email
	requester := r.Requester.Is(by)
	if t.ev.Confirms > 0 && !t.takeUp() {
		return
	}
	action := t.p.SOP.action(t.step(), t.ev.Word)
	if action != nil && action.Kind == Confirm { // and nothing was asked
		action, t.ev.Word = nil, ""
	}
	if t.ev.Hold && t.p.SOP.Hold.Clock == 0 && action.moves() {
		action = nil
		t.ev.unsure()
	}
	if d := t.p.behalf(r, by, t.now); d != nil {
		t.behalf = d.By
	}
	if t.mend(action) {
		return
	}
	if _, _, staff := t.p.Staff(by); !requester && !staff {
		t.refuse()
		return
	}
	// An answer may begin with a word of others, or with TERIMA before there is a report.
	ours := action != nil && action.Kind != SignOff && (action.By != "actor" && !t.inPassing(action) ||
		t.p.entitled(r, by, t.now))
	switch {
	case r.Question != nil && requester && !ours && strings.TrimSpace(t.ev.Text) != "":
		t.reply()
	case t.ev.Word == "" && t.ev.Thanks && requester && !t.p.entitled(r, by, t.now):
		t.d.Reason = Thanked
	case t.ev.Word == "" && t.ev.Doubt.Code != "":
		t.revoke()
		t.doubtful()
	case t.ev.Word == "":
		t.revoke()
		t.answer(NoticeUnrecognised, NoCommand)
	case action == nil && !r.Open():
		t.answer(NoticeStatus, Ended)
	case action == nil:
		t.answer(NoticeStatus, NotHere)
	default:
		t.command(action)
	}
}

// inPassing reports whether the requester's word begins a sentence rather than
// being a command: "Status peserta: internal", "Batalkan undangan yang lama".
// It is asked while a question waits for an answer.
func (t *transition) inPassing(a *Action) bool {
	first, _, _ := strings.Cut(strings.TrimSpace(t.ev.Note), " ")
	return first != "" && !hasReasonWord(first) && len(t.ev.Form) == 0 && a.Kind != Withdraw
}

// What strangers leave in a request: how many of them it remembers to have
// refused, and how long one entry of its history stands for all who write.
const (
	maxRefused    = 50
	strangeWindow = 24 * time.Hour
)

// refuse answers somebody who is no party to the request, once.
func (t *transition) refuse() {
	r := &t.d.Request
	t.d.Reason = NotEntitled
	if contains(r.Refused, t.ev.By.Email) {
		return
	}
	stranger := t.roleOf(t.ev.By) == ""
	if !stranger || len(r.Refused) < maxRefused {
		r.Refused = append(r.Refused, strings.ToLower(t.ev.By.Email))
	}
	if !stranger || t.now.Sub(r.Strange) >= strangeWindow {
		t.entry("not-authorised", t.ev.Word)
	}
	if stranger && len(t.d.Entries) > 0 {
		r.Strange = t.now
	}
	t.answer(NoticeNotAuthorised, NotEntitled)
}

// command carries out a word if its sender may say it, said it of the task as
// it stands, and is proven to be the sender.
func (t *transition) command(a *Action) {
	r, by := &t.d.Request, t.ev.By.Email
	asks := a.Kind == Status || a.Kind == Help
	allowed := t.allowed(a)
	switch {
	case !r.Open() && !asks && !t.afterEnd(a):
		t.answer(NoticeStatus, Ended)
	case !allowed && a.By == "last":
		t.answer(NoticeStatus, TooLate)
	case !allowed && a.By == "requester" && contains(r.Told, by):
		t.answer(NoticeStatus, NotHere)
	case !allowed && contains(r.Told, by):
		t.answer(NoticeStatus, Done)
	case !allowed:
		t.refuse()
	case t.ev.Token == PastToken && !asks && a.Kind != Withdraw:
		t.answer(NoticeStatus, Stale)
	case !asks && !t.suffices(t.requires(a)):
		t.unproven(t.requires(a))
	default:
		t.use()
		t.rule = t.ruleOf(a)
		t.obey(a)
	}
}

// obey does what a word says, or holds it. It takes the place of what waits of the same office, or of the requester.
func (t *transition) obey(a *Action) {
	if a.replaces() {
		t.drop(func(h Held) bool { return h.office() == (a.By == "actor") })
	}
	if t.ev.Hold && a.moves() && t.lacks(a) == "" {
		t.hold(a)
		return
	}
	t.act(a)
}

// allowed reports whether the sender may take an action now.
func (t *transition) allowed(a *Action) bool {
	r, by := &t.d.Request, t.ev.By.Email
	switch a.By {
	case "anyone":
		return true
	case "requester":
		return r.Requester.Is(by)
	case "actor":
		return t.p.entitled(r, by, t.now)
	case "last":
		return r.Last != nil && r.Last.By.Is(by) || r.heldOf(by) >= 0
	}
	return false
}

// afterEnd reports whether the action makes sense for a request that ended.
func (t *transition) afterEnd(a *Action) bool {
	r := &t.d.Request
	return a.Kind == SignOff && r.State == StateFinished ||
		a.Kind == Withdraw && (r.State == StateRejected || r.heldOf(t.ev.By.Email) >= 0)
}

func (t *transition) act(a *Action) {
	switch a.Kind {
	case Advance:
		t.advance(a)
	case Reject:
		t.reject(a)
	case Return:
		t.sendBack(a)
	case Ask:
		t.ask()
	case Trouble:
		t.trouble()
	case Delegate:
		t.delegate()
	case Cancel:
		t.cancel()
	case Change:
		t.change()
	case SignOff:
		t.signOff()
	case Withdraw:
		t.takeBack()
	case Status:
		t.answer(NoticeStatus, Asked)
	case Help:
		t.answer(NoticeHelp, Asked)
	}
}

// bounce records that a notice did not arrive and tells the operators.
func (t *transition) bounce() {
	b := t.ev.Bounce
	t.entry("undeliverable", strings.TrimSpace(string(b.Kind)+" "+b.Recipient+" "+b.Status))
	for _, o := range t.p.Operators {
		t.notify(Notice{Kind: NoticeUndeliverable, To: o, Role: Operators, Bounce: b})
	}
}

func contains(addresses []string, email string) bool {
	return slices.ContainsFunc(addresses, func(a string) bool { return sameAddress(a, email) })
}

func addresses(people []Person) string {
	var out []string
	for _, q := range people {
		out = append(out, q.Email)
	}
	return strings.Join(out, ", ")
}
