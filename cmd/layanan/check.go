package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"batan.go.id/layanan/internal/config"
	"batan.go.id/layanan/internal/mailbox"
	"batan.go.id/layanan/internal/smtp"
	"batan.go.id/layanan/workflow"
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

// checking is a check on its way.
type checking struct {
	ctx      context.Context
	cfg      *config.Config
	findings []finding
}

// Run tries everything that the daemon needs and prints one line a check.
func (c *checkCmd) Run(w *world) error {
	cfg, err := w.load()
	if err != nil {
		return err
	}
	k := &checking{w.ctx, cfg, []finding{{Check: "configuration", OK: true}}}
	for _, warning := range cfg.Warnings {
		k.warn(warning)
	}
	k.files()
	k.servers()
	return c.report(w, k.findings)
}

// warn tells of what is allowed and probably a slip.
func (k *checking) warn(text string) {
	k.findings = append(k.findings, finding{Check: "warning", OK: true, Text: text})
}

func (k *checking) try(name string, f func(context.Context) (string, error)) bool {
	ctx, cancel := context.WithTimeout(k.ctx, checkTimeout)
	defer cancel()
	text, err := f(ctx)
	if err != nil {
		text = err.Error()
	}
	k.findings = append(k.findings, finding{Check: name, OK: err == nil, Text: text})
	return err == nil
}

// files tries what the daemon reads, up to the first that it can't go on without.
func (k *checking) files() {
	var cal *workflow.Calendar
	usable := k.try("sop", func(context.Context) (string, error) {
		sop, err := loadSOP(k.cfg)
		if err != nil {
			return "", err
		}
		return sop.String(), nil
	}) && k.try("calendar", func(context.Context) (_ string, err error) {
		cal, err = loadCalendar(k.cfg)
		return "",
			err
	})
	if !usable {
		return
	}
	if until := workDays(cal, time.Now()); !k.cfg.Calendar.Always && !until.IsZero() {
		k.warn(k.cfg.Errorf("calendar.holidays", "none falls before %s: are those of the coming months missing?",
			until.Format(time.DateOnly)).Error())
	}
	if k.try("roles", func(context.Context) (string, error) { _, err := loadProcedure(k.cfg); return "", err }) {
		k.try("templates", func(context.Context) (string, error) {
			o, err := loadOffice(k.cfg)
			if err != nil {
				return "", err
			}
			return "", o.Check()
		})
	}
}

func (k *checking) servers() {
	k.try("database", func(ctx context.Context) (string, error) {
		st, err := openStore(&world{ctx: ctx}, k.cfg)
		if err != nil {
			return "", err
		}
		defer st.Close()
		if _, _, err := st.Migrate(ctx); err != nil {
			return "", err
		}
		return k.cfg.Database.URL, st.Check(ctx)
	})
	if k.try("imap", func(ctx context.Context) (string, error) {
		return k.cfg.IMAP.Address, mailbox.Check(ctx, imapConfig(k.cfg, nil))
	}) {
		k.senders()
	}
	k.try("smtp", func(ctx context.Context) (string, error) {
		server := smtpConfig(k.cfg)
		server.Timeout = checkTimeout * 3 / 4 // so that it can say what kept the server silent
		return k.cfg.SMTP.Address, smtp.Check(ctx, server)
	})
}

// senders tries whether our server's word for senders is what trust says.
func (k *checking) senders() {
	slip := ""
	k.try("senders", func(ctx context.Context) (string, error) {
		v, err := look(ctx, k.cfg)
		if err != nil {
			return "", err
		}
		text, unwise := v.judge(k.cfg)
		if unwise {
			slip, text = text, ""
		}
		return text, nil
	})
	if slip != "" {
		k.warn(slip)
	}
}

// workDays is the end of the coming three months when no holiday is in them.
func workDays(cal *workflow.Calendar, now time.Time) (until time.Time) {
	for until = now.AddDate(0, 3, 0); now.Before(until); now = now.AddDate(0, 0, 1) {
		if _, holiday := cal.Holiday(now); holiday {
			return time.Time{}
		}
	}
	return until
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
