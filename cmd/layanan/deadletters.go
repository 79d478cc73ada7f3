package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"batan.go.id/layanan/internal/bot"
	"batan.go.id/layanan/internal/config"
	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/notify"
)

type deadLettersCmd struct {
	List    deadListCmd    `cmd:"" help:"List messages that could not be processed."`
	Show    deadShowCmd    `cmd:"" help:"Print one, whole but for the codes that answer a task."`
	Assign  deadAssignCmd  `cmd:"" help:"Process one again, as a mail about a request."`
	Retry   deadRetryCmd   `cmd:"" help:"Process some again."`
	Discard deadDiscardCmd `cmd:"" help:"Settle some without processing them."`
}

// deadPick picks dead letters that wait for somebody.
type deadPick struct {
	Reason string `help:"Those with this reason code." placeholder:"CODE"`
	From   string `help:"Those from this address." placeholder:"ADDRESS"`
}

func (p deadPick) filter() store.DeadFilter {
	return store.DeadFilter{Reason: p.Reason, Sender: p.From}
}

// deadChoice picks by id, or all that a filter fits.
type deadChoice struct {
	ID []string `arg:"" optional:"" help:"Their ids, or the ids' unique beginnings or ends."`
	deadPick
}

type (
	deadListCmd struct {
		deadPick
		All  bool `help:"Also those that were retried or discarded."`
		JSON bool `help:"Print JSON."`
	}
	deadShowCmd struct {
		ID   string `arg:"" help:"Its id, or the id's unique beginning or end."`
		JSON bool   `help:"Print JSON."`
	}
	deadAssignCmd struct {
		ID     string `arg:"" help:"Its id, or the id's unique beginning or end."`
		Number string `arg:"" help:"The request's number."`
		DryRun bool   `help:"Only say what would be done."`
	}
	deadRetryCmd struct {
		deadChoice
		DryRun bool `help:"Only say what would be done."`
	}
	deadDiscardCmd struct {
		deadChoice
		Why string `help:"Why they need no processing; kept with them."`
	}
)

type deadJSON struct {
	ID        string  `json:"id"`
	At        instant `json:"at"`
	Reason    string  `json:"reason"`
	Detail    string  `json:"detail"`
	From      string  `json:"from"`
	Subject   string  `json:"subject"`
	MessageID string  `json:"message_id"`
	Size      int     `json:"size,omitempty"`
	State     string  `json:"state"`
	Why       string  `json:"why"`
}

func describeDead(d store.DeadLetter, cfg *config.Config) deadJSON {
	return deadJSON{ID: d.ID, At: instant{d.At, cfg.Service.Location}, Reason: d.Reason, Detail: notify.Redact(d.Detail),
		From:    notify.Redact(d.Sender),
		Subject: notify.Redact(d.Subject), MessageID: notify.Redact(d.MessageID), Size: len(d.Raw), State: d.State,
		Why: d.Why}
}

// Run lists dead letters, oldest first.
func (c *deadListCmd) Run(w *world) error {
	cfg, st, err := w.open()
	if err != nil {
		return err
	}
	defer st.Close()
	filter := c.filter()
	filter.Settled = c.All
	letters, err := st.DeadLetters(w.ctx, filter)
	if err != nil {
		return err
	}
	if c.JSON {
		out := make([]deadJSON, 0, len(letters))
		for _, d := range letters {
			out = append(out, describeDead(d, cfg))
		}
		return printJSON(w.out, out)
	}
	t := newTable(w.out, "id", "at", "reason", "from", "subject", "state")
	for _, l := range letters {
		d := describeDead(l, cfg)
		t.AppendRow(table.Row{d.ID, d.At.short(), d.Reason, printable(d.From), printable(shorten(d.Subject, 40)), d.State})
	}
	t.Render()
	return nil
}

// find gives a dead letter or a sentence that names the id.
func findDead(w *world, st *store.Store, id string) (store.DeadLetter, error) {
	d, err := st.DeadLetter(w.ctx, strings.ToLower(id))
	if errors.Is(err, store.ErrNotFound) {
		return d, fmt.Errorf("no dead letter, or more than one, has the id %s", id)
	}
	return d, err
}

// Run prints the message as it came, but for reply tokens and for a terminal.
func (c *deadShowCmd) Run(w *world) error {
	cfg, st, err := w.open()
	if err != nil {
		return err
	}
	defer st.Close()
	d, err := findDead(w, st, c.ID)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(w.out, struct {
			deadJSON
			Raw []byte `json:"raw"`
		}{describeDead(d, cfg), notify.MaskMail(d.Raw)})
	}
	return writeMail(w.out, notify.MaskMail(d.Raw), isTerminal(w.out))
}

// fullIDs completes ids.
func fullIDs(w *world, st *store.Store, ids ...string) ([]string, error) {
	full := make([]string, len(ids))
	for i, id := range ids {
		d, err := findDead(w, st, id)
		if err != nil {
			return nil, err
		}
		full[i] = d.ID
	}
	return full, nil
}

// ids are the ids of the dead letters that were chosen.
func (c deadChoice) ids(w *world, st *store.Store) ([]string, error) {
	switch filtered := c.deadPick != (deadPick{}); {
	case len(c.ID) > 0 && filtered:
		return nil, usageError{errors.New("name ids, or pick by --reason and --from, not both")}
	case len(c.ID) == 0 && !filtered:
		return nil, usageError{errors.New("name an id, or pick by --reason or --from")}
	case !filtered:
		return fullIDs(w, st, c.ID...)
	}
	letters, err := st.DeadLetters(w.ctx, c.filter())
	ids := make([]string, len(letters))
	for i, d := range letters {
		ids[i] = d.ID
	}
	return ids, err
}

// Run processes a message again, by the rules and the settings of today, as
// one about a request.
func (c *deadAssignCmd) Run(w *world) error {
	return retryDead(w, func(st *store.Store) ([]string, error) { return fullIDs(w, st, c.ID) },
		bot.RetryOptions{Number: strings.ToUpper(c.Number), DryRun: c.DryRun})
}

// Run processes messages again, by the rules and the settings of today.
func (c *deadRetryCmd) Run(w *world) error {
	return retryDead(w, func(st *store.Store) ([]string, error) { return c.ids(w, st) },
		bot.RetryOptions{DryRun: c.DryRun})
}

// retryDead processes messages one by one; one that still can't be processed
// does not hold up the others, but the command fails.
func retryDead(w *world, choose func(*store.Store) ([]string, error), opts bot.RetryOptions) error {
	_, st, office, err := w.openOffice()
	if err != nil {
		return err
	}
	defer st.Close()
	ids, err := choose(st)
	if err != nil {
		return err
	}
	var faults []error
	for _, id := range ids {
		d, err := st.DeadLetter(w.ctx, id)
		var says []string
		if err == nil {
			says, err = bot.Retry(w.ctx, st, office, d, opts)
		}
		if err != nil && len(ids) > 1 {
			err = fmt.Errorf("%s: %w", id, err)
		}
		faults = append(faults, err)
		for _, s := range says {
			fmt.Fprintln(w.out, s)
		}
	}
	return errors.Join(faults...)
}

// Run settles messages with a word why: all or none.
func (c *deadDiscardCmd) Run(w *world) error {
	_, st, err := w.open()
	if err != nil {
		return err
	}
	defer st.Close()
	ids, err := c.ids(w, st)
	if err != nil {
		return err
	}
	return st.InTx(w.ctx, func(tx *store.Tx) error {
		for _, id := range ids {
			if err := tx.Settle(id, "discarded", c.Why); err != nil {
				return err
			}
		}
		return nil
	})
}
