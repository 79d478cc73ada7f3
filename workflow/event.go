package workflow

import "time"

// EventKind is what can happen to a request.
type EventKind string

// The kinds of event.
const (
	Filed     EventKind = "filed"     // a form came that belongs to no request yet
	Mailed    EventKind = "mailed"    // a mail came that belongs to this request
	Alarmed   EventKind = "alarmed"   // the request's alarm has come
	Bounced   EventKind = "bounced"   // a notice of this request did not arrive
	Absent    EventKind = "absent"    // a program answered that somebody is away
	Refreshed EventKind = "refreshed" // calendar, roles or SOP were loaded anew
	Handed    EventKind = "handed"    // a delegation began that may concern this request
)

// TokenState says what the reply token of a mail is worth.
type TokenState string

// The states of a token.
const (
	NoToken   TokenState = ""
	LiveToken TokenState = "live" // of the present visit and of the sender's address
	PastToken TokenState = "past" // of the sender's address, but of an earlier visit
)

// Event is one thing that happened, with what the mail said where there was one.
type Event struct {
	Kind      EventKind
	By        Person
	MessageID string
	Mail      string // hex SHA-256 of the mail, whole

	Staff    bool       // filed by a role holder for somebody else
	Token    TokenState // of the mail
	Carrier  string     // by which way the token came, for the record: Message-ID, plus address; "" unknown
	Confirms int        // number of the reading whose token the mail carries; 0: of none
	Proof    string     // what authenticated it besides a token, for the record: dmarc=pass …, staff; "" nothing
	Failed   string     // what our own server found against its sender; "" nothing
	Numbered bool       // its subject names the request
	Date     time.Time  // of the mail; zero when it has none
	Arrived  time.Time

	// Signature is the certificate with which the sender signed the mail and,
	// in it, the token of the task as it stands; "" when there is none.
	Signature string

	Word     string // the command understood; "" none
	Note     string // what was written after it
	Doubt    Doubt  // why no command was understood although one seemed meant
	Read     string // the command that would have been, had there been no doubt
	Hold     bool   // nothing speaks against the command, but Because is not understood
	Because  []Because
	Text     string // all that was newly written
	Thanks   bool   // and that is nothing but thanks
	Form     Form   // fields that the mail filled in
	Problems []Problem
	Unread   string // names of attachments that could not be read

	Delegate *Delegation // what DELEGASI named: To, From, Until, Decree; the one that began
	Bounce   *Bounce
}

// Decision is everything that follows from an event; it is stored whole or not
// at all.
type Decision struct {
	Request    Request
	Entries    []Entry
	Notices    []Notice
	Delegation *Delegation
	Reason     Reason // why nothing moved; "" when something did
	Talk       bool   // a mail came, and the request goes on where it stood: no office acted
}

// Procedure is the SOP in force in an office: its people and its hours.
type Procedure struct {
	SOP         *SOP
	Calendar    *Calendar
	People      map[string][]Person // by role, as the configuration names them
	Also        map[string]string   // further addresses of people, with the one that names each
	Operators   []Person
	Require     string        // the least that every answer needs: RequireToken, …
	Delegations []Delegation  // those that have not ended
	Longest     time.Duration // of a DELEGASI: how long it may run, and how far ahead it may begin
}

// Service is the author of what the clock does, in the history.
const Service = "layanan"

// NewRequest is a request that was just numbered; the Filed event fills it.
func NewRequest(number string, now time.Time) Request {
	return Request{Number: number, State: Running, Created: now.UTC(), Form: Form{}}
}
