package mailbox

import (
	"context"
	"time"
)

// ID names a message for good (RFC 9051, 2.3.1.1): the same three values never
// mean another message.
type ID struct {
	Mailbox     string
	UIDValidity uint32
	UID         uint32
}

// Message is a message as it lies in the mailbox.
type Message struct {
	ID ID
	// Size is the size in bytes that the server states.
	Size int64
	// Raw is the message as it came, any bytes at all; only (the first part of)
	// its header when TooLarge, nothing when Err is set.
	Raw []byte
	// TooLarge says that the message is larger than Config.MaxSize.
	TooLarge bool
	// Received is when the message reached the mailbox (INTERNALDATE).
	Received time.Time
	// Err says why the message could not be fetched, after several attempts.
	Err error
}

// Verdict says what becomes of a message.
type Verdict int

// The verdicts.
const (
	// Leave lets the message stay; it is offered again at the next poll.
	Leave Verdict = iota
	// Processed moves it to Config.Processed.
	Processed
	// Failed moves it to Config.Failed.
	Failed
	// Retry offers it again soon, at growing intervals.
	Retry
	// Wait lets the message stay; it is offered again when Handler.Next names it.
	Wait
)

// Status is the state of the mailbox when it was selected.
type Status struct {
	Mailbox     string
	UIDValidity uint32
	// UIDNext is the lowest UID that a later message can have; 0 if the server
	// does not say.
	UIDNext  uint32
	Messages uint32
}

// Handler takes the messages. Its methods are called one at a time.
type Handler interface {
	// Start is called once per connection, and again when UIDVALIDITY changes.
	// It says from which UID on the messages are for Handle.
	Start(context.Context, Status) (fromUID uint32, err error)
	// Handle is given up to a batch of messages, by rising UID, and returns one
	// verdict a message once what it did with them is safe. An error means that
	// nothing was handled: Watch starts over after a pause and offers them again.
	//
	// The context outlives Watch's own by some seconds, so that the work in hand
	// can be finished; Handle must return soon after it ends.
	Handle(context.Context, []Message) ([]Verdict, error)
	// Next names messages that were to Wait and are to be offered again now. It
	// is asked whenever nothing else is left to do, at each poll at least, until
	// it names none; one that is no longer there is passed over.
	Next(context.Context) (uids []uint32, err error)
}
