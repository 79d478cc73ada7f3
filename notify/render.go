package notify

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"batan.go.id/layanan/templates"
	"batan.go.id/layanan/workflow"
)

// Identity is who writes the mails.
type Identity struct {
	Name           string // of the service
	Address        string // From, and where answers go
	PlusAddressing bool   // Reply-To carries the token
	Domains        []string
	Keys           Keys
	Shadow         []workflow.Person // not empty: every mail goes there instead
}

// Owns reports whether mail to an address comes back to the service.
func (id Identity) Owns(email string) bool {
	local, domain, _ := strings.Cut(email, "@")
	if id.PlusAddressing {
		local, _, _ = strings.Cut(local, "+")
	}
	return strings.EqualFold(local+"@"+domain, id.Address)
}

// Renderer turns notices into finished mails. It is pure, does not change, and
// is safe for concurrent use.
type Renderer struct {
	id        Identity
	procedure *workflow.Procedure
	set       *templates.Set
	glue      glue
}

// NewRenderer parses the templates.
func NewRenderer(id Identity, p *workflow.Procedure) (*Renderer, error) {
	if len(id.Keys) == 0 {
		return nil, errors.New("notify: no key to sign reply tokens with")
	}
	set, err := templates.Load()
	if err != nil {
		return nil, err
	}
	return &Renderer{id: id, procedure: p, set: set, glue: newGlue(p.SOP.Words)}, nil
}

// Sentences are the fixed phrases of our mails; see templates.Set.Sentences.
func (r *Renderer) Sentences() []string { return r.set.Sentences() }

// Mail is a finished mail to one recipient.
type Mail struct {
	To        string
	MessageID string // without brackets
	Raw       []byte
}

// Context is what a notice's mail needs besides the request.
type Context struct {
	Now        time.Time
	InReplyTo  string // Message-ID of the mail that is answered, without brackets
	Delegation *workflow.Delegation
	ID         string // unique; Message-ID of a mail that belongs to no request
	Topic      string // subject of a notice to the operators
	Detail     string // its text
	Form       string // number of the form that a confirm asks about, where there is no request yet
	Said       string // digest of what was kept of that form
}

// call is one notice on its way to a mail.
type call struct {
	*Renderer
	n     workflow.Notice
	req   workflow.Request
	ctx   Context
	token string // "" for a recipient who may not answer
	view  view
}

// Recipients are the people whom the mail of a notice goes to: the notice's
// own, or in shadow mode those who get all mails instead.
func (r *Renderer) Recipients(n workflow.Notice) []workflow.Person {
	if len(r.id.Shadow) > 0 {
		return r.id.Shadow
	}
	return []workflow.Person{n.To}
}

// Render makes the mail that tells a notice about a request; the request may
// be empty for notices that belong to none. It makes one for each of its
// Recipients, in their order.
func (r *Renderer) Render(req workflow.Request, n workflow.Notice, ctx Context) ([]Mail, error) {
	c := &call{Renderer: r, n: n, req: req, ctx: ctx}
	switch {
	case n.Kind == workflow.NoticeConfirm && ctx.Form != "":
		c.token = r.id.Keys.FormConfirmation(ctx.Form, ctx.Said, n.To.Email)
	case (n.Kind == workflow.NoticeConfirm || n.Asks) && req.Number != "":
		c.token = r.id.Keys.Confirmation(req.Number, n.N, n.To.Email)
	case req.Number != "" && n.Kind != workflow.NoticeNotAuthorised:
		c.token = r.id.Keys.For(&req, n.Role, n.To.Email)
	}
	c.view = c.look()
	var err error
	var mails []Mail
	if err = c.lookAtDoubts(); err == nil {
		mails, err = c.mails()
	}
	if err != nil {
		return nil, fmt.Errorf("notice %s to %s: %w", n.Kind, n.To.Email, err)
	}
	return mails, nil
}

func (c *call) mails() ([]Mail, error) {
	p, err := c.page()
	if err != nil {
		return nil, err
	}
	if len(c.id.Shadow) > 0 {
		meant := headerText(c.n.To.Email, maxValue)
		p.Subject = strings.Replace(p.Subject, "] ", "] [untuk "+meant+"] ", 1)
		p.Lead = append([]string{"Layanan sedang diuji coba; surat ini seharusnya dikirim kepada " + meant + "."}, p.Lead...)
	}
	text, err := c.set.Text(p)
	if err != nil {
		return nil, err
	}
	text = c.glue.join(text)
	html, err := c.set.HTML(p)
	if err != nil {
		return nil, err
	}
	var out []Mail
	for i, q := range c.Recipients(c.n) {
		m, err := c.seal(q, i, p.Subject, text, html)
		if err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, nil
}

// subject is the notice's subject with what it is about in front.
func (c *call) subject() (string, error) {
	subject, err := c.set.Part(string(c.n.Kind), "subject", &c.view)
	tag := c.req.Number
	if tag == "" {
		tag = clean(c.id.Name, maxName)
	}
	return headerText("["+tag+"] "+subject, maxSubject), err
}

// lead is what the notice says, a string for each paragraph.
func (c *call) lead() ([]string, error) {
	text, err := c.set.Part(string(c.n.Kind), "lead", &c.view)
	var out []string
	for para := range strings.SplitSeq(text, "\n\n") {
		if para = clean(para, maxNote); para != "" {
			out = append(out, para)
		}
	}
	return out, err
}
