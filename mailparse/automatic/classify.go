package automatic

import (
	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/text"
)

// Mail is what a mail's header and text say, as far as it tells programs from persons.
type Mail struct {
	Root      *entity.Part
	Body      *text.Body
	From      string // bare address
	Subject   string // decoded
	Text      string // as shown
	MessageID string
	To        []string // bare addresses of To and Cc

	InReplyTo, References []string // Message-IDs
}

// AutomaticKind is what wrote a mail that no person wrote.
type Kind string

// The kinds.
const (
	ByPerson  Kind = ""
	AutoReply Kind = "auto-reply" // a vacation note, a calendar answer, a program's notice (RFC 3834)
	Report    Kind = "bounce"     // a delivery report (RFC 3464 and its non-standard kin)
	Bulk      Kind = "bulk"       // a mailing list, a newsletter
)

// automaticBounce is a delivery report's first failed recipient.
type Bounce struct {
	Recipient string `json:"recipient"`
	Status    string `json:"status"` // RFC 3463 code, "" when none can be told
	Action    string `json:"action"` // failed, delayed, delivered, relayed, expanded (RFC 3464)
}

// Verdict is what wrote a mail, and what its report says.
type Verdict struct {
	Kind   Kind
	Why    string // the header field that makes it an auto-reply or bulk; "" when no single one does
	Away   bool   // a program answered for somebody who is away
	Bounce *Bounce

	ReturnedID, ReturnedSubject string // Message-ID and subject of the mail that a report is about
}

// Classify finds out by header, parts and words whether a person wrote a mail. service is our own address; own says
// that the mail is ours.
func Classify(m *Mail, service string, own bool) Verdict {
	h := m.Root.Header
	if r, rep := readBounce(m); r != nil {
		return Verdict{Kind: Report, Bounce: r, ReturnedID: rep.returnedID(m),
			ReturnedSubject: entity.DecodeWords(rep.returned.Get("subject"))}
	}
	auto := func(h entity.Header, subject string) bool { return isAutoReply(h, m.Body, subject) }
	bulk := func(h entity.Header, _ string) bool { return isBulk(h, service) }
	switch {
	case m.Root.Type == "multipart/report" && m.Body.Receipt: // RFC 8098
		return Verdict{Kind: AutoReply}
	case auto(h, m.Subject):
		return Verdict{Kind: AutoReply, Why: decisive(h, auto), Away: isVacation(h, m.Body, m.Subject)}
	case own, gesture(m):
		return Verdict{Kind: AutoReply}
	case m.Root.Type == "multipart/report": // of whatever kind (RFC 6522): statistics, a complaint
		return Verdict{Kind: Bulk}
	case bulk(h, ""):
		return Verdict{Kind: Bulk, Why: decisive(h, bulk)}
	}
	return Verdict{}
}
