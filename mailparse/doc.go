// Package mailparse turns the bytes of a mail into a [Message]: who wrote it, what is new in it, the form and the
// command it carries, and whether a person wrote it at all.
//
// The package is pure. [Parse] takes bytes and a [Grammar], reads no clock and does no I/O, never fails and never
// panics: a mail's trouble is data, a warning or a doubt. It is safe for concurrent use.
//
// The way of a mail through the package, a file for each idea:
//
//	parse                                          the way itself
//	header, words, address, envelope               header block, encoded words (RFC 2047), address lists, what the header says
//	mime, param, transfer, body                    the tree of parts, tolerant of what is seen in the wild (RFC 2045, 2046, 2231)
//	charset, flowed, html                          a part becomes lines of UTF-8
//	document, tnef, invitation                     what is attached: documents, Outlook's container, an event's date
//	quote, headerblock, attribution, htmlquote, signature   which of these lines the sender newly wrote
//	bounce, bouncetext, bouncejson, autoreply, bulk   mail that no person wrote
//	token, authres, orgdomain                      which request the mail belongs to, and who vouches for its sender
//	content                                        request, reply or neither
//	form, label, formlabel, formvalue, formbuild   the form, its labels and values
//	date, datetoken, clock, readdate, nip          values that can be wrong
//	greeting, sentence, command, doubt             the word that the first sentence begins with, and what makes it doubtful
//	fold, phrases                                  how text is compared
//
// Parts are read by hand, not with go-message or net/mail: those refuse a whole mail for one malformed header line, and
// a refused mail is an office worker without an answer.
//
// A false approval is the one error that must not happen; so every rule that reads a command prefers a doubt.
//
// Limits: 25 levels of nesting, 1000 parts, 1 MiB of text for each body, 10 attached documents of 20 MiB (package
// document bounds what is unpacked of them).
// What lies beyond a limit is left out and a warning says so.
package mailparse
