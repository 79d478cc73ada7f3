package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"batan.go.id/layanan/internal/bot"
	"batan.go.id/layanan/internal/config"
	"batan.go.id/layanan/mailparse"
	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

type explainCmd struct {
	File string `arg:"" help:"A message as a file (RFC 5322); - reads standard input."`
	JSON bool   `help:"Print JSON."`
}

// maxExplain bounds what is read; the parser takes any bytes up to it.
const maxExplain = 256 << 20

// Run shows what a message means. It changes nothing.
func (c *explainCmd) Run(w *world) error {
	raw, err := c.read(w)
	if err != nil {
		return err
	}
	office, err := w.explainOffice()
	if err != nil {
		return err
	}
	plan := office.Interpret(raw)
	office.Prove(w.ctx, &plan, raw, time.Now())
	would := office.Foresee(plan, time.Now())
	if c.JSON {
		return printJSON(w.out, struct {
			*mailparse.Message
			Would []string `json:"would"`
		}{plan.Message, would})
	}
	explanation{sop: office.Procedure.SOP, m: plan.Message, would: would, page: &page{out: w.out}}.print()
	return nil
}

func (c *explainCmd) read(w *world) ([]byte, error) {
	in := w.in
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return nil, fmt.Errorf("message: %w", err)
		}
		defer f.Close()
		in = f
	}
	raw, err := io.ReadAll(io.LimitReader(in, maxExplain))
	if err != nil {
		return nil, fmt.Errorf("message: %w", err)
	}
	return raw, nil
}

// noKeys stand in for the service's, which explain doesn't read.
var noKeys = notify.Keys{make([]byte, 32)}

// explainOffice is the configured office, or the built-in SOP's with the
// sample's names when there is no configuration: the parse needs no more.
func (w *world) explainOffice() (*bot.Office, error) {
	if path, err := config.Find(w.config); err == nil {
		cfg, err := config.Load(path)
		if err != nil {
			return nil, usageError{err}
		}
		p, err := loadProcedure(cfg)
		if err != nil {
			return nil, err
		}
		return newOffice(cfg, p, noKeys)
	} else if w.config != "" {
		return nil, usageError{err}
	}
	loc, err := time.LoadLocation("Asia/Jakarta")
	if err != nil {
		return nil, err
	}
	p := &workflow.Procedure{SOP: workflow.BuiltInSOP(), Calendar: workflow.Always(loc),
		People: map[string][]workflow.Person{}}
	id := notify.Identity{Name: "Layanan BATANnet", Address: "layanan_batannet@batan.go.id",
		Domains: []string{"batan.go.id"}, Keys: noKeys}
	return bot.NewOffice(p, id, "mx.batan.go.id")
}
