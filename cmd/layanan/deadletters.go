package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"batan.go.id/layanan/bot"
	"batan.go.id/layanan/config"
	"batan.go.id/layanan/store"
)

type deadLettersCmd struct {
	List    deadListCmd    `cmd:"" help:"List messages that could not be processed."`
	Show    deadShowCmd    `cmd:"" help:"Print one, whole."`
	Retry   deadRetryCmd   `cmd:"" help:"Process one again."`
	Discard deadDiscardCmd `cmd:"" help:"Settle one without processing it."`
}

type (
	deadListCmd struct {
		All  bool `help:"Also those that were retried or discarded."`
		JSON bool `help:"Print JSON."`
	}
	deadShowCmd struct {
		ID   string `arg:"" help:"Its id, or the id's unique beginning or end."`
		JSON bool   `help:"Print JSON."`
	}
	deadRetryCmd struct {
		ID     string `arg:"" help:"Its id, or the id's unique beginning or end."`
		DryRun bool   `help:"Only say what would be done."`
	}
	deadDiscardCmd struct {
		ID  string `arg:"" help:"Its id, or the id's unique beginning or end."`
		Why string `help:"Why it needs no processing; kept with it."`
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
	return deadJSON{ID: d.ID, At: instant{d.At, cfg.Service.Location}, Reason: d.Reason, Detail: d.Detail, From: d.Sender, Subject: d.Subject,
		MessageID: d.MessageID, Size: len(d.Raw), State: d.State, Why: d.Why}
}

// Run lists dead letters, oldest first.
func (c *deadListCmd) Run(w *world) error {
	cfg, st, err := w.open()
	if err != nil {
		return err
	}
	defer st.Close()
	letters, err := st.DeadLetters(w.ctx, store.DeadFilter{Settled: c.All})
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
	t := table.NewWriter()
	t.SetOutputMirror(w.out)
	t.SetStyle(table.StyleLight)
	t.AppendHeader(table.Row{"id", "at", "reason", "from", "subject", "state"})
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

// Run prints the message as it came.
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
		}{describeDead(d, cfg), d.Raw})
	}
	_, err = w.out.Write(d.Raw)
	return err
}

// Run processes a message again, by the rules and the settings of today.
func (c *deadRetryCmd) Run(w *world) error {
	_, st, office, err := w.openOffice()
	if err != nil {
		return err
	}
	defer st.Close()
	d, err := findDead(w, st, c.ID)
	if err != nil {
		return err
	}
	says, err := bot.Retry(w.ctx, st, office, d, c.DryRun)
	if err != nil {
		return err
	}
	for _, s := range says {
		fmt.Fprintln(w.out, s)
	}
	return nil
}

// Run settles a message with a word why.
func (c *deadDiscardCmd) Run(w *world) error {
	_, st, err := w.open()
	if err != nil {
		return err
	}
	defer st.Close()
	d, err := findDead(w, st, c.ID)
	if err != nil {
		return err
	}
	return st.InTx(w.ctx, func(tx *store.Tx) error { return tx.Settle(d.ID, "discarded", c.Why) })
}
