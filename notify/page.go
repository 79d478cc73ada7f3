package notify

import (
	"slices"

	"batan.go.id/layanan/workflow"
)

// page is a mail's content as the two layouts draw it.
type page struct {
	Subject  string
	Greeting string
	Lead     []string
	Points   []string // what is wrong with which field
	Quote    *quote
	Fill     *button // writes the reply that fills in a form
	Words    []button
	Choice   bool // there are several
	Tables   []table
	Sender   string // what signs the mail
	Foot     string
	Help     string // the word that explains all words
	Code     string // the reply token, in capitals for the number
}

// quote is what a person wrote. Its lines are marked, so that a command word
// in it never stands alone on a line of ours.
type quote struct {
	Label string
	Lines []string
}

type table struct {
	Title string
	Rows  []row
}

type row struct{ Label, Value, Note string }

// page fills in the notice's template and adds the facts that belong to it.
func (c *call) page() (*page, error) {
	subject, err := c.subject()
	if err != nil {
		return nil, err
	}
	lead, err := c.lead()
	if err != nil {
		return nil, err
	}
	points, err := c.points()
	if err != nil {
		return nil, err
	}
	p := &page{Subject: subject, Greeting: c.greeting(), Lead: lead, Points: points, Quote: c.quote(), Tables: c.tables(),
		Code:   c.code(),
		Sender: clean(c.id.Name, maxName), Foot: "Surat ini dikirim otomatis berdasarkan SOP " + c.procedure.SOP.Number +
			"."}
	mailto := c.mailto(subject)
	p.Fill, p.Words = c.fill(mailto), c.words(mailto)
	p.Choice = len(p.Words) > 1
	help := c.view.Say(workflow.Help)
	if listed := slices.ContainsFunc(p.Words, func(b button) bool { return b.Word == help }); c.token != "" && !listed {
		p.Help = help
	}
	return p, nil
}

func (c *call) greeting() string {
	switch name := clean(c.n.To.Name, maxName); {
	case c.n.Role == workflow.Operators:
		return "Yth. Operator " + clean(c.id.Name, maxName)
	case name != "":
		return "Yth. Bapak/Ibu " + name
	}
	return "Yth. Bapak/Ibu"
}

// quote is the note that goes with the notice, where a person wrote one.
func (c *call) quote() *quote {
	n, by := c.n.Note, c.n.By
	label := "Berikut catatan dari "
	switch c.n.Kind {
	case workflow.NoticeQuestion:
		label = "Berikut pertanyaan dari "
	case workflow.NoticeAnswer:
		label = "Berikut jawaban dari "
	case workflow.NoticeRejected:
		label = "Berikut alasan dari "
	case workflow.NoticeEscalation:
		label = "Berikut uraian kendala dari "
		if c.incomplete() {
			label = "Berikut surat terakhir dari "
		}
	case workflow.NoticeReminder:
		if q := c.req.Question; q != nil {
			label, n, by = "Berikut pertanyaan dari ", q.Text, q.By
		}
	case workflow.NoticeConfirm, workflow.NoticeReceipt, workflow.NoticeTask, workflow.NoticeProgress,
		workflow.NoticeCancelled, workflow.NoticeReady:
	default:
		if !c.n.Asks {
			return nil
		}
	}
	switch label += personName(by); {
	case c.n.Kind == workflow.NoticeConfirm: // perhaps it was somebody else
		label = "Berikut isi surat itu"
	case by.Is(c.n.To.Email):
		label = "Berikut yang Bapak/Ibu tulis"
	}
	if lines := noteLines(n); len(lines) > 0 {
		return &quote{Label: label, Lines: lines}
	}
	return nil
}

// tables are the facts that belong to the notice. A stranger learns nothing of
// the request.
func (c *call) tables() []table {
	sop := c.procedure.SOP
	switch c.n.Kind {
	case workflow.NoticeNotAuthorised, workflow.NoticeReceipt, workflow.NoticeProgress, workflow.NoticeUndeliverable,
		workflow.NoticeDeadLetter:
		return nil
	case workflow.NoticeHelp:
		if c.req.Number == "" {
			return []table{{Title: sop.Form, Rows: blank(sop.Fields)}}
		}
	case workflow.NoticeClosed:
		return c.wholeForm()
	}
	if c.n.Kind == workflow.NoticeConfirm && len(c.n.Changes) > 0 {
		return []table{{Title: "Isian dalam surat itu", Rows: c.changes()}}
	}
	if c.ctx.Form != "" {
		return []table{{Title: sop.Form, Rows: c.request()}}
	}
	if c.req.Number == "" {
		return nil
	}
	tables := []table{{Title: "Permohonan " + c.req.Number, Rows: c.request()}}
	if fields := c.reportFields(); len(fields) > 0 {
		tables = append(tables, table{Title: "PETUGAS LAYANAN", Rows: blank(fields)})
	}
	return tables
}

// request is the upper half of the form, PERMINTAAN PENGGUNA: as understood,
// or as written where it is to be mended; then it is a form that may come back,
// without a note on how anything was written.
func (c *call) request() []row {
	var rows []row
	for _, f := range c.procedure.SOP.Fields {
		v := c.req.Form[f.ID]
		r := row{Label: f.Label, Value: clean(v.Text, maxValue)}
		for _, p := range c.req.Problems {
			if p.Field == f.ID && c.incomplete() {
				r.Value = clean(p.Text, maxValue)
			}
		}
		switch {
		case f.Type == "date" && !v.Start.IsZero():
			written := r.Value
			if r.Value = formatSpan(v, c.zone()); r.Value != written && !c.incomplete() {
				r.Note = "tertulis “" + written + "”"
			}
		case r.Value == "" && !c.incomplete():
			r.Value = "–"
		}
		for _, ch := range c.n.Changes {
			if ch.Label == f.Label {
				r.Note = "semula “" + clean(ch.Old, maxValue) + "”"
			}
		}
		rows = append(rows, r)
	}
	return rows
}

// changes are what a mail writes into the form, and what stands there.
func (c *call) changes() []row {
	var rows []row
	for _, ch := range c.n.Changes {
		r := row{Label: ch.Label, Value: clean(ch.New, maxValue)}
		if ch.Old != "" && ch.Old != ch.New {
			r.Note = "semula “" + clean(ch.Old, maxValue) + "”"
		}
		rows = append(rows, r)
	}
	return rows
}

// blank is a form to be filled in.
func blank(fields []workflow.Field) []row {
	var rows []row
	for _, f := range fields {
		rows = append(rows, row{Label: f.Label})
	}
	return rows
}

// reportFields are the fields of the report that the recipient owes.
func (c *call) reportFields() []workflow.Field {
	if st := c.procedure.SOP.Step(c.req.Step); st != nil && c.view.Entitled {
		return st.Fields
	}
	return nil
}

// wholeForm is the form as it is filed: both halves and the signatures.
func (c *call) wholeForm() []table {
	tables := []table{{Title: c.procedure.SOP.Form + " – PERMINTAAN PENGGUNA", Rows: c.request()}}
	report, st := c.req.Report, c.procedure.SOP.Step(c.req.Step)
	if report == nil || st == nil {
		return tables
	}
	officer := table{Title: "PETUGAS LAYANAN"}
	for _, f := range st.Fields {
		value := clean(report.Form.Text(f.ID), maxNote)
		if value == "" {
			value = "–"
		}
		officer.Rows = append(officer.Rows, row{Label: f.Label, Value: value})
	}
	signature := personName(c.req.Requester) + " (belum menandatangani)"
	if at := formatTime(c.req.SignedOff, c.zone()); at != "" {
		signature = personName(c.req.Requester) + ", " + at
	}
	officer.Rows = append(officer.Rows,
		row{Label: "PETUGAS", Value: personName(report.Officer) + ", " + formatTime(report.At, c.zone())},
		row{Label: "PENGGUNA", Value: signature})
	return append(tables, officer)
}
