package smtp

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/wneessen/go-mail/smtp"
)

// Bounds on what a server may say in one answer; RFC 5321 section 4.5.3.1.5 allows 512 bytes a line.
const (
	maxAnswerLines = 128
	maxReply       = 1000 // bytes of its words that are kept
	maxAddress     = 320  // bytes: local part, @ and domain (RFC 5321 section 4.5.3.1)
)

// session is an authenticated connection, speaking MAIL, RCPT and DATA.
type session struct {
	cfg  Config
	conn *boundedConn  // the TCP connection, for deadlines and for cutting it off
	r    *bufio.Reader // what the server says, decrypted
	w    *bufio.Writer // what we say

	pipelining, eightBit, utf8 bool // extensions offered: RFC 2920, 6152, 6531

	pending []command // commands of the mail whose turn it is
	stale   bool      // a refused mail left a transaction open: RSET before the next
}

// command is one line to the server and the first digit of the answer hoped for.
type command struct {
	stage stage
	line  string
	want  int
}

// answer is a reply of the server.
type answer struct {
	code     int
	enhanced string
	text     string
}

func newConn(cfg Config, conn *boundedConn, client *smtp.Client) *session {
	c := &session{cfg: cfg, conn: conn, r: client.Text.R}
	c.w = bufio.NewWriterSize(patientWriter{c, client.Text.W}, 64<<10)
	c.pipelining, _ = client.Extension("PIPELINING")
	c.eightBit, _ = client.Extension("8BITMIME")
	c.utf8, _ = client.Extension("SMTPUTF8")
	return c
}

// patientWriter allows every chunk one Timeout, so that a large mail may take longer than that on a
// slow line.
type patientWriter struct {
	c *session
	w *bufio.Writer
}

func (p patientWriter) Write(b []byte) (int, error) {
	if err := p.c.conn.SetWriteDeadline(time.Now().Add(p.c.cfg.Timeout)); err != nil {
		return 0, err
	}
	n, err := p.w.Write(b)
	if err == nil {
		err = p.w.Flush()
	}
	return n, err
}

// unfit refuses a mail that this server can never be asked to deliver: an address that would break
// out of its command line, or that needs SMTPUTF8 when it is not offered.
func (c *session) unfit(m Outgoing) *Fault {
	if m.From != "" {
		if err := c.checkAddress(m.From); err != nil {
			return c.failure(stageAddress, m.From, err)
		}
	}
	if err := c.checkAddress(m.To); err != nil {
		return c.failure(stageAddress, m.To, err)
	}
	return nil
}

func (c *session) checkAddress(a string) error {
	switch {
	case a == "":
		return errors.New("the address is empty")
	case len(a) > maxAddress:
		return fmt.Errorf("the address is longer than %d bytes", maxAddress)
	case !utf8.ValidString(a):
		return errors.New("the address is not UTF-8")
	case strings.ContainsFunc(a, breaksCommand):
		return errors.New("the address has a space, control character or angle bracket in it")
	case !c.utf8 && !isASCII(a):
		return errors.New("the address is not ASCII and the server offers no SMTPUTF8")
	}
	return nil
}

func breaksCommand(r rune) bool {
	return r <= ' ' || r == '<' || r == '>' || 0x7f <= r && r <= 0xa0 || r == '\u2028' || r == '\u2029'
}

func isASCII[T string | []byte](s T) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// begin takes up a mail. With PIPELINING its commands go out at once (RFC 2920 section 3.1: DATA must
// be the last of its group, and a group may start with the previous mail's text).
func (c *session) begin(m Outgoing) {
	mail := "MAIL FROM:<" + m.From + ">"
	if c.eightBit && !isASCII(m.Raw) {
		mail += " BODY=8BITMIME"
	}
	if !isASCII(m.From) || !isASCII(m.To) {
		mail += " SMTPUTF8"
	}
	c.pending = c.pending[:0]
	if c.stale {
		c.pending = append(c.pending, command{stageSender, "RSET", 2})
		c.stale = false
	}
	c.pending = append(c.pending,
		command{stageSender, mail, 2},
		command{stageRecipient, "RCPT TO:<" + m.To + ">", 2},
		command{stageData, "DATA", 3})
	if c.pipelining {
		for _, cmd := range c.pending {
			c.say(cmd.line)
		}
	}
}

// envelope hears what the server says to the commands of begin. It returns the refusal, if any, or
// the error that ended the connection. Nothing of the mail's text has been sent in either case.
func (c *session) envelope(m Outgoing) (refused, lost *Fault) {
	var last answer
	for _, cmd := range c.pending {
		if !c.pipelining {
			c.say(cmd.line)
		}
		a, err := c.hear()
		if err != nil {
			return nil, c.failure(cmd.stage, m.To, err)
		}
		if a.code == 421 { // RFC 5321 section 3.8: the server hangs up after this
			return nil, c.refusal(cmd.stage, m, a)
		}
		last = a
		if a.code/100 == cmd.want || cmd.line == "RSET" {
			continue
		}
		if refused == nil {
			refused = c.refusal(cmd.stage, m, a)
		}
		if !c.pipelining {
			break
		}
	}
	if refused == nil {
		return nil, nil
	}
	c.stale = true
	if last.code == 354 {
		// RFC 2920 section 3.1: DATA was accepted without a recipient; an empty mail ends it.
		c.say(".")
		if _, err := c.hear(); err != nil {
			return nil, c.failure(stageData, m.To, err)
		}
	}
	return refused, nil
}

// say queues one line. Errors of the writer stay with it and come out in hear.
func (c *session) say(line string) {
	c.w.WriteString(line)
	c.w.WriteString("\r\n")
}

// content queues the text of a mail and the final dot: lines end in CRLF, a leading dot is doubled
// (RFC 5321 section 4.5.2). A bare LF becomes CRLF and a bare CR a space, because servers disagree
// on both, and the disagreement lets one mail smuggle in another.
func (c *session) content(raw []byte) {
	for len(raw) > 0 {
		line, rest, _ := bytes.Cut(raw, []byte{'\n'})
		raw = rest
		line = bytes.TrimRight(line, "\r")
		if len(line) > 0 && line[0] == '.' {
			c.w.WriteByte('.')
		}
		for {
			before, after, bare := bytes.Cut(line, []byte{'\r'})
			c.w.Write(before)
			if !bare {
				break
			}
			c.w.WriteByte(' ')
			line = after
		}
		c.w.WriteString("\r\n")
	}
	c.w.WriteString(".\r\n")
}

// hear sends what is queued and waits for the next answer, for at most one Timeout.
func (c *session) hear() (answer, error) {
	if err := c.w.Flush(); err != nil {
		var timeout net.Error
		if errors.As(err, &timeout) && timeout.Timeout() {
			return answer{}, err
		}
		// A server that gives up in mid-mail says why before it hangs up; 552 is the usual one.
		if a, readErr := c.read(); readErr == nil && a.code >= 400 {
			return a, nil
		}
		return answer{}, err
	}
	return c.read()
}

func (c *session) read() (answer, error) {
	if err := c.conn.SetReadDeadline(time.Now().Add(c.cfg.Timeout)); err != nil {
		return answer{}, err
	}
	c.conn.renew()
	var lines []string
	for len(lines) < maxAnswerLines {
		b, err := c.r.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			return answer{}, fmt.Errorf("the server said a line of more than %d bytes", len(b))
		}
		if err != nil {
			return answer{}, err
		}
		line := strings.TrimRight(string(b), "\r\n")
		code, ok := replyCode(line)
		if !ok {
			return answer{}, fmt.Errorf("the server said %.40q, which is not SMTP", line)
		}
		lines = append(lines, line[min(len(line), 4):])
		if len(line) > 3 && line[3] == '-' {
			continue
		}
		if code < 400 {
			return answer{code: code}, nil // nobody reads the words of a yes
		}
		return parseAnswer(code, lines), nil
	}
	return answer{}, fmt.Errorf("the server gave an answer of more than %d lines", maxAnswerLines)
}

// replyCode reads the three digits, and the hyphen or space, that start a reply line.
func replyCode(line string) (code int, ok bool) {
	if len(line) < 3 || len(line) > 3 && line[3] != ' ' && line[3] != '-' {
		return 0, false
	}
	for i := range 3 {
		if line[i] < '0' || line[i] > '9' {
			return 0, false
		}
		code = code*10 + int(line[i]-'0')
	}
	return code, 200 <= code && code < 600
}

// parseAnswer joins the lines of a reply and separates the enhanced status code from the words.
func parseAnswer(code int, lines []string) answer {
	a := answer{code: code}
	var words []string
	for _, line := range lines {
		if status, rest, _ := strings.Cut(line, " "); isStatus(status) {
			a.enhanced, line = status, rest
		}
		words = append(words, strings.Fields(strings.Map(printable, line))...)
	}
	a.text = strings.Join(words, " ")
	if len(a.text) > maxReply {
		a.text = strings.ToValidUTF8(a.text[:maxReply], "") + " …"
	}
	return a
}

// isStatus recognises class.subject.detail of RFC 3463.
func isStatus(s string) bool {
	parts := strings.Split(s, ".")
	if len(parts) != 3 || !strings.Contains("2 4 5", parts[0]) {
		return false
	}
	for _, p := range parts {
		if len(p) < 1 || len(p) > 3 || strings.Trim(p, "0123456789") != "" {
			return false
		}
	}
	return true
}

func printable(r rune) rune {
	if r < ' ' || 0x7f <= r && r < 0xa0 {
		return ' '
	}
	return r
}

// refusal is the error for an answer that was not the one hoped for.
func (c *session) refusal(stage stage, m Outgoing, a answer) *Fault {
	e := c.failure(stage, m.To, nil)
	if stage == stageSender {
		e.Address = m.From
	}
	e.Code, e.Enhanced, e.Reply = a.code, a.enhanced, a.text
	e.Temporary = temporary(stage, a.code)
	return e
}

// failure is the error for an answer that did not come.
func (c *session) failure(stage stage, address string, cause error) *Fault {
	return &Fault{
		Server: c.cfg.Address, Address: address, Cause: cause,
		Temporary: temporary(stage, 0), stage: stage,
	}
}
