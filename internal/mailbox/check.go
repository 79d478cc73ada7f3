package mailbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// Check tries what Watch needs: it connects, logs in, opens the mailbox, creates
// the two others if they are missing, and looks whether messages may be moved. No
// message is touched. The error says in one sentence what is at fault, and is one
// of ErrUnreachable, ErrTLS, ErrLogin, ErrMailbox and ErrReadOnly unless cfg
// itself is.
func Check(ctx context.Context, cfg Config) error {
	cfg, err := cfg.complete()
	if err != nil {
		return err
	}
	c, err := connect(ctx, cfg)
	if err != nil {
		return err
	}
	defer context.AfterFunc(ctx, c.close)()
	defer c.close()
	for _, check := range []func() error{c.checkInbox, c.checkFolders} {
		if err := check(); err != nil {
			return err
		}
	}
	c.logout()
	return nil
}

func (c *client) checkInbox() error {
	name, exists, err := c.resolve(c.cfg.Inbox)
	if err != nil && !refused(err) {
		return err
	}
	if err == nil && !exists {
		return c.badMailbox(c.cfg.Inbox, "does not exist", nil)
	}
	data, err := c.open(name)
	if err != nil {
		return err
	}
	// Deleting was one right (RFC 2086) before it became two (RFC 4314).
	if err := c.checkRights(name, "r", "td", "ed"); err != nil {
		return err
	}
	// The library does not tell the READ-ONLY that SELECT answers with, but then no
	// flag can be changed for good. A server must say which ones can.
	flags := data.PermanentFlags
	if !slices.Contains(flags, imap.FlagDeleted) && !slices.Contains(flags, imap.FlagWildcard) {
		return c.readOnly(name, "messages cannot be moved out of it")
	}
	return nil
}

func (c *client) checkFolders() error {
	for _, name := range []string{c.cfg.Processed, c.cfg.Failed} {
		name, err := c.ensure(name)
		if refused(err) && !errors.Is(err, ErrMailbox) {
			return c.badMailbox(name, "cannot be looked up", err)
		}
		if err != nil {
			return err
		}
		if err := c.checkRights(name, "i"); err != nil {
			return err
		}
	}
	return nil
}

// checkRights asks for the user's rights, where the server tells them (RFC 4314),
// and wants one letter of each group.
func (c *client) checkRights(name string, groups ...string) error {
	if !c.caps.Has(imap.CapACL) {
		return nil
	}
	var rights string
	err := c.do("myrights "+name, func() error {
		data, err := c.imap.MyRights(name).Wait()
		if err == nil {
			rights = data.Rights.String()
		}
		return err
	})
	if refused(err) {
		return nil // then what follows has to show it
	}
	if err != nil {
		return err
	}
	for _, group := range groups {
		if !strings.ContainsAny(rights, group) {
			return c.readOnly(name, fmt.Sprintf("the rights are %q, without %q", rights, group[:1]))
		}
	}
	return nil
}

func (c *client) readOnly(name, why string) error {
	return &fault{ErrReadOnly, fmt.Sprintf("imap %s: user %q: mailbox %q is read-only: %s", c.cfg.Address, c.cfg.Username,
		name, why), nil}
}
