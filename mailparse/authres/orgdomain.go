package authres

import "golang.org/x/net/publicsuffix"

// orgDomain is the organisational domain (RFC 7489, 3.2): one label below the public suffix. A domain that has none is
// its own.
func orgDomain(domain string) string {
	if d, err := publicsuffix.EffectiveTLDPlusOne(domain); err == nil {
		return d
	}
	return domain
}
