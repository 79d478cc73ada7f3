package mailbox

import (
	"errors"
	"log/slog"
	"slices"

	"github.com/emersion/go-imap/v2"
)

const (
	// fileAt is from how many handled letters on the next batch has to wait for
	// their filing: one MOVE of many costs the server far less than many of few.
	fileAt = 250
	// maxMoves is how many messages one command moves: it must fit into a line
	// that every server reads.
	maxMoves = 500
	// maxRefusals is after how many refusals in a row the rest isn't tried.
	maxRefusals = 3
)

// file moves the handled letters to where their verdicts say. Trouble with moving
// never stops the reading: what cannot be moved stays, is not offered again, and is
// tried again at the next poll.
func (s *session) file() error {
	for len(s.box.moves) > 0 {
		moves := s.box.moves[:min(len(s.box.moves), maxMoves)]
		s.box.moves = s.box.moves[len(moves):]
		for _, v := range []Verdict{Processed, Failed} {
			letters := slices.DeleteFunc(slices.Clone(moves), func(l *fetched) bool { return l.verdict != v })
			if len(letters) == 0 {
				continue
			}
			if err := s.filed(letters, v, s.client.moveAway(uidSet(letters), s.folder(v))); err != nil {
				return err
			}
		}
	}
	return nil
}

func uidSet(letters []*fetched) (set imap.UIDSet) {
	for _, l := range letters {
		set.AddNum(l.uid)
	}
	return set
}

// filed notes how a move went. After a refusal it makes sure that the mailbox
// exists and tries one by one.
func (s *session) filed(letters []*fetched, v Verdict, err error) error {
	switch {
	case err == nil:
		s.box.gone(letters...)
		return nil
	case errors.Is(err, errFlagged):
		s.keep(letters, v, err)
		return nil
	case !refused(err):
		return err
	}
	if _, err := s.client.ensure(s.folder(v)); err != nil && !refused(err) {
		return err
	}
	var kept []*fetched
	refusals := 0
	for i, l := range letters {
		if refusals == maxRefusals {
			kept = append(kept, letters[i:]...)
			break
		}
		again := s.moveOne(l, v)
		if again == nil {
			refusals = 0
			continue
		}
		if !refused(again) {
			return again
		}
		err = again
		refusals++
		kept = append(kept, l)
	}
	if len(kept) > 0 {
		s.keep(kept, v, err)
	}
	return nil
}

// moveOne moves one letter, which may no longer be there.
func (s *session) moveOne(l *fetched, v Verdict) error {
	there, err := s.client.exists(l.uid)
	if err != nil {
		return err
	}
	if there {
		if err := s.client.moveAway(imap.UIDSetNum(l.uid), s.folder(v)); err != nil {
			return err
		}
	}
	s.box.gone(l)
	return nil
}

// keep leaves letters where they are until the next poll.
func (s *session) keep(letters []*fetched, v Verdict, err error) {
	for _, l := range letters {
		l.stage = stuck
	}
	s.log.Warn("messages are handled but cannot be moved", "count", len(letters), "uids", uidSet(letters).String(),
		"to", s.folder(v), slog.Any("error", err))
}

// moveAway moves messages with what the server has.
func (c *client) moveAway(set imap.UIDSet, to string) error {
	if !c.caps.Has(imap.CapMove) {
		return c.copyAway(set, to)
	}
	return c.do("move messages", func() error {
		_, err := c.imap.Move(set, to).Wait()
		return err
	})
}

// errFlagged: the messages are copied and flagged as deleted, but still there.
var errFlagged = errors.New("other messages are flagged as deleted, which an EXPUNGE would take too")

// copyAway moves messages on a server without MOVE: copy, flag as deleted,
// expunge. A message that carries the flag already was copied before or is being
// deleted by somebody; it isn't copied again. Without UIDPLUS an EXPUNGE takes all
// flagged messages, so it is left out if others than ours are flagged.
func (c *client) copyAway(set imap.UIDSet, to string) error {
	flagged, err := c.flagged()
	if err != nil {
		return err
	}
	var fresh imap.UIDSet
	uids, _ := set.Nums()
	ours := 0
	for _, uid := range uids {
		if flagged.Contains(uid) {
			ours++
		} else {
			fresh.AddNum(uid)
		}
	}
	others := count(flagged) > ours
	return c.do("copy and delete messages", func() error {
		if len(fresh) > 0 {
			if _, err := c.imap.Copy(fresh, to).Wait(); err != nil {
				return err
			}
			flag := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagDeleted}}
			if err := c.imap.Store(fresh, flag, nil).Close(); err != nil {
				return err
			}
		}
		switch {
		case c.caps.Has(imap.CapUIDPlus):
			return c.imap.UIDExpunge(set).Close()
		case others:
			return errFlagged
		default:
			return c.imap.Expunge().Close()
		}
	})
}

// flagged returns the messages that carry \Deleted. The set may name each number there is: it is not spelt out.
func (c *client) flagged() (found imap.UIDSet, err error) {
	err = c.do("search deleted messages", func() error {
		data, err := c.imap.UIDSearch(&imap.SearchCriteria{Flag: []imap.Flag{imap.FlagDeleted}}, nil).Wait()
		if err == nil {
			found, _ = data.All.(imap.UIDSet)
		}
		return err
	})
	return found, err
}

// count is how many messages a set names.
func count(set imap.UIDSet) (n int) {
	for _, r := range set {
		n += int(r.Stop) - int(r.Start) + 1
	}
	return n
}
