// Package limits says how much mail a site lets in and out, and what is usual.
package limits

// Limits bound the mail that goes out, whatever comes in. The office may set those that depend on its size.
type Limits struct {
	MailsPerSender  int // that make something happen within an hour; what comes beyond is held
	AnswersPerHour  int // to everybody, in which nothing moved; the fuse blows there
	UnprovenPerHour int // requests that nothing shows to be their senders'; what comes beyond waits
}

// Usual suits an office of some hundred people, where no mail can prove whose it is.
var Usual = Limits{MailsPerSender: 500, AnswersPerHour: 500, UnprovenPerHour: 500}

// UnprovenWhereHonestCan is how many requests mails make that prove nothing of their senders, where honest mail can.
const UnprovenWhereHonestCan = 60
