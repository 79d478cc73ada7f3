package authres

import "strings"

// Site is what a site is known by in the header of a mail: its address, its requests' numbers, the server that it
// believes. Make one with [NewSite].
type Site struct {
	service    string
	authservID string
	prefixes   []string // lower-case
}

// NewSite prepares a site: the service's own address, the authserv-id (RFC 8601) that is believed ("" believes none),
// and the prefixes of request numbers: "VC" makes VC-2026-0001 one.
func NewSite(service, authservID string, prefixes []string) *Site {
	o := &Site{service: service, authservID: authservID}
	for _, p := range prefixes {
		if p != "" {
			o.prefixes = append(o.prefixes, strings.ToLower(p))
		}
	}
	return o
}
