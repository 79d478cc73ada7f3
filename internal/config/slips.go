package config

import (
	"fmt"
	"slices"
	"strings"
)

// slips warns of what is allowed and rarely meant, and opens a door: who sits
// in an office decides, whatever domain the address has.
func (c *checker) slips(cfg *Config) {
	c.strangers(cfg)
	type seat struct{ key, role, name, email string }
	var seats []seat
	for _, role := range cfg.RoleOrder {
		for i, p := range cfg.Roles[role] {
			s := seat{fmt.Sprintf("roles.%s[%d].email", role, i), role,
				strings.Join(strings.Fields(strings.ToLower(p.Name)), " "), strings.ToLower(p.Email)}
			if k := slices.IndexFunc(seats, func(o seat) bool { return o.email == s.email }); k >= 0 {
				c.warn(s.key, "%s is in two offices, %s and %s: one person acts for both", p.Email, seats[k].role, role)
			} else if k := slices.IndexFunc(seats, func(o seat) bool { return o.name == s.name }); k >= 0 {
				c.warn(s.key, "%s has this address and, in %s, %s: these are two people to the procedure; name the other one "+
					"under also: when they are one", p.Name, seats[k].role, seats[k].email)
			}
			seats = append(seats, s)
		}
	}
}

// strangers warns of addresses outside the office's domains.
func (c *checker) strangers(cfg *Config) {
	outside := func(email string) bool {
		_, domain, _ := strings.Cut(strings.ToLower(email), "@")
		return !slices.Contains(cfg.Trust.Domains, domain)
	}
	domains := strings.Join(cfg.Trust.Domains, ", ")
	for _, role := range cfg.RoleOrder {
		for i, p := range cfg.Roles[role] {
			if outside(p.Email) {
				c.warn(fmt.Sprintf("roles.%s[%d].email", role, i), "%s acts for an office and is outside trust.domains (%s)",
					p.Email, domains)
			}
		}
	}
	for i, email := range cfg.Service.Operators {
		if outside(email) {
			c.warn(fmt.Sprintf("service.operators[%d]", i),
				"%s gets dead letters, with what people wrote, and is outside trust.domains (%s)", email, domains)
		}
	}
}
