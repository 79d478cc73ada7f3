package mailhost

import "sync"

// subscription passes deliveries on from a goroutine of its own, so that a subscriber may take its
// time and may itself deliver mail.
type subscription struct {
	mu      sync.Mutex
	wake    sync.Cond
	queue   []Delivery
	stopped bool
}

// Subscribe calls f for every mail put into a mailbox from now on, one at a time and in order. f may
// use the host, except Close. stop ends it: f is not called again, save for a call under way.
func (h *Host) Subscribe(f func(Delivery)) (stop func()) {
	s := new(subscription)
	s.wake.L = &s.mu
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return func() {}
	}
	h.subscriptions = append(h.subscriptions, s)
	h.running.Go(func() {
		for d, ok := s.next(); ok; d, ok = s.next() {
			f(d)
		}
	})
	return s.stop
}

func (s *subscription) push(d Delivery) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.stopped {
		s.queue = append(s.queue, d)
		s.wake.Signal()
	}
}

func (s *subscription) next() (Delivery, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.queue) == 0 && !s.stopped {
		s.wake.Wait()
	}
	if s.stopped {
		return Delivery{}, false
	}
	d := s.queue[0]
	s.queue = s.queue[1:]
	return d, true
}

func (s *subscription) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopped, s.queue = true, nil
	s.wake.Signal()
}
