package bot

import (
	"slices"
	"strings"

	"batan.go.id/layanan/internal/limits"
	"batan.go.id/layanan/mailparse"
	"batan.go.id/layanan/mailparse/command"
	"batan.go.id/layanan/mailparse/form"
	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

// Office is what is in force: the procedure with its people and hours, who may
// file, whose word on authentication counts, and how mails are written and
// read. It does not change; a reload makes another.
type Office struct {
	Procedure  *workflow.Procedure
	Identity   notify.Identity
	AuthservID string
	Signatures Signatures // set before the office is used
	Limits     limits.Limits
	Never      []string // addresses that no form may name as requester, in lower case
	grammar    *mailparse.Grammar
	renderer   *notify.Renderer
}

// NewOffice prepares the templates and the grammar of mails.
func NewOffice(p *workflow.Procedure, id notify.Identity, authservID string) (*Office, error) {
	o := &Office{Procedure: p, Identity: id, AuthservID: authservID, Limits: limits.Usual}
	var err error
	if o.renderer, err = notify.NewRenderer(id, p); err != nil {
		return nil, err
	}
	o.grammar = Grammar(p, id.Address, authservID, o.renderer.Sentences())
	return o, nil
}

// Anonymous is a text without the names, numbers and addresses in it.
func (o *Office) Anonymous(text string) string { return o.grammar.Anonymous(text) }

// Grammar is what the SOP lets people write: its labels and its words.
func Grammar(p *workflow.Procedure, address, authservID string, own []string) *mailparse.Grammar {
	g := mailparse.Grammar{Prefixes: []string{p.SOP.Prefix}, Service: address, AuthservID: authservID,
		Location: p.Calendar.Location(), Own: own}
	add := func(f workflow.Field, report bool) {
		i := slices.IndexFunc(g.Fields, func(h form.Field) bool { return h.ID == f.ID })
		if i >= 0 { // a report may ask again for what the request has, under more names
			g.Fields[i].Aliases = append(slices.Clone(g.Fields[i].Aliases), f.Aliases...)
			return
		}
		g.Fields = append(g.Fields, form.Field{ID: f.ID, Label: f.Label, Aliases: f.Aliases, Type: f.Type,
			Means:    form.Meaning(f.Means),
			Required: f.Required, Decides: f.Decides, Report: report, Choices: f.Choices})
	}
	for _, f := range p.SOP.Fields {
		add(f, false)
	}
	for _, st := range p.SOP.Steps {
		for _, f := range st.Fields {
			add(f, true)
		}
	}
	x := p.SOP.Lexicon
	g.Lexicon = map[string][]string{"task": x.Task, "thing": x.Thing, "place": x.Place, "person": x.Person,
		"unit": x.Unit, "event": x.Event, "good": x.Good, "decision": x.Mark}
	for _, w := range p.SOP.Words {
		g.Words = append(g.Words, command.Word{ID: w.ID, Forms: w.Forms, Kind: sureness(p.SOP, w.ID)})
	}
	return mailparse.NewGrammar(g)
}

// sureness is how clear a sentence must be to be the command: what moves a
// request needs a plain yes, what carries free text needs only its word.
func sureness(sop *workflow.SOP, word string) string {
	kinds := map[workflow.Kind]bool{}
	for _, st := range sop.Steps {
		for _, a := range st.Actions {
			if a.Word == word || slices.Contains(a.Also, word) {
				kinds[a.Kind] = true
			}
			if a.Word == word && a.Kind == workflow.Advance && len(st.Fields) > 0 {
				return command.Form
			}
		}
	}
	for _, a := range sop.Actions {
		if a.Word == word {
			kinds[a.Kind] = true
		}
	}
	switch {
	case kinds[workflow.Advance]:
		return command.Approve
	case kinds[workflow.Change]:
		return command.Form
	case kinds[workflow.Confirm]:
		return command.Yes
	case kinds[workflow.Ask], kinds[workflow.Trouble], kinds[workflow.Status], kinds[workflow.Help],
		// "Status?" is asked rightly
		kinds[workflow.Delegate]: // whose words beside the address are the office's to judge
		return command.Free
	case kinds[workflow.SignOff]:
		return command.Approve
	}
	return command.Firm
}

// mayFile reports whether a form from this address makes a request.
func (o *Office) mayFile(email string) bool {
	_, _, staff := o.Procedure.Staff(email)
	return staff || o.inside(email)
}

// inside reports whether an address is of the office's own domains. They are
// compared letter by letter: other folding takes a long s for an s.
func (o *Office) inside(email string) bool {
	_, domain, ok := strings.Cut(strings.ToLower(email), "@")
	return ok && slices.Contains(o.Identity.Domains, domain)
}

// person is whose address it is, by the name and the main address that the
// office knows.
func (o *Office) person(email, name string) workflow.Person {
	if p, _, ok := o.Procedure.Staff(email); ok {
		return p
	}
	return workflow.Person{Name: valid(name), Email: email}
}

// valid makes text fit for every database: valid UTF-8 without NUL.
func valid(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}
