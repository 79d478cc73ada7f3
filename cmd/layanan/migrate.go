package main

import "fmt"

type migrateCmd struct{}

// Run brings the schema up, and seals the record of an older one; safe while
// others do so.
func (*migrateCmd) Run(w *world) error {
	cfg, err := w.load()
	if err != nil {
		return err
	}
	st, err := openStore(w, cfg)
	if err != nil {
		return err
	}
	defer st.Close()
	from, to, err := st.Migrate(w.ctx)
	if err != nil {
		return err
	}
	if keys, err := recordKeys(cfg); err == nil { // else the daemon does it
		st.UseKeys(keys...)
		if err := w.seal(st); err != nil {
			return err
		}
	}
	if from == to {
		fmt.Fprintf(w.out, "schema %d, nothing to do\n", to)
		return nil
	}
	fmt.Fprintf(w.out, "schema %d, was %d\n", to, from)
	return nil
}
