// Package mailbox watches one IMAP mailbox and hands every new message, once
// and in order, to a [Handler], then moves it to where the handler's [Verdict]
// says. It knows nothing of what the messages mean.
//
// [Watch] keeps one connection (RFC 9051, and RFC 3501 servers): it lists what
// lies in the mailbox, fetches a batch while the handler works on the one
// before, files away what is handled with MOVE (RFC 6851), and waits for more
// with IDLE (RFC 2177). Every so often it selects the mailbox anew, so that
// nothing depends on a push. Whatever goes wrong, it reconnects and goes on.
//
// The mailbox has other readers. Bodies are peeked at, no flag is read as a
// mark of ours, and a message that somebody else moves or deletes meanwhile is
// simply gone. What has been handled is the handler's to remember: after a
// crash between its commit and the move, the message is offered again.
//
// What a server says is bounded before the library reads it: lines, lists within
// lists, literals, all that comes in answer to one command, and its time
// (bounds.go). A server that exceeds them is left and tried again.
//
// [Check] tries everything that Watch needs and says in one sentence what is
// at fault.
//
// Reading order: message.go (the face), watch.go, session.go, inbox.go (what is
// known of the messages; pure), fetch.go, file.go, and client.go and bounds.go below them.
package mailbox
