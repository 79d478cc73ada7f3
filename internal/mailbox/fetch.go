package mailbox

import (
	"bytes"
	"errors"
	"io"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

const (
	// A few new messages come along with their listing, if they are small: one
	// round trip from the push to the handler.
	earlyCount = 16
	earlyBytes = 64 << 10
	// maxHeader is what is read of the header of a message that is too large.
	maxHeader = 1 << 20
	// maxFailures is how often fetching a message is tried.
	maxFailures = 3
	// maxListed is how many messages are known at a time, the newest: the rest is
	// found when these are handled.
	maxListed = 150_000
)

var (
	wholeSection  = &imap.FetchItemBodySection{Peek: true}
	earlySection  = &imap.FetchItemBodySection{Peek: true, Partial: &imap.SectionPartial{Size: earlyBytes}}
	headerSection = &imap.FetchItemBodySection{Peek: true, Specifier: imap.PartSpecifierHeader,
		Partial: &imap.SectionPartial{Size: maxHeader}}
)

// row is what one FETCH answer says about a message.
type row struct {
	uid      imap.UID
	size     int64
	received time.Time
	body     []byte
	hasBody  bool
	cut      bool // the body is longer than what was read of it
}

// readRow reads an answer and keeps at most limit bytes of its body, whatever
// size the server stated before.
func readRow(data *imapclient.FetchMessageData, limit int64) (row, error) {
	var r row
	for item := data.Next(); item != nil; item = data.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			r.uid = item.UID
		case imapclient.FetchItemDataRFC822Size:
			r.size = item.Size
		case imapclient.FetchItemDataInternalDate:
			r.received = item.Time
		case imapclient.FetchItemDataBodySection:
			if item.Literal == nil { // NIL: the server cannot read it
				continue
			}
			size := item.Literal.Size()
			r.body = make([]byte, min(size, limit))
			if _, err := io.ReadFull(item.Literal, r.body); err != nil {
				return r, err
			}
			if _, err := io.Copy(io.Discard, item.Literal); err != nil {
				return r, err
			}
			r.hasBody, r.cut = true, size > limit
		}
	}
	return r, nil
}

// rows reads all answers to a command. Every answer must be consumed, or the
// library stops reading; but when a body breaks off the connection is lost, and the
// library reads on by itself, so that nothing of it may be touched.
func rows(cmd *imapclient.FetchCommand, limit int64, each func(row)) error {
	for data := cmd.Next(); data != nil; data = cmd.Next() {
		r, err := readRow(data, limit)
		if err != nil {
			return err
		}
		each(r)
	}
	return cmd.Close()
}

// listAll lists the letters from UID from on.
func (c *client) listAll(from imap.UID) ([]*fetched, error) {
	var found []*fetched
	err := c.stream("list messages", func() error {
		cmd := c.imap.Fetch(imap.UIDSet{{Start: from}}, &imap.FetchOptions{UID: true, RFC822Size: true, InternalDate: true})
		return rows(cmd, 0, func(r row) { found = appendLetter(found, r, from) })
	})
	return found, err
}

// listNew lists the letters from UID next on. A few come with their text; if there
// are more, or UIDs were left out, all are listed. (Never two FETCH at once: a server
// may answer the second before it says that the first is done, and the library
// stops reading at a text that nobody takes.)
func (c *client) listNew(next imap.UID) ([]*fetched, error) {
	var found []*fetched
	err := c.stream("fetch new messages", func() error {
		first := imap.UIDSet{{Start: next, Stop: max(next, next+earlyCount-1)}}
		cmd := c.imap.Fetch(first, &imap.FetchOptions{
			UID: true, RFC822Size: true, InternalDate: true, BodySection: []*imap.FetchItemBodySection{earlySection},
		})
		return rows(cmd, earlyBytes, func(r row) {
			n := len(found)
			found = appendLetter(found, r, next)
			if n < len(found) && r.hasBody && len(r.body) < earlyBytes {
				found[n].raw = r.body
			}
		})
	})
	if few := len(found) > 0 && len(found) < earlyCount; few || err != nil && !refused(err) {
		return found, err
	}
	rest, err := c.listAll(next)
	return append(found, rest...), err
}

// appendLetter appends the letter that an answer lists. An answer to "n:*" names
// the last message even when its UID is below n (RFC 9051, 6.4.9), and an answer
// without size and date only says that somebody changed a flag.
func appendLetter(found []*fetched, r row, from imap.UID) []*fetched {
	if r.uid < from || r.received.IsZero() {
		return found
	}
	if len(found) >= maxListed+maxListed/8 {
		found = append(found[:0], found[len(found)-maxListed:]...)
	}
	return append(found, &fetched{uid: r.uid, size: r.size, received: r.received})
}

// texts fetches the text of letters into texts, of those that are too large only
// the header. A refusal is no error: what the server gave is there.
func (c *client) texts(batch []*fetched, texts map[imap.UID]row) error {
	var whole, headers imap.UIDSet
	for _, l := range batch {
		if l.size > c.cfg.MaxSize {
			headers.AddNum(l.uid)
		} else {
			whole.AddNum(l.uid)
		}
	}
	for _, part := range []struct {
		set     imap.UIDSet
		section *imap.FetchItemBodySection
		limit   int64
	}{{whole, wholeSection, c.cfg.MaxSize}, {headers, headerSection, maxHeader}} {
		if len(part.set) == 0 {
			continue
		}
		var got []row
		err := c.stream("fetch messages", func() error {
			cmd := c.imap.Fetch(part.set, &imap.FetchOptions{UID: true,
				BodySection: []*imap.FetchItemBodySection{part.section}})
			return rows(cmd, part.limit, func(r row) { got = append(got, r) })
		})
		if !errors.Is(err, errHangs) {
			for _, r := range got {
				if r.hasBody {
					texts[r.uid] = r
				}
			}
		}
		if err != nil && !refused(err) {
			return err
		}
	}
	return nil
}

// exists says whether a message is still in the mailbox. The NOOP lets the server
// notice what others did.
func (c *client) exists(uid imap.UID) (bool, error) {
	found := false
	err := c.do("look for message", func() error {
		if err := c.imap.Noop().Wait(); err != nil {
			return err
		}
		cmd := c.imap.Fetch(imap.UIDSetNum(uid), &imap.FetchOptions{UID: true})
		return rows(cmd, 0, func(r row) { found = found || r.uid == uid })
	})
	if refused(err) {
		return found, nil
	}
	return found, err
}

// cutHeader cuts a message after its header.
func cutHeader(raw []byte) []byte {
	raw = raw[:min(len(raw), maxHeader)]
	if i := bytes.Index(raw, []byte("\r\n\r\n")); i >= 0 {
		return raw[:i+4]
	}
	return raw
}
