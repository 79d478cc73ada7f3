package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"batan.go.id/layanan/mailparse"
	"batan.go.id/layanan/mailparse/command"
	"batan.go.id/layanan/mailparse/when"
	"batan.go.id/layanan/workflow"
	"github.com/jedib0t/go-pretty/v6/text"
)

// explanation is what explain tells a person about a mail: what was seen, what
// was ignored and why, what would happen.
type explanation struct {
	sop   *workflow.SOP
	m     *mailparse.Message
	would []string
	*page

	labels int // width of the form's labels
}

func (e explanation) print() {
	e.head()
	e.wrote()
	e.ignored()
	e.form()
	e.command()
	for _, w := range e.m.Warnings {
		e.item("Warnings", "! ", w)
	}
	for _, w := range e.would {
		e.item("Would happen", "• ", w)
	}
}

// maxHead bounds what is shown of a header, in characters.
const maxHead = 300

func (e explanation) head() {
	m := e.m
	field := func(label, value string) { e.line(fmt.Sprintf("%-12s", label), shorten(value, maxHead)) }
	from := m.From
	if m.FromName != "" {
		from = m.FromName + " <" + m.From + ">"
	}
	field("From", cmp.Or(from, "(nobody)"))
	field("Subject", m.Subject)
	if m.Date != nil {
		field("Date", m.Date.Format("Mon, 2 Jan 2006 15:04 -0700"))
	}
	field("Kind", string(m.Kind)+": "+kinds[m.Kind]+e.because())
	field("Request", m.Request)
	if b := m.Bounce; b != nil {
		field("Bounce", strings.TrimSpace(cmp.Or(b.Recipient, "(somebody)")+" "+b.Status+" "+b.Action))
		field("Returned", m.BounceOf)
	}
	if a := m.Auth; a != nil {
		result := func(name, value string) string { return name + "=" + cmp.Or(value, "?") + " " }
		field("Sender is", result("dmarc", a.DMARC)+result("dkim", a.DKIM)+result("spf", a.SPF)+"says "+a.By)
		field("Failed", a.Failed)
	}
	for _, a := range m.Attachments {
		field("Attachment", fmt.Sprintf("%s (%s, %d bytes)", cmp.Or(a.Name, "without a name"), a.Type, a.Size))
	}
}

// kinds say what a kind of mail is.
var kinds = map[mailparse.Kind]string{
	mailparse.KindRequest:   "a form that somebody filled in",
	mailparse.KindReply:     "an answer about a request, or a command",
	mailparse.KindAutoReply: "written by a program",
	mailparse.KindBounce:    "a report about a mail that did not arrive",
	mailparse.KindBulk:      "written to many",
	mailparse.KindUnrelated: "a mail about something else",
}

// because tells what made the mail a machine's.
func (e explanation) because() string {
	switch {
	case e.m.Own:
		return ", this service itself"
	case e.m.Why != "":
		return ", because of " + e.m.Why
	case e.m.Kind == mailparse.KindAutoReply:
		return ", because of its text or its parts"
	}
	return ""
}

// maxShown bounds what is shown of a mail's text, in lines.
const maxShown = 40

func (e explanation) wrote() {
	lines := wrap(printable(strings.TrimSpace(e.m.Reply)), pageWidth-4)
	if len(lines) == 0 {
		return
	}
	if e.personal() {
		e.title("The sender wrote")
	} else {
		e.title("Text")
	}
	for _, l := range lines[:min(len(lines), maxShown)] {
		fmt.Fprintln(e.out, strings.TrimRight("  │ "+l, " "))
	}
	if more := len(lines) - maxShown; more > 0 {
		fmt.Fprintf(e.out, "  … %s more\n", count(more, "line"))
	}
}

// personal reports whether a person wrote the mail.
func (e explanation) personal() bool {
	switch e.m.Kind {
	case mailparse.KindRequest, mailparse.KindReply, mailparse.KindUnrelated:
		return true
	}
	return false
}

func (e explanation) ignored() {
	list := pieces(e.m)
	if len(list) == 0 || !e.personal() {
		return
	}
	e.title("Ignored")
	var rows [][2]string
	widths := [2]int{}
	for _, p := range list {
		row := [2]string{count(p.lines, "line"), printable(cmp.Or(p.rule, "not new"))}
		if p.lines == 0 {
			row[0] = "page"
		}
		rows = append(rows, row)
		for i, s := range row {
			widths[i] = max(widths[i], len([]rune(s)))
		}
	}
	for i, r := range rows {
		e.line(fmt.Sprintf("  %*s  %-*s  ", widths[0], r[0], widths[1], r[1]), shorten(list[i].text, 60))
	}
}

// maxLabel bounds the labels of the form, in characters.
const maxLabel = 30

func (e explanation) form() {
	f := e.m.Form
	if f == nil {
		return
	}
	values := maps.Clone(e.m.Fields)
	for id, v := range f {
		values[id] = cmp.Or(v.Text, values[id])
	}
	e.title("Form")
	for id := range values {
		label := id
		if fd := e.sop.Field(id); fd != nil {
			label = fd.Label
		}
		e.labels = max(e.labels, min(text.StringWidth(label), maxLabel))
	}
	for _, fd := range e.sop.Fields {
		e.field(fd, values[fd.ID])
		delete(values, fd.ID)
	}
	for _, id := range slices.Sorted(maps.Keys(values)) {
		e.field(workflow.Field{ID: id, Label: id}, values[id])
	}
}

// field shows what a field says: ✓ understood, ✗ not. Of a reply, which need
// not say all again, only what it says.
func (e explanation) field(fd workflow.Field, value string) {
	label := fmt.Sprintf("%-*s  ", e.labels, shorten(printable(fd.Label), maxLabel))
	reason := e.m.Reasons[fd.ID]
	switch missing := slices.Contains(e.m.Missing, fd.ID); {
	case value == "" && missing && e.m.Kind == mailparse.KindRequest:
		e.line("  ✗ "+label, "missing")
	case value == "":
	case missing:
		why := cmp.Or(string(reason.Code), workflow.Unreadable)
		if reason.Text != "" && reason.Text != value {
			why += ": " + reason.Text
		}
		e.line("  ✗ "+label, value+" ("+why+")")
	default:
		e.line("  ✓ "+label, value)
		if v := e.m.Form[fd.ID]; v.Type == "date" {
			e.line(strings.Repeat(" ", 4+text.StringWidth(label)), "→ "+span(v.Date))
		}
	}
}

// span is a date as it was understood.
func span(d *when.Date) string {
	if d == nil || d.Start == nil {
		return "no date"
	}
	const day, clock = "Mon, 2 Jan 2006", " 15:04 -0700"
	layout := day
	if !d.AllDay {
		layout += clock
	}
	switch out := d.Start.Format(layout); {
	case d.End == nil || d.End.Format(layout) == out:
		return out
	case d.End.Format(day) == d.Start.Format(day):
		return out + " to" + d.End.Format(clock)
	default:
		return out + " to " + d.End.Format(layout)
	}
}

func (e explanation) command() {
	c := e.m.Command
	if c == nil {
		return
	}
	e.title("Command")
	switch {
	case c.Doubt == command.NoDoubt && !c.Hold:
		e.line("  ", c.Word)
	case c.Hold:
		e.line("  ", c.Word+", held, since "+because(c.Because))
	case c.Word == "":
		e.line("  ", "none, since "+doubt(c.Doubt))
	default:
		e.line("  ", c.Word+", but it is asked back, since "+doubt(c.Doubt))
	}
	if note := strings.TrimSpace(c.Note); note != "" {
		e.line("  with the note ", shorten(note, 500))
	}
}

// doubt says in words why a sentence is no command.
func doubt(d command.Doubt) string {
	word := "a word"
	if d.Text != "" {
		word = `"` + d.Text + `"`
	}
	return strings.Replace(doubts[d.Code], "%", word, 1)
}

// because lists what was not understood.
func because(pieces []command.Because) string {
	var out []string
	for _, b := range pieces {
		if q := `"` + b.Text + `"`; !slices.Contains(out, q) {
			out = append(out, q)
		}
	}
	return strings.Join(out, ", ") + " is not understood"
}

// doubts says what each class of doubt means; % is the text at fault.
var doubts = map[command.Code]string{
	command.Negation:      "% denies it",
	command.Condition:     "% sets a condition",
	command.Question:      "it is a question",
	command.Contradiction: "% contradicts it",
	command.Future:        "% puts it off",
	command.Hedge:         "% makes it unsure",
	command.Position:      "% does not begin the sentence",
	command.Quotation:     "the word stands in quotation marks",
	command.Courtesy:      "% may be mere politeness",
	command.Difference:    "the mail says two different things",
	command.Unknown:       "% is not understood",
	command.Sign:          "the sign % may change what it means",
	command.Hold:          "% stops it",
	command.Undo:          "% takes it back",
	command.Alter:         "% changes what was asked for",
	command.Limit:         "% leaves only a part of it",
	command.Obstacle:      "% is in the way",
	command.Decision:      "% says that somebody else decides",
	command.Handover:      "% gives it to somebody else",
	command.Wonder:        "% doubts it",
	command.Jest:          "% says that it was not meant",
	command.Misdirect:     "% says that something else was meant",
	command.Report:        "% makes it somebody else's word",
	command.Object:        "% is not what the request asks for",
	command.NoResult:      "it doesn't say how it went",
	command.Automatic:     "it reads like an automatic answer",
	command.Deleted:       "words beside it were struck out",
	command.Hidden:        "some of the text is hidden, or stands in a signature",
	command.Subject:       "% in the subject contradicts it",
	command.File:          "the word stands in an attachment alone",
	command.Script:        "hidden signs or letters of another script are mixed in",
	command.Length:        "its sentence is too long",
}

// item prints one of a list, below the list's title.
func (e explanation) item(title, mark, s string) {
	if e.listed != title {
		e.title(title)
		e.listed = title
	}
	e.line("  "+mark, s)
}

func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
