package mailbox

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// open selects the mailbox to watch. Bodies are only ever peeked at, so nobody's
// unread mark is lost.
func (c *client) open(name string) (*imap.SelectData, error) {
	var data *imap.SelectData
	err := c.do("select "+name, func() (err error) {
		data, err = c.imap.Select(name, nil).Wait()
		return err
	})
	if err == nil && data.UIDValidity == 0 {
		err = &imap.Error{Type: imap.StatusResponseTypeOK,
			Text: "no UIDVALIDITY: its messages cannot be told apart for good"}
	}
	if refused(err) {
		return nil, c.badMailbox(name, "cannot be opened", err)
	}
	return data, err
}

func (c *client) badMailbox(name, what string, err error) error {
	if answer := (*imap.Error)(nil); errors.As(err, &answer) {
		err = answer // without the address, which is said already
	}
	return &fault{ErrMailbox, fmt.Sprintf("imap %s: user %q: mailbox %q %s", c.cfg.Address, c.cfg.Username, name, what),
		err}
}

// ensure makes sure that a mailbox to file in exists and returns the server's name
// for it.
func (c *client) ensure(name string) (string, error) {
	name, exists, err := c.resolve(name)
	if err != nil || exists {
		return name, err
	}
	err = c.do("create "+name, func() error { return c.imap.Create(name, nil).Wait() })
	if refused(err) {
		// Another one of us may have been faster.
		if _, exists, again := c.find(name); again == nil && exists {
			return name, nil
		}
		return name, c.badMailbox(name, "is missing and cannot be created", err)
	}
	if err == nil {
		// Mail programs show only what is subscribed to; where that fails, no harm.
		err = c.do("subscribe "+name, func() error { return c.imap.Subscribe(name).Wait() })
	}
	if refused(err) {
		err = nil
	}
	return name, err
}

// resolve finds the server's name for a configured one: in the configuration "/"
// separates levels, and the prefix of the user's own mailboxes ("INBOX.") may be
// left out (RFC 2342).
func (c *client) resolve(name string) (resolved string, exists bool, err error) {
	delim, exists, err := c.find(name)
	if err != nil || exists {
		return name, exists, err
	}
	prefix := ""
	if c.caps.Has(imap.CapNamespace) {
		err = c.do("namespace", func() error {
			spaces, err := c.imap.Namespace().Wait()
			if err == nil && len(spaces.Personal) > 0 {
				prefix = spaces.Personal[0].Prefix
				if spaces.Personal[0].Delim != 0 {
					delim = spaces.Personal[0].Delim
				}
			}
			return err
		})
		if err != nil && !refused(err) {
			return name, false, err
		}
	}
	full := name
	if delim != 0 && delim != '/' {
		full = strings.ReplaceAll(full, "/", string(delim))
	}
	if !strings.HasPrefix(full, prefix) {
		full = prefix + full
	}
	if full == name {
		return name, false, nil
	}
	_, exists, err = c.find(full)
	return full, exists, err
}

// find says whether a mailbox exists and can hold messages, and the separator of
// the hierarchy.
func (c *client) find(name string) (delim rune, exists bool, err error) {
	err = c.do("list "+name, func() error {
		root, err := c.imap.List("", "", nil).Collect()
		if err != nil {
			return err
		}
		for _, m := range root {
			delim = m.Delim
		}
		found, err := c.imap.List("", name, nil).Collect()
		if err != nil {
			return err
		}
		for _, m := range found {
			if m.Mailbox == name {
				exists = !slices.Contains(m.Attrs, imap.MailboxAttrNonExistent) &&
					!slices.Contains(m.Attrs, imap.MailboxAttrNoSelect)
			}
		}
		return nil
	})
	return delim, exists, err
}
