package bot

import (
	"context"
	"slices"
	"strings"

	"batan.go.id/layanan/internal/mailbox"
)

// waiting are the messages that wait in the mailbox until there is room for
// more requests that nothing proves to be their sender's. Senders take turns,
// so that whoever sends one is soon next, however many another sends.
type waiting struct {
	validity uint32              // of the mailbox that the UIDs are of
	turns    []string            // senders, the next first
	letters  map[string][]uint32 // of each, by rising UID
	called   map[uint32]bool     // those whose turn it is
}

// of forgets what is known of another mailbox.
func (w *waiting) of(validity uint32) {
	if w.validity != validity {
		*w = waiting{validity: validity}
	}
}

// free reports whether a message need not wait: its turn has come, or nobody
// waits.
func (w *waiting) free(uid uint32) bool { return len(w.turns) == 0 || w.called[uid] }

func (w *waiting) add(sender string, uid uint32) {
	if w.letters == nil {
		w.letters = map[string][]uint32{}
	}
	uids, known := w.letters[sender]
	if !known {
		w.turns = append(w.turns, sender)
	}
	if i, there := slices.BinarySearch(uids, uid); !there {
		w.letters[sender] = slices.Insert(uids, i, uid)
	}
}

// next calls up to n messages, one of each sender in turn.
func (w *waiting) next(n int) (uids []uint32) {
	w.called = map[uint32]bool{}
	for len(uids) < n && len(w.turns) > 0 {
		sender := w.turns[0]
		w.turns = w.turns[1:]
		uid, rest := w.letters[sender][0], w.letters[sender][1:]
		if len(rest) > 0 {
			w.letters[sender], w.turns = rest, append(w.turns, sender)
		} else {
			delete(w.letters, sender)
		}
		uids, w.called[uid] = append(uids, uid), true
	}
	return uids
}

// Next implements mailbox.Handler: as many of those that wait as there is room
// for.
func (in *inbound) Next(ctx context.Context) ([]uint32, error) {
	if len(in.waiting.turns) == 0 {
		return nil, nil
	}
	made, err := in.b.opts.Store.Unproven(ctx, in.b.now().Add(-limitWindow))
	if err != nil {
		return nil, err
	}
	return in.waiting.next(min(in.b.office.Load().Limits.UnprovenPerHour-made, readBatch)), nil
}

// held notes which letters are to wait.
func (in *inbound) held(letters []*letter) {
	for _, l := range letters {
		if l.verdict == mailbox.Wait {
			in.waiting.add(strings.ToLower(l.plan.Event.By.Email), l.ID.UID)
		}
	}
}
