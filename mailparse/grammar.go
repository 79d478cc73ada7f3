package mailparse

import (
	"strings"
	"time"

	"batan.go.id/layanan/mailparse/authres"
	"batan.go.id/layanan/mailparse/command"
	"batan.go.id/layanan/mailparse/form"
	"batan.go.id/layanan/mailparse/lexicon"
	"batan.go.id/layanan/mailparse/quote"
)

// Grammar is what the service understands; the caller builds it from the SOP and the configuration.
// Pass it through [NewGrammar] once; a Grammar in use must not be changed.
type Grammar struct {
	Prefixes   []string            // request number prefixes: "VC" makes VC-2026-0001 a number
	Fields     []form.Field        // form fields
	Words      []command.Word      // command words
	Service    string              // the service's own address
	AuthservID string              // the RFC 8601 authserv-id to believe; "" believes none
	Location   *time.Location      // zone of dates written without one; nil is UTC
	Lexicon    map[string][]string // words of the site beside the built-in ones, by class; see [lexicon.Language.With]
	Own        []string            // sentences of our own templates: such text is never a command

	site   *authres.Site
	frame  *quote.Frame
	labels *form.Labels
	words  *command.Words
	ready  bool
}

// NewGrammar returns a copy of g that is prepared for [Parse].
func NewGrammar(g Grammar) *Grammar {
	if g.Location == nil {
		g.Location = time.UTC
	}
	g.Service = strings.ToLower(strings.TrimSpace(g.Service))
	g.site = authres.NewSite(g.Service, g.AuthservID, g.Prefixes)
	g.labels = form.New(g.Fields, g.Service, g.Location)
	index := command.NewIndex(g.Words)
	g.frame = &quote.Frame{Label: g.labels.Label, Order: index.Orders}
	g.words = command.New(index, g.Own, g.frame, g.site, lexicon.Indonesian().With(g.Lexicon))
	g.ready = true
	return &g
}

// ReadForm makes the form of values by field id, as people write them, in a mail or anywhere else. now is when they
// were written: "besok" is counted from it.
func (g *Grammar) ReadForm(values map[string]string, now time.Time) form.Result {
	return g.labels.Read(values, &now)
}

// Anonymous is a text without the names, numbers and addresses in it; see [command.Words.Anonymous].
func (g *Grammar) Anonymous(text string) string { return g.words.Anonymous(text) }

// AnotherRequest is the first request number in a text that is not the given one, upper-case; "" when there is none.
func (g *Grammar) AnotherRequest(text, number string) string { return g.site.Another(text, number) }
