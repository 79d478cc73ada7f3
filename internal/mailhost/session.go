package mailhost

import (
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
)

// imapSession is one IMAP connection. The library calls it from one goroutine, but for Idle, which
// may still be returning while Close runs.
type imapSession struct {
	host     *Host
	account  *account // nil before Login
	box      *mailbox // nil when none is selected
	view     *imapserver.SessionTracker
	readOnly bool
}

var _ imapserver.SessionMove = (*imapSession)(nil)

// Login implements imapserver.Session.
func (s *imapSession) Login(username, password string) error {
	if !s.host.login(username, password) {
		return imapserver.ErrAuthFailed
	}
	s.account = s.host.accounts[strings.ToLower(username)]
	return nil
}

// Close implements imapserver.Session.
func (s *imapSession) Close() error {
	if s.view != nil {
		s.view.Close()
	}
	return nil
}

// Select implements imapserver.Session.
func (s *imapSession) Select(name string, options *imap.SelectOptions) (*imap.SelectData, error) {
	s.account.mu.Lock()
	defer s.account.mu.Unlock()
	m, err := s.account.find(name, imap.ResponseCodeNonExistent)
	if err != nil {
		return nil, err
	}
	s.box, s.view, s.readOnly = m, m.tracker.NewSession(), options.ReadOnly
	flags := make(map[imap.Flag]bool)
	for _, f := range systemFlags {
		flags[f] = true
	}
	data := &imap.SelectData{NumMessages: uint32(len(m.mails)), UIDNext: m.next, UIDValidity: m.validity}
	for i, mail := range m.mails {
		maps.Copy(flags, mail.flags)
		if !mail.flags[imap.FlagSeen] && data.FirstUnseenSeqNum == 0 {
			data.FirstUnseenSeqNum = uint32(i + 1)
		}
	}
	data.Flags = slices.Sorted(maps.Keys(flags))
	if !s.readOnly {
		data.PermanentFlags = append(slices.Clone(data.Flags), imap.FlagWildcard)
	}
	return data, nil
}

// Unselect implements imapserver.Session.
func (s *imapSession) Unselect() error {
	s.view.Close()
	s.box, s.view = nil, nil
	return nil
}

// Create implements imapserver.Session.
func (s *imapSession) Create(name string, _ *imap.CreateOptions) error {
	s.account.mu.Lock()
	defer s.account.mu.Unlock()
	name = canonicalName(name)
	if name == "" {
		return refusal(imap.ResponseCodeCannot, "A mailbox needs a name")
	}
	if s.account.boxes[name] != nil {
		return refusal(imap.ResponseCodeAlreadyExists, "Mailbox already exists")
	}
	s.account.add(name)
	return nil
}

// Delete implements imapserver.Session.
func (s *imapSession) Delete(name string) error {
	s.account.mu.Lock()
	defer s.account.mu.Unlock()
	m, err := s.account.find(name, imap.ResponseCodeNonExistent)
	if err != nil {
		return err
	}
	if m.name == "INBOX" {
		return refusal(imap.ResponseCodeCannot, "INBOX stays")
	}
	delete(s.account.boxes, m.name)
	return nil
}

// Rename implements imapserver.Session. INBOX cannot be renamed here.
func (s *imapSession) Rename(oldName, newName string, _ *imap.RenameOptions) error {
	s.account.mu.Lock()
	defer s.account.mu.Unlock()
	m, err := s.account.find(oldName, imap.ResponseCodeNonExistent)
	if err != nil {
		return err
	}
	newName = canonicalName(newName)
	if m.name == "INBOX" || newName == "" {
		return refusal(imap.ResponseCodeCannot, "INBOX stays")
	}
	if s.account.boxes[newName] != nil {
		return refusal(imap.ResponseCodeAlreadyExists, "Mailbox already exists")
	}
	delete(s.account.boxes, m.name)
	m.name = newName
	s.account.boxes[newName] = m
	return nil
}

// Subscribe implements imapserver.Session.
func (s *imapSession) Subscribe(name string) error { return s.setSubscribed(name, true) }

// Unsubscribe implements imapserver.Session.
func (s *imapSession) Unsubscribe(name string) error { return s.setSubscribed(name, false) }

func (s *imapSession) setSubscribed(name string, subscribed bool) error {
	s.account.mu.Lock()
	defer s.account.mu.Unlock()
	m, err := s.account.find(name, imap.ResponseCodeNonExistent)
	if err != nil {
		return err
	}
	m.subscribed = subscribed
	return nil
}

// List implements imapserver.Session.
func (s *imapSession) List(w *imapserver.ListWriter, ref string, patterns []string, options *imap.ListOptions) error {
	if len(patterns) == 0 { // RFC 3501 section 6.3.8: a question for the delimiter
		return w.WriteList(&imap.ListData{Attrs: []imap.MailboxAttr{imap.MailboxAttrNoSelect}, Delim: delimiter})
	}
	for _, data := range s.matching(ref, patterns, options.SelectSubscribed) {
		if err := w.WriteList(&data); err != nil {
			return err
		}
	}
	return nil
}

func (s *imapSession) matching(ref string, patterns []string, subscribed bool) []imap.ListData {
	s.account.mu.Lock()
	defer s.account.mu.Unlock()
	var found []imap.ListData
	for _, name := range slices.Sorted(maps.Keys(s.account.boxes)) {
		matches := func(pattern string) bool { return imapserver.MatchList(name, delimiter, ref, pattern) }
		m := s.account.boxes[name]
		if !slices.ContainsFunc(patterns, matches) || subscribed && !m.subscribed {
			continue
		}
		data := imap.ListData{Mailbox: name, Delim: delimiter}
		if m.subscribed {
			data.Attrs = append(data.Attrs, imap.MailboxAttrSubscribed)
		}
		found = append(found, data)
	}
	return found
}

// Status implements imapserver.Session.
func (s *imapSession) Status(name string, _ *imap.StatusOptions) (*imap.StatusData, error) {
	s.account.mu.Lock()
	defer s.account.mu.Unlock()
	m, err := s.account.find(name, imap.ResponseCodeNonExistent)
	if err != nil {
		return nil, err
	}
	var unseen, deleted, recent uint32
	var size int64
	for _, mail := range m.mails {
		if !mail.flags[imap.FlagSeen] {
			unseen++
		}
		if mail.flags[imap.FlagDeleted] {
			deleted++
		}
		size += int64(len(mail.raw))
	}
	count := uint32(len(m.mails))
	return &imap.StatusData{
		Mailbox: m.name, NumMessages: &count, NumRecent: &recent, UIDNext: m.next, UIDValidity: m.validity,
		NumUnseen: &unseen, NumDeleted: &deleted, Size: &size,
	}, nil
}

// Append implements imapserver.Session.
func (s *imapSession) Append(name string, r imap.LiteralReader, options *imap.AppendOptions) (*imap.AppendData,
	error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	date := options.Time
	if date.IsZero() {
		date = time.Now()
	}
	s.account.mu.Lock()
	defer s.account.mu.Unlock()
	m, err := s.account.find(name, imap.ResponseCodeTryCreate)
	if err != nil {
		return nil, err
	}
	added := m.append(raw, date, options.Flags)
	s.account.announce()
	return &imap.AppendData{UIDValidity: m.validity, UID: added.uid}, nil
}

// Poll implements imapserver.Session.
func (s *imapSession) Poll(w *imapserver.UpdateWriter, allowExpunge bool) error {
	if s.view == nil {
		return nil
	}
	return s.view.Poll(w, allowExpunge)
}

// Idle implements imapserver.Session. It looks for news before it waits, so that nothing that came
// since the last command stays unsaid.
func (s *imapSession) Idle(w *imapserver.UpdateWriter, stop <-chan struct{}) error {
	view := s.view
	for {
		s.account.mu.Lock()
		changed := s.account.changed
		s.account.mu.Unlock()
		if view != nil {
			if err := view.Poll(w, true); err != nil {
				return err
			}
		}
		select {
		case <-changed:
		case <-stop:
			return nil
		}
	}
}

// Namespace implements imapserver.SessionNamespace.
func (s *imapSession) Namespace() (*imap.NamespaceData, error) {
	return &imap.NamespaceData{Personal: []imap.NamespaceDescriptor{{Delim: delimiter}}}, nil
}

// Expunge implements imapserver.Session. The library's Poll after the command tells the client.
func (s *imapSession) Expunge(_ *imapserver.ExpungeWriter, uids *imap.UIDSet) error {
	s.account.mu.Lock()
	defer s.account.mu.Unlock()
	if s.readOnly {
		return nil // CLOSE after EXAMINE removes nothing (RFC 3501 section 6.4.2)
	}
	var gone []int
	for i, mail := range s.box.mails {
		if mail.flags[imap.FlagDeleted] && (uids == nil || uids.Contains(mail.uid)) {
			gone = append(gone, i)
		}
	}
	s.box.remove(gone)
	s.account.announce()
	return nil
}

// Copy implements imapserver.Session.
func (s *imapSession) Copy(set imap.NumSet, dest string) (*imap.CopyData, error) {
	s.account.mu.Lock()
	defer s.account.mu.Unlock()
	_, data, err := s.copyTo(set, dest)
	return data, err
}

// Move implements imapserver.SessionMove (RFC 6851). UIDs that are gone are no error.
func (s *imapSession) Move(w *imapserver.MoveWriter, set imap.NumSet, dest string) error {
	data, err := s.move(set, dest)
	if err != nil || data == nil {
		return err
	}
	return w.WriteCopyData(data)
}

func (s *imapSession) move(set imap.NumSet, dest string) (*imap.CopyData, error) {
	s.account.mu.Lock()
	defer s.account.mu.Unlock()
	if s.readOnly {
		return nil, refusal(imap.ResponseCodeNoPerm, "The mailbox is open read-only")
	}
	picked, data, err := s.copyTo(set, dest)
	if err == nil {
		s.box.remove(picked)
	}
	return data, err
}

// copyTo appends the mails of set to another mailbox. The data is nil when there were none.
func (s *imapSession) copyTo(set imap.NumSet, dest string) (picked []int, data *imap.CopyData, err error) {
	to, err := s.account.find(dest, imap.ResponseCodeTryCreate)
	if err != nil {
		return nil, nil, err
	}
	if to == s.box {
		return nil, nil, refusal(imap.ResponseCodeCannot, "Source and destination are the same mailbox")
	}
	picked = s.box.pick(s.view, set)
	if len(picked) == 0 {
		return nil, nil, nil
	}
	data = &imap.CopyData{UIDValidity: to.validity}
	for _, i := range picked {
		from := s.box.mails[i]
		data.SourceUIDs.AddNum(from.uid)
		data.DestUIDs.AddNum(to.append(from.raw, from.date, from.flagList()).uid)
	}
	s.account.announce()
	return picked, data, nil
}
