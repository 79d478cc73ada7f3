package main

import (
	"fmt"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

type privacyCmd struct {
	Export privacyExportCmd `cmd:"" help:"Print all that is held about an address, as JSON."`
}

type privacyExportCmd struct {
	Address string `arg:"" help:"The person's mail address."`
}

// personJSON is all that is held about a person; mails are base64. Reply tokens
// are asterisks: they are no data of the person's, and who has one may answer.
type personJSON struct {
	Address       string            `json:"address"`
	Requests      []personRequest   `json:"requests"`
	MentionedIn   []string          `json:"mentioned_in"`
	Entries       []personEntry     `json:"entries"`
	MailsSent     []personSent      `json:"mails_sent"`
	MailsReceived []personReceived  `json:"mails_received"`
	Ledger        []personLedger    `json:"ledger"`
	DeadLetters   []personDead      `json:"dead_letters"`
	Delegations   []personDelegated `json:"delegations"`
	Forms         []personForm      `json:"forms"`
}

type (
	personRequest struct {
		requestJSON
		Name    string `json:"name"`
		FiledBy string `json:"filed_by"`
	}
	personEntry struct {
		Number string `json:"number"`
		historyJSON
	}
	personSent struct {
		Number string  `json:"number"`
		At     instant `json:"at"`
		Digest string  `json:"digest"`
		Size   int     `json:"size"`
		Raw    []byte  `json:"raw"`
	}
	personReceived struct {
		Number string `json:"number"`
		mailJSON
		Raw []byte `json:"raw"`
	}
	personLedger struct {
		Number    string  `json:"number"`
		At        instant `json:"at"`
		Outcome   string  `json:"outcome"`
		MessageID string  `json:"message_id"`
		Digest    string  `json:"digest"`
	}
	personDead struct {
		deadJSON
		Raw []byte `json:"raw"`
	}
	personForm struct { // that waits for a role holder's word
		At      instant       `json:"at"`
		From    string        `json:"from"`
		Request string        `json:"request"`
		Form    workflow.Form `json:"form"`
		SHA256  string        `json:"sha256"`
		Raw     []byte        `json:"raw"`
	}
	personDelegated struct {
		Role  string          `json:"role"`
		By    workflow.Person `json:"by"`
		To    workflow.Person `json:"to"`
		From  instant         `json:"from"`
		Until instant         `json:"until"`
	}
)

// Run gives a person what is held about him or her (UU 27/2022).
func (c *privacyExportCmd) Run(w *world) error {
	if !notify.ValidAddress(c.Address) {
		return usageError{fmt.Errorf("%q is no mail address", c.Address)}
	}
	g, err := w.registry()
	if err != nil {
		return err
	}
	defer g.close()
	h, err := g.st.Held(w.ctx, c.Address)
	if err != nil {
		return err
	}
	return printJSON(w.out, g.person(c.Address, &h))
}

func (g *registry) person(address string, h *store.Holding) personJSON {
	p := personJSON{Address: address, Requests: []personRequest{}, MentionedIn: append([]string{}, h.Mentioned...),
		Entries: []personEntry{}, MailsSent: []personSent{},
		MailsReceived: []personReceived{}, Ledger: []personLedger{}, DeadLetters: []personDead{},
		Delegations: []personDelegated{}, Forms: []personForm{}}
	for _, r := range h.Requests {
		p.Requests = append(p.Requests, personRequest{g.describe(&r), notify.Redact(r.Requester.Name), r.FiledBy.Email})
	}
	for _, e := range h.Entries {
		p.Entries = append(p.Entries, personEntry{e.Number, g.entry(e.HistoryEntry)})
	}
	for _, o := range h.Originals {
		p.MailsSent = append(p.MailsSent, personSent{o.Number, g.at(o.At), o.Digest, o.Size, notify.MaskMail(o.Raw)})
	}
	for _, m := range h.Mails {
		p.MailsReceived = append(p.MailsReceived, personReceived{m.Number, g.mail(m), notify.MaskMail(m.Raw)})
	}
	for _, l := range h.Ledger {
		p.Ledger = append(p.Ledger, personLedger{l.Number, g.at(l.Handled), l.Outcome, notify.Redact(l.MessageID), l.Digest})
	}
	for _, d := range h.DeadLetters {
		p.DeadLetters = append(p.DeadLetters, personDead{describeDead(d, g.cfg), notify.MaskMail(d.Raw)})
	}
	for _, d := range h.Delegations {
		p.Delegations = append(p.Delegations, personDelegated{d.Role, d.By, d.To, g.at(d.From), g.at(d.Until)})
	}
	for _, f := range h.Forms {
		p.Forms = append(p.Forms, personForm{g.at(f.Created), f.Recipient, f.Request, withoutTokens(f.Event.Form), f.Digest,
			notify.MaskMail(f.Raw)})
	}
	return p
}
