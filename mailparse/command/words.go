package command

import (
	"strings"

	"batan.go.id/layanan/mailparse/authres"
	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
	"batan.go.id/layanan/mailparse/quote"
)

// Word is one command word.
type Word struct {
	ID    string   // what Command.Word will say
	Forms []string // how people write it, one or several words each; the ID need not be repeated
	Kind  string   // how sure the sentence must be, one of the Kind constants
}

// Command is what a mail was read to order. It has one of three readings; a mail that orders nothing has none.
//
//   - taken: no doubt, and every part of the note is understood to leave the order standing;
//   - held: no doubt, but something in the note is not understood (Hold): it may move after a while, unless undone;
//   - asked back: a Doubt. Word is what it would have been.
type Command struct {
	Word    string    `json:"word"`              // id of the word; "" when none was found at the place of one
	Note    string    `json:"note"`              // the rest of what was written
	Doubt   Doubt     `json:"doubt"`             // why it must not move anything; the first of Because
	Hold    bool      `json:"hold"`              // nothing speaks against it, but Because is not understood
	Because []Because `json:"because,omitempty"` // what raised the doubt, or was not understood, in the order of the text
}

// Because is a piece of the text that raised a doubt or was not understood.
type Because struct {
	Text  string `json:"text"`  // as it was written; "" where no single place is at fault
	Class Code   `json:"class"` // of the doubt
}

// Taken is the word, "" when a doubt keeps it from moving anything. What is held counts: Hold tells.
func (c *Command) Taken() string {
	if c == nil || c.Doubt != NoDoubt {
		return ""
	}
	return c.Word
}

// Reading says in few words how an answer was read: "taken SETUJU", "held SIAP", "asked back SETUJU condition",
// "none".
func (c *Command) Reading() string {
	switch {
	case c == nil:
		return "none"
	case c.Doubt != NoDoubt:
		return strings.Join(strings.Fields("asked back "+c.Word+" "+string(c.Doubt.Code)), " ")
	case c.Hold:
		return "held " + c.Word
	}
	return "taken " + c.Word
}

// Kinds of command words: what may stand in a sentence that begins with one.
const (
	// WordApprove needs a clear yes: a negation, a condition, a question, a future or a contradicting word
	// anywhere in the sentence makes it a doubt.
	Approve = "approve"
	// WordFirm is an order such as TOLAK or BATAL: conditions and questions make it a doubt, until a reason begins.
	Firm = ""
	// WordFree is followed by free text, as TANYA and KENDALA are: nothing after it matters.
	Free = "free"
	// WordYes confirms what the mail that is answered asked, and counts only alone: YA. Its forms are single words.
	Yes = "yes"
	// WordForm is like WordFree and comes with form fields: UBAH.
	Form = "form"
)

// Words are the words of a site's commands. Make them with [New]; they must not be changed.
type Words struct {
	index *Index
	own   []string // folded
	frame *quote.Frame
	site  *authres.Site
	lang  *lexicon.Language
}

// New prepares words. own are sentences of our own mails: such text is never a command. frame and site tell
// signatures and request numbers; lang knows the words of a note.
func New(index *Index, own []string, frame *quote.Frame, site *authres.Site, lang *lexicon.Language) *Words {
	w := &Words{index: index, frame: frame, site: site, lang: lang}
	for _, s := range own {
		if f := fold.Words(s); f != "" {
			w.own = append(w.own, f)
		}
	}
	return w
}

// Kind is the kind of a word, by its id.
func (g *Words) Kind(id string) string { return g.index.kinds[id] }
