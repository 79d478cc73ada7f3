package mailhost

import (
	"bufio"
	"bytes"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-message/textproto"
)

// row is what FETCH shows of one mail, taken under the lock and written without it.
type row struct {
	seq   uint32
	uid   imap.UID
	flags []imap.Flag
	raw   []byte
	date  time.Time
}

// Fetch implements imapserver.Session.
func (s *imapSession) Fetch(w *imapserver.FetchWriter, set imap.NumSet, options *imap.FetchOptions) error {
	seen := slices.ContainsFunc(options.BodySection, func(b *imap.FetchItemBodySection) bool { return !b.Peek })
	for _, r := range s.rows(set, seen && !s.readOnly) {
		if err := r.write(w.CreateMessage(r.seq), options); err != nil {
			return err
		}
	}
	return nil
}

func (s *imapSession) rows(set imap.NumSet, markSeen bool) []row {
	s.account.mu.Lock()
	defer s.account.mu.Unlock()
	var rows []row
	for _, i := range s.box.pick(s.view, set) {
		m := s.box.mails[i]
		if markSeen && !m.flags[imap.FlagSeen] {
			m.flags[imap.FlagSeen] = true
			s.flagsChanged(i, nil)
		}
		rows = append(rows, row{s.view.EncodeSeqNum(uint32(i + 1)), m.uid, m.flagList(), m.raw, m.date})
	}
	return rows
}

// Store implements imapserver.Session.
func (s *imapSession) Store(w *imapserver.FetchWriter, set imap.NumSet, change *imap.StoreFlags,
	_ *imap.StoreOptions) error {
	if s.readOnly {
		return refusal(imap.ResponseCodeNoPerm, "The mailbox is open read-only")
	}
	s.store(set, change)
	if change.Silent {
		return nil
	}
	return s.Fetch(w, set, &imap.FetchOptions{Flags: true})
}

func (s *imapSession) store(set imap.NumSet, change *imap.StoreFlags) {
	s.account.mu.Lock()
	defer s.account.mu.Unlock()
	for _, i := range s.box.pick(s.view, set) {
		m := s.box.mails[i]
		if change.Op == imap.StoreFlagsSet {
			clear(m.flags)
		}
		for _, f := range change.Flags {
			if change.Op == imap.StoreFlagsDel {
				delete(m.flags, canonicalFlag(f))
			} else {
				m.flags[canonicalFlag(f)] = true
			}
		}
		s.flagsChanged(i, s.view)
	}
}

// flagsChanged tells all sessions but one.
func (s *imapSession) flagsChanged(i int, but *imapserver.SessionTracker) {
	m := s.box.mails[i]
	s.box.tracker.QueueMessageFlags(uint32(i+1), m.uid, m.flagList(), but)
	s.account.announce()
}

func (r row) write(w *imapserver.FetchResponseWriter, options *imap.FetchOptions) error {
	w.WriteUID(r.uid)
	if options.Flags {
		w.WriteFlags(r.flags)
	}
	if options.InternalDate {
		w.WriteInternalDate(r.date)
	}
	if options.RFC822Size {
		w.WriteRFC822Size(int64(len(r.raw)))
	}
	if options.Envelope {
		// A malformed header gives an empty envelope.
		header, _ := textproto.ReadHeader(bufio.NewReader(bytes.NewReader(r.raw)))
		w.WriteEnvelope(imapserver.ExtractEnvelope(header))
	}
	if options.BodyStructure != nil {
		w.WriteBodyStructure(imapserver.ExtractBodyStructure(bytes.NewReader(r.raw)))
	}
	for _, item := range options.BodySection {
		text := section(r.raw, item)
		body := w.WriteBodySection(item, int64(len(text)))
		if _, err := body.Write(text); err != nil {
			return err
		}
		if err := body.Close(); err != nil {
			return err
		}
	}
	return w.Close()
}

// section cuts a part out of a mail. Whole mail, header and text are cut from the bytes as they are, so
// that no malformed header hides them; only the parts of a multipart are left to the library.
func section(raw []byte, item *imap.FetchItemBodySection) []byte {
	if len(item.Part) > 0 {
		return imapserver.ExtractBodySection(bytes.NewReader(raw), item)
	}
	header, text := split(raw)
	switch {
	case item.Specifier == imap.PartSpecifierText:
		raw = text
	case item.Specifier == imap.PartSpecifierHeader && len(item.HeaderFields) > 0:
		raw = filter(header, item.HeaderFields, true)
	case item.Specifier == imap.PartSpecifierHeader && len(item.HeaderFieldsNot) > 0:
		raw = filter(header, item.HeaderFieldsNot, false)
	case item.Specifier == imap.PartSpecifierHeader:
		raw = header
	}
	if p := item.Partial; p != nil {
		from := min(max(p.Offset, 0), int64(len(raw)))
		raw = raw[from:]
		raw = raw[:min(max(p.Size, 0), int64(len(raw)))]
	}
	return raw
}

// split separates the header, with the empty line that ends it, from the text.
func split(raw []byte) (header, text []byte) {
	if i := bytes.Index(raw, []byte("\r\n\r\n")); i >= 0 {
		return raw[:i+4], raw[i+4:]
	}
	return raw, nil
}

// filter keeps, or drops, the fields with these names.
func filter(header []byte, names []string, keep bool) []byte {
	var out []byte
	for _, field := range fields(header) {
		named := slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, field.name) })
		if named == keep {
			out = append(out, field.raw...)
		}
	}
	return append(out, "\r\n"...)
}

// field is one header field as it stands, with its continuation lines.
type field struct {
	name string
	raw  []byte
}

func fields(header []byte) []field {
	var found []field
	start, end := 0, 0 // of the last field found
	for line := range bytes.Lines(header) {
		begin := end
		end += len(line)
		switch folded := line[0] == ' ' || line[0] == '\t'; {
		case len(bytes.TrimSpace(line)) == 0 && !folded:
		case folded && len(found) > 0:
			found[len(found)-1].raw = header[start:end]
		default:
			start = begin
			name, _, _ := bytes.Cut(line, []byte{':'})
			found = append(found, field{strings.TrimSpace(string(name)), header[start:end]})
		}
	}
	return found
}
