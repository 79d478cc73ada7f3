package mailbox

import (
	"context"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"
)

// maxFields bounds what is kept of each header that Recent reads.
const maxFields = 64 << 10

// Recent reads the named fields of the headers of the last n messages of the
// mailbox and of that for handled ones, newest first. It only looks: nothing is
// marked, moved or made, and a mailbox that is missing has no messages. Its
// errors are those of Check.
func Recent(ctx context.Context, cfg Config, n int, fields ...string) ([][]byte, error) {
	cfg, err := cfg.complete()
	if err != nil {
		return nil, err
	}
	c, err := connect(ctx, cfg)
	if err != nil {
		return nil, err
	}
	defer context.AfterFunc(ctx, c.close)()
	defer c.close()
	var found []row
	for _, name := range []string{cfg.Inbox, cfg.Processed} {
		name, exists, err := c.resolve(name)
		if err != nil && !refused(err) {
			return nil, err
		}
		if err == nil && !exists {
			continue
		}
		last, err := c.last(name, n, fields)
		if err != nil {
			return nil, err
		}
		found = append(found, last...)
	}
	c.logout()
	slices.SortStableFunc(found, func(a, b row) int { return b.received.Compare(a.received) })
	var headers [][]byte
	for _, r := range found[:min(n, len(found))] {
		headers = append(headers, r.body)
	}
	return headers, nil
}

// last reads fields of the last n messages of one mailbox, without selecting it
// for change (RFC 9051, 6.3.3).
func (c *client) last(name string, n int, fields []string) ([]row, error) {
	var found []row
	err := c.do("examine "+name, func() error {
		data, err := c.imap.Select(name, &imap.SelectOptions{ReadOnly: true}).Wait()
		if err != nil || data.NumMessages == 0 {
			return err
		}
		first := uint32(1)
		if data.NumMessages > uint32(n) {
			first = data.NumMessages - uint32(n) + 1
		}
		section := &imap.FetchItemBodySection{Peek: true, Specifier: imap.PartSpecifierHeader, HeaderFields: fields}
		cmd := c.imap.Fetch(imap.SeqSet{{Start: first, Stop: data.NumMessages}},
			&imap.FetchOptions{UID: true, InternalDate: true, BodySection: []*imap.FetchItemBodySection{section}})
		return rows(cmd, maxFields, func(r row) {
			if r.hasBody && r.received != (time.Time{}) {
				found = append(found, r)
			}
		})
	})
	if refused(err) {
		return nil, c.badMailbox(name, "cannot be read", err)
	}
	return found, err
}
