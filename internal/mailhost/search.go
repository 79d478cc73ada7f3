package mailhost

import (
	"bytes"
	netmail "net/mail"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
)

// Search implements imapserver.Session. Words are looked for in the mail as it stands, undecoded.
func (s *imapSession) Search(kind imapserver.NumKind, criteria *imap.SearchCriteria,
	_ *imap.SearchOptions) (*imap.SearchData, error) {
	s.account.mu.Lock()
	defer s.account.mu.Unlock()
	var seqs imap.SeqSet
	var uids imap.UIDSet
	data := new(imap.SearchData)
	for i, m := range s.box.mails {
		seq := s.view.EncodeSeqNum(uint32(i + 1))
		if seq == 0 || !s.matches(i, criteria) {
			continue
		}
		num := seq
		if kind == imapserver.NumKindUID {
			num = uint32(m.uid)
		}
		seqs.AddNum(seq)
		uids.AddNum(m.uid)
		data.Count++
		data.Max = num
		if data.Count == 1 {
			data.Min = num
		}
	}
	data.All = seqs
	if kind == imapserver.NumKindUID {
		data.All = uids
	}
	return data, nil
}

func (s *imapSession) matches(i int, c *imap.SearchCriteria) bool {
	m := s.box.mails[i]
	for _, set := range c.SeqNum {
		within := func(r imap.SeqRange) bool {
			first, last := ends(r.Start, r.Stop, uint32(len(s.box.mails)))
			n := s.view.EncodeSeqNum(uint32(i + 1))
			return first <= n && n <= last
		}
		if !slices.ContainsFunc(set, within) {
			return false
		}
	}
	for _, set := range c.UID {
		within := func(r imap.UIDRange) bool {
			first, last := ends(uint32(r.Start), uint32(r.Stop), uint32(s.box.next-1))
			return first <= uint32(m.uid) && uint32(m.uid) <= last
		}
		if !slices.ContainsFunc(set, within) {
			return false
		}
	}
	for _, not := range c.Not {
		if s.matches(i, &not) {
			return false
		}
	}
	for _, or := range c.Or {
		if !s.matches(i, &or[0]) && !s.matches(i, &or[1]) {
			return false
		}
	}
	return m.hasFlags(c) && m.within(c) && m.says(c)
}

func (m *mail) hasFlags(c *imap.SearchCriteria) bool {
	set := func(f imap.Flag) bool { return m.flags[canonicalFlag(f)] }
	return !slices.ContainsFunc(c.NotFlag, set) &&
		!slices.ContainsFunc(c.Flag, func(f imap.Flag) bool { return !set(f) })
}

// within checks size and dates.
func (m *mail) within(c *imap.SearchCriteria) bool {
	size := int64(len(m.raw))
	if c.Larger > 0 && size <= c.Larger || c.Smaller > 0 && size >= c.Smaller {
		return false
	}
	if !between(m.date, c.Since, c.Before) {
		return false
	}
	if c.SentSince.IsZero() && c.SentBefore.IsZero() {
		return true
	}
	sent, err := netmail.ParseDate(strings.TrimSpace(m.value("Date")))
	return err == nil && between(sent, c.SentSince, c.SentBefore)
}

// between compares days, ignoring time and zone (RFC 3501 section 6.4.4).
func between(t, since, before time.Time) bool {
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	return (since.IsZero() || !day.Before(since)) && (before.IsZero() || day.Before(before))
}

func (m *mail) says(c *imap.SearchCriteria) bool {
	header, text := split(m.raw)
	has := func(b []byte, word string) bool {
		return bytes.Contains(bytes.ToLower(b), []byte(strings.ToLower(word)))
	}
	for _, word := range c.Text {
		if !has(m.raw, word) {
			return false
		}
	}
	for _, word := range c.Body {
		if !has(text, word) {
			return false
		}
	}
	for _, h := range c.Header {
		matches := func(f field) bool { return strings.EqualFold(f.name, h.Key) && has(f.raw[len(f.name):], h.Value) }
		if !slices.ContainsFunc(fields(header), matches) {
			return false
		}
	}
	return true
}

// value is a header field's raw value, empty when there is none.
func (m *mail) value(name string) string {
	header, _ := split(m.raw)
	for _, f := range fields(header) {
		if strings.EqualFold(f.name, name) {
			_, value, _ := strings.Cut(string(f.raw), ":")
			return value
		}
	}
	return ""
}
