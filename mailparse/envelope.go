package mailparse

import (
	"net/mail"
	"slices"
	"strings"
	"time"

	"batan.go.id/layanan/mailparse/authres"
	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/fold"
)

// readHeader fills in what the header says.
func readHeader(m *Message, h entity.Header) {
	senders := h.All("from")
	for _, v := range senders {
		found := entity.Addresses(v)
		for _, a := range found {
			if m.From == "" {
				m.From, m.FromName = a.Addr, a.Name
			}
			m.AllFrom = append(m.AllFrom, a.Addr)
		}
		m.AllFrom = append(m.AllFrom, authres.Strays(v, found)...)
		if len(found) == 0 && len(senders) > 1 { // another program may read a sender there
			m.AllFrom = append(m.AllFrom, fold.Squeeze(v))
		}
	}
	for _, name := range []string{"to", "cc"} {
		for _, v := range h.All(name) {
			m.To = append(m.To, entity.BareAddresses(v)...)
		}
	}
	m.Sender = entity.FirstAddress(h.Get("sender"))
	subject, repair := entity.ReadWords(h.Get("subject"))
	m.Subject = fold.Squeeze(subject)
	m.warnHeader("Subject", repair)
	_, repair = entity.ReadWords(h.Get("from"))
	m.warnHeader("From", repair)
	if ids := entity.MessageIDs(h.All("message-id")); len(ids) > 0 {
		m.MessageID = ids[0]
	} else {
		m.MessageID = strings.Trim(strings.Join(strings.Fields(h.Get("message-id")), ""), "<>")
	}
	m.InReplyTo, m.References = entity.MessageIDs(h.All("in-reply-to")), entity.MessageIDs(h.All("references"))
	m.AutoSubmitted = entity.FirstWord(h.Get("auto-submitted"))
	if d := h.Get("date"); d != "" {
		if m.Date = parseDate(d); m.Date == nil {
			m.Warnings = append(m.Warnings, "The Date header cannot be read.")
		}
	}
	if m.From == "" {
		m.Warnings = append(m.Warnings, "The From header is missing or cannot be read.")
	}
	if slices.ContainsFunc(m.AllFrom, func(a string) bool { return a != m.From }) {
		m.Ambiguous = true // whom did the server judge?
	}
	if name := h.Doubled(); name != "" {
		m.Ambiguous = true
		m.Warnings = append(m.Warnings, "The "+name+" header stands twice.")
	}
	m.Own = h.Has("x-layanan-notice")
}

// warnHeader keeps a sentence about a header's text.
func (m *Message) warnHeader(name, repair string) {
	if repair != "" {
		m.Warnings = append(m.Warnings, strings.NewReplacer("The text", "The "+name+" header", "the text", "the "+name+
			" header").Replace(repair))
	}
}

// dateLayouts are what mailers write in Date besides RFC 5322.
var dateLayouts = []string{
	"Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05", "2 Jan 2006 15:04:05", "Mon Jan 2 15:04:05 2006",
	"Mon Jan 2 15:04:05 MST 2006",
	"Mon, 02-Jan-06 15:04:05 MST", "2006-01-02 15:04:05 -0700", "2006-01-02T15:04:05Z07:00", "2006-01-02 15:04:05",
	"Mon, 2 January 2006 15:04:05 -0700", "2 Jan 06 15:04:05 -0700",
}

// parseDate reads a Date header; nil when it is no date that JSON can hold.
func parseDate(s string) *time.Time {
	t, err := time.Parse(dateLayouts[0], strings.TrimSpace(s))
	if err != nil {
		t, err = mail.ParseDate(s)
	}
	for i := 1; err != nil && i < len(dateLayouts); i++ {
		t, err = time.Parse(dateLayouts[i], strings.TrimSpace(s))
	}
	if err != nil || t.Year() < 1 || t.Year() > 9998 {
		return nil
	}
	if _, off := t.Zone(); off <= -24*3600 || off >= 24*3600 {
		t = t.UTC()
	}
	return &t
}
