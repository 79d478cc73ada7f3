// Package mailparse turns the bytes of a mail into a [Message]: who wrote it, what is new in it, the form and the
// command it carries, and whether a person wrote it at all.
//
// The package is pure. [Parse] takes bytes and a [Grammar], reads no clock and does no I/O, never fails and never
// panics: a mail's trouble is data, a warning or a doubt. It is safe for concurrent use.
//
// The way of a mail through the package, a file for each idea:
//
//	parse                                          the way itself
//	raw, header, words, address, envelope          lines, header block, encoded words (RFC 2047), address lists, what the header says
//	mime, part, param, transfer, uu, smime, body   the tree of parts, tolerant of what is seen in the wild (RFC 2045, 2046, 2231)
//	charset, charsetname, sevenbit, visible        bytes become UTF-8, whatever their charset and its name
//	flowed, html, htmltable, htmlhidden            a part becomes lines of text
//	document, tnef, invitation                     what is attached: documents, Outlook's container, an event's date
//	fresh, quote                                   which of these lines the sender newly wrote
//	separator, headerblock, attribution, maildate  what stands above an older mail, in any language
//	htmlquote, edges                               how pages mark one
//	signature, closing, device, footer             what stands around an answer
//	bounce, dsn, bouncetext, bouncejson            delivery reports: fields (RFC 3464), words, JSON
//	returned, bouncerecipient, status              the mail they return, whose failed, and why (RFC 3463)
//	autoreply, autosubject, absence, calendaranswer, bulk   other mail that no person wrote
//	token, authres, authservid, arc, orgdomain     which request the mail belongs to, and who vouches for its sender
//	senders, covered                               whom else From may name, and what a DKIM signature covers
//	content                                        request, reply or neither
//	form, label, formlabel, formvalue, formchoice, formbuild, formdate   the form, its labels and values
//	formsentence                                   values that an answer gives in words
//	datewords, datetoken, date, dateitem, dateday, daterelative, dateresolve, clock, clockhour, readdate   days and times of day
//	nip, reason                                    the NIP, and why a value cannot be used
//	greeting, sentence, command, yes, doubt        the word that the first sentence begins with, and what makes it doubtful
//	plain, vocabulary, head, later, polite, order, thanks   what may stand around an approval or an order
//	fold, phrases                                  how text is compared
//
// Parts are read by hand, not with go-message or net/mail: those refuse a whole mail for one malformed header line, and
// a refused mail is an office worker without an answer.
//
// A false approval is the one error that must not happen; so every rule that reads a command prefers a doubt.
//
// Limits: 1,100 levels of nesting, 2,000 parts, 2,000 fields of 64 KiB in a header, 1 MiB of text for each body, 10
// attached documents of 20 MiB (package document bounds what is unpacked of them). What lies beyond a limit is left out
// and a warning says so. Each repair of what a mailer did wrong is a warning, too; an ordinary mail has none.
package mailparse
