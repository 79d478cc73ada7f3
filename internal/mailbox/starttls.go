package mailbox

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// startTLS asks for TLS (RFC 9051, 6.2.1) and brings it up. The library could, but then nothing could read along in
// what is encrypted.
func (c *client) startTLS(ctx context.Context) (net.Conn, error) {
	plain := c.bounded(c.conn)
	greeting, err := lineOf(plain)
	if err != nil {
		return nil, err
	}
	if status, text := readStatus(greeting, "* "); status != "OK" {
		if status == "BYE" {
			return nil, &imap.Error{Type: imap.StatusResponseTypeBye, Text: text}
		}
		return nil, errors.New("its greeting is not that of an IMAP server that offers TLS")
	}
	if _, err := io.WriteString(plain, "S1 STARTTLS\r\n"); err != nil {
		return nil, err
	}
	for {
		line, err := lineOf(plain)
		if err != nil {
			return nil, err
		}
		switch status, text := readStatus(line, "S1 "); status {
		case "":
			continue
		case "OK":
			secure := tls.Client(c.conn, c.cfg.TLSConfig)
			if err := secure.HandshakeContext(ctx); err != nil {
				return nil, err
			}
			// No greeting follows, but the library waits for one.
			return &greeted{secure, io.MultiReader(strings.NewReader("* OK\r\n"), secure)}, nil
		default:
			return nil, &imap.Error{Type: imap.StatusResponseType(status), Text: text}
		}
	}
}

// greeted is a connection with a greeting before what it says.
type greeted struct {
	net.Conn
	said io.Reader
}

func (g *greeted) Read(p []byte) (int, error) { return g.said.Read(p) }

// lineOf reads up to the end of a line, and not a byte further: that may be TLS already, and what is said in the clear
// behind an OK is not the server's (CVE-2011-0411).
func lineOf(r io.Reader) (string, error) {
	var line []byte
	for c := make([]byte, 1); ; {
		if _, err := io.ReadFull(r, c); err != nil {
			return "", err
		}
		if c[0] == '\n' {
			return strings.TrimSuffix(string(line), "\r"), nil
		}
		line = append(line, c[0])
	}
}

// readStatus reads a status response with the tag, "" when it is another.
func readStatus(line, tag string) (status, text string) {
	line, ok := strings.CutPrefix(line, tag)
	if !ok {
		return "", ""
	}
	status, text, _ = strings.Cut(line, " ")
	return strings.ToUpper(status), text
}
