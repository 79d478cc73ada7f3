package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"batan.go.id/layanan/bot"
	"batan.go.id/layanan/config"
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
	would := office.Foresee(plan, time.Now())
	if c.JSON {
		return printJSON(w.out, struct {
			*mailparse.Message
			Would []string `json:"would"`
		}{plan.Message, would})
	}
	explainText(w.out, plan, would)
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
		id := notify.Identity{Name: cfg.Service.Name, Address: strings.ToLower(cfg.Service.Address), Domains: cfg.Trust.Domains, Keys: notify.Keys{make([]byte, 32)}}
		return bot.NewOffice(p, id, cfg.Trust.AuthservID)
	} else if w.config != "" {
		return nil, usageError{err}
	}
	loc, err := time.LoadLocation("Asia/Jakarta")
	if err != nil {
		return nil, err
	}
	p := &workflow.Procedure{SOP: workflow.BuiltInSOP(), Calendar: workflow.Always(loc), People: map[string][]workflow.Person{}}
	id := notify.Identity{Name: "Layanan BATANnet", Address: "layanan_batannet@batan.go.id", Domains: []string{"batan.go.id"}, Keys: notify.Keys{make([]byte, 32)}}
	return bot.NewOffice(p, id, "mx.batan.go.id")
}

func explainText(out io.Writer, plan bot.Plan, would []string) {
	m := plan.Message
	line := func(label, value string) {
		if value = strings.TrimSpace(printable(value)); value != "" {
			fmt.Fprintf(out, "%-12s %s\n", label, strings.ReplaceAll(value, "\n", "\n             "))
		}
	}
	line("kind", string(m.Kind))
	line("from", m.From)
	line("subject", m.Subject)
	line("request", m.Request)
	if c := m.Command; c != nil {
		line("command", c.Word)
		line("doubt", c.Doubt)
		line("note", c.Note)
	}
	line("reply", m.Reply)
	if f := m.Form; f != nil {
		for _, kv := range [][2]string{{"nama", f.Nama}, {"email", f.Email}, {"nip", f.NIP}, {"unit_kerja", f.UnitKerja}, {"kegiatan", f.Kegiatan}, {"pelaksanaan", f.Pelaksanaan}, {"media", f.Media}} {
			line("  "+kv[0], kv[1])
		}
		if d := f.Tanggal; d != nil {
			line("  tanggal", d.Text)
			if d.Start != nil {
				line("    start", d.Start.Format(time.RFC3339))
			}
			if d.End != nil {
				line("    end", d.End.Format(time.RFC3339))
			}
		}
		line("missing", strings.Join(m.Missing, ", "))
	}
	if b := m.Bounce; b != nil {
		line("bounce", strings.Join([]string{b.Recipient, b.Status, b.Action}, " "))
	}
	if a := m.Auth; a != nil {
		line("auth", fmt.Sprintf("dmarc=%s dkim=%s spf=%s by %s", a.DMARC, a.DKIM, a.SPF, a.By))
	}
	for _, a := range m.Attachments {
		line("attachment", fmt.Sprintf("%s (%s, %d bytes)", a.Name, a.Type, a.Size))
	}
	for _, warning := range m.Warnings {
		line("warning", warning)
	}
	for _, s := range would {
		line("would", s)
	}
}
