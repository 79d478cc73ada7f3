package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"batan.go.id/layanan/workflow"
)

// Holding is all that is held about one address.
type Holding struct {
	Requests    []workflow.Request // of, filed by, or with a form that names the person
	Mentioned   []string           // numbers of other requests that know the address
	Entries     []PersonEntry      // of histories, by or about the person
	Originals   []Original         // mails that the person sent
	Mails       []Mail             // mails to the person
	Ledger      []LedgerEntry      // of the mails that the person sent
	DeadLetters []DeadLetter       // mails of the person that could not be handled
	Delegations []workflow.Delegation
	Forms       []Form // that wait for the person's word, or name the person
}

// PersonEntry is a history entry of some request.
type PersonEntry struct {
	Number string
	HistoryEntry
}

// Held gathers all that is held about an address.
func (s *Store) Held(ctx context.Context, email string) (Holding, error) {
	var h Holding
	if email = strings.ToLower(strings.TrimSpace(email)); email == "" {
		return h, nil
	}
	for _, gather := range []func(context.Context, string, *Holding) error{s.heldRequests, s.heldEntries, s.heldOriginals,
		s.heldMails, s.heldLedger, s.heldLetters, s.heldDelegations, s.heldForms} {
		if err := gather(ctx, email, &h); err != nil {
			return Holding{}, err
		}
	}
	return h, nil
}

// containing is a LIKE pattern, with \ as its escape, for text that holds s.
func containing(s string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s) + "%"
}

// quoted is containing for an address in JSON.
func quoted(email string) string {
	b, _ := json.Marshal(email) // a string always marshals
	return containing(strings.Trim(string(b), `"`))
}

func (s *Store) heldRequests(ctx context.Context, email string, h *Holding) error {
	found, err := rows[string](ctx, s, `SELECT body FROM requests WHERE lower(body) LIKE ? ESCAPE '\' ORDER BY number`,
		quoted(email))
	if err != nil {
		return err
	}
	for _, body := range found {
		var r workflow.Request
		if err := json.Unmarshal([]byte(body), &r); err != nil {
			return fmt.Errorf("store: request: %w", err)
		}
		named := r.Requester.Is(email) || r.FiledBy.Is(email)
		for _, v := range r.Form {
			named = named || strings.Contains(strings.ToLower(v.Text), email)
		}
		if named {
			h.Requests = append(h.Requests, r)
		} else {
			h.Mentioned = append(h.Mentioned, r.Number)
		}
	}
	return nil
}

func (s *Store) heldEntries(ctx context.Context, email string, h *Holding) error {
	type row struct {
		Number string `db:"number"`
		dbEntry
	}
	found, err := rows[row](ctx, s, `SELECT number, `+historyColumns+
		` FROM history WHERE lower(author) = ? OR lower(note) LIKE ? ESCAPE '\' ORDER BY number, seq`, email,
		containing(email))
	for _, r := range found {
		h.Entries = append(h.Entries, PersonEntry{r.Number, r.entry()})
	}
	return err
}

func (s *Store) heldOriginals(ctx context.Context, email string, h *Holding) error {
	return s.originals(ctx, `sender = ?`, email,
		func(o Original) error { h.Originals = append(h.Originals, o); return nil })
}

func (s *Store) heldMails(ctx context.Context, email string, h *Holding) error {
	found, err := rows[mailRow](ctx, s,
		`SELECT id, number, n, recipient, kind, step, visit, message_id, mail, state, attempts, due, error, created, sent FROM outbox WHERE recipient = ? ORDER BY created, id`, email)
	if err != nil {
		return err
	}
	for _, r := range found {
		m := r.mail()
		if m.Raw, err = unpack(r.Mail); err != nil {
			return fmt.Errorf("outbox %s: %w", m.MessageID, err)
		}
		h.Mails = append(h.Mails, m)
	}
	return nil
}

// heldLedger follows the digests, since the ledger itself names nobody.
func (s *Store) heldLedger(ctx context.Context, email string, h *Holding) error {
	type row struct {
		Mailbox     string `db:"mailbox"`
		UIDValidity int64  `db:"uidvalidity"`
		UID         int64  `db:"uid"`
		MessageID   string `db:"message_id"`
		Digest      string `db:"digest"`
		BodyDigest  string `db:"body_digest"`
		Outcome     string `db:"outcome"`
		Number      string `db:"number"`
		Handled     stamp  `db:"handled"`
	}
	found, err := rows[row](ctx, s,
		`SELECT mailbox, uidvalidity, uid, message_id, digest, body_digest, outcome, number, handled FROM ledger
		WHERE digest IN (SELECT digest FROM mails WHERE sender = ?) OR digest IN (SELECT mail FROM history WHERE lower(author) = ? AND mail <> '') ORDER BY id`, email, email)
	for _, r := range found {
		h.Ledger = append(h.Ledger, LedgerEntry{Mailbox: r.Mailbox, UIDValidity: uint32(r.UIDValidity), UID: uint32(r.UID),
			MessageID: r.MessageID,
			Digest:    r.Digest, BodyDigest: r.BodyDigest, Outcome: r.Outcome, Number: r.Number, Handled: r.Handled.utc()})
	}
	return err
}

func (s *Store) heldLetters(ctx context.Context, email string, h *Holding) error {
	found, err := rows[deadRow](ctx, s,
		`SELECT id, at, reason, detail, sender, subject, message_id, mailbox, uidvalidity, uid, mail, state, why FROM dead_letters WHERE lower(sender) = ? ORDER BY at, id`, email)
	if err != nil {
		return err
	}
	for _, r := range found {
		d, err := r.letter()
		if err != nil {
			return err
		}
		h.DeadLetters = append(h.DeadLetters, d)
	}
	return nil
}

func (s *Store) heldDelegations(ctx context.Context, email string, h *Holding) error {
	all, err := s.delegations(rows[delegationRow](ctx, s, `SELECT `+delegationColumns+
		` FROM delegations WHERE lower(body) LIKE ? ESCAPE '\' ORDER BY id`, quoted(email)))
	h.Delegations = slices.DeleteFunc(all, func(d workflow.Delegation) bool {
		return !d.By.Is(email) && !d.To.Is(email) && !strings.EqualFold(d.Recorder, email)
	})
	return err
}
