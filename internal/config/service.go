package config

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"batan.go.id/layanan/internal/limits"
)

func (c *checker) service(k *serviceKeys) Service {
	s := Service{
		Name:           k.Name,
		Address:        k.Address,
		SecretFile:     c.path(k.SecretFile),
		PlusAddressing: k.PlusAddressing,
		Operators:      k.Operators,
	}
	c.line("service.name", k.Name)
	c.address("service.address", k.Address)
	s.Location = c.zone("service.timezone", k.Timezone)
	if k.SecretFile == "" {
		c.fail("service.secret_file", "must not be empty")
	} else {
		c.secret("service.secret_file", s.SecretFile)
	}
	if k.PlusAddressing && strings.Contains(k.Address, "+") {
		c.fail("service.address", "with plus_addressing the address itself must have no plus sign")
	}
	c.addresses("service.operators", k.Operators)
	return s
}

// zone loads a time zone. The machine's own zone is refused: numbers and
// deadlines must not depend on where the program runs.
func (c *checker) zone(key, name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		c.fail(key, "unknown time zone %q", name)
		return time.UTC
	}
	return loc
}

// line refuses text that cannot stand in a mail's header.
func (c *checker) line(key, s string) {
	switch {
	case strings.TrimSpace(s) == "":
		c.fail(key, "must not be empty")
	case strings.ContainsFunc(s, unicode.IsControl):
		c.fail(key, "must be one line without control characters")
	case len(s) > 200:
		c.fail(key, "is too long (%d bytes; 200 are allowed)", len(s))
	}
}

// addresses refuses a list with an address that is wrong or there twice.
func (c *checker) addresses(key string, list []string) {
	seen := make(map[string]bool, len(list))
	for i, a := range list {
		at := fmt.Sprintf("%s[%d]", key, i)
		if c.address(at, a) && seen[strings.ToLower(a)] {
			c.fail(at, "%s is listed twice", a)
		}
		seen[strings.ToLower(a)] = true
	}
}

func (c *checker) trust(k *trustKeys, address string) Trust {
	t := Trust{AuthservID: k.AuthservID, DKIM: k.DKIM, Delegation: time.Duration(k.Delegation) * 24 * time.Hour}
	bad := func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`;"(),`, r) }
	if strings.ContainsFunc(k.AuthservID, bad) {
		c.fail("trust.authserv_id", "want one name such as mx.batan.go.id, have %q", k.AuthservID)
	}
	if k.DKIM != DKIMOff && k.DKIM != DKIMVerify {
		c.fail("trust.dkim", "want off or verify, have %q", k.DKIM)
	}
	for i, path := range k.CAFiles {
		at := fmt.Sprintf("trust.ca_files[%d]", i)
		if path == "" {
			c.fail(at, "must not be empty")
			continue
		}
		path = c.path(path)
		t.CAFiles, t.Signers = append(t.CAFiles, path), c.addRoots(at, path, t.Signers)
	}
	if k.Delegation < 1 {
		c.fail("trust.delegation", "must be at least 1d")
	}
	c.required(k)
	t.Require = k.Require
	c.addresses("trust.never", k.Never)
	for _, a := range k.Never {
		t.Never = append(t.Never, strings.ToLower(a))
	}
	t.ARCSealers = c.domains("trust.arc_sealers", k.ARCSealers)
	if len(t.ARCSealers) > 0 && k.AuthservID == "" {
		c.fail("trust.arc_sealers", "their seals are checked by the server that trust.authserv_id names, and it names none")
	}
	t.Domains = c.domains("trust.domains", k.Domains)
	if len(t.Domains) == 0 {
		_, domain, _ := strings.Cut(strings.ToLower(address), "@")
		t.Domains = []string{domain}
	}
	return t
}

// required refuses to ask for what no answer could have.
func (c *checker) required(k *trustKeys) {
	switch {
	case !slices.Contains([]string{RequireToken, RequireAuthenticated, RequireSignature}, k.Require):
		c.fail("trust.require", "want %s, %s or %s, have %q", RequireToken, RequireAuthenticated, RequireSignature,
			k.Require)
	case k.Require == RequireAuthenticated && k.AuthservID == "" && k.DKIM != DKIMVerify:
		c.fail("trust.require", "nobody authenticates a mail: set trust.authserv_id or trust.dkim")
	case k.Require == RequireSignature && len(k.CAFiles) == 0:
		c.fail("trust.require", "nobody's signature counts: name the authorities in trust.ca_files")
	}
}

// domains gives a list of domains in lower case; it refuses one that is wrong
// or there twice.
func (c *checker) domains(key string, list []string) []string {
	var out []string
	for i, d := range list {
		at := fmt.Sprintf("%s[%d]", key, i)
		d = strings.ToLower(d)
		switch {
		case !isDomain(d):
			c.fail(at, "want a domain such as batan.go.id, have %q", d)
		case slices.Contains(out, d):
			c.fail(at, "%s is listed twice", d)
		}
		out = append(out, d)
	}
	return out
}

// limits refuses what would let nothing through, or everything.
func (c *checker) limits(k *limitKeys, t *Trust) Limits {
	const most = 1_000_000
	l := Limits{AnswersPerHour: k.AnswersPerHour, MailsPerSender: k.MailsPerSender,
		UnprovenPerHour: limits.Usual.UnprovenPerHour}
	switch {
	case k.UnprovenPerHour != nil:
		l.UnprovenPerHour = *k.UnprovenPerHour
	case t.AuthservID != "" || t.DKIM == DKIMVerify:
		l.UnprovenPerHour = limits.UnprovenWhereHonestCan
	}
	for key, n := range map[string]int{"limits.answers_per_hour": l.AnswersPerHour,
		"limits.mails_per_sender": l.MailsPerSender, "limits.unproven_per_hour": l.UnprovenPerHour} {
		if n < 1 || n > most {
			c.fail(key, "must be from 1 to %d, is %d", most, n)
		}
	}
	return l
}

// loops refuses a service that would write to itself.
func (c *checker) loops(cfg *Config) {
	for i, a := range cfg.Service.Operators {
		if cfg.Service.isOwn(a) {
			c.fail(fmt.Sprintf("service.operators[%d]", i), "is the service's own address: it would write to itself")
		}
	}
	for _, role := range cfg.RoleOrder {
		for i, p := range cfg.Roles[role] {
			if cfg.Service.isOwn(p.Email) {
				c.fail(fmt.Sprintf("roles.%s[%d].email", role, i), "is the service's own address: it would write to itself")
			}
			for j, also := range p.Also {
				if cfg.Service.isOwn(also) {
					c.fail(fmt.Sprintf("roles.%s[%d].also[%d]", role, i, j), "is the service's own address, and nobody's")
				}
			}
		}
	}
}

// isOwn reports whether mail to the address reaches the service's mailbox.
func (s Service) isOwn(address string) bool {
	local, domain, ok := strings.Cut(address, "@")
	if s.PlusAddressing {
		local, _, _ = strings.Cut(local, "+")
	}
	return ok && strings.EqualFold(local+"@"+domain, s.Address)
}
