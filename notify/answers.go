package notify

import (
	htmltemplate "html/template"
	"net/url"
	"slices"
	"strings"

	"batan.go.id/layanan/workflow"
)

// button is a way to answer: two taps on a phone, the link and Send.
type button struct {
	Word, Hint, Help string
	Href             htmltemplate.HTMLAttr // the whole attribute, escaped here
	Main             bool
}

// words are those that help this recipient of this notice.
func (c *call) words(mailto string) []button {
	var out []button
	for _, o := range c.n.Words {
		if c.offered(o) {
			out = append(out, button{Word: o.Word, Hint: o.Hint, Help: o.Help, Href: c.href(mailto, c.reply(o)),
				Main: len(out) == 0})
		}
	}
	return out
}

// offered reports whether the notice proposes a word that its recipient could
// use.
func (c *call) offered(o workflow.Offer) bool {
	switch c.n.Kind {
	case workflow.NoticeReminder:
		return c.n.Role != workflow.Requester
	case workflow.NoticeTask, workflow.NoticeEscalation, workflow.NoticeAnswer, workflow.NoticeUnrecognised,
		workflow.NoticeStatus, workflow.NoticeHelp:
		return true
	case workflow.NoticeConfirm:
		// an SOP may have no word for it
		return o.Kind == workflow.Confirm || o.Word == c.n.Word && c.view.Say(workflow.Confirm) == ""
	case workflow.NoticeReceipt:
		return c.n.Undo && o.Kind == workflow.Withdraw
	case workflow.NoticeClosed:
		return o.Kind == workflow.SignOff
	case workflow.NoticeRegistered, workflow.NoticeReady:
		return slices.Contains([]workflow.Kind{workflow.Cancel, workflow.Change, workflow.Status}, o.Kind)
	}
	return false
}

// maxPrefilled bounds a note that a link writes; mail programs take links of
// about 2,000 bytes.
const maxPrefilled = 200

// reply is the body of the answer that says a word. A word that needs more is
// followed by a blank for it, or by what was said with it when it has to be
// said again.
func (c *call) reply(o workflow.Offer) string {
	fields := c.reportFields()
	said := clean(strings.Join(noteLines(c.n.Note), " "), maxPrefilled)
	switch {
	case o.Kind == workflow.Confirm:
		return o.Word
	case c.n.Kind == workflow.NoticeConfirm && said != "":
		return o.Word + " " + said
	case o.Kind == workflow.Advance && len(fields) > 0:
		return o.Word + "\r\n\r\n" + blankForm(fields)
	case o.Hint != "":
		return o.Word + " "
	}
	return o.Word
}

// fill is the answer that fills in the request's form.
func (c *call) fill(mailto string) *button {
	var fields []workflow.Field
	for _, f := range c.procedure.SOP.Fields {
		missing := slices.ContainsFunc(c.req.Problems, func(p workflow.Problem) bool { return p.Field == f.ID })
		if c.incomplete() && missing || c.n.Kind == workflow.NoticeHelp && c.req.Number == "" {
			fields = append(fields, f)
		}
	}
	if len(fields) == 0 {
		return nil
	}
	return &button{Href: c.href(mailto, blankForm(fields))}
}

// blankForm is a form to fill in, a line a field.
func blankForm(fields []workflow.Field) string {
	var b strings.Builder
	for _, f := range fields {
		b.WriteString(f.Label + ": \r\n")
	}
	return b.String()
}

// unescaped are what phones expect in an address as they are.
var unescaped = strings.NewReplacer("%40", "@", "%2B", "+")

// mailto is the beginning of all links that write a reply (RFC 6068); the body
// follows. What it holds of HTML's own characters is known.
func (c *call) mailto(subject string) string {
	address := unescaped.Replace(url.QueryEscape(c.replyTo()))
	return "mailto:" + address + "?subject=" + escape("Re: "+subject) + "&amp;body="
}

// href is the attribute of the link that writes a body.
func (c *call) href(mailto, body string) htmltemplate.HTMLAttr {
	if c.token != "" && (!c.id.PlusAddressing || c.signed()) { // a signature must cover the token
		body += "\r\n\r\n-- \r\nKode: " + c.code() // a signature, not a part of the note
	}
	return htmltemplate.HTMLAttr(`href="` + mailto + escape(body) + `"`)
}

// escape leaves only letters, digits and -_.~% of a text, which need
// no escaping in HTML either. In a mailto link + is a plus, so a blank is %20.
func escape(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// code is the token as a person sees it at the foot of the mail.
func (c *call) code() string {
	if c.token == "" {
		return ""
	}
	number := len(c.req.Number) + len(c.ctx.Form) // one of the two
	return strings.ToUpper(c.token[:number]) + c.token[number:]
}
