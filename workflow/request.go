package workflow

import (
	"slices"
	"strings"
	"time"
)

// State is where a request stands, in the words that the office uses.
type State string

// The states of a request.
const (
	Running        State = "berjalan"
	Waiting        State = "menunggu" // for its requester
	StateFinished  State = Finished
	StateRejected  State = Rejected
	StateCancelled State = Cancelled
)

// Person is somebody with a mail address.
type Person struct {
	Name  string `json:"name,omitempty"`
	Email string `json:"email"`
}

// Is reports whether the address is this person's; case does not matter.
func (p Person) Is(email string) bool { return email != "" && sameAddress(p.Email, email) }

// sameAddress compares without the case of ASCII letters. Other characters
// that fold to those (the sign for Kelvin to k) are longer in UTF-8.
func sameAddress(a, b string) bool { return len(a) == len(b) && strings.EqualFold(a, b) }

// Request is all that the procedure remembers of one request. Decide never
// changes the one it is given; times are UTC.
type Request struct {
	Number    string `json:"number"`
	State     State  `json:"state"`
	Step      string `json:"step"`
	Requester Person `json:"requester"`
	FiledBy   Person `json:"filed_by"` // who sent the form, when a staff member did so for somebody
	Origin    string `json:"origin"`   // Message-ID of the mail with the form
	Form      Form   `json:"form"`

	Problems []Problem `json:"problems,omitempty"` // while the form is incomplete
	Rounds   int       `json:"rounds,omitempty"`   // of asking for the rest of the form in vain; see Stuck
	Urgent   bool      `json:"urgent"`             // less than the lead time before the event
	Past     bool      `json:"past,omitempty"`     // the event's date had passed when it came

	Created time.Time `json:"created"`
	Closed  time.Time `json:"closed,omitzero"`
	Purged  time.Time `json:"purged,omitzero"` // when personal data was taken out

	// Visits names the step of each visit: every entry into a step and every
	// change of the form is a new visit, and makes older tokens stale. The
	// present visit is len(Visits).
	Visits    []string   `json:"visits"`
	VisitedAt time.Time  `json:"visited_at,omitzero"` // when the present visit began
	Entered   time.Time  `json:"entered"`             // when the step's SLA began
	Pauses    []Interval `json:"pauses,omitempty"`
	Due       time.Time  `json:"due,omitzero"`   // deadline of the step; zero when nobody is expected to act
	Alarm     time.Time  `json:"alarm,omitzero"` // when the clock next has something to say; zero: never
	Rungs     int        `json:"rungs"`          // how much of the ladder has been told

	Escalated bool      `json:"escalated,omitempty"` // deputies may act
	Away      []string  `json:"away,omitempty"`      // addresses that a program called absent at this visit
	AwayAt    time.Time `json:"away_at,omitzero"`    // when the deputies are told of it; zero: no need
	Question  *Question `json:"question,omitempty"`
	Last      *Answer   `json:"last,omitempty"` // what may be taken back
	Report    *Report   `json:"report,omitempty"`
	SignedOff time.Time `json:"signed_off,omitzero"` // the form's PENGGUNA signature

	Readings []Reading `json:"readings,omitempty"` // that wait to be confirmed, and those that were
	Held     []Held    `json:"held,omitempty"`     // answers that wait: one of an office, one of the requester

	Told    []string  `json:"told,omitempty"`    // addresses that had a task of it
	Refused []string  `json:"refused,omitempty"` // addresses told not-authorised, each once
	Strange time.Time `json:"strange,omitzero"`  // when the history last took an entry from a stranger
	Notices int       `json:"notices"`           // how many were made; numbers their Message-IDs
	Entries int       `json:"entries"`           // length of the history
}

// Visit numbers the present visit, from 1.
func (r *Request) Visit() int { return len(r.Visits) }

// OpenStates are those of requests that have not ended.
var OpenStates = []State{Running, Waiting}

// Open reports whether the request has not ended.
func (r *Request) Open() bool { return slices.Contains(OpenStates, r.State) }

// Overdue reports whether somebody should have acted by now.
func (r *Request) Overdue(now time.Time) bool {
	if i := slices.IndexFunc(r.Held, Held.office); i >= 0 { // what counts is when the answer came
		now = r.Held[i].At
	}
	return r.State == Running && !r.Due.IsZero() && now.After(r.Due)
}

// Question is a question to the requester that is not answered yet.
type Question struct {
	By    Person    `json:"by"`
	Text  string    `json:"text"`
	At    time.Time `json:"at"`
	Rungs int       `json:"rungs,omitempty"` // of the step's ladder told before it
}

// Answer is the last answer of an office, with what is needed to take it back.
type Answer struct {
	By    Person `json:"by"`
	Word  string `json:"word"`
	Step  string `json:"step"`  // where it was given
	Visit int    `json:"visit"` // the visit it ended
}

// Report is the lower half of FM 001, PETUGAS LAYANAN.
type Report struct {
	Officer Person    `json:"officer"`
	Form    Form      `json:"form"`
	At      time.Time `json:"at"`
}

// Entry is one line of a request's history. The store numbers and chains it.
type Entry struct {
	At        time.Time
	Event     string // what happened: registered, advance, reminder, …
	By        string // address, or "layanan" for the clock
	Step      string // where it happened
	Visit     int
	Word      string // the command, where there was one
	Note      string
	MessageID string // of the mail that caused it
	Mail      string // hex SHA-256 of that mail, whole
	Proof     string // what authenticated it: token, confirm of mail …, dmarc=pass …, dkim=pass …, smime …, staff
	Rule      string // that let its sender act; see transition.ruleOf
	Form      string // Form.Digest as it stood then, where it had changed
}
