package workflow

import (
	"slices"
	"strings"
	"time"
)

// The least that every answer needs to count (trust.require); a step may ask
// for more.
const (
	RequireToken         = "token"         // or "": a live token, or an authenticated sender
	RequireAuthenticated = "authenticated" // an authenticated sender, whatever token the mail carries
	RequireSignature     = "signature"     // a mail signed with the certificate of whoever gives it (S/MIME)
)

// Requirements are all of them, the least first.
var Requirements = []string{RequireToken, RequireAuthenticated, RequireSignature}

// How far the date of an authenticated mail without a live token may lie
// outside of the visit that it is about: before it, since the clocks of people
// and servers differ; never before it where the request had been at the step
// already, since the answer may be to what was there then; and ahead of the
// mail's own arrival.
const (
	dateGrace = 5 * time.Minute
	dateAhead = 10 * time.Minute
)

// requires is what an action's word needs: what the office asks for, or the
// step where that is more.
func (t *transition) requires(a *Action) string {
	office, step := t.p.Require, t.step().Trust.Require
	if a.By == "actor" && slices.Index(Requirements, step) > slices.Index(Requirements, office) {
		return step
	}
	return office
}

// weighProof settles, once for a decision, whether it is shown as well as this
// office asks for that the mail is from whom it names, and by what.
func (t *transition) weighProof() {
	t.proof = ""
	if t.proven = t.suffices(t.p.Require); t.proven {
		t.proof = t.shown()
	}
}

// suffices reports whether the mail is proven as well as is required. What our
// own server found against it outweighs everything but the token of a confirm,
// which was mailed to the registered address to settle just that.
func (t *transition) suffices(require string) bool {
	ev := &t.ev
	confirmed, live := ev.Confirms > 0, ev.Token != NoToken
	if ev.Kind == Filed { // that needs none, but the record says what there was
		return ev.Proof != ""
	}
	switch require {
	case RequireSignature:
		return ev.Signature != "" && ev.Failed == ""
	case RequireAuthenticated:
		return ev.Failed == "" && (ev.Signature != "" || t.authentic() || ev.Proof != "" && (live || confirmed))
	}
	return confirmed || ev.Failed == "" && (live || ev.Signature != "" || t.authentic())
}

// authentic reports whether the mail speaks for itself, without a token: its
// sender is authenticated, it names the request, and its date fits the visit.
func (t *transition) authentic() bool {
	ev, r := &t.ev, &t.d.Request
	if ev.Proof == "" || !ev.Numbered || ev.Date.IsZero() {
		return false
	}
	began := r.VisitedAt
	if began.IsZero() { // of a request older than that is remembered
		began = r.Entered
	}
	began = began.Truncate(time.Second) // a Date has no parts of a second
	if !slices.Contains(r.Visits[:max(0, r.Visit()-1)], r.Step) {
		began = began.Add(-dateGrace)
	}
	return !ev.Date.Before(began) && !ev.Date.After(ev.Arrived.Add(dateAhead))
}

// shown is all that shows who sent the mail, for the record.
func (t *transition) shown() string {
	var all []string
	for _, what := range []struct {
		holds bool
		say   string
	}{
		{t.ev.Token != NoToken && t.ev.Carrier != "", "token (" + t.ev.Carrier + ")"},
		{t.ev.Token != NoToken && t.ev.Carrier == "", "token"},
		{t.ev.Confirms > 0, "confirm" + t.confirmed},
		{t.ev.Proof != "", t.ev.Proof},
		{t.ev.Signature != "", t.ev.Signature},
		{t.ev.Failed != "", "in spite of " + t.ev.Failed},
	} {
		if what.holds {
			all = append(all, what.say)
		}
	}
	return strings.Join(all, ", ")
}

// unproven asks whom the mail names whether it is his or hers, or says what
// else a mail needs to count where that is required.
func (t *transition) unproven(require string) {
	switch require {
	case RequireSignature:
		t.answer(NoticeUnrecognised, NeedsSignature)
	case RequireAuthenticated:
		t.answer(NoticeUnrecognised, NeedsAuthentication)
	default:
		t.keepReading()
		t.answer(NoticeConfirm, Unproven)
		asked := &t.d.Notices[len(t.d.Notices)-1]
		asked.Words, asked.Changes = append(t.p.SOP.Confirmers(), asked.Words...), t.written()
	}
}
