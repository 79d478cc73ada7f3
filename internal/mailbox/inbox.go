package mailbox

import (
	"cmp"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"
)

// stage is how far we are with a letter.
type stage int

const (
	waiting stage = iota // to be offered, once due
	taken                // in a batch that is being fetched or handled
	left                 // stays where it is until the next poll
	held                 // stays where it is until it is called
	handled              // to be moved
	stuck                // handled, but could not be moved; tried again at the next poll
)

// fetched is what we know of one message in the watched mailbox.
type fetched struct {
	uid      imap.UID
	size     int64
	received time.Time
	raw      []byte // the whole message, if it came with the listing

	stage    stage
	verdict  Verdict   // when handled or stuck
	due      time.Time // when waiting: not before
	retries  int       // times that the handler said Retry
	failures int       // times that it could not be fetched
	err      error     // why it could not be fetched the last time
	suspect  bool      // was in a batch that could not be fetched: to be fetched alone
}

// inbox is what we know of the messages in the watched mailbox, from the first
// one that is ours. It outlives connections, so that a message that was handled
// isn't offered again because its move failed. No clock, no I/O.
type inbox struct {
	validity uint32
	from     imap.UID // the lowest UID that is ours
	next     imap.UID // no letter with this UID or a higher one was listed yet
	letters  map[imap.UID]*fetched
	queue    []*fetched // those waiting, in the order they are offered
	moves    []*fetched // those handled
}

// restart makes ready for the listing of a newly selected mailbox. What is known
// is kept unless UIDVALIDITY says that it is about other messages.
func (b *inbox) restart(validity uint32, from imap.UID) {
	from = max(from, 1)
	if b.validity != validity || b.letters == nil {
		*b = inbox{validity: validity, letters: map[imap.UID]*fetched{}}
	}
	for uid := range b.letters {
		if uid < from {
			delete(b.letters, uid)
		}
	}
	b.from, b.next = from, from
}

// all takes in a listing of all letters from b.from on. Those that are not in it
// are gone. Those that were left are to be offered again, and those that
// could not be moved are to be moved again. uidNext is the mailbox's when it was
// selected, before the listing.
func (b *inbox) all(listed []*fetched, uidNext imap.UID) {
	known := b.letters
	b.letters = make(map[imap.UID]*fetched, len(listed))
	for _, l := range listed {
		if old := known[l.uid]; old != nil {
			l = old
		}
		b.letters[l.uid] = l
		b.next = max(b.next, following(l.uid))
		switch l.stage {
		case taken, left:
			l.stage = waiting
		case stuck:
			l.stage = handled
		}
	}
	b.next = max(b.next, uidNext)
	b.sort()
}

// more takes in a listing of letters from b.next on.
func (b *inbox) more(listed []*fetched) {
	for _, l := range listed {
		if b.letters[l.uid] != nil {
			continue
		}
		b.letters[l.uid] = l
		b.next = max(b.next, following(l.uid))
	}
	b.sort()
}

// following returns the next UID; the highest follows itself.
func following(uid imap.UID) imap.UID { return max(uid, uid+1) }

func byUID(x, y *fetched) int { return cmp.Compare(x.uid, y.uid) }

// sort rebuilds the queues: by UID, but those that gave trouble last, so that
// they hold up nobody.
func (b *inbox) sort() {
	b.queue, b.moves = nil, nil
	for _, l := range b.letters {
		switch l.stage {
		case waiting:
			b.queue = append(b.queue, l)
		case handled:
			b.moves = append(b.moves, l)
		}
	}
	slices.SortFunc(b.moves, byUID)
	slices.SortFunc(b.queue, inOrder)
}

// inOrder is the order in which letters are offered.
func inOrder(x, y *fetched) int {
	return cmp.Or(min(x.failures, 1)-min(y.failures, 1), byUID(x, y))
}

// take takes the next batch from the queue: up to count letters of up to size
// bytes together, but one at least if any is due. A suspect comes alone.
func (b *inbox) take(now time.Time, count int, size int64) []*fetched {
	var batch []*fetched
	var bytes int64
	full := false
	b.queue = slices.DeleteFunc(b.queue, func(l *fetched) bool {
		if full || l.due.After(now) {
			return false
		}
		if len(batch) > 0 && (l.suspect || bytes+l.size > size) {
			full = true
			return false
		}
		l.stage = taken
		batch = append(batch, l)
		bytes += l.size
		full = l.suspect || len(batch) >= count
		return true
	})
	slices.SortFunc(batch, byUID)
	return batch
}

// putBack returns letters to the queue that were taken but not handled.
func (b *inbox) putBack(batch []*fetched) {
	for _, l := range batch {
		if l.stage == taken {
			l.stage = waiting
		}
	}
	b.sort()
}

// judge notes the handler's verdict on a letter that was taken.
func (b *inbox) judge(l *fetched, v Verdict, now time.Time, retry time.Duration) {
	l.raw = nil
	switch v {
	case Processed, Failed:
		l.stage, l.verdict = handled, v
		b.moves = append(b.moves, l)
	case Retry:
		l.stage, l.due = waiting, now.Add(retry<<min(l.retries, 5))
		l.retries++
		b.queue = append(b.queue, l)
	case Wait:
		l.stage = held
	default:
		l.stage = left
	}
}

// call puts letters that were held back into the queue; it tells whether any
// was.
func (b *inbox) call(uids []uint32) bool {
	before := len(b.queue)
	for _, uid := range uids {
		if l := b.letters[imap.UID(uid)]; l != nil && l.stage == held {
			l.stage = waiting
			b.queue = append(b.queue, l)
		}
	}
	slices.SortFunc(b.queue, inOrder)
	return len(b.queue) > before
}

// gone forgets letters that are no longer in the mailbox.
func (b *inbox) gone(letters ...*fetched) {
	for _, l := range letters {
		delete(b.letters, l.uid)
	}
}

// due returns when the next letter that waits wants to be offered; false if none
// waits.
func (b *inbox) due() (time.Time, bool) {
	if len(b.queue) == 0 {
		return time.Time{}, false
	}
	first := b.queue[0].due
	for _, l := range b.queue {
		if l.due.Before(first) {
			first = l.due
		}
	}
	return first, true
}
