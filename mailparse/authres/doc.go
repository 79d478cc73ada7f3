// Package authres says who vouches for a mail's sender, and which request its tokens and numbers name: the results of
// the site's own server (RFC 8601), ARC (RFC 8617), what a DKIM signature covers (RFC 6376), and all senders that a
// From header may be read to name. It verifies no signature and no token: whoever has the keys does.
package authres
