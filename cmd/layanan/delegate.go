package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"

	"batan.go.id/layanan/internal/bot"
	"batan.go.id/layanan/internal/config"
	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

type delegateCmd struct {
	To   delegateToCmd   `cmd:"" default:"withargs" help:"Let somebody hold an office for a time (Plh., Plt.)."`
	List delegateListCmd `cmd:"" help:"List the delegations that have not ended."`
	End  delegateEndCmd  `cmd:"" help:"End a delegation now."`
}

type (
	delegateToCmd struct {
		Role  string `arg:"" help:"The office, as the configuration names it."`
		To    string `help:"Address of who is to hold it." required:"" placeholder:"EMAIL"`
		Name  string `help:"Name of who is to hold it." placeholder:"NAME"`
		From  string `help:"First day (2026-12-28), or an instant (2026-12-28T13:00); default: now." placeholder:"DATE"`
		Until string `help:"Last day, or the instant at which it ends." required:"" placeholder:"DATE"`
		SK    string `name:"sk" help:"Number of the decree (SK) or order that appoints." placeholder:"NUMBER"`
		By    string `help:"Who enters this; default: the first operator." placeholder:"EMAIL"`
		JSON  bool   `help:"Print JSON."`
	}
	delegateListCmd struct {
		All  bool `help:"Also those that have ended."`
		JSON bool `help:"Print JSON."`
	}
	delegateEndCmd struct {
		ID string `arg:"" help:"Its id, or the id's unique beginning or end."`
	}
)

type delegationJSON struct {
	ID       string  `json:"id"`
	Role     string  `json:"role"`
	By       string  `json:"by"`
	To       string  `json:"to"`
	From     instant `json:"from"`
	Until    instant `json:"until"`
	Request  string  `json:"request,omitempty"`
	SK       string  `json:"sk,omitempty"`
	Recorder string  `json:"recorder,omitempty"`
	Recorded instant `json:"recorded"`
}

func describeDelegation(d workflow.Delegation, cfg *config.Config) delegationJSON {
	at := func(t time.Time) instant { return instant{t, cfg.Service.Location} }
	return delegationJSON{ID: d.ID, Role: d.Role, By: d.By.Email, To: d.To.Email, From: at(d.From), Until: at(d.Until),
		Request: d.Request, SK: d.Decree,
		Recorder: d.Recorder, Recorded: at(d.Recorded)}
}

// Run records a delegation; the daemon tells those whom it concerns.
func (c *delegateToCmd) Run(w *world) error {
	cfg, st, office, err := w.openOffice()
	if err != nil {
		return err
	}
	defer st.Close()
	now := time.Now()
	d := workflow.Delegation{Role: c.Role, To: workflow.Person{Name: c.Name, Email: c.To}, Decree: c.SK, Recorder: c.By,
		From: now}
	if c.From != "" {
		if d.From, err = day(c.From, cfg.Service.Location, 0); err != nil {
			return usageError{fmt.Errorf("--from: %w", err)}
		}
	}
	if d.Until, err = day(c.Until, cfg.Service.Location, 1); err != nil {
		return usageError{fmt.Errorf("--until: %w", err)}
	}
	if d, err = bot.Delegate(w.ctx, st, office, d, now); errors.Is(err, bot.ErrDelegation) {
		return usageError{err}
	} else if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(w.out, describeDelegation(d, cfg))
	}
	_, err = fmt.Fprintln(w.out, d.ID)
	return err
}

// day reads a date, of which it gives the midnight that begins it or as many
// days later as extra says, or an instant; both local.
func day(s string, loc *time.Location, extra int) (time.Time, error) {
	if t, err := time.ParseInLocation("2006-01-02", s, loc); err == nil {
		return t.AddDate(0, 0, extra), nil
	}
	if t, err := time.ParseInLocation("2006-01-02T15:04", s, loc); err == nil {
		return t, nil
	}
	return time.Time{}, fmt.Errorf("want a date such as 2026-12-28, or 2026-12-28T13:00, have %q", s)
}

// Run lists delegations, oldest first.
func (c *delegateListCmd) Run(w *world) error {
	cfg, st, err := w.open()
	if err != nil {
		return err
	}
	defer st.Close()
	since := time.Now()
	if c.All {
		since = time.Unix(0, 0)
	}
	found, err := st.Delegations(w.ctx, since)
	if err != nil {
		return err
	}
	if c.JSON {
		out := make([]delegationJSON, 0, len(found))
		for _, d := range found {
			out = append(out, describeDelegation(d, cfg))
		}
		return printJSON(w.out, out)
	}
	t := newTable(w.out, "id", "role", "by", "to", "from", "until", "request", "sk")
	for _, f := range found {
		d := describeDelegation(f, cfg)
		t.AppendRow(table.Row{d.ID, d.Role, printable(d.By), printable(d.To), d.From.short(), d.Until.short(), d.Request,
			printable(d.SK)})
	}
	t.Render()
	return nil
}

// Run ends a delegation.
func (c *delegateEndCmd) Run(w *world) error {
	_, st, err := w.openRecord()
	if err != nil {
		return err
	}
	defer st.Close()
	if err := w.seal(st); err != nil {
		return err
	}
	now := time.Now()
	found, err := st.Delegations(w.ctx, now)
	if err != nil {
		return err
	}
	id, matches := strings.ToLower(c.ID), 0
	var chosen string
	for _, d := range found {
		if strings.HasPrefix(d.ID, id) || strings.HasSuffix(d.ID, id) {
			chosen = d.ID
			matches++
		}
	}
	if matches != 1 {
		return fmt.Errorf("no delegation that has not ended, or more than one, has the id %s", c.ID)
	}
	return st.InTx(w.ctx, func(tx *store.Tx) error {
		_, err := tx.EndDelegation(chosen, now)
		return err
	})
}
