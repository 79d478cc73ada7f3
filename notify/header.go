package notify

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"mime"
	"net/mail"
	"strconv"
	"strings"
	"unicode"

	gomail "github.com/wneessen/go-mail"

	"batan.go.id/layanan/workflow"
)

// seal makes the mail (RFC 5322) with its loop headers (RFC 3834); copyOf
// numbers the copies of shadow mode.
func (c *call) seal(to workflow.Person, copyOf int, subject, text, html string) (Mail, error) {
	id := c.messageID(copyOf)
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithEncoding(gomail.EncodingQP))
	name := headerText(c.id.Name, maxName)
	m.FromMailAddress(&mail.Address{Name: name, Address: c.id.Address})
	m.ToMailAddress(&mail.Address{Name: headerText(to.Name, maxName), Address: to.Email})
	m.ReplyToMailAddress(&mail.Address{Name: name, Address: c.replyTo()})
	setSubject(m, subject)
	m.SetDateWithValue(c.ctx.Now.In(c.zone()))
	m.SetMessageIDWithValue(id)
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	c.thread(m)
	m.SetGenHeader("X-Auto-Response-Suppress", c.suppress())
	m.SetGenHeader("X-Layanan-Notice", string(c.n.Kind))
	if c.req.Number != "" {
		m.SetGenHeader("X-Layanan-Request", c.req.Number)
	}
	if c.n.Step != "" {
		m.SetGenHeader("X-Layanan-Step", c.n.Step)
	}
	// "=_" can't occur in quoted-printable text (RFC 2045, 6.7), and makes the
	// boundary one that must be quoted, which go-mail leaves to us.
	sum := sha256.Sum256([]byte(id))
	boundary := "=_" + hex.EncodeToString(sum[:12])
	m.SetBoundary(boundary)
	m.SetGenHeader(gomail.HeaderContentType, `multipart/alternative; boundary="`+boundary+`"`)
	m.SetBodyString(gomail.TypeTextPlain, text)
	m.AddAlternativeString(gomail.TypeTextHTML, html)
	b := bytes.NewBuffer(make([]byte, 0, len(text)+len(html)+len(html)/4+2048))
	if _, err := m.WriteTo(b); err != nil {
		return Mail{}, err
	}
	return Mail{To: to.Email, MessageID: id, Raw: b.Bytes()}, nil
}

// suppress is what Exchange is asked not to answer: everything; but that the
// holder of a task is away we want to hear (OOF is not named).
func (c *call) suppress() string {
	if c.n.Kind == workflow.NoticeTask {
		return "DR, RN, NRN, AutoReply"
	}
	return "All"
}

// setSubject writes the subject with its tag in plain letters on the first
// line; a line of the field's name alone, which go-mail would begin an encoded
// subject with, is none (RFC 5322, 3.2.2).
func setSubject(m *gomail.Msg, subject string) {
	tag, rest, tagged := strings.Cut(subject, "] ")
	if !strings.ContainsFunc(subject, beyondASCII) || !tagged || strings.ContainsFunc(tag, beyondASCII) {
		m.Subject(subject)
		return
	}
	m.SetGenHeaderPreformatted(gomail.HeaderSubject, tag+"]\r\n "+strings.ReplaceAll(mime.QEncoding.Encode("utf-8", rest),
		"?= =?", "?=\r\n =?"))
}

// headerText is a text for a header. What looks like an encoded word (RFC
// 2047) is taken apart, since programs would decode it, line breaks and all; a
// backslash would make net/mail write a name that no one can read.
func headerText(s string, limit int) string { return headerSafe.Replace(clean(s, limit)) }

var headerSafe = strings.NewReplacer("=?", "= ?", `\`, "/")

// replyTo is where an answer goes: the service, with the token where the
// server can carry it.
func (c *call) replyTo() string {
	if !c.id.PlusAddressing || c.token == "" {
		return c.id.Address
	}
	local, domain := splitAddress(c.id.Address)
	return local + "+" + c.token + "@" + domain
}

// messageID carries the token, since an answer always names what it answers.
func (c *call) messageID(copyOf int) string {
	_, domain := splitAddress(c.id.Address)
	local := c.ctx.ID
	switch {
	case c.ctx.Form != "": // may be asked about again
		local = c.token + "." + c.ctx.ID
	case c.token != "":
		local = c.token + "." + strconv.Itoa(c.n.N)
	case c.req.Number != "":
		local = strings.ToLower(c.req.Number) + "." + strconv.Itoa(c.n.N)
	}
	if copyOf > 0 {
		local += "." + strconv.Itoa(copyOf)
	}
	return local + "@" + domain
}

// thread keeps all mails of one request to one recipient together: they share
// a root, which for the requester is the mail with the form. A mail that
// answers one says so (RFC 3834, 3.1.7 and 5).
func (c *call) thread(m *gomail.Msg) {
	var refs []string
	if root := c.root(); root != "" {
		refs = append(refs, root)
	}
	if answered := bracketed(c.ctx.InReplyTo); answered != "" {
		m.SetGenHeader("Auto-Submitted", "auto-replied")
		m.SetGenHeader("In-Reply-To", answered)
		if len(refs) == 0 || refs[0] != answered {
			refs = append(refs, answered)
		}
	}
	if len(refs) > 0 {
		m.SetGenHeader("References", strings.Join(refs, " "))
	}
}

func (c *call) root() string {
	if c.req.Number == "" {
		return ""
	}
	if origin := bracketed(c.req.Origin); origin != "" && c.n.Role == workflow.Requester {
		return origin
	}
	_, domain := splitAddress(c.id.Address)
	sum := sha256.Sum256([]byte(strings.ToLower(c.n.To.Email)))
	return bracketed(strings.ToLower(c.req.Number) + "." + hex.EncodeToString(sum[:6]) + "@" + domain)
}

// maxID bounds a Message-ID that a stranger's mail brought; a header line may
// have 998 bytes (RFC 5322, 2.1.1).
const maxID = 500

// bracketed puts a Message-ID into brackets; "" when it can't be one.
func bracketed(id string) string {
	id = strings.Trim(strings.TrimSpace(id), "<>")
	if id == "" || len(id) > maxID || strings.ContainsFunc(id,
		func(r rune) bool { return r <= ' ' || r >= 0x7f || r == '<' || r == '>' }) {
		return ""
	}
	return "<" + id + ">"
}

func splitAddress(address string) (local, domain string) {
	i := strings.LastIndexByte(address, '@')
	if i < 0 {
		return address, ""
	}
	return address[:i], address[i+1:]
}

// ValidAddress reports whether a mail can be addressed to it (RFC 5322).
func ValidAddress(address string) bool {
	a, err := mail.ParseAddress(address)
	return err == nil && a.Address == address
}

func beyondASCII(r rune) bool { return r > unicode.MaxASCII }
