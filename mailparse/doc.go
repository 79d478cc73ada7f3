// Package mailparse turns the bytes of a mail into a [Message]: who wrote it, what is new in it, the form and the
// command it carries, and whether a person wrote it at all.
//
// The package is pure. [Parse] takes bytes and a [Grammar], reads no clock and does no I/O, never fails and never
// panics: a mail's trouble is data, a warning or a doubt. It is safe for concurrent use.
//
// A mail walks once through the rooms below, ground first; parse.go is the order of the way and nothing else. Each
// room imports only those before it, has its own prepared value, made once from the site's procedure, and hands on a
// value:
//
//	fold       how text is compared
//	entity     bytes → a tree of decoded parts
//	text       parts → lines: pages, flowed text, tables, documents
//	authres    who vouches for the sender; which request a token names
//	lexicon    the words of the language
//	quote      which lines are new
//	automatic  what no person wrote
//	when       days and times of day
//	form       labels and values → fields
//	command    what the new lines say: word, note, doubt
//
// Limits: 1,100 levels of nesting, 2,000 parts, 2,000 fields of 64 KiB in a header, 1 MiB of text for each body, 10
// attached documents of 20 MiB (package document bounds what is unpacked of them). What lies beyond a limit is left
// out and a warning says so. Each repair of what a mailer did wrong is a warning, too; an ordinary mail has none.
package mailparse
