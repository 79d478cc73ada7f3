package workflow

import "time"

// NoticeKind names a mail of ours; it is the X-Layanan-Notice header.
type NoticeKind string

// The notices; mail programs and filters may know them by these names.
const (
	NoticeRegistered    NoticeKind = "registered"
	NoticeIncomplete    NoticeKind = "incomplete"
	NoticeTask          NoticeKind = "task"
	NoticeReminder      NoticeKind = "reminder"
	NoticeEscalation    NoticeKind = "escalation"
	NoticeProgress      NoticeKind = "progress"
	NoticeQuestion      NoticeKind = "question"
	NoticeAnswer        NoticeKind = "answer"
	NoticeReceipt       NoticeKind = "receipt"
	NoticeConfirm       NoticeKind = "confirm"
	NoticeUnrecognised  NoticeKind = "unrecognised"
	NoticeNotAuthorised NoticeKind = "not-authorised"
	NoticeRejected      NoticeKind = "rejected"
	NoticeCancelled     NoticeKind = "cancelled"
	NoticeReady         NoticeKind = "ready"
	NoticeClosed        NoticeKind = "closed"
	NoticeStatus        NoticeKind = "status"
	NoticeHelp          NoticeKind = "help"
	NoticeUndeliverable NoticeKind = "undeliverable"
	NoticeDeadLetter    NoticeKind = "dead-letter"
)

// Reminding are the kinds that remind of a step: such a mail that has not left yet is dropped when its step is left.
var Reminding = []NoticeKind{NoticeReminder, NoticeEscalation}

// Notice is something that somebody must be told; notify turns it into a mail.
type Notice struct {
	Kind NoticeKind
	To   Person
	Role string // as what the recipient is told: a role's id, or Operators
	Step string // the step it is about
	N    int    // numbers the request's notices, from 1

	// Answer marks an answer to the recipient's own mail in which nothing
	// moved. Such mails are rationed, so that no loop can feed on them.
	Answer   bool
	Unproven bool // and nothing proves that the mail was the recipient's

	Words   []Offer       // what the recipient can say now
	Action  Kind          // what the recipient (receipt) or somebody (progress) did
	Word    string        // with which word
	By      Person        // who did what is told
	Behalf  Person        // in whose name, when By is a delegate (a.n.)
	Note    string        // in that person's words
	Reason  Reason        // why nothing moved
	Doubt   Doubt         // what made a command unsure
	Changes []FieldChange // by UBAH
	Back    bool          // what was decided must be decided again because of them
	Undo    bool          // the recipient can take it back
	Own     Person        // who holds the step's office and made the request, so that others decide
	Late    time.Duration // office time since the deadline
	Bounce  *Bounce
	Void    string    // the recipient's word that waited, and is not carried out
	Until   time.Time // when a held answer is carried out; zero where none is
	Because []Because // what raised the doubt, or was not understood
	Asks    bool      // the reading kept under its number is carried out when the recipient confirms it
	Unread  string    // names of the recipient's attachments that could not be read
}

// Offer is a word that the recipient can use, with what it does.
type Offer struct {
	Word, Help, Hint string
	Kind             Kind
}

// FieldChange is one field that the requester changed.
type FieldChange struct{ Label, Old, New string }

// Bounce is a notice that did not arrive (RFC 3464).
type Bounce struct {
	Recipient string
	Status    string // x.y.z of RFC 3463
	Kind      NoticeKind
}

// Reason says why a mail moved nothing, for the notice and for the log.
type Reason string

// The reasons.
const (
	Doubtful            Reason = "doubtful"             // a command, but not a clear one
	NoCommand           Reason = "no-command"           // no word that is known
	NeedsReason         Reason = "needs-reason"         // TOLAK without why
	NeedsText           Reason = "needs-text"           // TANYA, KENDALA or LAPORAN without what
	NeedsFields         Reason = "needs-fields"         // UBAH without a field
	NeedsPerson         Reason = "needs-person"         // DELEGASI without to whom
	ThisOneOnly         Reason = "this-one-only"        // DELEGASI of days, by who does not hold the office
	TooLong             Reason = "too-long"             // DELEGASI for longer than the office allows
	NeedsSignature      Reason = "needs-signature"      // the step asks for a signed mail
	NotHere             Reason = "not-here"             // the word does nothing at this step
	Stale               Reason = "stale"                // answers a task that is over or has changed
	Ended               Reason = "ended"                // the request has ended
	Done                Reason = "done"                 // somebody has acted already
	NeedsAuthentication Reason = "needs-authentication" // the office asks for a mail that its own server vouches for
	Unproven            Reason = "unproven"             // From matches, nothing proves it
	NotEntitled         Reason = "not-entitled"         // not this person's to decide
	Thanked             Reason = "thanked"              // nothing was asked, so nothing is answered
	Asked               Reason = "asked"                // STATUS, BANTUAN
	TooLate             Reason = "too-late"             // TARIK after the next office acted
	LeadTimeShort       Reason = "lead-time-short"      // policy reject
	Flooding            Reason = "flooding"             // too many mails; this one is held
)
