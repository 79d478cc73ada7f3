package config

import (
	"crypto/x509"
	"strings"
	"time"
	"unicode"
)

// The bounds of imap.max_message_size: less is no mail, and a message has to
// fit into memory (and the database unpacks no larger one).
const (
	minMessage = 1 << 10
	maxMessage = 256 << 20
)

func (c *checker) imap(k *imapKeys) IMAP {
	m := IMAP{
		Address: k.Address, TLS: k.TLS, Username: k.Username,
		PasswordFile: c.path(k.PasswordFile),
		Inbox:        k.Inbox, Processed: k.Processed, Failed: k.Failed,
		Poll: k.Poll, Backlog: k.Backlog, MaxMessageSize: int64(k.MaxMessageSize),
		CAFile: c.path(k.CAFile),
	}
	c.server("imap", k.Address, k.TLS)
	m.Password = c.password("imap.password_file", m.PasswordFile)
	m.Roots = c.roots("imap.ca_file", m.CAFile)
	c.mailboxes(k)
	if k.Poll < time.Second {
		c.fail("imap.poll", "must be at least 1s, is %s", k.Poll)
	}
	if k.Backlog != BacklogSkip && k.Backlog != BacklogProcess {
		c.fail("imap.backlog", "want skip or process, have %q", k.Backlog)
	}
	if k.MaxMessageSize < minMessage || k.MaxMessageSize > maxMessage {
		c.fail("imap.max_message_size", "must be from 1KiB to 256MiB")
	}
	return m
}

// mailboxes refuses names that are empty or meet: a message moved to where it
// came from would be read for ever. INBOX has no case (RFC 9051, 5.1).
func (c *checker) mailboxes(k *imapKeys) {
	seen := make(map[string]string)
	for _, m := range []struct{ key, name string }{
		{"imap.inbox", k.Inbox}, {"imap.processed", k.Processed}, {"imap.failed", k.Failed},
	} {
		name := m.name
		if strings.EqualFold(name, "INBOX") {
			name = "INBOX"
		}
		switch other, taken := seen[name]; {
		case name == "":
			c.fail(m.key, "must not be empty")
		case strings.ContainsFunc(name, unicode.IsControl) || strings.ContainsAny(name, "*%"):
			c.fail(m.key, "is not the name of a mailbox: %q", name)
		case taken:
			c.fail(m.key, "must not be the same mailbox as %s", other)
		}
		seen[name] = m.key
	}
}

func (c *checker) smtp(k *smtpKeys) SMTP {
	s := SMTP{
		Address: k.Address, TLS: k.TLS, Username: k.Username,
		PasswordFile: c.path(k.PasswordFile),
		CAFile:       c.path(k.CAFile),
	}
	c.server("smtp", k.Address, k.TLS)
	s.Roots = c.roots("smtp.ca_file", s.CAFile)
	switch {
	case k.Username != "" && k.PasswordFile == "":
		c.fail("smtp.password_file", "is required when smtp.username is set")
	case k.Username == "" && k.PasswordFile != "":
		c.fail("smtp.username", "is required when smtp.password_file is set")
	case k.PasswordFile != "":
		s.Password = c.password("smtp.password_file", s.PasswordFile)
	}
	return s
}

// server checks where to connect and how.
func (c *checker) server(section, address, tls string) {
	host, ok := c.hostPort(section+".address", address)
	switch tls {
	case TLSImplicit, TLSStartTLS:
	case TLSNone:
		if ok && !isLoopback(host) {
			c.fail(section+".tls", "none is for a server on this machine only (127.0.0.1, ::1, localhost), not for %s", host)
		}
	default:
		c.fail(section+".tls", "want implicit, starttls or none, have %q", tls)
	}
}

// roots reads a bundle of certificates to trust instead of the system's.
func (c *checker) roots(key, path string) *x509.CertPool {
	if path == "" {
		return nil
	}
	return c.addRoots(key, path, nil)
}

// addRoots adds a bundle of certificates to a pool; nil is an empty one. It is
// nil in the end when nothing could be added.
func (c *checker) addRoots(key, path string, pool *x509.CertPool) *x509.CertPool {
	pem, ok := c.read(key, path, 16<<20)
	if !ok {
		return pool
	}
	if pool == nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		c.fail(key, "%s holds no certificate in PEM form", path)
	}
	return pool
}
