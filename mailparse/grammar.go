package mailparse

import (
	"strings"
	"time"

	"batan.go.id/layanan/mailparse/authres"
	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
	"batan.go.id/layanan/mailparse/quote"
)

// Grammar is what the service understands; the caller builds it from the SOP and the configuration.
// Pass it through [NewGrammar] once; a Grammar in use must not be changed.
type Grammar struct {
	Prefixes   []string       // request number prefixes: "VC" makes VC-2026-0001 a number
	Fields     []Field        // form fields
	Words      []Word         // command words
	Service    string         // the service's own address
	AuthservID string         // the RFC 8601 authserv-id to believe; "" believes none
	Location   *time.Location // zone of dates written without one; nil is UTC
	Own        []string       // sentences of our own templates: such text is never a command

	site   *authres.Site
	frame  *quote.Frame
	labels labelIndex
	words  wordIndex
	own    []string // folded Own
	ready  bool
}

// Field is one field of the form.
type Field struct {
	ID       string
	Label    string
	Aliases  []string
	Type     string // text, email, nip, date or choice
	Required bool
	Choices  []string // of a choice; a value that only repeats them was not filled in
}

// Word is one command word.
type Word struct {
	ID    string   // what Command.Word will say
	Forms []string // how people write it, one or several words each; the ID need not be repeated
	Kind  string   // how sure the sentence must be, one of the Kind constants
}

// Kinds of command words: what may stand in a sentence that begins with one.
const (
	// WordApprove needs a clear yes: a negation, a condition, a question, a future or a contradicting word
	// anywhere in the sentence makes it a doubt.
	WordApprove = "approve"
	// WordFirm is an order such as TOLAK or BATAL: conditions and questions make it a doubt, until a reason begins.
	WordFirm = ""
	// WordFree is followed by free text, as TANYA and KENDALA are: nothing after it matters.
	WordFree = "free"
	// WordYes confirms what the mail that is answered asked, and counts only alone: YA. Its forms are single words.
	WordYes = "yes"
	// WordForm is like WordFree and comes with form fields: UBAH.
	WordForm = "form"
)

// NewGrammar returns a copy of g that is prepared for [Parse].
func NewGrammar(g Grammar) *Grammar {
	if g.Location == nil {
		g.Location = time.UTC
	}
	g.Service = strings.ToLower(strings.TrimSpace(g.Service))
	g.labels = newLabelIndex(g.Fields)
	g.words = newWordIndex(g.Words)
	g.own = nil
	for _, s := range g.Own {
		if f := fold.Words(s); f != "" {
			g.own = append(g.own, f)
		}
	}
	g.site = authres.NewSite(g.Service, g.AuthservID, g.Prefixes)
	g.frame = &quote.Frame{Label: g.label, Order: g.orders}
	g.ready = true
	return &g
}

// field returns the field with that id, nil when there is none.
func (g *Grammar) field(id string) *Field {
	for i := range g.Fields {
		if g.Fields[i].ID == id {
			return &g.Fields[i]
		}
	}
	return nil
}

// label reports whether a text is a label of the form, and one that a signature may have, too.
func (g *Grammar) label(name string) (is, inSignature bool) {
	id, is := g.labels.find(name, false)
	f := g.field(id)
	return is, f != nil && (f.Type == "nip" || f.Type == "email")
}

// orders reports whether a word by itself orders something.
func (g *Grammar) orders(w lexicon.Word) bool {
	id, _ := g.words.at([]lexicon.Word{w})
	return id != "" && g.words.kinds[id] != WordFree && w.Text != "laporan"
}
