package workflow

import "time"

// Purged is the history's word for a purge; the entry itself names nobody.
const Purged = "purged"

// Purge takes all that people wrote or are known by out of an ended request.
// What is left says what was done and when, and by which offices.
func (r Request) Purge(now time.Time) (Request, Entry) {
	left := Request{Number: r.Number, State: r.State, Step: r.Step, Form: Form{}, Urgent: r.Urgent, Past: r.Past,
		Created: r.Created, Closed: r.Closed, Visits: r.Visits, Entered: r.Entered, Pauses: r.Pauses, Rungs: r.Rungs,
		Escalated: r.Escalated,
		SignedOff: r.SignedOff, Notices: r.Notices, Entries: r.Entries + 1, Purged: now.UTC()}
	return left, Entry{At: now.UTC(), Event: Purged, By: Service, Step: r.Step, Visit: r.Visit(),
		Form: left.Form.Digest()}
}

// Adopted is the history's word for what an operator took into the record
// although it had been written without the key.
const Adopted = "adopted"

// Adopt records that somebody answers for the request as it stands.
func (r Request) Adopt(by, why string, now time.Time) (Request, Entry) {
	r.Entries++
	return r, Entry{At: now.UTC(), Event: Adopted, By: by, Step: r.Step, Visit: r.Visit(), Note: why,
		Form: r.Form.Digest()}
}
