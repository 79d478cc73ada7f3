package mailbox

import (
	"slices"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"pgregory.net/rapid"
)

// world is a mailbox and what is known of it. Whatever happens in which order, no
// message is offered twice without reason, and none is forgotten.
type world struct {
	box      inbox
	now      time.Time
	there    map[imap.UID]*fate
	last     imap.UID // the highest UID given
	inHand   []*fetched
	validity uint32
}

// fate is what became of a message so far.
type fate struct {
	held     bool
	mayOffer bool // it may be offered, now or later
	due      time.Time
	handled  bool
}

func (w *world) Init() {
	w.now = time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)
	w.validity = 1
	w.there = map[imap.UID]*fate{}
	w.box.restart(w.validity, 1)
}

func (w *world) Arrive(t *rapid.T) {
	for range rapid.IntRange(1, 5).Draw(t, "n") {
		w.last += imap.UID(rapid.IntRange(1, 3).Draw(t, "gap"))
		w.there[w.last] = &fate{mayOffer: true}
	}
}

func (w *world) Vanish(t *rapid.T) {
	if len(w.there) > 0 {
		delete(w.there, rapid.SampledFrom(w.uids(1)).Draw(t, "uid"))
	}
}

func (w *world) uids(from imap.UID) []imap.UID {
	var uids []imap.UID
	for uid := range w.there {
		if uid >= from {
			uids = append(uids, uid)
		}
	}
	slices.Sort(uids)
	return uids
}

func (w *world) listed(from imap.UID) (letters []*fetched) {
	for _, uid := range w.uids(from) {
		letters = append(letters, &fetched{uid: uid, size: int64(uid%7) * 10})
	}
	return letters
}

// Poll lists everything; nothing is in hand then.
func (w *world) Poll(*rapid.T) {
	if len(w.inHand) > 0 {
		return
	}
	w.box.all(w.listed(w.box.from), w.last+1)
	for _, f := range w.there {
		f.mayOffer = !f.handled && !f.held
	}
}

// Call names letters that wait, and some that don't.
func (w *world) Call(t *rapid.T) {
	var uids []uint32
	waited := false
	for range rapid.IntRange(1, 5).Draw(t, "n") {
		uid := imap.UID(rapid.IntRange(1, int(w.last)+2).Draw(t, "uid"))
		uids = append(uids, uint32(uid))
		if l := w.box.letters[uid]; l != nil && l.stage == held {
			waited = true
		}
		if f := w.there[uid]; f != nil && f.held {
			f.held, f.mayOffer = false, true
		}
	}
	if got := w.box.call(uids); got != waited {
		t.Fatalf("call(%v) = %v", uids, got)
	}
}

func (w *world) Push(*rapid.T) {
	if len(w.inHand) == 0 {
		w.box.more(w.listed(w.box.next))
	}
}

// Reconnect forgets what was in hand.
func (w *world) Reconnect(t *rapid.T) {
	w.inHand = nil
	if rapid.IntRange(0, 9).Draw(t, "anew") == 0 {
		w.validity++
		for _, f := range w.there {
			*f = fate{mayOffer: true}
		}
	}
	w.box.restart(w.validity, 1)
	w.Poll(t)
}

func (w *world) Take(t *rapid.T) {
	if len(w.inHand) > 0 {
		return
	}
	const count, size = 4, 100
	w.inHand = w.box.take(w.now, count, size)
	sum := int64(0)
	for i, l := range w.inHand {
		sum += l.size
		f := w.there[l.uid]
		if f == nil {
			continue // vanished since it was listed
		}
		if !f.mayOffer || f.due.After(w.now) {
			t.Fatalf("%d is offered again: %+v", l.uid, *f)
		}
		f.mayOffer = false
		if i > 0 && l.uid <= w.inHand[i-1].uid {
			t.Fatalf("%d comes after %d", l.uid, w.inHand[i-1].uid)
		}
		if l.suspect && len(w.inHand) > 1 {
			t.Fatalf("%d does not come alone", l.uid)
		}
	}
	if len(w.inHand) > count || sum > size && len(w.inHand) > 1 {
		t.Fatalf("%d letters with %d bytes", len(w.inHand), sum)
	}
}

func (w *world) Judge(t *rapid.T) {
	for _, l := range w.inHand {
		v := rapid.SampledFrom([]Verdict{Leave, Processed, Failed, Retry, Wait}).Draw(t, "verdict")
		w.box.judge(l, v, w.now, time.Second)
		if f := w.there[l.uid]; f != nil {
			f.handled = v == Processed || v == Failed
			f.mayOffer = v == Retry
			f.held = v == Wait
			if v == Retry {
				f.due = l.due
			}
		}
	}
	w.inHand = nil
}

// LoseConnection makes suspects of what is being fetched.
func (w *world) LoseConnection(t *rapid.T) {
	for _, l := range w.inHand {
		l.suspect = true
		if f := w.there[l.uid]; f != nil {
			f.mayOffer = true
		}
	}
	w.Reconnect(t)
}

func (w *world) File(t *rapid.T) {
	for _, l := range w.box.moves {
		if rapid.Bool().Draw(t, "moved") {
			delete(w.there, l.uid)
			w.box.gone(l)
		} else {
			l.stage = stuck
		}
	}
	w.box.moves = nil
}

func (w *world) Wait(t *rapid.T) {
	w.now = w.now.Add(time.Duration(rapid.IntRange(1, 100).Draw(t, "seconds")) * time.Second)
}

// Check: what may be offered and was listed is in the queue.
func (w *world) Check(t *rapid.T) {
	queued := map[imap.UID]bool{}
	for _, l := range w.box.queue {
		if queued[l.uid] {
			t.Fatalf("%d is in the queue twice", l.uid)
		}
		queued[l.uid] = true
	}
	for uid, f := range w.there {
		if f.mayOffer && uid < w.box.next && !queued[uid] && !f.handled {
			if l := w.box.letters[uid]; l == nil || l.stage != left {
				t.Fatalf("%d is forgotten: %+v", uid, l)
			}
		}
	}
}

func TestInbox(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := &world{}
		w.Init()
		t.Repeat(rapid.StateMachineActions(w))
		// In the end everything that is still there was offered.
		w.Judge(t)
		w.Poll(t)
		w.now = w.now.Add(time.Hour)
		for w.Take(t); len(w.inHand) > 0; w.Take(t) {
			w.Judge(t)
			w.now = w.now.Add(time.Hour)
			if rapid.IntRange(0, 200).Draw(t, "enough") == 0 {
				return
			}
		}
		for uid, f := range w.there {
			if f.mayOffer && !f.handled {
				t.Fatalf("%d was never offered", uid)
			}
		}
	})
}

func TestFollowing(t *testing.T) {
	for uid, want := range map[imap.UID]imap.UID{1: 2, 1<<32 - 2: 1<<32 - 1, 1<<32 - 1: 1<<32 - 1} {
		if got := following(uid); got != want {
			t.Errorf("following(%d) = %d, want %d", uid, got, want)
		}
	}
}

func TestPause(t *testing.T) {
	for _, c := range []struct {
		err      error
		attempt  int
		from, to time.Duration
	}{
		{ErrUnreachable, 0, time.Second, 1250 * time.Millisecond},
		{ErrUnreachable, 3, 8 * time.Second, 10 * time.Second},
		{ErrUnreachable, 100, time.Minute, 75 * time.Second},
		{&fault{kind: ErrLogin}, 0, time.Minute, 75 * time.Second},
		{&fault{kind: ErrLogin}, 100, 5 * time.Minute, 375 * time.Second},
	} {
		for range 100 {
			if got := usualTiming.pauseAfter(c.err, c.attempt); got < c.from || got > c.to {
				t.Errorf("pause after %v, attempt %d: %v", c.err, c.attempt, got)
			}
		}
	}
}
