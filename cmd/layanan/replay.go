package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/mailparse"
	"batan.go.id/layanan/mailparse/command"
)

type replayCmd struct {
	Since        string `help:"Only mails that came on that day or later, e.g. 2026-11-01." placeholder:"DATE"`
	ExportDoubts string `help:"Write what is asked back or held to a file, names and numbers replaced." placeholder:"FILE"`
	JSON         bool   `help:"Print JSON."`
}

// replayed is a mail that is read otherwise than it was.
type replayed struct {
	Request string `json:"request"`
	At      string `json:"at"`
	Digest  string `json:"digest"`
	Was     string `json:"was"`
	Is      string `json:"is"`
	Text    string `json:"text"` // what was newly written, shortened
}

// Run reads the kept mails again. It changes nothing in the database.
func (c *replayCmd) Run(w *world) error {
	since := time.Time{}
	if c.Since != "" {
		var err error
		if since, err = time.ParseInLocation(time.DateOnly, c.Since, time.Local); err != nil {
			return usageError{fmt.Errorf("--since %q: want a day such as 2026-11-01", c.Since)}
		}
	}
	_, st, err := w.openRecord()
	if err != nil {
		return err
	}
	defer st.Close()
	office, err := w.explainOffice()
	if err != nil {
		return err
	}
	mails, list, doubts := 0, []replayed{}, []string{}
	err = st.OriginalsSince(w.ctx, since, func(o store.Original) error {
		if len(o.Raw) == 0 { // too large to be kept
			return nil
		}
		mails++
		plan := office.Interpret(o.Raw)
		is := plan.Reading()
		was, err := st.Outcome(w.ctx, o.Digest)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if strings.Contains(was, ":") && was != is { // what an older version handled says nothing of how it read
			list = append(list, replayed{o.Number, o.At.Format(time.RFC3339), o.Digest, was, is,
				shorten(plan.Message.Reply, 120)})
		}
		if doubt := asExample(plan.Message); doubt != "" {
			doubts = append(doubts, office.Anonymous(doubt))
		}
		return nil
	})
	if err != nil {
		return err
	}
	if c.ExportDoubts != "" {
		if err := os.WriteFile(c.ExportDoubts, []byte(strings.Join(doubts, "")), 0o600); err != nil {
			return err
		}
	}
	if c.JSON {
		return printJSON(w.out, map[string]any{"mails": mails, "otherwise": list, "doubts": len(doubts)})
	}
	for _, r := range list {
		fmt.Fprintf(w.out, "%s  %s  was %s, would be %s: %s\n", r.Request, r.At, r.Was, r.Is, printable(r.Text))
	}
	_, err = fmt.Fprintf(w.out, "%d mails read again, %d of them otherwise than before; %d are asked back or held\n",
		mails, len(list), len(doubts))
	return err
}

// asExample is an answer that is asked back or held, as the reader's examples are written: its reading as a heading,
// and its text on a line; "" for all others.
func asExample(m *mailparse.Message) string {
	c := m.Command
	if c == nil || c.Doubt == command.NoDoubt && !c.Hold {
		return ""
	}
	text := strings.Join(strings.FieldsFunc(m.Reply, func(r rune) bool { return r == '\n' }), " ⏎ ")
	return "== " + c.Reading() + "\n" + text + "\n"
}
