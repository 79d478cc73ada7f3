package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/mailparse"
)

type auditCmd struct {
	Verify auditVerifyCmd `cmd:"" help:"Compute every history anew and hold the whole record against its seals."`
	Adopt  auditAdoptCmd  `cmd:"" help:"Answer for what was changed without the key, as it stands."`
	Export auditExportCmd `cmd:"" help:"Write histories and original mails as JSON Lines."`
}

type (
	auditVerifyCmd struct {
		Anchor string `help:"Also compare with this anchor: a file with the mail that the operators got, or the anchor itself. Without it, with the last one that the database keeps." placeholder:"FILE"`
		JSON   bool   `help:"Print JSON."`
	}
	auditAdoptCmd struct {
		Number string `arg:"" optional:"" help:"The request's number, e.g. VC-2026-0001; none: counters, delegations and whatever else is no request."`
		Why    string `help:"Why it is right as it stands; the history keeps it." required:"" placeholder:"TEXT"`
		By     string `help:"Who answers for it; default: the first operator." placeholder:"EMAIL"`
	}
	auditExportCmd struct {
		Number string `arg:"" optional:"" help:"Only this request."`
	}
)

// verdict is what a verification found.
type verdict struct {
	OK       bool    `json:"ok"`
	Requests int     `json:"requests"`
	Entries  int     `json:"entries"` // good ones
	Anchor   string  `json:"anchor,omitempty"`
	fault            // the first
	Faults   []fault `json:"faults,omitempty"`
}

// fault is something that somebody without the key has changed, added or taken
// away.
type fault struct {
	Request string `json:"request,omitempty"`
	Entry   int64  `json:"entry,omitempty"`
	Why     string `json:"why,omitempty"`
}

// Run tells of everything that differs, a line each, and then how much was
// looked at.
func (c *auditVerifyCmd) Run(w *world) error {
	_, st, err := w.openRecord()
	if err != nil {
		return err
	}
	defer st.Close()
	anchor, err := c.anchor(w, st)
	if err != nil {
		return err
	}
	faults := 0
	v := verdict{}
	found := func(b *store.Broken) {
		faults++
		f := fault{Request: b.Number, Entry: b.Seq, Why: b.Error()}
		if faults == 1 {
			v.fault = f
		}
		if c.JSON {
			v.Faults = append(v.Faults, f)
		} else {
			fmt.Fprintf(w.err, "layanan: %s\n", printable(f.Why))
		}
	}
	audited, err := st.Audit(w.ctx, time.Now(), found)
	if err == nil {
		err = againstAnchor(w, st, anchor, found)
	}
	if err != nil {
		return err
	}
	v.OK, v.Requests, v.Entries = faults == 0, audited.Requests, audited.Entries
	if anchor.Digest != "" {
		v.Anchor = anchor.String()
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
		fmt.Fprintf(w.out, "FAILED: %d faults in %d requests, %d good entries\n", faults, v.Requests, v.Entries)
	}
	if !v.OK {
		return errQuiet
	}
	return nil
}

// againstAnchor shows what is gone without a trace.
func againstAnchor(w *world, st *store.Store, anchor store.Anchor, found func(*store.Broken)) error {
	if anchor.Digest == "" {
		return nil
	}
	now, err := st.Weigh(w.ctx, anchor.Before)
	if err == nil && now != anchor {
		found(&store.Broken{Why: fmt.Sprintf("the histories before %s are not those that were anchored: then %d entries "+
			"of %d requests, now %d of %d",
			anchor.Before.Format(time.RFC3339), anchor.Entries, anchor.Requests, now.Entries, now.Requests)})
	}
	return err
}

// Run takes a request, or all that is none, into the record as it stands.
func (c *auditAdoptCmd) Run(w *world) error {
	cfg, st, err := w.openRecord()
	if err != nil {
		return err
	}
	defer st.Close()
	by := strings.ToLower(c.By)
	if by == "" && len(cfg.Service.Operators) > 0 {
		by = strings.ToLower(cfg.Service.Operators[0])
	}
	why := strings.Join(strings.Fields(printable(c.Why)), " ")
	if by == "" || why == "" {
		return usageError{errors.New("say who answers for it (--by), and why (--why)")}
	}
	if err := w.seal(st); err != nil {
		return err
	}
	number := strings.ToUpper(strings.TrimSpace(c.Number))
	adopted := number
	if number == "" {
		adopted = "all that is no request"
		err = st.AdoptRest(w.ctx, by, why, time.Now())
	} else {
		err = st.Adopt(w.ctx, number, by, why, time.Now())
	}
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("no request has the number %s", number)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.out, "adopted %s\n", adopted)
	return err
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
	if a, ok := store.FindAnchor(mailparse.Parse(raw,
		mailparse.NewGrammar(mailparse.Grammar{Location: time.UTC})).Text); ok {
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
	Form      string `json:"form"`
	Seal      string `json:"seal"`
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
		err := lines.Encode(exportedEntry{Type: "entry", Number: number, Seq: h.Seq, At: h.Stamp(), Event: h.Event, By: h.By,
			Step: h.Step, Visit: h.Visit,
			Word: h.Word, Note: h.Note, MessageID: h.MessageID, Mail: h.Mail, Proof: h.Proof, Rule: h.Rule, Salt: h.Salt,
			Personal: h.Personal, Hash: h.Hash, Form: h.Form, Seal: h.Seal})
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
