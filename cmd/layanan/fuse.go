package main

import (
	"fmt"
	"time"

	"batan.go.id/layanan/internal/bot"
)

type fuseCmd struct {
	Status fuseStatusCmd `cmd:"" default:"1" help:"Say whether it has blown."`
	Reset  fuseResetCmd  `cmd:"" help:"Make it whole: answers are given again."`
}

type (
	fuseStatusCmd struct {
		JSON bool `help:"Print JSON."`
	}
	fuseResetCmd struct{}
)

// Run says how the limit over all answers stands.
func (c *fuseStatusCmd) Run(w *world) error {
	cfg, st, office, err := w.openOffice()
	if err != nil {
		return err
	}
	defer st.Close()
	f, err := bot.ReadFuse(w.ctx, st, office, time.Now())
	if err != nil {
		return err
	}
	until := instant{f.Until, cfg.Service.Location}
	if c.JSON {
		return printJSON(w.out, struct {
			Blown   bool    `json:"blown"`
			Until   instant `json:"until"`
			Answers int     `json:"answers"`
			Limit   int     `json:"limit"`
		}{f.Blown, until, f.Answers, f.Limit})
	}
	if f.Blown {
		fmt.Fprintf(w.out, "blown: mails in which nothing moves are not answered until %s (%d answers in the past hour, "+
			"limit %d)\n", until.short(), f.Answers, f.Limit)
		return nil
	}
	fmt.Fprintf(w.out, "whole: %d answers in the past hour, limit %d\n", f.Answers, f.Limit)
	return nil
}

// Run makes the fuse whole.
func (c *fuseResetCmd) Run(w *world) error {
	_, st, err := w.open()
	if err != nil {
		return err
	}
	defer st.Close()
	return bot.ResetFuse(w.ctx, st, time.Now())
}
