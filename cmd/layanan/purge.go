package main

import (
	"fmt"
	"time"
)

type purgeCmd struct {
	OlderThan string `help:"How long ago it must have ended, e.g. 730d." required:"" placeholder:"SPAN"`
	DryRun    bool   `help:"Only say what would be taken out."`
	JSON      bool   `help:"Print JSON."`
}

// Run takes names, addresses, numbers, notes and mails out of what ended long
// ago. Each history records it and still verifies.
func (c *purgeCmd) Run(w *world) error {
	now := time.Now()
	before, ok := ago(now, c.OlderThan)
	if !ok {
		return usageError{fmt.Errorf("--older-than %q: want a span such as 730d", c.OlderThan)}
	}
	_, st, err := w.openRecord()
	if err != nil {
		return err
	}
	defer st.Close()
	if err := w.seal(st); err != nil {
		return err
	}
	p, err := st.Purge(w.ctx, before, now, c.DryRun)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(w.out, map[string]any{"dry_run": c.DryRun, "requests": append([]string{}, p.Requests...),
			"mails":        p.Mails,
			"dead_letters": p.DeadLetters, "delegations": p.Delegations, "forms": p.Forms})
	}
	did := "purged"
	if c.DryRun {
		did = "would purge"
	}
	for _, number := range p.Requests {
		fmt.Fprintf(w.out, "%s %s\n", did, number)
	}
	_, err = fmt.Fprintf(w.out,
		"%s: %d requests; beside them %d mails, %d dead letters, %d delegations, %d forms for somebody else\n", did,
		len(p.Requests), p.Mails, p.DeadLetters, p.Delegations, p.Forms)
	return err
}
