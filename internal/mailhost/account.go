package mailhost

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
)

const delimiter = '/'

// account is one user's mailboxes. Its mutex guards everything in them; nothing is written to a
// network while it is held.
type account struct {
	password string

	mu       sync.Mutex
	boxes    map[string]*mailbox
	validity uint32        // UIDVALIDITY of the newest mailbox; each has its own
	changed  chan struct{} // closed, and replaced, at each change: wakes IDLE
}

type mailbox struct {
	name       string
	validity   uint32
	next       imap.UID
	subscribed bool
	mails      []*mail // by ascending UID
	tracker    *imapserver.MailboxTracker
}

type mail struct {
	uid   imap.UID
	raw   []byte // never changed
	date  time.Time
	flags map[imap.Flag]bool
}

func newAccount(password string, validity uint32) *account {
	a := &account{
		password: password,
		boxes:    make(map[string]*mailbox),
		validity: validity,
		changed:  make(chan struct{}),
	}
	a.add("INBOX").subscribed = true
	return a
}

// add makes a mailbox.
func (a *account) add(name string) *mailbox {
	a.validity++
	m := &mailbox{name: name, validity: a.validity, next: 1, tracker: imapserver.NewMailboxTracker(0)}
	a.boxes[name] = m
	return m
}

// find looks a mailbox up; code goes into the error when there is none.
func (a *account) find(name string, code imap.ResponseCode) (*mailbox, error) {
	if m := a.boxes[canonicalName(name)]; m != nil {
		return m, nil
	}
	return nil, refusal(code, "No such mailbox")
}

func canonicalName(name string) string {
	name = strings.TrimRight(name, string(delimiter))
	if strings.EqualFold(name, "INBOX") {
		return "INBOX"
	}
	return name
}

func refusal(code imap.ResponseCode, text string) error {
	return &imap.Error{Type: imap.StatusResponseTypeNo, Code: code, Text: text}
}

// announce wakes everyone in IDLE.
func (a *account) announce() {
	close(a.changed)
	a.changed = make(chan struct{})
}

func (a *account) deliver(raw []byte) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.boxes["INBOX"].append(raw, time.Now(), nil)
	a.announce()
}

func (a *account) texts(name string) [][]byte {
	a.mu.Lock()
	defer a.mu.Unlock()
	m := a.boxes[canonicalName(name)]
	if m == nil {
		return nil
	}
	texts := make([][]byte, len(m.mails))
	for i, mail := range m.mails {
		texts[i] = mail.raw
	}
	return texts
}

func (m *mailbox) append(raw []byte, date time.Time, flags []imap.Flag) *mail {
	added := &mail{uid: m.next, raw: raw, date: date, flags: make(map[imap.Flag]bool)}
	for _, f := range flags {
		added.flags[canonicalFlag(f)] = true
	}
	m.next++
	m.mails = append(m.mails, added)
	m.tracker.QueueNumMessages(uint32(len(m.mails)))
	return added
}

// remove expunges the mails at these ascending positions.
func (m *mailbox) remove(positions []int) {
	for _, i := range slices.Backward(positions) {
		m.mails = slices.Delete(m.mails, i, i+1)
		m.tracker.QueueExpunge(uint32(i + 1))
	}
}

// pick returns the positions, ascending, of the mails in a set of sequence numbers, as the client of
// view knows them, or of UIDs. A mail that the client was not told of yet is not picked, as in
// Dovecot.
func (m *mailbox) pick(view *imapserver.SessionTracker, set imap.NumSet) []int {
	var found []int
	switch set := set.(type) {
	case imap.UIDSet:
		for _, r := range set {
			first, last := ends(uint32(r.Start), uint32(r.Stop), uint32(m.next-1))
			for i := m.search(imap.UID(first)); i < len(m.mails) && m.mails[i].uid <= imap.UID(last); i++ {
				if view.EncodeSeqNum(uint32(i+1)) != 0 {
					found = append(found, i)
				}
			}
		}
	case imap.SeqSet:
		for _, r := range set {
			first, last := ends(r.Start, r.Stop, uint32(len(m.mails)))
			for i := range m.mails {
				if n := view.EncodeSeqNum(uint32(i + 1)); n != 0 && first <= n && n <= last {
					found = append(found, i)
				}
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// search is the position of the first mail whose UID is not below uid.
func (m *mailbox) search(uid imap.UID) int {
	i, _ := slices.BinarySearchFunc(m.mails, uid, func(mail *mail, uid imap.UID) int {
		return int(int64(mail.uid) - int64(uid))
	})
	return i
}

// ends orders a range and resolves *, which the library gives as 0 (RFC 3501 section 9, seq-range).
func ends(start, stop, star uint32) (first, last uint32) {
	if start == 0 {
		start = star
	}
	if stop == 0 {
		stop = star
	}
	return min(start, stop), max(start, stop)
}

func (m *mail) flagList() []imap.Flag {
	return slices.Sorted(maps.Keys(m.flags))
}

// canonicalFlag makes flags comparable; they ignore case.
func canonicalFlag(f imap.Flag) imap.Flag {
	for _, known := range systemFlags {
		if strings.EqualFold(string(f), string(known)) {
			return known
		}
	}
	return imap.Flag(strings.ToLower(string(f)))
}

var systemFlags = []imap.Flag{imap.FlagSeen, imap.FlagAnswered, imap.FlagFlagged, imap.FlagDeleted, imap.FlagDraft}
