package lab

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// imapTimeout bounds a whole reading of a mailbox: go-imap waits forever on a
// server that falls silent.
const imapTimeout = time.Minute

// maildir is where a mailbox is kept: Maildir++, INBOX at the top, the rest as
// .Name beside its cur, new and tmp.
func (d *DovecotServer) maildir(user, mailbox string) string {
	dir := filepath.Join(d.dir, "mail", user, "Maildir")
	if mailbox != "INBOX" {
		dir = filepath.Join(dir, "."+strings.ReplaceAll(mailbox, "/", "."))
	}
	return dir
}

// makeMaildir makes a mailbox, and what is above it, for Dovecot to own.
func (d *DovecotServer) makeMaildir(user, mailbox string) error {
	dir := d.maildir(user, mailbox)
	for _, sub := range []string{"cur", "new", "tmp"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o700); err != nil {
			return err
		}
	}
	if err := os.Chmod(filepath.Join(d.dir, "mail"), 0o755); err != nil {
		return err
	}
	return filepath.WalkDir(filepath.Join(d.dir, "mail", user), func(path string, _ os.DirEntry, err error) error {
		return errors.Join(err, d.chown(path))
	})
}

// Kill ends the server at once, as a crash would, and clears away the lock files that it had no time to remove, as the
// start of a machine does with /run. A dovecot-uidlist.lock left in a Maildir keeps Dovecot from opening the mailbox
// for two minutes, and whether there is one depends on the instant of the crash.
func (d *DovecotServer) Kill() {
	d.process.Kill()
	_ = filepath.WalkDir(filepath.Join(d.dir, "mail"), func(path string, e os.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".lock" {
			err = os.Remove(path)
		}
		return err
	})
}

func (d *DovecotServer) chown(path string) error {
	if d.owner == nil {
		return nil
	}
	return os.Chown(path, int(d.owner.Uid), int(d.owner.Gid))
}

// Deliver puts a mail straight into the user's INBOX, without SMTP or LMTP, so that
// a backlog of thousands takes no time. The bytes are kept as they are, but IMAP
// serves every line end as CRLF and NUL, which it can't carry, as 0x80. Mails get
// their UIDs in the order of delivery.
func (d *DovecotServer) Deliver(t testing.TB, user string, raw []byte) {
	t.Helper()
	if _, known := d.users[user]; !known {
		t.Fatalf("lab: no user %s", user)
	}
	dir := d.maildir(user, "INBOX")
	f, err := os.CreateTemp(filepath.Join(dir, "tmp"), fmt.Sprintf("%d.*.lab", time.Now().UnixNano()))
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.Write(raw)
	err = errors.Join(err, f.Close(), d.chown(f.Name()))
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(dir, "new", filepath.Base(f.Name())))
	}
	if err != nil {
		t.Fatal("lab: deliver:", err)
	}
}

// Messages reads a mailbox over IMAP: every mail whole, in the order of UIDs, flags
// untouched. A mailbox that does not exist has none.
func (d *DovecotServer) Messages(t testing.TB, user, mailbox string) [][]byte {
	t.Helper()
	return d.Await(t, user, mailbox, 0)
}

// Await is Messages as soon as there are at least n. It fails the test after half a
// minute without them.
func (d *DovecotServer) Await(t testing.TB, user, mailbox string, n int) [][]byte {
	t.Helper()
	c, err := imapclient.DialInsecure(d.Addr, nil)
	if err != nil {
		t.Fatal("lab:", err)
	}
	defer c.Close()
	defer time.AfterFunc(imapTimeout, func() { c.Close() }).Stop()
	if err := c.Login(user, d.users[user]).Wait(); err != nil {
		t.Fatalf("lab: log in as %s: %v", user, err)
	}
	if err := awaitCount(c, mailbox, n); err != nil {
		t.Fatalf("lab: %s of %s: %v", mailbox, user, err)
	}
	mails, err := readAll(c, mailbox)
	if err != nil {
		t.Fatalf("lab: read %s of %s: %v", mailbox, user, err)
	}
	return mails
}

// awaitCount asks again and again; IDLE would tell half a second later.
func awaitCount(c *imapclient.Client, mailbox string, n int) error {
	deadline := time.After(imapTimeout / 2)
	for n > 0 {
		have, err := count(c, mailbox)
		if err != nil {
			return err
		}
		if have >= n {
			return nil
		}
		select {
		case <-deadline:
			return fmt.Errorf("%d mails, waited for %d", have, n)
		case <-time.After(10 * time.Millisecond):
		}
	}
	return nil
}

// count is how many mails a mailbox has, 0 when it does not exist.
func count(c *imapclient.Client, mailbox string) (int, error) {
	found, err := c.List("", mailbox, nil).Collect()
	if err != nil || len(found) == 0 {
		return 0, err
	}
	status, err := c.Status(mailbox, &imap.StatusOptions{NumMessages: true}).Wait()
	if err != nil || status.NumMessages == nil {
		return 0, err
	}
	return int(*status.NumMessages), nil
}

func readAll(c *imapclient.Client, mailbox string) ([][]byte, error) {
	if n, err := count(c, mailbox); err != nil || n == 0 {
		return nil, err
	}
	if _, err := c.Select(mailbox, &imap.SelectOptions{ReadOnly: true}).Wait(); err != nil {
		return nil, err
	}
	section := &imap.FetchItemBodySection{Peek: true}
	all := imap.UIDSet{{Start: 1, Stop: 0}} // 1:*
	got, err := c.Fetch(all, &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{section}}).Collect()
	if err != nil {
		return nil, err
	}
	mails := make([][]byte, 0, len(got))
	for _, m := range got {
		mails = append(mails, m.FindBodySection(section))
	}
	return mails, nil
}
