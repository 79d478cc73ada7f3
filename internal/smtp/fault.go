package smtp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
)

// Fault says why one mail was not accepted by the mail server, and whether to try again.
// Every error that Send and Check report is one.
type Fault struct {
	Server    string // host:port of the mail server that was asked
	Address   string // the address at fault, or the mail's recipient; empty for faults of the connection
	Code      int    // SMTP reply code (RFC 5321 section 4.2), 0 when there was no answer
	Enhanced  string // enhanced status code (RFC 3463), such as 5.1.1; empty when the server gave none
	Reply     string // the server's words, on one line, without the codes
	Temporary bool   // the mail may succeed later: try again; otherwise it never will
	Ambiguous bool   // the whole mail was handed over but the answer was lost: it may have been delivered
	Cause     error  // what happened when there was no answer; nil when the server refused

	stage stage
}

// sendStage is how far the conversation had come when it failed.
type stage int

const (
	stageAddress   stage = iota // the mail's own addresses, before the server is asked
	stageConnect                // name lookup and TCP
	stageTLS                    // handshake, STARTTLS
	stageGreeting               // greeting, EHLO
	stageAuth                   // AUTH
	stageSender                 // MAIL FROM
	stageRecipient              // RCPT TO
	stageData                   // DATA
	stageContent                // the mail itself, through the answer to the final dot
)

// temporary is the one place that decides whether a failed mail may be tried again.
//
// A 4xx reply and the lack of any reply (code 0) are temporary (RFC 5321 section 4.2.1). A 5xx
// is permanent only where the server speaks about this recipient or this mail. Up to and
// including MAIL FROM, and in the codes that mean "log in first" or "not from here", it speaks
// about us: our address, password or network. That is for the operator to mend, and must not
// turn every mail in the queue into an undeliverable one.
func temporary(stage stage, code int) bool {
	switch {
	case stage == stageAddress:
		return false
	case code < 500:
		return true
	case stage <= stageSender:
		return true
	}
	switch code {
	case 503, // bad sequence of commands: a misunderstanding between the programs
		521,                // the host takes no mail (RFC 7504)
		530, 534, 535, 538: // authentication required, too weak, wrong, unencrypted (RFC 4954)
		return true
	}
	return false
}

// Error is one sentence that names the server, the address and the cause.
func (e *Fault) Error() string {
	why := e.Reply
	if e.Enhanced != "" {
		why = strings.TrimSpace(e.Enhanced + " " + why)
	}
	if e.Code != 0 {
		why = strings.TrimSpace(fmt.Sprintf("%d %s", e.Code, why))
	}
	if e.Cause != nil {
		why = explain(e.Cause)
	}
	return e.subject() + ": " + why
}

func (e *Fault) subject() string {
	server := "mail server " + e.Server
	switch {
	case e.stage == stageAddress:
		return fmt.Sprintf("no mail can be sent from or to %q", e.Address)
	case e.stage == stageConnect:
		return server + " cannot be reached"
	case e.stage == stageTLS:
		return server + " gives no trusted encryption"
	case e.stage == stageGreeting:
		return server + " does not serve us"
	case e.stage == stageAuth:
		return fmt.Sprintf("%s does not log %q in", server, e.Address)
	case e.Code == 421: // RFC 5321 section 3.8, at any moment
		return fmt.Sprintf("%s hangs up instead of taking the mail to <%s>", server, e.Address)
	case e.Ambiguous:
		return fmt.Sprintf("%s took the mail to <%s> but did not confirm it, so it may have been delivered", server,
			e.Address)
	case e.Code == 0:
		return fmt.Sprintf("the connection to %s was lost before the mail to <%s> was sent", server, e.Address)
	case e.stage == stageSender:
		return fmt.Sprintf("%s refuses the sender <%s>", server, e.Address)
	case e.stage == stageRecipient:
		return fmt.Sprintf("%s refuses the recipient <%s>", server, e.Address)
	default:
		return fmt.Sprintf("%s refuses the mail to <%s>", server, e.Address)
	}
}

// Unwrap gives the cause, so that errors.Is finds context.Canceled, io.EOF and the like.
func (e *Fault) Unwrap() error { return e.Cause }

// explain words the errors whose own text says little to an operator.
func explain(err error) string {
	var op *net.OpError
	switch {
	case errors.Is(err, context.Canceled):
		return "we were told to stop"
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded):
		return "no answer in time"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "the server closed the connection"
	case errors.As(err, &op) && op.Err != nil:
		return op.Err.Error()
	}
	return err.Error()
}
