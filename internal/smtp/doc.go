// Package smtp hands finished mails to a mail server: it dials, signs in, sends on a connection that is kept, with
// MAIL, RCPT and DATA pipelined (RFC 2920), and says of each failure whose it is, the recipient's, the sender's or
// the connection's, and whether another try may help ([Fault]). It knows nothing of requests and keeps nothing: what
// was sent is the outbox's to record.
package smtp
