// Package command reads what the new lines of a mail order: a word, the note that goes with it, or a doubt. A false
// approval is the one error that must not happen, so every rule here prefers a doubt, which names its class and the
// text at fault.
//
// The way of a mail: read (text and page must agree), command (the sentence that the word begins), then by the word's
// kind approval with its complement and what follows, refusal, yes.
package command
