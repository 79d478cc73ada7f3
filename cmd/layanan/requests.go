package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"

	"batan.go.id/layanan/internal/config"
	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

type requestsCmd struct {
	List   requestsListCmd   `cmd:"" help:"List requests."`
	Show   requestsShowCmd   `cmd:"" help:"Show one request with its whole history."`
	Export requestsExportCmd `cmd:"" help:"Write requests as CSV."`
}

// requestFilter is what list and export have in common.
type requestFilter struct {
	Status  string `help:"berjalan, menunggu, selesai, ditolak or dibatalkan." placeholder:"STATUS"`
	Step    string `help:"Only requests at this step." placeholder:"STEP"`
	Overdue bool   `help:"Only requests whose step is overdue."`
	Since   string `help:"Only requests made on or after this date (2026-01-31) or in this span (30d, 12h)." placeholder:"DATE"`
}

type (
	requestsListCmd struct {
		requestFilter
		JSON bool `help:"Print JSON."`
	}
	requestsShowCmd struct {
		Number string `arg:"" help:"The request's number, e.g. VC-2026-0001."`
		JSON   bool   `help:"Print JSON."`
	}
	requestsExportCmd struct {
		requestFilter
		Format string `help:"What to write." enum:"csv,json" default:"csv"`
		JSON   bool   `help:"Print JSON."`
	}
)

// requestJSON is a request as other programs read it; its keys stay.
type requestJSON struct {
	Number    string         `json:"number"`
	Status    workflow.State `json:"status"`
	Step      string         `json:"step"`
	Actor     string         `json:"actor"`
	Due       instant        `json:"due"`
	Overdue   bool           `json:"overdue"`
	Requester string         `json:"requester"`
	Form      workflow.Form  `json:"form"`
	Urgent    bool           `json:"urgent"`
	Created   instant        `json:"created"`
	Closed    instant        `json:"closed"`
	Held      *heldJSON      `json:"held,omitempty"`
	History   []historyJSON  `json:"history,omitempty"`
	Mails     []mailJSON     `json:"mails,omitempty"`
}

type historyJSON struct {
	At        instant `json:"at"`
	Event     string  `json:"event"`
	By        string  `json:"by"`
	Step      string  `json:"step"`
	Word      string  `json:"word"`
	Note      string  `json:"note"`
	MessageID string  `json:"message_id"`
	Mail      string  `json:"mail"` // SHA-256 of the mail that caused it
	Proof     string  `json:"proof"`
	Rule      string  `json:"rule"`
	Hash      string  `json:"hash"`
}

type mailJSON struct {
	At        instant `json:"at"`
	To        string  `json:"to"`
	Notice    string  `json:"notice"`
	State     string  `json:"state"`
	Error     string  `json:"error,omitempty"`
	MessageID string  `json:"message_id"`
}

// registry reads requests for people and programs.
type registry struct {
	st  *store.Store
	cfg *config.Config
	sop *workflow.SOP
	now time.Time
}

func (w *world) registry() (*registry, error) {
	cfg, st, err := w.open()
	if err != nil {
		return nil, err
	}
	sop, err := loadSOP(cfg)
	if err != nil {
		_ = st.Close()
		return nil, err
	}
	return &registry{st: st, cfg: cfg, sop: sop, now: time.Now()}, nil
}

func (g *registry) close() { _ = g.st.Close() }

func (g *registry) at(t time.Time) instant { return instant{t, g.cfg.Service.Location} }

// describe tells of a request. Here, as in all that the registry tells, reply
// tokens have no signature: what was quoted to us is somebody's who still has to act.
func (g *registry) describe(r *workflow.Request) requestJSON {
	actor := ""
	if step := g.sop.Step(r.Step); step != nil && r.Open() {
		actor = step.Actor
		if r.State == workflow.Waiting {
			actor = workflow.Requester
		}
	}
	return requestJSON{Number: r.Number, Status: r.State, Step: r.Step, Actor: actor, Due: g.at(r.Due),
		Overdue: r.Overdue(g.now), Held: g.held(r.NextHeld()),
		Requester: notify.Redact(r.Requester.Email), Form: withoutTokens(r.Form), Urgent: r.Urgent, Created: g.at(r.Created),
		Closed: g.at(r.Closed)}
}

func withoutTokens(form workflow.Form) workflow.Form {
	out := maps.Clone(form)
	for id, v := range out {
		v.Text = notify.Redact(v.Text)
		out[id] = v
	}
	return out
}

func (g *registry) entry(h store.HistoryEntry) historyJSON {
	return historyJSON{At: g.at(h.At), Event: h.Event, By: notify.Redact(h.By), Step: h.Step, Word: h.Word,
		Note: notify.Redact(h.Note), MessageID: notify.Redact(h.MessageID), Mail: h.Mail, Proof: h.Proof, Rule: h.Rule,
		Hash: h.Hash}
}

func (g *registry) mail(m store.Mail) mailJSON {
	at, state := m.Sent, m.State
	if at.IsZero() {
		at = m.Created
	}
	if state == "sending" { // claimed, not yet known to have left
		state = "queued"
	}
	return mailJSON{At: g.at(at), To: m.Recipient, Notice: m.Kind, State: state, Error: notify.Redact(m.Error),
		MessageID: notify.Redact(m.MessageID)}
}

// filter turns the flags into a query.
func (f *requestFilter) filter(g *registry) (store.Filter, error) {
	out := store.Filter{State: workflow.State(f.Status), Step: f.Step}
	switch out.State {
	case "", workflow.Running, workflow.Waiting, workflow.StateFinished, workflow.StateRejected, workflow.StateCancelled:
	default:
		return out, usageError{fmt.Errorf("--status %q: want berjalan, menunggu, selesai, ditolak or dibatalkan", f.Status)}
	}
	if f.Step != "" && g.sop.Step(f.Step) == nil {
		return out, usageError{fmt.Errorf("--step %q: the SOP has no such step", f.Step)}
	}
	if f.Overdue {
		out.Overdue = g.now
	}
	if f.Since == "" {
		return out, nil
	}
	if t, err := time.ParseInLocation("2006-01-02", f.Since, g.cfg.Service.Location); err == nil {
		out.Since = t
		return out, nil
	}
	if t, err := time.Parse(time.RFC3339, f.Since); err == nil {
		out.Since = t
		return out, nil
	}
	if t, ok := ago(g.now, f.Since); ok {
		out.Since = t
		return out, nil
	}
	return out, usageError{fmt.Errorf("--since %q: want a date such as 2026-01-31 or a span such as 30d", f.Since)}
}

// ago is the instant a span such as 30d or 12h before now.
func ago(now time.Time, span string) (time.Time, bool) {
	if days, ok := strings.CutSuffix(span, "d"); ok {
		n, err := strconv.Atoi(days)
		return now.AddDate(0, 0, -n), err == nil && n >= 0
	}
	d, err := time.ParseDuration(span)
	return now.Add(-d), err == nil && d >= 0
}

// find gives the requests that the flags pick.
func (g *registry) find(w *world, f *requestFilter) ([]workflow.Request, error) {
	filter, err := f.filter(g)
	if err != nil {
		return nil, err
	}
	found, err := g.st.Requests(w.ctx, filter)
	if err == nil && f.Overdue {
		found = g.late(found)
	}
	return found, err
}

// Run lists requests, a line each.
func (c *requestsListCmd) Run(w *world) error {
	g, err := w.registry()
	if err != nil {
		return err
	}
	defer g.close()
	requests, err := g.find(w, &c.requestFilter)
	if err != nil {
		return err
	}
	if c.JSON {
		out := make([]requestJSON, 0, len(requests))
		for _, r := range requests {
			out = append(out, g.describe(&r))
		}
		return printJSON(w.out, out)
	}
	t := newTable(w.out, "number", "status", "step", "actor", "due", "requester", "event")
	for _, r := range requests {
		d := g.describe(&r)
		due := d.Due.short()
		if d.Overdue {
			due += " overdue"
		}
		if d.Urgent {
			due += " MENDESAK"
		}
		t.AppendRow(table.Row{d.Number, d.Status, d.Step, d.Actor, due, printable(d.Requester),
			printable(shorten(g.sop.Said(d.Form, workflow.MeansEvent), 40))})
	}
	t.Render()
	return nil
}

func shorten(s string, n int) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return string(r)
}

// Run shows one request.
func (c *requestsShowCmd) Run(w *world) error {
	g, err := w.registry()
	if err != nil {
		return err
	}
	defer g.close()
	number := strings.ToUpper(strings.TrimSpace(c.Number))
	r, err := g.st.Request(w.ctx, number)
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("no request has the number %s", number)
	}
	if err != nil {
		return err
	}
	d := g.describe(&r)
	history, err := g.st.History(w.ctx, number)
	if err != nil {
		return err
	}
	for _, h := range history {
		d.History = append(d.History, g.entry(h))
	}
	mails, err := g.st.Mails(w.ctx, number)
	if err != nil {
		return err
	}
	for _, m := range mails {
		d.Mails = append(d.Mails, g.mail(m))
	}
	if c.JSON {
		return printJSON(w.out, d)
	}
	g.print(w, &r, d)
	return nil
}

func (g *registry) print(w *world, r *workflow.Request, d requestJSON) {
	line := func(label, value string) {
		if value = strings.Join(strings.Fields(printable(value)), " "); value != "" {
			fmt.Fprintf(w.out, "  %-30s %s\n", label, value)
		}
	}
	fmt.Fprintf(w.out, "%s  %s\n", d.Number, d.Status)
	line("step", d.Step)
	line("waits for", d.Actor)
	if !d.Due.IsZero() {
		line("due", d.Due.short()+map[bool]string{true: " (overdue)"}[d.Overdue])
	}
	for _, h := range r.Held {
		line("held", g.held(&h).String())
	}
	line("urgent", map[bool]string{true: "MENDESAK"}[d.Urgent])
	line("requester", strings.TrimSpace(notify.Redact(r.Requester.Name)+" <"+d.Requester+">"))
	line("filed by", r.FiledBy.Email)
	line("created", d.Created.short())
	if !d.Closed.IsZero() {
		line("closed", d.Closed.short())
	}
	fmt.Fprintln(w.out, "\nform")
	for _, f := range g.sop.Fields {
		line(f.Label, d.Form.Text(f.ID))
	}
	for _, p := range r.Problems {
		line("  wanting: "+p.Field, p.Reason)
	}
	fmt.Fprintln(w.out, "\nhistory")
	for _, h := range d.History {
		text := h.Event
		if h.Word != "" {
			text += " (" + h.Word + ")"
		}
		if h.Note != "" {
			text += ": " + shorten(h.Note, 80)
		}
		fmt.Fprintf(w.out, "  %s  %-12s %-28s %s\n", h.At.short(), h.Step, printable(h.By), printable(text))
	}
	fmt.Fprintln(w.out, "\nmails")
	for _, m := range d.Mails {
		fmt.Fprintf(w.out, "  %s  %-14s %-34s %s %s\n", m.At.short(), m.Notice, printable(m.To), m.State, printable(m.Error))
	}
}

// Run writes requests as CSV, one a line, the form's fields as columns.
func (c *requestsExportCmd) Run(w *world) error {
	if c.JSON || c.Format == "json" {
		list := requestsListCmd{requestFilter: c.requestFilter, JSON: true}
		return list.Run(w)
	}
	g, err := w.registry()
	if err != nil {
		return err
	}
	defer g.close()
	requests, err := g.find(w, &c.requestFilter)
	if err != nil {
		return err
	}
	out := csv.NewWriter(w.out)
	header := []string{"number", "status", "step", "actor", "due", "overdue", "urgent", "requester", "created", "closed"}
	for _, fd := range g.sop.Fields {
		header = append(header, fd.ID)
	}
	if err := out.Write(header); err != nil {
		return err
	}
	stamp := func(i instant) string {
		if i.IsZero() {
			return ""
		}
		return i.In(i.loc).Format(time.RFC3339)
	}
	for _, r := range requests {
		d := g.describe(&r)
		record := []string{d.Number, string(d.Status), d.Step, d.Actor, stamp(d.Due), strconv.FormatBool(d.Overdue),
			strconv.FormatBool(d.Urgent), inert(d.Requester), stamp(d.Created), stamp(d.Closed)}
		for _, fd := range g.sop.Fields {
			record = append(record, inert(d.Form.Text(fd.ID)))
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// inert keeps a spreadsheet from taking what came by mail for a formula.
func inert(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
