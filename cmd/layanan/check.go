package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"batan.go.id/layanan/mailbox"
	"batan.go.id/layanan/notify"
)

type checkCmd struct {
	JSON bool `help:"Print JSON."`
}

// finding is the result of one check.
type finding struct {
	Check string `json:"check"`
	OK    bool   `json:"ok"`
	Text  string `json:"text,omitempty"`
}

// checkTimeout bounds each connection.
const checkTimeout = 20 * time.Second

// Run tries everything that the daemon needs and prints one line a check.
func (c *checkCmd) Run(w *world) error {
	cfg, err := w.load()
	if err != nil {
		return err
	}
	findings := []finding{{Check: "configuration", OK: true}}
	for _, warning := range cfg.Warnings {
		findings = append(findings, finding{Check: "warning", OK: true, Text: warning})
	}
	try := func(name string, f func(context.Context) (string, error)) bool {
		ctx, cancel := context.WithTimeout(w.ctx, checkTimeout)
		defer cancel()
		text, err := f(ctx)
		if err != nil {
			text = err.Error()
		}
		findings = append(findings, finding{Check: name, OK: err == nil, Text: text})
		return err == nil
	}
	usable := try("sop", func(context.Context) (string, error) {
		sop, err := loadSOP(cfg)
		if err != nil {
			return "", err
		}
		return sop.String(), nil
	})
	if usable {
		usable = try("calendar", func(context.Context) (string, error) { _, err := loadCalendar(cfg); return "", err }) &&
			try("roles", func(context.Context) (string, error) { _, err := loadProcedure(cfg); return "", err })
	}
	if usable {
		try("templates", func(context.Context) (string, error) {
			o, err := loadOffice(cfg)
			if err != nil {
				return "", err
			}
			return "", o.Check()
		})
	}
	try("database", func(ctx context.Context) (string, error) {
		st, err := openStore(&world{ctx: ctx}, cfg)
		if err != nil {
			return "", err
		}
		defer st.Close()
		if _, _, err := st.Migrate(ctx); err != nil {
			return "", err
		}
		return cfg.Database.URL, st.Check(ctx)
	})
	try("imap", func(ctx context.Context) (string, error) {
		return cfg.IMAP.Address, mailbox.Check(ctx, imapConfig(cfg, nil))
	})
	try("smtp", func(ctx context.Context) (string, error) {
		smtp := smtpConfig(cfg)
		smtp.Timeout = checkTimeout * 3 / 4 // so that it can say what kept the server silent
		return cfg.SMTP.Address, notify.Check(ctx, smtp)
	})
	return c.report(w, findings)
}

func (c *checkCmd) report(w *world, findings []finding) error {
	failed := false
	for _, f := range findings {
		failed = failed || !f.OK
	}
	if c.JSON {
		if err := printJSON(w.out, findings); err != nil {
			return err
		}
	} else {
		for _, f := range findings {
			word := "ok"
			switch {
			case !f.OK:
				word = "FAILED"
			case f.Check == "warning":
				word = "note"
			}
			if f.Text != "" {
				text := strings.ReplaceAll(f.Text, "\n", "\n"+strings.Repeat(" ", 23))
				fmt.Fprintf(w.out, "%-13s  %-6s  %s\n", f.Check, word, text)
			} else {
				fmt.Fprintf(w.out, "%-13s  %s\n", f.Check, word)
			}
		}
	}
	if failed {
		return errQuiet
	}
	return nil
}
