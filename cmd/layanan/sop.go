package main

import (
	"errors"
	"fmt"

	"batan.go.id/layanan/internal/config"
	"batan.go.id/layanan/workflow"
)

type sopCmd struct {
	Show  sopShowCmd  `cmd:"" help:"Print the SOP in force as YAML."`
	Check sopCheckCmd `cmd:"" help:"Validate a SOP file."`
	Graph sopGraphCmd `cmd:"" help:"Draw the SOP in force (Mermaid, or --dot)."`
}

type (
	sopShowCmd  struct{}
	sopCheckCmd struct {
		File string `arg:"" help:"The SOP file." type:"path"`
	}
	sopGraphCmd struct {
		Dot bool `help:"Draw in Graphviz's language."`
	}
)

// inForce is the SOP of the configuration; the built-in one when there is no
// configuration and none was named.
func (w *world) inForce() (*workflow.SOP, error) {
	path, err := config.Find(w.config)
	if err != nil {
		if w.config == "" {
			return workflow.BuiltInSOP(), nil
		}
		return nil, usageError{err}
	}
	cfg, err := config.Load(path)
	if err != nil {
		return nil, usageError{err}
	}
	return loadSOP(cfg)
}

// Run prints the SOP as its file has it.
func (*sopShowCmd) Run(w *world) error {
	sop, err := w.inForce()
	if err != nil {
		return err
	}
	_, err = w.out.Write(sop.Source)
	return err
}

// Run validates a file; every fault is told with line and column.
func (c *sopCheckCmd) Run(w *world) error {
	sop, err := readSOP(c.File)
	if err != nil {
		var usage usageError
		if errors.As(err, &usage) {
			return err
		}
		return checkFailed{err}
	}
	fmt.Fprintf(w.out, "%s: ok, %s, %d steps\n", c.File, sop, len(sop.Steps))
	return nil
}

// checkFailed hides the kind of an error: a check that finds faults has done
// its work, and exits 1 like every check.
type checkFailed struct{ error }

// Run draws the SOP.
func (c *sopGraphCmd) Run(w *world) error {
	sop, err := w.inForce()
	if err != nil {
		return err
	}
	draw := sop.Mermaid
	if c.Dot {
		draw = sop.DOT
	}
	_, err = fmt.Fprint(w.out, draw())
	return err
}
