package bot

import (
	"context"
	"sync"
	"time"

	"batan.go.id/layanan/internal/mailbox"
)

const (
	readPatience = 5 * time.Second // how long a mail may hold up the others
	readLimit    = time.Minute     // how long it may then be read apart from them
	readers      = 2               // mails that are parsed at a time
	maxAdrift    = 2               // the same apart from the others; there are more where smallMail says so
	smallMail    = 64 << 10        // bytes of a mail that is read even when so many are adrift
	keepRead     = time.Hour       // how long what was read apart waits for its mail to be offered again
)

// readings reads mails so that none holds up the others. No parser can be stopped: one that takes too long is left to
// itself, adrift, while its mail waits in the mailbox and is offered again.
type readings struct {
	read            func(ctx context.Context, m mailbox.Message, parsed func()) Plan
	patience, limit time.Duration
	slots           chan struct{} // of those who parse

	mu     sync.Mutex
	adrift map[mailbox.ID]*reading
}

// reading is one mail being read.
type reading struct {
	done  chan struct{}
	plan  Plan      // when done
	since time.Time // when it was put off
}

func newReadings(read func(context.Context, mailbox.Message, func()) Plan) *readings {
	return &readings{read: read, patience: readPatience, limit: readLimit, slots: make(chan struct{}, readers),
		adrift: map[mailbox.ID]*reading{}}
}

// finish reads a mail to its end, or says that it has to wait.
func (r *readings) finish(ctx context.Context, m mailbox.Message) (p Plan, ok bool) {
	if a := r.known(m.ID); a != nil {
		return r.again(m.ID, a)
	}
	select {
	case r.slots <- struct{}{}:
	case <-ctx.Done():
		return Plan{}, false
	}
	free := sync.OnceFunc(func() { <-r.slots })
	defer free()
	if len(m.Raw) > smallMail && r.crowded() {
		return Plan{}, false
	}
	a := &reading{done: make(chan struct{})}
	go func() {
		defer close(a.done)
		a.plan = r.read(ctx, m, free)
	}()
	patience := time.NewTimer(r.patience)
	defer patience.Stop()
	select {
	case <-a.done:
		return a.plan, true
	case <-patience.C:
	case <-ctx.Done():
	}
	a.since = time.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.adrift[m.ID] = a
	return Plan{}, false
}

// again looks at a mail that was put off before.
func (r *readings) again(id mailbox.ID, a *reading) (Plan, bool) {
	select {
	case <-a.done:
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.adrift, id)
		return a.plan, true
	default:
	}
	if time.Since(a.since) < r.limit {
		return Plan{}, false
	}
	return Plan{}.bury("unreadable"), true // it stays adrift, lest it be begun again
}

func (r *readings) known(id mailbox.ID) *reading {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.adrift[id]
}

// crowded reports whether as many mails are adrift as may be, and forgets those that nobody asked for again.
func (r *readings) crowded() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for id, a := range r.adrift {
		select {
		case <-a.done:
			if time.Since(a.since) > keepRead {
				delete(r.adrift, id)
			}
		default:
			n++
		}
	}
	return n >= maxAdrift
}
