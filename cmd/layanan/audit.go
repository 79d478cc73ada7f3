package main

import (
	"errors"
	"fmt"

	"batan.go.id/layanan/store"
)

type auditCmd struct {
	Verify auditVerifyCmd `cmd:"" help:"Compute the hash chain of every request's history anew."`
}

type auditVerifyCmd struct {
	JSON bool `help:"Print JSON."`
}

// Run verifies all histories and stops at the first broken entry.
func (c *auditVerifyCmd) Run(w *world) error {
	_, st, err := w.open()
	if err != nil {
		return err
	}
	defer st.Close()
	requests, err := st.Requests(w.ctx, store.Filter{})
	if err != nil {
		return err
	}
	entries := 0
	for _, r := range requests {
		n, err := st.Verify(w.ctx, r.Number)
		entries += n
		var broken *store.Broken
		if errors.As(err, &broken) && c.JSON {
			if err := printJSON(w.out, map[string]any{"ok": false, "request": broken.Number, "entry": broken.Seq, "why": broken.Why}); err != nil {
				return err
			}
			return errQuiet
		}
		if err != nil {
			return err
		}
	}
	if c.JSON {
		return printJSON(w.out, map[string]any{"ok": true, "requests": len(requests), "entries": entries})
	}
	fmt.Fprintf(w.out, "ok: %d requests, %d entries\n", len(requests), entries)
	return nil
}
