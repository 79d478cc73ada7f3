// Package workflow is the procedure: the SOP as data, a request on its way
// through it, and the one pure function that decides what happens next.
//
// Read it in this order: video-konferensi.yaml (the built-in SOP), sop.go (its
// types), request.go (what is remembered of a request), event.go (what can
// happen to it), decide.go (the rules), proof.go and reading.go (what shows who
// wrote a mail, and what is asked back), held.go (what waits a while), seat.go
// (who decides), ladder.go (reminders and escalations), calendar.go (office time).
//
//	Decide(request, event, now) → Decision{request, entries, notices}
//
// The package is pure: no clock, no I/O, no goroutine, no mail. Instants are
// UTC or carry their zone; office time is computed on every use and never
// stored. The SOP names words, fields, steps and ladders; the code knows only
// the kinds of action.
package workflow
