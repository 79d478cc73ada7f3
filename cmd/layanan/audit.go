package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"batan.go.id/layanan/mailparse"
	"batan.go.id/layanan/store"
)

type auditCmd struct {
	Verify auditVerifyCmd `cmd:"" help:"Compute the hash chain of every request's history anew."`
	Export auditExportCmd `cmd:"" help:"Write histories and original mails as JSON Lines."`
}

type (
	auditVerifyCmd struct {
		Anchor string `help:"Also compare with this anchor: a file with the mail that the operators got, or the anchor itself. Without it, with the last one that the database keeps." placeholder:"FILE"`
		JSON   bool   `help:"Print JSON."`
	}
	auditExportCmd struct {
		Number string `arg:"" optional:"" help:"Only this request."`
	}
)

// verdict is what a verification found.
type verdict struct {
	OK       bool   `json:"ok"`
	Requests int    `json:"requests"`
	Entries  int    `json:"entries"` // good ones
	Anchor   string `json:"anchor,omitempty"`
	Request  string `json:"request,omitempty"` // the first broken one
	Entry    int64  `json:"entry,omitempty"`
	Why      string `json:"why,omitempty"`
}

// Run verifies all histories and stops at the first broken entry; then it
// compares them with an anchor, which shows what is gone without a trace.
func (c *auditVerifyCmd) Run(w *world) error {
	_, st, err := w.open()
	if err != nil {
		return err
	}
	defer st.Close()
	anchor, err := c.anchor(w, st)
	if err != nil {
		return err
	}
	v, err := verify(w, st, anchor)
	if err != nil {
		return err
	}
	switch {
	case c.JSON:
		if err := printJSON(w.out, v); err != nil {
			return err
		}
	case v.OK:
		fmt.Fprintf(w.out, "ok: %d requests, %d entries\n", v.Requests, v.Entries)
		if v.Anchor != "" {
			fmt.Fprintf(w.out, "ok: anchor %s\n", v.Anchor)
		}
	default:
		fmt.Fprintf(w.err, "layanan: %s\n", v.Why)
	}
	if !v.OK {
		return errQuiet
	}
	return nil
}

func verify(w *world, st *store.Store, anchor store.Anchor) (verdict, error) {
	numbers, err := st.Numbers(w.ctx)
	if err != nil {
		return verdict{}, err
	}
	v := verdict{OK: true, Requests: len(numbers)}
	for _, number := range numbers {
		n, err := st.Verify(w.ctx, number)
		v.Entries += n
		var broken *store.Broken
		if errors.As(err, &broken) {
			v.OK, v.Request, v.Entry, v.Why = false, broken.Number, broken.Seq, broken.Error()
			return v, nil
		}
		if err != nil {
			return verdict{}, err
		}
	}
	if anchor.Digest == "" {
		return v, nil
	}
	now, err := st.Weigh(w.ctx, anchor.Before)
	if err != nil {
		return verdict{}, err
	}
	if v.Anchor = anchor.String(); now != anchor {
		v.OK, v.Why = false, fmt.Sprintf("the histories before %s are not those that were anchored: then %d entries of %d requests, now %d of %d",
			anchor.Before.Format(time.RFC3339), anchor.Entries, anchor.Requests, now.Entries, now.Requests)
	}
	return v, nil
}

// anchor is the one that the command line gives, or the last one kept.
func (c *auditVerifyCmd) anchor(w *world, st *store.Store) (store.Anchor, error) {
	if c.Anchor == "" {
		return st.LastAnchor(w.ctx)
	}
	if a, ok := store.FindAnchor(c.Anchor); ok {
		return a, nil
	}
	raw, err := os.ReadFile(c.Anchor)
	if err != nil {
		return store.Anchor{}, usageError{fmt.Errorf("--anchor: %w", err)}
	}
	if a, ok := store.FindAnchor(string(raw)); ok {
		return a, nil
	}
	if a, ok := store.FindAnchor(mailparse.Parse(raw, mailparse.NewGrammar(mailparse.Grammar{Location: time.UTC})).Text); ok {
		return a, nil
	}
	return store.Anchor{}, usageError{fmt.Errorf("--anchor %s: no anchor is in that file", c.Anchor)}
}

// exportedEntry is a history entry with all that its hash is made of.
type exportedEntry struct {
	Type      string `json:"type"`
	Number    string `json:"number"`
	Seq       int64  `json:"seq"`
	At        string `json:"at"`
	Event     string `json:"event"`
	By        string `json:"by"`
	Step      string `json:"step"`
	Visit     int    `json:"visit"`
	Word      string `json:"word"`
	Note      string `json:"note"`
	MessageID string `json:"message_id"`
	Mail      string `json:"mail"`
	Proof     string `json:"proof"`
	Rule      string `json:"rule"`
	Salt      string `json:"salt"`
	Personal  string `json:"personal"`
	Hash      string `json:"hash"`
}

// exportedMail is a mail as it came; raw is null when it was too large to keep.
type exportedMail struct {
	Type   string    `json:"type"`
	Number string    `json:"number"`
	Digest string    `json:"digest"`
	At     time.Time `json:"at"`
	From   string    `json:"from"`
	Size   int       `json:"size"`
	Raw    []byte    `json:"raw"`
}

// Run writes, request by request, its entries and then its mails.
func (c *auditExportCmd) Run(w *world) error {
	_, st, err := w.open()
	if err != nil {
		return err
	}
	defer st.Close()
	numbers := []string{strings.ToUpper(strings.TrimSpace(c.Number))}
	if c.Number == "" {
		numbers, err = st.Numbers(w.ctx)
	} else if _, err = st.Request(w.ctx, numbers[0]); errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("no request has the number %s", numbers[0])
	}
	if err != nil {
		return err
	}
	for _, number := range numbers {
		if err := exportRequest(w, st, w.out, number); err != nil {
			return err
		}
	}
	return nil
}

func exportRequest(w *world, st *store.Store, out io.Writer, number string) error {
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	history, err := st.History(w.ctx, number)
	if err != nil {
		return err
	}
	for _, h := range history {
		err := lines.Encode(exportedEntry{Type: "entry", Number: number, Seq: h.Seq, At: h.Stamp(), Event: h.Event, By: h.By, Step: h.Step, Visit: h.Visit,
			Word: h.Word, Note: h.Note, MessageID: h.MessageID, Mail: h.Mail, Proof: h.Proof, Rule: h.Rule, Salt: h.Salt, Personal: h.Personal, Hash: h.Hash})
		if err != nil {
			return err
		}
	}
	return st.Originals(w.ctx, number, func(o store.Original) error {
		m := exportedMail{Type: "mail", Number: number, Digest: o.Digest, At: o.At, From: o.Sender, Size: o.Size, Raw: o.Raw}
		if len(m.Raw) < m.Size {
			m.Raw = nil
		}
		return lines.Encode(m)
	})
}
