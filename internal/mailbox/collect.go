package mailbox

import (
	"fmt"
	"log/slog"
	"time"

	"github.com/emersion/go-imap/v2"
)

// collect fetches a batch. It leaves out the letters that are no longer there and
// those that could not be fetched this time. A letter is to blame when its text is
// all that is asked for and the server refuses or the connection breaks; after
// three times it is handed over without its text, so that it holds up nobody.
func (s *session) collect(batch []*fetched) ([]*fetched, []Message, error) {
	texts := make(map[imap.UID]row, len(batch))
	var missing []*fetched
	for _, l := range batch {
		switch {
		case l.raw != nil:
			texts[l.uid] = row{body: l.raw, hasBody: true}
		case l.failures < maxFailures:
			missing = append(missing, l)
		}
	}
	err := s.ask(missing, texts)
	if err != nil {
		return nil, nil, err
	}
	var got []*fetched
	var msgs []Message
	for _, l := range batch {
		there := true
		if r := texts[l.uid]; !r.usable(l) && l.failures < maxFailures {
			if there, err = s.askAgain(l, texts); err != nil {
				return nil, nil, err
			}
		}
		r := texts[l.uid]
		switch {
		case !there:
			s.box.gone(l)
		case r.usable(l), l.failures >= maxFailures:
			got, msgs = append(got, l), append(msgs, s.message(l, r))
		default:
			l.due = time.Now().Add(s.cfg.timing.retry << l.failures)
			s.box.putBack([]*fetched{l})
		}
	}
	return got, msgs, nil
}

// usable says whether the text came. Some servers give an empty one for a message
// that they cannot read.
func (r row) usable(l *fetched) bool {
	return r.hasBody && (len(r.body) > 0 || l.size == 0)
}

// ask fetches letters together. If the connection breaks, those that did not
// come are asked for one at a time in the next one.
func (s *session) ask(letters []*fetched, texts map[imap.UID]row) error {
	err := s.client.texts(letters, texts)
	if err == nil {
		return nil
	}
	var missing []*fetched
	for _, l := range letters {
		if !texts[l.uid].usable(l) {
			l.suspect = true
			missing = append(missing, l)
		}
	}
	if len(missing) == 1 {
		s.blame(missing[0], err)
	}
	return err
}

// askAgain fetches a letter that did not come with the others; there is false if
// it is gone.
func (s *session) askAgain(l *fetched, texts map[imap.UID]row) (there bool, err error) {
	if err := s.ask([]*fetched{l}, texts); err != nil {
		return true, err
	}
	if texts[l.uid].usable(l) {
		return true, nil
	}
	there, err = s.client.exists(l.uid)
	if err == nil && there {
		s.blame(l, fmt.Errorf("the server does not give its text"))
	}
	return there, err
}

func (s *session) blame(l *fetched, err error) {
	l.failures++
	l.err = err
	s.log.Warn("message cannot be fetched", "uid", l.uid, "attempt", l.failures, slog.Any("error", err))
}

// message makes what the handler gets.
func (s *session) message(l *fetched, r row) Message {
	m := Message{
		ID:       ID{Mailbox: s.cfg.Inbox, UIDValidity: s.box.validity, UID: uint32(l.uid)},
		Size:     l.size,
		Received: l.received,
	}
	switch {
	case !r.usable(l):
		m.Err = fmt.Errorf("message could not be fetched %d times: %w", l.failures, l.err)
	case r.cut || l.size > s.cfg.MaxSize:
		m.TooLarge = true
		m.Raw = cutHeader(r.body)
	default:
		m.Raw = r.body
	}
	return m
}
